package import Core

/// The line starts of a text: turns offsets into positions.
package struct LineTable: Sendable {
  /// The offset of each line's first byte; the first is 0.
  private let starts: [Int]

  /// Lines end with LF or CRLF, and with a CR alone only where `countsCarriageReturn` says so.
  package init(_ bytes: [UInt8], countsCarriageReturn: Bool = false) {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      } else if countsCarriageReturn, byte == UInt8(ascii: "\r"),
        offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
      {
        starts.append(offset + 1)
      }
    }
    self.starts = starts
  }

  /// How many lines there are; an empty text has one.
  package var count: Int { starts.count }

  /// The 1-based line that holds the byte at `offset`.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = low + (high - low) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low, 1)
  }

  /// The position of the byte at `offset`.
  package func position(of offset: Int) -> TextPosition {
    let line = line(of: offset)
    return TextPosition(line: line, column: max(offset - starts[line - 1], 0) + 1)
  }

  /// The offset of the first byte of a 1-based line; of the nearest line for one out of range.
  package func start(ofLine line: Int) -> Int {
    starts[min(max(line, 1), starts.count) - 1]
  }
}
