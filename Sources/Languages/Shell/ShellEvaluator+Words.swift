import Core

extension ShellEvaluator {
  /// One way in which a word may come out.
  private struct Draft {
    var fields: [[UInt8]] = []
    var current: [UInt8] = []
    /// Whether `current` counts as a field even when it is empty.
    var isOpen = false
  }

  /// What a part of a word stands for.
  private enum PartValue {
    /// One text, with each value that it may have.
    case text([ShellValue])
    /// Several words: `"$@"`, `"${array[@]}"`.
    case list([[ShellValue]])
  }

  /// A value longer than this counts as unknown.
  static let maximumLength = 32 * 1024

  /// The words that `word` becomes: braces, variables, substitutions, splitting. Where its values
  /// split into different numbers of words, the most of them.
  mutating func expand(_ word: ShellSyntaxWord) -> [ShellField] {
    shapes(word).last ?? []
  }

  /// The words that `word` becomes, one list for each number of words that its values split into,
  /// the shortest first; never empty.
  mutating func shapes(_ word: ShellSyntaxWord) -> [[ShellField]] {
    steps += 1
    let start = position(word.start)
    let end = endPosition(word.end)
    var shapes: [[ShellField]] = [[]]
    for parts in ShellBraces.expand(word.parts) {
      steps += 1
      let drafts = drafts(parts, splits: true)
      let counts = Set(drafts.map(\.fields.count)).sorted()
      var next: [[ShellField]] = []
      for (place, count) in counts.enumerated() {
        let chosen = drafts.filter { $0.fields.count == count }
        let fields = (0..<count).map { index in
          let values = chosen.map { ShellValue(bytes: $0.fields[index]) }
          return ShellField(
            values: ShellState.merged(values, "word"), start: start, end: end)
        }
        next.append(shapes[min(place, shapes.count - 1)] + fields)
      }
      steps += next.reduce(0) { $0 + $1.count } / 4
      if !next.isEmpty { shapes = next }
    }
    return shapes
  }

  /// The values of a word that is not split: in assignments, tests, redirections.
  mutating func values(of word: ShellSyntaxWord) -> [ShellValue] {
    steps += 1
    let values = drafts(word.parts, splits: false).map {
      ShellValue(bytes: $0.fields.first ?? [])
    }
    return values.isEmpty ? [ShellValue(bytes: [])] : ShellState.merged(values, "word")
  }

  private mutating func drafts(_ parts: [ShellSyntaxPart], splits: Bool) -> [Draft] {
    var drafts = [Draft()]
    for (index, part) in parts.enumerated() {
      guard steps < limit else { break }
      let (value, isQuoted) = value(
        of: part, isFirst: index == 0, isOnly: parts.count == 1)
      switch value {
      case .text(let values):
        drafts = Self.appending(
          values, to: drafts, splits: splits && !isQuoted && !Self.isLiteral(part),
          opens: isQuoted)
      case .list(let items) where splits:
        drafts = Self.appending(items, to: drafts, splits: !isQuoted)
      case .list(let items):
        let texts = Self.joined(items)
        drafts = Self.appending(texts, to: drafts, splits: false, opens: isQuoted)
      }
      if drafts.count > ShellState.maximumValues {
        drafts = Array(drafts.prefix(ShellState.maximumValues))
      }
      steps += drafts.reduce(0) { $0 + $1.current.count } / 32
    }
    for index in drafts.indices {
      let draft = drafts[index]
      if draft.isOpen || !draft.current.isEmpty || !splits && draft.fields.isEmpty {
        drafts[index].fields.append(draft.current)
      }
    }
    return drafts
  }

  private static func isLiteral(_ part: ShellSyntaxPart) -> Bool {
    if case .literal = part { true } else { false }
  }

  private static func joined(_ items: [[ShellValue]]) -> [ShellValue] {
    let count = min(ShellState.maximumValues, items.map(\.count).max() ?? 1)
    return (0..<max(1, count)).map { choice in
      var bytes: [UInt8] = []
      for (index, item) in items.enumerated() where bytes.count < maximumLength {
        if index > 0 { bytes.append(UInt8(ascii: " ")) }
        if let value = item.isEmpty ? nil : item[min(choice, item.count - 1)] {
          bytes += value.bytes
        }
      }
      return ShellValue(bytes: bytes)
    }
  }

