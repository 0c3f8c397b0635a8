import Core

extension ShellEvaluator {
  /// Goes into what a command runs out of its arguments and its input.
  mutating func runInner(of command: ShellCommand, at index: Int, _ around: Surroundings) {
    let arguments = Array(command.arguments)
    for inner in ShellWrappers.inner(command.name, arguments) {
      switch inner {
      case .words(let first):
        runWords(from: command.start + 1 + first, of: command, around)
      case .called(let start, let first):
        runWords(from: command.start + 1 + first, of: command, around, behind: start)
      case .text(let pieces):
        let text = text(of: pieces, command, around)
        // What `eval` assigns holds from there on.
        if command.name == "eval" {
          runNested(text)
        } else {
          inSubshell { $0.runNested(text) }
        }
      }
    }
    if let document = around.document {
      if command.name == "crontab" {
        let text = builder(for: document)
        inSubshell { $0.runTable(text) }
      } else if ShellWrappers.readsCommands(command) {
        let text = builder(for: document)
        inSubshell { $0.runNested(text) }
      }
    }
    if ["awk", "gawk", "mawk", "nawk"].contains(command.name) { runAwk(command, around) }
    runInterpreter(command, at: index, around)
  }

  /// The text that arguments make up, a blank between them.
  private mutating func text(
    of pieces: [ShellWrappers.Piece], _ command: ShellCommand, _ around: Surroundings
  ) -> ShellTextBuilder {
    var result = ShellTextBuilder()
    for piece in pieces {
      let place = command.start + 1 + piece.argument
      guard place < command.words.count else { break }
      if !result.bytes.isEmpty {
        result.append(decoded: [UInt8(ascii: " ")], at: command.position)
      }
      let text = builder(for: command.words[place], word: around.words[place])
      let start = min(piece.dropping, text.bytes.count)
      result.append(text.bytes[start...], mappedBy: text.positions)
    }
    return result
  }

