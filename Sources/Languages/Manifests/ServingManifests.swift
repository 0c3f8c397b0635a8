import Core

// Manifests of tools that pack and serve models.

extension ManifestCollector {
  /// Lines of pip's input in a list of a YAML document.
  mutating func requirements(
    _ list: YAMLNode?, group: String, _ context: ManifestContext,
    purpose: Dependency.Purpose = .run
  ) {
    for item in list?.itemsOrSelf ?? [] {
      guard let text = item.text, !item.isNull else { continue }
      let first = dependencies.count
      RequirementLine.read(
        text, at: context.location(item.start, item.end), group: group, context, into: &self)
      for index in first..<dependencies.count { dependencies[index].purpose = purpose }
    }
  }

  /// Packages of the operating system in a list of a YAML document.
  mutating func systemPackages(_ list: YAMLNode?, group: String, _ context: ManifestContext) {
    for item in list?.items ?? [] {
      guard let text = item.text, !item.isNull else { continue }
      SystemPackages.add(
        text, at: context.location(item.start, item.end), group: group, into: &self)
    }
  }

  mutating func image(_ node: YAMLNode?, group: String, _ context: ManifestContext) {
    guard let node, let text = node.text, !node.isNull,
      let dependency = ImageReference.dependency(
        ComposeFile.interpolated(text), at: context.location(node.start, node.end), group: group)
    else { return }
    dependencies.append(dependency)
  }

  mutating func include(_ node: YAMLNode?, group: String?, _ context: ManifestContext) {
    guard let node, let path = node.text, !node.isNull else { return }
    include(path, group: group, at: context.location(node.start, node.end), from: context)
  }
}

/// bentofile.yaml of BentoML.
enum BentoManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      let python = root["python"]
      collector.requirements(python?["packages"], group: "packages", context)
      collector.include(python?["requirements_txt"], group: "packages", context)
      for (key, kind) in [
        ("index_url", PackageSource.Kind.index), ("extra_index_url", .extraIndex),
        ("find_links", .findLinks), ("trusted_host", .trustedHost),
      ] {
        for node in python?[key]?.itemsOrSelf ?? [] where !node.isNull {
          collector.add(
            kind, .pypi, node.text ?? "", at: context.location(node.start, node.end), setting: key)
        }
      }
      let conda = root["conda"]
      CondaConfiguration.channels(conda?["channels"], context, into: &collector)
      for item in conda?["dependencies"]?.items ?? [] {
        guard let text = item.text, let spec = CondaSpec(text) else { continue }
        collector.dependencies.append(
          CondaManifest.dependency(
            spec, text: text, at: context.location(item.start, item.end), group: "conda"))
      }
      collector.requirements(conda?["pip"], group: "pip", context)
      let docker = root["docker"]
      collector.image(docker?["base_image"], group: "docker", context)
      collector.systemPackages(docker?["system_packages"], group: "system_packages", context)
    }
  }
}

/// config.yaml of Baseten's Truss.
enum TrussManifest {
  private static let keys: Set<String> = [
    "base_image", "build_commands", "external_data", "hf_cache", "model_cache",
    "model_class_filename", "model_metadata", "model_name", "python_version", "requirements",
    "requirements_file", "resources", "system_packages",
  ]

  /// Whether a document is one: its name is used for much else.
  static func isManifest(_ path: RelativePath, _ root: YAMLNode) -> Bool {
    guard path.name == "config.yaml" || path.name == "config.yml" else { return false }
    return root.entries.count { keys.contains($0.key.text ?? "") } >= 2
  }

