import Core

/// User data of cloud-init: what a new machine installs and runs when it starts.
enum CloudConfiguration {
  /// The first line says what the file is, whatever its name.
  static func isNamed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: "#cloud-config".utf8)
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for key in ["bootcmd", "runcmd"] {
      for item in root[key]?.items ?? [] {
        if let fragment = item.shellFragment(
          context.path, .configuration(key: key), sequence: "cloud-init")
        {
          collector.fragments.append(fragment)
        }
      }
    }
    for item in root["packages"]?.items ?? [] {
      // `[name, version]` fixes the version.
      let names = item.kind == .sequence ? item.items : [item]
      guard let name = names.first, let text = name.text else { continue }
      let version = names.count == 2 ? names[1].text ?? "" : ""
      collector.dependencies.append(
        Dependency(
          .system, text, version, version.isEmpty ? .nothing : .version,
          at: context.location(name.start, name.end), group: "packages", construct: text))
    }
    for file in root["write_files"]?.items ?? [] {
      guard let name = file["path"]?.text, let content = file["content"],
        let text = content.text, file["encoding"] == nil,
        case .script(let interpreter)? = ShellFile(name, Array(text.utf8)),
        let fragment = content.shellFragment(
          context.path, .configuration(key: "write_files"), interpreter: interpreter)
      else { continue }
      collector.fragments.append(fragment)
    }
  }
}

/// Packages of the system that repo2docker installs: apt.txt.
enum RepositoryBuild {
  static func isNamed(_ path: RelativePath) -> Bool {
    let folder = path.parent?.name ?? ""
    return path.name == "apt.txt" && ["", "binder", ".binder"].contains(folder)
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    SpaceHeader.readPackages(context, into: &collector)
  }
}
