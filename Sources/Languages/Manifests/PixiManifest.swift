import Core

/// The tables of pixi, in pixi.toml or under `tool.pixi` of pyproject.toml.
enum PixiManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    read(root, context, into: &collector)
  }

  static func read(
    _ root: TOMLValue, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    tables(root, group: nil, context, into: &collector)
    for feature in root["feature"]?.table?.entries ?? [] {
      tables(feature.value, group: feature.key, context, into: &collector)
    }
    for target in root["target"]?.table?.entries ?? [] {
      tables(target.value, group: target.key, context, into: &collector)
    }
  }

  /// What tasks run: a text, or `cmd` with a text or the words of a command.
  private static func tasks(
    _ table: TOMLValue, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for entry in table["tasks"]?.table?.entries ?? [] {
      let value = entry.value["cmd"] ?? entry.value
      let place = ShellPlace.configuration(key: "tasks.\(entry.key)")
      if let text = value.string {
        var builder = ShellTextBuilder()
        builder.append(decoded: text.utf8, at: value.start)
        collector.fragments.append(
          ShellFragment(path: context.path, place: place, interpreter: .bash, text: builder))
      } else if let words = value.array, !words.isEmpty {
        let arguments = words.compactMap { word in
          word.string.map { ShellArgument(ShellValue($0), at: word.start) }
        }
        collector.fragments.append(
          ShellFragment(path: context.path, place: place, body: .arguments(arguments)))
      }
    }
  }

  private static func tables(
    _ table: TOMLValue, group: String?, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    tasks(table, context, into: &collector)
    for (key, purpose) in [
      ("dependencies", Dependency.Purpose.run), ("build-dependencies", .build),
      ("host-dependencies", .build),
    ] {
      for entry in table[key]?.table?.entries ?? [] {
        guard let version = entry.value.string ?? entry.value["version"]?.string else { continue }
        let build = entry.value["build"]?.string
        let text = "\(entry.key) \(version)" + (build.map { " \($0)" } ?? "")
        var dependency = Dependency(
          .conda, entry.key.lowercased(), version, .range,
          at: context.location(entry.keyPosition, entry.value.end), group: group,
          purpose: purpose, construct: Construct.normalised(text))
        if version == "*" { dependency.level = .nothing }
        if version.hasPrefix("=="), !version.contains("*") { dependency.level = .version }
        collector.dependencies.append(dependency)
      }
    }
    for entry in table["pypi-dependencies"]?.table?.entries ?? [] {
      var dependency = Dependency(
        .pypi, PythonRequirement.normalize(entry.key), "", .nothing,
        at: context.location(entry.keyPosition, entry.value.end), group: group, construct: "")
      if let version = entry.value.string ?? entry.value["version"]?.string {
        PoetryManifest.apply(version, to: &dependency)
      }
      let value = entry.value
      PoetryManifest.apply(
        git: value["git"]?.string, revision: value["rev"]?.string, tag: value["tag"]?.string,
        branch: value["branch"]?.string, url: value["url"]?.string, path: value["path"]?.string,
        to: &dependency)
      dependency.construct = "\(dependency.name) \(dependency.requirement)"
      collector.dependencies.append(dependency)
    }
  }
}
