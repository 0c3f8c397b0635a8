package import Core

/// Why a command line is not valid.
package enum UsageError: Error, Equatable {
  case noCommand
  case unknownCommand(String, nearest: String?)
  case unknownOption(String, command: String?, nearest: String?)
  case valueMissing(option: String, value: String)
  case valueUnexpected(option: String)
  case notAChoice(option: String, value: String, choices: [String], nearest: String?)
  case notACount(option: String, value: String)
  case notValid(option: String, value: String, expected: String)
  case givenTwice(option: String)
  case operandMissing(String, command: String)
  case operandUnexpected(String, command: String)
  case operandNotValid(String, value: String, nearest: String?)
  case cannotCombine(String, String, reason: String)
  case needs(String, other: String, reason: String)
}

extension UsageError: ExplainedError {
  package var description: String {
    switch self {
    case .noCommand: "no command given"
    case .unknownCommand(let name, _): "no command `\(name)`"
    case .unknownOption(let name, let command, _):
      "no option `\(name)`" + (command.map { " of `modelpin \($0)`" } ?? "")
    case .valueMissing(let option, let value): "`\(option)` needs a value: `\(option) \(value)`"
    case .valueUnexpected(let option): "`\(option)` takes no value"
    case .notAChoice(let option, let value, let choices, _):
      "`\(value)` is no value of `\(option)`: expected \(choices.joined(separator: ", "))"
    case .notACount(let option, let value):
      "`\(value)` is no value of `\(option)`: expected a whole number from 1 to 1024"
    case .notValid(let option, let value, let expected):
      "`\(value)` is no value of `\(option)`: expected \(expected)"
    case .givenTwice(let option): "`\(option)` is given twice"
    case .operandMissing(let name, let command): "`modelpin \(command)` needs \(name)"
    case .operandUnexpected(let value, let command):
      "`modelpin \(command)` does not take `\(value)`"
    case .operandNotValid(let name, "", _): "`` is no \(name)"
    case .operandNotValid(let name, let value, _): "no \(name) is called `\(value)`"
    case .cannotCombine(let one, let other, let reason):
      "`\(one)` and `\(other)` exclude each other: \(reason)"
    case .needs(let one, let other, let reason): "`\(one)` needs `\(other)`: \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .noCommand: "`modelpin --help` lists the commands"
    case .unknownCommand(_, let nearest):
      nearest.map { "did you mean `modelpin \($0)`?" } ?? "`modelpin --help` lists the commands"
    case .unknownOption(_, let command, let nearest):
      nearest.map { "did you mean `\($0)`?" }
        ?? "`modelpin \(command.map { "\($0) " } ?? "")--help` lists the options"
    case .notAChoice(_, _, _, let nearest): nearest.map { "did you mean `\($0)`?" }
    case .operandMissing(_, let command), .operandUnexpected(_, let command):
      "`modelpin \(command) --help` shows its arguments"
    case .operandNotValid(let name, _, let nearest):
      nearest.map { "did you mean `\($0)`?" }
        ?? (name == "rule" ? "`modelpin rules` lists them" : nil)
    case .valueMissing, .valueUnexpected, .notACount, .notValid, .givenTwice, .cannotCombine,
      .needs:
      nil
    }
  }

  package var kind: ErrorKind { .invalid }
}
