internal import Glibc

/// A file open for reading.
package struct OpenFile: ~Copyable, Sendable {
  let descriptor: Descriptor
  /// What it was when it was opened.
  package let facts: FileFacts

  /// Opens a file of the operator's choosing, following links; it may be a FIFO or a device, as in
  /// `modelpin scan <(tar c model)`.
  package static func open(_ path: SystemPath) throws(FileSystemError) -> OpenFile {
    let number = retrying {
      unsafe withCString(path.bytes[...]) {
        unsafe openat(AT_FDCWD, $0, O_RDONLY | O_CLOEXEC | O_NOCTTY)
      }
    }
    guard number >= 0 else { throw .last("open", path.description) }
    let descriptor = Descriptor(owning: number)
    let facts = try descriptor.facts(path.description)
    return OpenFile(descriptor: descriptor, facts: facts)
  }

  /// What stands at a path of the operator's choosing, following links.
  package static func facts(at path: SystemPath) throws(FileSystemError) -> FileFacts {
    var status = stat()
    let result = unsafe withCString(path.bytes[...]) { unsafe fstatat(AT_FDCWD, $0, &status, 0) }
    guard result == 0 else { throw .last("look at", path.description) }
    return FileFacts(status)
  }

  /// What the system says of it now.
  package func currentFacts(
    _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> FileFacts {
    try descriptor.facts(path())
  }

  /// Reads from the current position into the front of `buffer`; 0 at the end.
  package func read(
    into buffer: inout [UInt8], _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> Int {
    let count = retrying {
      unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor.number, $0.baseAddress, $0.count)
      }
    }
    guard count >= 0 else { throw .last("read", path()) }
    return count
  }

  /// Reads at most `limit` bytes from `offset` on into the front of `buffer`; 0 at the end.
  package func read(
    into buffer: inout [UInt8], at offset: UInt64, limit: Int, _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> Int {
    guard let position = off_t(exactly: offset) else { return 0 }
    let count = retrying {
      unsafe buffer.withUnsafeMutableBytes {
        unsafe pread(descriptor.number, $0.baseAddress, min($0.count, max(0, limit)), position)
      }
    }
    guard count >= 0 else { throw .last("read", path()) }
    return count
  }

  /// The bytes of `range`, fewer where the file ends before it.
  package func bytes(
    in range: Range<UInt64>, _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> [UInt8] {
    let end = min(range.upperBound, max(facts.size, range.lowerBound))
    var bytes = [UInt8](repeating: 0, count: Int(clamping: end - range.lowerBound))
    var filled = 0
    while filled < bytes.count {
      let offset = range.lowerBound + UInt64(filled)
      guard let position = off_t(exactly: offset) else { break }
      let count = retrying {
        unsafe bytes.withUnsafeMutableBytes { buffer in
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
          return unsafe pread(descriptor.number, rest.baseAddress, rest.count, position)
        }
      }
      guard count >= 0 else { throw .last("read", path()) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// The whole content from the current position on, of a file, a FIFO or a stream.
  ///
  /// - Throws: `tooLarge` as soon as there are more than `limit` bytes.
  package func contents(
    limit: Int, _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> [UInt8] {
    if facts.kind == .folder {
      throw .unexpectedKind(path: path(), expected: .file, found: .folder)
    }
    if facts.kind == .file, facts.size > UInt64(max(0, limit)) {
      throw .tooLarge(path: path(), limit: limit)
    }
    var whole: [UInt8] = []
    whole.reserveCapacity(facts.kind == .file ? Int(clamping: facts.size) : 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(into: &buffer, path())
      if count == 0 { return whole }
      if count > limit - whole.count { throw .tooLarge(path: path(), limit: limit) }
      whole += buffer[..<count]
    }
  }

  /// Tells the kernel that it will be read from front to back.
  package func willReadSequentially() {
    _ = posix_fadvise(descriptor.number, 0, 0, POSIX_FADV_SEQUENTIAL)
  }

  /// A second handle on the same open file, for a reader that outlives this one.
  package func duplicate(_ path: @autoclosure () -> String) throws(FileSystemError) -> OpenFile {
    OpenFile(descriptor: try descriptor.duplicate(path()), facts: facts)
  }

  /// Takes over descriptor `number`, which the caller's process was started with or made: a second
  /// one is opened, and the first stays open.
  package static func adopting(
    descriptor number: Int32, _ path: @autoclosure () -> String
  ) throws(FileSystemError) -> OpenFile {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last("open", path()) }
    let descriptor = Descriptor(owning: copy)
    let facts = try descriptor.facts(path())
    return OpenFile(descriptor: descriptor, facts: facts)
  }

  /// Goes back to the start; fails for a stream that cannot.
  package func rewind(_ path: @autoclosure () -> String) throws(FileSystemError) {
    guard lseek(descriptor.number, 0, SEEK_SET) == 0 else { throw .last("rewind", path()) }
  }
}

extension [UInt8] {
  /// Copies the bytes of `span`.
  package init(copying span: Span<UInt8>) {
    self = unsafe span.withUnsafeBufferPointer { unsafe Array($0) }
  }
}

extension OpenFile {
  /// Hands the descriptor's number to `body`, which must not close it.
  package func withDescriptor<Output, Failure: Error>(
    _ body: (Int32) throws(Failure) -> Output
  ) throws(Failure) -> Output {
    try body(descriptor.number)
  }
}
