import Core
import FileSystem
import TestSupport
import Testing

@Suite struct TreeReaderTests {
  private func contents(
    _ path: String, _ reader: inout TreeReader
  ) throws -> String {
    let file = try reader.open(try RelativePath(path))
    return String(decoding: try file.contents(limit: 100, path), as: UTF8.self)
  }

  @Test func `files are found from folder to folder`() throws {
    let tree = try TemporaryFolder()
    let paths = ["a", "d/a", "d/b", "d/e/f/a", "d/e/f/b", "d/z", "e/a", "z"]
    for path in paths { try tree.write(path, to: path) }
    var reader = try TreeReader(root: try tree.opened())
    for path in paths + paths.reversed() { #expect(try contents(path, &reader) == path) }
    #expect(try reader.facts(of: try RelativePath("d/none")) == nil)
  }

  @Test func `a folder that is a link is not entered`() throws {
    let tree = try TemporaryFolder()
    try tree.write("x", to: "real/file")
    try tree.link("link", to: "real")
    var reader = try TreeReader(root: try tree.opened())
    let error = #expect(throws: FileSystemError.self) { try contents("link/file", &reader) }
    guard case .unexpectedKind(_, .folder, .link) = error else { throw try #require(error) }
    // Afterwards the reader still knows where it is.
    #expect(try contents("real/file", &reader) == "x")
  }

  @Test func `three hundred levels are no problem`() throws {
    let tree = try TemporaryFolder()
    let deep = Array(repeating: "d", count: 300).joined(separator: "/")
    try tree.write("deep", to: "\(deep)/file")
    var reader = try TreeReader(root: try tree.opened())
    #expect(try contents("\(deep)/file", &reader) == "deep")
  }
}
