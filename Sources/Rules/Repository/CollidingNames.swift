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
    let paths = subject.repository.entries.map(\.path)
    // Where every path is ASCII, folding is a matter of bytes, and large trees mostly are.
    if paths.allSatisfy({ path in path.bytes.allSatisfy { $0 < 0x80 } }) {
      return Self.findings(paths) { $0.bytes.map { isUpper($0) ? $0 | 0x20 : $0 } }
    }
    // String equality is canonical equivalence, which is the normalisation that file systems do.
    return Self.findings(paths) { $0.description.uppercased().lowercased() }
  }

  private static func findings<Key: Hashable>(
    _ paths: [RelativePath], folding: (RelativePath) -> Key
  ) -> [Finding] {
    var first: [Key: RelativePath] = [:]
    first.reserveCapacity(paths.count)
    var reported: Set<RelativePath> = []
    var findings: [Finding] = []
    for entry in paths {
      var path: RelativePath? = entry
      while let current = path {
        let folded = folding(current)
        if let other = first[folded] {
          if other == current { break }
          if reported.insert(current).inserted {
            findings.append(
              Finding(
                id, documentation.severity, at: Location(current),
                .collides(with: other), fix: documentation.fix,
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

private func isUpper(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "A") < 26
}

extension String {
  fileprivate static func collides(with other: RelativePath) -> String {
    "is the same name as \(other) where case is folded or Unicode is normalised"
  }
}
