package import Core

/// Flags excluded files that a program could load.
package struct ExcludedLoadable: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/excluded-loadable",
    severity: .high,
    summary: "An exclude pattern leaves out something that can be loaded or run.",
    why: """
      Excluded files are neither hashed nor scanned. Code, byte code, libraries and pickles among \
      them can be changed without the lockfile noticing, and still be imported.
      """,
    fix: "Narrow the exclude pattern so that only files that nothing loads are left out."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.exclusions.compactMap { exclusion in
      guard case .pattern(let pattern) = exclusion.reason else { return nil }
      let isLoadable =
        switch exclusion.role {
        case .weights, .code, .script, .notebook, .archive, .configuration, .tokenizer: true
        default: Self.loadableSuffixes.contains(exclusion.path.suffix)
        }
      guard isLoadable, !exclusion.isFolder else { return nil }
      return Finding(
        Self.id, Self.documentation.severity, at: Location(exclusion.path),
        .leftOut(by: pattern), fix: Self.documentation.fix, construct: "exclude \(pattern)")
    }
  }

  private static let loadableSuffixes: Set<String> = [
    "bat", "bin", "class", "cmd", "dll", "dylib", "exe", "jar", "js", "pkl", "ps1", "pt", "pth",
    "pyc", "pyd", "pyo", "so",
  ]
}

extension String {
  fileprivate static func leftOut(by pattern: String) -> String {
    "can be loaded, but the exclude pattern `\(pattern)` leaves it out of hashing and scanning"
  }
}
