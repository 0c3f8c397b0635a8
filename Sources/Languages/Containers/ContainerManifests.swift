import Core

/// Compose files: images, build contexts in repositories, commands.
enum ComposeFile {
  static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return false }
    return name.hasPrefix("docker-compose") || name.hasPrefix("compose.")
      || name.hasPrefix("compose-") || name.hasPrefix("docker_compose")
  }

  /// Whether a document has services with images or builds.
  static func isCompose(_ document: YAMLNode) -> Bool {
    guard let services = document["services"], services.kind == .mapping else { return false }
    return services.entries.contains { $0.value["image"] != nil || $0.value["build"] != nil }
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for service in root["services"]?.entries ?? [] {
      let name = service.key.text ?? ""
      let value = service.value
      // With a build, the image is only the name of the result.
      if value["build"] == nil {
        image(value["image"], name, context, into: &collector)
      } else if let build = value["build"] {
        source(build["context"] ?? build, name, context, into: &collector)
        contexts(build["additional_contexts"], name, context, into: &collector)
        if let text = build["dockerfile_inline"]?.textInPlace {
          let file = Dockerfile(path: context.path, bytes: text)
          DockerfileManifest.read(file, context.path, into: &collector)
          collector.fragments += file.fragments
        }
      }
      collector.fragments += ContainerCommand.fragments(
        image: value["image"]?.text, entrypoint: value["entrypoint"], command: value["command"],
        context.path, .configuration(key: "\(name).command"), sequence: name)
    }
    // `include: [address, {path: [address]}]`.
    for item in root["include"]?.itemsOrSelf ?? [] {
      for node in (item["path"] ?? item).itemsOrSelf {
        source(node, "include", context, into: &collector)
      }
    }
  }

  /// `additional_contexts`: a mapping, or a list of `name=address`.
  private static func contexts(
    _ node: YAMLNode?, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    for entry in node?.entries ?? [] { source(entry.value, group, context, into: &collector) }
    for item in node?.items ?? [] {
      guard let text = item.text, let sign = text.firstIndex(of: "="),
        let dependency = GitSource.dependency(
          String(text[text.index(after: sign)...]), at: context.location(item.start, item.end),
          group: group)
      else { continue }
      collector.dependencies.append(dependency)
    }
  }

  private static func image(
    _ node: YAMLNode?, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    guard let node, let text = node.text, !node.isNull else { return }
    if let dependency = ImageReference.dependency(
      interpolated(text), at: context.location(node.start, node.end), group: group)
    {
      collector.dependencies.append(dependency)
    }
  }

  /// `${TAG:-1.0}` and `${TAG-1.0}` with their defaults.
  static func interpolated(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${"),
      let close = rest[open.upperBound...].firstIndex(of: "}")
    {
      let body = rest[open.upperBound..<close]
      result += rest[..<open.lowerBound]
      if let mark = body.firstIndex(of: "-") {
        result += body[body.index(after: mark)...]
      } else {
        result += rest[open.lowerBound...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// A build context that is a repository: `https://host/o/r.git#ref:folder`.
  private static func source(
    _ node: YAMLNode, _ group: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    guard let text = node.text,
      let dependency = GitSource.dependency(
        text, at: context.location(node.start, node.end), group: group)
    else { return }
    collector.dependencies.append(dependency)
  }
}

/// Kubernetes and what is built on it: every container of every object.
enum KubernetesManifest {
  static func isObject(_ document: YAMLNode) -> Bool {
    document["apiVersion"]?.text != nil && document["kind"]?.text != nil
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    let kind = root["kind"]?.text
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping else { return }
      if let image = node["image"], let text = image.text, !image.isNull,
        let dependency = ImageReference.dependency(
          text, at: context.location(image.start, image.end), group: kind)
      {
        collector.dependencies.append(dependency)
      }
      // Models that a server takes when it starts.
      if let address = node["storageUri"] { storage(address, context, into: &collector) }
      guard let image = node["image"] else { return }
      container(node, image.text, context, into: &collector)
    }
    if kind == "ConfigMap" { scripts(root["data"], context, into: &collector) }
    if kind == "Kustomization" { Kustomization.read(root, context, into: &collector) }
  }

  /// A container's command and arguments are one list of words; a step of a workflow can hold its
  /// program as text.
  private static func container(
    _ node: YAMLNode, _ image: String?, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    if let source = node["source"],
      let fragment = source.shellFragment(
        context.path, .configuration(key: "source"),
        interpreter: node["command"]?.itemsOrSelf.first?.text.flatMap {
          ShellInterpreter(command: $0)
        } ?? .sh)
    {
      collector.fragments.append(fragment)
      return
    }
    var words = (node["command"]?.items ?? []) + (node["args"]?.items ?? [])
    words = words.filter { $0.text != nil }
    guard let first = words.first else { return }
    let start = node["command"] == nil ? ImageEntrypoint.words(of: image) : []
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .configuration(key: "command"),
        body: ContainerCommand.body(start, words, at: first.start)))
  }

  /// `hf://owner/name:revision`, `s3://bucket/path`.
  private static func storage(
    _ node: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let text = node.text, !text.hasPrefix("pvc://") else { return }
    let location = context.location(node.start, node.end)
    var download: DeclaredDownload?
    if text.hasPrefix("hf://") {
      let parts = text.dropFirst(5).split(separator: ":", maxSplits: 1).map(String.init)
      download = .repository(
        "hf://\(parts.first ?? "")", revision: parts.count == 2 ? parts[1] : nil, at: location,
        cause: "storageUri")
    } else {
      download = .file(text, digest: nil, kind: .file, at: location, cause: "storageUri")
    }
    if let download { collector.downloads.append(download) }
  }

  /// Files of a ConfigMap that are scripts by their name or first line.
  private static func scripts(
    _ node: YAMLNode?, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for entry in node?.entries ?? [] {
      guard let name = entry.key.text, let text = entry.value.text,
        case .script(let interpreter)? = ShellFile(name, Array(text.utf8)),
        let fragment = entry.value.shellFragment(
          context.path, .configuration(key: name), interpreter: interpreter)
      else { continue }
      collector.fragments.append(fragment)
    }
  }
}

/// Values of a Helm chart: an image as repository and tag or digest.
enum HelmValues {
  private static func isPicture(_ text: String) -> Bool {
    ["png", "jpg", "jpeg", "webp", "gif", "svg", "ico", "bmp"].contains {
      text.lowercased().hasSuffix("." + $0)
    } || text.hasPrefix(".") || text.hasPrefix("/") || text.contains("://")
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    YAMLStream.walk(from: root) { node in
      for entry in node.entries where entry.key.text?.lowercased().hasSuffix("image") == true {
        let image = entry.value
        if let repository = image["repository"], let name = repository.text, !name.isEmpty {
          let registry = image["registry"]?.text.map { $0.isEmpty ? "" : $0 + "/" } ?? ""
          var text = registry + name
          if let tag = image["tag"]?.text, !tag.isEmpty { text += ":" + tag }
          if let digest = image["digest"]?.text, !digest.isEmpty { text += "@" + digest }
          let last = image["digest"] ?? image["tag"] ?? repository
          guard name.utf8.allSatisfy({ $0 > 0x20 }) else { continue }
          if let dependency = ImageReference.dependency(
            text, at: context.location(repository.start, last.end), group: entry.key.text)
          {
            collector.dependencies.append(dependency)
          }
        } else if let text = image.text, text.contains("/") || text.contains(":"),
          !isPicture(text),
          let dependency = ImageReference.dependency(
            text, at: context.location(image.start, image.end), group: entry.key.text)
        {
          collector.dependencies.append(dependency)
        }
      }
    }
  }
}

/// Dockerfiles: the images that a build starts from, copies from and is read by.
enum DockerfileManifest {
  static func read(
    _ file: Dockerfile, _ path: RelativePath, into collector: inout ManifestCollector
  ) {
    for use in file.images where !use.isLocal {
      let location = Location(path, start: use.start, end: use.end)
      var seen: Set<String> = []
      for value in use.values {
        let text = value.text ?? value.display
        guard seen.insert(text).inserted, text.lowercased() != "scratch",
          var dependency = ImageReference.dependency(text, at: location, group: nil)
        else { continue }
        dependency.construct = use.written
        if use.kind == .syntax { dependency.purpose = .build }
        collector.dependencies.append(dependency)
      }
    }
  }
}

/// Definition files of Singularity and Apptainer.
enum SingularityDefinition {
  static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    return name == "singularity" || name.hasPrefix("singularity.") || name.hasSuffix(".def")
  }

  /// Sections that a shell runs.
  private static let shell: Set<String> = [
    "pre", "setup", "post", "test", "runscript", "startscript", "environment", "appinstall",
    "apprun", "apptest",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    // Other kinds of files bear the same suffix.
    guard context.bytes.prefix(1 << 16).firstRange(of: "ootstrap".utf8) != nil else { return }
    var number = 0
    var isDocker = false
    /// The text of the section that is being read, where it is shell.
    var section: (name: String, text: ShellTextBuilder)?
    func close() {
      guard let found = section, !found.text.bytes.isEmpty else { return }
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .configuration(key: found.name), text: found.text,
          sequence: "singularity"))
    }
    defer { close() }
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw, as: UTF8.self)
      if line.hasPrefix("%") {
        close()
        let name = String(line.dropFirst().prefix { !$0.isWhitespace })
        section = (name, ShellTextBuilder())
        continue
      }
      let opensStage = line.lowercased().hasPrefix("bootstrap:")
      if section != nil, !opensStage {
        if Self.shell.contains(section?.name ?? "") {
          section?.text.append(
            raw + [0x0A], lineAt: TextPosition(line: number, column: 1))
        }
        continue
      }
      if opensStage {
        close()
        section = nil
      }
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      let key = Construct.normalised(parts[0]).lowercased()
      let value = Construct.normalised(parts[1])
      if key == "bootstrap" {
        isDocker = ["docker", "oras", "library", "shub"].contains(value.lowercased())
      }
      guard key == "from", isDocker else { continue }
      let column = line.utf8.count - parts[1].drop { $0 == " " }.utf8.count + 1
      let start = TextPosition(line: number, column: column)
      let end = TextPosition(line: number, column: column + value.utf8.count)
      if let dependency = ImageReference.dependency(
        value, at: context.location(start, end), group: nil)
      {
        collector.dependencies.append(dependency)
      }
    }
  }
}
