package import Core
import JSON

/// Flags configuration keys that name code to be fetched and run.
package struct ConfiguredCode: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/configured-code",
    severity: .critical,
    summary: "A configuration key makes the loader fetch and run code.",
    why: """
      Attention and expert implementations, custom generation loops and custom pipelines can be \
      given as the name of a repository: loading the model then runs what that holds. Some library \
      versions do so even with trust_remote_code=False.
      """,
    fix: "Remove the key, or vendor the code and name it by a local path.",
    example: (
      "\"_attn_implementation_internal\": \"org/kernel\"",
      "\"attn_implementation\": \"sdpa\""
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.configurations.flatMap { file in
      Self.keys.flatMap { key in
        file.value.values(named: key).flatMap(\.allTexts).compactMap { text, value in
          Self.finding(key, text, at: file.location(value))
        }
      }
    }
  }

  private static let keys = [
    "_attn_implementation", "_attn_implementation_internal", "_experts_implementation",
    "_experts_implementation_internal", "attn_implementation", "custom_generate",
    "custom_pipeline", "experts_implementation",
  ]

  private static func finding(_ key: String, _ text: String, at location: Location) -> Finding? {
    let name = text.split(separator: "|").last.map(String.init) ?? text
    let isRepository = name.contains("/") && !name.hasPrefix("/") && !name.hasPrefix(".")
    // Any community pipeline is code of a moving mirror, whatever its name.
    guard isRepository || key == "custom_pipeline" && !name.hasPrefix(".") else { return nil }
    let revision = name.split(separator: "@").dropFirst().first.map {
      String($0.prefix { $0 != ":" })
    }
    let pinning = revision.map { Revision($0).pinning } ?? .branch
    let target = String(name.prefix { $0 != "@" && $0 != ":" })
    return Finding(
      id, pinning.isFixed ? .info : documentation.severity, at: location,
      .fetches(target, key), pinning: pinning,
      reference: .download(target: target, revision: revision), fix: documentation.fix,
      construct: "\(key) \(text)")
  }
}

extension String {
  fileprivate static func fetches(_ target: String, _ key: String) -> String {
    "`\(key)` makes the loader fetch and run code of \(target)"
  }
}
