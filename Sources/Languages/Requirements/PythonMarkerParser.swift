/// Checks the form of an environment marker of PEP 508.
struct PythonMarkerParser {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Parentheses within each other that are followed; real markers have two or three.
  private static let maximumDepth = 50

  private func peek() -> UInt8? {
    index < bytes.endIndex ? bytes[index] : nil
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { index += 1 }
  }

  /// Whether everything is one marker.
  mutating func isMarker() -> Bool {
    guard expression(depth: 0) else { return false }
    skipSpace()
    return index == bytes.endIndex
  }

  private mutating func expression(depth: Int) -> Bool {
    guard depth < Self.maximumDepth, atom(depth: depth) else { return false }
    while takeWord("and") || takeWord("or") {
      guard atom(depth: depth) else { return false }
    }
    return true
  }

  private mutating func atom(depth: Int) -> Bool {
    skipSpace()
    if peek() == UInt8(ascii: "(") {
      index += 1
      guard expression(depth: depth + 1) else { return false }
      skipSpace()
      guard peek() == UInt8(ascii: ")") else { return false }
      index += 1
    } else {
      guard operand() else { return false }
      skipSpace()
      guard comparison() else { return false }
      skipSpace()
      guard operand() else { return false }
    }
    skipSpace()
    return true
  }

  private static let variables: Set<String> = [
    "python_version", "python_full_version", "os_name", "os.name", "sys_platform", "sys.platform",
    "platform_release", "platform_system", "platform_version", "platform.version",
    "platform_machine", "platform.machine", "platform_python_implementation",
    "platform.python_implementation", "python_implementation", "implementation_name",
    "implementation_version", "extra", "extras", "dependency_groups",
  ]

  private mutating func operand() -> Bool {
    if let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { return false }
      index = end + 1
      return true
    }
    var end = index
    while end < bytes.endIndex, Self.isWord(bytes[end]) || bytes[end] == UInt8(ascii: ".") {
      end += 1
    }
    // `os.name` holds a dot; a word that goes on otherwise is no variable.
    let word = String(decoding: bytes[index..<end], as: UTF8.self)
    guard Self.variables.contains(word) else { return false }
    index = end
    return true
  }

  private mutating func comparison() -> Bool {
    for symbol in ["===", "==", "~=", "!=", "<=", ">=", "<", ">"]
    where bytes[index...].starts(with: symbol.utf8) {
      index += symbol.utf8.count
      return true
    }
    if takeWord("in") { return true }
    guard takeWord("not"), peek() == 0x20 || peek() == 0x09 else { return false }
    skipSpace()
    return takeWord("in")
  }

  private mutating func takeWord(_ word: String) -> Bool {
    let end = index + word.utf8.count
    guard bytes[index...].starts(with: word.utf8) else { return false }
    if end < bytes.endIndex, Self.isWord(bytes[end]) || bytes[end] >= 0x80 { return false }
    if index > bytes.startIndex, Self.isWord(bytes[index - 1]) { return false }
    index = end
    return true
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    TOMLParser.digit(byte) != nil || byte == UInt8(ascii: "_")
  }
}
