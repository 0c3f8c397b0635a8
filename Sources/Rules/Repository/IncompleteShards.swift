package import Core
import JSON

/// Flags shard indices that disagree with the shards that are there.
package struct IncompleteShards: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/incomplete-shards",
    severity: .high,
    summary: "A shard index and the weight shards beside it do not agree.",
    why: """
      A missing shard means that the download is not complete. A shard that the index does not name \
      is loaded by nothing, or by something that nobody reviewed.
      """,
    fix: "Download the model again at one commit, or remove the files that do not belong to it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    if subject.configurations.isEmpty { return [] }
    let tree = subject.tree
    return subject.configurations.flatMap { file -> [Finding] in
      guard file.name.hasSuffix(".index.json"), let map = file.value["weight_map"]?.object else {
        return []
      }
      var places: [String: JSONValue] = [:]
      for member in map.members {
        guard let shard = member.value.string else { continue }
        if places[shard] == nil { places[shard] = member.value }
      }
      let missing = places.filter { !tree.contains(file.folder + $0.key) }.map { shard, value in
        Finding(
          Self.id, Self.documentation.severity, at: file.location(value), .isMissing(shard),
          fix: Self.documentation.fix, construct: "missing \(shard)")
      }
      return missing + Self.unlisted(beside: file, named: Set(places.keys), in: subject.repository)
    }
  }

  /// Shards of the same family in the index's folder that it does not name.
  private static func unlisted(
    beside file: ConfigurationFile, named: Set<String>, in repository: Repository
  ) -> [Finding] {
    // `model.safetensors.index.json` is the index of `model-00001-of-00003.safetensors`.
    let parts = file.name.dropLast(".index.json".count).split(separator: ".")
    guard parts.count >= 2, let suffix = parts.last else { return [] }
    let stem = parts.dropLast().joined(separator: ".")
    return repository.entries.compactMap { entry in
      let name = entry.path.name
      guard entry.path.parent == file.path.parent, name.hasPrefix("\(stem)-"),
        name.hasSuffix(".\(suffix)"), name.contains("-of-"), !named.contains(name)
      else { return nil }
      return Finding(
        id, .medium, at: Location(entry.path), .isNotNamed(by: file.name),
        fix: documentation.fix, construct: "unlisted shard")
    }
  }
}

extension String {
  fileprivate static func isMissing(_ shard: String) -> String {
    "names the shard \(shard), which is not there"
  }

  fileprivate static func isNotNamed(by index: String) -> String {
    "a shard that \(index) does not name"
  }
}