  private static func appending(
    _ values: [ShellValue], to drafts: [Draft], splits: Bool, opens: Bool
  ) -> [Draft] {
    var values = values
    if values.count > 1, drafts.count * values.count > ShellState.maximumValues {
      values = [.unknown("several values")]
    }
    var result: [Draft] = []
    for draft in drafts {
      for value in values {
        var next = draft
        let bytes =
          draft.current.count + value.bytes.count > maximumLength
          ? ShellValue.unknown("a long value").bytes : value.bytes
        if draft.current.count > maximumLength { next.current = [] }
        if splits {
          split(bytes, into: &next)
        } else {
          next.current += bytes
          if opens { next.isOpen = true }
        }
        result.append(next)
      }
    }
    return result
  }

  /// Splits at blanks outside of unknown parts.
  private static func split(_ bytes: [UInt8], into draft: inout Draft) {
    var isUnknown = false
    for byte in bytes {
      if byte == ShellValue.unknownStart { isUnknown = true }
      if byte == ShellValue.unknownEnd { isUnknown = false }
      let isBlank =
        !isUnknown
        && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n"))
      if isBlank {
        if draft.isOpen || !draft.current.isEmpty {
          draft.fields.append(draft.current)
          draft.current = []
          draft.isOpen = false
        }
      } else {
        draft.current.append(byte)
      }
    }
  }

  private static func appending(
    _ items: [[ShellValue]], to drafts: [Draft], splits: Bool
  ) -> [Draft] {
    guard !items.isEmpty else { return drafts }
    let count = min(ShellState.maximumValues, items.map(\.count).max() ?? 1)
    var result: [Draft] = []
    for draft in drafts {
      for choice in 0..<max(1, drafts.count == 1 ? count : 1) {
        var next = draft
        for (index, item) in items.enumerated() where next.fields.count < 512 {
          if index > 0, next.isOpen || !next.current.isEmpty {
            next.fields.append(next.current)
            next.current = []
            next.isOpen = false
          }
          guard !item.isEmpty else { continue }
          let bytes = item[min(choice, item.count - 1)].bytes
          if splits {
            split(bytes, into: &next)
          } else {
            next.current += bytes
            next.isOpen = true
          }
        }
        result.append(next)
      }
    }
    return result
  }

  private mutating func value(
    of part: ShellSyntaxPart, isFirst: Bool, isOnly: Bool
  ) -> (PartValue, isQuoted: Bool) {
    switch part {
    case .literal(let bytes, _):
      if isFirst, bytes.first == UInt8(ascii: "~"), isOnly || bytes.count > 1 {
        return (.text([tilde(bytes)]), false)
      }
      return (.text([ShellValue(bytes: bytes)]), false)
    case .quoted(let bytes, _): return (.text([ShellValue(bytes: bytes)]), true)
    case .parameter(let parameter, let isQuoted):
      return (value(of: parameter, isQuoted: isQuoted), isQuoted)
    case .command(let node, let text, let isQuoted, _):
      return (.text(substitution(node, text)), isQuoted)
    case .process(let node, let text, let isInput, _):
      return (.text([process(node, text, isInput: isInput)]), true)
    case .arithmetic(let parts, let isQuoted, _):
      return (.text([arithmetic(parts)]), isQuoted)
    case .expression(let name, _):
      if case .scalar(let values)? = state.variables[name] { return (.text(values), false) }
      if name.hasPrefix("env."),
        case .scalar(let values)? = state.variables[String(name.dropFirst(4))]
      {
        return (.text(values), false)
      }
      return (.text([.unknown(name)]), true)
    }
  }

  private static func withoutQuotes(_ value: ShellValue) -> ShellValue {
    guard value.bytes.count > 1, let quote = value.bytes.first, quote == value.bytes.last,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { return value }
    return ShellValue(bytes: Array(value.bytes.dropFirst().dropLast()))
  }

  private func tilde(_ bytes: [UInt8]) -> ShellValue {
    guard bytes.count == 1 || bytes[1] == UInt8(ascii: "/") else { return ShellValue(bytes: bytes) }
    let home: ShellValue
    if case .scalar(let values)? = state.variables["HOME"], let first = values.first {
      home = first
    } else {
      home = .unknown("HOME")
    }
    return ShellValue(bytes: home.bytes + bytes.dropFirst())
  }

  // MARK: Substitutions

