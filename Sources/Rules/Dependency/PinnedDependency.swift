package import Core
import Languages

/// A dependency is fixed by commit or digest, or stands in the repository itself.
package struct PinnedDependency: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/pinned-dependency",
    severity: .info,
    summary: "A dependency is fixed by commit or digest, or stands in the repository itself.",
    why: """
      Nothing has to be done. The entry is listed so that the lockfile shows every \
      dependency and a diff shows a new one.
      """,
    fix: "Nothing to do.",
    example: (
      "uses: actions/checkout@<40 hex digits>",
      "uses: ./actions/build"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      let isListed =
        dependency.effectiveLevel.pinning.isFixed || DependencyReport.isLimit(dependency)
        || dependency.ecosystem == .system && dependency.effectiveLevel == .version
      guard isListed else { return nil }
      return DependencyReport.finding(Self.id, .info, dependency, fix: Self.documentation.fix)
    }
  }
}
