import Core
import Languages

/// The texts of every configuration of a repository, in whatever language it is written.
struct ConfigurationTexts {
  let path: RelativePath
  /// Whether loaders look for the file by its name.
  let isLoaded: Bool
  /// Whether the document is a recipe of mergekit.
  let isMerge: Bool
  let texts: [ConfiguredText]
  /// Whether there are more than were read.
  let isCut: Bool

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
    let isWhole = root.visitTexts { text in
      if wanted(text) { texts.append(text) }
    }
    return ConfigurationTexts(
      path: path, isLoaded: isLoaded,
      isMerge: root.configurationMembers.contains { $0.key == "merge_method" }, texts: texts,
      isCut: !isWhole)
  }

  /// A file that names more than this many is a list to choose from: each entry is data.
  static let catalogueSize = 32
}
