import FileSystem
import Lockfile

/// The few files that use cases read and write besides the tree: lockfiles and the configuration.
enum Files {
  /// No lockfile is larger.
  private static let lockfileLimit = 1 << 30

  static func systemPath(_ path: String) throws(EngineError) -> SystemPath {
    guard let system = SystemPath(path) else { throw .argument("a path is empty") }
    return system
  }

  static func resolved(_ path: String) throws(EngineError) -> SystemPath {
    try resolved(try systemPath(path))
  }

  static func resolved(_ path: SystemPath) throws(EngineError) -> SystemPath {
    do {
      return try path.resolved()
    } catch {
      throw .file(error)
    }
  }

  /// What stands at `path` itself, a link not followed; nil when nothing does.
  static func kind(at path: String) throws(EngineError) -> EntryKind? {
    let system = try systemPath(path)
    do {
      let folder = try Folder.open(system.parent)
      return try folder.facts(of: system.name[...])?.kind
    } catch {
      throw .file(error)
    }
  }

  /// The bytes of the lockfile at `path`; nil when there is none.
  static func lockfileBytes(at path: String) throws(EngineError) -> [UInt8]? {
    do {
      return try OpenFile.open(try systemPath(path)).contents(limit: lockfileLimit, path)
    } catch let error as FileSystemError {
      if error.isMissing { return nil }
      throw .file(error)
    } catch let error as EngineError {
      throw error
    } catch {
      throw .argument("\(error)")
    }
  }

  /// The lockfile at `path`.
  static func lockfile(at path: String) throws(EngineError) -> Lockfile {
    guard let bytes = try lockfileBytes(at: path) else { throw .noLockfile(path: path) }
    do {
      return try LockfileReader.read(bytes)
    } catch {
      throw .lockfile(path: path, error)
    }
  }

  /// Replaces the file at `path` as a whole.
  static func write(_ bytes: [UInt8], to path: String) throws(EngineError) {
    let system = try systemPath(path)
    do {
      try AtomicFile.write(bytes, to: system)
    } catch {
      throw .file(error)
    }
  }
}