  /// The output of `$(…)`: known when it only prints, else an unknown part whose name leads to the
  /// commands.
  private mutating func substitution(_ node: ShellSyntaxNode, _ text: [UInt8]) -> [ShellValue] {
    let start = commands.count
    inSubshell { $0.evaluate(node) }
    let range = start..<commands.count
    let isCaptured = range.map { commands[$0].output?.isEmpty ?? false }
    capture(range)
    // Commands whose output went into the words of others print nothing here.
    let printing = range.count > 8 ? [] : range.filter { !isCaptured[$0 - start] }
    if printing.count == 1, printing[0] == range.upperBound - 1,
      let printed = printedText(printing[0])
    {
      return printed
    }
    let name = String(decoding: text.prefix(120), as: UTF8.self)
    origins[name] = range
    return [.unknown(name)]
  }

  private mutating func process(
    _ node: ShellSyntaxNode, _ text: [UInt8], isInput: Bool
  ) -> ShellValue {
    let start = commands.count
    inSubshell { $0.evaluate(node) }
    let range = start..<commands.count
    if isInput { capture(range) } else { waitingReaders.append(range) }
    let name = String(decoding: text.prefix(120), as: UTF8.self)
    origins[name] = range
    return .unknown(name)
  }

  /// The output of these commands goes into a word, not into a pipe around it.
  private mutating func capture(_ range: Range<Int>) {
    for index in range {
      if commands[index].output == nil { commands[index].output = 0..<0 }
      if commands[index].input == nil { commands[index].input = 0..<0 }
    }
    steps += range.count
  }

  /// What a command prints, when it does nothing but print known text.
  func printedText(_ index: Int) -> [ShellValue]? {
    let command = commands[index]
    var arguments = Array(command.arguments)
    switch command.name {
    case "echo":
      while let option = arguments.first?.text, ["-n", "-e", "-ne", "-en"].contains(option) {
        arguments.removeFirst()
      }
      return Self.joined(arguments.map(\.values))
    case "printf":
      if arguments.first?.text == "--" { arguments.removeFirst() }
      guard let format = arguments.first?.text else { return nil }
      if arguments.count == 1, !format.contains("%"), !format.contains("\\") {
        return [ShellValue(format)]
      }
      guard arguments.count == 2, format == "%s" || format == "%s\\n" else { return nil }
      return arguments[1].values
    case "basename":
      guard arguments.count == 1 || arguments.count == 2 else { return nil }
      let suffix = arguments.count == 2 ? arguments[1].text : ""
      guard let suffix else { return nil }
      return arguments[0].values.map { value in
        guard let text = value.text else { return .unknown("name") }
        var name = text.split(separator: "/").last.map(String.init) ?? text
        if !suffix.isEmpty, name.hasSuffix(suffix), name != suffix {
          name = String(name.dropLast(suffix.count))
        }
        return ShellValue(name)
      }
    case "cat":
      guard arguments.isEmpty || arguments.map(\.text) == ["-"] else { return nil }
      return command.redirects.first { $0.operation == "<<" || $0.operation == "<<<" }?.values
    default: return nil
    }
  }

  // MARK: Parameters

  /// The variable of this name, positional parameters included; nil when it is not set here.
  private func variable(_ name: String) -> ShellState.Variable? {
    if name == "@" || name == "*" {
      return state.positional.map { .array($0) }
    }
    if let number = Int(name) {
      guard number > 0, let positional = state.positional else { return nil }
      return .scalar(number <= positional.count ? positional[number - 1] : [ShellValue(bytes: [])])
    }
    if name == "#", let positional = state.positional {
      return .scalar([ShellValue(String(positional.count))])
    }
    return state.variables[name]
  }

