package import Core
import Languages

/// All packages come from an index that the repository names instead of the public one.
package struct ReplacedIndex: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/replaced-index",
    severity: .low,
    summary: "All packages are taken from an index that the repository names.",
    why: """
      An index decides what each name means. Where a file of the repository replaces the usual \
      one, whoever runs the other index can hand out anything that is not fixed by a hash.
      """,
    fix: "Leave the index to those who install, and fix the content of each package with a hash.",
    example: (
      "--index-url https://pypi.example.org/simple",
      "torch==2.3.0 --hash=sha256:<64 hex digits>"
    )
  )

  package init() {}

  private static let usual: Set<String> = [
    "pypi.org", "pypi.python.org", "registry.npmjs.org", "registry.yarnpkg.com",
    "files.pythonhosted.org", "index.crates.io", "rubygems.org", "registry.npmjs.com",
    "conda.anaconda.org", "repo.anaconda.com", "npm.jsr.io",
  ]

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.sources.compactMap { source in
      guard source.kind == .index, let address = Address(source.address),
        address.pinning != .local, !Self.usual.contains(address.host)
      else { return nil }
      return Finding(
        Self.id, Self.documentation.severity, at: source.location,
        "takes all \(source.ecosystem.title) packages from \(source.address)",
        fix: Self.documentation.fix, construct: source.construct)
    }
  }
}
