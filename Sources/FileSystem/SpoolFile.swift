internal import Glibc

/// A temporary file without a name: it is gone when closed, however the process ends.
package struct SpoolFile: ~Copyable, Sendable {
  private let descriptor: Descriptor
  private let path: SystemPath

  /// Creates one in `folder`, by default that of `TMPDIR` or `/tmp`.
  package static func create(
    in folder: SystemPath? = nil
  ) throws(FileSystemError) -> SpoolFile {
    let path = folder ?? Environment.temporaryFolder
    // O_TMPFILE never has a name; file systems without it get one for an instant.
    let unnamed = unsafe withCString(path.bytes[...]) {
      unsafe openat(AT_FDCWD, $0, O_DIRECTORY | 0o20_000_000 | O_RDWR | O_CLOEXEC, 0o600)
    }
    if unnamed >= 0 { return SpoolFile(descriptor: Descriptor(owning: unnamed), path: path) }
    var template = path.appending(Array(".modelpin-XXXXXX".utf8)).bytes.map {
      CChar(bitPattern: $0)
    }
    template.append(0)
    let named = unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return Int32(-1) }
      let number = unsafe mkstemp(base)
      if number >= 0 { unsafe unlink(base) }
      return number
    }
    guard named >= 0 else { throw .last("create a temporary file in", path.description) }
    let file = Descriptor(owning: named)
    _ = fcntl(named, F_SETFD, FD_CLOEXEC)
    return SpoolFile(descriptor: file, path: path)
  }

  /// Appends `bytes`.
  package func write(_ bytes: [UInt8]) throws(FileSystemError) {
    try writeAll(bytes, to: descriptor, "a temporary file in \(path)")
  }

  /// Appends everything that `source` still has to give.
  ///
  /// - Returns: the number of bytes.
  package func fill(
    from source: borrowing OpenFile, _ sourcePath: @autoclosure () -> String
  ) throws(FileSystemError) -> UInt64 {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var total: UInt64 = 0
    while true {
      let count = try source.read(into: &buffer, sourcePath())
      if count == 0 { return total }
      try write(count == buffer.count ? buffer : Array(buffer[..<count]))
      total += UInt64(count)
    }
  }

  /// Hands the content over for reading, from its start.
  package consuming func reading() throws(FileSystemError) -> OpenFile {
    let shown = "a temporary file in \(path)"
    let file = OpenFile(
      descriptor: try descriptor.duplicate(shown), facts: try descriptor.facts(shown))
    try file.rewind(shown)
    return file
  }
}
