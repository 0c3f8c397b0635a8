package import Core

extension Dockerfile {
  /// Reads the Dockerfile at `path`; what cannot be read is told in `problems`.
  package init(path: RelativePath, bytes: [UInt8]) {
    let lines = DockerfileLines(bytes)
    var reader = DockerfileReader(path: path, escape: lines.escape)
    if let syntax = lines.syntax {
      reader.images.append(
        DockerImageUse(
          kind: .syntax, values: [ShellValue(syntax.value)], written: syntax.value, isLocal: false,
          start: syntax.start, end: syntax.end))
    }
    for instruction in lines.instructions { reader.read(instruction) }
    self.init(
      instructions: lines.instructions, stages: reader.stages, images: reader.images,
      additions: reader.additions, fragments: reader.fragments, problems: lines.problems)
  }
}

/// Goes through the instructions in order and keeps what the build knows at each.
private struct DockerfileReader {
  let path: RelativePath
  var stages: [DockerStage] = []
  var images: [DockerImageUse] = []
  var additions: [DockerAddition] = []
  var fragments: [ShellFragment] = []
  /// Variables of the current stage.
  private var scope: DockerfileExpansion
  /// `ARG`s before the first `FROM`.
  private var global: DockerfileExpansion
  /// Environment and shell at the end of each named or numbered stage, for stages built on it.
  private var inherited: [String: (environment: [String: [ShellValue]], shell: ShellInterpreter)] =
    [:]
  private var shell: ShellInterpreter = .sh
  private var shellOptions: [String] = []
  /// The program of the stage, which the words of `CMD` are arguments of.
  private var entrypoint: [String] = []
  private var stageNames: Set<String> = []

  init(path: RelativePath, escape: UInt8) {
    self.path = path
    global = DockerfileExpansion(escape: escape)
    scope = global
  }

  private var stageKeys: [String] {
    guard let stage = stages.last else { return [] }
    return [String(stage.index)] + (stage.name.map { [$0] } ?? [])
  }

  mutating func read(_ instruction: DockerInstruction) {
    let text = instruction.text[...]
    switch instruction.keyword {
    case "FROM": readFrom(instruction)
    case "ARG": readArguments(text)
    case "ENV": readEnvironment(text)
    case "RUN", "CMD", "ENTRYPOINT": readCommand(instruction, text)
    case "HEALTHCHECK":
      let (_, rest) = takeFlags(text)
      let keyword = rest.prefix { !$0.isBlank }
      if String(decoding: keyword, as: UTF8.self).uppercased() == "CMD" {
        readCommand(instruction, rest[keyword.endIndex...].trimmed)
      }
    case "SHELL":
      let words = Self.jsonStrings(text)?.map { String(decoding: $0.bytes, as: UTF8.self) } ?? []
      shell = words.first.flatMap { ShellInterpreter(command: $0) } ?? shell
      shellOptions = Array(words.dropFirst())
    case "COPY", "ADD": readCopy(instruction)
    default: break
    }
  }

  // MARK: FROM, ARG, ENV

  private mutating func readFrom(_ instruction: DockerInstruction) {
    for key in stageKeys { inherited[key] = (scope.environment, shell) }
    let (_, rest) = takeFlags(instruction.text[...])
    let words = global.split(rest)
    guard let reference = words.first else { return }
    var name: String?
    if words.count >= 3, String(decoding: words[1], as: UTF8.self).lowercased() == "as" {
      name = String(decoding: words[2], as: UTF8.self).lowercased()
    }
    let use = imageUse(
      .from, reference, values: global.expand(reference), in: instruction, allowsIndex: false)
    images.append(use)
    stages.append(DockerStage(index: stages.count, name: name, image: use))
    if let name { stageNames.insert(name) }
    scope = DockerfileExpansion(escape: global.escape)
    entrypoint = ImageEntrypoint.words(of: use.values.first?.text)
    shell = .sh
    shellOptions = []
    if use.isLocal, let value = use.values.first?.text?.lowercased(), let base = inherited[value] {
      scope.environment = base.environment
      shell = base.shell
    }
  }

  private func imageUse(
    _ kind: DockerImageUse.Kind, _ written: ArraySlice<UInt8>, values: [ShellValue],
    in instruction: DockerInstruction, allowsIndex: Bool
  ) -> DockerImageUse {
    let isLocal = values.allSatisfy { value in
      guard let text = value.text?.lowercased() else { return false }
      return text == "scratch" || stageNames.contains(text)
        || allowsIndex && Int(text).map { $0 < stages.count } ?? false
    }
    return DockerImageUse(
      kind: kind, values: values, written: String(decoding: written, as: UTF8.self),
      isLocal: isLocal, start: instruction.positions.position(written.startIndex),
      end: instruction.positions.position(written.endIndex))
  }

