package import Core

/// Flags configurations whose code comes from another repository.
package struct ForeignAutoMap: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/foreign-auto-map",
    severity: .critical,
    summary: "A configuration takes its model's code from another repository.",
    why: """
      auto_map and custom_pipelines values of the form owner/name--module.Class load Python of that \
      repository at its default branch, even where the loader pins revision=.
      """,
    fix: "Vendor the module's file beside the configuration, and write module.Class.",
    example: (
      "\"auto_map\": {\"AutoModel\": \"org/code--modeling_x.XModel\"}",
      "\"auto_map\": {\"AutoModel\": \"modeling_x.XModel\"}"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.configurations.flatMap { file in
      ["auto_map", "custom_pipelines"].flatMap { key in
        file.value.values(named: key).flatMap(\.allTexts).compactMap { text, value in
          guard let separator = text.firstRange(of: "--") else { return nil }
          let repository = String(text[..<separator.lowerBound])
          return Finding(
            Self.id, Self.documentation.severity, at: file.location(value),
            .loads(repository), pinning: .branch,
            reference: .download(target: repository, revision: nil), fix: Self.documentation.fix,
            construct: "\(key) \(text)")
        }
      }
    }
  }
}

extension String {
  fileprivate static func loads(_ repository: String) -> String {
    "runs Python of \(repository) at its default branch when the model is loaded"
  }
}
