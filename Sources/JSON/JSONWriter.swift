/// Writes JSON text: the same calls give the same bytes.
///
/// With an indent every member and element stands on its own line; without, everything on one. The
/// caller keeps to the grammar: a key before each member's value, every container closed.
package struct JSONWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  private let indent: Int?
  /// For every open container whether something stands in it.
  private var filled: [Bool] = []
  private var afterKey = false

  /// Begins an empty text; `indent` is the number of spaces a level, nil for one line.
  package init(indent: Int? = nil) {
    self.indent = indent
  }

  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  /// A member's name.
  package mutating func key(_ name: String) {
    separate()
    JSONWriter.append(name, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    if indent != nil { bytes.append(UInt8(ascii: " ")) }
    afterKey = true
  }

  /// A string value.
  package mutating func string(_ text: some StringProtocol) {
    separate()
    JSONWriter.append(text, to: &bytes)
  }

  /// An integer value.
  package mutating func integer(_ value: some BinaryInteger) {
    separate()
    bytes.append(contentsOf: value.description.utf8)
  }

  /// A number's own text, which must be a JSON number.
  package mutating func number(_ value: JSONNumber) {
    separate()
    bytes.append(contentsOf: value.text.utf8)
  }

  /// `true` or `false`.
  package mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// `null`.
  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// A member whose value is a string.
  package mutating func member(_ name: String, _ value: some StringProtocol) {
    key(name)
    string(value)
  }

  /// A member whose value is an integer.
  package mutating func member(_ name: String, _ value: some BinaryInteger) {
    key(name)
    integer(value)
  }

  /// A member whose value is `true` or `false`.
  package mutating func member(_ name: String, _ value: Bool) {
    key(name)
    bool(value)
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    filled.append(false)
  }

  private mutating func end(_ bracket: UInt8) {
    if filled.popLast() == true { breakLine() }
    bytes.append(bracket)
  }

  private mutating func separate() {
    if afterKey {
      afterKey = false
      return
    }
    guard let last = filled.last else { return }
    if last { bytes.append(UInt8(ascii: ",")) }
    filled[filled.count - 1] = true
    breakLine()
  }

  private mutating func breakLine() {
    guard let indent else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * filled.count))
  }
}

extension JSONWriter {
  /// Appends `text` in quotes.
  ///
  /// Characters that JSON requires to be escaped are, and so are those that could deceive a reader:
  /// controls, bidirectional and invisible formatting. Everything else stays as it is.
  package static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
    append(utf8: Array(text.utf8), to: &bytes)
  }

  /// Appends valid UTF-8 in quotes, see `append(_:to:)`.
  package static func append(utf8 text: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    if text.contains(where: isSuspicious) {
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        append(scalar, to: &bytes)
      }
    } else {
      bytes.append(contentsOf: text)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Whether a byte is escaped, or begins a character that may be.
  private static func isSuspicious(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<0x20, 0x22, 0x5C, 0x7F, 0xC2, 0xD8, 0xE2, 0xEF: true
    default: false
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x22, 0x5C:
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0C: bytes.append(contentsOf: #"\f"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      bytes.append(contentsOf: #"\u"#.utf8)
      let digits = Array("0123456789abcdef".utf8)
      for shift: UInt32 in [12, 8, 4, 0] {
        bytes.append(digits[Int(scalar.value >> shift & 15)])
      }
    default:
      bytes.append(contentsOf: String(scalar).utf8)
    }
  }
}
