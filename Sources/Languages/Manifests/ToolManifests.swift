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
    if let path = build["python_requirements"]?.text.flatMap({ context.resolve($0) }) {
      collector.includes.append(
        ManifestCollector.Include(path: path, isConstraint: false, group: nil))
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
    guard context.bytes.starts(with: "---".utf8),
      let end = context.bytes.dropFirst(3).firstRange(of: "\n---".utf8)
    else { return }
    let front = Array(context.bytes[..<end.lowerBound])
    guard let root = YAMLStream(front).documents.first, let sdk = root["sdk"]?.text,
      sdk != "docker", sdk != "static", let node = root["sdk_version"] ?? root["sdk"]
    else { return }
    let version = root["sdk_version"]?.text ?? ""
    collector.dependencies.append(
      Dependency(
        .huggingFaceSpace, sdk, version,
        version.isEmpty ? .nothing : PythonVersion(version) == nil ? .range : .version,
        at: context.location(node.start, node.end), construct: "\(sdk) \(version)"))
  }
}

/// Submodules: the tree fixes their commits.
enum GitModules {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for section in INIFile(context.bytes).sections where section.name.hasPrefix("submodule") {
      guard let url = section["url"], let line = url.lines.first else { continue }
      // Seen from the repository's own address.
      if line.text.hasPrefix("./") || line.text.hasPrefix("../") { continue }
      var dependency = Dependency(
        .git, line.text, section["branch"]?.value ?? "", .commit,
        at: context.location(line.start, line.end), group: section["path"]?.value,
        construct: line.text)
      dependency.isPlaintext =
        line.text.hasPrefix("http://") || line.text.hasPrefix("git://")
      collector.dependencies.append(dependency)
    }
  }
}
