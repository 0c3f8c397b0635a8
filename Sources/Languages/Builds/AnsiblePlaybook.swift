import Core

/// Ansible: what tasks fetch, install and run.
enum AnsiblePlaybook {
  /// Words one of which a file with tasks holds.
  static let marks: [StaticString] = ["hosts:", "get_url", "unarchive", "ansible.builtin"]

  /// Whether a document is a list of plays or of tasks.
  static func isPlaybook(_ root: YAMLNode) -> Bool {
    guard root.kind == .sequence else { return false }
    return root.items.contains { item in
      item["hosts"] != nil && (item["tasks"] != nil || item["roles"] != nil)
        || item["name"] != nil && item.mergedEntries.contains { isModule($0.key.text ?? "") }
    }
  }

  private static let commands: Set<String> = ["shell", "command", "raw", "script"]
  private static let fetchers: Set<String> = [
    "get_url", "unarchive", "uri", "git", "maven_artifact",
  ]
  private static let installers: Set<String> = ["pip", "apt", "yum", "dnf", "package", "apk"]

  private static let images: Set<String> = [
    "docker_container", "docker_image", "docker_image_pull", "podman_container", "podman_image",
  ]

  /// The module's own name behind its collection.
  private static func module(_ key: String) -> String {
    key.split(separator: ".").last.map(String.init) ?? key
  }

  private static func isModule(_ key: String) -> Bool {
    let name = module(key)
    return commands.contains(name) || fetchers.contains(name) || installers.contains(name)
      || images.contains(name)
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping else { return }
      for entry in node.entries {
        guard let key = entry.key.text else { continue }
        let name = module(key)
        if commands.contains(name) {
          command(entry.value, name, node, context, into: &collector)
        } else if fetchers.contains(name) {
          fetch(entry.value, name, context, into: &collector)
        } else if name == "pip" {
          packages(entry.value, context, into: &collector)
        } else if installers.contains(name) {
          systemPackages(entry.value, name, context, into: &collector)
        } else if images.contains(name) {
          image(entry.value, name, context, into: &collector)
        }
      }
    }
  }

  private static func command(
    _ value: YAMLNode, _ name: String, _ task: YAMLNode, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let text = value["cmd"] ?? value["_raw_params"] ?? value["argv"] ?? value
    guard text.kind != .mapping,
      var fragment = text.shellFragment(
        context.path, .foreign(language: "ansible"), interpreter: .sh, sequence: "ansible")
    else { return }
    let goesOn = task["ignore_errors"]?.text ?? "no"
    fragment.isFailureIgnored = ["yes", "true", "True"].contains(goesOn)
    collector.fragments.append(fragment)
  }

  /// The arguments of a task, written as a mapping or as `name=value` words.
  private static func arguments(
    _ value: YAMLNode
  ) -> [String: (text: String, node: YAMLNode)] {
    var found: [String: (text: String, node: YAMLNode)] = [:]
    if let text = value.text {
      for word in text.split(whereSeparator: \.isWhitespace) {
        guard let equals = word.firstIndex(of: "=") else { continue }
        found[String(word[..<equals])] = (String(word[word.index(after: equals)...]), value)
      }
    }
    for entry in value.mergedEntries {
      if let name = entry.key.text, let text = entry.value.text {
        found[name] = (text, entry.value)
      }
    }
    return found
  }

  private static func fetch(
    _ value: YAMLNode, _ name: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let arguments = arguments(value)
    guard let address = arguments["url"] ?? arguments["repo"] ?? arguments["src"] else { return }
    let location = context.location(address.node.start, address.node.end)
    let found: DeclaredDownload?
    switch name {
    case "git":
      found = .repository(
        address.text, revision: arguments["version"]?.text, at: location, cause: name)
    case "uri":
      // A request, unless what it answers is kept.
      guard arguments["dest"] != nil else { return }
      found = .file(address.text, digest: nil, kind: .file, at: location, cause: name)
    default:
      found = .file(
        address.text, digest: arguments["checksum"]?.text,
        kind: name == "get_url" ? .file : .code, at: location, cause: name)
    }
    if let found { collector.downloads.append(found) }
  }

  private static func systemPackages(
    _ value: YAMLNode, _ name: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let list = value["name"] ?? value["pkg"]
    if let list, list.kind == .sequence {
      collector.systemPackages(list, group: name, context)
      return
    }
    guard let argument = arguments(value)["name"] ?? arguments(value)["pkg"] else { return }
    for text in argument.text.split(separator: ",") where !text.contains("{{") {
      SystemPackages.add(
        Construct.normalised(text),
        at: context.location(argument.node.start, argument.node.end), group: name,
        into: &collector)
    }
  }

  private static func image(
    _ value: YAMLNode, _ name: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let arguments = arguments(value)
    // An image module calls the image `name`, a container module its own container.
    let isContainer = name.hasSuffix("container")
    guard let argument = arguments["image"] ?? (isContainer ? nil : arguments["name"]),
      !["build", "local"].contains(arguments["source"]?.text ?? "")
    else { return }
    let tag = arguments["tag"].map { ":\($0.text)" } ?? ""
    if let dependency = ImageReference.dependency(
      argument.text + tag, at: context.location(argument.node.start, argument.node.end),
      group: name)
    {
      collector.dependencies.append(dependency)
    }
  }

  private static func packages(
    _ value: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    let arguments = arguments(value)
    if let file = arguments["requirements"] {
      // A path on the machine that is set up, which a file of the tree is often copied to.
      collector.include(file.text, group: "ansible", at: nil, from: context)
    }
    let names = value["name"]?.itemsOrSelf ?? []
    if names.isEmpty, let name = arguments["name"] {
      for text in name.text.split(separator: ",") {
        PythonDependencies.requirement(
          String(text), at: context.location(name.node.start, name.node.end), group: "ansible",
          purpose: .run, into: &collector)
      }
    }
    let version = arguments["version"]?.text
    for name in names {
      guard let text = name.text, !text.contains("{{") else { continue }
      PythonDependencies.requirement(
        version.map { "\(text)==\($0)" } ?? text, at: context.location(name.start, name.end),
        group: "ansible", purpose: .run, into: &collector)
    }
  }
}
