package import Core
import Languages

/// A lock file does not hold what the manifest beside it asks for.
package struct LockfileOutOfDate: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/lockfile-out-of-date",
    severity: .medium,
    summary: "A lock file does not hold what the manifest beside it asks for.",
    why: """
      The installer then resolves the dependency anew, or fails: the lock file no longer \
      says what is installed, and whoever reviewed it reviewed something else.
      """,
    fix: "Lock again and commit the result.",
    example: (
      "pyproject.toml: torch = \"^2.4\"; poetry.lock: torch 2.3.0",
      "pyproject.toml: torch = \"^2.4\"; poetry.lock: torch 2.4.1"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.disagreements.map { disagreement in
      let dependency = disagreement.dependency
      let name = dependency?.name ?? ""
      var severity = Self.documentation.severity
      let message: String
      switch disagreement.kind {
      case .missing:
        message = "asks for \(name), which \(disagreement.lockfile) does not hold"
      case .unsatisfied(let version):
        message =
          "asks for \(name) at `\(dependency?.requirement ?? "")`, but "
          + "\(disagreement.lockfile) locks \(version)"
      case .stale(let manifest):
        // Every name and range still fits: the installer refuses, or warns.
        severity = .low
        message = "was made for another \(manifest): the digest of it that stands here differs"
      }
      return Finding(
        Self.id, severity, at: disagreement.location, message, fix: Self.documentation.fix,
        construct: dependency?.construct ?? "content-hash")
    }
  }
}
