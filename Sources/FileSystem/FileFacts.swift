internal import Glibc

/// What stands at a name of a folder.
package enum EntryKind: String, Hashable, Sendable {
  case file
  case folder
  case link
  case fifo
  case socket
  case characterDevice
  case blockDevice
  case unknown

  /// The kind with its article, for messages.
  package var phrase: String {
    switch self {
    case .file: "a regular file"
    case .folder: "a folder"
    case .link: "a symbolic link"
    case .fifo: "a FIFO"
    case .socket: "a socket"
    case .characterDevice: "a character device"
    case .blockDevice: "a block device"
    case .unknown: "of unknown kind"
    }
  }
}

/// What the system knows of a file without reading it.
package struct FileFacts: Hashable, Sendable {
  package let kind: EntryKind
  /// Permission bits, the lower twelve.
  package let mode: UInt32
  /// Bytes.
  package let size: UInt64
  package let device: UInt64
  package let inode: UInt64
  /// Last change of the content, in nanoseconds since 1970.
  package let modified: Int64
  /// Last change of content or metadata, in nanoseconds since 1970; no program can set it back.
  package let changed: Int64

  /// Whether the owner may execute it.
  package var isExecutable: Bool { mode & 0o100 != 0 }

  /// Whether `other` is the same file on the same device, whatever became of its content.
  package func isSameFile(as other: FileFacts) -> Bool {
    inode == other.inode && device == other.device && kind == other.kind
  }

  /// What happened between `self` and `later`, or nil when nothing did.
  package func change(to later: FileFacts) -> FileChange? {
    if !isSameFile(as: later) { return .replaced }
    if later.size > size { return .grew }
    if later.size < size { return .shrank }
    if modified != later.modified || changed != later.changed || mode != later.mode {
      return .modified
    }
    return nil
  }
}

extension FileFacts {
  init(_ status: stat) {
    kind = EntryKind(mode: status.st_mode)
    mode = UInt32(status.st_mode & 0o7777)
    size = UInt64(max(0, status.st_size))
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    modified = Self.nanoseconds(status.st_mtim)
    changed = Self.nanoseconds(status.st_ctim)
  }

  /// A file system may hold any time stamp: wraps around rather than traps.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension EntryKind {
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    case S_IFIFO: self = .fifo
    case S_IFSOCK: self = .socket
    case S_IFCHR: self = .characterDevice
    case S_IFBLK: self = .blockDevice
    default: self = .unknown
    }
  }
}