  /// Goes through the lines of a table of cron: the command stands behind five fields, or one with
  /// an `@`.
  mutating func runTable(_ text: ShellTextBuilder) {
    let bytes = text.bytes
    var commands = ShellTextBuilder()
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var rest = bytes[start..<end].trimmed
      if let first = rest.first, first != UInt8(ascii: "#") {
        for _ in 0..<(first == UInt8(ascii: "@") ? 1 : 5) {
          rest = rest.drop { !$0.isBlank }.trimmed
        }
        commands.append(rest, mappedBy: text.positions)
        commands.append(decoded: [0x0A], at: text.positions.position(end))
      }
      start = end + 1
    }
    runNested(commands)
  }

  /// Goes into the words of `command` from `first` on as a command of their own.
  private mutating func runWords(
    from first: Int, of command: ShellCommand, _ around: Surroundings, behind start: [String] = []
  ) {
    guard first < command.words.count else { return }
    var inner = Surroundings(
      redirects: command.redirects, position: command.position, end: command.end)
    for (index, word) in around.words where index >= first {
      inner.words[index - first + start.count] = word
    }
    inner.document = around.document
    guard nesting < Self.maximumNesting else {
      noteLimit("commands in commands too deep", at: command.position)
      return
    }
    nesting += 1
    let fields =
      start.map {
        ShellField(values: [ShellValue($0)], start: command.position, end: command.position)
      } + command.words[first...]
    inSubshell { $0.runFields(fields, inner, isNested: true) }
    nesting -= 1
  }

  private mutating func runInterpreter(
    _ command: ShellCommand, at index: Int, _ around: Surroundings
  ) {
    guard let interpreter = ShellInterpreter(command: command.name), command.name != "env" else {
      return
    }
    let arguments = Array(command.arguments)
    let isKnown: Bool
    switch interpreter {
    case .other(let name):
      isKnown = Self.foreign.contains(name)
    case .python: isKnown = !command.name.contains("-") || command.name.hasPrefix("python-")
    default: isKnown = true
    }
    guard isKnown else { return }
    if interpreter == .powershell || interpreter == .cmd {
      runWindowsShell(interpreter, command, around)
      return
    }
    let takesStrings = interpreter.isPOSIX || interpreter == .python
    var field = 0
    var readsInput = true
    while field < arguments.count {
      let option = arguments[field].display
      guard option.hasPrefix("-") || option.hasPrefix("+") else {
        readsInput = false
        break
      }
      if option == "-" || option == "-s" { break }
      let letters = option.dropFirst()
      let isCommand =
        !option.hasPrefix("--")
        && (takesStrings ? letters.contains("c") : Self.takesProgram(letters))
        || option == "--eval"
      if isCommand, field + 1 < arguments.count {
        let place = command.start + 2 + field
        let text = builder(for: command.words[place], word: around.words[place])
        if interpreter.isPOSIX {
          let positional = arguments.dropFirst(field + 3).map(\.values)
          inSubshell { $0.runNested(text, positional: positional) }
        } else {
          addProgram(interpreter, text, at: command.position, index)
        }
        // `ruby -e … -e …`: each is a piece of the program.
        if case .other = interpreter {
          field += 2
          continue
        }
        return
      }
      if interpreter == .python, option == "-m" || option == "-W" || option == "-X" {
        if option == "-m" { return }
        field += 1
      }
      if interpreter.isPOSIX, option == "-o" || option == "-O" || option == "--rcfile" {
        field += 1
      }
      field += 1
    }
    guard readsInput, let document = around.document else { return }
    let text = builder(for: document)
    if interpreter.isPOSIX {
      inSubshell { $0.runNested(text) }
    } else {
      addProgram(interpreter, text, at: command.position, index)
    }
  }

  /// `powershell -Command text`, `-EncodedCommand base64`, `cmd /c text`.
  private mutating func runWindowsShell(
    _ interpreter: ShellInterpreter, _ command: ShellCommand, _ around: Surroundings
  ) {
    let arguments = Array(command.arguments)
    let names = arguments.map { $0.display.lowercased() }
    func isCommand(_ name: String) -> Bool {
      if interpreter == .cmd { return ["/c", "/k", "/r"].contains(name) }
      return name.hasPrefix("-c") && "-command".hasPrefix(name)
    }
    func isEncoded(_ name: String) -> Bool {
      interpreter == .powershell && (name == "-ec" || name.hasPrefix("-e"))
        && ("-encodedcommand".hasPrefix(name) || name == "-ec")
    }
    var text: ShellTextBuilder?
    if let place = names.firstIndex(where: isCommand) {
      let pieces = arguments.indices.dropFirst(place + 1).map { ShellWrappers.Piece(argument: $0) }
      text = self.text(of: pieces, command, around)
    } else if let place = names.firstIndex(where: isEncoded), place + 1 < arguments.count {
      guard let code = arguments[place + 1].text,
        let bytes = TextDecoding.base64(code.utf8, isURLSafe: false)
      else { return }
      // UTF-16, low byte first.
      let units = stride(from: 0, to: bytes.count - bytes.count % 2, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
      var decoded = ShellTextBuilder()
      decoded.append(decoded: String(decoding: units, as: UTF16.self).utf8, at: command.position)
      text = decoded
    } else if let document = around.document {
      text = builder(for: document)
    }
    if let text {
      inSubshell { $0.runNested(Self.posix(text, interpreter)) }
    }
  }

  /// Interpreters of languages without a reader that take a program in an argument.
  private static let foreign: Set<String> = [
    "node", "nodejs", "perl", "ruby", "php", "rscript", "r", "lua", "luajit", "julia", "bun",
    "osascript", "groovy", "elixir", "deno",
  ]

  /// Whether the letters of an option say that a program follows: `-e`, `-ne`, and `-r` of PHP.
  private static func takesProgram(_ letters: Substring) -> Bool {
    if letters == "e" || letters == "r" { return true }
    guard letters.count <= 4, letters.last == "e", let first = letters.first else { return false }
    return !"MmIrE-".contains(first) && letters.allSatisfy(\.isLetter)
  }

  private mutating func addProgram(
    _ interpreter: ShellInterpreter, _ text: ShellTextBuilder, at position: TextPosition,
    _ index: Int
  ) {
    noteCut(text.bytes, at: position)
    guard programs.count < 1024 else {
      noteLimit("too many programs in other languages", at: position)
      return
    }
    programs.append(
      ShellProgram(interpreter: interpreter, text: text, position: position, command: index))
    guard case .other(let name) = interpreter else { return }
    runCommands(of: text, hasBackquotes: ["perl", "ruby", "php"].contains(name))
  }

  /// Goes into what a program of a language without a reader hands to a shell.
  private mutating func runCommands(of program: ShellTextBuilder, hasBackquotes: Bool) {
    steps += program.bytes.count / 8
    for text in ForeignProgram(program).commands(hasBackquotes: hasBackquotes) {
      inSubshell { $0.runNested(text) }
    }
  }

  /// `awk 'BEGIN { system("…") }'`.
  private mutating func runAwk(_ command: ShellCommand, _ around: Surroundings) {
    let arguments = Array(command.arguments)
    let first = ShellWrappers.afterOptions(
      arguments, taking: ["-v", "-F", "--assign", "--field-separator"])
    guard first < arguments.count, !arguments.prefix(first).contains(where: { $0.display == "-f" })
    else { return }
    let place = command.start + 1 + first
    runCommands(
      of: builder(for: command.words[place], word: around.words[place]), hasBackquotes: false)
  }

  // MARK: Text with positions

  /// The text of a field: each byte at its own place where it was written as it is.
  private mutating func builder(for field: ShellField, word: ShellSyntaxWord?) -> ShellTextBuilder {
    if let word, field.values.count == 1 {
      let exact = builder(for: word)
      // Splitting and substitutions were made once already; the two must agree.
      if exact.bytes == field.values[0].bytes { return exact }
    }
    var builder = ShellTextBuilder()
    builder.append(decoded: field.values.first?.bytes ?? [], at: field.start)
    return builder
  }

  mutating func builder(for word: ShellSyntaxWord) -> ShellTextBuilder {
    var builder = ShellTextBuilder()
    let positions = currentPositions
    for part in word.parts {
      switch part {
      case .literal(let bytes, let start), .quoted(let bytes, let start):
        append(bytes, from: start, to: &builder, positions)
      case .parameter(let parameter, _):
        let value = values(of: ShellSyntaxWord(parts: [part], start: word.start, end: word.end))
        builder.append(
          decoded: value.first?.bytes ?? [], at: positions.position(parameter.start))
      case .command(_, let text, _, let start), .process(_, let text, _, let start):
        // Its commands stand in the list already.
        builder.append(
          decoded: ShellValue.unknown(String(decoding: text.prefix(120), as: UTF8.self)).bytes,
          at: positions.position(start))
      case .arithmetic(let parts, _, let start):
        builder.append(decoded: arithmetic(parts).bytes, at: positions.position(start))
      case .expression(let name, let start):
        builder.append(decoded: ShellValue.unknown(name).bytes, at: positions.position(start))
      }
    }
    steps += builder.bytes.count / 16
    return builder
  }

  private func append(
    _ bytes: [UInt8], from start: Int, to builder: inout ShellTextBuilder,
    _ positions: ShellPositionMap
  ) {
    var lineStart = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x0A {
      let end = min(index + 1, bytes.count)
      if lineStart < end {
        // Line by line: the lines of a nested text need not be neighbours in the file, and a line
        // may have been put together from several.
        builder.append(bytes[lineStart..<end], standingAt: start + lineStart, of: positions)
      }
      lineStart = end
    }
  }
}
