import Reporting

/// Help pages, rendered from the declarations.
package enum Help {
  /// The page of `modelpin --help`.
  package static func overview(_ commands: [CommandDeclaration]) -> String {
    var text = """
      modelpin pins a vendored AI model down: what it is, what it pulls in, whether
      it is still the same.

      Usage: modelpin COMMAND [ARGUMENTS]

      Commands:

      """
    text += table(commands.map { ($0.name, $0.summary) })
    text += "\nOptions of every command:\n"
    text += options(OptionDeclaration.common)
    text += "\nExit status:\n"
    text += table(ExitStatus.allCases.map { (String($0.rawValue), $0.meaning) })
    text += "\n`modelpin COMMAND --help` tells more about a command.\n"
    return text
  }

  /// The page of `modelpin COMMAND --help`.
  package static func page(_ command: CommandDeclaration) -> String {
    var text = "\(command.summary).\n\n"
    text += Paragraph.wrap(unbroken("Usage: \(command.usage)"), 80, 0, 7)
    if !command.discussion.isEmpty {
      for paragraph in command.discussion.split(separator: "\n\n") {
        text += "\n" + Paragraph.wrap(String(paragraph))
      }
    }
    if !command.operands.isEmpty {
      text += "\nArguments:\n" + table(command.operands.map { ($0.name, $0.summary) })
    }
    if !command.options.isEmpty { text += "\nOptions:\n" + options(command.options) }
    text += "\nOptions of every command:\n" + options(OptionDeclaration.common)
    if !command.examples.isEmpty {
      text += "\nExamples:\n"
      for example in command.examples {
        text += "  \(example.line)\n" + Paragraph.wrap(example.does, indent: 6)
      }
    }
    return text
  }

  private static func options(_ options: [OptionDeclaration]) -> String {
    table(
      options.map { option in
        let short = option.short.map { "\($0), " } ?? ""
        let value = option.valueName.map { " \($0)" } ?? ""
        return (
          short + option.name + value, option.details
        )
      })
  }

  /// Two columns, the second wrapped; a long first cell stands on a line of its own.
  private static func table(_ rows: [(String, String)]) -> String {
    let widths = rows.map { $0.0.count }.filter { $0 <= 24 }
    let width = (widths.max() ?? 0) + 4
    return rows.map { row in
      let lines = Paragraph.wrap(row.1, indent: width)
      let first = "  " + row.0
      if first.count + 2 > width { return first + "\n" + lines }
      return first + String(repeating: " ", count: width - first.count)
        + lines.dropFirst(width)
    }.joined()
  }

  /// Words of a usage line: a bracketed option and its value stay together.
  private static func unbroken(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for word in text.split(separator: " ") {
      if isOpen, let last = words.popLast() {
        words.append(last + " " + word)
      } else {
        words.append(String(word))
      }
      if word.hasPrefix("[") { isOpen = true }
      if word.contains("]") { isOpen = false }
    }
    return words
  }
}
