import Core

/// What commands print, as far as it is known.
extension ShellEvaluator {
  /// The output of `$(…)`: known when it only prints, else an unknown part whose name leads to the
  /// commands.
  mutating func substitution(_ node: ShellSyntaxNode, _ text: [UInt8]) -> [ShellValue] {
    let start = commands.count
    inSubshell { $0.evaluate(node) }
    let range = start..<commands.count
    // Commands whose output went into the words of others, or into a pipe, print nothing here.
    let printing = range.count > 8 ? [] : range.filter { commands[$0].output == nil }
    capture(range)
    if printing.count == 1, printing[0] == range.upperBound - 1,
      let printed = printedText(printing[0])
    {
      return printed
    }
    let name = String(decoding: text.prefix(120), as: UTF8.self)
    origins[name] = range
    return [.unknown(name)]
  }

  mutating func process(
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

  // MARK: Known output

  /// How many filters in a row are gone through.
  private static let maximumFilters = 6

  /// What a command prints, when it does nothing but print known text, or decode it.
  func printedText(_ index: Int, depth: Int = 0) -> [ShellValue]? {
    let command = commands[index]
    var arguments = Array(command.arguments)
    switch command.name {
    case "echo":
      var hasEscapes = false
      while let option = arguments.first?.text, ["-n", "-e", "-ne", "-en"].contains(option) {
        hasEscapes = hasEscapes || option.contains("e")
        arguments.removeFirst()
      }
      let texts = Self.joined(arguments.map(\.values))
      return hasEscapes ? texts.map(Self.resolvingEscapes) : texts
    case "printf":
      if arguments.first?.text == "--" { arguments.removeFirst() }
      guard let format = arguments.first?.text else { return nil }
      if arguments.count == 1, !format.contains("%") {
        return [Self.resolvingEscapes(ShellValue(format))]
      }
      if arguments.count > 2, format == "%s\\n" {
        return [Self.lines(arguments.dropFirst().map { $0.values[0] })]
      }
      guard arguments.count == 2, format == "%s" || format == "%s\\n" || format == "%b" else {
        return nil
      }
      return format == "%b" ? arguments[1].values.map(Self.resolvingEscapes) : arguments[1].values
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
      return input(of: index, depth: depth)
    case "tee": return input(of: index, depth: depth)
    default:
      guard depth < Self.maximumFilters, let filter = ShellFilter(command),
        let input = input(of: index, depth: depth + 1)?.first, input.isKnown
      else { return nil }
      return filter.output(input.bytes).map { [ShellValue(bytes: $0)] }
    }
  }

  /// The text on a command's standard input, when it is known.
  private func input(of index: Int, depth: Int) -> [ShellValue]? {
    let command = commands[index]
    if let document = command.redirects.last(where: { $0.descriptor == 0 }) {
      return document.operation.hasPrefix("<<") ? document.values : nil
    }
    guard let input = command.input, !input.isEmpty, depth < Self.maximumFilters else { return nil }
    return printedText(input, depth: depth + 1)
  }

  /// What commands one after another print; the conditional ones among them make it unknown.
  private func printedText(_ range: Range<Int>, depth: Int) -> [ShellValue]? {
    guard range.count <= 64 else { return nil }
    let printing = range.filter {
      commands[$0].output == nil || commands[$0].output?.lowerBound ?? 0 >= range.upperBound
    }
    if printing.count == 1 { return printedText(printing[0], depth: depth) }
    guard !printing.contains(where: { commands[$0].isConditional }) else { return nil }
    var texts: [ShellValue] = []
    for index in printing {
      guard let text = printedText(index, depth: depth)?.first else { return nil }
      texts.append(text)
    }
    return texts.isEmpty ? nil : [Self.lines(texts)]
  }

  private static func lines(_ texts: [ShellValue]) -> ShellValue {
    var bytes: [UInt8] = []
    for text in texts where bytes.count < maximumLength {
      bytes += text.bytes
      if bytes.last != 0x0A { bytes.append(0x0A) }
    }
    return ShellValue(bytes: bytes)
  }

  /// `\n`, `\t`, `\xHH`, `\NNN` and the like as `echo -e` and `printf` resolve them.
  private static func resolvingEscapes(_ value: ShellValue) -> ShellValue {
    let bytes = value.bytes
    guard bytes.contains(UInt8(ascii: "\\")) else { return value }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let letter = bytes[index + 1]
      index += 2
      var digits: (radix: Int, most: Int)?
      switch letter {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "\\"): result.append(letter)
      case UInt8(ascii: "x"): digits = (16, 2)
      case UInt8(ascii: "0"): digits = (8, 3)
      case UInt8(ascii: "1")...UInt8(ascii: "7"):
        digits = (8, 3)
        index -= 1
      default: result += [UInt8(ascii: "\\"), letter]
      }
      guard let digits else { continue }
      let number = bytes[index...].prefix(digits.most).prefix {
        Character(UnicodeScalar($0)).hexDigitValue.map { $0 < digits.radix } ?? false
      }
      let code = Int(String(decoding: number, as: UTF8.self), radix: digits.radix) ?? 0
      // The two bytes that mark unknown parts are no text.
      let byte = UInt8(truncatingIfNeeded: code)
      if byte < ShellValue.unknownEnd { result.append(byte) }
      index += number.count
    }
    return ShellValue(bytes: result)
  }

  // MARK: Known text for interpreters and files

  /// `echo 'commands' | sh` and `cat <<EOF | bash`: the text is known, so it is gone through.
  mutating func feed(_ readers: Range<Int>, from before: Range<Int>) {
    guard let last = readers.last, readers.count <= 2 else {
      feedFiles(readers)
      return
    }
    let reader = commands[last]
    let interpreter = ShellInterpreter(command: reader.name)
    let isTable = reader.name == "crontab"
    let isShell = isTable || ShellWrappers.readsCommands(reader)
    let isBare = !reader.arguments.contains { !$0.display.hasPrefix("-") }
    if isShell || interpreter != nil && isBare,
      let text = printedText(before, depth: 0)?.first, !text.bytes.isEmpty
    {
      commands[last].isInputKnown = text.isKnown
      var builder = ShellTextBuilder()
      builder.append(decoded: text.bytes, at: commands[before.lowerBound].position)
      steps += text.bytes.count / 16
      if isTable {
        inSubshell { $0.runTable(builder) }
      } else if isShell || interpreter?.isPOSIX ?? false {
        inSubshell { $0.runNested(builder) }
      } else if let interpreter {
        run(builder, by: interpreter, at: commands[before.lowerBound].position, last)
      }
    }
    feedFiles(readers)
  }

  private mutating func feedFiles(_ readers: Range<Int>) {
    guard readers.count <= 8 else { return }
    for reader in readers
    where commands[reader].name == "tee"
      || commands[reader].redirects.contains(where: \.isOutputToFile)
    {
      runWritten(by: reader, document: nil)
    }
  }

  /// Goes into text for an interpreter that is no shell of ours.
  mutating func run(
    _ text: ShellTextBuilder, by interpreter: ShellInterpreter, at position: TextPosition,
    _ command: Int?
  ) {
    switch interpreter {
    case .sh, .bash, .zsh: inSubshell { $0.runNested(text) }
    case .powershell, .cmd: inSubshell { $0.runNested(Self.posix(text, interpreter)) }
    case .python, .other:
      noteCut(text.bytes, at: position)
      guard programs.count < 1024 else {
        noteLimit("too many programs in other languages", at: position)
        return
      }
      programs.append(
        ShellProgram(interpreter: interpreter, text: text, position: position, command: command))
    }
  }

  /// Goes into what a command writes under the name of a script: `cat > run.sh <<EOF`. The script
  /// is there to be run.
  mutating func runWritten(by index: Int, document: ShellSyntaxWord?) {
    let command = commands[index]
    var targets = command.redirects.filter(\.isOutputToFile).compactMap { $0.values.first?.display }
    if command.name == "tee" {
      targets += command.arguments.map(\.display).filter { !$0.hasPrefix("-") }
    }
    guard let target = targets.first(where: ShellFile.mayRun),
      let text = printedText(index)?.first
    else { return }
    var builder = ShellTextBuilder()
    if let document, command.name == "cat" || command.name == "tee" {
      builder = self.builder(for: document)
    } else {
      builder.append(decoded: text.bytes, at: command.position)
    }
    runFile(target, builder, at: command.position)
  }

  /// `{ echo …; echo …; } > run.sh`.
  mutating func runWritten(by range: Range<Int>, to redirects: [ShellRedirect]) {
    guard let target = redirects.last(where: \.isOutputToFile)?.values.first?.display,
      ShellFile.mayRun(target), let first = range.first,
      let text = printedText(range, depth: 0)?.first
    else { return }
    var builder = ShellTextBuilder()
    builder.append(decoded: text.bytes, at: commands[first].position)
    runFile(target, builder, at: commands[first].position)
  }

  private mutating func runFile(
    _ name: String, _ text: ShellTextBuilder, at position: TextPosition
  ) {
    steps += text.bytes.count / 16
    switch ShellFile(name, text.bytes) {
    case .script(let interpreter):
      let (outer, names) = (functions, functionNames)
      run(text, by: interpreter, at: position, nil)
      (functions, functionNames) = (outer, names)
    case .table: inSubshell { $0.runTable(text) }
    case nil: break
    }
  }
}
