package import Core

/// The commands that a fragment runs, in order, with what is known of their words.
///
/// Branches that may run, loops, functions at their call sites, command substitutions, nested
/// command strings: each command stands for itself in the list, inner ones before the command
/// that uses their output.
package struct ShellAnalysis: Sendable {
  package let fragment: ShellFragment
  package let commands: [ShellCommand]
  /// The `export NAME=value` among them, which run nothing: the variables are their `assignments`.
  package let exports: [ShellCommand]
  /// The commands whose output makes up an unknown part, by the part's name.
  package let origins: [String: Range<Int>]
  /// Programs in other languages that the fragment hands to an interpreter.
  package let programs: [ShellProgram]
  /// What could not be understood, with its place.
  package let problems: [(position: TextPosition, text: String)]
  /// Where a bound on depth, length or number left something out, and which one.
  package let limits: [(position: TextPosition, text: String)]
  /// False when the work allowed for this fragment was used up.
  package let isComplete: Bool
  /// How much work it took.
  package let steps: Int

  /// The commands whose output may stand in `value`.
  package func origins(of value: ShellValue) -> [Range<Int>] {
    guard !value.isKnown, !origins.isEmpty else { return [] }
    var found: [Range<Int>] = []
    var name: [UInt8]?
    for byte in value.bytes {
      switch byte {
      case ShellValue.unknownStart: name = []
      case ShellValue.unknownEnd:
        if let name, let range = origins[String(decoding: name, as: UTF8.self)] {
          found.append(range)
        }
        name = nil
      default: name?.append(byte)
      }
    }
    return found
  }
}

/// A word of a command after all expansions.
package struct ShellField: Hashable, Sendable {
  /// The values it may have, first the likeliest; at least one.
  package let values: [ShellValue]
  package let start: TextPosition
  package let end: TextPosition

  /// A word; it must have at least one value.
  package init(values: [ShellValue], start: TextPosition, end: TextPosition) {
    self.values = values.isEmpty ? [.unknown("word")] : values
    self.start = start
    self.end = end
  }

  /// The value when there is exactly one and it is known.
  package var text: String? {
    values.count == 1 ? values[0].text : nil
  }

  /// The first value, unknown parts shown as `${name}`.
  package var display: String {
    values.first?.display ?? ""
  }
}

/// A redirection of a command.
package struct ShellRedirect: Hashable, Sendable {
  /// The descriptor, 0 or 1 by the operation when none is written.
  package let descriptor: Int
  /// `>`, `>>`, `<`, `>|`, `<>`, `>&`, `<&`, `&>`, `&>>`, `<<`, `<<<`.
  package let operation: String
  /// The file, or the text of a here-document or here-string.
  package let values: [ShellValue]

  /// Whether standard output goes to a file.
  package var isOutputToFile: Bool {
    (descriptor == 1 || operation.hasPrefix("&")) && operation.contains(">")
      && operation != ">&"
  }
}

/// A command that is run; tests in double brackets stand in the list too, named `[[`.
package struct ShellCommand: Sendable {
  /// Every word as the shell hands it over, wrappers (`sudo`, `env`, `timeout 5`) included.
  package let words: [ShellField]
  /// Where the command itself begins in `words`, behind its wrappers.
  package private(set) var start: Int
  /// The command's name without its folder, empty when it is not known.
  package private(set) var name: String
  /// Variables set for this command alone.
  package let assignments: [(name: String, values: [ShellValue])]
  package var redirects: [ShellRedirect]
  /// From the first byte of the command as written to one past the last.
  package let position: TextPosition
  package let end: TextPosition
  /// The commands whose output it reads through a pipe.
  package var input: Range<Int>?
  /// The commands that read its output through a pipe.
  package var output: Range<Int>?
  /// The working directory as far as known, relative to where the fragment starts; empty there.
  package let directory: ShellValue
  /// The function that it stands in, nil outside.
  package let function: String?
  /// Whether it stands in a branch, loop or after `&&`/`||`, so that it may not run.
  package let isConditional: Bool
  /// Whether it came out of a string or here-document given to another command, or runs in a
  /// container or on another host.
  package let isNested: Bool
  /// Whether the script by its own words goes on when the command fails: `|| true`, a branch that
  /// only prints.
  package var isFailureIgnored = false
  /// Whether it comes from a function of another file and is the same for every call: it is told
  /// there.
  package var isElsewhere = false
  /// Whether what it reads through a pipe is known and was gone through, where it is an interpreter.
  package var isInputKnown = false

  /// The command that begins at a later word, under a name of its own.
  package func calling(_ name: String, from word: Int) -> ShellCommand {
    var command = self
    command.start = max(start, min(word, words.count - 1))
    command.name = name
    return command
  }

  /// The words without wrappers: the command's name first; at least one.
  package var argv: ArraySlice<ShellField> { words[start...] }

  /// The name of the command that `word` calls.
  static func name(_ word: ShellField?) -> String {
    guard let first = word else { return "" }
    if let text = first.text { return Self.program(text) }
    // `"$HOME/conda/bin/pip"`: what is not known is the folder alone.
    let names = Set(first.values.map { $0.knownLastComponent.map(Self.program) ?? "" })
    return names.count == 1 ? names.first ?? "" : ""
  }

  /// The program at the end of a path, in the way of POSIX or of Windows.
  private static func program(_ path: String) -> String {
    guard path.utf8.contains(UInt8(ascii: "/")) || path.utf8.contains(UInt8(ascii: "\\")) else {
      return path
    }
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard last.lowercased().hasSuffix(".exe"), last.contains("\\") else { return last }
    return last.split(separator: "\\").last.map(String.init) ?? last
  }

  /// The words after the name.
  package var arguments: ArraySlice<ShellField> { argv.dropFirst() }

  /// The command on one line, for messages and fingerprints.
  package var text: String {
    argv.map(\.display).joined(separator: " ")
  }
}

/// A program in another language: `python -c '…'`, `python - <<EOF`, a step with `shell: python`.
package struct ShellProgram: Sendable {
  package let interpreter: ShellInterpreter
  package let text: ShellTextBuilder
  package let position: TextPosition
  /// The place of the command that runs it in the analysis's list, nil when the fragment is it.
  package let command: Int?
}
