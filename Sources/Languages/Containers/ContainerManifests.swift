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
      }
      for key in ["command", "entrypoint"] {
        if let fragment = value[key]?.shellFragment(
          context.path, .configuration(key: "\(name).\(key)"), sequence: name)
        {
          collector.fragments.append(fragment)
        }
      }
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
    guard let text = node.text, text.contains("://") || text.hasPrefix("git@") else { return }
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    let reference = parts.count == 2 ? String(parts[1].prefix { $0 != ":" }) : ""
    collector.dependencies.append(
      Dependency(
        .git, parts.first ?? text, reference,
        reference.isEmpty ? .nothing : Dependency.Level(Pinning(git: reference)),
        at: context.location(node.start, node.end), group: group, construct: text))
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
      // A container's command and arguments are one list of words.
      guard node["image"] != nil else { return }
      let words = (node["command"]?.items ?? []) + (node["args"]?.items ?? [])
      let arguments = words.compactMap { word in
        word.text.map { ShellArgument(ShellValue($0), at: word.start) }
      }
      if !arguments.isEmpty {
        collector.fragments.append(
          ShellFragment(
            path: context.path, place: .configuration(key: "command"),
            body: .arguments(arguments)))
      }
    }
  }
}

/// Values of a Helm chart: an image as repository and tag or digest.
enum HelmValues {
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
          if let dependency = ImageReference.dependency(
            text, at: context.location(repository.start, last.end), group: entry.key.text)
          {
            collector.dependencies.append(dependency)
          }
        } else if let text = image.text, text.contains("/") || text.contains(":"),
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

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var number = 0
    var isDocker = false
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw, as: UTF8.self)
      if line.hasPrefix("%") { break }
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