  private mutating func readArguments(_ text: ArraySlice<UInt8>) {
    let isGlobal = stages.isEmpty
    let expansion = isGlobal ? global : scope
    for word in expansion.split(text) {
      let name = String(decoding: word.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
      var values: [ShellValue]?
      if let equals = word.firstIndex(of: UInt8(ascii: "=")) {
        values = (isGlobal ? global : scope).expand(word[(equals + 1)...])
      } else if !isGlobal {
        values = global.arguments[name]
      }
      if isGlobal {
        global.arguments[name] = values ?? [.unknown(name)]
      } else {
        scope.arguments[name] = values ?? [.unknown(name)]
      }
    }
  }

  private mutating func readEnvironment(_ text: ArraySlice<UInt8>) {
    let words = scope.split(text)
    guard let first = words.first else { return }
    if first.contains(UInt8(ascii: "=")) {
      // All values of one instruction see the variables from before it.
      let before = scope
      for word in words {
        guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else { continue }
        let name = String(decoding: word[..<equals], as: UTF8.self)
        scope.environment[name] = before.expand(word[(equals + 1)...])
      }
    } else {
      let name = String(decoding: first, as: UTF8.self)
      scope.environment[name] = scope.expand(text[first.endIndex...].trimmed)
    }
  }

  // MARK: COPY, ADD

  /// The flags `--name=value` at the front, and the text after them.
  private func takeFlags(
    _ text: ArraySlice<UInt8>
  ) -> ([(name: String, value: ArraySlice<UInt8>)], ArraySlice<UInt8>) {
    var flags: [(name: String, value: ArraySlice<UInt8>)] = []
    var rest = text.trimmed
    while rest.starts(with: Array("--".utf8)), let word = scope.split(rest, limit: 1).first {
      let name = word.dropFirst(2).prefix { $0 != UInt8(ascii: "=") }
      let value = word[min(name.endIndex + 1, word.endIndex)...]
      flags.append((String(decoding: name, as: UTF8.self).lowercased(), value))
      rest = rest[word.endIndex...].trimmed
    }
    return (flags, rest)
  }

  private mutating func readCopy(_ instruction: DockerInstruction) {
    let (flags, rest) = takeFlags(instruction.text[...])
    for flag in flags where flag.name == "from" {
      images.append(
        imageUse(
          .copyFrom, flag.value, values: scope.expand(flag.value), in: instruction,
          allowsIndex: true))
    }
    readWritten(instruction, rest)
    guard instruction.keyword == "ADD" else { return }
    let checksum = flags.first { $0.name == "checksum" }.map { scope.expand($0.value) }
    // With several values a checksum proves nothing.
    let digest = checksum.map { $0.count == 1 ? $0[0] : ShellValue.unknown("checksum") }
    var words: [(values: [ShellValue], start: Int, end: Int)]
    if let strings = Self.jsonStrings(rest) {
      words = strings.map {
        (scope.expand($0.bytes[...]), $0.start, $0.end)
      }
    } else {
      words = scope.split(rest).map { (scope.expand($0), $0.startIndex, $0.endIndex) }
    }
    guard words.count >= 2, let destination = words.popLast() else { return }
    for word in words where word.values.contains(where: Self.isRemote) {
      additions.append(
        DockerAddition(
          values: word.values, checksum: digest, destination: destination.values.first,
          stage: max(0, stages.count - 1), start: instruction.positions.position(word.start),
          end: instruction.positions.position(word.end)))
    }
  }

  /// `COPY <<EOF /app/run.sh`: a script is there to be run.
  private mutating func readWritten(_ instruction: DockerInstruction, _ rest: ArraySlice<UInt8>) {
    guard !instruction.hereDocuments.isEmpty, let last = scope.split(rest).last else { return }
    let target = scope.expand(last).first?.display ?? ""
    let stage = max(0, stages.count - 1)
    for document in instruction.hereDocuments {
      let path = target.hasSuffix("/") ? target + document.name : target
      guard case .script(let interpreter)? = ShellFile(path, document.body.bytes) else { continue }
      fragments.append(
        ShellFragment(
          path: self.path, place: .dockerfile(instruction: instruction.keyword, stage: stage),
          interpreter: interpreter, text: document.body, sequence: "stage:\(stage)"))
    }
  }

  /// Whether `ADD` fetches this source: an address, or a git repository.
  private static func isRemote(_ value: ShellValue) -> Bool {
    let prefix = value.knownPrefix.lowercased()
    return prefix.hasPrefix("http://") || prefix.hasPrefix("https://")
      || prefix.hasPrefix("git@") || prefix.hasPrefix("git://") || prefix.hasPrefix("ssh://")
      || prefix.hasPrefix("github.com/") || (prefix.isEmpty && !value.isKnown)
  }

  // MARK: RUN and the like

  private mutating func readCommand(_ instruction: DockerInstruction, _ text: ArraySlice<UInt8>) {
    let (flags, rest) = instruction.keyword == "RUN" ? takeFlags(text) : ([], text.trimmed)
    for flag in flags where flag.name == "mount" { readMount(flag.value, in: instruction) }
    let stage = max(0, stages.count - 1)
    let place = ShellPlace.dockerfile(instruction: instruction.keyword, stage: stage)
    let variables = scope.arguments.merging(scope.environment) { _, environment in environment }
    let sequence = "stage:\(stage)"
    if let words = Self.jsonStrings(rest), !words.isEmpty {
      var arguments = words.map {
        ShellArgument(ShellValue(bytes: $0.bytes), at: instruction.positions.position($0.start))
      }
      let names = words.map { String(decoding: $0.bytes, as: UTF8.self) }
      if instruction.keyword == "ENTRYPOINT" {
        entrypoint = names
      } else if instruction.keyword == "CMD", names.first?.hasPrefix("-") ?? false,
        let place = arguments.first?.position
      {
        // Arguments of the image's own program.
        arguments = entrypoint.map { ShellArgument(ShellValue($0), at: place) } + arguments
      }
      fragments.append(
        ShellFragment(
          path: path, place: place, interpreter: shell, body: .arguments(arguments),
          variables: variables, sequence: sequence))
      return
    }
    var builder = ShellTextBuilder()
    var interpreter = shell
    let documents = instruction.hereDocuments
    if let document = documents.first, rest.starts(with: Array("<<".utf8)),
      !rest.contains(UInt8(ascii: " "))
    {
      // The document is the script; its first line may name the interpreter.
      builder = document.body
      if builder.bytes.starts(with: Array("#!".utf8)) {
        let line = builder.bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
        let command = String(decoding: line, as: UTF8.self)
        interpreter = ShellInterpreter(command: command) ?? interpreter
      }
    } else {
      builder.append(rest, mappedBy: instruction.positions)
      for document in documents {
        let here = instruction.positions.position(rest.endIndex)
        builder.append(decoded: [UInt8(ascii: "\n")], at: here)
        builder.append(document.body)
        builder.append(decoded: document.name.utf8, at: here)
      }
    }
    var fragment = ShellFragment(
      path: path, place: place, interpreter: interpreter, text: builder, variables: variables,
      sequence: sequence)
    fragment.options = shellOptions
    fragments.append(fragment)
  }

  private mutating func readMount(_ value: ArraySlice<UInt8>, in instruction: DockerInstruction) {
    for field in value.split(separator: UInt8(ascii: ",")) where field.starts(with: "from=".utf8) {
      let written = field.dropFirst(5)
      images.append(
        imageUse(
          .mountFrom, written, values: scope.expand(written), in: instruction, allowsIndex: true))
    }
  }

  /// The strings of a JSON array, or nil when `text` is none: exec form.
  private static func jsonStrings(
    _ text: ArraySlice<UInt8>
  ) -> [(bytes: [UInt8], start: Int, end: Int)]? {
    let text = text.trimmed
    guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
    var strings: [(bytes: [UInt8], start: Int, end: Int)] = []
    var index = text.startIndex + 1
    let end = text.endIndex - 1
    func skipBlanks() {
      while index < end, text[index].isBlank || text[index] == UInt8(ascii: "\n") { index += 1 }
    }
    skipBlanks()
    while index < end {
      guard text[index] == UInt8(ascii: "\"") else { return nil }
      let start = index
      index += 1
      var bytes: [UInt8] = []
      var isClosed = false
      while index < end {
        let byte = text[index]
        index += 1
        if byte == UInt8(ascii: "\"") {
          isClosed = true
          break
        }
        guard byte == UInt8(ascii: "\\"), index < end else {
          bytes.append(byte)
          continue
        }
        let escaped = text[index]
        index += 1
        switch escaped {
        case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
        case UInt8(ascii: "t"): bytes.append(UInt8(ascii: "\t"))
        case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "u"):
          let digits = String(decoding: text[index..<min(index + 4, end)], as: UTF8.self)
          guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16) else { return nil }
          bytes += String(Unicode.Scalar(code).map(Character.init) ?? "\u{FFFD}").utf8
          index += 4
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escaped)
        default: return nil
        }
      }
      guard isClosed else { return nil }
      strings.append((bytes, start, index))
      skipBlanks()
      if index < end {
        guard text[index] == UInt8(ascii: ",") else { return nil }
        index += 1
        skipBlanks()
      }
    }
    return strings
  }
}
