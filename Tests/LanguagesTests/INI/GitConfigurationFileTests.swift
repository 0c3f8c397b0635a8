import Core
import Languages
import TestSupport
import Testing

/// Git's own format, with what git itself makes of it.
struct GitConfigurationFileTests {
  static let cases: [(text: String, options: [String])] = [
    ("[lfs]\n\turl = https://example.org/x\n", ["lfs.url=https://example.org/x"]),
    ("[LFS] URL=a", ["lfs.url=a"]),
    ("[remote \"Origin\"]\nlfsurl = a b  # c\n", ["remote.Origin.lfsurl=a b"]),
    ("[remote \"a\\\"b\"]\nlfsurl = \" a ; b \" ; c\n", ["remote.a\"b.lfsurl= a ; b "]),
    ("[lfs]\nurl = a\\\nb\\n\\t\\\\\n", ["lfs.url=ab\n\t\\"]),
    ("[lfs]\r\nurl = a\r\n", ["lfs.url=a"]),
    ("[lfs.sub]\nurl\n", ["lfs.sub.url="]),
    ("\u{FEFF}[lfs]\nurl = a\n", ["lfs.url=a"]),
    ("url = a\n[lfs\nurl = b\n[lfs]\n; url = c\n# url = d\n1url = e\nurl f\n", ["lfs.1url=e"]),
    ("[lfs \"x\ny\"]\nurl = a\n", []),
    ("[lfs]\n    url = a\n        pushurl = b\n", ["lfs.url=a", "lfs.pushurl=b"]),
  ]

  @Test(arguments: cases.indices)
  func `options are those that git reads`(index: Int) {
    let (text, options) = Self.cases[index]
    let file = GitConfigurationFile(Array(text.utf8))
    #expect(file.options.map { "\($0.name)=\($0.value)" } == options)
  }

  @Test func `places are those of the option`() {
    let file = GitConfigurationFile(Array("# x\n[lfs]\n  url = \"a b\" # c\n".utf8))
    #expect(file.options.first?.start == TextPosition(line: 3, column: 3))
    #expect(file.options.first?.end == TextPosition(line: 3, column: 14))
  }

  @Test func `damaged files never crash the reader`() {
    let sample = Array(Self.cases.map(\.text).joined().utf8)
    var random = TestRandom(seed: 61)
    for _ in 0..<500 {
      _ = GitConfigurationFile(Mutation.of(sample, using: &random)).options.count
    }
    for piece in ["[", "[a \"", "a=\\\n", "[a]\na=\"", "\\", "[a]b\n"] {
      let text = Array(String(repeating: piece, count: 40_000).utf8)
      _ = GitConfigurationFile(text).options.count
    }
  }
}
