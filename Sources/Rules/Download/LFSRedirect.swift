package import Core
import Languages

/// Flags repositories that have git-lfs fetch their large files from a host of their own choice.
package struct LFSRedirect: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/lfs-redirect",
    severity: .medium,
    summary: "The repository sends git-lfs to another server for its large files.",
    why: """
      .lfsconfig comes with the clone, and git-lfs obeys it: the server it names learns who fetches \
      what, is offered credentials, and decides whether the weights arrive at all. What does arrive \
      is compared with the digest in the pointer file.
      """,
    fix: "Remove the setting, or set lfs.url in your own git configuration to a server you trust.",
    example: (
      """
      [lfs]
          url = https://lfs.example.org/org/model
      """,
      """
      [lfs]
          fetchexclude = training/**
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let home = subject.repository.provenance.flatMap(Self.host)
    return subject.repository.sources.flatMap { source -> [Finding] in
      guard source.path.name == ".lfsconfig", source.isWhole else { return [] }
      return GitConfigurationFile(source.bytes).options.compactMap { option in
        Self.finding(option, source.path, home)
      }
    }
  }

  private static func finding(
    _ option: GitConfigurationFile.Option, _ path: RelativePath, _ home: String?
  ) -> Finding? {
    let name = option.name
    let isRemote = name.hasPrefix("remote.") && name.hasSuffix(".lfsurl")
    guard name == "lfs.url" || isRemote, !option.value.isEmpty else { return nil }
    let host = host(of: option.value)
    var severity = documentation.severity
    if host != nil, host == home { severity = .info }
    if option.value.lowercased().hasPrefix("http://") { severity = .high }
    return Finding(
      id, severity, at: Location(path, start: option.start, end: option.end),
      .sends(option.value, by: name), pinning: .content,
      reference: .download(target: option.value, revision: nil), fix: documentation.fix,
      construct: "\(name) \(option.value)")
  }

  /// The host that a tree says it came from.
  private static func host(_ provenance: Provenance) -> String? {
    if provenance.kind == "huggingface" { return "huggingface.co" }
    return provenance.repository.flatMap { host(of: $0) }
  }

  /// The host of an address, of git's short form `user@host:path` as well.
  private static func host(of text: String) -> String? {
    if let address = Address(text) { return address.host }
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let host = text[..<colon].split(separator: "@").last.map { $0.lowercased() }
    return host.flatMap { $0.contains("/") || $0.isEmpty ? nil : $0 }
  }
}

extension String {
  fileprivate static func sends(_ address: String, by name: String) -> String {
    "sends git-lfs to \(address) by `\(name)`"
  }
}
