import Core

extension ShellEvaluator {
  /// What belongs to a command besides its words.
  struct Surroundings {
    var assignments: [(name: String, values: [ShellValue])] = []
    var redirects: [ShellRedirect] = []
    var position: TextPosition
    var end: TextPosition
    /// The syntax word of each field, where one word became exactly one field.
    var words: [Int: ShellSyntaxWord] = [:]
    /// The body of a here-document or here-string on standard input.
    var document: ShellSyntaxWord?
  }

  mutating func evaluate(_ command: ShellSyntaxCommand) {
    var fields: [ShellField] = []
    // Other numbers of words that one of the words may split into, and where.
    var variants: [(place: Int, fields: [ShellField])] = []
    var replaced: [Int: Int] = [:]
    var around = Surroundings(
      position: position(command.start), end: endPosition(command.end))
    // `retry() { "$@"; }` runs what stands at the call.
    let isCallers = callPlace != nil && command.words.first.map(Self.isCallers) == true
    if isCallers, let callPlace { (around.position, around.end) = callPlace }
    for (index, word) in command.words.enumerated() {
      guard steps < limit else { break }
      if index == 0,
        let alias = word.plain.flatMap({ aliases[String(decoding: $0, as: UTF8.self)] })
      {
        let start = position(word.start)
        fields += alias.map { ShellField(values: [ShellValue($0)], start: start, end: start) }
        continue
      }
      let shapes = shapes(word)
      if shapes.count > 1, variants.count < 4 {
        for shape in shapes.dropLast() { variants.append((fields.count, shape)) }
      }
      let expanded = shapes.last ?? []
      if shapes.count == 1, expanded.count == 1 { around.words[fields.count] = word }
      replaced[fields.count] = expanded.count
      fields += expanded
    }
    for redirect in command.redirects {
      let expanded = expand(redirect)
      around.redirects.append(expanded)
      if expanded.descriptor == 0, let index = redirect.hereDocument,
        sources[source].hereDocuments.indices.contains(index)
      {
        around.document = sources[source].hereDocuments[index]
      } else if redirect.operation == "<<<" {
        around.document = redirect.target
      }
    }
    if !isCallers, let last = fields.last?.end, around.end < last { around.end = last }
    if fields.isEmpty {
      for assignment in command.assignments { assign(assignment) }
      return
    }
    for assignment in command.assignments {
      guard case .scalar(let word) = assignment.value else { continue }
      around.assignments.append((assignment.name, values(of: word)))
    }
    for declaration in command.declarations { assign(declaration) }
    if fields.count == 1, !command.declarations.isEmpty {
      if fields[0].text == "export" { noteExport(command.declarations, fields, around) }
      return
    }
    if let name = fields[0].text, functions[name] != nil {
      let start = commands.count
      var place = (start: around.position, end: around.end)
      // What is handed on whole stands at the outermost call.
      if let callPlace, command.words.dropFirst().first.map(Self.isWholeCall) == true {
        place = callPlace
      }
      call(
        name, arguments: fields.dropFirst().map(\.values), at: place.start, until: place.end)
      for index in start..<max(start, commands.count) {
        commands[index].redirects += around.redirects
      }
      return
    }
    for variant in variants {
      var other = fields
      let count = replaced[variant.place] ?? 0
      other.replaceSubrange(variant.place..<(variant.place + count), with: variant.fields)
      let plain = Surroundings(
        assignments: around.assignments, redirects: around.redirects, position: around.position,
        end: around.end)
      runFields(other, plain)
    }
    runFields(fields, around)
  }

