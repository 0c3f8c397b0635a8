extension ShellParser {
  private static let declaring: Set<String> = [
    "export", "local", "declare", "readonly", "typeset",
  ]

  /// A simple command: assignments, words, redirections; or the definition of a function.
  mutating func parseSimple() -> ShellSyntaxNode? {
    var command = ShellSyntaxCommand(start: outer(position), end: outer(position))
    var isDeclaring = false
    while true {
      skipSpace(newlines: false)
      guard let next = byte() else { break }
      if let redirect = parseRedirect() {
        command.redirects.append(redirect)
        command.end = outer(position)
        continue
      }
      if command.words.isEmpty || isDeclaring, let assignment = parseAssignment() {
        if isDeclaring {
          command.declarations.append(assignment)
        } else {
          command.assignments.append(assignment)
        }
        command.end = outer(position)
        continue
      }
      if next == UInt8(ascii: "("), command.words.count == 1,
        let name = command.words[0].plain, opensFunction()
      {
        return functionBody(String(decoding: name, as: UTF8.self))
      }
      guard let word = parseWord() else { break }
      command.words.append(word)
      command.end = word.end
      if command.words.count == 1, let name = word.plain {
        isDeclaring = Self.declaring.contains(String(decoding: name, as: UTF8.self))
      }
    }
    if command.words.isEmpty, command.assignments.isEmpty, command.redirects.isEmpty {
      return nil
    }
    return .command(command)
  }

  /// Takes `()` after a name.
  private mutating func opensFunction() -> Bool {
    let saved = position
    position += 1
    skipSpace(newlines: false)
    if byte() == UInt8(ascii: ")") {
      position += 1
      return true
    }
    position = saved
    return false
  }

  private mutating func parseAssignment() -> ShellSyntaxAssignment? {
    guard let first = byte(), first.isNameStart else { return nil }
    var index = position
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let name = String(decoding: bytes[position..<index], as: UTF8.self)
    let saved = position
    var subscriptWord: ShellSyntaxWord?
    if index < bytes.count, bytes[index] == UInt8(ascii: "[") {
      guard let close = subscriptEnd(from: index + 1) else { return nil }
      let follows = close + 1 < bytes.count ? bytes[close + 1] : 0
      guard follows == UInt8(ascii: "=") || follows == UInt8(ascii: "+") else { return nil }
      position = index + 1
      subscriptWord = parseWord(endingAt: close)
      index = close + 1
    }
    var isAppending = false
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "+"),
      bytes[index + 1] == UInt8(ascii: "=")
    {
      isAppending = true
      index += 1
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      position = saved
      return nil
    }
    position = index + 1
    let value: ShellSyntaxAssignment.Value
    if byte() == UInt8(ascii: "(") {
      position += 1
      value = .array(parseArray())
    } else {
      value = .scalar(
        parseWord() ?? ShellSyntaxWord(start: outer(position), end: outer(position)))
    }
    return ShellSyntaxAssignment(
      name: name, index: subscriptWord, isAppending: isAppending, value: value)
  }

  /// The `]` on the same line of a subscript whose text begins at `start`.
  func subscriptEnd(from start: Int) -> Int? {
    closing(UInt8(ascii: "["), UInt8(ascii: "]"), from: start, depth: 1)
  }

  /// The byte on the same line that brings the number of open brackets to nothing.
  ///
  /// Looks only so far: what is longer is no subscript and no list of names.
  func closing(_ open: UInt8, _ close: UInt8, from start: Int, depth: Int = 0) -> Int? {
    var depth = depth
    for index in start..<max(start, min(bytes.count, start + 256)) {
      switch bytes[index] {
      case open: depth += 1
      case close:
        depth -= 1
        if depth == 0 { return index }
      case UInt8(ascii: "\n"): return nil
      default: break
      }
    }
    return nil
  }

  private mutating func parseArray() -> [ShellSyntaxWord] {
    var words: [ShellSyntaxWord] = []
    while true {
      skipSpace(newlines: true)
      guard let next = byte() else {
        note("`)` is missing")
        return words
      }
      if next == UInt8(ascii: ")") {
        position += 1
        return words
      }
      if let word = parseWord() { words.append(word) } else { position += 1 }
    }
  }

  // MARK: Redirections

  mutating func parseRedirect() -> ShellSyntaxRedirect? {
    var index = position
    var descriptor: Int?
    if index < bytes.count, bytes[index].isDigit {
      while index < bytes.count, index - position < 4, bytes[index].isDigit { index += 1 }
      descriptor = Int(String(decoding: bytes[position..<index], as: UTF8.self))
    } else if index < bytes.count, bytes[index] == UInt8(ascii: "{") {
      index += 1
      while index < bytes.count, bytes[index].isNameByte { index += 1 }
      guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else { return nil }
      index += 1
      descriptor = 10
    }
    guard index < bytes.count else { return nil }
    let rest = bytes[index..<min(index + 3, bytes.count)]
    let isProcess =
      rest.count > 1 && rest[index + 1] == UInt8(ascii: "(")
      && (rest[index] == UInt8(ascii: "<") || rest[index] == UInt8(ascii: ">"))
    guard !isProcess else { return nil }
    guard let operation = Self.operations.first(where: { rest.starts(with: $0.utf8) }) else {
      return nil
    }
    if operation.first == "&", index != position { return nil }
    position = index + operation.utf8.count
    skipSpace(newlines: false)
    if operation == "<<" || operation == "<<-" {
      return hereDocument(descriptor, stripsTabs: operation == "<<-")
    }
    let target = parseWord() ?? ShellSyntaxWord(start: outer(position), end: outer(position))
    return ShellSyntaxRedirect(
      descriptor: descriptor, operation: operation, target: target, hereDocument: nil)
  }

  /// Longest first.
  private static let operations = [
    "<<<", "&>>", "<<-", "<<", ">>", ">|", "<>", ">&", "<&", "&>", ">", "<",
  ]

  private mutating func hereDocument(
    _ descriptor: Int?, stripsTabs: Bool
  ) -> ShellSyntaxRedirect {
    var name: [UInt8] = []
    var isQuoted = false
    let start = position
    if let word = parseWord() {
      for part in word.parts {
        switch part {
        case .literal(let bytes, _): name += bytes
        case .quoted(let bytes, _):
          name += bytes
          isQuoted = true
        default: name += bytes[start..<min(position, bytes.count)]
        }
      }
      if word.parts.isEmpty { isQuoted = true }
      // `<<\EOF` and `<<''EOF` leave quoted parts too; a bare `""` leaves none.
      isQuoted =
        isQuoted || bytes[start..<min(position, bytes.count)].contains { $0 == 0x27 || $0 == 0x22 }
    }
    let index = hereDocuments.count
    hereDocuments.append(ShellSyntaxWord(start: outer(position), end: outer(position)))
    pendingHereDocuments.append((index, name, isQuoted, stripsTabs))
    return ShellSyntaxRedirect(
      descriptor: descriptor, operation: "<<", target: hereDocuments[index], hereDocument: index)
  }

  /// Reads the bodies that the line before announced.
  mutating func readPendingHereDocuments() {
    let pending = pendingHereDocuments
    pendingHereDocuments = []
    for document in pending {
      var body: [UInt8] = []
      var places: [Int] = []
      var isClosed = false
      while position < bytes.count {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        var line = bytes[start..<position]
        if position < bytes.count { position += 1 }
        if document.stripsTabs { line = line.drop { $0 == UInt8(ascii: "\t") } }
        let bare = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        if bare.elementsEqual(document.name) {
          isClosed = true
          break
        }
        body += line
        places += line.startIndex..<line.endIndex
        body.append(UInt8(ascii: "\n"))
        places.append(line.endIndex)
      }
      if !isClosed { note("here-document has no end") }
      let outerPlaces = places.map { outer($0) }
      let start = outerPlaces.first ?? outer(position)
      var word = ShellSyntaxWord(start: start, end: outerPlaces.last ?? start)
      if document.isQuoted {
        word.parts = Self.verbatim(body, outerPlaces)
      } else {
        word.parts = within(body, outerPlaces) {
          $0.parseQuotedParts(until: nil, isHereDocument: true)
        }
      }
      hereDocuments[document.index] = word
    }
  }

  /// Quoted parts of `text`, one for each stretch of neighbouring bytes.
  private static func verbatim(_ text: [UInt8], _ places: [Int]) -> [ShellSyntaxPart] {
    var parts: [ShellSyntaxPart] = []
    var start = 0
    var index = 1
    while index <= text.count {
      if index == text.count || places[index] != places[index - 1] + 1 {
        if start < index { parts.append(.quoted(Array(text[start..<index]), start: places[start])) }
        start = index
      }
      index += 1
    }
    return parts
  }
}
