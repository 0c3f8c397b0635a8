import Core
import FileSystem
import Formats

/// Decides what of a tree does not count.
struct ExclusionRules: Sendable {
  private let patterns: [Glob]
  private let lockfile: [UInt8]?
  private let temporary: [UInt8]?

  init(_ options: CrawlOptions) {
    patterns = options.exclude
    lockfile = options.lockfile?.bytes
    let inUse = options.leavesOutTemporary ? options.lockfile : nil
    temporary = inUse.map { path in
      let folder = path.parent.map { $0.bytes + [UInt8(ascii: "/")] } ?? []
      return folder + AtomicFile.temporaryName(for: Array(path.name.utf8)[...])
    }
  }

  /// Why the file or link at `path` is left out, or nil.
  func reason(file path: [UInt8]) -> Exclusion.Reason? {
    if let lockfile, path == lockfile || path == temporary { return .lockfile }
    for glob in patterns where glob.matches(file: path) { return .pattern(glob.pattern) }
    return nil
  }

  /// Why the whole folder at `path` is left out, or nil.
  func reason(folder path: [UInt8]) -> Exclusion.Reason? {
    if path.elementsEqual(".git".utf8) { return .versionControl }
    for glob in patterns where glob.matches(folder: path) { return .pattern(glob.pattern) }
    return nil
  }

  /// The record of a file left out.
  static func exclusion(_ path: RelativePath, _ reason: Exclusion.Reason) -> Exclusion {
    let kind = FileKind.named(path.bytes)
    return Exclusion(path: path, isFolder: false, reason: reason, role: kind?.role)
  }
}
