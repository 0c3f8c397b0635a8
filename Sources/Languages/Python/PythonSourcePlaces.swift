import Core

/// Where the stretches of a decoded text stand in the file.
struct PythonSourcePlaces: Sendable {
  private struct Stretch: Sendable {
    let text: Int
    let file: Int
    /// Whether the text is the file's bytes, one for one.
    let isVerbatim: Bool
  }

  private var stretches: [Stretch] = []

  /// How many stretches are kept; the places behind the last one are only roughly right.
  private static let limit = 1 << 17

  /// Says that the text at offset `text` comes from the file's byte `file`.
  mutating func note(_ text: Int, _ file: Int, isVerbatim: Bool) {
    if isVerbatim, let last = stretches.last, last.isVerbatim,
      text - last.text == file - last.file
    {
      return
    }
    guard stretches.count < Self.limit else { return }
    stretches.append(Stretch(text: text, file: file, isVerbatim: isVerbatim))
  }

  /// The places as lines and columns of the file.
  func map(over file: [UInt8]) -> ShellPositionMap {
    let starts = PythonSyntaxTree.lineStarts(of: file).map { Int($0) }
    var map = ShellPositionMap()
    var line = 0
    for (number, stretch) in stretches.enumerated() {
      while line + 1 < starts.count, starts[line + 1] <= stretch.file { line += 1 }
      func mark(_ offset: Int, _ place: Int) {
        map.mark(
          offset, at: TextPosition(line: line + 1, column: place - starts[line] + 1),
          isVerbatim: stretch.isVerbatim)
      }
      mark(stretch.text, stretch.file)
      guard stretch.isVerbatim else { continue }
      let next = number + 1 < stretches.count ? stretches[number + 1].text : Int.max
      // Each line inside the stretch begins a column of its own.
      while line + 1 < starts.count, starts[line + 1] - stretch.file + stretch.text < next {
        line += 1
        mark(starts[line] - stretch.file + stretch.text, starts[line])
      }
    }
    return map
  }
}
