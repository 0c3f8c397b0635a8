package import Core
import Languages

/// A dependency is taken from a git repository without naming a full commit.
package struct UnpinnedGitDependency: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-git-dependency",
    severity: .high,
    summary: "A dependency is taken from a git repository without naming a full commit.",
    why: """
      A branch moves with every push and a tag can be moved: whoever can write to the \
      repository decides what is installed, and no registry keeps what was there before.
      """,
    fix: "Name the full 40-digit commit.",
    example: (
      "pkg @ git+https://github.com/org/pkg@main",
      "pkg @ git+https://github.com/org/pkg@<40 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard dependency.isFromRepository, !DependencyReport.isLimit(dependency),
        UnpinnedRequirement.isOpen(dependency.effectiveLevel)
      else { return nil }
      let severity: Severity =
        dependency.effectiveLevel == .tag ? .medium : Self.documentation.severity
      return DependencyReport.finding(
        Self.id, DependencyReport.lowered(severity, dependency), dependency,
        fix: Self.documentation.fix)
    }
  }
}
