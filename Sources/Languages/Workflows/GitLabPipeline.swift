import Core

/// Pipelines of GitLab: images, services, included files, scripts.
enum GitLabPipeline {
  static func isPipeline(_ path: RelativePath) -> Bool {
    let name = path.name
    return name == ".gitlab-ci.yml" || name == ".gitlab-ci.yaml" || name.hasSuffix(".gitlab-ci.yml")
  }

  private static let keywords: Set<String> = [
    "image", "services", "include", "variables", "stages", "workflow", "default", "cache",
    "before_script", "after_script", "spec", "pages",
  ]

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for item in root["include"]?.itemsOrSelf ?? [] { include(item, context, into: &collector) }
    job(root, name: "default", context, into: &collector)
    if let defaults = root["default"] { job(defaults, name: "default", context, into: &collector) }
    for entry in root.entries {
      guard let name = entry.key.text, entry.value.kind == .mapping,
        name == "pages" || !keywords.contains(name)
      else { continue }
      job(entry.value, name: name, context, into: &collector)
    }
  }

  private static func job(
    _ job: YAMLNode, name: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    image(job["image"], name, context, into: &collector)
    for service in job["services"]?.items ?? [] {
      image(service, name, context, into: &collector)
    }
    for key in ["before_script", "script", "after_script"] {
      for line in lines(job[key]) {
        if let fragment = line.shellFragment(
          context.path, .workflow(job: name), interpreter: .bash, sequence: name)
        {
          collector.fragments.append(fragment)
        }
      }
    }
  }

  /// Scripts are a text, a list, or lists within the list where anchors are joined.
  private static func lines(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node else { return [] }
    if node.kind == .scalar { return [node] }
    return node.items.flatMap { $0.kind == .sequence ? $0.items : [$0] }
      .filter { $0.kind == .scalar }
  }

  private static func image(
    _ node: YAMLNode?, _ job: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    guard let node = node?["name"] ?? node, let text = node.text, !node.isNull else { return }
    if let dependency = ImageReference.dependency(
      text, at: context.location(node.start, node.end), group: job)
    {
      collector.dependencies.append(dependency)
    }
  }

  private static func include(
    _ item: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    func add(_ node: YAMLNode, _ name: String, _ requirement: String, _ level: Dependency.Level) {
      collector.dependencies.append(
        Dependency(
          .gitlab, name, requirement, level, at: context.location(node.start, node.end),
          group: "include", construct: "\(name) \(requirement)"))
    }
    if let text = item.text {
      if text.contains("://") { add(item, text, "", .nothing) }
      return
    }
    if let project = item["project"], let name = project.text {
      let reference = item["ref"]
      let text = reference?.text ?? ""
      add(
        reference ?? project, name, text,
        text.isEmpty
          ? .nothing : text.contains("$") ? .dynamic : Dependency.Level(Pinning(git: text)))
    } else if let remote = item["remote"], let text = remote.text {
      let hasDigest = item["integrity"]?.text?.hasPrefix("sha256-") == true
      add(remote, text, "", hasDigest ? .content : .nothing)
    } else if let component = item["component"], let text = component.text {
      let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
      let reference = parts.count == 2 ? parts[1] : ""
      add(
        component, parts.first ?? text, reference,
        reference.isEmpty || reference == "~latest"
          ? .nothing : Dependency.Level(Pinning(git: reference)))
    }
  }
}
