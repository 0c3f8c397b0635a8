import Core
import JSON

/// DESCRIPTION of an R package.
enum RDescription {
  private static let fields: [String: Dependency.Purpose] = [
    "Depends": .run, "Imports": .run, "LinkingTo": .build, "Suggests": .development,
    "Enhances": .development, "Remotes": .run,
  ]

  /// Packages that come with R.
  private static let base: Set<String> = [
    "R", "base", "compiler", "datasets", "graphics", "grDevices", "grid", "methods", "parallel",
    "splines", "stats", "stats4", "tcltk", "tools", "utils",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard context.bytes.firstRange(of: "Package:".utf8) != nil else { return }
    var field = ""
    var number = 0
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw, as: UTF8.self)
      var text = line[...]
      if let first = line.first, first != " ", first != "\t" {
        guard let colon = line.firstIndex(of: ":") else { continue }
        field = String(line[..<colon])
        text = line[line.index(after: colon)...]
      }
      guard let purpose = fields[field] else { continue }
      var column = line.utf8.count - text.utf8.count + 1
      for entry in text.split(separator: ",", omittingEmptySubsequences: false) {
        let blanks = entry.utf8.prefix { $0 <= 0x20 }.count
        let start = TextPosition(line: number, column: column + blanks)
        column += entry.utf8.count + 1
        let words = Construct.normalised(entry)
        if words.isEmpty { continue }
        let location = context.location(
          start, TextPosition(line: number, column: start.column + words.utf8.count))
        if field == "Remotes" {
          remote(words, at: location, into: &collector)
        } else {
          package(words, purpose, at: location, into: &collector)
        }
      }
    }
  }

  private static func package(
    _ text: String, _ purpose: Dependency.Purpose, at location: Location,
    into collector: inout ManifestCollector
  ) {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." }
    guard !name.isEmpty, !base.contains(String(name)) else { return }
    let wanted = text[name.endIndex...].filter { !" ()".contains($0) }
    collector.dependencies.append(
      Dependency(
        .cran, String(name), wanted,
        wanted.isEmpty ? .nothing : wanted.hasPrefix("==") ? .version : .range, at: location,
        purpose: purpose, construct: text))
  }

  /// `owner/name@ref`, `gitlab::owner/name`, `git::https://…`.
  private static func remote(
    _ text: String, at location: Location, into collector: inout ManifestCollector
  ) {
    var kind = "github"
    var rest = text
    if let mark = text.firstRange(of: "::") {
      kind = String(text[..<mark.lowerBound].split(separator: "=").last ?? "")
      rest = String(text[mark.upperBound...])
    }
    if kind == "local" { return }
    let parts = rest.split(separator: "@", maxSplits: 1).map(String.init)
    let host = ["github": "https://github.com/", "gitlab": "https://gitlab.com/"][kind] ?? ""
    let revision = parts.count == 2 ? parts[1] : ""
    collector.dependencies.append(
      Dependency(
        .git, host + (parts.first ?? rest), revision,
        revision.isEmpty ? .branch : Dependency.Level(Pinning(git: revision)), at: location,
        group: "Remotes", construct: text))
  }
}

/// Project.toml of Julia.
enum JuliaProject {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    for (table, purpose) in [("deps", Dependency.Purpose.run), ("extras", .development)] {
      for entry in root[table]?.table?.entries ?? [] {
        // The identity of a package is a UUID; what comes with the language has no entry in compat.
        guard entry.value.string?.utf8.count == 36, !standard.contains(entry.key) else { continue }
        let wanted = root.value(at: "compat", entry.key)?.string ?? ""
        let isExact = wanted.hasPrefix("=") && !wanted.contains(",")
        collector.dependencies.append(
          Dependency(
            .julia, entry.key, wanted, wanted.isEmpty ? .nothing : isExact ? .version : .range,
            at: context.location(entry.keyPosition, entry.value.end), purpose: purpose,
            construct: "\(entry.key) \(wanted)"))
      }
    }
  }

  private static let standard: Set<String> = [
    "Artifacts", "Base64", "Dates", "DelimitedFiles", "Distributed", "Downloads", "FileWatching",
    "InteractiveUtils", "LibGit2", "Libdl", "LinearAlgebra", "Logging", "Markdown", "Mmap",
    "Pkg", "Printf", "Profile", "REPL", "Random", "SHA", "Serialization", "SharedArrays",
    "Sockets", "SparseArrays", "Statistics", "TOML", "Tar", "Test", "UUIDs", "Unicode",
  ]
}