  static func read(
    _ root: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    collector.requirements(root["requirements"], group: "requirements", context)
    collector.include(root["requirements_file"], group: "requirements", context)
    collector.systemPackages(root["system_packages"], group: "system_packages", context)
    collector.image(root["base_image"]?["image"], group: "base_image", context)
    for key in ["model_cache", "hf_cache"] {
      for item in root[key]?.items ?? [] {
        guard let node = item["repo_id"], let name = node.text, !node.isNull,
          let found = DeclaredDownload.repository(
            name.contains("://") ? name : "https://huggingface.co/\(name)",
            revision: item["revision"]?.text,
            at: context.location(node.start, node.end), cause: key)
        else { continue }
        collector.downloads.append(found)
      }
    }
    for item in root["external_data"]?.items ?? [] {
      guard let node = item["url"], let address = node.text,
        let found = DeclaredDownload.file(
          address, digest: nil, kind: .file, at: context.location(node.start, node.end),
          cause: "external_data")
      else { continue }
      collector.downloads.append(found)
    }
    CommandDocument.read(root, context, into: &collector)
  }
}

/// python_env.yaml of MLflow.
enum PythonEnvironment {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      collector.requirements(
        root["build_dependencies"], group: "build_dependencies", context, purpose: .build)
      collector.requirements(root["dependencies"], group: "dependencies", context)
    }
  }
}

/// What Ray installs and fetches for a job: `runtime_env`, in whatever YAML it stands.
enum RuntimeEnvironment {
  static let mark: StaticString = "runtime_env:"

  static func read(
    _ document: YAMLNode, _ context: ManifestContext, into collector: inout ManifestCollector
  ) {
    var environments: [YAMLNode] = []
    YAMLStream.walk(from: document) { node in
      guard node.kind == .mapping, let found = node["runtime_env"] else { return }
      environments.append(found)
    }
    for environment in environments {
      for key in ["pip", "uv"] {
        let value = environment[key]
        if value?.kind == .scalar {
          collector.include(value, group: "runtime_env", context)
        } else {
          collector.requirements(value?["packages"] ?? value, group: "runtime_env", context)
        }
      }
      if let conda = environment["conda"], conda.kind == .mapping {
        CondaManifest.readEnvironment(conda, context, into: &collector)
      }
      collector.image(
        environment["image_uri"] ?? environment["container"]?["image"], group: "runtime_env",
        context)
      for key in ["working_dir", "py_modules"] {
        for node in environment[key]?.itemsOrSelf ?? [] {
          guard let address = node.text,
            let found = DeclaredDownload.file(
              address, digest: nil, at: context.location(node.start, node.end), cause: key)
          else { continue }
          collector.downloads.append(found)
        }
      }
    }
  }
}

/// A file of DVC that stands for data: `model.pt.dvc`.
enum DataVersionFile {
  static func isNamed(_ path: RelativePath) -> Bool { path.suffix == "dvc" }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      // `dvc import` writes the commit; `dvc import-url` only the md5 of what arrived.
      let sums = (root["outs"]?.items ?? []).compactMap { $0["md5"]?.text ?? $0["etag"]?.text }
      for item in root["deps"]?.items ?? [] {
        if let node = item["repo"]?["url"], let address = node.text {
          let repository = item["repo"]
          let revision = repository?["rev_lock"]?.text ?? repository?["rev"]?.text
          if let found = DeclaredDownload.repository(
            address, revision: revision, at: context.location(node.start, node.end), cause: "dvc")
          {
            collector.downloads.append(found)
          }
        } else if let node = item["path"], let address = node.text,
          let found = DeclaredDownload.file(
            address, digest: nil, kind: .file, at: context.location(node.start, node.end),
            cause: "dvc")
        {
          let isKnown = !sums.isEmpty || item["md5"] != nil || item["etag"] != nil
          collector.downloads.append(isKnown ? found.fixed(.version) : found)
        }
      }
    }
  }
}

