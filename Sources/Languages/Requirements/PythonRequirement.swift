/// A dependency specifier of PEP 508: `name[extra] >=1.0; marker` or `name @ address ; marker`.
package struct PythonRequirement: Hashable, Sendable {
  /// The name as written.
  package let name: String
  package let extras: [String]
  package let specifier: PythonSpecifierSet
  /// Where the package comes from, for a direct reference.
  package let address: String?
  /// The environment marker as written, without the semicolon; nil if there is none.
  package let marker: String?
  /// The version part as written, empty if there is none.
  package let specifierText: String

  /// The name that indexes know the package by.
  package var normalizedName: String { PythonRequirement.normalize(name) }

  /// Runs of `-`, `_` and `.` become one `-`, letters lower case (PEP 503).
  package static func normalize(_ name: some StringProtocol) -> String {
    var normal: [UInt8] = []
    var afterSeparator = false
    for byte in name.utf8 {
      if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") {
        afterSeparator = true
        continue
      }
      if afterSeparator { normal.append(UInt8(ascii: "-")) }
      afterSeparator = false
      normal.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
    }
    if afterSeparator { normal.append(UInt8(ascii: "-")) }
    return String(decoding: normal, as: UTF8.self)
  }

  /// Reads a requirement as a whole; nil when PEP 508 does not know it.
  package static func parse(_ text: some StringProtocol) -> PythonRequirement? {
    var parser = PythonRequirementParser(Array(text.utf8))
    return parser.requirement()
  }

  init(
    name: String, extras: [String], specifier: PythonSpecifierSet, address: String?,
    marker: String?, specifierText: String
  ) {
    self.name = name
    self.extras = extras
    self.specifier = specifier
    self.address = address
    self.marker = marker
    self.specifierText = specifierText
  }
}

/// Reads one requirement.
struct PythonRequirementParser {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    index += 1
    return true
  }

  mutating func requirement() -> PythonRequirement? {
    skipSpace()
    guard let name = identifier() else { return nil }
    skipSpace()
    guard let extras = extras() else { return nil }
    skipSpace()
    var address: String?
    var specifier = PythonSpecifierSet([])
    var specifierText = ""
    if take(UInt8(ascii: "@")) {
      skipSpace()
      let start = index
      while let byte = peek(), byte != 0x20, byte != 0x09 { index += 1 }
      guard index > start else { return nil }
      address = String(decoding: bytes[start..<index], as: UTF8.self)
    } else {
      let start = index
      guard let clauses = specifiers() else { return nil }
      specifier = clauses
      var end = index
      while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
      specifierText = String(decoding: bytes[start..<end], as: UTF8.self)
    }
    skipSpace()
    var marker: String?
    if index < bytes.count {
      guard take(UInt8(ascii: ";")) else { return nil }
      var parser = PythonMarkerParser(bytes[index...])
      guard parser.isMarker() else { return nil }
      marker = String(decoding: bytes[index...], as: UTF8.self)
    }
    return PythonRequirement(
      name: name, extras: extras, specifier: specifier, address: address,
      marker: marker.map(Self.trimmed), specifierText: specifierText)
  }

  private static func trimmed(_ text: String) -> String {
    let blank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    var bytes = Array(text.utf8)[...]
    bytes = bytes.drop(while: blank)
    while let last = bytes.last, blank(last) { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Letters, digits, `.`, `_`, `-`, beginning with a letter or digit and not ending with `.`
  /// or `-`.
  private mutating func identifier() -> String? {
    let start = index
    guard let first = peek(), Self.isAlphanumeric(first) else { return nil }
    while let byte = peek(),
      Self.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
    { index += 1 }
    // A letter outside ASCII goes on with the word, so no name ends before it.
    if let byte = peek(), byte >= 0x80 {
      while index > start, Self.isWord(bytes[index - 1]) { index -= 1 }
    }
    while index > start, !Self.isWord(bytes[index - 1]) { index -= 1 }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { TOMLParser.digit(byte) != nil }

  private static func isWord(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }

  /// `[a, b]`, or nothing; nil when what stands there is malformed.
  private mutating func extras() -> [String]? {
    guard take(UInt8(ascii: "[")) else { return [] }
    var extras: [String] = []
    skipSpace()
    if let first = identifier() {
      extras.append(first)
      skipSpace()
      while take(UInt8(ascii: ",")) {
        skipSpace()
        guard let extra = identifier() else { return nil }
        extras.append(extra)
        skipSpace()
      }
    }
    skipSpace()
    return take(UInt8(ascii: "]")) ? extras : nil
  }

  /// The version clauses, perhaps in parentheses, perhaps none; nil when malformed.
  private mutating func specifiers() -> PythonSpecifierSet? {
    let isEnclosed = take(UInt8(ascii: "("))
    skipSpace()
    var scanner = PythonSpecifierScanner(bytes[index...])
    let clauses = scanner.clauses()
    if scanner.hasBadTail { return nil }
    index = scanner.index
    skipSpace()
    if isEnclosed, !take(UInt8(ascii: ")")) { return nil }
    return PythonSpecifierSet(clauses)
  }
}
