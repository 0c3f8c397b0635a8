/// What a crawl reads.
package enum TreeSource: Sendable {
  /// The folder at this path.
  case directory(String)
  /// A single file: a tree of one, whose only entry is its name.
  case file(String)
  /// A tar (also compressed), zip or 7z at this path, read as a tree.
  case archive(String)
  /// The same from an open descriptor, which may be a pipe; the caller closes it.
  case stream(descriptor: Int32)
}

/// How a file argument is taken (`--as`).
package enum FileReading: String, CaseIterable, Sendable {
  case file, archive
}
