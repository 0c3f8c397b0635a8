import Core
import JSON

/// Commands in YAML and JSON of tools that are not known one by one: values under keys that name
/// commands.
enum CommandDocument {
  /// What of a file has to be there before it is parsed.
  static let marks: [StaticString] = [
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

  /// - Parameter isKnown: whether another reader knows the document and reads what lies deeper.
  static func read(
    _ root: YAMLNode, _ context: ManifestContext, isKnown: Bool = false,
    into collector: inout ManifestCollector
  ) {
    var count = 0
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping, !isKnown || node.identity == root.identity else { return }
      var runs = false
      defer { if runs { image(of: node, context, into: &collector) } }
      for entry in node.entries where count < 1_024 {
        guard let key = entry.key.text, isCommand(key) else { continue }
        runs = true
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

  /// The container that a job runs its commands in: `image: owner/name:tag` beside them, or the same
  /// with the name of the registry's kind (`image: {docker: …}`, `image_id: docker:…`).
  private static func image(
    of job: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    // What is built here is no image of somebody else's.
    if ["build", "dockerfile", "push", "tags"].contains(where: { job[$0] != nil }) { return }
    let nodes =
      [job["image"], job["image"]?["docker"], job["docker_image"], job["container_image"]]
      + [job["image_id"], job["resources"]?["image_id"]].map { node in
        node?.text?.hasPrefix("docker:") == true ? node : nil
      }
    for case let node? in nodes {
      guard var text = node.text, !node.isNull, !text.contains(" ") else { continue }
      if text.hasPrefix("docker:"), !text.hasPrefix("docker://") { text.removeFirst(7) }
      let last = text.split(separator: "/").last ?? ""
      let isFile = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "svg", "qcow2", "iso", "img"]
        .contains { last.lowercased().hasSuffix("." + $0) }
      guard !isFile, !text.hasPrefix("."), !text.hasPrefix("/"),
        let dependency = ImageReference.dependency(
          text, at: context.location(node.start, node.end), group: nil)
      else { continue }
      collector.dependencies.append(dependency)
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

extension CommandDocument {
  private static let files: Set<String> = [
    ".replit", "netlify.toml", "fly.toml", "nixpacks.toml",
    "railway.toml", "Makefile.toml", "wrangler.toml", "Cross.toml", "gitpod.toml",
  ]

  /// Whether a TOML file by its name tells a tool what to run.
  static func isNamed(_ path: RelativePath) -> Bool { files.contains(path.name) }

  static func readTOML(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    var pending = [root]
    var count = 0
    while let value = pending.popLast(), count < 1_024 {
      pending += value.array ?? []
      for entry in value.table?.entries ?? [] {
        pending.append(entry.value)
        guard isCommand(entry.key) else { continue }
        for text in [entry.value] + (entry.value.array ?? []) {
          guard let command = text.string else { continue }
          var builder = ShellTextBuilder()
          builder.append(decoded: command.utf8, at: text.start)
          collector.fragments.append(
            ShellFragment(
              path: context.path, place: .foreign(language: "toml"), interpreter: .bash,
              text: builder))
          count += 1
        }
      }
    }
  }
}

/// JSON in which tools of developers name commands: tasks of editors (some run when a folder is
/// opened), servers and hooks of assistants, scripts of package managers.
enum ToolConfiguration {
  private static let names: Set<String> = [
    "mcp.json", ".mcp.json", "claude_desktop_config.json", "nodemon.json",
    "turbo.json", "nx.json", "lerna.json", ".lintstagedrc.json",
    "tasks.json", "launch.json", "app.json", "bun.json",
  ]

  static func isNamed(_ path: RelativePath) -> Bool {
    guard path.suffix == "json" || path.suffix == "jsonc" else { return false }
    let folder = path.parent?.name ?? ""
    return names.contains(path.name) || folder.hasPrefix(".") && folder != ".ipynb_checkpoints"
  }

  /// Larger files are data, in bytes.
  private static let limit = 1 << 20

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard context.bytes.count <= limit,
      let root = collector.json(context, allowsComments: true)
    else { return }
    var pending = [root]
    var count = 0
    while let value = pending.popLast(), count < 1_024 {
      pending += value.array?.reversed() ?? []
      for member in value.object?.members ?? [] {
        pending.append(member.value)
        guard ["scripts", "tasks"].contains(member.key) else { continue }
        // `"scripts": {"name": "command"}`.
        for script in member.value.object?.members ?? [] {
          for text in [script.value] + (script.value.array ?? []) where text.string != nil {
            command(text, [], isText: true, context, into: &collector)
            count += 1
          }
        }
      }
      guard let text = value["command"], text.string != nil else { continue }
      let words = value["args"]?.array ?? []
      let isText = words.isEmpty || value["type"]?.string == "shell"
      command(text, words, isText: isText, context, into: &collector)
      count += 1
    }
  }

  private static func command(
    _ command: JSONValue, _ words: [JSONValue], isText: Bool, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    func text(_ word: JSONValue) -> String? { word.string ?? word["value"]?.string }
    guard isText else {
      let arguments = ([command] + words).compactMap { word in
        text(word).map { ShellArgument(ShellValue($0), at: word.position) }
      }
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .foreign(language: "json"), body: .arguments(arguments)))
      return
    }
    var builder = ShellTextBuilder()
    builder.append(decoded: (command.string ?? "").utf8, at: command.position)
    for word in words {
      guard let text = text(word) else { continue }
      builder.append(decoded: " \(text)".utf8, at: word.position)
    }
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .foreign(language: "json"), interpreter: .bash, text: builder))
  }
}
