import Core
import JSON

/// Lock files of Python's package managers.
enum PythonLocks {
  /// poetry.lock, pdm.lock and uv.lock: lists of `[[package]]`.
  static func packages(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? TOML.parse(bytes) else { return nil }
    var file = LockFile(path, .pypi)
    if path.name == "poetry.lock", let hash = root.value(at: "metadata", "content-hash"),
      let digest = hash.string
    {
      file.claim = (digest, hash.start, hash.end)
    }
    for package in root["package"]?.array ?? [] {
      guard let name = package["name"]?.string else { continue }
      let version = package["version"]?.string ?? ""
      // Poetry before 1.5 kept all digests in one table at the end.
      let files =
        package["files"]?.array ?? root.value(at: "metadata", "files", name)?.array ?? []
      var hashes = files.map { $0["hash"]?.string ?? "" }
      hashes += (package["wheels"]?.array ?? []).map { $0["hash"]?.string ?? "" }
      if let archive = package["sdist"], archive.table != nil {
        hashes.append(archive["hash"]?.string ?? "")
      }
      let (commit, isLocal) = source(package)
      let level: Dependency.Level
      if isLocal {
        level = .local
      } else if let commit {
        level = Dependency.Level(Pinning(git: commit))
      } else {
        level =
          !hashes.isEmpty && hashes.allSatisfy(PythonDependencies.isDigest) ? .content : .version
      }
      file.add(PythonRequirement.normalize(name), commit ?? version, level)
    }
    return file
  }

  /// The commit of a package from a repository, and whether it lies in the project itself.
  private static func source(_ package: TOMLValue) -> (commit: String?, isLocal: Bool) {
    // PDM writes the commit into the package itself.
    if let revision = package["revision"]?.string { return (revision, false) }
    guard let source = package["source"] else {
      return (package["path"] == nil ? nil : nil, package["path"] != nil)
    }
    switch source["type"]?.string {
    case "git":
      return (source["resolved_reference"]?.string ?? source["reference"]?.string ?? "", false)
    case "directory", "file": return (nil, true)
    default: break
    }
    for key in ["editable", "virtual", "directory", "path"] where source[key] != nil {
      return (nil, true)
    }
    // uv: `git = "https://…?rev=main#<commit>"`.
    if let address = source["git"]?.string {
      return (address.split(separator: "#").last.map(String.init) ?? "", false)
    }
    return (nil, false)
  }

  static func pipfile(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .pypi)
    for group in root.object?.members ?? [] where group.key != "_meta" {
      for package in group.value.object?.members ?? [] {
        let value = package.value
        let version = (value["version"]?.string ?? "").drop { $0 == "=" }
        let hashes = value["hashes"]?.array?.map { $0.string ?? "" } ?? []
        let level: Dependency.Level
        if value["git"] != nil {
          level = Dependency.Level(Pinning(git: value["ref"]?.string ?? ""))
        } else if value["path"] != nil || value["editable"]?.bool == true {
          level = .local
        } else {
          level =
            !hashes.isEmpty && hashes.allSatisfy(PythonDependencies.isDigest) ? .content : .version
        }
        file.add(
          PythonRequirement.normalize(package.key), value["ref"]?.string ?? String(version), level)
      }
    }
    return file
  }

  /// pylock.toml of PEP 751.
  static func pylock(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? TOML.parse(bytes) else { return nil }
    var file = LockFile(path, .pypi)
    for package in root["packages"]?.array ?? [] {
      guard let name = package["name"]?.string else { continue }
      var artifacts = package["wheels"]?.array ?? []
      for key in ["sdist", "archive"] {
        if let artifact = package[key] { artifacts.append(artifact) }
      }
      let level: Dependency.Level
      if package["directory"] != nil {
        level = .local
      } else if let commit = package.value(at: "vcs", "commit-id")?.string {
        level = Dependency.Level(Pinning(git: commit))
      } else {
        let isHashed = artifacts.allSatisfy { artifact in
          artifact["hashes"]?.table?.entries.contains { entry in
            PythonDependencies.isDigest("\(entry.key):\(entry.value.string ?? "")")
          } ?? false
        }
        level = !artifacts.isEmpty && isHashed ? .content : .version
      }
      let version =
        package["version"]?.string ?? package.value(at: "vcs", "commit-id")?.string ?? ""
      file.add(PythonRequirement.normalize(name), version, level)
    }
    return file
  }
}

/// Lock files of conda and pixi.
enum CondaLocks {
  static func condaLock(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = YAMLStream(bytes).documents.first else { return nil }
    var file = LockFile(path, .conda)
    for package in root["package"]?.items ?? [] {
      guard let name = package["name"]?.text else { continue }
      let hash = package["hash"]?["sha256"]?.text ?? ""
      let isPip = package["manager"]?.text == "pip"
      file.add(
        isPip ? PythonRequirement.normalize(name) : name, package["version"]?.text ?? "",
        hash.utf8.count == 64 ? .content : .version)
    }
    return file
  }

  /// Packages stand as addresses whose last part is `name-version-build.conda`, or with a name.
  static func pixi(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = YAMLStream(bytes).documents.first else { return nil }
    var file = LockFile(path, .conda)
    for package in root["packages"]?.items ?? [] {
      let isHashed = package["sha256"]?.text?.utf8.count == 64
      let level: Dependency.Level = isHashed ? .content : .version
      if let name = package["name"]?.text {
        file.add(
          package["pypi"] == nil ? name : PythonRequirement.normalize(name),
          package["version"]?.text ?? "", level)
      } else if let address = package["conda"]?.text {
        let fields = address.split(separator: "/").last?.split(separator: "-") ?? []
        guard fields.count >= 3 else { continue }
        file.add(
          fields.dropLast(2).joined(separator: "-"), String(fields[fields.count - 2]), level)
      }
    }
    return file
  }
}
