package import Core
import FileSystem
import Inventory
package import Lockfile

/// `hook`: would a commit made now leave every model as its lockfile says?
///
/// What is staged is read from git's own objects, never from the working tree: the two differ when
/// somebody stages a part. Entries that are not staged are those of the last commit, which an
/// earlier run looked at; so only what is staged is read, and the lockfiles. Where a lockfile
/// changes, everything it says anew is read.
package enum Hook {
  /// What became of a lockfile itself.
  package enum LockfileState: Hashable, Sendable {
    case unchanged
    case added
    case changed(ChangeSummary)
    /// It is deleted while files of its tree stay.
    case removed
  }

  /// One model that staged changes touch.
  package struct Model: Sendable {
    /// The folder below the repository's root, for messages.
    package let name: String
    package let lockfile: String
    package let state: LockfileState
    /// How many entries were compared.
    package let compared: Int
    package let differences: [EntryDifference]
    /// Entries that no lockfile can say anything of, and why.
    package let uncovered: [(path: String, reason: String)]
    /// Links whose target is no entry of the model and that nobody accepted.
    package let unprovenLinks: [JudgedFinding]
    /// The pin that the configuration asks for, when the staged lockfile has another one.
    package let pin: (expected: SHA256Digest, found: SHA256Digest)?

    package var holds: Bool {
      differences.isEmpty && uncovered.isEmpty && unprovenLinks.isEmpty && pin == nil
        && state != .removed
    }
  }

  package struct Outcome: Sendable {
    /// Those that staged changes touch, by folder.
    package let models: [Model]
    /// How many models the repository has.
    package let known: Int

    package var holds: Bool { models.allSatisfy(\.holds) }
  }

  /// Verifies what is staged.
  package static func verify(in context: RunContext) throws(EngineError) -> Outcome {
    let repository = try GitRepository()
    let index = try repository.index()
    let staged = try repository.staged()
    let models = try StagedModel.all(index, staged, repository, context.configuration)
    var results: [Model] = []
    for model in models {
      if let result = try verify(model, index, staged, repository, context) {
        results.append(result)
      }
    }
    return Outcome(models: results, known: models.count)
  }

  private static func verify(
    _ model: StagedModel, _ index: [GitRepository.IndexEntry],
    _ staged: [GitRepository.Change], _ repository: GitRepository, _ context: RunContext
  ) throws(EngineError) -> Model? {
    let touched = staged.filter { change in
      change.path == model.lockfilePath || model.inside(change.path) != nil
    }
    if touched.isEmpty { return nil }
    let lockfiles = try StagedLockfiles(model, index, staged, repository)
    guard let lockfile = lockfiles.new else {
      let remains = index.contains { model.inside($0.path) != nil }
      return remains
        ? Model(
          name: model.name, lockfile: model.lockfileName, state: .removed, compared: 0,
          differences: [], uncovered: [], unprovenLinks: [], pin: nil) : nil
    }
    let content = try StagedContent(model, lockfile, lockfilePath: model.lockfilePath)
    // What is staged, and what the lockfile says otherwise than before.
    var paths: Set<[UInt8]> = []
    for change in touched {
      if let inside = model.inside(change.path) { paths.insert(Array(inside)) }
    }
    if let old = lockfiles.old {
      for difference in EntryDifference.between(expected: old.entries, found: lockfile.entries) {
        paths.insert(difference.path.bytes)
        if case .renamed(let from, _) = difference.kind { paths.insert(from.bytes) }
      }
      // Patterns that were dropped bring entries back that nobody staged now.
      if old.exclude != lockfile.exclude { paths.formUnion(content.paths(of: index)) }
    } else {
      paths.formUnion(lockfile.entries.map(\.path.bytes))
      paths.formUnion(content.paths(of: index))
    }
    let found = try content.entries(paths, of: index, in: repository)
    let expected = lockfile.entries.filter { paths.contains($0.path.bytes) }
    // The model as the commit would have it: what is staged, else what the lockfile says.
    let entries = lockfile.entries.filter { !paths.contains($0.path.bytes) } + found.entries
    return Model(
      name: model.name, lockfile: model.lockfileName, state: lockfiles.state,
      compared: Set(expected.map(\.path)).union(found.entries.map(\.path)).count,
      differences: EntryDifference.between(expected: expected, found: found.entries),
      uncovered: found.uncovered,
      unprovenLinks: try Verify.unprovenLinks(
        among: entries.sorted { $0.path < $1.path }, in: context),
      pin: model.pin.flatMap { $0 == lockfile.pin ? nil : ($0, lockfile.pin) })
  }
}

/// A model's lockfile as it is staged and as it was.
struct StagedLockfiles {
  /// As staged; nil when it is deleted.
  let new: Lockfile?
  /// As in the last commit; nil when there was none, or none that could be read.
  let old: Lockfile?
  let state: Hook.LockfileState

  init(
    _ model: StagedModel, _ index: [GitRepository.IndexEntry], _ staged: [GitRepository.Change],
    _ repository: GitRepository
  ) throws(EngineError) {
    guard let path = model.lockfilePath else {
      // Outside the repository: the operator's own copy, which no commit changes.
      new = try Files.lockfile(at: model.lockfileName)
      old = new
      state = .unchanged
      return
    }
    let change = staged.first { $0.path == path }
    guard let entry = index.first(where: { $0.path == path }) else {
      guard change != nil else { throw .noLockfile(path: model.lockfileName) }
      (new, old, state) = (nil, nil, .removed)
      return
    }
    guard case .file = entry.mode else { throw .lockfileIsLink(path: model.lockfileName) }
    let lockfile = try Self.read(entry.object, model, repository)
    new = lockfile
    guard let change else {
      old = lockfile
      state = .unchanged
      return
    }
    // An old one that cannot be read vouches for nothing: then everything is looked at.
    old = try change.oldObject.flatMap { object throws(EngineError) in
      do throws(EngineError) {
        return try Self.read(object, model, repository)
      } catch {
        if case .lockfile = error { return nil }
        throw error
      }
    }
    state =
      old.map { .changed(ChangeSummary(LockfileDifference(from: $0, to: lockfile).entries)) }
      ?? .added
  }

  private static func read(
    _ object: String, _ model: StagedModel, _ repository: GitRepository
  ) throws(EngineError) -> Lockfile {
    var result: Lockfile?
    try repository.blobs([object], limit: 1 << 30) { _, blob throws(EngineError) in
      do throws(LockfileError) {
        result = try LockfileReader.read(blob.bytes)
      } catch {
        throw .lockfile(path: model.lockfileName, error)
      }
    }
    guard let result else { throw .noLockfile(path: model.lockfileName) }
    return result
  }
}
