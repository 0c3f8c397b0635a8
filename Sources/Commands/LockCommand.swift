import Core
import Engine
import Reporting

/// `modelpin lock`: crawl a tree and write what it is.
struct LockCommand: Command {
  static let output = OptionDeclaration(
    "--output", value: .file("FILE"), "Write the lockfile here; modelpin.lock in PATH unless given")
  static let source = OptionDeclaration(
    "--source", value: .text("KIND:ID@REVISION"),
    "Where the tree comes from: huggingface:org/name@COMMIT, say")
  static let update = OptionDeclaration(
    "--update", "Replace a lockfile of other content; look at the difference first")
  static let format = OptionDeclaration.format("text", "json")

  static let declaration = CommandDeclaration(
    "lock",
    summary: "Crawl a model and write its lockfile",
    discussion: """
      Records every file and link of the tree with its SHA-256, what it depends on, what it \
      downloads, and what is open to question, in modelpin.lock: to be committed beside the model. \
      The same tree gives the same bytes on any machine.

      Over a lockfile of other content it prints the difference and changes nothing, unless \
      --update is given.
      """,
    operands: [.tree],
    options: [output, source, .exclude, update, .reading, format],
    examples: [
      ("modelpin lock models/encoder", "Write models/encoder/modelpin.lock."),
      (
        "modelpin lock --update --source huggingface:org/name@COMMIT models/encoder",
        "Lock it again after an update, and say where it comes from."
      ),
    ])

  let options: Lock.Options
  let format: String

  init(_ arguments: Arguments) throws(UsageError) {
    options = Lock.Options(
      tree: arguments.tree(), output: arguments.value(of: Self.output),
      source: try Self.provenance(arguments.value(of: Self.source)),
      exclude: arguments.has(.exclude) ? arguments.values(of: .exclude) : nil,
      update: arguments.has(Self.update))
    format = arguments.value(of: Self.format) ?? "text"
  }

  func run(_ console: Console) throws -> ExitStatus {
    let outcome = try console.run("locking") { context throws(EngineError) in
      try Lock.run(options, in: context)
    }
    console.result(
      format == "json" ? LockReport.json(outcome) : LockReport.text(outcome, style: console.style))
    if let error = outcome.replaced {
      console.warning("the lockfile that was replaced could not be read: \(error)")
    }
    if outcome.isDone { return .holds }
    console.error(
      "the content is not what \(outcome.path) records",
      hint: "look at the difference above; `modelpin lock --update` accepts it")
    return .refused
  }

  /// Reads `KIND:ID@REVISION`; an ID may hold colons and at signs, as addresses do.
  private static func provenance(_ text: String?) throws(UsageError) -> Provenance? {
    guard let text else { return nil }
    guard let colon = text.firstIndex(of: ":"), let at = text.lastIndex(of: "@"), colon < at,
      colon != text.startIndex, text.index(after: colon) < at,
      text.index(after: at) < text.endIndex,
      text[..<colon].utf8.allSatisfy({ byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
      })
    else {
      throw .notValid(
        option: source.name, value: text,
        expected: "KIND:ID@REVISION, as in huggingface:org/name@COMMIT")
    }
    return Provenance(
      kind: String(text[..<colon]), repository: String(text[text.index(after: colon)..<at]),
      revision: String(text[text.index(after: at)...]), isClaimed: false)
  }
}
