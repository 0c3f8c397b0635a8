package import Core
import Languages

/// Packages are looked for in more than one place, and either may answer.
package struct DependencyConfusion: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/dependency-confusion",
    severity: .medium,
    summary: "Packages are looked for in more than one place, and either may answer.",
    why: """
      With an extra index or a page of links, the installer takes the highest version that \
      any of them offers. Whoever registers the name of an internal package on the public \
      index decides what is installed.
      """,
    fix:
      "Use one index that mirrors what is needed, or bind each name to its index (`explicit = true`), and install with hashes.",
    example: (
      "--extra-index-url https://pypi.example.org/simple",
      "--index-url https://pypi.example.org/simple"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.sources.compactMap { source in
      switch source.kind {
      case .extraIndex: break
      // Files that are in the repository already come from nobody else.
      case .findLinks where source.address.contains("://"): break
      case .index, .findLinks, .trustedHost, .verificationOff: return nil
      }
      return Finding(
        Self.id, Self.documentation.severity, at: source.location,
        "also takes \(source.ecosystem.title) packages from \(source.address), whichever place offers the higher version",
        fix: Self.documentation.fix, construct: source.construct)
    }
  }
}
