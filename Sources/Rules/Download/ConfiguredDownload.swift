package import Core
import JSON
import Languages

/// Lists what the configuration of an adapter, a backbone or an Ollama model fetches besides.
package struct ConfiguredDownload: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/configured-download",
    severity: .medium,
    summary: "A configuration names another model that the loader fetches without a commit.",
    why: """
      An adapter is useless without its base model: PEFT downloads it at the revision that the \
      adapter's configuration gives, which is almost always none. Backbones, vision towers and \
      tokenizers of other repositories are fetched the same way, `FROM name` of a Modelfile is pulled \
      by its tag, and recipes for training and merging name models and data sets.
      """,
    fix: "Write the base model's full 40-digit commit as revision, or a local path.",
    example: (
      "\"base_model_name_or_path\": \"org/base\", \"revision\": null",
      "\"base_model_name_or_path\": \"org/base\", \"revision\": \"<40 hex digits>\""
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let recipes = subject.repository.sources.filter { $0.isWhole && Modelfile.isNamed($0.path) }
    let tree = subject.tree
    return subject.configurations.flatMap { file in
      Self.adapter(file, tree) + Self.backbone(file, tree)
    } + recipes.flatMap { Self.recipe($0, tree) } + Self.named(in: subject)
  }

  private static func adapter(_ file: ConfigurationFile, _ tree: TreePaths) -> [Finding] {
    guard file.name.hasPrefix("adapter_config"),
      let base = file.value["base_model_name_or_path"], let name = base.string, !name.isEmpty
    else { return [] }
    let target = FetchTargetReader(form: .hub, tree: tree).target(name)
    let revision = file.value["revision"]?.string
    let pinning =
      target.pinning == .local ? .local : revision.map { Revision($0).pinning } ?? .branch
    let severity: Severity = pinning.isFixed ? .info : .high
    return [
      Finding(
        id, severity, at: file.location(base), .base(name, revision, pinning), pinning: pinning,
        reference: .download(target: name, revision: revision), fix: documentation.fix,
        construct: "base_model_name_or_path \(name) \(revision ?? "")")
    ]
  }

  // MARK: Values that name a repository

  /// Values of keys that are known to name a model or a data set.
  private static func named(in subject: Subject) -> [Finding] {
    let tree = subject.tree
    let all = ConfigurationTexts.all(in: subject) { text in
      // Cheap before the rest: a name of a hub is short and has no blanks.
      text.text.utf8.count <= 200 && !text.text.utf8.contains(0x20)
        && ConfigurationKey.meaning(of: text, isMerge: true) != nil
    }
    return all.flatMap { file -> [Finding] in
      let found = file.texts.compactMap { text in
        self.reference(text, file, tree).map { (text, $0.meaning, $0.name) }
      }
      // What a loader or a tool reads by its name is no list to choose from.
      let isCatalogue =
        !file.isLoaded && !file.isRecipe && found.count > ConfigurationTexts.catalogueSize
      return found.map { text, meaning, name in
        let revision = ConfigurationKey.revision(of: text)
        let pinning = revision.map { Revision($0).pinning } ?? .branch
        let runsCode = meaning == .model && ConfigurationKey.runsCode(text)
        let isRead = meaning == .model || meaning == .dataset
        // What code of the repository reads is reported where it loads it.
        let isActed = file.isLoaded || file.isRecipe || text.siblings["_component_"] != nil
        let severity: Severity =
          if pinning.isFixed || isCatalogue || !isRead || !isActed {
            .info
          } else if file.isLoaded {
            documentation.severity
          } else {
            runsCode ? .high : .low
          }
        return Finding(
          id, severity, at: file.location(text),
          .names(name, text.key, meaning, revision, pinning, runsCode: runsCode),
          pinning: pinning, reference: .download(target: name, revision: revision),
          fix: "write a full 40-digit commit as revision where the key's reader takes one, or a "
            + "local path",
          construct: "\(text.key) \(name) \(revision ?? "")")
      }
    }
  }

  private static func reference(
    _ text: ConfiguredText, _ file: ConfigurationTexts, _ tree: TreePaths
  ) -> (meaning: ConfigurationKey.Meaning, name: String)? {
    guard let meaning = ConfigurationKey.meaning(of: text, isMerge: file.isMerge) else {
      return nil
    }
    // Reported as what it is above.
    if file.path.name.hasPrefix("adapter_config"), text.key == "base_model_name_or_path" {
      return nil
    }
    var name = text.text
    for prefix in ["https://huggingface.co/", "https://hf.co/", "hf://"] {
      if name.hasPrefix(prefix) { name = String(name.dropFirst(prefix.count)) }
    }
    guard HubName.isOne(name, tree, folder: file.folder) else { return nil }
    return (meaning, name)
  }

  private static func recipe(_ source: SourceFile, _ tree: TreePaths) -> [Finding] {
    let folder = source.path.parent.map { "\($0)/" } ?? ""
    return Modelfile(source.bytes).bases.compactMap { base in
      let name = base.name
      // Paths are seen from the file's folder; a name that is no file there is pulled.
      let isLocal =
        name.isExplicitlyLocal || tree.contains(folder + name) || WeightName.isWeights(name)
      let parts = name.split(separator: "@", maxSplits: 1).map(String.init)
      let tag = name.split(separator: "/").last?.split(separator: ":").dropFirst().first
      let pinning: Pinning =
        isLocal
        ? .local
        : Self.isDigest(parts.last ?? "")
          ? .content : tag == nil ? .branch : .tag
      return Finding(
        id, pinning.isFixed ? .info : .high,
        at: Location(source.path, start: base.start, end: base.end), .recipe(name, pinning),
        pinning: pinning,
        reference: .download(target: name, revision: tag.map(String.init)),
        fix: "name the GGUF file itself: FROM ./model.gguf",
        construct: "FROM \(name)")
    }
  }

  private static func isDigest(_ text: String) -> Bool {
    text.hasPrefix("sha256:") && text.utf8.count == 71
      && text.utf8.dropFirst(7).allSatisfy(\.isHexadecimalDigit)
  }

  private static func backbone(_ file: ConfigurationFile, _ tree: TreePaths) -> [Finding] {
    guard let backbone = file.value["backbone"], let name = backbone.string,
      file.value["use_pretrained_backbone"]?.bool == true
    else { return [] }
    let target = FetchTargetReader(form: .hub, tree: tree).target(name)
    guard target.pinning != .local else { return [] }
    return [
      Finding(
        id, documentation.severity, at: file.location(backbone), .backbone(name),
        pinning: .branch, reference: .download(target: name, revision: nil),
        fix: "set use_pretrained_backbone to false: the weights of the model replace it anyway",
        construct: "backbone \(name)")
    ]
  }
}

