import Core

/// Pipenv's Pipfile.
enum PipfileManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let document = collector.toml(context) else { return }
    let sources = document["source"]?.array ?? []
    for (index, source) in sources.enumerated() {
      guard let url = source["url"], let address = url.string else { continue }
      let location = context.location(url.start, url.end)
      collector.sources.append(
        PackageSource(
          kind: index == 0 ? .index : .extraIndex, ecosystem: .pypi, address: address,
          location: location, construct: address))
      if source["verify_ssl"]?.boolean == false {
        collector.sources.append(
          PackageSource(
            kind: .verificationOff, ecosystem: .pypi, address: address, location: location,
            construct: "verify_ssl = false"))
      }
    }
    for table in document.table?.entries ?? [] {
      // Every table but these is a group of packages.
      if ["source", "requires", "pipenv", "scripts"].contains(table.key) { continue }
      let isRun = table.key == "packages"
      for entry in table.value.table?.entries ?? [] {
        var dependency = Dependency(
          .pypi, PythonRequirement.normalize(entry.key), "", .nothing,
          at: context.location(entry.keyPosition, entry.value.end),
          group: isRun ? nil : table.key, purpose: isRun ? .run : .development, construct: "")
        let value = entry.value
        if let version = value.string ?? value["version"]?.string {
          dependency.requirement = version
          if version == "*" || version.isEmpty {
            dependency.level = .nothing
          } else {
            dependency.level =
              PythonSpecifierSet(version).map(PythonDependencies.level) ?? .dynamic
          }
        }
        PoetryManifest.apply(
          git: value["git"]?.string, revision: value["ref"]?.string, tag: nil, branch: nil,
          url: value["file"]?.string ?? value["url"]?.string, path: value["path"]?.string,
          to: &dependency)
        dependency.construct = "\(dependency.name) \(dependency.requirement)"
        collector.dependencies.append(dependency)
      }
    }
    for entry in document["scripts"]?.table?.entries ?? [] {
      guard let text = entry.value.string else { continue }
      var builder = ShellTextBuilder()
      builder.append(decoded: text.utf8, at: entry.value.start)
      collector.fragments.append(
        ShellFragment(path: context.path, place: .configuration(key: entry.key), text: builder))
    }
  }
}
