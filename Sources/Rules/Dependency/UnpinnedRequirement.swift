package import Core
import Languages

/// A package is asked for without naming exactly one version.
package struct UnpinnedRequirement: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/unpinned-requirement",
    severity: .medium,
    summary: "A package is asked for without naming exactly one version.",
    why: """
      Whoever can publish a new version of the package decides what runs here tomorrow: the \
      installer takes the newest one that fits. Nobody has reviewed it, and two machines get \
      different code.
      """,
    fix:
      "Name one version and its hashes (`pip-compile --generate-hashes`), or commit a lock file.",
    example: (
      "torch>=2.0",
      "torch==2.3.0 --hash=sha256:<64 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.dependencies.compactMap { dependency in
      guard Self.ecosystems.contains(dependency.ecosystem), dependency.purpose != .build,
        !dependency.isFromRepository,
        !DependencyReport.isLimit(dependency), Self.isOpen(dependency.effectiveLevel)
      else { return nil }
      let severity = DependencyReport.lowered(Self.documentation.severity, dependency)
      return DependencyReport.finding(
        Self.id, severity, dependency, fix: Self.documentation.fix)
    }
  }

  /// Registries whose packages are named by version.
  static let ecosystems: Set<Dependency.Ecosystem> = [
    .pypi, .conda, .npm, .cargo, .go, .rubygems, .swift, .huggingFaceSpace, .cocoapods, .composer,
    .conan, .cran, .julia, .maven, .nuget, .spack, .vcpkg, .ansibleGalaxy, .bazel, .tool, .helm,
  ]

  /// Whether more than one content can arrive without anybody breaking a registry's promise.
  static func isOpen(_ level: Dependency.Level) -> Bool {
    switch level {
    case .nothing, .range, .tag, .branch, .dynamic: true
    case .version, .commit, .content, .local: false
    }
  }
}
