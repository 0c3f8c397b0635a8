import Core
import Engine
import Reporting
import Rules

/// `modelpin verify`: is a tree still exactly what was locked.
struct VerifyCommand: Command {
  static let pin = OptionDeclaration(
    "--pin", value: .text("DIGEST"),
    "Ask for exactly this content: sha256:… as `modelpin lock` prints it")
  static let only = OptionDeclaration(
    "--only", value: .choice("ROLE", Role.allCases.map(\.rawValue)), repeats: true,
    "Look at files of this role only and say what was not looked at")
  static let policy = OptionDeclaration(
    "--policy", "Scan the verified bytes too and judge what is found")
  static let format = OptionDeclaration.format("text", "json", "sarif")

  static let declaration = CommandDeclaration(
    "verify",
    summary: "Check a model against its lockfile, byte for byte",
    discussion: """
      Reports every difference at once. With --pin nothing that came with the tree is believed, not \
      even its lockfile: the whole content has to be what the pin names. Without PATH, and with a \
      configuration that lists models, all of them are verified.

      A yes holds for the moment of the look. Keep the tree on a read-only mount, or verify inside \
      the container that loads it.
      """,
    operands: [.tree],
    options: [.lockfile, pin, only, policy, .exclude, .reading, format],
    examples: [
      ("modelpin verify models/encoder", "Does it agree with the lockfile in it?"),
      ("modelpin verify --pin sha256:… /models/encoder", "Is it what was reviewed?"),
      ("curl -s $URL | modelpin verify --pin sha256:… -", "The same for an archive in a stream."),
    ])

  private let options: Verify.Options
  private let hasPath: Bool
  private let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    var pin: SHA256Digest?
    if let text = arguments.value(of: Self.pin) {
      guard let digest = SHA256Digest(pin: text) else {
        throw .notValid(
          option: Self.pin.name, value: text,
          expected: "`sha256:` and 64 lower-case hexadecimal digits")
      }
      pin = digest
      if arguments.has(Self.only) {
        throw .cannotCombine("--pin", "--only", reason: "a pin names the whole content")
      }
    } else if arguments.has(.exclude) {
      throw .needs(
        "--exclude", other: "--pin", reason: "without it the lockfile's own patterns count")
    }
    options = Verify.Options(
      tree: arguments.tree(), lockfile: arguments.value(of: .lockfile), pin: pin,
      only: Set(arguments.values(of: Self.only).compactMap(Role.init(rawValue:))),
      policy: arguments.has(Self.policy), exclude: arguments.values(of: .exclude))
    hasPath = arguments.operand(0) != nil
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) throws -> ExitStatus {
    var models: [VerifyReport.Model] = []
    for options in try all(console) {
      let outcome = try console.run("verifying") { context throws(EngineError) in
        try Verify.run(options, in: context)
      }
      models.append(VerifyReport.Model(root: options.tree.path, outcome: outcome))
    }
    let report = VerifyReport(
      version: Version.number, models: models,
      rules: RuleCatalogue.all.map { $0.documentation })
    switch format {
    case "json": console.result(report.json)
    case "sarif": console.result(report.sarif)
    default: console.result(report.text(style: console.style))
    }
    return report.holds ? .holds : .refused
  }

  /// The tree of the command line, or every model of the configuration.
  private func all(_ console: Console) throws -> [Verify.Options] {
    if hasPath || options.lockfile != nil || options.pin != nil { return [options] }
    let models = try console.context().configuration?.models ?? []
    if models.isEmpty { return [options] }
    return models.map { model in
      var options = options
      options.tree = Tree(model.path)
      options.lockfile = model.lockfile
      // A pin excludes looking at a part.
      options.pin = options.only.isEmpty ? model.pin : nil
      return options
    }
  }
}
