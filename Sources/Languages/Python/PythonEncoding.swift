/// The encoding of a Python file: what its first two lines declare (PEP 263), or UTF-8.
package struct PythonEncoding: Hashable, Sendable {
  /// What the encoding does to the bytes.
  package enum Kind: Hashable, Sendable {
    case utf8
    /// One byte a character, and ASCII stays ASCII.
    case singleByte
    /// Two or more bytes a character, and ASCII stays ASCII; other characters are read as U+FFFD.
    case multiByte
    /// The codec can turn a comment or a string into code (`utf_7`, `unicode_escape`, …): the text
    /// that a reviewer sees is not the text that runs.
    case transforming
    /// CPython refuses to read source in it (UTF-16, codecs that make no text).
    case refused
    /// No codec of the standard library: it comes from a package or from the repository, and may
    /// run code or change the text in any way (`future_fstrings`).
    case unknown
  }

  package let kind: Kind
  /// The name as declared; nil without a declaration.
  package let name: String?
  /// Where the name stands, in bytes of the file; nil without a declaration.
  package let range: Range<Int>?
  /// The codec's name as Python's `encodings` package has it.
  package let codec: String

  package static let utf8 = PythonEncoding(kind: .utf8, name: nil, range: nil, codec: "utf_8")

  package init(kind: Kind, name: String?, range: Range<Int>?, codec: String) {
    self.kind = kind
    self.name = name
    self.range = range
    self.codec = codec
  }

  /// The encoding that the first two lines of a file declare, as CPython finds it.
  package static func declared(in bytes: [UInt8]) -> PythonEncoding {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for _ in 0..<2 {
      guard index < bytes.count else { break }
      var end = index
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      var first = index
      while first < end, isBlank(bytes[first]) { first += 1 }
      guard first == end || bytes[first] == UInt8(ascii: "#") else { break }
      if first < end, let name = cookie(in: bytes, first..<end) {
        let text = String(decoding: bytes[name], as: UTF8.self)
        let codec = PythonCodecs.canonical(text)
        return PythonEncoding(
          kind: PythonCodecs.kind(codec), name: text, range: name, codec: codec)
      }
      let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
      index = isPair ? end + 2 : end + 1
    }
    return .utf8
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0C
  }

  /// The name behind `coding:` or `coding=` in a comment.
  private static func cookie(in bytes: [UInt8], _ comment: Range<Int>) -> Range<Int>? {
    let word = Array("coding".utf8)
    var index = comment.lowerBound
    while index + word.count < comment.upperBound {
      defer { index += 1 }
      guard bytes[index] == word[0], bytes[index..<index + word.count].elementsEqual(word) else {
        continue
      }
      var start = index + word.count
      guard bytes[start] == UInt8(ascii: ":") || bytes[start] == UInt8(ascii: "=") else {
        continue
      }
      start += 1
      while start < comment.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
      var end = start
      while end < comment.upperBound, isNameByte(bytes[end]) { end += 1 }
      if end > start { return start..<end }
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }
}
