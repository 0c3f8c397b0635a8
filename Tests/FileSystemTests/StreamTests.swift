import FileSystem
import Glibc
import TestSupport
import Testing

@Suite struct StreamTests {
  @Test func `a closed pipe is an outcome, no error`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      StandardStream.ignoreBrokenPipes()
      var ends: [Int32] = [0, 0]
      unsafe pipe(&ends)
      dup2(ends[1], 1)
      close(ends[0])
      if case .closed = try StandardStream.output.write([1, 2, 3]) { exit(7) }
      exit(8)
    }
  }

  @Test func `a full disk is an error`() async throws {
    let isThere = unsafe access("/dev/full", W_OK) == 0
    try #require(isThere)
    await #expect(processExitsWith: .exitCode(7)) {
      dup2(unsafe open("/dev/full", O_WRONLY), 1)
      do {
        _ = try StandardStream.output.write([1, 2, 3])
        exit(8)
      } catch {
        exit((error as? FileSystemError)?.code == ENOSPC ? 7 : 9)
      }
    }
  }

  @Test func `a spool gives back what went in and leaves no name`() throws {
    let tree = try TemporaryFolder()
    let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try tree.write(bytes, to: "source")
    try tree.folder("spool")
    let source = try OpenFile.open(try tree.systemPath("source"))
    let spool = try SpoolFile.create(in: try tree.systemPath("spool"))
    #expect(try spool.fill(from: source, "source") == 600_000)
    #expect(try Folder.open(try tree.systemPath("spool")).entries().isEmpty)
    let file = try spool.reading()
    #expect(file.facts.size == 600_000)
    #expect(try file.contents(limit: 600_000, "spool") == bytes)
    #expect(try file.bytes(in: 599_998..<700_000, "spool") == Array(bytes.suffix(2)))
  }

  @Test func `more than the limit is refused`() throws {
    let tree = try TemporaryFolder()
    try tree.write("0123456789", to: "file")
    let path = try tree.systemPath("file")
    #expect(try OpenFile.open(path).contents(limit: 10, "file").count == 10)
    #expect(throws: FileSystemError.tooLarge(path: "file", limit: 9)) {
      try OpenFile.open(path).contents(limit: 9, "file")
    }
    // An endless device has no size to ask for.
    let zero = try OpenFile.open(try #require(SystemPath("/dev/zero")))
    #expect(throws: FileSystemError.tooLarge(path: "zero", limit: 100_000)) {
      try zero.contents(limit: 100_000, "zero")
    }
  }
}