  /// Keeps what `export NAME=value` gives to all commands behind it.
  private mutating func noteExport(
    _ declarations: [ShellSyntaxAssignment], _ fields: [ShellField], _ around: Surroundings
  ) {
    guard exports.count < 1_024 else { return }
    var assignments: [(name: String, values: [ShellValue])] = []
    for declaration in declarations {
      guard case .scalar(let word) = declaration.value else { continue }
      assignments.append((declaration.name, values(of: word)))
    }
    exports.append(
      ShellCommand(
        words: fields, start: 0, name: "export", assignments: assignments, redirects: [],
        position: around.position, end: around.end, directory: state.directory,
        function: function, isConditional: conditions > 0, isNested: nesting > 0))
  }

  /// Whether a word is all parameters of the function around: `"$@"`, `$*`.
  private static func isWholeCall(_ word: ShellSyntaxWord) -> Bool {
    guard word.parts.count == 1, case .parameter(let parameter, _) = word.parts[0] else {
      return false
    }
    return parameter.name == "@" || parameter.name == "*"
  }

  /// Whether a word is nothing but parameters of the function around: `"$@"`, `$*`, `$1`.
  private static func isCallers(_ word: ShellSyntaxWord) -> Bool {
    guard word.parts.count == 1, case .parameter(let parameter, _) = word.parts[0],
      !parameter.isLength, !parameter.isIndirect
    else { return false }
    return parameter.name == "@" || parameter.name == "*"
      || parameter.name != "0" && parameter.name.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private mutating func assign(_ assignment: ShellSyntaxAssignment) {
    let name = assignment.name
    var value: ShellState.Variable
    switch assignment.value {
    case .scalar(let word):
      let new = values(of: word)
      if let index = assignment.index {
        // One element: an index that is no number makes the whole array unknown in order.
        guard case .array(var items)? = state.variables[name] ?? .array([]) else { return }
        let key = values(of: index)
        if key.count == 1, let number = key[0].text.flatMap({ Int($0) }), number >= 0,
          number <= items.count, number < Self.maximumItems
        {
          if number == items.count { items.append(new) } else { items[number] = new }
        } else if items.count < Self.maximumItems {
          items.append(new)
        }
        state.set(name, .array(items))
        return
      }
      value = .scalar(new)
      if assignment.isAppending, case .scalar(let old)? = state.variables[name] {
        var joined: [ShellValue] = []
        for left in old {
          for right in new where joined.count < ShellState.maximumValues {
            let isLong = left.bytes.count + right.bytes.count > Self.maximumLength
            joined.append(isLong ? .unknown(Self.cutName) : left.joined(right))
            steps += (left.bytes.count + right.bytes.count) / 64
          }
        }
        value = .scalar(joined)
      }
    case .array(let words):
      var items: [[ShellValue]] = []
      for word in words {
        guard items.count < Self.maximumItems else {
          noteLimit("a list of more words than are kept", at: position(word.start))
          break
        }
        items += expand(word).map(\.values)
      }
      if assignment.isAppending, case .array(let old)? = state.variables[name] {
        if old.count < Self.maximumItems {
          items = old + items
          steps += old.count
        } else {
          items = old
          noteLimit(
            "a list of more words than are kept",
            at: words.first.map { position($0.start) }
              ?? position(0))
        }
      }
      value = .array(items)
    }
    state.set(name, value)
  }

  mutating func expand(_ redirect: ShellSyntaxRedirect) -> ShellRedirect {
    var target = redirect.target
    if let index = redirect.hereDocument, sources[source].hereDocuments.indices.contains(index) {
      target = sources[source].hereDocuments[index]
    }
    let isInput = redirect.operation.hasPrefix("<")
    return ShellRedirect(
      descriptor: redirect.descriptor ?? (isInput ? 0 : 1), operation: redirect.operation,
      values: values(of: target))
  }

  // MARK: Running

  /// Records a command of ready words, and goes into what it runs in turn.
  mutating func runFields(_ fields: [ShellField], _ around: Surroundings, isNested: Bool = false) {
    steps += 4 + fields.count
    guard !fields.isEmpty, steps < limit else { return }
    let start = ShellWrappers.start(of: fields)
    let command = ShellCommand(
      words: fields, start: start, name: ShellCommand.name(fields[start...].first),
      assignments: around.assignments, redirects: around.redirects,
      position: around.position, end: around.end, directory: state.directory, function: function,
      isConditional: conditions > 0, isNested: isNested || nesting > 0)
    if command.name.isEmpty { noteCut(fields[start].values[0].bytes, at: around.position) }
    let index = commands.count
    commands.append(command)
    if !waitingReaders.isEmpty {
      for range in waitingReaders {
        for reader in range where commands[reader].input == nil {
          commands[reader].input = index..<(index + 1)
        }
        if commands[index].output == nil { commands[index].output = range }
      }
      waitingReaders = []
    }
    applyBuiltin(command)
    runInner(of: command, at: index, around)
    if command.redirects.contains(where: \.isOutputToFile) || command.name == "tee" {
      runWritten(by: index, document: around.document)
    }
  }

  private mutating func applyBuiltin(_ command: ShellCommand) {
    let arguments = command.arguments
    switch command.name {
    case "cd", "pushd":
      let target = arguments.first { !$0.display.hasPrefix("-") || $0.display == "-" }
      changeDirectory(target?.values.first ?? .unknown("HOME"))
    case "popd": state.directory = .unknown("PWD")
    case "source", ".": takeIn(command)
    case "exit", "return":
      state.hasEnded = true
    case "unset":
      for name in arguments.compactMap(\.text) where !name.hasPrefix("-") {
        state.set(name, .scalar([ShellValue(bytes: [])]))
      }
    case "read", "mapfile", "readarray", "getopts":
      for name in arguments.compactMap(\.text)
      where name.utf8.first?.isNameStart == true && name.utf8.allSatisfy(\.isNameByte) {
        state.set(name, .scalar([.unknown(name)]))
      }
    case "printf":
      guard arguments.count > 1, arguments.first?.text == "-v",
        let name = arguments.dropFirst().first?.text
      else { return }
      state.set(name, .scalar([.unknown(name)]))
    case "shift":
      let count = arguments.first?.text.flatMap { Int($0) } ?? 1
      if let positional = state.positional {
        state.positional = Array(positional.dropFirst(max(0, min(count, positional.count))))
      }
    case "set":
      guard let first = arguments.first?.text, first == "--" || !first.hasPrefix("-") else {
        applyOptions(arguments.compactMap(\.text))
        return
      }
      guard !first.hasPrefix("+") else {
        applyOptions(arguments.compactMap(\.text))
        return
      }
      state.positional = (first == "--" ? arguments.dropFirst() : arguments).map(\.values)
    case "alias":
      for text in arguments.compactMap(\.text) {
        guard let equals = text.firstIndex(of: "="), aliases.count < 256 else { continue }
        let value = text[text.index(after: equals)...]
        let isPlain = value.utf8.allSatisfy {
          $0.isNameByte || " -./:=+,@%".utf8.contains($0)
        }
        let words = value.split(separator: " ").map(String.init)
        if isPlain, !words.isEmpty { aliases[String(text[..<equals])] = words }
      }
    default: break
    }
  }

  private mutating func changeDirectory(_ target: ShellValue) {
    guard let text = target.text else {
      state.directory = target
      return
    }
    if text.hasPrefix("/") || text.hasPrefix("~") {
      state.directory = ShellValue(text)
      return
    }
    guard text != "-", let current = state.directory.text else {
      state.directory = text == "-" ? .unknown("OLDPWD") : state.directory
      return
    }
    var components = current.split(separator: "/").map(String.init)
    for component in text.split(separator: "/").map(String.init).prefix(64) {
      if component == "." { continue }
      if component == "..", let last = components.last, last != ".." {
        components.removeLast()
      } else {
        components.append(component)
      }
    }
    let root = current.hasPrefix("/") ? "/" : ""
    state.directory = ShellValue(root + components.suffix(64).joined(separator: "/"))
  }
}
