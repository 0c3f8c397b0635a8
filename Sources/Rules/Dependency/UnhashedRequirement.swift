package import Core
import Languages

/// A package is asked for by exact version, but nothing fixes its content.
package struct UnhashedRequirement: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unhashed-requirement",
    severity: .low,
    summary: "A package is asked for by exact version, but nothing fixes its content.",
    why: """
      A version says which file to ask for, not what is in it. A compromised index, mirror \
      or proxy, or another index that has the same version, answers with something else and \
      nobody notices.
      """,
    fix: "Add the hashes of the files (`--hash=sha256:…`), or commit a lock file that holds them.",
    example: (
      "torch==2.3.0",
      "torch==2.3.0 --hash=sha256:<64 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard UnpinnedRequirement.ecosystems.contains(dependency.ecosystem),
        dependency.effectiveLevel == .version, !DependencyReport.isLimit(dependency)
      else { return nil }
      return DependencyReport.finding(
        Self.id, Self.documentation.severity, dependency, fix: Self.documentation.fix)
    }
  }
}
