internal import Glibc

/// Replaces a file as a whole: readers see the old content or the new one, never a part.
package enum AtomicFile {
  /// The name of the temporary file that stands beside `name` while it is written.
  package static func temporaryName(for name: ArraySlice<UInt8>) -> [UInt8] {
    [UInt8(ascii: ".")] + name + Array(".tmp".utf8)
  }

  /// Writes `bytes` to `path`: temporary file beside it, fsync, rename, fsync of the folder.
  ///
  /// Whatever fails, what stood at `path` is intact and the temporary file is gone; SIGINT and
  /// SIGTERM remove it too. A link at `path` is replaced, not followed. A leftover temporary file
  /// of a process that died is replaced.
  ///
  /// - Throws: `busy` when another process is writing the same file.
  package static func write(_ bytes: [UInt8], to path: SystemPath) throws(FileSystemError) {
    let folder = try Folder.open(path.parent)
    try write(bytes, to: path.name[...], in: folder)
  }

  /// Writes `bytes` to the file called `name` in `folder`, as above.
  ///
  /// - Parameter beforeRename: called when all is written and nothing replaced: how tests interrupt.
  package static func write(
    _ bytes: [UInt8], to name: ArraySlice<UInt8>, in folder: borrowing Folder,
    beforeRename: () -> Void = {}
  ) throws(FileSystemError) {
    guard isPlainName(name) else {
      throw .system(operation: "write", path: folder.describe(name), code: EINVAL)
    }
    let old = try folder.facts(of: name)
    if let old, old.kind != .file, old.kind != .link {
      throw .unexpectedKind(path: folder.describe(name), expected: .file, found: old.kind)
    }
    if old?.kind == .link { try refuseLinkToDevice(name, in: folder) }
    // Beyond a file size limit a write is to fail, not to end the process.
    signal(SIGXFSZ, SIG_IGN)
    let temporary = temporaryName(for: name)
    let folderNumber = folder.descriptor.number
    let shown = folder.describe(name)
    try InterruptCleanup.protecting(temporary[...], in: folder) { arm throws(FileSystemError) in
      let file = try create(temporary[...], in: folder, arm)
      do throws(FileSystemError) {
        if let old, old.kind == .file { _ = fchmod(file.number, mode_t(old.mode & 0o777)) }
        try writeAll(bytes, to: file, shown)
        guard retrying({ fsync(file.number) }) == 0 else { throw .last("write", shown) }
        beforeRename()
        let renamed = unsafe withCString(temporary[...]) { from in
          unsafe withCString(name) { to in unsafe renameat(folderNumber, from, folderNumber, to) }
        }
        guard renamed == 0 else { throw .last("write", shown) }
      } catch {
        _ = unsafe withCString(temporary[...]) { unsafe unlinkat(folderNumber, $0, 0) }
        throw error
      }
    }
    try folder.sync()
  }

  /// `/dev/stdout` and the like are links; replacing one would take it from every other program.
  private static func refuseLinkToDevice(
    _ name: ArraySlice<UInt8>, in folder: borrowing Folder
  ) throws(FileSystemError) {
    let target = try? OpenFile.facts(at: folder.path.appending(Array(name)))
    if let target, target.kind != .file, target.kind != .folder {
      throw .unexpectedKind(path: folder.describe(name), expected: .file, found: target.kind)
    }
  }

  /// Creates the temporary file and locks it, so that no other writer takes it for a leftover.
  private static func create(
    _ name: ArraySlice<UInt8>, in folder: borrowing Folder, _ arm: () -> Void
  ) throws(FileSystemError) -> Descriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    // Each round either succeeds or removes one leftover; a few rounds outlast a race.
    for _ in 0..<8 {
      let number = retrying {
        unsafe withCString(name) { unsafe openat(folder.descriptor.number, $0, flags, 0o666) }
      }
      if number >= 0 {
        let file = Descriptor(owning: number)
        guard lock(file) else { throw .busy(path: folder.describe(name)) }
        let mine = try file.facts(folder.describe(name))
        // A writer that saw the file before it was locked may have removed it.
        if let there = try folder.facts(of: name), there.isSameFile(as: mine) {
          arm()
          return file
        }
      } else if errno == EEXIST {
        try removeLeftover(name, in: folder)
      } else {
        throw .last("write", folder.describe(name))
      }
    }
    throw .busy(path: folder.describe(name))
  }

  private static func removeLeftover(
    _ name: ArraySlice<UInt8>, in folder: borrowing Folder
  ) throws(FileSystemError) {
    guard let found = try folder.facts(of: name) else { return }
    if found.kind == .folder {
      throw .unexpectedKind(path: folder.describe(name), expected: .file, found: .folder)
    }
    if found.kind == .file {
      let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
      let number = unsafe withCString(name) { unsafe openat(folder.descriptor.number, $0, flags) }
      if number >= 0 {
        let other = Descriptor(owning: number)
        guard lock(other) else { throw .busy(path: folder.describe(name)) }
        return try remove(name, in: folder)
      }
    }
    // A link, a FIFO, or a file nobody may read: nobody is writing it the way we do.
    try remove(name, in: folder)
  }

  private static func remove(
    _ name: ArraySlice<UInt8>, in folder: borrowing Folder
  ) throws(FileSystemError) {
    let result = unsafe withCString(name) { unsafe unlinkat(folder.descriptor.number, $0, 0) }
    if result != 0, errno != ENOENT { throw .last("remove", folder.describe(name)) }
  }

  /// False when another process holds the lock; file systems without locks count as unlocked.
  private static func lock(_ file: borrowing Descriptor) -> Bool {
    let result = retrying { flock(file.number, LOCK_EX | LOCK_NB) }
    return result == 0 || errno != EWOULDBLOCK
  }
}

/// Writes all of `bytes`, however the system cuts them.
func writeAll(
  _ bytes: [UInt8], to file: borrowing Descriptor, _ path: @autoclosure () -> String
) throws(FileSystemError) {
  var written = 0
  while written < bytes.count {
    let count = retrying {
      unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        return unsafe write(file.number, rest.baseAddress, rest.count)
      }
    }
    guard count > 0 else { throw .last("write", path()) }
    written += count
  }
}
