import Core

// Settings of package managers that come with a repository: other indexes, hosts that are believed
// without a certificate, checks that are off.

extension ManifestCollector {
  /// A place that packages come from, or a check that is off.
  mutating func add(
    _ kind: PackageSource.Kind, _ ecosystem: Dependency.Ecosystem, _ address: String,
    at location: Location, setting: String
  ) {
    guard !address.isEmpty else { return }
    sources.append(
      PackageSource(
        kind: kind, ecosystem: ecosystem, address: address, location: location,
        construct: "\(setting) \(address)"))
  }
}

/// pip.conf and pip.ini.
enum PipConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for section in INIFile(context.bytes).sections {
      for option in section.options {
        let kind: PackageSource.Kind
        switch option.name.replacing("_", with: "-") {
        case "index-url": kind = .index
        case "extra-index-url": kind = .extraIndex
        case "find-links": kind = .findLinks
        case "trusted-host": kind = .trustedHost
        default: continue
        }
        for line in option.lines {
          for word in line.text.split(whereSeparator: { " \t,".contains($0) }) {
            collector.add(
              kind, .pypi, String(word), at: context.location(line.start, line.end),
              setting: option.name)
          }
        }
      }
    }
  }
}

/// A line `key = value` of a settings file, with its place.
private struct Setting {
  let key: String
  let value: String
  let start: TextPosition
  let end: TextPosition

  /// The settings of a text: `=`, or a blank where `separator` says so, between key and value.
  static func all(_ bytes: [UInt8], separator: Character) -> [Setting] {
    var found: [Setting] = []
    var number = 0
    for raw in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw, as: UTF8.self)
      let text = Construct.normalised(line)
      guard let first = text.first, first != "#", first != ";", first != "!",
        let mark = text.firstIndex(of: separator)
      else { continue }
      let value = text[text.index(after: mark)...].drop { $0 == " " }
      let indent = line.utf8.prefix { $0 == 0x20 || $0 == 0x09 }.count
      found.append(
        Setting(
          key: Construct.normalised(text[..<mark]),
          value: value.split(separator: "\"").joined(separator: "\""),
          start: TextPosition(line: number, column: indent + 1),
          end: TextPosition(line: number, column: line.utf8.count + 1)))
    }
    return found
  }

  /// The value without quotes around it.
  var text: String {
    var text = value[...]
    for quote in ["\"", "'"] where text.hasPrefix(quote) && text.hasSuffix(quote) {
      text = text.dropFirst().dropLast()
    }
    return String(text)
  }
}

/// .npmrc.
enum NodeConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    settings(context, separator: "=", into: &collector)
  }

  /// The settings of npm, as Yarn 1 has them, too.
  static func settings(
    _ context: ManifestContext, separator: Character, into collector: inout ManifestCollector
  ) {
    for setting in Setting.all(context.bytes, separator: separator) {
      let location = context.location(setting.start, setting.end)
      if setting.key == "registry" || setting.key.hasSuffix(":registry") {
        collector.add(.index, .npm, setting.text, at: location, setting: setting.key)
      } else if setting.key == "strict-ssl", setting.text == "false" {
        collector.add(
          .verificationOff, .npm, "the npm registry", at: location, setting: setting.key)
      }
    }
  }
}

/// .yarnrc.yml of Yarn 2 and later, .yarnrc of Yarn 1.
enum YarnConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard context.path.suffix == "yml" else {
      return NodeConfiguration.settings(context, separator: " ", into: &collector)
    }
    for root in collector.yaml(context) {
      registry(root, context, into: &collector)
      for scope in root["npmScopes"]?.mergedEntries ?? [] {
        registry(scope.value, context, into: &collector)
      }
      if let switched = root["enableStrictSsl"], switched.text == "false" {
        collector.add(
          .verificationOff, .npm, "the npm registry",
          at: context.location(switched.start, switched.end), setting: "enableStrictSsl")
      }
      for host in root["unsafeHttpWhitelist"]?.items ?? [] {
        collector.add(
          .trustedHost, .npm, host.text ?? "", at: context.location(host.start, host.end),
          setting: "unsafeHttpWhitelist")
      }
    }
  }

  private static func registry(
    _ node: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    guard let server = node["npmRegistryServer"] else { return }
    collector.add(
      .index, .npm, server.text ?? "", at: context.location(server.start, server.end),
      setting: "npmRegistryServer")
  }
}

/// .condarc.
enum CondaConfiguration {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      channels(root["channels"], context, into: &collector)
      channels(root["default_channels"], context, into: &collector)
      for key in ["channel_alias", "custom_channels"] {
        for node in root[key]?.mergedEntries.map(\.value) ?? root[key].map({ [$0] }) ?? [] {
          collector.add(
            .index, .conda, node.text ?? "", at: context.location(node.start, node.end),
            setting: key)
        }
      }
      if let verify = root["ssl_verify"], ["false", "no", "False"].contains(verify.text) {
        collector.add(
          .verificationOff, .conda, "conda's channels",
          at: context.location(verify.start, verify.end), setting: "ssl_verify")
      }
    }
  }

  /// Channels that are addresses: those after the first are asked as well.
  static func channels(
    _ list: YAMLNode?, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    for (index, channel) in (list?.items ?? []).enumerated() {
      guard let text = channel.text, text.contains("://") else { continue }
      collector.add(
        index == 0 ? .index : .extraIndex, .conda, text,
        at: context.location(channel.start, channel.end), setting: "channels")
    }
  }
}

/// gradle-wrapper.properties and maven-wrapper.properties: the build tool that the wrapper fetches.
enum BuildWrapper {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let settings = Setting.all(context.bytes, separator: "=")
    let digests = Dictionary(
      settings.map { ($0.key, $0.text) }, uniquingKeysWith: { _, last in last })
    for setting in settings {
      let digest: String?
      switch setting.key {
      case "distributionUrl": digest = digests["distributionSha256Sum"]
      case "wrapperUrl": digest = digests["wrapperSha256Sum"]
      default: continue
      }
      // Properties escape colons.
      let address = setting.text.replacing("\\:", with: ":")
      guard
        let found = DeclaredDownload.file(
          address, digest: digest, at: context.location(setting.start, setting.end),
          cause: setting.key)
      else { continue }
      // These servers keep what a version once was.
      let isRelease =
        [
          "https://services.gradle.org/", "https://repo.maven.apache.org/",
          "https://repo1.maven.org/",
        ]
        .contains(where: address.hasPrefix)
      collector.downloads.append(
        found.level == .branch && isRelease ? found.fixed(.version) : found)
    }
  }
}
