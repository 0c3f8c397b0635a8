internal import Glibc

/// One name of a folder.
package struct FolderEntry: Hashable, Sendable {
  /// Any bytes but `/` and NUL.
  package let name: [UInt8]
  /// What the listing says it is; `unknown` when the file system does not tell without a look.
  package let kind: EntryKind
}

extension Folder {
  /// Every name in the folder but `.` and `..`, sorted by bytes.
  package func entries() throws(FileSystemError) -> [FolderEntry] {
    // A stream takes over the descriptor it is given, and its offset: it gets its own.
    let number = unsafe openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .last("list", path.description) }
    guard let stream = unsafe fdopendir(number) else {
      let error = FileSystemError.last("list", path.description)
      _ = close(number)
      throw error
    }
    defer { unsafe closedir(stream) }
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe Self.name(of: entry)
      if isPlainName(name[...]) {
        entries.append(FolderEntry(name: name, kind: unsafe EntryKind(entry.pointee.d_type)))
      }
    }
    guard errno == 0 else { throw .last("list", path.description) }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
    let start = unsafe UnsafeRawPointer(entry).advanced(by: offset)
    let length = unsafe strlen(start.assumingMemoryBound(to: CChar.self))
    return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: length))
  }
}

extension EntryKind {
  /// From `d_type` of a listing; the numbers are those of `<dirent.h>`.
  fileprivate init(_ type: UInt8) {
    switch Int(type) {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .folder
    case Int(DT_LNK): self = .link
    case Int(DT_FIFO): self = .fifo
    case Int(DT_SOCK): self = .socket
    case Int(DT_CHR): self = .characterDevice
    case Int(DT_BLK): self = .blockDevice
    default: self = .unknown
    }
  }
}
