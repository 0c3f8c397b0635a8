import Core
import Languages
import TestSupport
import Testing

struct YAMLTests {
  static let workflow = """
    on: push
    env: &env
      LEVEL: "1"   # ä
    jobs:
      build:
        env:
          <<: *env
          OTHER: yes
        steps:
          - uses: actions/checkout@v4
          - name: überall
            run: |
              pip install torch

                echo "two"
              pip install numpy
          - run: >-
              pip install
              scipy
          - run: "pip \\"install\\" \\
              pandas"
          - run: 'it''s'
    """

  static func jobs(_ text: String) throws -> YAMLNode {
    try #require(YAMLStream(Array(text.utf8)).documents.first?["jobs"]?["build"])
  }

  @Test func `keys and values stand where they are written`() throws {
    let stream = try YAMLStream.parse(Array(Self.workflow.utf8))
    let root = try #require(stream.documents.first)
    #expect(root["on"]?.text == "push")
    #expect(root.entries.map(\.key.text) == ["on", "env", "jobs"])
    let steps = try #require(Self.jobs(Self.workflow)["steps"]?.items)
    #expect(steps[0]["uses"]?.start == TextPosition(line: 10, column: 15))
    #expect(steps[0]["uses"]?.end == TextPosition(line: 10, column: 34))
    // Columns count bytes, after a character of two bytes on an earlier line and on this one.
    #expect(steps[1]["name"]?.start == TextPosition(line: 11, column: 15))
    #expect(steps[1]["name"]?.end == TextPosition(line: 11, column: 23))
    #expect(steps[1]["run"]?.start == TextPosition(line: 12, column: 14))
    #expect(steps[1].start == TextPosition(line: 11, column: 9))
  }

  @Test func `texts of every style lead back to the file`() throws {
    let steps = try #require(Self.jobs(Self.workflow)["steps"]?.items)
    func place(_ step: Int, _ word: String) throws -> TextPosition {
      let run = try #require(steps[step]["run"])
      let text = try #require(run.text)
      let range = try #require(text.firstRange(of: word))
      let offset = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
      return try #require(run.textMap).position(of: offset)
    }
    #expect(try place(1, "pip") == TextPosition(line: 13, column: 11))
    #expect(try place(1, "torch") == TextPosition(line: 13, column: 23))
    #expect(try place(1, "echo") == TextPosition(line: 15, column: 13))
    #expect(try place(1, "numpy") == TextPosition(line: 16, column: 23))
    #expect(try place(2, "pip") == TextPosition(line: 18, column: 11))
    #expect(try place(2, "scipy") == TextPosition(line: 19, column: 11))
    #expect(try place(3, "pip") == TextPosition(line: 20, column: 15))
    #expect(try place(3, "install") == TextPosition(line: 20, column: 21))
    #expect(try place(3, "pandas") == TextPosition(line: 21, column: 11))
    #expect(try place(4, "it") == TextPosition(line: 22, column: 15))
    #expect(try place(4, "s") == TextPosition(line: 22, column: 19))
  }

  @Test func `merge keys give way to own entries and earlier merges`() throws {
    let text = """
      a: &a {x: 1, y: 2}
      b: &b {y: 3, z: 4}
      c: {<<: [*a, *b], x: 9, w: 5}
      d: {"<<": 1}
      """
    let root = try #require(YAMLStream(Array(text.utf8)).documents.first)
    let merged = try #require(root["c"])
    #expect(["x", "y", "z", "w"].map { merged[$0]?.text } == ["9", "2", "4", "5"])
    #expect(merged.mergedEntries.map(\.key.text) == ["x", "w", "y", "z"])
    #expect(root["d"]?["<<"] == nil || root["d"]?["<<"]?.text == "1")
  }

  static let scalars: [(String, YAMLScalar)] = [
    ("", .null), ("~", .null), ("NULL", .null), ("nUll", .string("nUll")),
    ("yes", .boolean(true)), ("Off", .boolean(false)), ("yEs", .string("yEs")),
    ("y", .string("y")), ("010", .integer("010", value: 8)),
    ("1_000", .integer("1_000", value: 1000)),
    ("0o17", .string("0o17")), ("-0x1F", .integer("-0x1F", value: -31)),
    ("0b11", .integer("0b11", value: 3)), ("190:20:30", .integer("190:20:30", value: 685230)),
    ("08", .string("08")), ("3.10", .float("3.10")), ("1e3", .string("1e3")),
    ("1.5e+3", .float("1.5e+3")), (".5", .float(".5")), ("-.inf", .float("-.inf")),
    (".nan", .float(".nan")), ("-.nan", .string("-.nan")), ("1.2.3", .string("1.2.3")),
    ("2026-01-31", .timestamp("2026-01-31")), ("2026-1-1", .string("2026-1-1")),
    ("2026-1-1 10:00:00", .timestamp("2026-1-1 10:00:00")), ("v1", .string("v1")),
    ("99999999999999999999", .integer("99999999999999999999", value: nil)),
    ("\"1\"", .string("1")), ("!!str 1", .string("1")), ("!!int \"7\"", .integer("7", value: 7)),
    ("20:30.5", .float("20:30.5")), (".", .string(".")),
  ]

