package import Core

/// Shell text wherever it stands, with the way back to the file it stands in.
///
/// Every language hands over shell this way: whole scripts, `RUN` instructions, workflow steps,
/// Makefile recipes, package.json scripts, notebook cells, arguments of Python's `subprocess`,
/// fenced blocks of Markdown. One set of rules then looks at all of them.
package struct ShellFragment: Sendable {
  /// What is to be run.
  package enum Body: Sendable {
    /// Text for the interpreter, in the encoding of `ShellValue` (unknown parts marked).
    case text([UInt8])
    /// Words that no shell splits again: `["wget", url]`, exec form, `subprocess.run([…])`.
    case arguments([ShellArgument])
  }

  package let path: RelativePath
  package let place: ShellPlace
  package let interpreter: ShellInterpreter
  package let body: Body
  /// From offsets in the body's text to the file's lines; empty for argument vectors.
  package let positions: ShellPositionMap
  /// Variables set before the text runs, each with the values it may have: `ARG` and `ENV`, a
  /// workflow's `env` (as `NAME`), its expressions (as written inside `${{ }}`: `matrix.python`).
  package let variables: [String: [ShellValue]]
  /// What runs one after another in the same file system shares this name within one file: the
  /// stage of a Dockerfile, the job of a workflow, the cells of a notebook. Fragments of one
  /// sequence are to be handed over in the order in which they run. Nil: stands alone.
  package let sequence: String?
  /// Options that the interpreter is started with, when they are known: `-e`, `-o`, `pipefail`.
  package var options: [String]?
  /// Whether whoever runs the text goes on when it fails: `-command` of a Makefile, a step with
  /// `continue-on-error`.
  package var isFailureIgnored = false

  package init(
    path: RelativePath, place: ShellPlace, interpreter: ShellInterpreter = .sh, body: Body,
    positions: ShellPositionMap = ShellPositionMap(), variables: [String: [ShellValue]] = [:],
    sequence: String? = nil
  ) {
    self.path = path
    self.place = place
    self.interpreter = interpreter
    self.body = body
    self.positions = positions
    self.variables = variables
    self.sequence = sequence
  }

  /// Text put together with a builder.
  package init(
    path: RelativePath, place: ShellPlace, interpreter: ShellInterpreter = .sh,
    text: ShellTextBuilder, variables: [String: [ShellValue]] = [:], sequence: String? = nil
  ) {
    self.init(
      path: path, place: place, interpreter: interpreter, body: .text(text.bytes),
      positions: text.positions, variables: variables, sequence: sequence)
  }
}

extension ShellFragment {
  /// Whether a Python interpreter may be named in it, or is what reads it.
  var mayHoldPython: Bool {
    if interpreter == .python { return true }
    func names(_ bytes: [UInt8]) -> Bool { bytes.contains("python") || bytes.contains("pypy") }
    switch body {
    case .text(let bytes): return names(bytes)
    case .arguments(let words): return words.contains { $0.values.contains { names($0.bytes) } }
    }
  }
}

/// One word of an argument vector.
package struct ShellArgument: Sendable {
  /// The values the word may have; one in the usual case.
  package let values: [ShellValue]
  package let position: TextPosition

  package init(_ values: [ShellValue], at position: TextPosition) {
    self.values = values
    self.position = position
  }

  package init(_ value: ShellValue, at position: TextPosition) {
    self.init([value], at: position)
  }
}

/// Where shell text stands.
package enum ShellPlace: Hashable, Sendable {
  /// A file of its own, or a member of `.husky` and the like.
  case script
  /// A `RUN` (or `CMD`, `ENTRYPOINT`, …) of a Dockerfile.
  case dockerfile(instruction: String, stage: Int)
  /// `run:` of a GitHub workflow or action, `script:` of a GitLab job, and the like.
  case workflow(job: String)
  /// A recipe of a Makefile, justfile or Taskfile.
  case recipe(target: String)
  /// A script of package.json.
  case packageScript(name: String)
  /// `!command`, `%pip`, `%%bash` of a notebook; cells are counted from 0.
  case notebook(cell: Int)
  /// An argument of a Python call: `subprocess.run`, `os.system`, `get_ipython().system`.
  case python(function: String)
  /// A fenced block of Markdown.
  case markdown
  /// A value of another configuration file: cog.yaml, tox.ini, devcontainer.json, compose.
  case configuration(key: String)
  /// A text of a file in another language that looks like a command; it may be none.
  case foreign(language: String)

  /// Whether the text may turn out to be no shell at all, so that what cannot be understood in it
  /// means nothing.
  package var mayBeOther: Bool {
    switch self {
    case .markdown, .foreign: true
    default: false
    }
  }
}

/// What reads the text.
package enum ShellInterpreter: Hashable, Sendable {
  case sh, bash, zsh, powershell, cmd, python
  /// Something else, by its name: `node`, `ruby`, `perl`.
  case other(String)

  /// Whether the text is read by a shell of the POSIX family.
  package var isPOSIX: Bool {
    switch self {
    case .sh, .bash, .zsh: true
    case .powershell, .cmd, .python, .other: false
    }
  }

  /// The interpreter of a command such as `/usr/bin/env bash -e {0}`, `pwsh`, `python3.12`; nil for
  /// an empty one.
  package init?(command: String) {
    var words = command.split { $0 == " " || $0 == "\t" }.map(String.init)
    func name(_ word: String) -> String {
      var name = word.split(separator: "/").last.map(String.init)?.lowercased() ?? ""
      if name.hasSuffix(".exe") { name = String(name.dropLast(4)) }
      return name
    }
    guard var first = words.first.map(name) else { return nil }
    if first == "env" {
      words.removeFirst()
      while let word = words.first, word.hasPrefix("-") || word.contains("=") {
        words.removeFirst()
      }
      guard let next = words.first.map(name) else { return nil }
      first = next
    }
    switch first {
    case "sh", "dash", "ash", "ksh", "mksh", "busybox": self = .sh
    case "bash": self = .bash
    case "zsh": self = .zsh
    case "pwsh", "powershell": self = .powershell
    case "cmd": self = .cmd
    default:
      let isPython = first.hasPrefix("python") || first.hasPrefix("pypy")
      self = isPython ? .python : .other(first)
    }
  }
}
