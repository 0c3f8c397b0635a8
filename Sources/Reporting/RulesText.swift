import Core
package import Rules

/// The rules' documentation as text, JSON and Markdown.
package enum RulesText {
  /// One line a rule, by family.
  package static func list(_ rules: [RuleDocumentation], style: TextStyle = .plain) -> [UInt8] {
    let width = rules.map { $0.id.text.count }.max() ?? 0
    var text = ""
    var family: String?
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      if let family, family != rule.id.family { text += "\n" }
      family = rule.id.family
      let severity = rule.severity.rawValue
      text += rule.id.text + String(repeating: " ", count: width - rule.id.text.count)
      text += "  \(style.severity(rule.severity))"
      text += String(repeating: " ", count: max(0, 8 - severity.count)) + "  \(rule.summary)\n"
    }
    return Array(text.utf8)
  }

  /// Everything there is to say about one rule.
  package static func page(_ rule: RuleDocumentation, style: TextStyle = .plain) -> [UInt8] {
    var text = "\(style.bold(rule.id.text))  \(style.severity(rule.severity))\n\n"
    text += Paragraph.wrap(rule.summary) + "\n"
    text += "\(style.bold("Why it matters"))\n" + Paragraph.wrap(rule.why, indent: 2) + "\n"
    text += "\(style.bold("What to do"))\n" + Paragraph.wrap(rule.fix, indent: 2)
    if let example = rule.example {
      text += "\n\(style.bold("Reported"))\n" + indented(example.bad)
      text += "\n\(style.bold("Done right"))\n" + indented(example.good)
    }
    return Array(text.utf8)
  }

  /// The rules as JSON.
  package static func json(_ rules: [RuleDocumentation]) -> [UInt8] {
    JSONOutput.object([
      ("rules", .array(rules.sorted { $0.id < $1.id }.map(json)))
    ]).bytes
  }

  /// One rule as JSON.
  package static func json(_ rule: RuleDocumentation) -> JSONOutput {
    .object([
      ("rule", .string(rule.id.text)), ("severity", .string(rule.severity.rawValue)),
      ("summary", .string(rule.summary)), ("why", .string(rule.why)), ("fix", .string(rule.fix)),
      (
        "example",
        rule.example.map { .object([("bad", .string($0.bad)), ("good", .string($0.good))]) }
      ),
    ])
  }

  private static func indented(_ code: String) -> String {
    code.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? "\n" : "  \(line)\n"
    }.joined()
  }
}
