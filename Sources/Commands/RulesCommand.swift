import Reporting
import Rules

/// `modelpin rules`: every rule, one line each.
struct RulesCommand: Command {
  static let format = OptionDeclaration.format("text", "json")
  static let declaration = CommandDeclaration(
    "rules",
    summary: "List every rule, one line each",
    options: [format])

  let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) -> ExitStatus {
    let rules = RuleCatalogue.all.map { $0.documentation }
    console.result(
      format == "json" ? RulesText.json(rules) : RulesText.list(rules, style: console.style))
    return .holds
  }
}
