package import Core
import Languages

/// A package of the operating system is listed without a version.
package struct UnpinnedSystemPackage: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-system-package",
    severity: .low,
    summary: "A package of the operating system is listed without a version.",
    why: """
      The image that is built holds whatever version the distribution's mirror has on that \
      day, so two builds of the same sources differ.
      """,
    fix:
      "Name the version (`libgl1=1.6.0-1`), or build on an image named by digest that has the package.",
    example: (
      "system_packages: [\"libgl1\"]",
      "system_packages: [\"libgl1=1.6.0-1\"]"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard dependency.ecosystem == .system,
        UnpinnedRequirement.isOpen(dependency.effectiveLevel)
      else { return nil }
      return DependencyReport.finding(
        Self.id, Self.documentation.severity, dependency, fix: Self.documentation.fix)
    }
  }
}
