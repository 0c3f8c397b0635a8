import Inventory
import TestSupport
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("docs", "docs", true), ("docs", "docs/a/b", true), ("docs", "docs2", false),
    ("docs", "a/docs", false), ("/docs", "docs/a", true), ("docs/", "docs/a", true),
    ("docs/", "docs", false), ("docs/**", "docs/a/b", true), ("docs/**", "docs", false),
    ("**/x", "x", true), ("**/x", "a/b/x", true), ("**/x", "a/b/x/y", true),
    ("**/x", "a/b/xx", false), ("a/**/b", "a/b", true), ("a/**/b", "a/c/d/b", true),
    ("a/**/b", "a/c/d/bb", false), ("*.bin", "a.bin", true), ("*.bin", "d/a.bin", false),
    ("**/*.bin", "d/a.bin", true), ("*", "anything/below", true), ("**", "a/b", true),
    ("a?c", "abc", true), ("a?c", "aéc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true),
    ("[!a-c]x", "bx", false), ("[!a-c]x", "zx", true), ("[]]x", "]x", true), ("\\*", "*", true),
    ("\\*", "a", false), ("*a*b", "xaxxb", true), ("*a*b", "xbxa", false), ("a**b", "axb", true),
    ("*.py", ".py", true), ("a*", "a", true), ("é", "e\u{301}", false),
  ])
  func `patterns are anchored and go by bytes`(
    pattern: String, path: String, isMatch: Bool
  ) throws {
    #expect(try Glob(pattern).matches(file: Array(path.utf8)) == isMatch)
  }

  @Test func `folders match patterns for folders`() throws {
    #expect(try Glob("docs/").matches(folder: Array("docs".utf8)))
    #expect(try !Glob("docs/**").matches(folder: Array("docs".utf8)))
    #expect(try Glob("docs/**").matches(folder: Array("docs/a".utf8)))
  }

  @Test(arguments: [
    ("", GlobError.empty), ("/", .empty), ("a//b", .emptyComponent), ("../a", .dotComponent),
    ("a/./b", .dotComponent), ("a\\", .danglingEscape), ("[a", .unclosedSet),
    ("[z-a]", .emptyRange), ("[é]", .setBeyondASCII), ("a\nb", .controlCharacter),
  ])
  func `bad patterns say why`(pattern: String, error: GlobError) {
    #expect(throws: error) { try Glob(pattern) }
  }

  @Test func `many stars stay cheap`() throws {
    let glob = try Glob(String(repeating: "*a", count: 500) + "b")
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 4_000)
    #expect(!glob.matches(file: long))
    let deep = try Glob(String(repeating: "**/a/", count: 100) + "b")
    let path = Array(String(repeating: "a/", count: 500).utf8) + [UInt8(ascii: "a")]
    #expect(!deep.matches(file: path))
  }
}
