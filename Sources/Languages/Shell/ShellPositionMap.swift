package import Core

/// From offsets in a text to the places in the file that the text was taken from.
package struct ShellPositionMap: Sendable {
  /// A stretch of text without line breaks inside.
  private struct Run: Sendable {
    let offset: Int
    let position: TextPosition
    /// Whether the text stands in the file as it is, so that columns count on.
    let isVerbatim: Bool
  }

  private var runs: [Run] = []

  package init() {}

  /// Says that the text from `offset` on stands at `position`; offsets must not decrease.
  package mutating func mark(_ offset: Int, at position: TextPosition, isVerbatim: Bool) {
    runs.append(Run(offset: offset, position: position, isVerbatim: isVerbatim))
  }

  /// The map of the text that remains when the first `count` bytes are dropped.
  package func dropping(_ count: Int) -> ShellPositionMap {
    var map = ShellPositionMap()
    map.mark(0, at: position(count), isVerbatim: isVerbatim(count))
    map.runs += runs.lazy.filter { $0.offset > count }.map {
      Run(offset: $0.offset - count, position: $0.position, isVerbatim: $0.isVerbatim)
    }
    return map
  }

  /// The map of the text within `range` alone.
  package func cut(_ range: Range<Int>) -> ShellPositionMap {
    var map = ShellPositionMap()
    map.mark(
      0, at: position(range.lowerBound), isVerbatim: isVerbatim(range.lowerBound))
    var index = firstRun(after: range.lowerBound)
    while index < runs.count, runs[index].offset < range.upperBound {
      let run = runs[index]
      map.mark(run.offset - range.lowerBound, at: run.position, isVerbatim: run.isVerbatim)
      index += 1
    }
    return map
  }

  /// Takes over the marks of `other`, whose text begins at `offset` in this one.
  package mutating func append(_ other: ShellPositionMap, at offset: Int) {
    runs += other.runs.lazy.map {
      Run(offset: $0.offset + offset, position: $0.position, isVerbatim: $0.isVerbatim)
    }
  }

  /// Copies the runs that cover `range` of this map's text.
  func copyRuns(_ range: Range<Int>, shiftedBy base: Int, into map: inout ShellPositionMap) {
    guard !range.isEmpty else { return }
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].offset <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    let isVerbatim = low == 0 || runs[low - 1].isVerbatim
    map.mark(range.lowerBound + base, at: position(range.lowerBound), isVerbatim: isVerbatim)
    while low < runs.count, runs[low].offset < range.upperBound {
      map.mark(runs[low].offset + base, at: runs[low].position, isVerbatim: runs[low].isVerbatim)
      low += 1
    }
  }

  /// Where the byte at `offset` stands; line 1, column 1 when nothing was marked.
  package func position(_ offset: Int) -> TextPosition {
    guard let run = run(at: offset) else {
      return runs.first?.position ?? TextPosition(line: 1, column: 1)
    }
    guard run.isVerbatim else { return run.position }
    return TextPosition(
      line: run.position.line, column: run.position.column + (offset - run.offset))
  }

  private func isVerbatim(_ offset: Int) -> Bool {
    run(at: offset)?.isVerbatim ?? false
  }

  /// The last stretch that begins at or before `offset`.
  private func run(at offset: Int) -> Run? {
    let next = firstRun(after: offset)
    return next > 0 ? runs[next - 1] : nil
  }

  /// The place of the first stretch that begins behind `offset`.
  private func firstRun(after offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Puts text together and remembers where each piece stands in the file.
package struct ShellTextBuilder: Sendable {
  package private(set) var bytes: [UInt8] = []
  package private(set) var positions = ShellPositionMap()

  package init() {}

  /// A whole file.
  package init(file bytes: [UInt8]) {
    append(bytes[...], at: TextPosition(line: 1, column: 1))
  }

  /// Appends text that stands in the file as it is; after a line break inside it, the file's next
  /// line begins at column 1.
  package mutating func append(_ text: ArraySlice<UInt8>, at position: TextPosition) {
    positions.mark(bytes.count, at: position, isVerbatim: true)
    var line = position.line
    let base = bytes.count - text.startIndex
    bytes += text
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "\n") {
        line += 1
        positions.mark(
          base + index + 1, at: TextPosition(line: line, column: 1), isVerbatim: true)
      }
      index += 1
    }
  }

  /// Appends text without line breaks that stands in the file as it is.
  package mutating func append(verbatim text: ArraySlice<UInt8>, at position: TextPosition) {
    positions.mark(bytes.count, at: position, isVerbatim: true)
    bytes += text
  }

  /// Appends a part of a longer text, with those of the map's places that concern it.
  package mutating func append(
    part text: ArraySlice<UInt8>, mappedBy map: ShellPositionMap
  ) {
    let base = bytes.count - text.startIndex
    map.copyRuns(text.startIndex..<text.endIndex, shiftedBy: base, into: &positions)
    bytes += text
  }

  /// Appends text that was decoded or made up: all of it stands at one place.
  package mutating func append(decoded text: some Sequence<UInt8>, at position: TextPosition) {
    positions.mark(bytes.count, at: position, isVerbatim: false)
    bytes += text
  }

  /// Appends a part whose text is not known, with a name for messages.
  package mutating func appendUnknown(_ name: String, at position: TextPosition) {
    append(decoded: ShellValue.unknown(name).bytes, at: position)
  }

  /// Appends text that another builder put together.
  package mutating func append(_ other: ShellTextBuilder) {
    positions.append(other.positions, at: bytes.count)
    bytes += other.bytes
  }

  /// Appends text whose offsets `map` knows.
  package mutating func append(_ text: ArraySlice<UInt8>, mappedBy map: ShellPositionMap) {
    positions.append(map.cut(text.startIndex..<text.endIndex), at: bytes.count)
    bytes += text
  }

  /// Appends text that stands at `offset` of the text that `map` knows.
  package mutating func append(
    _ text: ArraySlice<UInt8>, standingAt offset: Int, of map: ShellPositionMap
  ) {
    positions.append(map.cut(offset..<(offset + text.count)), at: bytes.count)
    bytes += text
  }

  /// Appends text of one line, its line break included, that stands at `position` as it is.
  package mutating func append(_ text: ArraySlice<UInt8>, lineAt position: TextPosition) {
    positions.mark(bytes.count, at: position, isVerbatim: true)
    bytes += text
  }
}
