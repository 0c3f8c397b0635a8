import Core

/// Hooks of pre-commit.
enum PreCommitConfiguration {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name == ".pre-commit-config.yaml" || path.name == ".pre-commit-config.yml"
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    // Very old configurations are the list itself.
    for entry in (root["repos"] ?? root).items {
      guard let repository = entry["repo"], let address = repository.text else { continue }
      if address != "local", address != "meta" {
        let revision = entry["rev"] ?? entry["sha"]
        let text = revision?.text ?? ""
        let level: Dependency.Level =
          text.isEmpty ? .nothing : Dependency.Level(Pinning(git: text))
        // The place is the revision; what names no revision stands at the repository.
        let node = revision ?? repository
        collector.dependencies.append(
          Dependency(
            .preCommit, address, text, level, at: context.location(node.start, node.end),
            purpose: .development, construct: Construct.normalised("\(address) \(text)")))
      }
      for hook in entry["hooks"]?.items ?? [] {
        self.hook(hook, isLocal: address == "local", context, into: &collector)
      }
    }
  }

  private static func hook(
    _ hook: YAMLNode, isLocal: Bool, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let language = hook["language"]?.text ?? ""
    for item in hook["additional_dependencies"]?.items ?? [] {
      guard let text = item.text else { continue }
      let location = context.location(item.start, item.end)
      // `prettier@3.0.0`, `@scope/name@1` are npm's; `name @ address` is pip's.
      let isNode =
        language == "node"
        || (text.contains("@") && !text.contains(" @")
          && !text.contains("://") && !text.contains("="))
      if isNode {
        let at = text.dropFirst().lastIndex(of: "@")
        let name = at.map { String(text[..<$0]) } ?? text
        let version = at.map { String(text[text.index(after: $0)...]) } ?? ""
        var dependency = Dependency(
          .npm, name, version, .nothing, at: location, purpose: .development, construct: text)
        NodeManifest.apply(version, to: &dependency)
        collector.dependencies.append(dependency)
      } else if ["", "python", "system"].contains(language) {
        PythonDependencies.requirement(
          text, at: location, purpose: .development, into: &collector)
      }
    }
    guard isLocal, language == "docker_image" else {
      if isLocal,
        let fragment = hook["entry"]?.shellFragment(
          context.path, .configuration(key: "entry"))
      {
        collector.fragments.append(fragment)
      }
      return
    }
    if let entry = hook["entry"], let image = entry.text?.split(separator: " ").first,
      let dependency = ImageReference.dependency(
        String(image), at: context.location(entry.start, entry.end), group: "hooks")
    {
      collector.dependencies.append(dependency)
    }
  }
}

/// Cog's cog.yaml: what goes into the container that a prediction runs in.
enum CogConfiguration {
  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let build = root["build"] else { return }
    for item in build["python_packages"]?.items ?? [] {
      guard let text = item.text else { continue }
      RequirementLine.read(
        text, at: context.location(item.start, item.end), group: "python_packages", context,
        into: &collector)
    }
    if let list = build["python_requirements"], let path = list.text, !list.isNull {
      collector.include(
        path, group: nil, at: context.location(list.start, list.end), from: context)
    }
    for item in build["system_packages"]?.items ?? [] {
      guard let text = item.text else { continue }
      SystemPackages.add(
        text, at: context.location(item.start, item.end), group: "system_packages",
        into: &collector)
    }
    for key in ["pre_install", "run"] {
      for item in build[key]?.itemsOrSelf ?? [] {
        if let fragment = (item["command"] ?? item).shellFragment(
          context.path, .configuration(key: "build.\(key)"), sequence: "build")
        {
          collector.fragments.append(fragment)
        }
      }
    }
  }
}

