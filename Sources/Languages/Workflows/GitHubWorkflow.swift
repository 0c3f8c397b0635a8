import Core

/// Workflows and actions of GitHub: what they use, and the shell they run.
enum GitHubWorkflow {
  static func read(
    _ document: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    var reader = GitHubReader(context: context)
    reader.workflow(document)
    collector.dependencies += reader.dependencies
    collector.fragments += reader.fragments
    collector.downloads += reader.downloads
  }

  static func isWorkflow(_ path: RelativePath) -> Bool {
    let components = path.components.map { String(decoding: $0, as: UTF8.self) }
    guard let name = components.last, name.hasSuffix(".yml") || name.hasSuffix(".yaml") else {
      return false
    }
    return components.count >= 3
      && components.suffix(3).dropLast().elementsEqual([".github", "workflows"])
  }

  static func isAction(_ path: RelativePath) -> Bool {
    path.name == "action.yml" || path.name == "action.yaml"
  }
}

private struct GitHubReader {
  let context: ManifestContext
  var dependencies: [Dependency] = []
  var fragments: [ShellFragment] = []
  var downloads: [DeclaredDownload] = []

  init(context: ManifestContext) {
    self.context = context
  }

  mutating func workflow(_ root: YAMLNode) {
    var variables = inputs(root)
    environment(root["env"], into: &variables)
    let shell = root.value(at: "defaults", "run", "shell")?.text
    for job in root["jobs"]?.mergedEntries ?? [] {
      self.job(job.value, name: job.key.text ?? "", variables, shell)
    }
    if let runs = root["runs"] {
      steps(runs["steps"], job: "runs", variables, shell, isWindows: false)
      if let image = runs["image"], let text = image.text, text.hasPrefix("docker://") {
        self.image(image, job: "runs", variables)
      }
    }
  }

  private mutating func job(
    _ job: YAMLNode, name: String, _ outer: [String: [ShellValue]], _ outerShell: String?
  ) {
    var variables = outer
    matrix(job.value(at: "strategy", "matrix"), into: &variables)
    environment(job["env"], into: &variables)
    if let uses = job["uses"] { self.uses(uses, job: name) }
    if let container = job["container"] {
      image(container["image"] ?? container, job: name, variables)
    }
    for service in job["services"]?.mergedEntries ?? [] {
      image(service.value["image"], job: name, variables)
    }
    let labels = job["runs-on"]?["labels"] ?? job["runs-on"]?["group"] ?? job["runs-on"]
    let runner = (labels?.itemsOrSelf.compactMap(\.text).joined(separator: " ") ?? "").lowercased()
    let shell = job.value(at: "defaults", "run", "shell")?.text ?? outerShell
    steps(job["steps"], job: name, variables, shell, isWindows: Self.isWindows(runner))
  }

  /// Whether the labels of a runner speak of Windows: `windows-latest`, `Win2022`.
  private static func isWindows(_ labels: String) -> Bool {
    labels.contains("windows") || labels.contains("win20") || labels.contains("-win-")
      || labels.split(separator: " ").contains { $0 == "win" || $0.hasPrefix("win-") }
  }

  private mutating func steps(
    _ steps: YAMLNode?, job: String, _ outer: [String: [ShellValue]], _ outerShell: String?,
    isWindows: Bool
  ) {
    for step in steps?.items ?? [] {
      if let uses = step["uses"] {
        self.uses(uses, job: job)
        inputs(step["with"], of: uses.text ?? "", job: job)
      }
      if let script = step["with"]?["script"]?.shellText,
        step["uses"]?.text?.hasPrefix("actions/github-script") ?? false
      {
        // JavaScript, whose calls of a shell are seen.
        fragments += ForeignProgram(script).commands(hasBackquotes: false, endsWithLine: true).map {
          ShellFragment(
            path: context.path, place: .foreign(language: "javascript"), interpreter: .bash,
            text: $0, sequence: job)
        }
      }
      guard let run = step["run"] else { continue }
      var variables = outer
      environment(step["env"], into: &variables)
      let shell = step["shell"]?.text ?? outerShell
      let interpreter =
        shell.flatMap { ShellInterpreter(command: $0) } ?? (isWindows ? .powershell : .bash)
      if var fragment = run.shellFragment(
        context.path, .workflow(job: job), interpreter: interpreter, variables: variables,
        sequence: job)
      {
        // A command line of one's own stands for itself; the others stop at failures.
        if let shell, shell.contains("{0}") {
          fragment.options = shell.split(separator: " ").dropFirst().map(String.init)
        }
        let goesOn = step["continue-on-error"]?.text ?? "false"
        fragment.isFailureIgnored = goesOn == "true"
        fragments.append(fragment)
      }
    }
  }

  // MARK: Uses

  private mutating func uses(_ node: YAMLNode, job: String) {
    guard let text = node.text, !node.isNull else { return }
    let location = context.location(node.start, node.end)
    // What begins with a dot is part of this repository.
    if text.hasPrefix("./") || text.hasPrefix("../") || text == "." { return }
    if text.hasPrefix("docker://") {
      if let dependency = ImageReference.dependency(
        String(text.dropFirst(9)), at: location, group: job)
      {
        dependencies.append(dependency)
      }
      return
    }
    var name = text
    var reference = ""
    if let at = text.firstIndex(of: "@") {
      name = String(text[..<at])
      reference = String(text[text.index(after: at)...])
    }
    let level: Dependency.Level
    if text.contains("${{") {
      level = .dynamic
    } else if reference.isEmpty {
      level = .nothing
    } else {
      level = Dependency.Level(Pinning(git: reference))
    }
    dependencies.append(
      Dependency(
        .githubActions, name, reference, level, at: location, group: job, construct: text))
  }

