internal import Glibc

/// What a program that was run left behind.
package struct ChildResult: Sendable {
  package let output: [UInt8]
  package let errors: [UInt8]
  /// Its exit status, or 128 plus the signal that ended it.
  package let status: Int32
}

/// Runs another program, without a shell.
package enum ChildProcess {
  /// Runs `arguments`, the first of which names a program in an absolute folder of `PATH` (or is an
  /// absolute path itself), gives it `input`, and waits for its end.
  ///
  /// - Throws: `childOutputTooLarge` when output or errors exceed `limit` bytes; the child is
  ///   ended.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], limit: Int = 1 << 26
  ) throws(FileSystemError) -> ChildResult {
    try run(arguments, input: input, limit: limit) { _ throws(FileSystemError) in }
  }

  /// The same for output of any length: hands it to `receive` as it comes, a little at a time.
  ///
  /// - Parameter receive: May take bytes away from what has come; what it leaves counts against
  ///   `limit` and stands in the result.
  package static func run(
    _ arguments: [String], input: [UInt8] = [], limit: Int = 1 << 26,
    receive: (inout [UInt8]) throws(FileSystemError) -> Void
  ) throws(FileSystemError) -> ChildResult {
    // A child that ends before it has read its input must not end this process.
    StandardStream.ignoreBrokenPipes()
    let name = arguments.first ?? ""
    let program = try find(name)
    var inputPipe = try Pipe.open()
    var outputPipe = try Pipe.open()
    var errorsPipe = try Pipe.open()
    let child = try spawn(
      program, arguments,
      descriptors: [
        inputPipe.reading?.number ?? -1, outputPipe.writing?.number ?? -1,
        errorsPipe.writing?.number ?? -1,
      ])
    inputPipe.reading = nil
    outputPipe.writing = nil
    errorsPipe.writing = nil
    var received = Received()
    do throws(FileSystemError) {
      while try exchange(&inputPipe, &outputPipe, &errorsPipe, input, &received) {
        try receive(&received.output)
        if max(received.output.count, received.errors.count) > limit {
          throw .childOutputTooLarge(program: escapedText(name.utf8), limit: limit)
        }
      }
    } catch {
      kill(child, SIGKILL)
      _ = wait(for: child)
      throw error
    }
    return ChildResult(
      output: received.output, errors: received.errors, status: wait(for: child))
  }

  /// The absolute path of the program called `name`.
  ///
  /// Relative folders of `PATH`, the empty one among them, are passed over: the working directory
  /// may be a hostile tree.
  package static func find(_ name: String) throws(FileSystemError) -> SystemPath {
    let bytes = Array(name.utf8)
    if bytes.contains(UInt8(ascii: "/")) {
      guard let path = SystemPath(bytes: bytes), path.isAbsolute else {
        throw .noProgram(name: escapedText(bytes))
      }
      return path
    }
    let folders = Environment.bytes("PATH") ?? Array("/usr/local/bin:/usr/bin:/bin".utf8)
    for folder in folders.split(separator: UInt8(ascii: ":")) where isPlainName(bytes[...]) {
      guard let folder = SystemPath(bytes: Array(folder)), folder.isAbsolute else { continue }
      let candidate = folder.appending(bytes)
      if unsafe withCString(candidate.bytes[...], { unsafe access($0, X_OK) }) == 0,
        let facts = try? OpenFile.facts(at: candidate), facts.kind == .file
      {
        return candidate
      }
    }
    throw .noProgram(name: escapedText(bytes))
  }

  private static func spawn(
    _ program: SystemPath, _ arguments: [String], descriptors: [Int32]
  ) throws(FileSystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (target, descriptor) in descriptors.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    // What this process ignores or blocks is no business of the child's.
    var defaults = sigset_t()
    var none = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigemptyset(&none)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe sigaddset(&defaults, SIGXFSZ)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    var argumentPointers: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map {
      unsafe strdup($0)
    }
    unsafe argumentPointers.append(nil)
    defer { unsafe argumentPointers.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let code = unsafe withCString(program.bytes[...]) {
      unsafe posix_spawn(&child, $0, &actions, &attributes, argumentPointers, environ)
    }
    guard code == 0 else {
      throw .system(operation: "run", path: program.description, code: code)
    }
    return child
  }

  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    guard retrying({ unsafe waitpid(child, &status, 0) }) == child else { return 127 }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

/// What has gone to and come from a child so far.
private struct Received {
  var sent = 0
  var output: [UInt8] = []
  var errors: [UInt8] = []
}

/// Moves what can be moved without waiting for the wrong side; false once the child has closed both
/// its outputs.
private func exchange(
  _ input: inout Pipe, _ output: inout Pipe, _ errors: inout Pipe, _ bytes: [UInt8],
  _ received: inout Received
) throws(FileSystemError) -> Bool {
  if received.sent >= bytes.count { input.writing = nil }
  if output.reading == nil, errors.reading == nil { return false }
  // poll passes over negative descriptors.
  var entries = [
    pollfd(fd: input.writing?.number ?? -1, events: Int16(POLLOUT), revents: 0),
    pollfd(fd: output.reading?.number ?? -1, events: Int16(POLLIN), revents: 0),
    pollfd(fd: errors.reading?.number ?? -1, events: Int16(POLLIN), revents: 0),
  ]
  let ready = retrying { unsafe poll(&entries, nfds_t(entries.count), -1) }
  guard ready >= 0 else { throw .last("wait for", "a child process") }
  if entries[0].revents != 0 {
    let count = input.send(bytes[received.sent...])
    // A child that does not read all of its input is no error of ours.
    if let count { received.sent += count } else { received.sent = bytes.count }
  }
  if entries[1].revents != 0 { try output.receive(into: &received.output) }
  if entries[2].revents != 0 { try errors.receive(into: &received.errors) }
  return true
}

/// Both ends of a pipe.
private struct Pipe: ~Copyable {
  var reading: Descriptor?
  var writing: Descriptor?

  static func open() throws(FileSystemError) -> Pipe {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw .last("open", "a pipe") }
    // The copies close on exec and are never among the numbers of a child's own streams.
    let reading = Descriptor(owning: ends[0])
    let writing = Descriptor(owning: ends[1])
    return Pipe(
      reading: try reading.duplicate("a pipe"), writing: try writing.duplicate("a pipe"))
  }

  /// Writes a little of `bytes`; nil when the reader has gone.
  mutating func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let number = writing?.number else { return nil }
    // A pipe that poll calls writable takes PIPE_BUF bytes without blocking.
    let count = retrying {
      unsafe bytes.withUnsafeBytes {
        unsafe write(number, $0.baseAddress, min($0.count, Int(PIPE_BUF)))
      }
    }
    return count >= 0 ? count : nil
  }

  /// Appends what is there; closes the end once there will be no more.
  mutating func receive(into bytes: inout [UInt8]) throws(FileSystemError) {
    guard let number = reading?.number else { return }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = retrying {
      unsafe buffer.withUnsafeMutableBytes { unsafe read(number, $0.baseAddress, $0.count) }
    }
    guard count >= 0 else { throw .last("read from", "a child process") }
    if count == 0 { reading = nil } else { bytes += buffer[..<count] }
  }
}
