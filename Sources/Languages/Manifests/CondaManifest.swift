import Core

/// conda environments and recipes.
enum CondaManifest {
  static func dependency(
    _ spec: CondaSpec, text: String, at location: Location, group: String?
  ) -> Dependency {
    let level: Dependency.Level
    if spec.digest != nil {
      level = .content
    } else if spec.exactVersion != nil {
      level = .version
    } else {
      level =
        spec.version.isEmpty || spec.version == "*" || spec.version == "=*" ? .nothing : .range
    }
    let build = spec.build.map { "=\($0)" } ?? ""
    return Dependency(
      .conda, spec.name, spec.version + build, level, at: location, group: group,
      construct: Construct.normalised(text))
  }

  /// Specs in one text, blanks between them: `bioconda::tool=1.2 other`; files are none.
  static func specs(
    _ text: String, at location: Location, into collector: inout ManifestCollector
  ) {
    guard !text.hasSuffix(".yml"), !text.hasSuffix(".yaml"), !text.hasSuffix(".txt") else { return }
    for word in text.split(separator: " ").prefix(64) {
      guard !word.contains("/"), !word.contains("$"), let spec = CondaSpec(String(word)) else {
        continue
      }
      collector.dependencies.append(
        dependency(spec, text: String(word), at: location, group: nil))
    }
  }

  // MARK: environment.yml

  /// Whether a document is an environment: a list of dependencies, and a name or channels.
  static func isEnvironment(_ document: YAMLNode) -> Bool {
    guard let dependencies = document["dependencies"], dependencies.kind == .sequence else {
      return false
    }
    if document["channels"] != nil { return true }
    // Helm charts list mappings with repositories; environments list texts and `pip:`.
    return dependencies.items.contains { $0.kind == .scalar || $0["pip"] != nil }
      && (document["name"] != nil || document["prefix"] != nil)
  }

  static func readEnvironment(
    _ document: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    CondaConfiguration.channels(document["channels"], context, into: &collector)
    for item in document["dependencies"]?.items ?? [] {
      if let text = item.text, !item.isNull {
        let location = context.location(item.start, item.end)
        if let spec = CondaSpec(text) {
          collector.dependencies.append(
            dependency(spec, text: text, at: location, group: nil))
        }
        continue
      }
      for entry in item["pip"]?.items ?? [] {
        pip(entry, context, into: &collector)
      }
    }
  }

  /// A line of the `pip:` list goes into a requirements file as it stands.
  private static func pip(
    _ item: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let text = item.text else { return }
    RequirementLine.read(
      text, at: context.location(item.start, item.end), group: "pip", context, into: &collector)
  }
}

/// One line of pip's input that stands in another file: conda's `pip:` list, cog.yaml, a Space.
enum RequirementLine {
  static func read(
    _ text: String, at location: Location, group: String?, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let file = RequirementsFile(Array(text.utf8))
    for entry in file.entries {
      if let dependency = PythonDependencies.dependency(
        entry.text, at: location, group: group, hashes: entry.hashes)
      {
        collector.dependencies.append(dependency)
      }
    }
    for option in file.options {
      let kind: PackageSource.Kind
      switch option.name {
      case "index-url": kind = .index
      case "extra-index-url": kind = .extraIndex
      case "find-links": kind = .findLinks
      case "trusted-host": kind = .trustedHost
      case "requirement", "constraint":
        collector.include(
          option.value, isConstraint: option.name == "constraint", group: group, at: location,
          from: context)
        continue
      default: continue
      }
      collector.sources.append(
        PackageSource(
          kind: kind, ecosystem: .pypi, address: option.value, location: location,
          construct: Construct.normalised(text)))
    }
  }
}
