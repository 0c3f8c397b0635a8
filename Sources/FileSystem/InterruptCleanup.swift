internal import Glibc
internal import Synchronization

/// Removes the temporary file of an atomic write when the process is interrupted.
///
/// One file at a time: a second writer in the same process waits for its turn.
enum InterruptCleanup {
  private static let turn = Mutex<Void>(())
  private static let folder = Atomic<Int32>(-1)
  private static let name = Atomic<UInt>(0)
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Runs `body`; from when it calls what it is given, SIGINT, SIGTERM and SIGHUP remove `name` from
  /// the folder before they end the process as they would have.
  static func protecting<Output>(
    _ name: ArraySlice<UInt8>, in folder: borrowing Folder,
    _ body: (_ arm: () -> Void) throws(FileSystemError) -> Output
  ) throws(FileSystemError) -> Output {
    let number = folder.descriptor.number
    var result: Result<Output, FileSystemError>?
    turn.withLock { _ in
      unsafe withCString(name) { pointer in
        Self.name.store(UInt(bitPattern: pointer), ordering: .releasing)
        let previous = install()
        defer {
          Self.folder.store(-1, ordering: .releasing)
          restore(previous)
        }
        do throws(FileSystemError) {
          result = .success(try body { Self.folder.store(number, ordering: .releasing) })
        } catch {
          result = .failure(error)
        }
      }
    }
    guard let result else { throw .busy(path: escapedText(name)) }
    return try result.get()
  }

  private static func install() -> [sigaction] {
    signals.map { number in
      var previous = sigaction()
      unsafe sigaction(number, nil, &previous)
      // `nohup` and the like ignore a signal on purpose.
      let handler = unsafe previous.__sigaction_handler.sa_handler
      let isIgnored = handler.map { unsafe unsafeBitCast($0, to: Int.self) == 1 } ?? false
      if isIgnored { return previous }
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = removeAndEnd
      unsafe sigaction(number, &action, nil)
      return previous
    }
  }

  private static func restore(_ previous: [sigaction]) {
    for (number, action) in zip(signals, previous) {
      var action = action
      unsafe sigaction(number, &action, nil)
    }
  }

  /// The handler: only calls that POSIX lists as safe in one.
  private static let removeAndEnd: @convention(c) (Int32) -> Void = { number in
    let folder = InterruptCleanup.folder.load(ordering: .acquiring)
    let address = InterruptCleanup.name.load(ordering: .acquiring)
    if folder >= 0, let name = unsafe UnsafePointer<CChar>(bitPattern: address) {
      unsafe unlinkat(folder, name, 0)
    }
    signal(number, SIG_DFL)
    raise(number)
  }
}
