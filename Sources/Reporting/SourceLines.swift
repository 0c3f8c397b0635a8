package import Core

/// The lines of the texts that findings stand in, for quotes and for columns in characters.
package struct SourceLines: Sendable {
  private let texts: [RelativePath: [UInt8]]
  private var starts: [RelativePath: [Int]]

  /// Keeps, of `sources`, the texts that one of `findings` refers to.
  package init(_ sources: [SourceFile], for findings: [JudgedFinding]) {
    var wanted: Set<RelativePath> = []
    for judged in findings {
      if judged.finding.location.start != nil { wanted.insert(judged.finding.location.path) }
      for step in judged.finding.trace where step.location.start != nil {
        wanted.insert(step.location.path)
      }
    }
    var texts: [RelativePath: [UInt8]] = [:]
    for source in sources where wanted.contains(source.path) {
      // Of two analyses of one file the first wins; both hold the same bytes.
      if texts[source.path] == nil { texts[source.path] = source.bytes }
    }
    self.texts = texts
    starts = texts.mapValues { bytes in
      var starts = [0]
      for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
        starts.append(index + 1)
      }
      return starts
    }
  }

  /// No texts: quotes are left out and columns count bytes.
  package init() {
    texts = [:]
    starts = [:]
  }

  /// The bytes of a line without its end; nil when there is no such line.
  func line(_ number: Int, of path: RelativePath) -> ArraySlice<UInt8>? {
    guard let text = texts[path], let starts = starts[path], number >= 1, number <= starts.count
    else { return nil }
    let start = starts[number - 1]
    var end = number < starts.count ? starts[number] - 1 : text.count
    if end > start, text[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return text[start..<end]
  }

  /// The column of `position` counted in Unicode scalars instead of bytes.
  func scalarColumn(_ position: TextPosition, of path: RelativePath) -> Int {
    guard let line = line(position.line, of: path) else { return position.column }
    var column = 1
    // Every byte but a continuation byte begins a scalar.
    for byte in line.prefix(max(0, position.column - 1)) where byte & 0xC0 != 0x80 { column += 1 }
    return column + max(0, position.column - 1 - line.count)
  }

  /// The line as a quote for a report: without indentation, not longer than `limit` characters.
  func quote(_ number: Int, of path: RelativePath, limit: Int) -> String? {
    guard let line = line(number, of: path) else { return nil }
    let trimmed = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    // Four bytes hold any scalar; cutting first keeps a minified line from being copied whole.
    let text = Printable.line(String(decoding: trimmed.prefix(limit * 4), as: UTF8.self))
    return text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
