import Core
import Languages

/// The texts of every configuration of a repository, in whatever language it is written.
struct ConfigurationTexts {
  let path: RelativePath
  /// Whether loaders look for the file by its name.
  let isLoaded: Bool
  /// Whether the document tells a tool for training what to load, and no code of the repository.
  let isRecipe: Bool
  /// Whether the document is a recipe of mergekit.
  let isMerge: Bool
  let texts: [ConfiguredText]

  /// The folder that holds the file, with a slash behind, or empty.
  var folder: String { path.parent.map { "\($0)/" } ?? "" }

  func location(_ text: ConfiguredText) -> Location {
    Location(path, start: text.start, end: text.end)
  }

  /// Those of the texts that `wanted` takes, document by document.
  static func all(
    in subject: Subject, where wanted: (ConfiguredText) -> Bool
  ) -> [ConfigurationTexts] {
    subject.configurations.map { file in
      read(file.value, file.path, isLoaded: ConfigurationFile.isLoaded(file.path), wanted)
    }
      + subject.manifests.documents.map { document in
        switch document.content {
        case .yaml(let node): read(node, document.path, isLoaded: false, wanted)
        case .toml(let value): read(value, document.path, isLoaded: false, wanted)
        }
      }
  }

  private static func read(
    _ root: some ConfigurationNode, _ path: RelativePath, isLoaded: Bool,
    _ wanted: (ConfiguredText) -> Bool
  ) -> ConfigurationTexts {
    var texts: [ConfiguredText] = []
    root.visitTexts { text in
      if wanted(text) { texts.append(text) }
    }
    let keys = Set(root.configurationMembers.map(\.key))
    return ConfigurationTexts(
      path: path, isLoaded: isLoaded,
      isRecipe: recipes.contains { keys.contains($0.key) && !keys.isDisjoint(with: $0.others) },
      isMerge: keys.contains("merge_method"), texts: texts)
  }

  /// Keys by which recipes of mergekit, axolotl, AutoTrain and LLaMA-Factory are known: one, and
  /// at least one of others.
  private static let recipes: [(key: String, others: Set<String>)] = [
    ("merge_method", ["models", "slices", "base_model"]),
    (
      "base_model",
      [
        "datasets", "adapter", "micro_batch_size", "sequence_len", "val_set_size", "project_name",
      ]
    ),
    ("model_name_or_path", ["stage", "finetuning_type", "adapter_name_or_path"]),
  ]

  /// A file that names more than this many is a list to choose from: each entry is data.
  static let catalogueSize = 32
}
