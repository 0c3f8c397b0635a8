package import Core
import Languages

/// What builds the package is asked for without naming exactly one version.
package struct UnpinnedBuildRequirement: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-build-requirement",
    severity: .medium,
    summary: "What builds the package is asked for without naming exactly one version.",
    why: """
      Build requirements are installed and run on the machine that builds or installs the \
      package, before anything of it is looked at, and no lock file covers them.
      """,
    fix:
      "Name one version of each build requirement, and build with `--build-constraint` and hashes.",
    example: (
      "requires = [\"setuptools>=61\"]",
      "requires = [\"setuptools==75.6.0\"]"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard UnpinnedRequirement.ecosystems.contains(dependency.ecosystem),
        dependency.purpose == .build, !dependency.isFromRepository,
        UnpinnedRequirement.isOpen(dependency.effectiveLevel)
      else { return nil }
      return DependencyReport.finding(
        Self.id, Self.documentation.severity, dependency, fix: Self.documentation.fix)
    }
  }
}
