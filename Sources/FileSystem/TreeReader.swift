package import Core

/// Opens files below a root by their relative path, one worker's own: it keeps the last file's
/// folder open, so that files in path order cost one `openat` each.
///
/// Every component is opened without following links: a tree is not trusted to stay what it was
/// when it was listed.
package struct TreeReader: ~Copyable {
  private let root: Folder
  private var folder: Folder
  private var folderPath: ArraySlice<UInt8> = []

  /// A reader below `root`, independent of the handle it is given; its errors name paths below it.
  package init(root: borrowing Folder) throws(FileSystemError) {
    let first = try root.duplicate(as: .current)
    let second = try root.duplicate(as: .current)
    self.root = first
    self.folder = second
  }

  /// Opens the regular file at `path`.
  package mutating func open(_ path: RelativePath) throws(FileSystemError) -> OpenFile {
    let name = try enter(path)
    return try folder.openFile(name)
  }

  /// What stands at `path` now, never following a link; nil when nothing does.
  package mutating func facts(of path: RelativePath) throws(FileSystemError) -> FileFacts? {
    let name = try enter(path)
    return try folder.facts(of: name)
  }

  /// Makes the folder of `path` the open one and returns the last component.
  private mutating func enter(_ path: RelativePath) throws(FileSystemError) -> ArraySlice<UInt8> {
    let bytes = path.bytes
    let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
    let parent = bytes[..<(slash ?? 0)]
    if parent != folderPath {
      try walk(to: parent)
      folderPath = parent
    }
    return bytes[(slash.map { $0 + 1 } ?? 0)...]
  }

  private mutating func walk(to parent: ArraySlice<UInt8>) throws(FileSystemError) {
    // Forgotten first: when a step fails, the folder that is open belongs to no known path.
    folderPath = [0]
    folder = try root.duplicate()
    for component in parent.split(separator: UInt8(ascii: "/")) {
      let next = try folder.openFolder(component)
      folder = next
    }
  }
}