extension String {
  fileprivate static func base(_ name: String, _ revision: String?, _ pinning: Pinning) -> String {
    switch pinning {
    case .local: "is an adapter of the local model \(name)"
    case .commit: "is an adapter of \(name), fixed at commit \(revision ?? "")"
    default:
      "is an adapter of \(name), which the loader downloads "
        + (revision.map { "at `\($0)`, which can move" } ?? "without a revision")
    }
  }

  fileprivate static func names(
    _ name: String, _ key: String, _ meaning: ConfigurationKey.Meaning, _ revision: String?,
    _ pinning: Pinning, runsCode: Bool
  ) -> String {
    let at =
      switch pinning {
      case .commit: "fixed at commit \(revision ?? "")"
      default: revision.map { "at `\($0)`, which can move" } ?? "without a revision"
      }
    let code = runsCode ? ", and runs its code" : ""
    return switch meaning {
    case .model: "`\(key)` has its reader load \(name) \(at)\(code)"
    case .dataset: "`\(key)` has its reader load the data set \(name) \(at)"
    case .catalogue: "`\(key)` offers the data set \(name)"
    case .note: "`\(key)` says that it was made from \(name)"
    }
  }

  fileprivate static func recipe(_ name: String, _ pinning: Pinning) -> String {
    switch pinning {
    case .local: "is made from the local model \(name)"
    case .content: "is made from \(name), fixed by its digest"
    default: "is made from \(name), which Ollama pulls at a tag that can move"
    }
  }

  fileprivate static func backbone(_ name: String) -> String {
    "makes the loader download the weights of the backbone \(name) without a revision"
  }
}