  @Test(arguments: scalars.indices) func `scalars mean what YAML 1 1 says`(index: Int) {
    let (text, scalar) = Self.scalars[index]
    #expect(YAMLStream(Array("a: \(text)".utf8)).documents.first?["a"]?.scalar == scalar)
  }

  @Test func `several documents are read up to the first error`() {
    let stream = YAMLStream(Array("a: 1\n---\nb: 2\n---\nc: [\n".utf8))
    #expect(stream.documents.count == 2)
    #expect(stream.documents.last?["b"]?.start == TextPosition(line: 3, column: 4))
    #expect(stream.error != nil)
    #expect(YAMLStream([]).documents.isEmpty)
    #expect(YAMLStream([]).error == nil)
  }

  @Test func `errors have a place`() {
    let unknown = YAMLStream(Array("a: 1\nb: *x\n".utf8)).error
    #expect(
      unknown
        == SyntaxError(at: TextPosition(line: 2, column: 4), "an alias to the unknown anchor `x`"))
    #expect(
      YAMLStream(Array("é: 1\nb: \"".utf8) + [0xFF]).error?.position
        == TextPosition(line: 2, column: 5))
    #expect(YAMLStream(Array("a: b: c".utf8)).error?.position.line == 1)
    #expect(YAMLStream(Array("a: \u{1}".utf8)).error != nil)
  }

  @Test func `byte order marks and UTF-16 are understood`() {
    #expect(YAMLStream([0xEF, 0xBB, 0xBF] + Array("a: b".utf8)).documents.first?["a"]?.text == "b")
    let wide = "a: ü".utf16.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    #expect(YAMLStream([0xFF, 0xFE] + wide).documents.first?["a"]?.text == "ü")
  }

  @Test func `bombs of aliases stay small`() throws {
    var text = "a0: &a0 [x]\n"
    for level in 1...60 {
      let list = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(list)]\n"
    }
    let root = try #require(YAMLStream(Array(text.utf8)).documents.first)
    var visited = 0
    YAMLStream.walk(from: root) { _ in visited += 1 }
    #expect(visited < 200)
    var merges = "m0: &m0 {k: v}\n"
    for level in 1...60 {
      merges += "m\(level): &m\(level) {<<: [*m\(level - 1), *m\(level - 1)]}\n"
    }
    let merged = try #require(YAMLStream(Array(merges.utf8)).documents.first?["m60"])
    #expect(merged["k"]?.text == "v")
    #expect(merged.mergedEntries.count == 1)
  }

  @Test func `a node within itself is left unresolved`() throws {
    let root = try #require(YAMLStream(Array("a: &a [1, *a]".utf8)).documents.first)
    #expect(root["a"]?.items.map(\.kind) == [.scalar, .unresolved])
  }

  static let deep = ["[", "{a: ", "- ", "? ", "[[{a: "]

  @Test(arguments: deep) func `endless nesting is refused`(piece: String) {
    let stream = YAMLStream(Array(String(repeating: piece, count: 100_000).utf8))
    #expect(stream.error != nil)
    #expect(stream.documents.isEmpty)
  }

  @Test func `mutated streams never crash the reader`() {
    var random = TestRandom(seed: 0x79_61_6D_6C)
    var documents = 0
    for _ in 0..<1500 {
      var bytes = Array(Self.workflow.utf8)
      for _ in 0...Int.random(in: 0..<5, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2:
          bytes.insert(
            Array("[]{}:-|>&*!'\"\n#\\ ".utf8).randomElement(using: &random) ?? 0, at: place)
        default: bytes.removeSubrange(place..<min(place + 40, bytes.count))
        }
      }
      for document in YAMLStream(bytes).documents {
        documents += 1
        YAMLStream.walk(from: document) { node in
          _ = node.scalar
          _ = node.end
          _ = node.mergedEntries
          if let text = node.text, let map = node.textMap {
            for offset in 0...text.utf8.count { _ = map.position(of: offset) }
          }
        }
      }
    }
    #expect(documents > 100)
  }
}
