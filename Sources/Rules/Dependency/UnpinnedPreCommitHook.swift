package import Core
import Languages

/// A pre-commit hook is named by tag or branch instead of by commit.
package struct UnpinnedPreCommitHook: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-pre-commit-hook",
    severity: .medium,
    summary: "A pre-commit hook is named by tag or branch instead of by commit.",
    why: """
      Hooks run on every developer's machine at every commit, with all that the developer \
      may do. A tag can be moved, and a branch moves by itself.
      """,
    fix: "Name the full commit: `pre-commit autoupdate --freeze` writes it.",
    example: (
      "rev: v5.0.0",
      "rev: <40 hex digits>  # frozen: v5.0.0"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard dependency.ecosystem == .preCommit,
        UnpinnedRequirement.isOpen(dependency.effectiveLevel)
      else { return nil }
      let severity: Severity = dependency.effectiveLevel == .tag ? .low : .medium
      return DependencyReport.finding(
        Self.id, severity, dependency, fix: Self.documentation.fix)
    }
  }
}
