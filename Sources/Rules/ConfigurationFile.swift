package import Core
package import JSON
import Languages

/// A JSON configuration of a model, parsed.
package struct ConfigurationFile: Sendable {
  package let path: RelativePath
  package let value: JSONValue
  /// The document's bytes, for positions inside texts.
  package let bytes: [UInt8]

  /// The file's last path component.
  var name: String { path.name }

  /// The folder that holds it, with a slash behind, or empty.
  var folder: String { path.parent.map { "\($0)/" } ?? "" }

  /// The place of a value.
  func location(_ value: JSONValue) -> Location {
    Location(path, start: value.position)
  }

  /// Every JSON document of the repository that is small enough to be a configuration, every shard
  /// index, and whatever loaders look for by its name.
  ///
  /// One with comments or superfluous commas is read as if they were not there: some tools do.
  static func all(
    in repository: Repository
  ) -> (files: [ConfigurationFile], damage: [ConfigurationDamage]) {
    var files: [ConfigurationFile] = []
    var damage: [ConfigurationDamage] = []
    for source in repository.sources where source.isWhole && isNamed(source) {
      let path = source.path
      do {
        files.append(
          ConfigurationFile(
            path: path, value: try JSONParser.parse(source.bytes, .lenient), bytes: source.bytes))
      } catch {
        let bytes = JSONComments.blanked(source.bytes)
        let value = try? JSONParser.parse(bytes, .lenient)
        if let value { files.append(ConfigurationFile(path: path, value: value, bytes: bytes)) }
        if value == nil || isLoaded(path),
          let kind = ConfigurationDamage.Kind(source, error.reason)
        {
          damage.append(
            ConfigurationDamage(
              kind: kind, location: Location(path, start: error.position),
              reason: error.reason.description))
        }
      }
    }
    return (files, damage)
  }

  private static func isNamed(_ source: SourceFile) -> Bool {
    let path = source.path
    if source.claims.contains(.pointer) { return false }
    if path.suffix == "ipynb" { return false }
    guard path.suffix == "json" || path.suffix == "jsonc" else { return false }
    return source.bytes.count <= limit || isLoaded(path)
  }

  /// Whether loaders look for the file by its name.
  static func isLoaded(_ path: RelativePath) -> Bool {
    let name = path.name
    return loaded.contains(name) || name.hasSuffix(".index.json")
      || name.hasPrefix("adapter_config")
  }

  private static let loaded: Set<String> = [
    "config.json", "config_sentence_transformers.json", "configuration.json",
    "generation_config.json", "image_processor_config.json", "model_index.json", "modules.json",
    "params.json", "preprocessor_config.json", "processor_config.json", "scheduler_config.json",
    "sentence_bert_config.json", "special_tokens_map.json", "tokenizer_config.json",
    "chat_template.json", "video_preprocessor_config.json", "mlc-chat-config.json",
  ]

  /// Vocabularies are far larger than any configuration.
  private static let limit = 2 << 20
}

/// A configuration that could not be read.
package struct ConfigurationDamage: Sendable {
  enum Kind: Sendable {
    /// Loaders or Jupyter look for it.
    case loaded
    /// Some program may read it.
    case other
    /// It is filled in before anybody reads it.
    case template
  }

  let kind: Kind
  let location: Location
  let reason: String
}

extension ConfigurationDamage.Kind {
  /// What a document that `reason` is wrong with is; nil for one that is data of another form.
  fileprivate init?(_ source: SourceFile, _ reason: JSONError.Reason) {
    if ConfigurationFile.isLoaded(source.path) {
      self = .loaded
    } else if source.bytes.allSatisfy({ $0 <= 0x20 }) || reason == .trailingContent {
      // Nothing at all, or a list of documents, one a line.
      return nil
    } else {
      self = ConfigurationDamage.isTemplate(source.bytes) ? .template : .other
    }
  }
}

extension ConfigurationDamage {
  /// Whether a text has places that are filled in: `{{ … }}`, `{% … %}`, `<% … %>`.
  static func isTemplate(_ bytes: [UInt8]) -> Bool {
    ["{{", "{%", "<%", "${{"].contains { bytes.firstRange(of: $0.utf8) != nil }
  }

  /// Notebooks that are no JSON, and YAML and TOML that manifests were looked for in.
  static func others(in repository: Repository, _ manifests: Manifests) -> [ConfigurationDamage] {
    var damage: [ConfigurationDamage] = []
    for source in repository.sources
    where source.path.suffix == "ipynb" && source.isWhole && !source.claims.contains(.pointer) {
      do {
        _ = try JSONParser.parse(source.bytes, .lenient)
      } catch {
        damage.append(
          ConfigurationDamage(
            kind: .loaded, location: Location(source.path, start: error.position),
            reason: error.reason.description))
      }
    }
    guard !manifests.damage.isEmpty else { return damage }
    let sources = Dictionary(
      repository.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    for problem in manifests.damage {
      let isTemplate = sources[problem.location.path].map { Self.isTemplate($0.bytes) } ?? false
      damage.append(
        ConfigurationDamage(
          kind: isTemplate ? .template : .other, location: problem.location,
          reason: problem.reason))
    }
    return damage
  }
}

extension JSONValue {
  /// Every text in the value and in the lists and objects inside it, with its place.
  var allTexts: [(text: String, value: JSONValue)] {
    var found: [(String, JSONValue)] = []
    var pending = [self]
    while let value = pending.popLast() {
      switch value.kind {
      case .string(let text): found.append((text, value))
      case .array(let items): pending.append(contentsOf: items.reversed())
      case .object(let object): pending.append(contentsOf: object.members.reversed().map(\.value))
      default: break
      }
    }
    return found
  }

  /// The values of every member called `key`, at any depth.
  func values(named key: String) -> [JSONValue] {
    var found: [JSONValue] = []
    var pending = [self]
    while let value = pending.popLast() {
      switch value.kind {
      case .array(let items): pending.append(contentsOf: items.reversed())
      case .object(let object):
        for member in object.members.reversed() {
          if member.key == key { found.append(member.value) }
          pending.append(member.value)
        }
      default: break
      }
    }
    return found
  }
}
