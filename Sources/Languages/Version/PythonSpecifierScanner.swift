/// Reads the clauses of a specifier from the beginning of a text.
struct PythonSpecifierScanner {
  private let bytes: ArraySlice<UInt8>
  private(set) var index: Int
  /// What stands right behind a clause and cannot: `.*` or a local label.
  private(set) var hasBadTail = false

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  var isAtEnd: Bool { index == bytes.endIndex }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.endIndex ? bytes[index + ahead] : nil
  }

  /// Skips spaces and tabs.
  mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { index += 1 }
  }

  /// Clauses with commas between them; a comma may also stand at the end.
  mutating func clauses() -> [PythonSpecifier] {
    var clauses: [PythonSpecifier] = []
    while let found = clause() {
      clauses += found
      if peek() == UInt8(ascii: "."), peek(1) == UInt8(ascii: "*") { hasBadTail = true }
      skipSpace()
      guard peek() == UInt8(ascii: ",") else { break }
      index += 1
      skipSpace()
    }
    return clauses
  }

  private mutating func comparison() -> PythonSpecifier.Comparison? {
    let rest = bytes[index...]
    for length in [3, 2, 1] {
      let word = String(decoding: rest.prefix(length), as: UTF8.self)
      if word.utf8.count == length, let comparison = PythonSpecifier.Comparison(rawValue: word) {
        index += length
        return comparison
      }
    }
    return nil
  }

  /// What `===` compares with: the text up to a comma.
  private func identical(_ bytes: ArraySlice<UInt8>) -> PythonSpecifier {
    let text = String(
      decoding: bytes.prefix { $0 != UInt8(ascii: ",") }, as: UTF8.self)
    return PythonSpecifier(.identical, text: text, version: PythonVersion(text), isPrefix: false)
  }

  /// The clauses behind the commas of a text that `===` took in as a whole.
  private mutating func joined(behind text: ArraySlice<UInt8>) -> [PythonSpecifier] {
    var clauses: [PythonSpecifier] = []
    for piece in text.split(separator: UInt8(ascii: ",")).dropFirst(
      text.first == UInt8(ascii: ",") ? 0 : 1)
    {
      var scanner = PythonSpecifierScanner(piece)
      guard let found = scanner.clause(), scanner.isAtEnd else {
        hasBadTail = true
        return clauses
      }
      clauses += found
    }
    return clauses
  }

  /// One clause, or the several that `===` can hold; nil when none begins here.
  private mutating func clause() -> [PythonSpecifier]? {
    let start = index
    guard let comparison = comparison() else { return nil }
    while let byte = peek(), PythonVersion.isSpace(byte) { index += 1 }
    let textStart = index
    if comparison == .identical {
      while let byte = peek(), !PythonVersion.isSpace(byte), byte != UInt8(ascii: ";"),
        byte != UInt8(ascii: ")")
      { index += 1 }
      return [identical(bytes[textStart..<index])] + joined(behind: bytes[textStart..<index])
    }
    let allowsEverything = comparison == .equal || comparison == .notEqual
    var scanner = PythonVersionScanner(bytes[index...])
    guard let base = scanner.base(), comparison != .compatible || base.release.count > 1 else {
      index = start
      return nil
    }
    let afterBase = scanner.index
    if allowsEverything, afterBase + 1 < bytes.endIndex, bytes[afterBase] == UInt8(ascii: "."),
      bytes[afterBase + 1] == UInt8(ascii: "*")
    {
      index = afterBase + 2
      return [
        PythonSpecifier(
          comparison, text: String(decoding: bytes[textStart..<index], as: UTF8.self),
          version: base, isPrefix: true)
      ]
    }
    scanner = PythonVersionScanner(bytes[index...])
    guard let version = scanner.version(allowsLocal: allowsEverything) else {
      index = start
      return nil
    }
    index = scanner.index
    return [
      PythonSpecifier(
        comparison, text: String(decoding: bytes[textStart..<index], as: UTF8.self),
        version: version, isPrefix: false)
    ]
  }
}
