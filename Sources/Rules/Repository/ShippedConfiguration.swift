package import Core

/// Flags a modelpin configuration that comes with the tree.
package struct ShippedConfiguration: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/shipped-configuration",
    severity: .medium,
    summary: "The tree ships a modelpin configuration of its own.",
    why: """
      Whoever publishes the model wrote it. modelpin never reads it, but a pipeline that names it \
      would accept findings and exclude files on the publisher's word.
      """,
    fix: "Keep the configuration outside the vendored tree and name it with --config."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.entries.compactMap { entry in
      guard entry.path.name.lowercased() == "modelpin.toml" else { return nil }
      return Finding(
        Self.id, Self.documentation.severity, at: Location(entry.path), .shipped,
        fix: Self.documentation.fix, construct: "modelpin.toml")
    }
  }
}

extension String {
  fileprivate static let shipped =
    "a modelpin configuration that comes with the tree is not believed, and should not be named"
}
