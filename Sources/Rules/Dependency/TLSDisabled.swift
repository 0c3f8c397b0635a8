package import Core
import Languages

/// Packages are fetched over a connection that anybody on the way can change.
package struct TLSDisabled: Rule {
  package static let documentation = RuleDocumentation(
    id: "dependency/tls-disabled",
    severity: .high,
    summary: "Packages are fetched over a connection that anybody on the way can change.",
    why: """
      Without TLS, or without checking certificates, every network between here and the \
      server can answer in its place with code of its choice.
      """,
    fix:
      "Fetch over https, and install the certificate of an internal server instead of trusting its host.",
    example: (
      "--trusted-host pypi.example.org",
      "--index-url https://pypi.example.org/simple"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let sources = subject.manifests.sources.compactMap { source -> Finding? in
      let message: String
      switch source.kind {
      case .trustedHost:
        message = "does not check the certificate of \(source.address)"
      case .verificationOff:
        message = "does not check the certificate of \(source.address)"
      case .index, .extraIndex, .findLinks:
        guard source.address.hasPrefix("http://") else { return nil }
        message = "takes \(source.ecosystem.title) packages from \(source.address) without TLS"
      }
      return Finding(
        Self.id, Self.documentation.severity, at: source.location, message,
        fix: Self.documentation.fix, construct: source.construct)
    }
    let dependencies = subject.manifests.dependencies.compactMap { dependency -> Finding? in
      // Bytes with a digest, and commits, cannot be changed on the way unnoticed.
      guard dependency.isPlaintext, !dependency.effectiveLevel.pinning.isFixed else { return nil }
      return Finding(
        Self.id, Self.documentation.severity, at: dependency.location,
        "takes \(dependency.name) over a connection without TLS", fix: Self.documentation.fix,
        construct: dependency.construct)
    }
    return sources + dependencies
  }
}
