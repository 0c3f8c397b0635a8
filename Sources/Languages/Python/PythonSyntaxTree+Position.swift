package import Core

extension PythonSyntaxTree {
  /// Where each line begins, in bytes of `text`; `\n`, `\r\n` and a lone `\r` end a line.
  static func lineStarts(of text: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    let end = min(text.count, Int(UInt32.max))
    while index < end {
      let byte = text[index]
      index += 1
      if byte == 0x0A {
        starts.append(UInt32(index))
      } else if byte == 0x0D {
        if index < end, text[index] == 0x0A { index += 1 }
        starts.append(UInt32(index))
      }
    }
    return starts
  }

  /// How many lines the text has; the empty one behind a final line end counts.
  package var lineCount: Int { lineStarts.count }

  /// Line and column (in bytes, a byte-order mark not counted) of an offset in `text`.
  package func position(at offset: Int) -> TextPosition {
    let offset = UInt32(min(max(offset, 0), text.count, Int(UInt32.max)))
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var column = Int(offset - lineStarts[low]) + 1
    if low == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { column = max(1, column - 3) }
    return TextPosition(line: low + 1, column: column)
  }

  /// Where a node begins.
  package func start(_ node: PythonNode) -> TextPosition { position(at: range(node).lowerBound) }

  /// One past a node's last byte.
  package func end(_ node: PythonNode) -> TextPosition { position(at: range(node).upperBound) }

  /// The bytes of a 1-based line, its line end included; empty when there is no such line.
  package func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= lineStarts.count else { return [] }
    let start = Int(lineStarts[number - 1])
    let end = number < lineStarts.count ? Int(lineStarts[number]) : text.count
    return text[start..<end]
  }
}
