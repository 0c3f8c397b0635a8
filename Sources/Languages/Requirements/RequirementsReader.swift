import Core

/// pip's line layer: continuations, comments, options, then requirements.
struct RequirementsReader {
  /// A line after joining, with the place of each of its bytes.
  private struct LogicalLine {
    var bytes: [UInt8] = []
    /// For each piece, its first byte in `bytes` and in the file.
    var pieces: [(start: Int, file: Int)] = []

    func fileOffset(of index: Int) -> Int {
      guard let piece = pieces.last(where: { $0.start <= index }) ?? pieces.first else { return 0 }
      return piece.file + (index - piece.start)
    }
  }

  private let bytes: [UInt8]
  private let lines: LineTable
  private(set) var entries: [RequirementsFile.Entry] = []
  private(set) var options: [RequirementsFile.Option] = []

  init(_ raw: [UInt8]) {
    bytes = SourceText.utf8(raw)
    lines = LineTable(bytes, countsCarriageReturn: true)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { PythonVersion.isSpace(byte) }

  mutating func run() {
    var index = 0
    var line = LogicalLine()
    while index <= bytes.count {
      var end = index
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      let text = bytes[index..<end]
      let isComment = text.first { !Self.isBlank($0) } == UInt8(ascii: "#")
      line.pieces.append((line.bytes.count, index))
      if !isComment, text.last == UInt8(ascii: "\\") {
        line.bytes += text.dropLast()
      } else {
        // A comment line ends a continued one: the blank before it keeps it a comment.
        if isComment, !line.bytes.isEmpty {
          line.bytes.append(0x20)
          line.pieces[line.pieces.count - 1].start += 1
        }
        line.bytes += text
        logical(line)
        line = LogicalLine()
      }
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      index = end + 1
    }
    if !line.bytes.isEmpty { logical(line) }
  }

  // MARK: Lines

  private mutating func logical(_ line: LogicalLine) {
    var end = line.bytes.count
    // A comment begins the line or follows a blank, so that fragments of addresses survive.
    for (index, byte) in line.bytes.enumerated()
    where byte == UInt8(ascii: "#") && (index == 0 || Self.isBlank(line.bytes[index - 1])) {
      end = index
      break
    }
    var start = 0
    while start < end, Self.isBlank(line.bytes[start]) { start += 1 }
    while end > start, Self.isBlank(line.bytes[end - 1]) { end -= 1 }
    guard start < end else { return }
    let first = lines.position(of: line.fileOffset(of: start))
    let last = lines.position(of: line.fileOffset(of: end - 1) + 1)
    let optionsStart = Self.optionsStart(line.bytes, start, end)
    var textEnd = optionsStart
    while textEnd > start, Self.isBlank(line.bytes[textEnd - 1]) { textEnd -= 1 }
    let words = Self.words(line.bytes[optionsStart..<end])
    let flags = Self.options(words)
    let hashes = flags.filter { $0.name == "hash" }.map(\.value)
    if textEnd > start {
      let text = String(decoding: line.bytes[start..<textEnd], as: UTF8.self)
      entries.append(
        RequirementsFile.Entry(
          target: Self.target(text), hashes: hashes, isEditable: false, text: text, start: first,
          end: last))
      return
    }
    for flag in flags {
      if flag.name == "editable" {
        entries.append(
          RequirementsFile.Entry(
            target: Self.editable(flag.value), hashes: hashes, isEditable: true, text: flag.value,
            start: first, end: last))
      } else {
        options.append(
          RequirementsFile.Option(name: flag.name, value: flag.value, start: first, end: last))
      }
    }
  }

  /// Where options begin: the first word with a dash before it.
  private static func optionsStart(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "-"), index == start || isBlank(bytes[index - 1]) {
        return index
      }
      index += 1
    }
    return end
  }

  /// Words as a shell splits them: quotes and backslashes taken off.
  static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
    var words: [[UInt8]] = []
    var word: [UInt8]?
    var quote: UInt8?
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil } else { word?.append(byte) }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
        word = word ?? []
      } else if byte == UInt8(ascii: "\\"), index < bytes.endIndex {
        word = (word ?? []) + [bytes[index]]
        index += 1
      } else if isBlank(byte) {
        if let done = word { words.append(done) }
        word = nil
      } else if word == nil {
        word = [byte]
      } else {
        word?.append(byte)
      }
    }
    if let word { words.append(word) }
    return words.map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: Options

  private static let short: [Character: String] = [
    "i": "index-url", "f": "find-links", "r": "requirement", "c": "constraint", "e": "editable",
    "C": "config-settings",
  ]
  private static let withValue = [
    "index-url", "pypi-url", "extra-index-url", "find-links", "requirement", "constraint",
    "editable", "trusted-host", "no-binary", "only-binary", "hash", "global-option",
    "install-option", "config-settings", "config-setting", "use-feature",
  ]
  private static let flags = [
    "no-index", "pre", "prefer-binary", "require-hashes", "always-unzip",
  ]

  /// The options among words, abbreviations written out; words that are none are left out.
  static func options(_ words: [String]) -> [(name: String, value: String)] {
    var options: [(name: String, value: String)] = []
    var index = 0
    func next() -> String {
      index += 1
      return index < words.count ? words[index] : ""
    }
    while index < words.count {
      let word = words[index]
      if word.hasPrefix("--") {
        let body = word.dropFirst(2)
        let written = String(body.prefix { $0 != "=" })
        let inline = body.firstIndex(of: "=").map { String(body[body.index(after: $0)...]) }
        let known = full(written)
        let value = withValue.contains(known) ? inline ?? next() : ""
        options.append((known == "pypi-url" ? "index-url" : known, value))
      } else if word.hasPrefix("-"), let letter = word.dropFirst().first, let name = short[letter] {
        var value = String(word.dropFirst(2))
        if value.hasPrefix("=") { value.removeFirst() }
        options.append((name, value.isEmpty ? next() : value))
      }
      index += 1
    }
    return options
  }

  /// optparse takes any unambiguous beginning of a long name.
  private static func full(_ written: String) -> String {
    let names = withValue + flags
    if names.contains(written) { return written }
    let matches = names.filter { $0.hasPrefix(written) }
    return matches.count == 1 ? matches[0] : written
  }

  // MARK: Targets

  static func target(_ text: String) -> RequirementsFile.Entry.Target {
    // A requirement may name an address after `@`; a bare address has a scheme or a slash first.
    if let requirement = PythonRequirement.parse(text) { return .requirement(requirement) }
    let bare = text.firstRange(of: " ;").map { String(text[..<$0.lowerBound]) } ?? text
    if let reference = DirectReference.parse(bare) { return .reference(reference) }
    // `${TOKEN}` in an address is no PEP 508 only where the scheme is unknown; paths may have any
    // form with a slash.
    if bare.contains("/"), !bare.contains("="), !bare.contains(" ") {
      return .reference(
        DirectReference(kind: .local, target: bare, pinning: .local, name: nil, isPlaintext: false))
    }
    return .malformed
  }

  private static func editable(_ text: String) -> RequirementsFile.Entry.Target {
    if let reference = DirectReference.parse(text) { return .reference(reference) }
    if let requirement = PythonRequirement.parse(text), requirement.address != nil {
      return .requirement(requirement)
    }
    return .reference(
      DirectReference(kind: .local, target: text, pinning: .local, name: nil, isPlaintext: false))
  }
}
