import Core
import Testing

@Suite struct RelativePathTests {
  @Test(arguments: ["a", "a/b", ".git/x", "..a/b..", "ä/ö", "a b", "..."])
  func `safe paths are kept byte for byte`(text: String) throws {
    #expect(try RelativePath(text).bytes == Array(text.utf8))
  }

  @Test(arguments: [
    ("", RelativePathError.empty), ("/a", .absolute), ("a//b", .emptyComponent),
    ("a/", .emptyComponent), ("./a", .dotComponent), ("a/../b", .dotComponent),
    ("a\nb", .controlCharacter), ("a\u{7F}", .controlCharacter), ("a\u{202E}b", .controlCharacter),
    ("a\u{85}", .controlCharacter),
  ])
  func `unsafe paths are refused with the reason`(text: String, problem: RelativePathError) {
    #expect(throws: problem) { try RelativePath(text) }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: RelativePathError.notUTF8) { try RelativePath(bytes: [0x61, 0xFF]) }
  }

  @Test func `the order is that of bytes`() throws {
    let sorted = try ["a", "a-b", "a/b", "a0", "Z", "ä"].map { try RelativePath($0) }.sorted()
    #expect(sorted.map(\.description) == ["Z", "a", "a-b", "a/b", "a0", "ä"])
  }

  @Test func `name, parent and suffix`() throws {
    let path = try RelativePath("a/b.tar.GZ")
    #expect(path.name == "b.tar.GZ")
    #expect(path.suffix == "gz")
    #expect(path.parent?.description == "a")
    #expect(try RelativePath(".hidden").suffix == "")
    #expect(try path.member(RelativePath("x/y")).description == "a/b.tar.GZ!/x/y")
  }
}
