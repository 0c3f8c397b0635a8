import Core

/// Pipelines of Buildkite: plugins, images, commands.
enum BuildkitePipeline {
  static func isNamed(_ path: RelativePath) -> Bool {
    let isYAML = path.suffix == "yml" || path.suffix == "yaml"
    return isYAML && (path.parent?.name == ".buildkite" || path.name.hasPrefix("buildkite."))
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    YAMLStream.walk(from: root) { node in
      guard node.kind == .mapping else { return }
      for plugin in node["plugins"]?.items ?? [] {
        if plugin.kind == .scalar { self.plugin(plugin, context, into: &collector) }
        for entry in plugin.entries {
          self.plugin(entry.key, context, into: &collector)
          CircleCIPipeline.image(entry.value["image"], "plugins", context, into: &collector)
        }
      }
      for entry in node["plugins"]?.entries ?? [] {
        plugin(entry.key, context, into: &collector)
        CircleCIPipeline.image(entry.value["image"], "plugins", context, into: &collector)
      }
      CircleCIPipeline.image(node["image"], "agents", context, into: &collector)
      for key in ["command", "commands"] {
        // A list holds one command a line.
        for line in node[key]?.itemsOrSelf ?? [] where line.kind == .scalar {
          if let fragment = line.shellFragment(
            context.path, .workflow(job: "buildkite"), interpreter: .bash,
            sequence: "\(node.identity)")
          {
            collector.fragments.append(fragment)
          }
        }
      }
    }
  }

  /// `name#v1.2` is a repository of Buildkite's own, `owner/name#v1.2` one of somebody else's.
  private static func plugin(
    _ node: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let text = node.text, !text.hasPrefix("."), !text.hasPrefix("/") else { return }
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    guard var name = parts.first else { return }
    if !name.contains("://"), !name.contains("@") {
      let owned = name.contains("/") ? name : "buildkite-plugins/\(name)"
      name = "https://github.com/\(owned)-buildkite-plugin"
    }
    let reference = parts.count == 2 ? parts[1] : ""
    collector.dependencies.append(
      Dependency(
        .git, name, reference,
        reference.isEmpty ? .nothing : Dependency.Level(Pinning(git: reference)),
        at: context.location(node.start, node.end), group: "plugins", purpose: .development,
        construct: text))
  }
}
