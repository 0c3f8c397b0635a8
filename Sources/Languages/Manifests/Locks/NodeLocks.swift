import Core
import JSON

/// Lock files of JavaScript's package managers.
enum NodeLocks {
  /// package-lock.json: `packages` by path since version 2, `dependencies` by name before.
  static func npm(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .npm)
    for member in root["packages"]?.object?.members ?? [] {
      // Only what lies directly under the project is what its manifest names.
      let parts = member.key.split(separator: "/", omittingEmptySubsequences: false)
      guard let place = parts.lastIndex(of: "node_modules"),
        !parts[..<place].contains("node_modules"), place + 1 < parts.count
      else { continue }
      add(
        parts[(place + 1)...].joined(separator: "/"), member.value, to: &file,
        isLocal: member.value["link"]?.bool == true)
    }
    if file.packages.isEmpty {
      for member in root["dependencies"]?.object?.members ?? [] {
        add(member.key, member.value, to: &file, isLocal: false)
      }
    }
    return file
  }

  private static func add(
    _ name: String, _ value: JSONValue, to file: inout LockFile, isLocal: Bool
  ) {
    let version = value["version"]?.string ?? ""
    let resolved = value["resolved"]?.string ?? version
    if isLocal || resolved.hasPrefix("file:") {
      file.add(name, version, .local)
    } else if resolved.hasPrefix("git"), let hash = resolved.split(separator: "#").last {
      file.add(name, String(hash), Dependency.Level(Pinning(git: hash)))
    } else {
      file.add(
        name, version, value["integrity"]?.string.map(isIntegrity) == true ? .content : .version)
    }
  }

  /// Whether a subresource integrity names a digest of SHA-256 or better.
  static func isIntegrity(_ text: String) -> Bool {
    text.split(separator: " ").contains { value in
      ["sha256-": 44, "sha384-": 64, "sha512-": 88].contains { prefix, length in
        value.hasPrefix(prefix) && value.utf8.count >= prefix.utf8.count + length
      }
    }
  }

  /// yarn.lock: the form of version 1, and the YAML of later ones.
  static func yarn(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    var file = LockFile(path, .npm)
    if bytes.firstRange(of: "__metadata:".utf8) != nil {
      guard let root = YAMLStream(bytes).documents.first else { return nil }
      for entry in root.entries {
        guard let key = entry.key.text, key != "__metadata" else { continue }
        let version = entry.value["version"]?.text ?? ""
        let resolution = entry.value["resolution"]?.text ?? ""
        for descriptor in key.split(separator: ",") {
          guard let name = name(of: descriptor) else { continue }
          if resolution.contains("@workspace:") {
            file.add(name, version, .local)
          } else {
            let digest = entry.value["checksum"]?.text ?? ""
            file.add(name, version, digest.utf8.count >= 64 ? .content : .version)
          }
        }
      }
      return file
    }
    var names: [String] = []
    var version = ""
    var resolved = ""
    var integrity = ""
    func close() {
      for name in names {
        if let commit = resolved.split(separator: "#").last, commit.utf8.count == 40,
          !resolved.contains(".tgz")
        {
          file.add(name, String(commit), .commit)
        } else {
          file.add(name, version, isIntegrity(integrity) ? .content : .version)
        }
      }
      (names, version, resolved, integrity) = ([], "", "", "")
    }
    for raw in bytes.split(separator: 0x0A) {
      let line = String(decoding: raw, as: UTF8.self)
      if line.hasPrefix("#") { continue }
      if !line.hasPrefix(" ") {
        close()
        guard line.hasSuffix(":") || line.hasSuffix(":\r") else { continue }
        names = line.split(separator: ",").compactMap(name)
      } else if line.hasPrefix("  "), !line.hasPrefix("    ") {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { continue }
        let value = words[1].filter { $0 != "\"" && $0 != "\r" }
        switch words[0] {
        case "version": version = value
        case "resolved": resolved = value
        case "integrity": integrity = value
        default: break
        }
      }
    }
    close()
    return file
  }

  /// The package of a descriptor: `"@scope/name@npm:^1.0"` and the like.
  private static func name(of descriptor: Substring) -> String? {
    let bare = descriptor.filter { !" \":".contains($0) || $0 == ":" }.drop { $0 == "\"" }
    guard let at = bare.dropFirst().firstIndex(of: "@") else { return nil }
    return String(bare[..<at])
  }

  static func pnpm(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = YAMLStream(bytes).documents.first else { return nil }
    var file = LockFile(path, .npm)
    for entry in root["packages"]?.entries ?? [] {
      guard let key = entry.key.text else { continue }
      // `/name/1.0.0`, `/name@1.0.0`, `name@1.0.0(peer@2)`.
      let bare = key.drop { $0 == "/" }.prefix { $0 != "(" }
      let cut = bare.dropFirst().lastIndex(of: "@") ?? bare.lastIndex(of: "/")
      guard let cut else { continue }
      let resolution = entry.value["resolution"]
      let version = String(bare[bare.index(after: cut)...])
      let level: Dependency.Level
      if let commit = resolution?["commit"]?.text {
        level = Dependency.Level(Pinning(git: commit))
      } else {
        level = resolution?["integrity"]?.text.map(isIntegrity) == true ? .content : .version
      }
      file.add(String(bare[..<cut]), version, level)
    }
    return file
  }

  /// bun.lock: JSON with commas at the end, packages as lists `[name@version, …, integrity]`.
  static func bun(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(JSONComments.blanked(bytes), .lenient) else {
      return nil
    }
    var file = LockFile(path, .npm)
    for member in root["packages"]?.object?.members ?? [] {
      let list = member.value.array ?? []
      guard let text = list.first?.string, let at = text.dropFirst().lastIndex(of: "@") else {
        continue
      }
      let version = String(text[text.index(after: at)...])
      let isHashed = list.last?.string.map(isIntegrity) ?? false
      let isLocal = version.hasPrefix("workspace:") || version.hasPrefix("file:")
      file.add(
        member.key, version, isLocal ? .local : isHashed ? .content : .version)
    }
    return file
  }

  /// devcontainer-lock.json: features with the digest of their artifact.
  static func devcontainer(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .devcontainer)
    for member in root["features"]?.object?.members ?? [] {
      guard let reference = ImageReference(member.key) else { continue }
      let integrity = member.value["integrity"]?.string ?? ""
      file.add(
        reference.name, member.value["version"]?.string ?? "",
        PythonDependencies.isDigest(integrity) ? .content : .version)
    }
    return file
  }
}
