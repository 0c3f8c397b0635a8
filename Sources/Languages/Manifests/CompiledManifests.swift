import Core

/// Cargo.toml.
enum CargoManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    tables(root, context, into: &collector)
    // What takes the place of a package wherever it is asked for.
    for registry in root["patch"]?.table?.entries ?? [] {
      entries(registry.value, "patch", .run, context, into: &collector)
    }
    entries(root["replace"], "replace", .run, context, into: &collector)
    if let workspace = root["workspace"] { tables(workspace, context, into: &collector) }
    for target in root["target"]?.table?.entries ?? [] {
      tables(target.value, context, into: &collector)
    }
  }

  private static func tables(
    _ root: TOMLValue, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for (key, purpose) in [
      ("dependencies", Dependency.Purpose.run), ("dev-dependencies", .development),
      ("build-dependencies", .build),
    ] {
      entries(root[key], key, purpose, context, into: &collector)
    }
  }

  private static func entries(
    _ table: TOMLValue?, _ key: String, _ purpose: Dependency.Purpose, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    for entry in table?.table?.entries ?? [] {
      let value = entry.value
      // Declared once for the whole workspace, and read there.
      if value["workspace"]?.boolean == true { continue }
      let name = value["package"]?.string ?? entry.key
      var dependency = Dependency(
        .cargo, name, "", .nothing,
        at: context.location(entry.keyPosition, value.end), group: key, purpose: purpose,
        construct: "")
      if let text = value.string ?? value["version"]?.string {
        dependency.requirement = text
        if let range = SemanticRange.cargo(text) {
          dependency.level =
            range.exactVersion != nil ? .version : range.isAny ? .nothing : .range
        } else {
          dependency.level = .dynamic
        }
      }
      PoetryManifest.apply(
        git: value["git"]?.string, revision: value["rev"]?.string, tag: value["tag"]?.string,
        branch: value["branch"]?.string, url: nil, path: value["path"]?.string, to: &dependency)
      dependency.construct = "\(name) \(dependency.requirement)"
      collector.dependencies.append(dependency)
    }
  }
}

/// go.mod: every version is exact; go.sum holds the digests.
enum GoModule {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var number = 0
    var block = ""
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      var line = String(decoding: raw, as: UTF8.self)
      if let comment = line.firstRange(of: "//") { line = String(line[..<comment.lowerBound]) }
      var words = line.split(whereSeparator: { " \t\r".contains($0) }).map(String.init)
      guard let first = words.first else { continue }
      if first == ")" {
        block = ""
        continue
      }
      if words.count == 2, words[1] == "(" {
        block = first
        continue
      }
      var directive = block
      if directive.isEmpty {
        directive = first
        words.removeFirst()
      }
      let column = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count + 1
      let location = context.location(
        TextPosition(line: number, column: column),
        TextPosition(line: number, column: line.utf8.count + 1))
      let construct = words.joined(separator: " ")
      switch directive {
      case "require" where words.count == 2:
        collector.dependencies.append(
          Dependency(.go, words[0], words[1], .version, at: location, construct: construct))
      case "replace":
        guard let arrow = words.firstIndex(of: "=>"), arrow + 1 < words.count else { continue }
        let target = words[arrow + 1]
        let version = arrow + 2 < words.count ? words[arrow + 2] : ""
        let isLocal = target.hasPrefix("./") || target.hasPrefix("../") || target.hasPrefix("/")
        collector.dependencies.append(
          Dependency(
            .go, target, version, isLocal ? .local : version.isEmpty ? .nothing : .version,
            at: location, group: "replace", construct: construct))
      default: continue
      }
    }
  }
}

/// Package.swift: the calls of `.package` and `.binaryTarget` that are written out.
enum SwiftPackage {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let text = context.bytes
    let lines = LineTable(text)
    for (keyword, isBinary) in [(".package(", false), (".binaryTarget(", true)] {
      let pattern = Array(keyword.utf8)
      var index = text.startIndex
      while let range = text[index...].firstRange(of: pattern) {
        index = range.upperBound
        if isInComment(text, range.lowerBound, lines) { continue }
        guard let end = closing(text, range.upperBound) else { break }
        let call = String(decoding: text[range.upperBound..<end], as: UTF8.self)
        let location = context.location(
          lines.position(of: range.lowerBound), lines.position(of: end + 1))
        if let dependency = dependency(call, isBinary: isBinary, at: location) {
          collector.dependencies.append(dependency)
        }
      }
    }
  }

  private static func isInComment(_ text: [UInt8], _ offset: Int, _ lines: LineTable) -> Bool {
    let start = lines.start(ofLine: lines.line(of: offset))
    return text[start..<offset].firstRange(of: "//".utf8) != nil
      && text[start..<offset].firstRange(of: "://".utf8) == nil
  }

  /// The parenthesis that closes the one before `start`.
  private static func closing(_ text: [UInt8], _ start: Int) -> Int? {
    var depth = 1
    var index = start
    var inString = false
    // A call of a manifest fits into a few lines.
    while index < min(text.count, start + 4000) {
      switch text[index] {
      case UInt8(ascii: "\\") where inString: index += 1
      case UInt8(ascii: "\""): inString.toggle()
      case UInt8(ascii: "(") where !inString: depth += 1
      case UInt8(ascii: ")") where !inString:
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private static func argument(_ name: String, _ call: String) -> String? {
    guard let range = call.firstRange(of: name) else { return nil }
    let rest = call[range.upperBound...].drop { $0 == " " || $0 == "(" || $0 == "\n" || $0 == ":" }
    guard rest.first == "\"" else { return nil }
    return String(rest.dropFirst().prefix { $0 != "\"" })
  }

  private static func dependency(
    _ call: String, isBinary: Bool, at location: Location
  ) -> Dependency? {
    let construct = Construct.normalised(call)
    guard let url = argument("url:", call) else { return nil }
    if isBinary {
      let digest = argument("checksum:", call) ?? ""
      return Dependency(
        .swift, url, digest, digest.utf8.count == 64 ? .content : .nothing, at: location,
        construct: construct)
    }
    var dependency = Dependency(.swift, url, "", .range, at: location, construct: construct)
    if let version = argument("exact:", call) ?? argument(".exact(", call) {
      dependency.requirement = version
      dependency.level = .version
    } else if let revision = argument("revision:", call) ?? argument(".revision(", call) {
      dependency.requirement = revision
      dependency.level = Dependency.Level(Pinning(git: revision))
    } else if let branch = argument("branch:", call) ?? argument(".branch(", call) {
      dependency.requirement = branch
      dependency.level = .branch
    } else if let from = argument("from:", call) {
      dependency.requirement = "from \(from)"
    }
    return dependency
  }
}
