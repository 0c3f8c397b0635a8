import Core
package import Reporting

/// A terminal as the options of every command ask for it.
package struct Console: Sendable {
  package let terminal: Terminal
  /// Results and errors only.
  package let isQuiet: Bool
  /// How results are marked up.
  package let style: TextStyle
  private let diagnosticsStyle: TextStyle
  private let showsProgress: Progress.Mode
  /// Threads to use; nil for one a core.
  package let jobs: Int?
  /// The configuration's path: named by option or environment, never found.
  package let configuration: String?

  package init(_ terminal: Terminal, _ arguments: Arguments) {
    self.terminal = terminal
    isQuiet = arguments.has(.quiet)
    let color = arguments.value(of: .color) ?? "auto"
    style = Self.style(color, terminal, isTerminal: terminal.outputIsTerminal)
    diagnosticsStyle = Self.style(color, terminal, isTerminal: terminal.diagnosticsIsTerminal)
    showsProgress =
      switch arguments.value(of: .progress) ?? "auto" {
      case "always": .always
      case "never": .never
      default: isQuiet ? .never : .automatic
      }
    jobs = arguments.count(of: .jobs)
    let named = terminal.environment("MODELPIN_CONFIG")
    configuration = arguments.value(of: .configuration) ?? (named == "" ? nil : named)
  }

  private static func style(
    _ color: String, _ terminal: Terminal, isTerminal: Bool
  ) -> TextStyle {
    switch color {
    case "always": return .colored
    case "never": return .plain
    default:
      // https://no-color.org: set and not empty, whatever the value.
      if let value = terminal.environment("NO_COLOR"), !value.isEmpty { return .plain }
      return isTerminal && terminal.environment("TERM") != "dumb" ? .colored : .plain
    }
  }

  /// Prints a result.
  package func result(_ bytes: [UInt8]) {
    terminal.output.write(bytes)
  }

  /// Prints a result.
  package func result(_ text: String) {
    result(Array(text.utf8))
  }

  /// Says something that is good to know; silent when quiet.
  package func remark(_ text: String) {
    guard !isQuiet else { return }
    terminal.diagnostics.write(Array("note: \(Printable.line(text))\n".utf8))
  }

  /// Says that something is wrong which does not end the run.
  package func warning(_ text: String) {
    terminal.diagnostics.write(
      Array("\(diagnosticsStyle.warning("warning:")) \(Printable.line(text))\n".utf8))
  }

  /// Says what ended the run, and the way out.
  package func error(_ description: String, hint: String?) {
    var text = ""
    // An error about many entries has a line for each.
    for (index, line) in description.split(separator: "\n").enumerated() {
      text += index == 0 ? "\(diagnosticsStyle.error("error:")) " : "       "
      text += Printable.line(String(line)) + "\n"
    }
    if let hint { text += "hint: \(Printable.line(hint))\n" }
    terminal.diagnostics.write(Array(text.utf8))
  }

  /// A progress display for work that is about to begin.
  package func progress(_ activity: String) -> Progress {
    Progress(activity, showsProgress, terminal)
  }
}