/// conanfile.py: `requires` of the recipe, as an attribute or in calls.
enum ConanScript {
  private static let words: Set<String> = [
    "requires", "tool_requires", "build_requires", "test_requires",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let tree = PythonSyntaxTree.parse(context.bytes)
    let module = PythonListModule(tree)
    for node in tree.allNodes {
      var roots: [PythonNode] = []
      if tree.kind(node) == .call {
        guard case .call(let callee, let arguments)? = tree.expression(node),
          case .attribute(_, let name)? = tree.expression(callee),
          words.contains(tree.string(name))
        else { continue }
        roots = Array(arguments.prefix(1))
      } else if case .assignment(let targets, let value)? = tree.statement(node),
        targets.contains(where: { target in
          guard case .name(let name)? = tree.expression(target) else { return false }
          return words.contains(tree.string(name))
        })
      {
        roots = [value]
      }
      for string in module.strings(from: roots).strings {
        guard let text = string.lines.first?.text else { continue }
        ConanFile.requirement(
          text, purpose: .run,
          at: context.location(tree.start(string.node), tree.end(string.node)), into: &collector)
      }
    }
  }
}

/// conanfile.txt.
enum ConanFile {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var section = ""
    for (text, location) in RubyList.lines(context) {
      let words = Construct.normalised(text.prefix { $0 != " " || text.hasPrefix("[") })
      if words.hasPrefix("["), words.hasSuffix("]"), !words.contains("/") {
        section = String(words.dropFirst().dropLast())
        continue
      }
      guard ["requires", "tool_requires", "build_requires", "test_requires"].contains(section)
      else { continue }
      requirement(
        Construct.normalised(text), purpose: section == "requires" ? .run : .build, at: location,
        into: &collector)
    }
  }

  /// `name/version@user/channel#revision of the recipe`.
  static func requirement(
    _ text: String, purpose: Dependency.Purpose, at location: Location,
    into collector: inout ManifestCollector
  ) {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    let isRange = parts[1].hasPrefix("[")
    let version = isRange ? parts[1] : String(parts[1].prefix { $0 != "@" && $0 != "#" })
    collector.dependencies.append(
      Dependency(
        .conan, parts[0], version,
        parts[1].contains("#") ? .content : isRange ? .range : .version, at: location,
        purpose: purpose, construct: text))
  }
}

/// vcpkg.json.
enum VcpkgManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.json(context) else { return }
    // The commit of the registry fixes the version of every port.
    let baseline = root["builtin-baseline"]?.string ?? ""
    let isFixed = Dependency.Level(Pinning(git: baseline)) == .commit
    for item in root["dependencies"]?.array ?? [] {
      guard let name = item.string ?? item["name"]?.string else { continue }
      let wanted = item["version>="]?.string ?? ""
      collector.dependencies.append(
        Dependency(
          .vcpkg, name, isFixed ? baseline : wanted,
          isFixed ? .commit : wanted.isEmpty ? .nothing : .range,
          at: context.location(item.position), construct: "\(name) \(wanted)"))
    }
  }
}

/// composer.json.
enum ComposerManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    // The scripts in it.
    ToolConfiguration.read(context, into: &collector)
    guard let root = try? JSONParser.parse(JSONComments.blanked(context.bytes), .lenient) else {
      return
    }
    for (key, purpose) in [("require", Dependency.Purpose.run), ("require-dev", .development)] {
      for member in root[key]?.object?.members ?? [] {
        // What has no vendor is the platform.
        guard member.key.contains("/"), let text = member.value.string else { continue }
        collector.dependencies.append(
          Dependency(
            .composer, member.key, text, level(text), at: context.location(member.keyPosition),
            group: key, purpose: purpose, construct: "\(member.key) \(text)"))
      }
    }
  }

  private static func level(_ text: String) -> Dependency.Level {
    if text.hasPrefix("dev-") || text.hasSuffix("-dev") {
      let commit = text.split(separator: "#").dropFirst().first.map(String.init) ?? ""
      return Dependency.Level(Pinning(git: commit)) == .commit ? .commit : .branch
    }
    if text.isEmpty || text == "*" { return .nothing }
    let isPlain = text.drop { $0 == "v" || $0 == "=" }.allSatisfy { $0.isNumber || $0 == "." }
    return isPlain ? .version : .range
  }
}

