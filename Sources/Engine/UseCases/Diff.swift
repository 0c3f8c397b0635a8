import Core
import FileSystem
import Inventory
package import Lockfile

/// `diff`: how two lockfiles, or a lockfile and a tree, differ.
package enum Diff {
  package struct Options: Sendable {
    /// A lockfile or a tree.
    package var old: String
    /// A lockfile or a tree.
    package var new: String

    package init(old: String, new: String) {
      self.old = old
      self.new = new
    }
  }

  /// One side of the comparison.
  package struct Side: Sendable {
    package let path: String
    /// Whether it was crawled just now.
    package let isTree: Bool
    package let lockfile: Lockfile
  }

  package struct Outcome: Sendable {
    package let old: Side
    package let new: Side
    package let difference: LockfileDifference
    /// The entries' differences in a reviewer's words.
    package var summary: ChangeSummary { ChangeSummary(difference.entries) }
    /// Whether nothing differs: status 0.
    package var isSame: Bool { difference.isEmpty }
  }

  /// Compares two sides. A tree is locked in memory, with the patterns of a lockfile on the other
  /// side, or else with the configuration's.
  package static func run(
    _ options: Options, in context: RunContext
  ) throws(EngineError) -> Outcome {
    let oldLocked = try lockfile(at: options.old)
    let newLocked = try lockfile(at: options.new)
    let old = try side(options.old, oldLocked, other: newLocked, context)
    let new = try side(options.new, newLocked, other: oldLocked, context)
    return Outcome(
      old: old, new: new, difference: LockfileDifference(from: old.lockfile, to: new.lockfile))
  }

  private static func side(
    _ path: String, _ locked: Lockfile?, other: Lockfile?, _ context: RunContext
  ) throws(EngineError) -> Side {
    if let locked { return Side(path: path, isTree: false, lockfile: locked) }
    let tree = Tree(path)
    let place = try TreePlace(tree)
    let exclude = other?.exclude ?? context.configuration?.exclude ?? []
    let inside = try place.position(of: place.usualLockfile(of: tree))
    let crawled = try TreeReading.crawl(
      place.source, exclude: exclude, lockfile: inside, context: context,
      collectsSources: true)
    let source =
      other?.source.flatMap { $0.isClaimed ? nil : $0 } ?? crawled.repository.provenance
    let locking = try TreeReading.lock(
      crawled.repository, source: source, exclude: exclude, context: context)
    return Side(path: path, isTree: true, lockfile: locking.lockfile)
  }

  /// The lockfile at `path`; nil when something else, a tree, stands there.
  private static func lockfile(at path: String) throws(EngineError) -> Lockfile? {
    if path == "-" { return nil }
    let head: [UInt8]
    do {
      let file = try OpenFile.open(try Files.systemPath(path))
      guard file.facts.kind == .file else { return nil }
      head = try file.bytes(in: 0..<256, path)
    } catch let error as FileSystemError {
      throw .file(error)
    } catch let error as EngineError {
      throw error
    } catch {
      throw .argument("\(error)")
    }
    // Named like one, or begins like one: then anything wrong with it is an error with a line.
    let text = String(decoding: head, as: UTF8.self)
    guard path.hasSuffix(".lock") || (text.first == "{" && text.contains("\"lockfileVersion\""))
    else { return nil }
    return try Files.lockfile(at: path)
  }
}
