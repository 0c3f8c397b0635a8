import Core
import FileSystem
import Hashing

/// A snapshot folder of the Hugging Face cache: `models--ORG--NAME/snapshots/COMMIT`, whose files
/// are links to `../../blobs/ETAG`.
///
/// Recognised by where the root really lies, by device and inode, and not by its own word: a link
/// called `../../blobs/…` in any other tree leads out of it.
struct CacheSnapshot: Sendable {
  /// `org/name`; nil when the folder above is not named as the cache names it.
  let repository: String?
  let commit: String
  let blobs: HashRoot
  private let repositoryFolder: HashRoot

  init?(root: borrowing Folder) {
    do throws(FileSystemError) {
      let snapshots = try Folder.open(root.path.appending(Array("..".utf8)))
      let repository = try Folder.open(root.path.appending(Array("../..".utf8)))
      let above = try Folder.open(root.path.appending(Array("../../..".utf8)))
      let own = try root.facts()
      guard
        let name = try repository.facts(of: Array("snapshots".utf8)[...]),
        name.isSameFile(as: try snapshots.facts())
      else { return nil }
      guard let commit = try Self.name(of: own, in: snapshots, where: { $0.isHex(40) }) else {
        return nil
      }
      self.commit = commit
      let kinds = ["models--", "datasets--", "spaces--"]
      let folder = try Self.name(
        of: try repository.facts(), in: above, where: { kinds.contains(where: $0.hasPrefix) })
      self.repository = folder.map(Self.repositoryName)
      blobs = HashRoot(try repository.openFolder(Array("blobs".utf8)[...]))
      repositoryFolder = HashRoot(repository)
    } catch {
      return nil
    }
  }

  /// The blob that a link of the snapshot leads to, or nil when it leads anywhere else.
  func blob(of target: [UInt8], at path: RelativePath) -> RelativePath? {
    // One `..` for each folder the link lies in, and two more.
    let depth = path.components.count + 1
    var rest = target[...]
    for _ in 0..<depth {
      guard rest.starts(with: "../".utf8) else { return nil }
      rest = rest.dropFirst(3)
    }
    guard rest.starts(with: "blobs/".utf8) else { return nil }
    let name = String(decoding: rest.dropFirst(6), as: UTF8.self)
    guard name[...].isHex(40) || name[...].isHex(64) else { return nil }
    return try? RelativePath(name)
  }

  /// What stands at a blob's name.
  func facts(of blob: RelativePath) throws(FileSystemError) -> FileFacts? {
    try blobs.folder.facts(of: blob.bytes[...])
  }

  /// The files of the commit as the client recorded them, where it did.
  func tree() -> ClientMetadata? {
    let name = Array("\(commit).json".utf8)
    guard let trees = try? repositoryFolder.folder.openFolder(Array("trees".utf8)[...]),
      let file = try? trees.openFile(name[...]),
      let bytes = try? file.contents(limit: Int(ClientMetadata.sizeLimit), "trees")
    else { return nil }
    return ClientMetadata.tree(name[...], bytes)
  }

  private static func name(
    of facts: FileFacts, in folder: borrowing Folder, where isWanted: (Substring) -> Bool
  ) throws(FileSystemError) -> String? {
    for entry in try folder.entries() {
      let name = String(decoding: entry.name, as: UTF8.self)
      if isWanted(name[...]), let found = try folder.facts(of: entry.name[...]),
        found.isSameFile(as: facts)
      {
        return name
      }
    }
    return nil
  }

  /// `models--org--name` is `org/name`, `models--name` is `name`.
  private static func repositoryName(_ folder: String) -> String {
    let parts = folder.split(separator: "-", omittingEmptySubsequences: false)
    var names: [Substring] = []
    var current = folder.startIndex
    var index = folder.startIndex
    while index < folder.endIndex {
      if folder[index...].hasPrefix("--") {
        names.append(folder[current..<index])
        index = folder.index(index, offsetBy: 2)
        current = index
      } else {
        index = folder.index(after: index)
      }
    }
    names.append(folder[current...])
    guard parts.count > 1, names.count > 1 else { return folder }
    guard names.count > 2 else { return String(names[1]) }
    // A name may hold `--` itself; the first part is the owner.
    return "\(names[1])/\(names[2...].joined(separator: "--"))"
  }
}