/// deno.json and import maps: what names in imports stand for.
enum DenoConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    ToolConfiguration.read(context, into: &collector)
    readImports(context, into: &collector)
  }

  /// An import map, also one that stands in a page.
  static func readImports(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = try? JSONParser.parse(JSONComments.blanked(context.bytes), .lenient) else {
      return
    }
    let scopes = root["scopes"]?.object?.members.map(\.value) ?? []
    for map in [root["imports"]].compactMap({ $0 }) + scopes {
      for member in map.object?.members ?? [] {
        guard let text = member.value.string else { continue }
        entry(text, at: context.location(member.value.position), into: &collector)
      }
    }
  }

  private static func entry(
    _ text: String, at location: Location, into collector: inout ManifestCollector
  ) {
    for scheme in ["npm:", "jsr:"] where text.hasPrefix(scheme) {
      // `npm:@scope/name@1.0/file`.
      var rest = text.dropFirst(scheme.count)
      if rest.hasPrefix("/") { rest = rest.dropFirst() }
      let at = rest.dropFirst().firstIndex(of: "@")
      let name = at.map { String(rest[..<$0]) } ?? String(rest)
      let version = at.map { String(rest[rest.index(after: $0)...].prefix { $0 != "/" }) } ?? ""
      var dependency = Dependency(
        .npm, scheme == "npm:" ? name : "jsr:\(name)", version, .nothing, at: location,
        group: "imports", construct: text)
      NodeManifest.apply(version, to: &dependency)
      collector.dependencies.append(dependency)
      return
    }
    if let found = DeclaredDownload.file(
      text, digest: nil, kind: .script, at: location, cause: "imports")
    {
      collector.downloads.append(found)
    }
  }
}

/// mise.toml and .tool-versions: programs that a version manager installs.
enum ToolVersions {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for (text, location) in RubyList.lines(context) {
      let words = text.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let name = words.first else { continue }
      add(name, words.dropFirst().first ?? "", at: location, into: &collector)
    }
  }

  static func readTOML(_ context: ManifestContext, into collector: inout ManifestCollector) {
    CommandDocument.readTOML(context, into: &collector)
    guard let root = try? TOML.parse(context.bytes) else { return }
    for entry in root["tools"]?.table?.entries ?? [] {
      for value in entry.value.array ?? [entry.value] {
        guard let version = value.string ?? value["version"]?.string else { continue }
        add(
          entry.key, version, at: context.location(entry.keyPosition, value.end), into: &collector)
      }
    }
  }

  private static func add(
    _ name: String, _ version: String, at location: Location,
    into collector: inout ManifestCollector
  ) {
    let level: Dependency.Level
    if version.hasPrefix("path:") || version == "system" {
      level = .local
    } else if version.hasPrefix("ref:") {
      level = Dependency.Level(Pinning(git: String(version.dropFirst(4))))
    } else if version.isEmpty || version.hasPrefix("latest") || version.hasPrefix("lts") {
      level = .nothing
    } else {
      // `3.10` is the newest of many.
      level = version.split(separator: ".").count > 2 ? .version : .range
    }
    collector.dependencies.append(
      Dependency(
        .tool, name, version, level, at: location, purpose: .development,
        construct: "\(name) \(version)"))
  }
}

/// requirements.yml of Ansible Galaxy.
enum GalaxyRequirements {
  static func isRequirements(_ path: RelativePath, _ root: YAMLNode) -> Bool {
    guard path.name == "requirements.yml" || path.name == "requirements.yaml" else { return false }
    return root["roles"] != nil || root["collections"] != nil
      || root.items.contains { $0["src"] != nil || $0["role"] != nil }
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    let entries = (root["roles"]?.items ?? []) + (root["collections"]?.items ?? []) + root.items
    for entry in entries {
      let source = entry["src"] ?? entry["name"] ?? entry["role"] ?? entry
      guard let name = source.text, !source.isNull else { continue }
      let version = entry["version"]?.text ?? ""
      let isRepository =
        name.contains("://") || name.hasPrefix("git@") || name.hasPrefix("git+")
        || entry["type"]?.text == "git"
      let level: Dependency.Level
      if isRepository {
        level = version.isEmpty ? .branch : Dependency.Level(Pinning(git: version))
      } else if version.isEmpty || version == "*" {
        level = .nothing
      } else {
        level = version.contains { "<>=!*,".contains($0) } ? .range : .version
      }
      collector.dependencies.append(
        Dependency(
          isRepository ? .git : .ansibleGalaxy, name, version, level,
          at: context.location(source.start, source.end), construct: "\(name) \(version)"))
    }
  }
}

/// Taskfile of Task: tasks that are a command each, and files taken in from elsewhere.
enum Taskfile {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      PlainPipeline.read(root, context, into: &collector)
      for task in root["tasks"]?.mergedEntries ?? [] {
        guard task.value.kind != .mapping else { continue }
        for command in task.value.itemsOrSelf {
          if let fragment = (command["cmd"] ?? command).shellFragment(
            context.path, .recipe(target: task.key.text ?? ""), interpreter: .sh,
            sequence: task.key.text)
          {
            collector.fragments.append(fragment)
          }
        }
      }
      for include in root["includes"]?.mergedEntries ?? [] {
        let node = include.value["taskfile"] ?? include.value
        guard let address = node.text,
          let found = DeclaredDownload.file(
            address, digest: include.value["checksum"]?.text,
            at: context.location(node.start, node.end), cause: "includes")
        else { continue }
        collector.downloads.append(found)
      }
    }
  }
}
