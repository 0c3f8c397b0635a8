import Core
import JSON

/// Lock files of R, .NET, PHP and CocoaPods.
enum OtherLocks {
  /// renv.lock: the version of each package, or the commit that it was taken from.
  static func renv(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .cran)
    for member in root["Packages"]?.object?.members ?? [] {
      let commit = member.value["RemoteSha"]?.string ?? ""
      let level = Dependency.Level(Pinning(git: commit))
      file.add(
        member.key, member.value["Version"]?.string ?? "", level == .commit ? .commit : .version)
    }
    return file
  }

  /// packages.lock.json: the SHA-512 digest of each package, by framework.
  static func nuget(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .nuget)
    for framework in root["dependencies"]?.object?.members ?? [] {
      for member in framework.value.object?.members ?? [] {
        let digest = member.value["contentHash"]?.string ?? ""
        file.add(
          member.key.lowercased(), member.value["resolved"]?.string ?? "",
          digest.utf8.count == 88 ? .content : .version)
      }
    }
    return file
  }

  /// composer.lock: the commit that each package was packed from.
  static func composer(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .composer)
    for key in ["packages", "packages-dev"] {
      for package in root[key]?.array ?? [] {
        guard let name = package["name"]?.string else { continue }
        let commit = package["source"]?["reference"]?.string ?? ""
        let level = Dependency.Level(Pinning(git: commit))
        file.add(
          name, package["version"]?.string ?? "", level == .commit ? .commit : .version)
      }
    }
    return file
  }

  /// Manifest.toml of Julia: the digest of each package's git tree.
  static func julia(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? TOML.parse(bytes) else { return nil }
    var file = LockFile(path, .julia)
    for entry in root["deps"]?.table?.entries ?? [] {
      for value in entry.value.array ?? [] {
        let digest = value["git-tree-sha1"]?.string ?? ""
        let level: Dependency.Level =
          Dependency.Level(Pinning(git: digest)) == .commit ? .commit : .version
        file.add(entry.key, value["version"]?.string ?? "", level)
      }
    }
    return file
  }

  /// Podfile.lock: `- Name (1.2.3)`, with what each needs below it.
  static func pods(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = YAMLStream(bytes).documents.first else { return nil }
    var file = LockFile(path, .cocoapods)
    for item in root["PODS"]?.items ?? [] {
      guard let text = item.text ?? item.entries.first?.key.text else { continue }
      let words = text.split(separator: " ")
      guard let name = words.first, words.count == 2 else { continue }
      file.add(String(name), words[1].filter { !"()".contains($0) }, .version)
    }
    return file
  }
}
