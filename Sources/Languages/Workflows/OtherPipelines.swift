import Core

/// CircleCI: orbs, images, commands.
enum CircleCIPipeline {
  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for orb in root["orbs"]?.entries ?? [] {
      guard let text = orb.value.text else { continue }
      let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
      let version = parts.count == 2 ? parts[1] : ""
      // A full version of an orb cannot be published twice; `1`, `1.2` and `volatile` move.
      let level: Dependency.Level =
        version.isEmpty || version == "volatile"
        ? .nothing : SemanticVersion(version) != nil ? .version : .range
      collector.dependencies.append(
        Dependency(
          .circleCI, parts.first ?? text, version, level,
          at: context.location(orb.value.start, orb.value.end), group: "orbs", construct: text))
    }
    for group in ["jobs", "executors", "commands"] {
      for job in root[group]?.mergedEntries ?? [] {
        let name = job.key.text ?? ""
        for container in job.value["docker"]?.items ?? [] {
          image(container["image"], name, context, into: &collector)
        }
        for step in job.value["steps"]?.items ?? [] {
          let run = step["run"]
          if let fragment = (run?["command"] ?? run)?.shellFragment(
            context.path, .workflow(job: name), interpreter: .bash, sequence: name)
          {
            collector.fragments.append(fragment)
          }
        }
      }
    }
  }

  static func image(
    _ node: YAMLNode?, _ job: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    guard let node, let text = node.text, !node.isNull else { return }
    if let dependency = ImageReference.dependency(
      text, at: context.location(node.start, node.end), group: job)
    {
      collector.dependencies.append(dependency)
    }
  }
}

/// Azure Pipelines: tasks, containers, repositories, scripts.
enum AzurePipeline {
  static func isPipeline(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    return (name.hasPrefix("azure-pipelines") || name.hasPrefix(".azure-pipelines"))
      && (name.hasSuffix(".yml") || name.hasSuffix(".yaml"))
      || path.parent?.name == ".azure-pipelines" || path.parent?.name == ".azure"
  }

  /// Whether a document under another name is such a pipeline: it may bear any, since the service
  /// is told where it lies.
  static func isPipeline(_ root: YAMLNode) -> Bool {
    guard root["on"] == nil, root["pool"] != nil || root["trigger"] != nil else { return false }
    return root["steps"] != nil || root["jobs"] != nil || root["stages"] != nil
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for container in root.value(at: "resources", "containers")?.items ?? [] {
      CircleCIPipeline.image(container["image"], "resources", context, into: &collector)
    }
    for repository in root.value(at: "resources", "repositories")?.items ?? [] {
      guard let name = repository["name"]?.text else { continue }
      let reference = repository["ref"]?.text ?? ""
      let node = repository["ref"] ?? repository["name"] ?? repository
      collector.dependencies.append(
        Dependency(
          .git, name, reference,
          reference.isEmpty ? .nothing : Dependency.Level(Pinning(git: reference)),
          at: context.location(node.start, node.end), group: "resources",
          construct: "\(name) \(reference)"))
    }
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping else { return }
      if let task = node["task"], let text = task.text {
        let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
        let version = parts.count == 2 ? parts[1] : ""
        collector.dependencies.append(
          Dependency(
            .azurePipelines, parts.first ?? text, version,
            version.isEmpty ? .nothing : SemanticVersion(version) == nil ? .range : .version,
            at: context.location(task.start, task.end), construct: text))
      }
      if let container = node["container"], container.text?.contains(":") == true {
        CircleCIPipeline.image(container, "container", context, into: &collector)
      }
      for (key, interpreter) in [
        ("script", ShellInterpreter.bash), ("bash", .bash), ("pwsh", .powershell),
        ("powershell", .powershell),
      ] {
        if let fragment = node[key]?.shellFragment(
          context.path, .workflow(job: "azure"), interpreter: interpreter, sequence: "azure")
        {
          collector.fragments.append(fragment)
        }
      }
    }
  }
}

/// Pipelines whose images and scripts stand under a few well-known keys: Travis, Bitbucket,
/// Drone, Woodpecker, Google Cloud Build, Taskfile.
enum PlainPipeline {
  static func isPipeline(_ path: RelativePath) -> Bool {
    switch path.name.lowercased() {
    case ".travis.yml", "bitbucket-pipelines.yml", ".drone.yml", ".woodpecker.yml",
      "cloudbuild.yaml", "cloudbuild.yml", "buildspec.yml", "taskfile.yml", "taskfile.yaml",
      ".cirrus.yml", ".readthedocs.yml", ".readthedocs.yaml", "appveyor.yml", "sky.yaml",
      ".gitpod.yml", "render.yaml", "heroku.yml":
      true
    default: false
    }
  }

  private static let scriptKeys: Set<String> = [
    "script", "before_install", "install", "before_script", "after_success", "after_script",
    "commands", "cmds", "cmd", "pre_build", "build", "post_build", "setup", "run", "jobs",
    "pre_install", "post_install", "init", "before", "command", "prebuild", "release",
  ]

  private static func isScript(_ key: String) -> Bool {
    scriptKeys.contains(key) || key.hasSuffix("_script") || key.hasSuffix("Command")
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    let isCloudBuild = context.path.name.lowercased().hasPrefix("cloudbuild")
    let isTaskfile = context.path.name.lowercased().hasPrefix("taskfile")
    if isCloudBuild {
      for step in root["steps"]?.items ?? [] { cloudStep(step, context, into: &collector) }
    }
    YAMLStream.walk(from: root) { node in
      for entry in node.entries {
        guard let key = entry.key.text else { continue }
        if key == "image" {
          CircleCIPipeline.image(
            entry.value["name"] ?? entry.value["url"] ?? entry.value, "image", context,
            into: &collector)
        }
        // Pipes of Bitbucket are images.
        if key == "pipe", let text = entry.value.text {
          CircleCIPipeline.image(
            text.hasPrefix("docker://") ? nil : entry.value, "pipe", context, into: &collector)
        }
        guard isScript(key) else { continue }
        for line in entry.value.itemsOrSelf {
          let command = line["cmd"] ?? line
          guard command.kind == .scalar, command.string != nil else { continue }
          let place: ShellPlace =
            isTaskfile ? .recipe(target: key) : .workflow(job: key)
          if let fragment = command.shellFragment(
            context.path, place, interpreter: .bash, sequence: "\(node.identity)")
          {
            collector.fragments.append(fragment)
          }
        }
      }
    }
  }

  /// A step of Cloud Build: an image, and the arguments of its own program or of another.
  private static func cloudStep(
    _ step: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let image = step["name"], let name = image.text else { return }
    CircleCIPipeline.image(image, "steps", context, into: &collector)
    let words = step["args"]?.itemsOrSelf.filter { $0.text != nil } ?? []
    guard let first = words.first else { return }
    // The builders of Google are called like the programs that they run.
    var program = step["entrypoint"]?.text
    if program == nil, name.contains("cloud-builders/") || name.contains("cloud-sdk") {
      let last = name.split(separator: "/").last.map(String.init) ?? ""
      program = String(last.prefix { $0 != ":" && $0 != "@" })
    }
    let start = program.map { [$0] } ?? ImageEntrypoint.words(of: name)
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .workflow(job: "steps"),
        body: ContainerCommand.body(start, words, at: first.start),
        sequence: "steps"))
  }
}
