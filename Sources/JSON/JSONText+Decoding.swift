/// A place where decoding a string changes distances: an escape of several bytes.
package struct JSONEscape: Hashable, Sendable {
  /// The escape's offset in the document.
  package let source: Int
  /// The escape's length in the document, in bytes.
  package let sourceLength: Int
  /// The offset of what it stands for in the decoded UTF-8.
  package let decoded: Int
  /// The length of what it stands for, in bytes of UTF-8.
  package let decodedLength: Int

  package init(source: Int, sourceLength: Int, decoded: Int, decodedLength: Int) {
    self.source = source
    self.sourceLength = sourceLength
    self.decoded = decoded
    self.decodedLength = decodedLength
  }
}

extension JSONText {
  /// The string as UTF-8; `document` is what the text was read from.
  package func utf8(in document: [UInt8]) -> [UInt8] {
    if isPlain { return Array(document[range]) }
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    decode(document) { piece in
      switch piece {
      case .verbatim(let range): result.append(contentsOf: document[range])
      case .escape(_, let scalar):
        result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
      }
    }
    return result
  }

  /// The string; `document` is what the text was read from.
  package func string(in document: [UInt8]) -> String {
    if isPlain { return String(decoding: document[range], as: UTF8.self) }
    return String(decoding: utf8(in: document), as: UTF8.self)
  }

  /// Whether the string is `name`, UTF-8 byte for byte.
  package func equals(_ name: [UInt8], in document: [UInt8]) -> Bool {
    guard isPlain else { return utf8(in: document) == name }
    guard range.count == name.count else { return false }
    var place = range.lowerBound
    for byte in name {
      if document[place] != byte { return false }
      place += 1
    }
    return true
  }

  /// Every escape in order, to map offsets of the decoded UTF-8 back to the document.
  package func escapes(in document: [UInt8]) -> [JSONEscape] {
    if isPlain { return [] }
    var result: [JSONEscape] = []
    var decoded = 0
    decode(document) { piece in
      switch piece {
      case .verbatim(let range): decoded += range.count
      case .escape(let range, let scalar):
        let length = UTF8.width(scalar)
        result.append(
          JSONEscape(
            source: range.lowerBound, sourceLength: range.count, decoded: decoded,
            decodedLength: length))
        decoded += length
      }
    }
    return result
  }

  private enum Piece {
    case verbatim(Range<Int>)
    case escape(Range<Int>, Unicode.Scalar)
  }

  /// Hands over the string piece by piece. The reader has checked every escape.
  private func decode(_ document: [UInt8], _ body: (Piece) -> Void) {
    var offset = range.lowerBound
    var verbatim = offset
    while offset < range.upperBound {
      guard document[offset] == UInt8(ascii: "\\"), offset + 1 < range.upperBound else {
        offset += 1
        continue
      }
      if verbatim < offset { body(.verbatim(verbatim..<offset)) }
      let (scalar, length) = Self.escape(document, at: offset, end: range.upperBound)
      body(.escape(offset..<offset + length, scalar))
      offset += length
      verbatim = offset
    }
    if verbatim < range.upperBound { body(.verbatim(verbatim..<range.upperBound)) }
  }

  private static func escape(
    _ document: [UInt8], at offset: Int, end: Int
  ) -> (Unicode.Scalar, length: Int) {
    switch document[offset + 1] {
    case UInt8(ascii: "b"): return ("\u{8}", 2)
    case UInt8(ascii: "f"): return ("\u{C}", 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u"):
      let unit = UInt32(document.hexUnit(at: offset + 2) ?? 0xFFFD)
      if let scalar = Unicode.Scalar(unit) { return (scalar, 6) }
      if unit < 0xDC00, offset + 12 <= end, document[offset + 6] == UInt8(ascii: "\\"),
        document[offset + 7] == UInt8(ascii: "u"),
        let low = document.hexUnit(at: offset + 8).map(UInt32.init), low & 0xFC00 == 0xDC00,
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      {
        return (scalar, 12)
      }
      return ("\u{FFFD}", 6)
    case let byte: return (Unicode.Scalar(byte), 2)
    }
  }
}

extension [UInt8] {
  /// The value of four hexadecimal digits at `offset`; nil when there are none.
  func hexUnit(at offset: Int) -> UInt16? {
    guard offset >= 0, offset <= count - 4 else { return nil }
    var value: UInt16 = 0
    for byte in self[offset..<offset + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
