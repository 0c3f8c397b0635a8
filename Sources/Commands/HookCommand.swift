import Core
import Engine
import Reporting

/// `modelpin hook`: the pre-commit entry point.
struct HookCommand: Command {
  static let declaration = CommandDeclaration(
    "hook",
    summary: "Check what is staged in git: the pre-commit entry point",
    discussion: """
      Asks git for what a commit made now would change, additions, deletions, changes of type and \
      links included, and compares it with the lockfiles: of the folders above each path, or of the \
      models that the configuration lists. Reads git's objects, not the working tree. With `scan` it \
      reports the open findings in what is staged instead.
      """,
    operands: [
      OperandDeclaration(
        "CHECK", .choice(["verify", "scan"]), optional: true, "verify, unless given, or scan")
    ],
    options: [ScanCommand.failOn],
    examples: [("modelpin hook", "Would a commit keep every lockfile true?")])

  private let isScan: Bool
  private let failOn: Severity?

  init(_ arguments: Arguments) throws(UsageError) {
    isScan = arguments.operand(0) == "scan"
    failOn = arguments.severity(of: ScanCommand.failOn)
    if failOn != nil, !isScan {
      throw .needs("--fail-on", other: "scan", reason: "verify knows no severities")
    }
  }

  func run(_ console: Console) throws -> ExitStatus {
    try isScan ? scan(console) : verify(console)
  }

  private func scan(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("scanning what is staged") { context throws(EngineError) in
      try Hook.scan(failOn: failOn, in: context)
    }
    for model in outcome.models {
      let report = FindingsReport(
        version: Version.number, root: model.name, findings: model.findings,
        threshold: outcome.threshold, lines: SourceLines(model.sources, for: model.findings),
        rules: [], files: model.totals.files, bytes: model.totals.bytes)
      console.result(FindingsText.render(report, style: console.style))
    }
    if outcome.models.isEmpty { console.result("nothing is staged\n") }
    return outcome.isClean ? .holds : .refused
  }

  private func verify(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("looking at what is staged") { context throws(EngineError) in
      try Hook.verify(in: context)
    }
    console.result(HookReport.text(outcome, style: console.style))
    if outcome.holds { return .holds }
    let names = outcome.models.filter { !$0.holds }.map(\.name)
    console.error(
      "what is staged is not what is locked",
      hint: "review the change, then `modelpin lock --update \(names.first ?? ".")` and stage the "
        + "lockfile with it")
    return .refused
  }
}
