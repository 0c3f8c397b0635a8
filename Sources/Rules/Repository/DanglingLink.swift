package import Core

/// Flags symbolic links that lead to nothing that was hashed.
package struct DanglingLink: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/dangling-link",
    severity: .high,
    summary: "A symbolic link leads to something that is no entry of the tree.",
    why: """
      What the link leads to was neither hashed nor scanned: it may be absent, lie outside the \
      tree, or be left out of the lockfile, and can change without the lockfile noticing.
      """,
    fix: "Replace the link by a copy of its target, or move the target into the tree."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let entries = subject.repository.entries
    guard entries.contains(where: { $0.file == nil }) else { return [] }
    let tree = LinkTree(entries)
    return entries.compactMap { entry in
      guard case .link(let target) = entry.content, !tree.reachesEntry(entry.path) else {
        return nil
      }
      let text = String(decoding: target, as: UTF8.self)
      return Finding(
        Self.id, Self.documentation.severity, at: Location(entry.path),
        .leadsNowhere(text), fix: Self.documentation.fix, construct: "link \(text)")
    }
  }
}

extension String {
  fileprivate static func leadsNowhere(_ target: String) -> String {
    "link to \(target), which is no entry of the tree: what it leads to is not proven"
  }
}
