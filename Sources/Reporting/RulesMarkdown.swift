import Core
package import Rules

/// The rules' documentation as Markdown: the README's table and Documentation/Rules.md.
package enum RulesMarkdown {
  /// A table with a row a rule.
  package static func table(_ rules: [RuleDocumentation]) -> String {
    var text = "| Rule | Severity | What it finds |\n|---|---|---|\n"
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      text += "| [`\(rule.id)`](\(link(rule.id))) | \(rule.severity.rawValue) | "
      text += "\(cell(rule.summary)) |\n"
    }
    return text
  }

  /// A table with a row a family: how many rules it has and the worst that they report.
  package static func page(_ rules: [RuleDocumentation]) -> String {
    var text = """
      # Rules

      Written by `modelpin` from the rules themselves: change them there, then run the tests with
      `MODELPIN_RECORD=1`. `modelpin explain RULE` shows the same.

      The severity is that of the usual case. A finding's own is one step lower where its path is
      one of tests or examples and in code that runs only as a program, `info` in Markdown, and
      higher where what is fetched is run.

      """
    var family: String?
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      if family != rule.id.family {
        family = rule.id.family
        text += "\n## \(rule.id.family)\n"
      }
      text += "\n### \(rule.id)\n\n"
      text += "*\(rule.severity.rawValue)* · \(rule.summary)\n\n"
      text += "**Why it matters.** \(rule.why)\n\n**What to do.** \(rule.fix)\n"
      if let example = rule.example {
        text += "\nReported:\n\n\(fenced(example.bad))\nDone right:\n\n\(fenced(example.good))"
      }
    }
    return text
  }

  private static func fenced(_ code: String) -> String {
    let fence = code.contains("```") ? "````" : "```"
    return "\(fence)\n\(code)\n\(fence)\n"
  }

  /// Code hosts make an anchor of a heading by dropping the slash.
  private static func link(_ id: RuleID) -> String {
    "Documentation/Rules.md#\(id.text.filter { $0 != "/" })"
  }

  private static func cell(_ text: String) -> String {
    text.map { $0 == "|" ? "\\|" : String($0) }.joined()
  }
}
