/// A place in a text: 1-based line, 1-based column counted in UTF-8 bytes.
package struct TextPosition: Hashable, Comparable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Where a finding stands.
package struct Location: Hashable, Sendable {
  /// The file, or `outer.zip!/inner/path` for a member of an archive.
  package let path: RelativePath
  /// Where it begins in a text; nil when the finding is about the whole file or a binary one.
  package let start: TextPosition?
  /// One past its last character.
  package let end: TextPosition?
  /// The offset in bytes from the start of a binary file.
  package let byteOffset: UInt64?

  package init(
    _ path: RelativePath, start: TextPosition? = nil, end: TextPosition? = nil,
    byteOffset: UInt64? = nil
  ) {
    self.path = path
    self.start = start
    self.end = end
    self.byteOffset = byteOffset
  }
}

extension Location: Comparable {
  package static func < (left: Location, right: Location) -> Bool {
    if left.path != right.path { return left.path < right.path }
    let none = TextPosition(line: 0, column: 0)
    if left.start != right.start { return left.start ?? none < right.start ?? none }
    if left.end != right.end { return left.end ?? none < right.end ?? none }
    return left.byteOffset ?? 0 < right.byteOffset ?? 0
  }
}

extension Location: CustomStringConvertible {
  /// `path`, `path:line:column` or `path@offset`.
  package var description: String {
    if let start { return "\(path):\(start.line):\(start.column)" }
    if let byteOffset { return "\(path)@\(byteOffset)" }
    return path.description
  }
}
