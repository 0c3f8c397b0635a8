package import Core
package import Languages

/// The header of a model card, a data set's card or a Space's description.
package struct ModelCard: Sendable {
  package let path: RelativePath
  /// The YAML between the lines `---`.
  package let root: YAMLNode

  /// Every card of the repository that has a header.
  static func all(in repository: Repository) -> [ModelCard] {
    repository.sources.compactMap { source in
      guard FrontMatter.isCard(source.path), let root = FrontMatter.read(source.bytes) else {
        return nil
      }
      return ModelCard(path: source.path, root: root)
    }
  }
}
