import Core
import Reporting
import Rules

/// `modelpin explain`: what a rule finds, why it matters, how to fix it.
struct ExplainCommand: Command {
  static let format = OptionDeclaration.format("text", "json")
  static let declaration = CommandDeclaration(
    "explain",
    summary: "Explain a rule: what it finds, why it matters, how to fix it",
    operands: [
      OperandDeclaration(
        "RULE", .choice(RuleCatalogue.all.map { $0.documentation.id.text }),
        "A rule's name, as `modelpin rules` lists them")
    ],
    options: [format])

  let rule: RuleID
  let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    rule = RuleID(arguments.operand(0) ?? "")
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) -> ExitStatus {
    guard let documentation = RuleCatalogue.rule(rule)?.documentation else { return .invalid }
    console.result(
      format == "json"
        ? RulesText.json(documentation).bytes
        : RulesText.page(documentation, style: console.style))
    return .holds
  }
}
