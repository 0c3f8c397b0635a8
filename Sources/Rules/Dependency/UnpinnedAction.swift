package import Core
import Languages

/// A workflow runs an action, orb, task or included pipeline that is not named by commit.
package struct UnpinnedAction: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-action",
    severity: .high,
    summary:
      "A workflow runs an action, orb, task or included pipeline that is not named by commit.",
    why: """
      Actions run with the tokens and secrets of the workflow. Tags of actions have been \
      moved to malicious commits more than once, and every workflow that named the tag ran \
      them.
      """,
    fix: "Name the full 40-digit commit, with the version in a comment for the reader.",
    example: (
      "uses: actions/checkout@v4",
      "uses: actions/checkout@<40 hex digits> # v4.2.2"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard Self.ecosystems.contains(dependency.ecosystem) else { return nil }
      let severity: Severity
      switch dependency.effectiveLevel {
      case .nothing, .branch, .dynamic: severity = .high
      case .tag, .range: severity = .medium
      // A full version of an orb or task cannot be published again, but holds no digest.
      case .version: severity = .low
      case .commit, .content, .local: return nil
      }
      return DependencyReport.finding(
        Self.id, severity, dependency, fix: Self.documentation.fix)
    }
  }

  static let ecosystems: Set<Dependency.Ecosystem> = [
    .githubActions, .gitlab, .circleCI, .azurePipelines,
  ]
}
