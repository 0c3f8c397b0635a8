package import Core
import Languages

/// Says which manifests could not be read, so that silence about them means nothing.
package struct UnreadableManifest: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/unreadable-manifest",
    severity: .medium,
    summary: "A manifest, or a line of one, could not be read, or has no reader here.",
    why: """
      What it asks for is not known, while the tool it was written for may well read it: the lists \
      of dependencies are not complete.
      """,
    fix: "Correct the file so that its own tool and this one read the same.",
    example: ("torch = 2.3.0", "torch==2.3.0")
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let damaged = subject.manifests.problems.map { problem in
      Finding(
        Self.id, Self.documentation.severity, at: problem.location, problem.reason,
        fix: Self.documentation.fix, construct: problem.reason)
    }
    let unread = subject.repository.sources.compactMap { source -> Finding? in
      guard let tool = ManifestTable.unread(source.path) else { return nil }
      return Finding(
        Self.id, .low, at: Location(source.path), .hasNoReader(tool),
        fix: "read by hand what the file asks for", construct: tool)
    }
    return damaged + unread
  }
}

extension String {
  fileprivate static func hasNoReader(_ tool: String) -> String {
    "is a manifest of \(tool), which has no reader here: what it asks for is unknown"
  }
}
