package import Core

/// Flags paths that are one name on a file system that folds case or normalises Unicode.
package struct CollidingNames: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/colliding-names",
    severity: .high,
    summary: "Two paths differ only in case or Unicode normalisation.",
    why: """
      On macOS and Windows one of the two files replaces the other, so what is loaded there is not \
      what was reviewed, and which of them wins depends on the order of unpacking.
      """,
    fix: "Rename one of the files."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    // String equality is canonical equivalence, which is the normalisation that file systems do.
    var first: [String: RelativePath] = [:]
    var reported: Set<RelativePath> = []
    var findings: [Finding] = []
    for entry in subject.repository.entries {
      var path: RelativePath? = entry.path
      while let current = path {
        let folded = current.description.uppercased().lowercased()
        if let other = first[folded] {
          if other == current { break }
          if reported.insert(current).inserted {
            findings.append(
              Finding(
                Self.id, Self.documentation.severity, at: Location(current),
                .collides(with: other), fix: Self.documentation.fix,
                construct: "collides with \(other)"))
          }
        } else {
          first[folded] = current
        }
        path = current.parent
      }
    }
    return findings
  }
}

extension String {
  fileprivate static func collides(with other: RelativePath) -> String {
    "is the same name as \(other) where case is folded or Unicode is normalised"
  }
}
