import Core
import FileSystem
package import Inventory
import Lockfile

/// A tree to work on, as the command line names it.
package struct Tree: Hashable, Sendable {
  /// A folder, a file, an archive, or `-` for an archive on standard input.
  package var path: String
  /// Whether a file is taken as a file or as an archive; nil decides by content.
  package var reading: FileReading?

  package init(_ path: String = ".", reading: FileReading? = nil) {
    self.path = path
    self.reading = reading
  }
}

/// A tree's source, and where its lockfile is.
struct TreePlace {
  let source: TreeSource
  /// The folder with every link resolved; nil for a file, an archive or a stream.
  let folder: SystemPath?
  /// Why no lockfile can lie beside the tree; nil for a plain folder.
  let reasonAgainstLockfile: String?

  init(_ tree: Tree) throws(EngineError) {
    do {
      source = try TreeSource.detect(tree.path, reading: tree.reading)
    } catch {
      throw .crawl(error)
    }
    guard case .directory(let path) = source else {
      folder = nil
      switch source {
      case .stream: reasonAgainstLockfile = "it is a stream"
      case .archive: reasonAgainstLockfile = "it is an archive"
      default: reasonAgainstLockfile = "it is a single file"
      }
      return
    }
    let resolved = try Files.resolved(path)
    folder = resolved
    reasonAgainstLockfile =
      Self.isCacheSnapshot(resolved) ? "it is a snapshot in a Hugging Face cache" : nil
  }

  /// The usual place of a lockfile in the tree, nil where none can be.
  func usualLockfile(of tree: Tree) -> String? {
    guard reasonAgainstLockfile == nil, case .directory(let path) = source else { return nil }
    return path.hasSuffix("/") ? path + Lockfile.name : "\(path)/\(Lockfile.name)"
  }

  /// Where the lockfile at `path` lies in the tree, so that it is left out; nil when it lies outside.
  ///
  /// In an archive it is the member of the usual name: an archive of a locked folder then has the
  /// folder's pin.
  func position(of path: String?) throws(EngineError) -> RelativePath? {
    guard let folder else {
      switch source {
      case .archive, .stream: return try? RelativePath(Lockfile.name)
      case .directory, .file: return nil
      }
    }
    guard let path, let system = SystemPath(path) else { return nil }
    let file = try Files.resolved(system.parent).appending(system.name).bytes
    let slash = UInt8(ascii: "/")
    let root = folder.bytes.last == slash ? folder.bytes : folder.bytes + [slash]
    guard file.starts(with: root) else { return nil }
    return try? RelativePath(bytes: Array(file[root.count...]))
  }

  /// Whether the folder is `…/models--org--name/snapshots/COMMIT`.
  private static func isCacheSnapshot(_ folder: SystemPath) -> Bool {
    let parts = folder.bytes.split(separator: UInt8(ascii: "/"))
    guard parts.count >= 3, parts[parts.count - 2].elementsEqual("snapshots".utf8) else {
      return false
    }
    return ["models--", "datasets--", "spaces--", "kernels--"].contains {
      parts[parts.count - 3].starts(with: $0.utf8)
    }
  }
}
