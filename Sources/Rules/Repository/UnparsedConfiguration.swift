package import Core
import Languages

/// Says which configurations and notebooks could not be read.
package struct UnparsedConfiguration: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/unparsed-configuration",
    severity: .medium,
    summary: "A configuration or a notebook could not be read.",
    why: """
      What it names and runs is not known: another reader may take the same text for something, \
      stop before the place, or mend it. What stands in it was not looked at, or only in part.
      """,
    fix: "Correct the file so that every reader takes it alike, or remove it.",
    example: (
      "{\"model_type\": \"llama\",}",
      "{\"model_type\": \"llama\"}"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let reported = Set(subject.manifests.problems.map(\.location.path))
    return subject.damage.compactMap { damage in
      // A manifest says so itself.
      if reported.contains(damage.location.path) { return nil }
      let severity: Severity =
        switch damage.kind {
        case .loaded: Self.documentation.severity
        case .other: .low
        case .template: .info
        }
      return Finding(
        Self.id, severity, at: damage.location, "cannot be read: \(damage.reason)",
        fix: Self.documentation.fix,
        construct: damage.reason)
    }
  }
}
