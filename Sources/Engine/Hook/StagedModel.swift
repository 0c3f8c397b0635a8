import Core
import FileSystem
import Inventory
import Lockfile

/// A model of a git repository: a folder and the lockfile that says what is in it.
struct StagedModel {
  /// The folder below the repository's root, with a final slash; empty for the root itself.
  let folder: [UInt8]
  /// The lockfile below the repository's root; nil when it lies elsewhere.
  let lockfilePath: [UInt8]?
  /// The lockfile for messages: as configured, or below the root.
  let lockfileName: String
  /// What the configuration says the content has to be.
  let pin: SHA256Digest?

  /// For messages.
  var name: String {
    folder.isEmpty ? "." : escapedText(folder.dropLast())
  }

  /// The path below the model's folder; nil for what lies elsewhere.
  func inside(_ path: [UInt8]) -> ArraySlice<UInt8>? {
    guard path.starts(with: folder), path.count > folder.count else { return nil }
    return path[folder.count...]
  }

  /// The models of a repository: those of the configuration where it lists any, else every folder
  /// with a lockfile in the index or in the last commit.
  static func all(
    _ index: [GitRepository.IndexEntry], _ staged: [GitRepository.Change],
    _ repository: GitRepository, _ configuration: Configuration?
  ) throws(EngineError) -> [StagedModel] {
    let places = index.map(\.path) + staged.filter { $0.oldObject != nil }.map(\.path)
    if let models = configuration?.models, !models.isEmpty {
      var result: [StagedModel] = []
      for model in models {
        let found = repository.path(of: model.path).map { configured(model, $0, repository) }
        // A model that nothing is known of would be passed over in silence for ever.
        guard let found, places.contains(where: { found.inside($0) != nil }) else {
          throw .configuration(
            path: configuration?.path ?? "", line: model.line,
            reason: "the model \(model.path) is not in this git repository")
        }
        result.append(found)
      }
      return result
    }
    let name = Array(Lockfile.name.utf8)
    var folders: Set<[UInt8]> = []
    for path in places where path.hasSuffix(name) {
      let folder = Array(path.dropLast(name.count))
      if folder.isEmpty || folder.last == UInt8(ascii: "/") { folders.insert(folder) }
    }
    return folders.sorted { $0.lexicographicallyPrecedes($1) }.map { folder in
      StagedModel(
        folder: folder, lockfilePath: folder + name, lockfileName: escapedText(folder + name),
        pin: nil)
    }
  }

  private static func configured(
    _ model: Configuration.Model, _ folder: [UInt8], _ repository: GitRepository
  ) -> StagedModel {
    let slashed = folder.isEmpty ? [] : folder + [UInt8(ascii: "/")]
    let lockfile =
      model.lockfile.map { repository.path(of: $0) }
      ?? slashed + Array(Lockfile.name.utf8)
    return StagedModel(
      folder: slashed, lockfilePath: lockfile,
      lockfileName: model.lockfile ?? escapedText(slashed + Array(Lockfile.name.utf8)),
      pin: model.pin)
  }
}

extension GitRepository {
  /// Where a path that the operator named, relative to the working directory, lies below the
  /// repository's root; nil when it lies elsewhere. `..` is resolved by its letters.
  func path(of named: String) -> [UInt8]? {
    var parts: [ArraySlice<UInt8>]
    let bytes = Array(named.utf8)
    if bytes.first == UInt8(ascii: "/") {
      var rest = bytes[...]
      let top = root.bytes
      guard rest.starts(with: top),
        rest.count == top.count || rest[top.count] == UInt8(ascii: "/")
      else { return nil }
      rest = rest.dropFirst(top.count)
      parts = rest.split(separator: UInt8(ascii: "/"))
    } else {
      parts = (prefix + bytes).split(separator: UInt8(ascii: "/"))
    }
    var result: [ArraySlice<UInt8>] = []
    for part in parts {
      if part.elementsEqual([UInt8(ascii: ".")]) { continue }
      if part.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
        guard result.popLast() != nil else { return nil }
      } else {
        result.append(part)
      }
    }
    return Array(result.joined(separator: [UInt8(ascii: "/")]))
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ other: [UInt8]) -> Bool {
    count >= other.count && self[(count - other.count)...].elementsEqual(other)
  }
}
