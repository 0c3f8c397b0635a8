import Core
import JSON

/// Commands in YAML and JSON of tools that are not known one by one: values under keys that name
/// commands.
enum CommandDocument {
  /// What of a file has to be there before it is parsed.
  static let marks = [
    "setup:", "run:", "command:", "commands:", "cmd:", "_commands:", "entrypoint:", "script:",
    "_command:", "_script:",
  ]

  private static let keys: Set<String> = [
    "setup", "run", "command", "commands", "cmd", "cmds", "entrypoint", "script", "scripts", "init",
    "install", "bootstrap", "prestart", "poststart", "start", "exec", "shell", "bash",
    "before_script", "after_script", "pre_run", "post_run", "prepare", "build",
  ]

  private static func isCommand(_ key: String) -> Bool {
    let name = key.lowercased().replacing("-", with: "_")
    return keys.contains(name) || name.hasSuffix("_command") || name.hasSuffix("_commands")
      || name.hasSuffix("_script") || name.hasSuffix("_cmd")
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    var count = 0
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping else { return }
      for entry in node.entries where count < 1_024 {
        guard let key = entry.key.text, isCommand(key) else { continue }
        for value in commands(entry.value) {
          guard
            let fragment = value.shellFragment(
              context.path, .foreign(language: "yaml"), interpreter: .bash,
              sequence: "\(node.identity)")
          else { continue }
          collector.fragments.append(fragment)
          count += 1
        }
      }
    }
  }

  /// A text, each text of a list, or the list as the words of one command.
  private static func commands(_ value: YAMLNode) -> [YAMLNode] {
    guard value.kind == .sequence else { return value.string == nil ? [] : [value] }
    let texts = value.items.compactMap(\.text)
    let areWords = texts.count == value.items.count && !texts.contains { $0.contains(" ") }
    let first = texts.first ?? ""
    // `["bash", "-c", "a text"]` are the words of one command; lines of their own have blanks.
    let isCalled = texts.count > 2 && ["-c", "-lc", "-ec"].contains(texts[1])
    return (areWords || isCalled) && !first.isEmpty && texts.count > 1
      ? [value] : value.items.filter { $0.string != nil }
  }
}

/// Tasks of Visual Studio Code; some run when the folder is opened.
enum EditorTasks {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name == "tasks.json" && path.parent?.name == ".vscode"
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = try? JSONParser.parse(JSONComments.blanked(context.bytes), .lenient) else {
      collector.problems.append(
        ManifestProblem(
          location: context.location(TextPosition(line: 1, column: 1)), reason: "cannot be read"))
      return
    }
    for task in root["tasks"]?.array ?? [] {
      for part in [task, task["windows"], task["linux"], task["osx"]] {
        guard let part, let command = part["command"], let text = command.string else { continue }
        let words = part["args"]?.array ?? []
        if words.isEmpty || task["type"]?.string == "shell" {
          var builder = ShellTextBuilder()
          builder.append(decoded: text.utf8, at: command.position)
          for word in words {
            guard let text = word.string ?? word["value"]?.string else { continue }
            builder.append(decoded: " \(text)".utf8, at: word.position)
          }
          collector.fragments.append(
            ShellFragment(
              path: context.path, place: .foreign(language: "tasks"), interpreter: .bash,
              text: builder))
        } else {
          let arguments = ([command] + words).compactMap { word in
            word.string.map { ShellArgument(ShellValue($0), at: word.position) }
          }
          collector.fragments.append(
            ShellFragment(
              path: context.path, place: .foreign(language: "tasks"), body: .arguments(arguments)))
        }
      }
    }
  }
}
