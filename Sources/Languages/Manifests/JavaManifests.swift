import Core

/// Versions as Maven, Gradle and Ivy write them.
enum MavenVersion {
  static func level(_ text: String) -> Dependency.Level {
    if text.isEmpty { return .nothing }
    if text.contains("$") { return .dynamic }
    let lower = text.lowercased()
    if ["latest", "release", "+"].contains(lower) || lower.hasPrefix("latest.") { return .nothing }
    if text.contains("+") || text.hasPrefix("(") || text.hasSuffix(")")
      || lower.hasSuffix("-snapshot")
    {
      return .range
    }
    // `[1.0]` is one version, `[1.0,2.0]` many.
    if text.hasPrefix("[") || text.hasPrefix("]") { return text.contains(",") ? .range : .version }
    return .version
  }
}

/// pom.xml of Maven.
enum MavenProject {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let (elements, problem) = XMLElements.all(context.bytes)
    if let problem { collector.unreadable(context, problem, "an element does not end") }
    let properties = elements.first { $0.name == "properties" }?.children ?? [:]
    // Versions that another entry of the file gives for all.
    var managed: [String: String] = [:]
    for element in elements
    where element.name == "dependency" && element.ancestors.contains("dependencyManagement") {
      managed["\(element["groupId"] ?? ""):\(element["artifactId"] ?? "")"] = element["version"]
    }
    for element in elements {
      let location = context.location(element.start, element.end)
      switch element.name {
      case "dependency", "plugin", "extension", "parent":
        guard let artifact = element["artifactId"] else { continue }
        let group = element["groupId"] ?? "org.apache.maven.plugins"
        let name = "\(group):\(artifact)"
        // The parent's or the tool's own choice where none is written.
        guard let written = element["version"] ?? managed[name] else { continue }
        if element.name == "parent", element["relativePath"] == nil, written.contains("SNAPSHOT") {
          continue
        }
        let version = resolved(written, properties)
        if version.contains("project.version") || version.contains("${revision}") { continue }
        let purpose: Dependency.Purpose =
          element.name == "dependency"
          ? element["scope"] == "test" ? .development : .run : .build
        collector.dependencies.append(
          Dependency(
            .maven, name, version, MavenVersion.level(version), at: location,
            group: element.name, purpose: purpose, construct: "\(name) \(version)"))
      case "repository", "pluginRepository":
        if let url = element["url"], url.hasPrefix("http://") {
          collector.add(.index, .maven, url, at: location, setting: element.name)
        }
      default: continue
      }
    }
  }

  /// A version with the properties of the file filled in.
  private static func resolved(_ text: String, _ properties: [String: String]) -> String {
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return text }
    return properties[String(text.dropFirst(2).dropLast())] ?? text
  }
}

