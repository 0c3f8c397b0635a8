/// The completion script for fish.
enum FishCompletion {
  static func script(_ commands: [CommandDeclaration]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    let none = quoted("not __fish_seen_subcommand_from \(names)")
    var text = """
      # Completion for fish; `modelpin completions fish` prints it.

      complete -c modelpin -f

      """
    for command in commands {
      text += "complete -c modelpin -n \(none) -a \(command.name) -d \(quoted(command.summary))\n"
    }
    for option in OptionDeclaration.common { text += line(option, condition: nil) }
    for command in commands {
      let condition = "__fish_seen_subcommand_from \(command.name)"
      text += "\n"
      for option in command.options { text += line(option, condition: condition) }
      for operand in command.operands.prefix(1) {
        let prefix = "complete -c modelpin -n \(quoted(condition))"
        switch operand.kind {
        case .text: break
        case .path: text += "\(prefix) -F\n"
        case .choice(let words):
          text += "\(prefix) -a \(quoted(words.joined(separator: " ")))\n"
        }
      }
    }
    return text
  }

  private static func line(_ option: OptionDeclaration, condition: String?) -> String {
    var line = "complete -c modelpin"
    if let condition { line += " -n \(quoted(condition))" }
    line += " -l \(option.name.drop { $0 == "-" })"
    if let short = option.short { line += " -s \(short.drop { $0 == "-" })" }
    switch option.value {
    case .none: break
    case .text, .count: line += " -x"
    case .file: line += " -r -F"
    case .folder: line += " -x -a '(__fish_complete_directories)'"
    case .choice(_, let words): line += " -x -a \(quoted(words.joined(separator: " ")))"
    }
    return line + " -d \(quoted(option.summary))\n"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
  }
}
