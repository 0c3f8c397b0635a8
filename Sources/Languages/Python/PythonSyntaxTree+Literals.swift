/// A piece of a literal's value and where it comes from.
package enum PythonLiteralPiece: Hashable, Sendable {
  /// The bytes of the source stand for themselves.
  case verbatim(Range<Int>)
  /// The source range is an escape, a doubled brace or a line end, and means these bytes of UTF-8
  /// (of the value itself in a bytes literal).
  case escape(Range<Int>, [UInt8])
}

extension PythonSyntaxTree {
  /// The value of a `string`, `stringChunk`, or `stringConcatenation` of plain text, escapes
  /// resolved; nil for bytes and for anything formatted. A lone surrogate becomes U+FFFD.
  package func stringValue(_ node: PythonNode) -> String? {
    valueBytes(node, ofBytes: false).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a `string` or `stringConcatenation` of bytes; nil otherwise.
  package func bytesValue(_ node: PythonNode) -> [UInt8]? { valueBytes(node, ofBytes: true) }

  /// The value of a `string`, `stringChunk` or `stringConcatenation` of either sort as bytes, text in
  /// UTF-8; nil for anything formatted or mixed.
  package func literalBytes(_ node: PythonNode) -> [UInt8]? {
    valueBytes(node, ofBytes: false) ?? valueBytes(node, ofBytes: true)
  }

  private func valueBytes(_ node: PythonNode, ofBytes: Bool) -> [UInt8]? {
    let record = records[Int(node.index)]
    if record.kind == .stringConcatenation {
      var value: [UInt8] = []
      for part in PythonNodeList(links: links, list: record.a) {
        guard kind(part) == .string, let bytes = valueBytes(part, ofBytes: ofBytes) else {
          return nil
        }
        value += bytes
      }
      return value
    }
    guard record.kind == .string || record.kind == .stringChunk,
      PythonStringFlags(rawValue: record.detail).contains(.bytes) == ofBytes
    else { return nil }
    var value: [UInt8] = []
    for piece in literalPieces(node) {
      switch piece {
      case .verbatim(let range): value += text[range]
      case .escape(_, let bytes): value += bytes
      }
    }
    return value
  }

  /// How the value of a `string` or `stringChunk` is made up, in order, to map places of the value
  /// to the source. Empty for other nodes.
  package func literalPieces(_ node: PythonNode) -> [PythonLiteralPiece] {
    let record = records[Int(node.index)]
    guard record.kind == .string || record.kind == .stringChunk else { return [] }
    var decoder = PythonLiteralDecoder(
      text: text, range: contents(of: node),
      flags: PythonStringFlags(rawValue: record.detail), isChunk: record.kind == .stringChunk)
    return decoder.pieces()
  }

  /// What stands between the quotes of a `string`; all of a `stringChunk`.
  package func contents(of node: PythonNode) -> Range<Int> {
    let record = records[Int(node.index)]
    var range = range(node)
    guard record.kind == .string else { return range }
    var start = range.lowerBound
    while start < range.upperBound, text[start] != 0x22, text[start] != 0x27 { start += 1 }
    let quotes = PythonStringFlags(rawValue: record.detail).contains(.triple) ? 3 : 1
    start = min(start + quotes, range.upperBound)
    range = start..<max(start, range.upperBound - quotes)
    return range
  }

  /// The value of an integer literal (any base, underscores, Python 2's `0777` and `1L`); nil for
  /// other nodes and for values beyond 64 bits.
  package func integerValue(_ node: PythonNode) -> Int? {
    guard kind(node) == .number else { return nil }
    var digits = slice(node).filter { $0 != UInt8(ascii: "_") }
    var radix = 10
    if digits.count > 1, digits[0] == UInt8(ascii: "0") {
      switch digits[1] | 0x20 {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "o"): radix = 8
      case UInt8(ascii: "b"): radix = 2
      default: break
      }
      if radix != 10 { digits.removeFirst(2) }
    }
    if let last = digits.last, last | 0x20 == UInt8(ascii: "l") { digits.removeLast() }
    if radix == 10, digits.count > 1, digits[0] == UInt8(ascii: "0") { radix = 8 }
    return Int(String(decoding: digits, as: UTF8.self), radix: radix)
      ?? (digits.allSatisfy { $0 == UInt8(ascii: "0") } && !digits.isEmpty ? 0 : nil)
  }
}
