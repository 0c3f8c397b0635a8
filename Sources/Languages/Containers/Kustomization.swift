import Core

/// What a kustomization takes from elsewhere: bases in repositories, images under other names,
/// charts.
enum Kustomization {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(path.name)
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for key in ["resources", "bases", "components", "crds"] {
      for item in root[key]?.items ?? [] {
        guard let text = item.text,
          let dependency = GitSource.dependency(
            text, at: context.location(item.start, item.end), group: key)
        else { continue }
        collector.dependencies.append(dependency)
      }
    }
    for item in root["images"]?.items ?? [] {
      guard let name = item["newName"] ?? item["name"], var text = name.text else { continue }
      let last = item["digest"] ?? item["newTag"] ?? name
      if let digest = item["digest"]?.text {
        text += "@\(digest)"
      } else if let tag = item["newTag"]?.text {
        text += ":\(tag)"
      } else if item["newName"] == nil {
        continue
      }
      if let dependency = ImageReference.dependency(
        text, at: context.location(name.start, last.end), group: "images")
      {
        collector.dependencies.append(dependency)
      }
    }
    for chart in root["helmCharts"]?.items ?? [] {
      HelmChart.dependency(chart, context, into: &collector)
    }
  }
}

/// Charts that a chart is made of: Chart.yaml.
enum HelmChart {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["Chart.yaml", "Chart.yml", "requirements.yaml"].contains(path.name)
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for chart in root["dependencies"]?.items ?? [] {
      dependency(chart, context, into: &collector)
    }
  }

  static func dependency(
    _ chart: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let name = chart["name"], let text = name.text,
      let address = (chart["repository"] ?? chart["repo"])?.text, address.contains("://"),
      !address.hasPrefix("file://")
    else { return }
    let version = chart["version"]?.text ?? ""
    let level: Dependency.Level =
      version.isEmpty ? .nothing : SemanticVersion(version) == nil ? .range : .version
    collector.dependencies.append(
      Dependency(
        .helm, "\(address)/\(text)", version, level,
        at: context.location(name.start, (chart["version"] ?? name).end), group: "dependencies",
        construct: "\(text) \(version)"))
  }
}
