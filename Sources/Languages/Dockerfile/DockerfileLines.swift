import Core

/// Cuts a Dockerfile into instructions: directives, comments, continuations, here-documents.
struct DockerfileLines {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1
  private(set) var escape = UInt8(ascii: "\\")
  private(set) var syntax: (value: String, start: TextPosition, end: TextPosition)?
  private(set) var instructions: [DockerInstruction] = []
  private(set) var problems: [String] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    readDirectives()
    while offset < bytes.count { readInstruction() }
  }

  /// The next physical line without its end, and where it begins; nil at the end of the file.
  private mutating func nextLine() -> (text: ArraySlice<UInt8>, line: Int)? {
    guard offset < bytes.count else { return nil }
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    var end = offset
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    if offset < bytes.count { offset += 1 }
    defer { line += 1 }
    return (bytes[start..<end], line)
  }

  /// `# syntax=`, `# escape=`, `# check=`: only before anything else.
  private mutating func readDirectives() {
    while true {
      let (savedOffset, savedLine) = (offset, line)
      guard let (text, number) = nextLine() else { return }
      let trimmed = text.trimmed
      guard trimmed.first == UInt8(ascii: "#"),
        let equals = trimmed.firstIndex(of: UInt8(ascii: "="))
      else {
        (offset, line) = (savedOffset, savedLine)
        return
      }
      let name = String(
        decoding: trimmed[(trimmed.startIndex + 1)..<equals].trimmed, as: UTF8.self
      ).lowercased()
      let value = trimmed[(equals + 1)...].trimmed
      switch name {
      case "escape":
        if let first = value.first { escape = first == UInt8(ascii: "`") ? first : escape }
      case "syntax":
        let column = value.startIndex - text.startIndex + 1
        syntax = (
          String(decoding: value, as: UTF8.self), TextPosition(line: number, column: column),
          TextPosition(line: number, column: column + value.count)
        )
      case "check": break
      default:
        (offset, line) = (savedOffset, savedLine)
        return
      }
    }
  }

  private mutating func readInstruction() {
    var builder = ShellTextBuilder()
    var start: TextPosition?
    var end = TextPosition(line: line, column: 1)
    while let (text, number) = nextLine() {
      let trimmed = text.trimmed
      if trimmed.isEmpty || trimmed.first == UInt8(ascii: "#") {
        // Comments and empty lines may stand between continuation lines.
        if start == nil { return }
        continue
      }
      let from = start == nil ? trimmed.startIndex : text.startIndex
      let position = TextPosition(line: number, column: from - text.startIndex + 1)
      if start == nil { start = position }
      let last = text.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      end = TextPosition(line: number, column: text.count + 1)
      if let last, text[last] == escape {
        builder.append(text[from..<last], at: position)
        continue
      }
      builder.append(text[from...], at: position)
      break
    }
    guard let start else { return }
    add(builder, from: start, to: end)
  }

  private mutating func add(
    _ builder: ShellTextBuilder, from start: TextPosition, to end: TextPosition
  ) {
    var text = builder.bytes[...]
    var keyword = Self.takeKeyword(&text)
    var isOnBuild = false
    while keyword == "ONBUILD", !text.isEmpty {
      isOnBuild = true
      keyword = Self.takeKeyword(&text)
    }
    var positions = ShellPositionMap()
    let dropped = text.startIndex
    // Positions are asked for by offset in the remaining text.
    positions = builder.positions.dropping(dropped)
    var documents: [DockerHereDocument] = []
    var end = end
    if ["RUN", "COPY", "ADD"].contains(keyword) {
      for (name, isQuoted, stripsTabs) in Self.hereDocuments(in: text) {
        let (body, last) = readHereDocument(name, stripsTabs: stripsTabs)
        documents.append(
          DockerHereDocument(
            name: name, isQuoted: isQuoted, stripsTabs: stripsTabs, body: body))
        end = last ?? end
      }
    }
    instructions.append(
      DockerInstruction(
        keyword: keyword, isOnBuild: isOnBuild, text: Array(text), positions: positions,
        hereDocuments: documents, start: start, end: end))
  }

  private static func takeKeyword(_ text: inout ArraySlice<UInt8>) -> String {
    text = text.trimmed
    let word = text.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    text = text[word.endIndex...].trimmed
    return String(decoding: word, as: UTF8.self).uppercased()
  }

  private mutating func readHereDocument(
    _ name: String, stripsTabs: Bool
  ) -> (ShellTextBuilder, TextPosition?) {
    var builder = ShellTextBuilder()
    let wanted = Array(name.utf8)
    while let (text, number) = nextLine() {
      let content = stripsTabs ? text.drop { $0 == UInt8(ascii: "\t") } : text
      let position = TextPosition(line: number, column: content.startIndex - text.startIndex + 1)
      if content.elementsEqual(wanted) {
        return (builder, TextPosition(line: number, column: text.count + 1))
      }
      builder.append(content, at: position)
      builder.append(
        decoded: [UInt8(ascii: "\n")],
        at: TextPosition(line: number, column: text.count + 1))
    }
    problems.append("here-document \(name) has no end")
    return (builder, nil)
  }

  /// The here-documents that a line announces: `<<EOF`, `<<-"EOF"`, `3<<EOF`; not `<<<`.
  private static func hereDocuments(in text: ArraySlice<UInt8>) -> [(String, Bool, Bool)] {
    var found: [(String, Bool, Bool)] = []
    var index = text.startIndex
    var quote: UInt8?
    while index < text.endIndex, found.count < 64 {
      let byte = text[index]
      if let open = quote {
        if byte == open { quote = nil }
        index += 1
        continue
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { quote = byte }
      guard byte == UInt8(ascii: "<"), text[index...].starts(with: Array("<<".utf8)) else {
        index += 1
        continue
      }
      index += 2
      if index < text.endIndex, text[index] == UInt8(ascii: "<") {
        index += 1
        continue
      }
      var stripsTabs = false
      if index < text.endIndex, text[index] == UInt8(ascii: "-") {
        stripsTabs = true
        index += 1
      }
      var isQuoted = false
      var closing: UInt8?
      if index < text.endIndex,
        text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'")
      {
        isQuoted = true
        closing = text[index]
        index += 1
      }
      let start = index
      while index < text.endIndex, text[index].isNameByte { index += 1 }
      let name = String(decoding: text[start..<index], as: UTF8.self)
      if let closing, index < text.endIndex, text[index] == closing { index += 1 }
      if !name.isEmpty, name.first?.isNumber != true {
        found.append((name, isQuoted, stripsTabs))
      }
    }
    return found
  }
}
