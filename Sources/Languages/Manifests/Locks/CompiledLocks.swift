import Core
import JSON

/// Lock files of Cargo, Go, Swift and Ruby.
enum CompiledLocks {
  static func cargo(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? TOML.parse(bytes) else { return nil }
    var file = LockFile(path, .cargo)
    for package in root["package"]?.array ?? [] {
      guard let name = package["name"]?.string else { continue }
      let version = package["version"]?.string ?? ""
      guard let source = package["source"]?.string else {
        // A member of the workspace itself.
        file.add(name, version, .local)
        continue
      }
      if source.hasPrefix("git+"), let commit = source.split(separator: "#").last {
        file.add(name, String(commit), Dependency.Level(Pinning(git: commit)))
      } else {
        let digest = package["checksum"]?.string ?? ""
        file.add(name, version, digest.utf8.count == 64 ? .content : .version)
      }
    }
    return file
  }

  /// go.sum: `module version h1:digest`, and the digest of each go.mod alone.
  static func go(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    var file = LockFile(path, .go)
    for raw in bytes.split(separator: 0x0A) {
      let words = raw.split { $0 == 0x20 || $0 == 0x0D }
      guard words.count == 3, words[2].starts(with: "h1:".utf8) else { continue }
      let version = String(decoding: words[1], as: UTF8.self)
      if version.hasSuffix("/go.mod") { continue }
      file.add(String(decoding: words[0], as: UTF8.self), version, .content)
    }
    return file
  }

  /// Package.resolved: `pins` at the top since version 2, below `object` before.
  static func swift(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    guard let root = try? JSONParser.parse(bytes, .lenient) else { return nil }
    var file = LockFile(path, .swift)
    for pin in (root["pins"] ?? root["object"]?["pins"])?.array ?? [] {
      let address = pin["location"]?.string ?? pin["repositoryURL"]?.string ?? ""
      let revision = pin["state"]?["revision"]?.string ?? ""
      let version = pin["state"]?["version"]?.string ?? revision
      file.add(LockFiles.identity(address), version, Dependency.Level(Pinning(git: revision)))
    }
    return file
  }

  /// Gemfile.lock: four blanks before each locked gem; digests under `CHECKSUMS` where Bundler
  /// was told to keep them.
  static func gems(_ path: RelativePath, _ bytes: [UInt8]) -> LockFile? {
    var file = LockFile(path, .rubygems)
    var section = ""
    var versions: [(name: String, version: String, revision: String?)] = []
    var revision: String?
    var hashed: Set<String> = []
    for raw in bytes.split(separator: 0x0A) {
      let line = String(decoding: raw, as: UTF8.self)
      let indent = line.prefix { $0 == " " }.count
      let words = line.split { " ()\r".contains($0) }.map(String.init)
      guard let first = words.first else { continue }
      if indent == 0 {
        section = first
        revision = nil
      } else if section == "GIT", first == "revision:", words.count > 1 {
        revision = words[1]
      } else if ["GEM", "GIT"].contains(section), indent == 4, words.count > 1 {
        versions.append((first, words[1], revision))
      } else if section == "CHECKSUMS", words.contains(where: { $0.hasPrefix("sha256=") }) {
        hashed.insert(first)
      }
    }
    for entry in versions {
      if let revision = entry.revision {
        file.add(entry.name, revision, Dependency.Level(Pinning(git: revision)))
      } else {
        file.add(entry.name, entry.version, hashed.contains(entry.name) ? .content : .version)
      }
    }
    return file
  }
}
