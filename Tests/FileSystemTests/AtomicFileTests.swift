import FileSystem
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFileTests {
  private static let temporary = ".modelpin.lock.tmp"

  private func write(_ text: String, _ tree: TemporaryFolder) throws {
    try AtomicFile.write(Array(text.utf8), to: try tree.systemPath("modelpin.lock"))
  }

  @Test func `the temporary file has a fixed name and is gone afterwards`() throws {
    let tree = try TemporaryFolder()
    let name = AtomicFile.temporaryName(for: "modelpin.lock".name)
    #expect(String(decoding: name, as: UTF8.self) == Self.temporary)
    try write("one", tree)
    #expect(try tree.text("modelpin.lock") == "one")
    try write("two", tree)
    #expect(try tree.text("modelpin.lock") == "two")
    #expect(!tree.exists(Self.temporary))
  }

  @Test func `what was there is whole until the rename`() throws {
    let tree = try TemporaryFolder()
    try write("old", tree)
    let folder = try tree.opened()
    try AtomicFile.write(Array("new".utf8), to: "modelpin.lock".name, in: folder) {
      #expect((try? tree.text("modelpin.lock")) == "old")
      #expect((try? tree.text(Self.temporary)) == "new")
    }
    #expect(try tree.text("modelpin.lock") == "new")
  }

  @Test func `the mode of the old file is kept`() throws {
    let tree = try TemporaryFolder()
    try write("old", tree)
    unsafe chmod(tree.path("modelpin.lock"), 0o640)
    try write("new", tree)
    #expect(try tree.opened().facts(of: "modelpin.lock".name)?.mode == 0o640)
  }

  @Test func `a link at the target is replaced, never written through`() throws {
    let tree = try TemporaryFolder()
    try tree.write("precious", to: "victim")
    try tree.link("modelpin.lock", to: "victim")
    try write("new", tree)
    #expect(try tree.text("victim") == "precious")
    #expect(try tree.opened().facts(of: "modelpin.lock".name)?.kind == .file)
  }

  @Test func `a link to a device is not taken from other programs`() throws {
    let tree = try TemporaryFolder()
    try tree.link("modelpin.lock", to: "/dev/null")
    #expect(throws: FileSystemError.self) { try write("new", tree) }
    #expect(try tree.opened().facts(of: "modelpin.lock".name)?.kind == .link)
  }

  @Test(arguments: ["file", "link", "dangling", "fifo"])
  func `a leftover is replaced, never followed`(kind: String) throws {
    let tree = try TemporaryFolder()
    try tree.write("precious", to: "victim")
    switch kind {
    case "file": try tree.write("half", to: Self.temporary)
    case "link": try tree.link(Self.temporary, to: "victim")
    case "dangling": try tree.link(Self.temporary, to: "nowhere")
    default: tree.fifo(Self.temporary)
    }
    try write("new", tree)
    #expect(try tree.text("modelpin.lock") == "new")
    #expect(try tree.text("victim") == "precious")
    #expect(!tree.exists("nowhere"))
    #expect(!tree.exists(Self.temporary))
  }

  @Test func `a folder in the way is an error that leaves all as it was`() throws {
    let tree = try TemporaryFolder()
    try tree.folder(Self.temporary)
    #expect(throws: FileSystemError.self) { try write("new", tree) }
    #expect(!tree.exists("modelpin.lock"))
    try tree.remove(Self.temporary)
    try tree.folder("modelpin.lock")
    #expect(throws: FileSystemError.self) { try write("new", tree) }
    #expect(!tree.exists(Self.temporary))
  }

  @Test func `two writers do not mix`() throws {
    let tree = try TemporaryFolder()
    try write("old", tree)
    let other = unsafe open(tree.path(Self.temporary), O_CREAT | O_WRONLY, 0o644)
    defer { close(other) }
    #expect(flock(other, LOCK_EX | LOCK_NB) == 0)
    let error = #expect(throws: FileSystemError.self) { try write("new", tree) }
    guard case .busy = error else { throw try #require(error) }
    #expect(try tree.text("modelpin.lock") == "old")
    #expect(tree.exists(Self.temporary))
  }

  @Test func `a file size limit leaves the old file`() async throws {
    let tree = try TemporaryFolder()
    try write("old", tree)
    await #expect(processExitsWith: .exitCode(3)) { [path = tree.path("modelpin.lock") as String] in
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      guard let path = SystemPath(path) else { exit(4) }
      do {
        try AtomicFile.write([UInt8](repeating: 65, count: 5000), to: path)
        exit(5)
      } catch {
        exit((error as? FileSystemError)?.code == EFBIG ? 3 : 6)
      }
    }
    #expect(try tree.text("modelpin.lock") == "old")
    #expect(!tree.exists(Self.temporary))
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `an interrupt removes the temporary file`(number: Int32) async throws {
    let tree = try TemporaryFolder()
    try write("old", tree)
    await #expect(processExitsWith: .failure) {
      [path = tree.path as String, number = number as Int32] in
      // The test runner starts its children with signals blocked.
      var all = sigset_t()
      unsafe sigfillset(&all)
      unsafe pthread_sigmask(SIG_UNBLOCK, &all, nil)
      guard let root = SystemPath(path), let folder = try? Folder.open(root) else { exit(0) }
      try? AtomicFile.write([1], to: Array("modelpin.lock".utf8)[...], in: folder) {
        raise(number)
        exit(0)
      }
      exit(0)
    }
    #expect(try tree.text("modelpin.lock") == "old")
    #expect(!tree.exists(Self.temporary))
  }

  @Test(arguments: 0..<24)
  func `killed at any moment, the old or the new content is there`(round: Int) async throws {
    let tree = try TemporaryFolder()
    let old = [UInt8](repeating: UInt8(ascii: "0"), count: 300_000)
    try tree.write(old, to: "modelpin.lock")
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = tree.path("modelpin.lock") as String, round = round as Int] in
      // The alarm has another moment in each round; which one does not matter to the outcome.
      var timer = itimerval()
      timer.it_value.tv_usec = 500 + round * 397
      signal(SIGALRM) { _ in kill(getpid(), SIGKILL) }
      guard let path = SystemPath(path) else { exit(4) }
      unsafe setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
      var byte = UInt8(ascii: "0")
      while true {
        byte = byte == UInt8(ascii: "9") ? UInt8(ascii: "0") : byte + 1
        try? AtomicFile.write([UInt8](repeating: byte, count: 300_000), to: path)
      }
    }
    let found = try tree.bytes("modelpin.lock")
    #expect(found.count == 300_000)
    #expect(found.allSatisfy { $0 == found[0] })
    try write("next", tree)
    #expect(try tree.text("modelpin.lock") == "next")
    #expect(!tree.exists(Self.temporary))
  }

  @Test func `a folder nobody may write is an error with its path`() throws {
    let tree = try TemporaryFolder()
    try tree.folder("locked")
    unsafe chmod(tree.path("locked"), 0o555)
    guard geteuid() != 0 else { return }
    let error = #expect(throws: FileSystemError.self) {
      try AtomicFile.write([1], to: try tree.systemPath("locked/modelpin.lock"))
    }
    #expect(error?.isDenied == true)
  }
}