  private mutating func value(
    of parameter: ShellSyntaxParameter, isQuoted: Bool
  ) -> PartValue {
    var name = parameter.name
    steps += 1
    if parameter.isIndirect {
      guard parameter.index == nil, case .scalar(let names)? = variable(name), names.count == 1,
        let target = names[0].text
      else { return .text([.unknown("!" + name)]) }
      name = target
    }
    let current = selected(variable(name), parameter.index, name)
    if parameter.isLength {
      switch current {
      case .list(let items)?: return .text([ShellValue(String(items.count))])
      case .text(let values)?:
        return .text(
          values.map { $0.isKnown ? ShellValue(String($0.bytes.count)) : .unknown("#" + name) })
      case nil: return .text([.unknown("#" + name)])
      }
    }
    if !parameter.defaultOperation.isEmpty {
      return withDefault(current, parameter, name, isQuoted: isQuoted)
    }
    guard let current else {
      if name == "@" || name == "*" { return .text([.unknown("@")]) }
      return .text([.unknown(name.isEmpty ? "parameter" : name)])
    }
    guard !parameter.modification.isEmpty else {
      if case .list(let items) = current, name == "*" || isStar(parameter), isQuoted {
        return .text(Self.joined(items))
      }
      return current
    }
    let operands = parameter.operands.map { pattern(of: $0) }
    switch current {
    case .text(let values):
      return .text(values.map { modify($0, parameter, operands, name) })
    case .list(let items):
      if parameter.modification.first == UInt8(ascii: ":") {
        return .list(slice(items, parameter.modification.dropFirst()) ?? [[.unknown(name)]])
      }
      return .list(items.map { $0.map { modify($0, parameter, operands, name) } })
    }
  }

  private func isStar(_ parameter: ShellSyntaxParameter) -> Bool {
    parameter.index?.plain == [UInt8(ascii: "*")]
  }

  private mutating func selected(
    _ variable: ShellState.Variable?, _ index: ShellSyntaxWord?, _ name: String
  ) -> PartValue? {
    switch variable {
    case nil: return nil
    case .scalar(let values): return .text(values)
    case .array(let items):
      if name == "@" || name == "*" { return .list(items) }
      guard let index else { return items.first.map { .text($0) } ?? .text([ShellValue("")]) }
      if let plain = index.plain, plain == [UInt8(ascii: "@")] || plain == [UInt8(ascii: "*")] {
        return .list(items)
      }
      let values = values(of: index)
      if values.count == 1, let text = values[0].text, let number = Int(text) {
        let place = number < 0 ? items.count + number : number
        return items.indices.contains(place) ? .text(items[place]) : .text([ShellValue("")])
      }
      // Any of them.
      return .text(ShellState.merged(items.flatMap { $0 }, name))
    }
  }

  private mutating func withDefault(
    _ current: PartValue?, _ parameter: ShellSyntaxParameter, _ name: String, isQuoted: Bool
  ) -> PartValue {
    let operation = parameter.defaultOperation
    let testsEmpty = operation.hasPrefix(":")
    let alternatives = parameter.word.map { values(of: $0) } ?? [ShellValue(bytes: [])]
    var known: [ShellValue]
    switch current {
    case .text(let values)?: known = values
    case .list(let items)?:
      if operation.hasSuffix("+") { return .text(items.isEmpty ? [ShellValue("")] : alternatives) }
      return items.isEmpty && !operation.hasSuffix("?") ? .text(alternatives) : .list(items)
    case nil:
      // The environment decides; a default is what happens unless somebody sets it.
      switch operation.last {
      case "-": return .text(alternatives)
      case "=":
        state.set(name, .scalar(alternatives))
        return .text(alternatives)
      case "+": return .text(ShellState.merged(alternatives + [ShellValue("")], name))
      default: return .text([.unknown(name)])
      }
    }
    let hasEmpty = testsEmpty && known.contains { $0.bytes.isEmpty }
    let mayBeEmpty =
      hasEmpty || testsEmpty && known.contains { !$0.isKnown && $0.knownPrefix.isEmpty }
    switch operation.last {
    case "+":
      if !mayBeEmpty { return .text(alternatives) }
      return .text(
        known.allSatisfy { $0.bytes.isEmpty }
          ? [ShellValue("")] : ShellState.merged(alternatives + [ShellValue("")], name))
    case "-", "=":
      if mayBeEmpty {
        known.removeAll { $0.bytes.isEmpty }
        known = ShellState.merged(known + alternatives, name)
        if operation.last == "=" { state.set(name, .scalar(known)) }
      }
      return .text(known)
    default: return .text(known)
    }
  }

  /// A pattern or replacement: quoted characters lose their special meaning.
  private mutating func pattern(of word: ShellSyntaxWord) -> [UInt8]? {
    var pattern: [UInt8] = []
    for part in word.parts {
      switch part {
      case .literal(let bytes, _): pattern += bytes
      case .quoted(let bytes, _):
        for byte in bytes {
          if "*?[\\".utf8.contains(byte) { pattern.append(UInt8(ascii: "\\")) }
          pattern.append(byte)
        }
      default:
        let values = values(of: ShellSyntaxWord(parts: [part], start: word.start, end: word.end))
        guard values.count == 1, values[0].isKnown else { return nil }
        pattern += values[0].bytes
      }
    }
    return pattern
  }

