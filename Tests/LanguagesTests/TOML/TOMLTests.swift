import Core
import Languages
import TestSupport
import Testing

struct TOMLTests {
  static let project = """
    # a project file
    [project]
    name = "demo"
    dependencies = [
      "torch==2.3.0",   # exact
      'numpy>=1.26',
    ]

    [tool.poetry.dependencies]
    python = "^3.10"
    accelerate = { git = "https://example.org/a.git", rev = "main" }

    [[tool.uv.index]]
    name = "internal"
    url = \"""
    https://example.org/simple\"""

    [[tool.uv.index]]
    name = "second"
    """

  @Test func `values stand where they are written`() throws {
    let document = try TOML.parse(Self.project)
    let dependencies = try #require(document.value(at: "project", "dependencies"))
    #expect(dependencies.start == TextPosition(line: 4, column: 16))
    #expect(dependencies.end == TextPosition(line: 7, column: 2))
    let first = try #require(dependencies.array?.first)
    #expect(first.string == "torch==2.3.0")
    #expect(first.start == TextPosition(line: 5, column: 3))
    #expect(first.end == TextPosition(line: 5, column: 17))
    #expect(dependencies.array?.last?.start == TextPosition(line: 6, column: 3))
    let poetry = try #require(document.value(at: "tool", "poetry", "dependencies")?.table)
    #expect(poetry.entries.map(\.key) == ["python", "accelerate"])
    #expect(poetry.entry("accelerate")?.keyPosition == TextPosition(line: 11, column: 1))
    #expect(poetry["accelerate"]?["rev"]?.start == TextPosition(line: 11, column: 57))
    #expect(document.value(at: "project")?.start == TextPosition(line: 2, column: 1))
    #expect(document.value(at: "project")?.end == TextPosition(line: 2, column: 10))
    let indexes = try #require(document.value(at: "tool", "uv", "index")?.array)
    #expect(indexes.map { $0["name"]?.string } == ["internal", "second"])
    #expect(indexes.map(\.start.line) == [13, 18])
    #expect(indexes[0]["url"]?.string == "https://example.org/simple")
  }

  static let refused: [(text: String, line: Int, column: Int, reason: String)] = [
    ("a = 1\na = 2", 2, 1, "`a` is defined twice"),
    ("[a]\n[a]", 2, 2, "`a` is defined twice"),
    ("a = {b = 1}\n[a.c]", 2, 2, "`a` is already a value that cannot be extended"),
    ("a = {b = {}, b.c = 1}", 1, 14, "`b` is already defined elsewhere"),
    ("[a.b]\n[a]\nb.c = 1", 3, 1, "`b` is already defined elsewhere"),
    ("a = [1]\n[[a]]", 2, 3, "`a` is already no array of tables"),
    ("a = \"x", 1, 5, "a string that does not end"),
    ("a = \"x\ny\"", 1, 5, "a string that does not end on its line"),
    ("a = 'x", 1, 5, "a string that does not end on its line"),
    ("a = \"\\e\"", 1, 6, "an escape that TOML does not have"),
    ("a = \"\\ud800\"", 1, 6, "an escape that is no Unicode scalar value"),
    ("a = \"\\u12\"", 1, 6, "expected 4 hexadecimal digits"),
    ("a = 1 b = 2", 1, 7, "expected the end of the line"),
    ("a 1", 1, 3, "expected `=`"),
    ("= 1", 1, 1, "expected a key"),
    ("a = ", 1, 5, "expected a value"),
    ("a = 2026-02-29", 1, 5, "expected a value"),
    ("a = 9223372036854775808", 1, 5, "expected a value"),
    ("a = [1 2]", 1, 8, "expected `,` or `]`"),
    ("a = {b = 1,}", 1, 12, "expected a key"),
    ("a = {b = 1\n}", 1, 11, "expected `,` or `}`"),
    ("[a", 1, 3, "expected `]`"),
    ("[[a]", 1, 5, "expected `]`"),
    ("a = 1\rb = 2", 1, 6, "a control character"),
    ("# \u{7F}", 1, 3, "a control character"),
  ]

  @Test(arguments: refused.indices) func `errors name place and reason`(index: Int) {
    let (text, line, column, reason) = Self.refused[index]
    let error = #expect(throws: SyntaxError.self) { _ = try TOML.parse(text) }
    #expect(error == SyntaxError(at: TextPosition(line: line, column: column), reason))
  }

  @Test func `bytes that are no UTF-8 are refused with their place`() {
    let bytes: [UInt8] = Array("a = \"".utf8) + [0xC0, 0xAF] + Array("\"".utf8)
    let error = #expect(throws: SyntaxError.self) { _ = try TOML.parse(bytes) }
    #expect(error?.position == TextPosition(line: 1, column: 6))
  }

  static let integers: [(String, Int64)] = [
    ("0", 0), ("-0", 0), ("+99", 99), ("1_000", 1000), ("0xDEAD_beef", 0xDEAD_BEEF),
    ("0o755", 0o755), ("0b1101", 13), ("9223372036854775807", .max),
    ("-9223372036854775808", .min),
  ]

  @Test(arguments: integers.indices) func `integers of every base are read`(index: Int) throws {
    #expect(try TOML.parse("a = \(Self.integers[index].0)")["a"]?.integer == Self.integers[index].1)
  }

  @Test func `keys that only normalisation makes equal stay apart`() throws {
    let document = try TOML.parse("\"caf\u{E9}\" = 1\n\"cafe\u{301}\" = 2")
    #expect(document.table?.entries.count == 2)
    #expect(document["caf\u{E9}"]?.integer == 1)
    #expect(document["cafe\u{301}"]?.integer == 2)
  }

  static let deep = [
    String(repeating: "[", count: 100_000),
    "a = " + String(repeating: "[", count: 100_000),
    "a = " + String(repeating: "{a = ", count: 100_000),
    "a" + String(repeating: ".a", count: 100_000) + " = 1",
    "[a" + String(repeating: ".a", count: 100_000) + "]",
  ]

  @Test(arguments: deep.indices) func `endless nesting is refused`(index: Int) {
    #expect(throws: SyntaxError.self) { _ = try TOML.parse(Self.deep[index]) }
  }

  @Test func `nesting below the limit is read`() throws {
    let text = "a = " + String(repeating: "[", count: 90) + String(repeating: "]", count: 90)
    #expect(try TOML.parse(text)["a"]?.kind == "array")
    #expect(throws: SyntaxError.self) {
      _ = try TOML.parse("[a.b.c.d.e.f.g]\n\(text)")
    }
  }

  @Test func `mutated documents never crash the reader`() {
    var random = TestRandom(seed: 0x70_6D_6C)
    let seeds = [
      Self.project, "a.b=[{c='x',d=1.5e3},2026-01-01T00:00:00Z]\n[[e.f]]\n[e.f.g]\nh=inf",
    ]
    var accepted = 0
    for round in 0..<3000 {
      var bytes = Array(seeds[round % seeds.count].utf8)
      for _ in 0...Int.random(in: 0..<6, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert(Array("[]{}=.\"'\n#\\,".utf8).randomElement(using: &random) ?? 0, at: place)
        default: bytes.removeSubrange(place...)
        }
      }
      if (try? TOML.parse(bytes)) != nil { accepted += 1 }
    }
    #expect(accepted > 0)
  }
}
