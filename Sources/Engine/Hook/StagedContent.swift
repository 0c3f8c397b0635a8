import Core
import FileSystem
import Inventory
import Lockfile

/// A model's entries as the index has them.
struct StagedContent {
  private let model: StagedModel
  private let lockfile: Lockfile
  private let recorded: [[UInt8]: Entry]
  private let exclude: [Glob]
  /// The lockfile and our temporary file beside it, below the model's folder.
  private let own: Set<[UInt8]>

  init(
    _ model: StagedModel, _ lockfile: Lockfile, lockfilePath: [UInt8]?
  ) throws(EngineError) {
    self.model = model
    self.lockfile = lockfile
    exclude = try TreeReading.globs(lockfile.exclude)
    recorded = Dictionary(lockfile.entries.map { ($0.path.bytes, $0) }) { first, _ in first }
    var own: Set<[UInt8]> = []
    if let path = lockfilePath, let inside = model.inside(path) {
      own.insert(Array(inside))
      let folder = inside.lastIndex(of: UInt8(ascii: "/")).map { inside[...$0] } ?? []
      own.insert(folder + Array(Lockfile.temporaryName.utf8))
    }
    self.own = own
  }

  /// The paths below the model's folder that count.
  func paths(of index: [GitRepository.IndexEntry]) -> [[UInt8]] {
    index.compactMap { entry in
      model.inside(entry.path).map { Array($0) }.flatMap { counts($0) ? $0 : nil }
    }
  }

  /// Whether the lockfile has to say something of a path.
  func counts(_ path: [UInt8]) -> Bool {
    if own.contains(path) { return false }
    if exclude.contains(where: { $0.matches(file: path) }) { return false }
    // The crawl leaves the client's metadata out where it is well-formed; where it is not, the
    // lockfile lists it.
    return recorded[path] != nil || !path.starts(with: Array(".cache/huggingface/".utf8))
  }

  /// Entries as the index has them, in path byte order, and what cannot be told.
  struct Found {
    var entries: [Entry] = []
    var uncovered: [(path: String, reason: String)] = []
  }

  /// Reads those of `paths` that the index has.
  func entries(
    _ paths: Set<[UInt8]>, of index: [GitRepository.IndexEntry], in repository: GitRepository
  ) throws(EngineError) -> Found {
    var found = Found()
    var files: [String: [(path: RelativePath, mode: GitRepository.Mode)]] = [:]
    for entry in index {
      guard let inside = model.inside(entry.path).map({ Array($0) }), paths.contains(inside),
        counts(inside)
      else { continue }
      guard let path = try? RelativePath(bytes: inside) else {
        found.uncovered.append((escapedText(entry.path), "the name is not safe"))
        continue
      }
      if entry.mode == .submodule {
        found.uncovered.append(
          (path.description, "a submodule, whose content is not in this repository"))
      } else {
        files[entry.object, default: []].append((path, entry.mode))
      }
    }
    try repository.blobs(files.keys) { object, blob throws(EngineError) in
      for file in files[object] ?? [] {
        found.entries.append(Entry(file.path, content(blob, at: file.path, file.mode)))
      }
    }
    found.entries.sort { $0.path < $1.path }
    return found
  }

  private func content(
    _ blob: GitRepository.Blob, at path: RelativePath, _ mode: GitRepository.Mode
  ) -> Entry.Content {
    guard case .file(let isExecutable) = mode else { return .link(target: blob.bytes) }
    let record = recorded[path.bytes]?.file
    var size = blob.size
    var digest = blob.digest
    // What LFS will put there, unless the pointer itself is what was locked.
    if record?.digest != digest, blob.isWhole, let pointer = LFSPointer(blob.bytes) {
      size = pointer.size
      digest = pointer.digest
    }
    return .file(
      FileRecord(
        size: size, isExecutable: isExecutable, digest: digest, role: record?.role ?? .other,
        format: record?.format))
  }
}