  private mutating func modify(
    _ value: ShellValue, _ parameter: ShellSyntaxParameter, _ operands: [[UInt8]?], _ name: String
  ) -> ShellValue {
    let operation = parameter.modification
    steps += 1 + value.bytes.count / 4
    guard operation.first != UInt8(ascii: ":") else {
      guard value.isKnown,
        let cut = slice(value.bytes.map { $0 }, operation.dropFirst())
      else { return .unknown(name) }
      return ShellValue(bytes: cut)
    }
    guard value.isKnown else {
      // The name still leads to where the value comes from.
      return value.bytes.count < 300 && value.bytes.first == ShellValue.unknownStart
        ? value : .unknown(name)
    }
    var texts: [[UInt8]] = []
    for operand in operands {
      guard let operand else { return .unknown(name) }
      texts.append(operand)
    }
    let doubled = operation.count > 1 && operation[0] == operation[1]
    let changed: [UInt8]?
    switch operation.first {
    case UInt8(ascii: "#"), UInt8(ascii: "%"):
      changed = ShellPattern.removing(
        (texts.first ?? [])[...], from: value.bytes,
        atEnd: operation.first == UInt8(ascii: "%"), longest: doubled)
    case UInt8(ascii: "/"):
      steps += value.bytes.count
      let anchor = operation.count > 1 && "#%".utf8.contains(operation[1]) ? operation[1] : nil
      changed = ShellPattern.replacing(
        (texts.first ?? [])[...], with: texts.count > 1 ? Self.unescaped(texts[1]) : [],
        in: value.bytes, all: doubled, anchor: anchor)
    default:
      changed = ShellPattern.modify(value.bytes, operation: operation[...]) { Array($0) }
    }
    return changed.map { ShellValue(bytes: $0) } ?? .unknown(name)
  }

  private static func unescaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.count { index += 1 }
      result.append(text[index])
      index += 1
    }
    return result
  }

  /// `offset:length` of a text or a list; nil when it is not plain numbers.
  private func slice<Element>(_ items: [Element], _ operation: ArraySlice<UInt8>) -> [Element]? {
    let fields = operation.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let numbers = fields.map { field in
      Int(String(decoding: Array(field).filter { !$0.isBlank }, as: UTF8.self))
    }
    guard let first = numbers.first, let offset = first, numbers.count <= 2 else { return nil }
    let start = offset < 0 ? items.count + offset : offset
    guard start >= 0, start <= items.count else { return [] }
    guard numbers.count == 2 else { return Array(items[start...]) }
    guard let length = numbers[1] else { return nil }
    let end = length < 0 ? items.count + length : min(items.count, start &+ length)
    return end >= start ? Array(items[start..<end]) : []
  }

  // MARK: Arithmetic

  /// The value of an arithmetic expression, when every name in it is a known number.
  mutating func arithmetic(_ parts: [ShellSyntaxPart]) -> ShellValue {
    let values = values(of: ShellSyntaxWord(parts: parts, start: 0, end: 0))
    var names: Set<String> = []
    guard values.count == 1, values[0].isKnown, values[0].bytes.count <= 512 else {
      return .unknown("arithmetic")
    }
    let text = values[0].bytes
    if Self.assigns(text) {
      Self.collectNames(text, &names)
      for name in names.sorted() { state.set(name, .scalar([.unknown(name)])) }
      return .unknown("arithmetic")
    }
    let known = state.variables
    var arithmetic = ShellArithmetic(text) { name in
      guard case .scalar(let values)? = known[name], values.count == 1, let text = values[0].text
      else { return nil }
      return text.isEmpty ? 0 : Int(text)
    }
    return arithmetic.value().map { ShellValue(String($0)) } ?? .unknown("arithmetic")
  }

  /// Whether the expression sets a variable: `=`, `+=`, `++`, `--`.
  private static func assigns(_ text: [UInt8]) -> Bool {
    for index in text.indices {
      let next = index + 1 < text.count ? text[index + 1] : 0
      let before = index > 0 ? text[index - 1] : 0
      switch text[index] {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        if next == text[index] { return true }
      case UInt8(ascii: "="):
        if next != UInt8(ascii: "="), !"=!<>".utf8.contains(before) { return true }
      default: break
      }
    }
    return false
  }
}
