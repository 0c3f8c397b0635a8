import Core
import JSON

/// package.json.
enum NodeManifest {
  /// What lies under node_modules is installed already: nobody installs from its manifests.
  static func readUnlessInstalled(
    _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    if context.path.description.contains("node_modules/") { return }
    read(context, into: &collector)
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.json(context) else { return }
    for (key, purpose) in [
      ("dependencies", Dependency.Purpose.run), ("optionalDependencies", .run),
      ("devDependencies", .development),
    ] {
      for member in root[key]?.object?.members ?? [] {
        guard let text = member.value.string else { continue }
        let name = member.key
        var dependency = Dependency(
          .npm, name, text, .nothing, at: context.location(member.keyPosition), group: key,
          purpose: purpose, construct: "\(name) \(text)")
        apply(text, to: &dependency)
        collector.dependencies.append(dependency)
      }
    }
    for script in root["scripts"]?.object?.members ?? [] {
      guard let text = script.value.string else { continue }
      var builder = ShellTextBuilder()
      if let inner = script.value.text(in: context.bytes), inner.isPlain {
        builder.append(
          context.bytes[inner.range],
          at: TextPosition(
            line: script.value.position.line, column: script.value.position.column + 1))
      } else {
        builder.append(decoded: text.utf8, at: script.value.position)
      }
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .packageScript(name: script.key), text: builder))
    }
  }

  /// The level of what npm is asked for: a range, a tag, an address, a repository, a path.
  static func apply(_ written: String, to dependency: inout Dependency) {
    var text = written
    if text.hasPrefix("npm:") {
      // An alias: `npm:name@range`.
      let body = text.dropFirst(4)
      text =
        body.dropFirst().lastIndex(of: "@").map { String(body[body.index(after: $0)...]) } ?? ""
    }
    dependency.requirement = written
    if ["file:", "link:", "workspace:", "portal:", "./", "../", "/", "catalog:"].contains(
      where: text.hasPrefix)
    {
      dependency.level = .local
      return
    }
    let isRepository =
      ["git+", "git:", "git@", "github:", "gitlab:", "bitbucket:", "gist:", "ssh:"].contains(
        where: text.hasPrefix) || isShorthand(text)
    if isRepository {
      let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
      let reference = parts.count == 2 ? parts[1] : ""
      dependency.ecosystem = .git
      dependency.name = parts.first ?? text
      dependency.requirement = reference
      dependency.isPlaintext = text.hasPrefix("git://") || text.hasPrefix("git+http://")
      dependency.level =
        reference.isEmpty
        ? .branch
        : reference.hasPrefix("semver:") ? .range : Dependency.Level(Pinning(git: reference))
      return
    }
    if text.hasPrefix("http://") || text.hasPrefix("https://") {
      dependency.level = .branch
      dependency.isPlaintext = text.hasPrefix("http://")
      return
    }
    guard let range = SemanticRange.npm(text) else {
      // A tag of the registry, `latest` or another.
      dependency.level = text.isEmpty || text == "latest" ? .nothing : .tag
      return
    }
    dependency.level = range.exactVersion != nil ? .version : range.isAny ? .nothing : .range
  }

  /// `owner/name` without a scheme.
  private static func isShorthand(_ text: String) -> Bool {
    let bare = text.prefix { $0 != "#" }
    let parts = bare.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && !bare.contains(":") && !bare.hasPrefix("@")
      && parts.allSatisfy { !$0.isEmpty } && !bare.contains(" ")
  }
}

/// devcontainer.json: JSON with comments.
enum DevcontainerConfiguration {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name == "devcontainer.json" || path.name == ".devcontainer.json"
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.json(context, allowsComments: true) else { return }
    if let image = root["image"], let text = image.string,
      let dependency = ImageReference.dependency(
        ComposeFile.interpolated(text), at: context.location(image.position), group: "image")
    {
      collector.dependencies.append(dependency)
    }
    for feature in root["features"]?.object?.members ?? [] {
      let key = feature.key
      if key.hasPrefix("./") || key.hasPrefix("../") { continue }
      let location = context.location(feature.keyPosition)
      guard let reference = ImageReference(key) else { continue }
      let requirement = [reference.tag, reference.digest].compactMap { $0 }.joined(separator: "@")
      collector.dependencies.append(
        Dependency(
          .devcontainer, reference.name, requirement, reference.level, at: location,
          group: "features", construct: key))
    }
    for key in [
      "initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand",
      "postStartCommand", "postAttachCommand",
    ] {
      command(root[key], key, context, into: &collector)
    }
  }

  private static func command(
    _ value: JSONValue?, _ key: String, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    if let text = value?.string, let position = value?.position {
      var builder = ShellTextBuilder()
      builder.append(decoded: text.utf8, at: position)
      collector.fragments.append(
        ShellFragment(path: context.path, place: .configuration(key: key), text: builder))
    } else if let words = value?.array {
      let arguments = words.compactMap { word in
        word.string.map { ShellArgument(ShellValue($0), at: word.position) }
      }
      collector.fragments.append(
        ShellFragment(
          path: context.path, place: .configuration(key: key), body: .arguments(arguments)))
    } else {
      // Several commands side by side, each a text or a list; they hold no further ones.
      for member in value?.object?.members ?? [] where member.value.object == nil {
        command(member.value, "\(key).\(member.key)", context, into: &collector)
      }
    }
  }
}

/// JSON with comments and commas at the end of lists.
package enum JSONComments {
  /// The same text with comments and superfluous commas made blanks, so that places stay.
  package static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var index = 0
    var lastComma: Int?
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "\""):
        lastComma = nil
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
        while index < bytes.count, bytes[index] != 0x0A {
          result[index] = 0x20
          index += 1
        }
        continue
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        var isDone = false
        while index < bytes.count, !isDone {
          isDone =
            bytes[index] == UInt8(ascii: "*") && index + 1 < bytes.count
            && bytes[index + 1] == UInt8(ascii: "/")
          if isDone {
            result[index + 1] = 0x20
          }
          if bytes[index] != 0x0A { result[index] = 0x20 }
          index += isDone ? 2 : 1
        }
        continue
      case UInt8(ascii: ","): lastComma = index
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if let lastComma { result[lastComma] = 0x20 }
        lastComma = nil
      case 0x20, 0x09, 0x0A, 0x0D: break
      default: lastComma = nil
      }
      index += 1
    }
    return result
  }
}
