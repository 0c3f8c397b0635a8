package import Core
import FileSystem
import Inventory
package import Lockfile

/// `lock`: crawl a tree and write what it is.
package enum Lock {
  /// What is asked for.
  package struct Options: Sendable {
    package var tree: Tree
    /// Where to write; nil for `modelpin.lock` in the folder.
    package var output: String?
    /// What the operator says of the tree's origin.
    package var source: Provenance?
    /// Patterns of the command line; nil when none was given, so that the configuration's or the
    /// earlier lockfile's stand.
    package var exclude: [String]?
    /// Whether a lockfile of other content, or a damaged one, may be replaced.
    package var update: Bool

    package init(
      tree: Tree = Tree(), output: String? = nil, source: Provenance? = nil,
      exclude: [String]? = nil, update: Bool = false
    ) {
      self.tree = tree
      self.output = output
      self.source = source
      self.exclude = exclude
      self.update = update
    }
  }

  /// What became of the file.
  package enum Written: Hashable, Sendable {
    /// There was none.
    case created
    /// It replaced an earlier one.
    case updated
    /// The earlier one has the same bytes and was not touched.
    case unchanged
    /// The earlier one is of other content and stays: `--update` was not given.
    case refused
  }

  package struct Outcome: Sendable {
    /// What the tree gives, written or not.
    package let lockfile: Lockfile
    package let path: String
    package let written: Written
    /// Against the earlier lockfile; nil when there was none that could be read.
    package let difference: LockfileDifference?
    /// Why the earlier lockfile, now replaced, could not be read.
    package let replaced: LockfileError?
    package let findings: [JudgedFinding]
    package let exclusions: [Exclusion]
    package let totals: TreeTotals

    /// Whether the answer is yes: status 0.
    package var isDone: Bool { written != .refused }
  }

  /// Locks a tree.
  ///
  /// Whatever fails, an earlier lockfile is intact.
  package static func run(
    _ options: Options, in context: RunContext
  ) throws(EngineError) -> Outcome {
    let place = try TreePlace(options.tree)
    let path = try outputPath(options, place)
    let position = try place.position(of: path)
    let earlier = try earlierLockfile(at: path, mayReplace: options.update)
    let exclude =
      options.exclude.map { $0 + (context.configuration?.exclude ?? []) }
      ?? context.configuration?.exclude.nonEmpty ?? earlier.lockfile?.exclude ?? []
    let crawled = try TreeReading.crawl(
      place.source, exclude: exclude, lockfile: position, context: context, collectsSources: true,
      isWriting: true)
    let source = source(options, crawled.repository, earlier.lockfile)
    let (lockfile, findings) = try TreeReading.lock(
      crawled.repository, source: source, exclude: exclude, context: context)
    let difference = earlier.lockfile.map { LockfileDifference(from: $0, to: lockfile) }
    let bytes = LockfileWriter.write(lockfile)
    let written: Written
    if earlier.bytes == nil {
      written = .created
    } else if earlier.bytes == bytes {
      written = .unchanged
    } else if let old = earlier.lockfile, old.pin != lockfile.pin, !options.update {
      written = .refused
    } else {
      written = .updated
    }
    if written == .created || written == .updated { try Files.write(bytes, to: path) }
    return Outcome(
      lockfile: lockfile, path: path, written: written, difference: difference,
      replaced: earlier.error, findings: findings, exclusions: crawled.repository.exclusions,
      totals: TreeTotals(lockfile.entries))
  }

  private static func outputPath(
    _ options: Options, _ place: TreePlace
  ) throws(EngineError) -> String {
    if let output = options.output { return output }
    guard let path = place.usualLockfile(of: options.tree) else {
      throw .needsOutput(
        tree: options.tree.path, reason: place.reasonAgainstLockfile ?? "it is no folder")
    }
    // A link that came with the tree would make us write wherever it leads.
    if try Files.kind(at: path) == .link { throw .lockfileIsLink(path: path) }
    return path
  }

  private struct Earlier {
    var bytes: [UInt8]?
    var lockfile: Lockfile?
    var error: LockfileError?
  }

  private static func earlierLockfile(
    at path: String, mayReplace: Bool
  ) throws(EngineError) -> Earlier {
    guard let bytes = try Files.lockfileBytes(at: path) else { return Earlier() }
    do {
      return Earlier(bytes: bytes, lockfile: try LockfileReader.read(bytes))
    } catch {
      if mayReplace { return Earlier(bytes: bytes, error: error) }
      throw .lockfile(path: path, error)
    }
  }

  /// The operator's word, now or earlier; else what the tree says today.
  private static func source(
    _ options: Options, _ repository: Repository, _ earlier: Lockfile?
  ) -> Provenance? {
    if let told = options.source { return told }
    if let old = earlier?.source, !old.isClaimed { return old }
    return repository.provenance ?? earlier?.source
  }
}

extension Array {
  /// The array, or nil when it is empty.
  var nonEmpty: [Element]? { isEmpty ? nil : self }
}
