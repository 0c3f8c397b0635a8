package import Core
import Languages

/// Lists the repositories that a model card says the model comes from or works with.
package struct CardReference: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/card-reference",
    severity: .info,
    summary: "A model card names another repository of the hub.",
    why: """
      Nothing is fetched by the card itself. The entry is listed so that the lockfile shows what a \
      model was made from, and a difference shows when that changes; what code or a configuration \
      loads is reported on its own.
      """,
    fix: "Nothing to do.",
    example: (
      "base_model: org/base",
      "base_model: org/base"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.cards.flatMap { card in
      Self.keys.flatMap { key, what -> [Finding] in
        (card.root[key]?.itemsOrSelf ?? []).compactMap { node in
          guard let name = node.text, !node.isNull, Self.isRepository(name) else { return nil }
          return Finding(
            Self.id, Self.documentation.severity,
            at: Location(card.path, start: node.start, end: node.end), .names(name, what),
            pinning: .branch, reference: .download(target: name, revision: nil),
            fix: Self.documentation.fix, construct: "\(key) \(name)")
        }
      }
    }
  }

  private static let keys = [
    ("base_model", "base model"), ("models", "model in use"), ("buckets", "bucket"),
  ]

  /// `owner/name`, which the hub would find.
  private static func isRepository(_ text: String) -> Bool {
    text.utf8.count <= 200
      && text.split(separator: "/", omittingEmptySubsequences: false).count == 2
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      && !text.hasPrefix(".") && !text.hasPrefix("/") && !text.hasSuffix("/")
  }
}

extension String {
  fileprivate static func names(_ name: String, _ what: String) -> String {
    "names \(name) as its \(what)"
  }
}
