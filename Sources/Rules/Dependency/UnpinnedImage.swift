package import Core
import Languages

/// A container image is named by tag, or by nothing, instead of by digest.
package struct UnpinnedImage: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-image",
    severity: .medium,
    summary: "A container image is named by tag, or by nothing, instead of by digest.",
    why: """
      A tag is a name that the owner of the repository can point elsewhere at any time; \
      `latest` does so by design. What is built on the image or runs in it changes with it.
      """,
    fix: "Append the digest: `name:tag@sha256:<64 hex digits>`.",
    example: (
      "FROM python:3.12",
      "FROM python:3.12@sha256:<64 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard dependency.ecosystem == .docker || dependency.ecosystem == .devcontainer,
        !dependency.effectiveLevel.pinning.isFixed
      else { return nil }
      return DependencyReport.finding(
        Self.id, Self.documentation.severity, dependency, fix: Self.documentation.fix)
    }
  }
}