/// build.gradle and build.gradle.kts, read line by line.
enum GradleScript {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.suffix == "gradle" || path.name.hasSuffix(".gradle.kts")
  }

  private static let configurations = [
    "implementation", "api", "compileOnly", "compileOnlyApi", "runtimeOnly", "classpath", "compile",
    "runtime", "provided", "annotationProcessor", "kapt", "ksp", "coreLibraryDesugaring",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var values: [String: String] = [:]
    var number = 0
    var isComment = false
    var isRepository = false
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw.prefix(4_000), as: UTF8.self)
      let indent = line.prefix { $0 == " " || $0 == "\t" }.count
      let text = line.dropFirst(indent)
      if isComment {
        isComment = !text.contains("*/")
        continue
      }
      if text.hasPrefix("/*") {
        isComment = !text.contains("*/")
        continue
      }
      if text.isEmpty || text.hasPrefix("//") { continue }
      if text.hasPrefix("}") { isRepository = false }
      if text.hasPrefix("maven"), text.contains("{") || text.contains("(") { isRepository = true }
      let location = context.location(
        TextPosition(line: number, column: indent + 1),
        TextPosition(line: number, column: line.utf8.count + 1))
      let texts = RubyList.quoted(text, comment: nil)
      guard let first = texts.first?.text else { continue }
      let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      remember(text, first, &values)
      if isConfiguration(String(word)) {
        dependency(texts, String(word), location, values, into: &collector)
      } else if word == "id" || word == "kotlin", text.contains("version"), texts.count == 2 {
        let version = filled(texts[1].text, values)
        collector.dependencies.append(
          Dependency(
            .maven, first, version, MavenVersion.level(version), at: location, group: "plugins",
            purpose: .build, construct: "\(first) \(version)"))
      } else {
        fetch(text, first, word, location, values, isRepository, into: &collector)
      }
    }
  }

  private static func isConfiguration(_ word: String) -> Bool {
    configurations.contains(word)
      || ["Implementation", "Api", "CompileOnly", "RuntimeOnly", "Compile"].contains {
        word.hasSuffix($0)
      }
  }

  /// `def version = "1.0"`, `ext.version = '1.0'`, `val version = "1.0"`.
  private static func remember(
    _ text: Substring, _ value: String, _ values: inout [String: String]
  ) {
    guard let equals = text.firstIndex(of: "="), values.count < 1_000 else { return }
    let words = text[..<equals].split { " .:".contains($0) }
    if let name = words.last, words.count <= 4 { values[String(name)] = value }
  }

  /// `$name` and `${name}` where the file gives the value.
  private static func filled(_ text: String, _ values: [String: String]) -> String {
    guard let dollar = text.firstIndex(of: "$") else { return text }
    let name = text[text.index(after: dollar)...].drop { $0 == "{" }
      .prefix { $0.isLetter || $0.isNumber || "._".contains($0) }
    guard let value = values[String(name.split(separator: ".").last ?? "")] else { return text }
    let rest = text[name.endIndex...]
    return text[..<dollar] + value + (rest.first == "}" ? rest.dropFirst() : rest)
  }

  private static func dependency(
    _ texts: [(key: String?, text: String)], _ configuration: String, _ location: Location,
    _ values: [String: String], into collector: inout ManifestCollector
  ) {
    let named = Dictionary(
      texts.compactMap { text in text.key.map { ($0, text.text) } },
      uniquingKeysWith: { first, _ in first })
    var parts: [String]
    if let group = named["group"], let name = named["name"] {
      parts = [group, name, named["version"] ?? ""]
    } else {
      guard let first = texts.first(where: { $0.text.contains(":") })?.text else { return }
      parts = filled(first, values).split(separator: ":", omittingEmptySubsequences: false)
        .map(String.init)
      // `:module` is a part of the same build.
      guard parts.count >= 2, !parts[0].isEmpty, !first.contains("://") else { return }
      // A bill of materials gives the version.
      if parts.count == 2 { return }
    }
    let version = filled(parts[2], values).split(separator: "@").first.map(String.init) ?? ""
    let isTest = configuration.lowercased().contains("test")
    collector.dependencies.append(
      Dependency(
        .maven, "\(parts[0]):\(parts[1])", version, MavenVersion.level(version), at: location,
        group: configuration,
        purpose: configuration == "classpath" ? .build : isTest ? .development : .run,
        construct: "\(parts[0]):\(parts[1]):\(version)"))
  }

  /// `apply from: "https://…"`, `src "https://…"` of a download task, a repository without TLS.
  private static func fetch(
    _ text: Substring, _ first: String, _ word: Substring, _ location: Location,
    _ values: [String: String], _ isRepository: Bool, into collector: inout ManifestCollector
  ) {
    let address = filled(first, values)
    guard address.contains("://") else { return }
    let isScript = text.contains("apply") && text.contains("from")
    let isDownload =
      word == "src" || text.contains(" src ") || text.contains("src(") || text.contains("URL(")
      || text.contains("ant.get")
    if isScript || isDownload {
      if let found = DeclaredDownload.file(
        address, digest: nil, kind: isScript ? .code : .file, at: location,
        cause: isScript ? "apply from" : "src")
      {
        collector.downloads.append(found)
      }
    } else if isRepository, text.contains("url") || text.contains("maven("),
      address.hasPrefix("http://")
    {
      collector.add(.index, .maven, address, at: location, setting: "url")
    }
  }
}

/// A version catalogue of Gradle: `gradle/libs.versions.toml`.
enum GradleCatalogue {
  static func isNamed(_ path: RelativePath) -> Bool { path.name.hasSuffix(".versions.toml") }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    func version(_ value: TOMLValue?) -> String? {
      if let name = value?["ref"]?.string { return version(root.value(at: "versions", name)) }
      return value?.string ?? value?["strictly"]?.string ?? value?["require"]?.string
    }
    for (table, purpose) in [("libraries", Dependency.Purpose.run), ("plugins", .build)] {
      for entry in root[table]?.table?.entries ?? [] {
        let value = entry.value
        let parts = (value.string ?? value["module"]?.string ?? value["id"]?.string)
          .map { $0.split(separator: ":").map(String.init) }
        var name = parts?.prefix(table == "plugins" ? 1 : 2).joined(separator: ":") ?? ""
        if let group = value["group"]?.string, let own = value["name"]?.string {
          name = "\(group):\(own)"
        }
        let last = value.string == nil ? nil : parts?.last
        guard !name.isEmpty, let text = last ?? version(value["version"]) else { continue }
        collector.dependencies.append(
          Dependency(
            .maven, name, text, MavenVersion.level(text),
            at: context.location(entry.keyPosition, value.end), group: table, purpose: purpose,
            construct: "\(name) \(text)"))
      }
    }
  }
}

/// Projects of .NET: *.csproj and its kin, Directory.Packages.props, packages.config.
enum NuGetProject {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["csproj", "fsproj", "vbproj"].contains(path.suffix)
      || [
        "packages.config", "Directory.Packages.props", "Directory.Build.props",
        "Directory.Build.targets",
      ].contains(path.name)
  }

  private static let elements: Set<String> = [
    "PackageReference", "PackageVersion", "GlobalPackageReference", "DotNetCliToolReference",
    "package",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let (found, problem) = XMLElements.all(context.bytes)
    if let problem { collector.unreadable(context, problem, "an element does not end") }
    for element in found where elements.contains(element.name) {
      guard let name = element["Include"] ?? element["id"], !name.isEmpty else { continue }
      let version = element["Version"] ?? element["version"] ?? element["VersionOverride"] ?? ""
      collector.dependencies.append(
        Dependency(
          .nuget, name, version, level(version), at: context.location(element.start, element.end),
          construct: "\(name) \(version)"))
    }
  }

  /// A bare version is the lowest that is taken, and the lowest is what NuGet takes.
  private static func level(_ text: String) -> Dependency.Level {
    if text.isEmpty || text == "*" { return .nothing }
    if text.contains("$(") { return .dynamic }
    if text.contains("*") || text.contains(",") { return .range }
    return .version
  }
}
