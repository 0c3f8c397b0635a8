import Core
import Engine
import Reporting
import Rules

/// `modelpin scan`: what a tree will do or fetch that somebody should know of.
struct ScanCommand: Command {
  static let rule = OptionDeclaration(
    "--rule", value: .text("GLOB"), repeats: true,
    "Run the rules of this name only: download/*, say")
  static let failOn = OptionDeclaration(
    "--fail-on", value: .choice("SEVERITY", Severity.allCases.reversed().map(\.rawValue)),
    "Answer no from this severity on; high unless configured")
  static let inventory = OptionDeclaration(
    "--inventory", "Show what is for information too: pinned downloads, say")
  static let format = OptionDeclaration.format("text", "json", "sarif")

  static let declaration = CommandDeclaration(
    "scan",
    summary: "Report what a model will download, depend on or execute",
    discussion: """
      Nothing inside the tree can switch a rule off. What somebody has looked at is accepted with \
      `modelpin accept`, in a configuration that is named, never found. What could not be analysed \
      is reported too.
      """,
    operands: [.tree],
    options: [rule, failOn, inventory, .exclude, .reading, format],
    examples: [
      ("modelpin scan models/encoder", "Show what is open."),
      ("modelpin scan --format sarif models/encoder > modelpin.sarif", "For a code host."),
      ("modelpin scan --rule 'download/*' --fail-on low models/encoder", "Downloads only."),
    ])

  private let options: Scan.Options
  private let showsInventory: Bool
  private let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    options = Scan.Options(
      tree: arguments.tree(), rules: arguments.values(of: Self.rule),
      failOn: arguments.severity(of: Self.failOn), exclude: arguments.values(of: .exclude))
    showsInventory = arguments.has(Self.inventory)
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("scanning") { context throws(EngineError) in
      try Scan.run(options, in: context)
    }
    let report = FindingsReport(
      version: Version.number, root: options.tree.path, findings: outcome.findings,
      threshold: outcome.threshold, lines: SourceLines(outcome.sources, for: outcome.findings),
      rules: RuleCatalogue.all.map { $0.documentation }, files: outcome.totals.files,
      bytes: outcome.totals.bytes)
    switch format {
    case "json": console.result(FindingsJSON.render(report))
    case "sarif": console.result(SARIF.render(report))
    default:
      console.result(
        FindingsText.render(report, style: console.style, showsInventory: showsInventory))
      console.result(ExclusionText.render(outcome.exclusions))
    }
    for acceptance in outcome.unusedAcceptances {
      console.remark(
        "the acceptance of \(acceptance.rule) in \(acceptance.path) (line \(acceptance.line) of "
          + "the configuration) is of no finding any more")
    }
    return outcome.isClean ? .holds : .refused
  }
}
