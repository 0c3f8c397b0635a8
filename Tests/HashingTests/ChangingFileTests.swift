import Core
import FileSystem
import Glibc
import Hashing
import Synchronization
import TestSupport
import Testing

@Suite struct ChangingFileTests {
  /// Small files are read at once, large ones streamed, checkpointed ones range by range.
  enum Way: String, CaseIterable, Sendable {
    case small
    case large
    case ranges
  }

  enum Change: String, CaseIterable, Sendable {
    case grows
    case shrinks
    case vanishes
    case replaced
    case modified
    case link
    case fifo

    func apply(to folder: TemporaryFolder) throws {
      let path = folder.path("f")
      switch self {
      case .grows:
        let number = unsafe open(path, O_WRONLY | O_APPEND)
        _ = unsafe write(number, [1], 1)
        close(number)
      case .shrinks: unsafe truncate(path, 10)
      case .vanishes: try folder.remove("f")
      case .replaced:
        try folder.write(try folder.bytes("f"), to: "g")
        unsafe rename(folder.path("g"), path)
      case .modified:
        let number = unsafe open(path, O_WRONLY)
        _ = unsafe pwrite(number, [0xFF], 1, 20)
        close(number)
      case .link:
        unsafe rename(path, folder.path("g"))
        unsafe symlink("g", path)
      case .fifo:
        try folder.remove("f")
        unsafe mkfifo(path, 0o644)
      }
    }
  }

  private func tree(_ way: Way) throws -> HashTree {
    let bytes = [UInt8](repeating: 3, count: way == .large ? 1 << 20 + 5000 : 3000)
    var tree = try HashTree([("f", bytes)])
    let expected = way == .ranges ? try ExpectedHash(of: bytes) : nil
    tree.jobs = [try tree.job("f", expected: expected)]
    return tree
  }

  private func failure(_ result: Result<HashedFile, HashingError>?) throws -> FileSystemError {
    let error = #expect(throws: HashingError.self) { try result?.get() }
    guard case .file(let reason) = error else { throw try #require(error) }
    return reason
  }

  @Test(arguments: Way.allCases, Change.allCases)
  func `a change before, while or after reading is an error`(way: Way, change: Change) throws {
    // Before anything is read.
    let before = try tree(way)
    try change.apply(to: before.folder)
    try check(try failure(try before.hash().first), change)
    // At the first read, and after the last.
    for end in [false, true] {
      let tree = try tree(way)
      let size = tree.jobs[0].facts?.size
      let folder = tree.folder
      let done = Once()
      let results = try tree.hash(workers: 1) { _, offset in
        guard offset == (end ? size : 0), done.isFirst() else { return }
        // Time stamps of some file systems are as coarse as the kernel's tick.
        usleep(10_000)
        try? change.apply(to: folder)
      }
      try check(try failure(results.first), change)
    }
  }

  private func check(_ error: FileSystemError, _ change: Change) throws {
    switch (change, error) {
    case (_, .changedWhileRead("f", _)): break
    case (.link, .unexpectedKind("f", _, .link)), (.fifo, .special("f", .fifo)): break
    default: Issue.record("\(change): \(error)")
    }
    if change == .vanishes { #expect(error == .changedWhileRead(path: "f", what: .vanished)) }
  }

  @Test func `one bad file does not hide the others`() throws {
    var tree = try HashTree([("a", [1]), ("f", [2]), ("z", [3])])
    try tree.folder.remove("f")
    let results = try tree.hash()
    #expect(try results[0].get().facts.size == 1)
    #expect(try failure(results[1]) == .changedWhileRead(path: "f", what: .vanished))
    #expect(try results[2].get().facts.size == 1)
    tree.jobs = []
  }

  @Test func `what nobody may read is an error with its path`() async throws {
    let tree = try HashTree([("f", [1, 2, 3])])
    unsafe chmod(tree.folder.path("f"), 0)
    unsafe chmod(tree.folder.path, 0o755)
    // Root reads everything; in a process of its own the test can stop being root.
    await #expect(processExitsWith: .exitCode(9)) { [path = tree.folder.path as String] in
      if geteuid() == 0 { seteuid(65534) }
      guard let path = SystemPath(path), let folder = try? Folder.open(path) else { exit(1) }
      guard let facts = try? folder.facts(of: [UInt8(ascii: "f")]) else { exit(2) }
      let job = HashJob(try RelativePath("f"), facts: facts)
      let results = FileHasher().hash([job], roots: [HashRoot(folder)]) { _, _, _, _ in }
      guard case .failure(.file(let error)) = results[0] else { exit(3) }
      exit(error.isDenied && error.description == "cannot open f: permission denied" ? 9 : 4)
    }
  }
}

/// True for the first caller only.
private final class Once: Sendable {
  private let taken = Mutex(false)

  func isFirst() -> Bool {
    taken.withLock { taken in
      defer { taken = true }
      return !taken
    }
  }
}
