import Engine
import Reporting

/// `modelpin inspect`: what a weight file holds.
struct InspectCommand: Command {
  static let format = OptionDeclaration.format("text", "json")
  static let declaration = CommandDeclaration(
    "inspect",
    summary: "Show what a weight file holds: tensors, metadata, imports",
    discussion: "Reads the file's structure; nothing in it is loaded or run.",
    operands: [OperandDeclaration("FILE", .path, "A weight file")],
    options: [format],
    examples: [("modelpin inspect models/encoder/model.safetensors", "List its tensors.")])

  private let path: String
  private let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    path = arguments.operand(0) ?? ""
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) throws -> ExitStatus {
    let outcome = try Inspect.run(path, in: console.context())
    console.result(
      format == "json"
        ? InspectReport.json(outcome, version: Version.number)
        : InspectReport.text(outcome, style: console.style))
    return .holds
  }
}
