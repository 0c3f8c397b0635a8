package import Core
import JSON
import Languages

/// Flags configuration keys that name code to be fetched and run.
package struct ConfiguredCode: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/configured-code",
    severity: .critical,
    summary: "A configuration key makes the loader fetch and run code.",
    why: """
      Attention and expert implementations, custom generation loops and custom pipelines can be \
      given as the name of a repository: loading the model then runs what that holds. Some library \
      versions do so even with trust_remote_code=False. ModelScope installs the packages that \
      `plugins` lists, and runs the Python of the model's folder with `allow_remote`; mlx-lm runs the \
      file that `model_file` names; PEFT imports the module that an adapter's `parent_library` names.
      """,
    fix: "Remove the key, or vendor the code and name it by a local path.",
    example: (
      "\"_attn_implementation_internal\": \"org/kernel\"",
      "\"attn_implementation\": \"sdpa\""
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    var findings: [Finding] = []
    for file in subject.configurations {
      for key in Self.keys {
        for (text, value) in file.value.values(named: key).flatMap(\.allTexts) {
          if let found = Self.finding(key, text, at: file.location(value)) {
            findings.append(found)
          }
        }
      }
      findings += Self.modelScope(file) + Self.modelFile(file) + Self.pipelines(file)
      findings += Self.parentLibrary(file, subject.tree)
    }
    return findings + Self.documents(subject)
  }

  /// The same keys in YAML and TOML, which trainers and servers hand on to the loader.
  private static func documents(_ subject: Subject) -> [Finding] {
    subject.manifests.documents.flatMap { document -> [Finding] in
      var findings: [Finding] = []
      func visit(_ text: ConfiguredText) {
        guard keys.contains(text.key), !WeightName.isCode(text.text),
          HubName.isOne(
            String(text.text.prefix { !"@:|".contains($0) }), subject.tree, folder: ""),
          let finding = finding(
            text.key, text.text, at: Location(document.path, start: text.start, end: text.end))
        else { return }
        findings.append(finding)
      }
      switch document.content {
      case .yaml(let node): node.visitTexts(visit)
      case .toml(let value): value.visitTexts(visit)
      }
      return findings
    }
  }

  /// `auto_mapping.parent_library` of an adapter, which PEFT imports to find the base model's class.
  private static func parentLibrary(_ file: ConfigurationFile, _ tree: TreePaths) -> [Finding] {
    guard file.name.hasPrefix("adapter_config"),
      let value = file.value["auto_mapping"]?["parent_library"], let name = value.string,
      let first = name.split(separator: ".").first.map(String.init), !libraries.contains(first)
    else { return [] }
    // A module of the tree itself is there to be imported.
    let isOwn = ["", file.folder].contains { folder in
      tree.contains("\(folder)\(first).py") || tree.contains("\(folder)\(first)/__init__.py")
    }
    return [
      Finding(
        id, isOwn ? .high : .medium, at: file.location(value), .importsParent(name),
        fix: "name a library's own module", construct: "parent_library \(name)")
    ]
  }

  /// Libraries that models are classes of, and the place of a class that has no module.
  private static let libraries: Set<String> = [
    "__main__", "diffusers", "open_clip", "peft", "sentence_transformers", "timm", "torch",
    "torchvision", "transformers",
  ]

  /// `custom_pipelines` that name code of the repository itself, for the record: it runs only where
  /// the loader trusts it.
  private static func pipelines(_ file: ConfigurationFile) -> [Finding] {
    file.value.values(named: "custom_pipelines").compactMap(\.object).flatMap(\.members).compactMap
    {
      member in
      guard let value = member.value["impl"], let name = value.string, !name.contains("--") else {
        return nil
      }
      return Finding(
        id, .info, at: file.location(value), .runsOwn(name), fix: documentation.fix,
        construct: "custom_pipelines \(name)")
    }
  }

  /// configuration.json of ModelScope.
  private static func modelScope(_ file: ConfigurationFile) -> [Finding] {
    guard file.name == "configuration.json" else { return [] }
    var findings = (file.value["plugins"]?.allTexts ?? []).map { text, value -> Finding in
      let requirement = PythonRequirement.parse(text)
      let isExact = requirement?.specifier.exactVersion != nil
      return Finding(
        id, isExact ? .high : documentation.severity, at: file.location(value),
        .installs(text), pinning: isExact ? .version : .branch,
        reference: .dependency(
          ecosystem: "pypi", name: requirement?.normalizedName ?? text,
          requirement: requirement?.specifier.description ?? ""),
        fix: "remove the key, and install what the model needs from a list with hashes",
        construct: "plugins \(text)")
    }
    if let value = file.value["allow_remote"], value.bool == true {
      findings.append(
        Finding(
          id, .high, at: file.location(value), .runsFolder,
          fix: "remove the key, and load the model without its own code",
          construct: "allow_remote"))
    }
    return findings
  }

  /// `model_file` of mlx-lm: Python beside the configuration.
  private static func modelFile(_ file: ConfigurationFile) -> [Finding] {
    guard file.name == "config.json", let value = file.value["model_file"],
      let name = value.string, name.hasSuffix(".py")
    else { return [] }
    return [
      Finding(
        id, .high, at: file.location(value), .runsFile(name),
        fix: "remove the key, or review the file and lock it", construct: "model_file \(name)")
    ]
  }

  private static let keys = [
    "_attn_implementation", "_attn_implementation_internal", "_experts_implementation",
    "_experts_implementation_internal", "attn_implementation", "custom_generate",
    "custom_pipeline", "experts_implementation",
  ]

  private static func finding(_ key: String, _ text: String, at location: Location) -> Finding? {
    let name = text.split(separator: "|").last.map(String.init) ?? text
    let isRepository = name.contains("/") && !name.hasPrefix("/") && !name.hasPrefix(".")
    // Any community pipeline is code of a moving mirror, whatever its name.
    guard isRepository || key == "custom_pipeline" && !name.hasPrefix(".") else { return nil }
    let revision = name.split(separator: "@").dropFirst().first.map {
      String($0.prefix { $0 != ":" })
    }
    let pinning = revision.map { Revision($0).pinning } ?? .branch
    let target = String(name.prefix { $0 != "@" && $0 != ":" })
    return Finding(
      id, pinning.isFixed ? .info : documentation.severity, at: location,
      .fetches(target, key), pinning: pinning,
      reference: .download(target: target, revision: revision), fix: documentation.fix,
      construct: "\(key) \(text)")
  }
}

extension String {
  fileprivate static func installs(_ package: String) -> String {
    "makes ModelScope install and import the package `\(package)`"
  }

  fileprivate static func importsParent(_ module: String) -> String {
    "makes PEFT import `\(module)`, which belongs to no library of models"
  }

  fileprivate static func runsOwn(_ name: String) -> String {
    "`custom_pipelines` makes transformers run `\(name)` of the repository where its code is trusted"
  }

  fileprivate static let runsFolder =
    "`allow_remote` makes ModelScope run the Python of the model's folder"

  fileprivate static func runsFile(_ name: String) -> String {
    "makes mlx-lm run `\(name)` beside the configuration"
  }

  fileprivate static func fetches(_ target: String, _ key: String) -> String {
    "`\(key)` makes the loader fetch and run code of \(target)"
  }
}