/// Packages of the operating system that a file lists by name.
enum SystemPackages {
  static func add(
    _ text: String, at location: Location, group: String?, into collector: inout ManifestCollector
  ) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = parts.first, !name.isEmpty else { return }
    let version = parts.count == 2 ? parts[1] : ""
    collector.dependencies.append(
      Dependency(
        .system, name, version,
        version.isEmpty ? .nothing : version.contains("*") ? .range : .version, at: location,
        group: group, construct: text))
  }
}

/// The front matter of a Hugging Face Space's README.
enum SpaceHeader {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = FrontMatter.read(context.bytes), let sdk = root["sdk"]?.text,
      sdk != "docker", sdk != "static", let node = root["sdk_version"] ?? root["sdk"]
    else { return }
    let version = root["sdk_version"]?.text ?? ""
    collector.spaces.insert(context.path.parent)
    collector.dependencies.append(
      Dependency(
        .huggingFaceSpace, sdk, version,
        version.isEmpty ? .nothing : PythonVersion(version) == nil ? .range : .version,
        at: context.location(node.start, node.end), construct: "\(sdk) \(version)"))
  }

  /// packages.txt beside the header: what is installed with apt-get when the Space is built.
  static func readPackages(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var number = 0
    for line in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.trimmed.first == UInt8(ascii: "#") { continue }
      for word in line.split(whereSeparator: { $0 <= 0x20 }) {
        let column = word.startIndex - line.startIndex + 1
        SystemPackages.add(
          String(decoding: word, as: UTF8.self),
          at: context.location(
            TextPosition(line: number, column: column),
            TextPosition(line: number, column: column + word.count)),
          group: "packages.txt", into: &collector)
      }
    }
  }
}

/// Submodules: the tree fixes their commits.
enum GitModules {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let options = GitConfigurationFile(context.bytes).options.filter {
      $0.name.hasPrefix("submodule.")
    }
    let values = Dictionary(
      options.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    for option in options where option.name.hasSuffix(".url") {
      // Seen from the repository's own address.
      if option.value.hasPrefix("./") || option.value.hasPrefix("../") { continue }
      let name = option.name.dropLast(4)
      var dependency = Dependency(
        .git, option.value, values["\(name).branch"] ?? "", .commit,
        at: context.location(option.start, option.end), group: values["\(name).path"],
        construct: option.value)
      dependency.isPlaintext =
        option.value.hasPrefix("http://") || option.value.hasPrefix("git://")
      collector.dependencies.append(dependency)
    }
  }
}

/// Files that name commands: stages of DVC, entry points of MLflow, processes of a Procfile.
enum CommandFiles {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["dvc.yaml", "MLproject", "Procfile"].contains(path.name)
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    if context.path.name == "Procfile" { return readProcesses(context, into: &collector) }
    guard let root = collector.yaml(context).first else { return }
    collector.image(root["docker_env"]?["image"], group: "docker_env", context)
    for (list, key) in [("stages", "cmd"), ("entry_points", "command")] {
      for entry in root[list]?.mergedEntries ?? [] {
        // A stage that is repeated keeps its command one level deeper.
        let node = entry.value[key] ?? entry.value["do"]?[key]
        for item in node?.itemsOrSelf ?? [] {
          if let fragment = item.shellFragment(
            context.path, .configuration(key: "\(list).\(entry.key.text ?? "")"),
            sequence: entry.key.text)
          {
            collector.fragments.append(fragment)
          }
        }
      }
    }
  }

  private static func readProcesses(
    _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    var number = 0
    for line in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
        !line[..<colon].isEmpty, line[..<colon].allSatisfy({ $0.isNameByte || $0 == 0x2D })
      else { continue }
      var text = ShellTextBuilder()
      text.append(
        verbatim: line[(colon + 1)...],
        at: TextPosition(line: number, column: colon - line.startIndex + 2))
      collector.fragments.append(
        ShellFragment(
          path: context.path,
          place: .configuration(key: String(decoding: line[..<colon], as: UTF8.self)), text: text))
    }
  }
}
