import Core
import Reporting

/// The whole program: finds the command, runs it, turns whatever happens into an exit status.
package enum Program {
  /// Every command, in the order of help.
  package static let commands: [any Command.Type] = [
    LockCommand.self, VerifyCommand.self, ScanCommand.self, DiffCommand.self, InspectCommand.self,
    AcceptCommand.self, ExplainCommand.self, RulesCommand.self, HookCommand.self,
    CompletionsCommand.self,
  ]

  /// Their declarations, in the same order.
  package static var declarations: [CommandDeclaration] { commands.map { $0.declaration } }

  /// Runs what `words`, the command line without the program's name, asks for.
  package static func run(_ words: [String], on terminal: Terminal) -> ExitStatus {
    var arguments = Arguments()
    // Until the command line is read, errors look as they do by default.
    var console = Console(terminal, arguments)
    let status: ExitStatus
    do {
      status = try run(words, &arguments, &console, terminal)
    } catch {
      status = report(error, on: console)
    }
    if let failure = terminal.output.failure {
      console.error(failure.description, hint: failure.hint)
      return status == .holds ? ExitStatus(failure.kind) : status
    }
    return status
  }

  private static func run(
    _ words: [String], _ arguments: inout Arguments, _ console: inout Console, _ terminal: Terminal
  ) throws -> ExitStatus {
    var rest = words[...]
    try arguments.parseLeading(&rest)
    console = Console(terminal, arguments)
    if arguments.has(.version) { return version(console) }
    guard var name = rest.popFirst() else {
      if arguments.has(.help) { return help(console) }
      throw UsageError.noCommand
    }
    if name == "help" {
      // `modelpin help verify` is what some people type first.
      guard let topic = rest.popFirst() else { return help(console) }
      name = topic
      rest = ["--help"]
    }
    guard let command = commands.first(where: { $0.declaration.name == name }) else {
      throw UsageError.unknownCommand(
        name, nearest: Suggestion.nearest(to: name, among: declarations.map(\.name)))
    }
    try arguments.parse(rest, for: command.declaration)
    console = Console(terminal, arguments)
    if arguments.has(.version) { return version(console) }
    if arguments.has(.help) {
      console.result(Help.page(command.declaration))
      return .holds
    }
    return try command.init(arguments).run(console)
  }

  private static func version(_ console: Console) -> ExitStatus {
    console.result("modelpin \(Version.number)\n")
    return .holds
  }

  private static func help(_ console: Console) -> ExitStatus {
    console.result(Help.overview(declarations))
    return .holds
  }

  private static func report(_ error: any Error, on console: Console) -> ExitStatus {
    guard let error = error as? any ExplainedError else {
      console.error("\(error)", hint: nil)
      return .unfinished
    }
    console.error(error.description, hint: error.hint)
    return ExitStatus(error.kind)
  }
}
