internal import Glibc

/// Standard output or standard error.
package struct StandardStream: Sendable {
  private let number: Int32
  private let name: String

  /// Where results go.
  package static let output = StandardStream(number: 1, name: "standard output")
  /// Where progress and diagnostics go.
  package static let error = StandardStream(number: 2, name: "standard error")

  /// What became of a write.
  package enum Outcome: Sendable {
    case written
    /// The reader has gone: no error, but there is no point in going on.
    case closed
  }

  /// Writes all of `bytes`.
  package func write(_ bytes: [UInt8]) throws(FileSystemError) -> Outcome {
    var written = 0
    while written < bytes.count {
      let count = retrying {
        unsafe bytes.withUnsafeBytes { buffer in
          let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
          return unsafe Glibc.write(number, rest.baseAddress, rest.count)
        }
      }
      if count > 0 {
        written += count
      } else if errno == EPIPE {
        return .closed
      } else if errno == EAGAIN {
        // Whoever shares the terminal or pipe made it non-blocking.
        var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        unsafe poll(&entry, 1, -1)
      } else {
        throw .last("write", name)
      }
    }
    return .written
  }

  /// Whether people are looking at it.
  package var isTerminal: Bool { isatty(number) == 1 }

  /// Columns of the terminal; nil when it is none or does not tell.
  package var width: Int? {
    var size = winsize()
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Makes a write to a closed pipe, or beyond a file size limit, an outcome rather than the end of
  /// the process: once, at start.
  package static func ignoreBrokenPipes() {
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Standard input, open for reading.
  package static func input() throws(FileSystemError) -> OpenFile {
    let copy = fcntl(0, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .last("read", "standard input") }
    let descriptor = Descriptor(owning: copy)
    let facts = try descriptor.facts("standard input")
    return OpenFile(descriptor: descriptor, facts: facts)
  }
}
