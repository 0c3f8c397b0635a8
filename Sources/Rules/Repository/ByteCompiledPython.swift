package import Core

/// Flags byte-compiled Python: it is loaded instead of, or beside, the source that was reviewed.
package struct ByteCompiledPython: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/byte-compiled-python",
    severity: .high,
    summary: "The tree holds byte-compiled Python.",
    why: """
      A `.pyc` beside its source is loaded in its place when its header says so, and one without a \
      source is imported by itself. Nobody reviews byte code.
      """,
    fix: "Delete the file; Python compiles the source again when it needs to."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let fromEntries = subject.repository.entries.filter { $0.file != nil }.map(\.path)
    let fromMembers = subject.repository.sources.filter { $0.path != $0.entry }.map(\.path)
    return (fromEntries + fromMembers).compactMap { path in
      // Most files leave by their last byte, before any text is made of their name.
      guard let last = path.bytes.last, "cCoO".utf8.contains(last),
        ["pyc", "pyo"].contains(path.suffix)
      else { return nil }
      let message: String =
        path.bytes.starts(with: "__pycache__/".utf8)
          || path.description.contains("/__pycache__/") ? .shadowsSource : .importedByItself
      return Finding(
        Self.id, Self.documentation.severity, at: Location(path), message,
        fix: Self.documentation.fix, construct: "byte code")
    }
  }
}

extension String {
  fileprivate static let shadowsSource =
    "byte code that Python loads in place of its source when its header says that it is current"
  fileprivate static let importedByItself =
    "byte code that Python imports as a module without any source"
}
