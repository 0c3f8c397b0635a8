import Core
import Engine
import Reporting

/// `modelpin accept`: write down that somebody looked at a finding and accepts it for a time.
struct AcceptCommand: Command {
  static let reason = OptionDeclaration(
    "--reason", value: .text("TEXT"), "Why it is acceptable; required")
  static let expires = OptionDeclaration(
    "--expires", value: .text("DATE"), "The last day on which it counts: YYYY-MM-DD; required")

  static let declaration = CommandDeclaration(
    "accept",
    summary: "Accept a finding, for a reason and until a date",
    discussion: """
      Adds the acceptance to the configuration that --config or MODELPIN_CONFIG names. Once it has \
      expired, the finding is open again. A finding whose meaning changes gets another fingerprint \
      and is open again too.
      """,
    operands: [
      OperandDeclaration(
        "FINGERPRINT", .text, "As `modelpin scan` shows it; eight digits are enough"),
      OperandDeclaration(
        "PATH", .path, optional: true, "The tree in which the finding is; . unless given"),
    ],
    options: [reason, expires, .reading],
    examples: [
      (
        "modelpin accept 3fa9c1d2e4b5 models/encoder --config modelpin.toml "
          + "--reason \"training only\" --expires 2027-05-01",
        "Until 1 May 2027 it is no longer reported as open."
      )
    ])

  private let options: Accept.Options

  init(_ arguments: Arguments) throws(UsageError) {
    guard let reason = arguments.value(of: Self.reason) else {
      throw .needs("accept", other: "--reason TEXT", reason: "somebody will want to know why")
    }
    guard let text = arguments.value(of: Self.expires) else {
      throw .needs("accept", other: "--expires DATE", reason: "nothing is acceptable for ever")
    }
    guard let expires = CalendarDate(text) else {
      throw .notValid(
        option: Self.expires.name, value: text, expected: "a day as in 2027-05-01")
    }
    options = Accept.Options(
      fingerprint: arguments.operand(0) ?? "", reason: reason, expires: expires,
      tree: arguments.tree(1))
  }

  func run(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("scanning") { context throws(EngineError) in
      try Accept.run(options, in: context)
    }
    let finding = outcome.finding.finding
    console.result(
      "accepted until \(outcome.acceptance.expires): "
        + "\(Printable.line("\(finding.location): \(finding.message)"))\n"
        + "written to \(Printable.line(outcome.path))\n")
    return .holds
  }
}
