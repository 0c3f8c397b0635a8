import Engine
import Reporting

/// `modelpin diff`: how two lockfiles, or a lockfile and a tree, differ.
struct DiffCommand: Command {
  static let format = OptionDeclaration.format("text", "json")
  static let declaration = CommandDeclaration(
    "diff",
    summary: "Compare two lockfiles, or a lockfile and a tree",
    discussion: """
      Says in a reviewer's words what changed: weights, code, only documentation; what is \
      downloaded or depended on anew. Status 1 when something differs.
      """,
    operands: [
      OperandDeclaration("OLD", .path, "A lockfile or a tree"),
      OperandDeclaration("NEW", .path, "A lockfile or a tree"),
    ],
    options: [format],
    examples: [
      ("modelpin diff models/encoder/modelpin.lock models/encoder", "What changed since?")
    ])

  private let options: Diff.Options
  private let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    options = Diff.Options(old: arguments.operand(0) ?? "", new: arguments.operand(1) ?? "")
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("comparing") { context throws(EngineError) in
      try Diff.run(options, in: context)
    }
    console.result(
      format == "json" ? DiffReport.json(outcome) : DiffReport.text(outcome, style: console.style))
    return outcome.isSame ? .holds : .refused
  }
}
