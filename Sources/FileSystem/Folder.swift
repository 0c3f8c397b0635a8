internal import Glibc

/// An open folder; everything below it is reached relative to its descriptor, without following
/// links, so that nobody can swap a component for a link to somewhere else.
package struct Folder: ~Copyable, Sendable {
  let descriptor: Descriptor
  /// Where it was opened, for messages.
  package let path: SystemPath

  /// Opens a folder of the operator's choosing, following links on the way.
  package static func open(_ path: SystemPath) throws(FileSystemError) -> Folder {
    let number = retrying {
      unsafe withCString(path.bytes[...]) { unsafe openat(AT_FDCWD, $0, openFolderFlags) }
    }
    guard number >= 0 else { throw .last("open folder", path.description) }
    return Folder(descriptor: Descriptor(owning: number), path: path)
  }

  /// Opens the folder called `name` in this one; a link there is an error, never followed.
  package func openFolder(_ name: ArraySlice<UInt8>) throws(FileSystemError) -> Folder {
    guard isPlainName(name) else {
      throw .system(operation: "open folder", path: describe(name), code: EINVAL)
    }
    let number = retrying {
      unsafe withCString(name) {
        unsafe openat(descriptor.number, $0, openFolderFlags | O_NOFOLLOW)
      }
    }
    guard number >= 0 else { throw failure("open folder", name) }
    return Folder(descriptor: Descriptor(owning: number), path: path.appending(Array(name)))
  }

  /// Opens the regular file called `name` for reading; never follows a link, never waits for a
  /// writer of a FIFO.
  ///
  /// - Throws: `special` or `unexpectedKind` when something else than a regular file stands there.
  package func openFile(_ name: ArraySlice<UInt8>) throws(FileSystemError) -> OpenFile {
    guard isPlainName(name) else {
      throw .system(operation: "open", path: describe(name), code: EINVAL)
    }
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let number = retrying {
      unsafe withCString(name) { unsafe openat(descriptor.number, $0, flags) }
    }
    guard number >= 0 else { throw failure("open", name) }
    let opened = Descriptor(owning: number)
    let facts = try opened.facts(describe(name))
    guard facts.kind == .file else { throw wrongKind(facts.kind, name) }
    return OpenFile(descriptor: opened, facts: facts)
  }

  /// What stands at `name`, a link itself rather than its target; nil when nothing does.
  package func facts(of name: ArraySlice<UInt8>) throws(FileSystemError) -> FileFacts? {
    var status = stat()
    let result = unsafe withCString(name) {
      unsafe fstatat(descriptor.number, $0, &status, AT_SYMLINK_NOFOLLOW)
    }
    if result == 0 { return FileFacts(status) }
    if errno == ENOENT { return nil }
    throw .last("look at", describe(name))
  }

  /// The folder's own facts.
  package func facts() throws(FileSystemError) -> FileFacts {
    try descriptor.facts(path.description)
  }

  /// The target text of the link called `name`: any bytes.
  package func linkTarget(_ name: ArraySlice<UInt8>) throws(FileSystemError) -> [UInt8] {
    // Linux bounds a target by one page; anything that fills the buffer would have been cut.
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe withCString(name) { name in
      unsafe target.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return -1 }
        let start = unsafe base.assumingMemoryBound(to: CChar.self)
        return unsafe readlinkat(descriptor.number, name, start, buffer.count)
      }
    }
    guard count >= 0 else { throw .last("read link", describe(name)) }
    guard count < target.count else {
      throw .system(operation: "read link", path: describe(name), code: ENAMETOOLONG)
    }
    return Array(target[..<count])
  }

  /// A second, independent handle on this folder.
  ///
  /// - Parameter path: what messages call it; nil for the same.
  package func duplicate(as path: SystemPath? = nil) throws(FileSystemError) -> Folder {
    Folder(
      descriptor: try descriptor.duplicate(self.path.description), path: path ?? self.path)
  }

  /// Puts the folder's entries on the disk: what a rename needs to survive a power failure.
  package func sync() throws(FileSystemError) {
    guard retrying({ fsync(descriptor.number) }) == 0 else {
      throw .last("sync", path.description)
    }
  }
}

private let openFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK

extension Folder {
  /// The error for the call on `name` that just failed; says which kind of thing is in the way
  /// where the system's text would be "too many levels of symbolic links" or "no such device".
  private func failure(_ operation: String, _ name: ArraySlice<UInt8>) -> FileSystemError {
    let code = errno
    let expected: EntryKind = operation == "open folder" ? .folder : .file
    if code == ELOOP || code == ENXIO || code == ENOTDIR,
      let found = try? facts(of: name)?.kind, found != expected
    {
      return wrongKind(found, name, expected: expected)
    }
    return .system(operation: operation, path: describe(name), code: code)
  }

  private func wrongKind(
    _ found: EntryKind, _ name: ArraySlice<UInt8>, expected: EntryKind = .file
  ) -> FileSystemError {
    switch found {
    case .file, .folder, .link:
      .unexpectedKind(path: describe(name), expected: expected, found: found)
    case .fifo, .socket, .characterDevice, .blockDevice, .unknown:
      .special(path: describe(name), kind: found)
    }
  }

  /// The path of `name` for messages.
  func describe(_ name: ArraySlice<UInt8>) -> String {
    path.appending(Array(name)).description
  }
}