/// What a Snakefile names besides commands: containers, modules, wrappers, stored files.
enum SnakemakeManifest {
  static func isNamed(_ path: RelativePath) -> Bool { Snakefile.isNamed(path) }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var key = ""
    var number = 0
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = String(decoding: raw.prefix(4_000), as: UTF8.self)
      let indent = line.prefix { $0 == " " || $0 == "\t" }.count
      let text = line.dropFirst(indent)
      if text.isEmpty || text.hasPrefix("#") { continue }
      let word = text.prefix { $0.isLetter || $0 == "_" }
      let rest = text[word.endIndex...].drop { $0 == " " }
      // A value may stand on the line below its key.
      if rest.hasPrefix(":") { key = String(word) }
      let location = context.location(
        TextPosition(line: number, column: indent + 1),
        TextPosition(line: number, column: line.utf8.count + 1))
      let texts = quoted(text)
      entry(key, texts, text, at: location, into: &collector)
      if !rest.dropFirst().allSatisfy({ $0 == " " || $0 == "\r" }) || !rest.hasPrefix(":") {
        key = ""
      }
    }
  }

  private static func entry(
    _ key: String, _ texts: [String], _ line: Substring, at location: Location,
    into collector: inout ManifestCollector
  ) {
    guard let first = texts.first else { return }
    switch key {
    case "container", "containerized", "singularity":
      if first.hasPrefix("docker://"),
        let dependency = ImageReference.dependency(first, at: location, group: key)
      {
        collector.dependencies.append(dependency)
      } else if let found = DeclaredDownload.file(first, digest: nil, at: location, cause: key) {
        collector.downloads.append(found)
      }
      return
    case "wrapper", "meta_wrapper":
      // `v3.0.0/bio/tool`: a release of the wrappers' repository.
      let address = "https://github.com/snakemake/snakemake-wrappers"
      let revision = first.split(separator: "/").first.map(String.init)
      if !first.contains("://"), !first.hasPrefix("file:"),
        let found = DeclaredDownload.repository(
          address, revision: revision, at: location, cause: key)
      {
        collector.downloads.append(found)
      }
      return
    case "snakefile":
      if let call = ["github(", "gitlab("].first(where: line.contains) {
        let host = call == "github(" ? "https://github.com/" : "https://gitlab.com/"
        let revision = ["commit", "tag", "branch"].compactMap { argument($0, line) }.first
        if let found = DeclaredDownload.repository(
          host + first, revision: revision, at: location, cause: "module")
        {
          collector.downloads.append(found)
        }
        return
      }
      if let found = DeclaredDownload.file(first, digest: nil, at: location, cause: "module") {
        collector.downloads.append(found)
      }
      return
    default: break
    }
    guard line.contains("storage") || line.contains(".remote(") else { return }
    for text in texts {
      if let found = DeclaredDownload.file(
        text, digest: nil, kind: .file, at: location, cause: "storage")
      {
        collector.downloads.append(found)
      }
    }
  }

  private static func argument(_ name: String, _ line: Substring) -> String? {
    guard let mark = line.firstRange(of: "\(name)=") else { return nil }
    return quoted(line[mark.upperBound...]).first
  }

  /// The texts in quotes of a line, up to a comment.
  private static func quoted(_ line: Substring) -> [String] {
    var found: [String] = []
    var rest = line
    while let quote = rest.firstIndex(where: { "\"'#".contains($0) }), rest[quote] != "#" {
      let body = rest[rest.index(after: quote)...]
      guard let end = body.firstIndex(of: rest[quote]) else { break }
      found.append(String(body[..<end]))
      rest = body[body.index(after: end)...]
    }
    return found
  }
}

/// spack.yaml.
enum SpackEnvironment {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for root in collector.yaml(context) {
      for item in root["spack"]?["specs"]?.items ?? [] {
        guard let text = item.text, let word = text.split(separator: " ").first else { continue }
        let name = word.prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
        guard !name.isEmpty else { continue }
        // `@1.2` is a prefix, `@=1.2` one version.
        let version =
          word[name.endIndex...].hasPrefix("@")
          ? String(word[name.endIndex...].dropFirst().prefix { !"%+~^ ".contains($0) }) : ""
        collector.dependencies.append(
          Dependency(
            .spack, String(name), version,
            version.isEmpty ? .nothing : version.hasPrefix("=") ? .version : .range,
            at: context.location(item.start, item.end), construct: Construct.normalised(text)))
      }
    }
  }
}