  /// What the inputs of well-known actions name to be fetched: another repository, a build's remote
  /// context, the address of a file.
  private mutating func inputs(_ with: YAMLNode?, of action: String, job: String) {
    guard let with else { return }
    let name = action.prefix { $0 != "@" }.lowercased()
    if name == "actions/checkout", let repository = with["repository"],
      let text = repository.text, !text.contains("${{"), text.contains("/")
    {
      let reference = with["ref"].flatMap { $0.isNull ? nil : $0 }
      let revision = reference?.text ?? ""
      let level: Dependency.Level =
        revision.isEmpty
        ? .nothing
        : revision.contains("${{") ? .dynamic : Dependency.Level(Pinning(git: revision))
      dependencies.append(
        Dependency(
          .git, "https://github.com/\(text)", revision, level,
          at: context.location(repository.start, repository.end), group: job,
          construct: "\(text) \(revision)"))
    }
    if name.hasPrefix("docker/"), let node = with["context"], let text = node.text,
      let source = GitSource.dependency(
        text, at: context.location(node.start, node.end), group: job)
    {
      dependencies.append(source)
    }
    guard name.contains("download") else { return }
    let digest = ["sha256", "checksum", "sha512", "digest"].lazy.compactMap { with[$0]?.text }.first
    for entry in with.entries {
      guard let text = entry.value.text, text.hasPrefix("https://") || text.hasPrefix("http://"),
        let download = DeclaredDownload.file(
          text, digest: digest, kind: .file,
          at: context.location(entry.value.start, entry.value.end), cause: action)
      else { continue }
      downloads.append(download)
    }
  }

  private mutating func image(
    _ node: YAMLNode?, job: String, _ variables: [String: [ShellValue]]
  ) {
    guard let node, let text = node.text, !node.isNull, !text.isEmpty else { return }
    let location = context.location(node.start, node.end)
    for value in GitHubExpression.expand(text, variables) {
      let bare = value.hasPrefix("docker://") ? String(value.dropFirst(9)) : value
      if bare.isEmpty { continue }
      if let dependency = ImageReference.dependency(bare, at: location, group: job) {
        dependencies.append(dependency)
      }
    }
  }

  // MARK: Variables

  private func environment(_ node: YAMLNode?, into variables: inout [String: [ShellValue]]) {
    for entry in node?.mergedEntries ?? [] {
      guard let name = entry.key.text, let text = entry.value.text else { continue }
      let values = GitHubExpression.expand(text, variables).map(GitHubExpression.value)
      variables[name] = values
      variables["env.\(name)"] = values
    }
  }

  private func matrix(_ node: YAMLNode?, into variables: inout [String: [ShellValue]]) {
    var values: [String: [ShellValue]] = [:]
    func add(_ key: String, _ value: YAMLNode) {
      if let text = value.text {
        let known = GitHubExpression.value(text)
        if !values[key, default: []].contains(known) { values[key, default: []].append(known) }
      } else {
        for entry in value.mergedEntries {
          guard let name = entry.key.text, let text = entry.value.text else { continue }
          values["\(key).\(name)", default: []].append(GitHubExpression.value(text))
        }
      }
    }
    for entry in node?.mergedEntries ?? [] {
      guard let key = entry.key.text, key != "exclude" else { continue }
      if key == "include" {
        for item in entry.value.items {
          for pair in item.mergedEntries { if let name = pair.key.text { add(name, pair.value) } }
        }
      } else if entry.value.kind == .sequence {
        for item in entry.value.items { add(key, item) }
      }
    }
    for (key, list) in values { variables["matrix.\(key)"] = list }
  }

  /// Inputs have a default, and whatever the caller gives.
  private func inputs(_ root: YAMLNode) -> [String: [ShellValue]] {
    var variables: [String: [ShellValue]] = [:]
    var groups = [root["inputs"]]
    if let triggers = root["on"] {
      groups.append(triggers.value(at: "workflow_call", "inputs"))
      groups.append(triggers.value(at: "workflow_dispatch", "inputs"))
    }
    for group in groups {
      for input in group?.mergedEntries ?? [] {
        guard let name = input.key.text else { continue }
        var values: [ShellValue] = []
        if let text = input.value["default"]?.text, !text.isEmpty {
          values.append(GitHubExpression.value(text))
        }
        values.append(.unknown("inputs.\(name)"))
        variables["inputs.\(name)"] = values
        variables["github.event.inputs.\(name)"] = values
      }
    }
    return variables
  }
}

/// Texts with `${{ … }}` in them.
enum GitHubExpression {
  /// More values than this are not told apart.
  private static let limit = 16

  /// The texts that `text` may become; parts that are not known stay as they are written.
  static func expand(_ text: String, _ variables: [String: [ShellValue]]) -> [String] {
    guard text.contains("${{") else { return [text] }
    var results = [""]
    var rest = text[...]
    while let open = rest.firstRange(of: "${{"),
      let close = rest[open.upperBound...].firstRange(of: "}}")
    {
      let written = String(rest[open.lowerBound..<close.upperBound])
      let name = Construct.normalised(rest[open.upperBound..<close.lowerBound])
      let known = variables[name]?.map { $0.text ?? written } ?? [written]
      let head = rest[..<open.lowerBound]
      results = results.flatMap { result in known.map { result + head + $0 } }
      if results.count > limit { return [text] }
      rest = rest[close.upperBound...]
    }
    return results.map { $0 + rest }
  }

  /// A text that may still hold expressions.
  static func value(_ text: String) -> ShellValue {
    text.contains("${{") ? .unknown(Construct.normalised(text)) : ShellValue(text)
  }
}
