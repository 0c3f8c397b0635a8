import Core
import Languages
import TestSupport
import Testing

struct DockerfileTests {
  private func read(_ text: String) throws -> Dockerfile {
    Dockerfile(path: try RelativePath("Dockerfile"), bytes: Array(text.utf8))
  }

  /// A reading, flattened for comparison.
  private func images(_ text: String) throws -> [String] {
    try read(text).images.map {
      "\($0.kind) \($0.values.map(\.display).joined(separator: "|"))\($0.isLocal ? " local" : "")"
        + " \($0.start.line):\($0.start.column)"
    }
  }

  @Test(arguments: [
    ("FROM python", ["from python 1:6"]),
    (
      "FROM --platform=linux/amd64 python:3.11 AS base\nFROM BASE",
      ["from python:3.11 1:29", "from BASE local 2:6"]
    ),
    ("ARG V=3.11\nFROM python:${V}-slim\n", ["from python:3.11-slim 2:6"]),
    ("ARG V\nFROM python:${V:-3.9}\n", ["from python:${V} 2:6"]),
    ("FROM python:${V:-3.9}\n", ["from python:3.9 1:6"]),
    (
      "FROM a\nFROM scratch\nCOPY --from=0 / /\nCOPY --from=ghcr.io/x/y:1 /a /b\n",
      [
        "from a 1:6", "from scratch local 2:6", "copyFrom 0 local 3:13",
        "copyFrom ghcr.io/x/y:1 4:13",
      ]
    ),
    (
      "# syntax=docker/dockerfile:1\n# escape=`\nFROM `\n  a:1\n",
      ["syntax docker/dockerfile:1 1:10", "from a:1 4:3"]
    ),
    (
      "FROM a\nRUN --mount=type=bind,from=tools:2,target=/t ls\n",
      ["from a 1:6", "mountFrom tools:2 2:28"]
    ),
    ("from a as b\nONBUILD COPY --from=c:1 . .\n", ["from a 1:6", "copyFrom c:1 2:21"]),
    ("# comment\n\nFROM \\\n# inner\n\n  a\r\n", ["from a 6:3"]),
    ("ARG A=x\nFROM b\nRUN echo $A\nARG A\nFROM $A", ["from b 2:6", "from x 5:6"]),
  ])
  func `finds images and resolves what they name`(text: String, expected: [String]) throws {
    #expect(try images(text) == expected)
  }

  @Test func `finds what ADD fetches`() throws {
    let digest = String(repeating: "ab", count: 32)
    let file = try read(
      """
      FROM a
      ARG HOST=https://example.org
      ADD $HOST/m.bin /m.bin
      ADD --checksum=sha256:\(digest) https://example.org/n.bin /n.bin
      ADD ["https://example.org/o o", "/o"]
      ADD local.txt /x
      ADD git@github.com:a/b.git#main /src
      """)
    #expect(
      file.additions.map { $0.values.map(\.display).joined() } == [
        "https://example.org/m.bin", "https://example.org/n.bin", "https://example.org/o o",
        "git@github.com:a/b.git#main",
      ])
    #expect(file.additions.map { $0.checksum?.text } == [nil, "sha256:\(digest)", nil, nil])
    #expect(file.additions.map(\.start.line) == [3, 4, 5, 7])
  }

  @Test func `hands over the shell of instructions`() throws {
    let file = try read(
      """
      FROM a
      ENV K=v L="w x"
      RUN apt-get update \\
        # comment
        && wget $K
      RUN <<EOF
      pip install x
      EOF
      RUN python3 <<-'PY'
      \timport os
      \tPY
      RUN ["wget", "http://x/\\u0041"]
      HEALTHCHECK --interval=5s CMD curl -f localhost
      SHELL ["powershell", "-command"]
      RUN iwr x
      """)
    let texts = file.fragments.map { fragment in
      switch fragment.body {
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .arguments(let words):
        words.flatMap(\.values).map(\.display).joined(separator: "·")
      }
    }
    #expect(
      texts == [
        "apt-get update   && wget $K", "pip install x\n", "python3 <<-'PY'\nimport os\nPY",
        "wget·http://x/A", "curl -f localhost", "iwr x",
      ])
    #expect(file.fragments.last?.interpreter == .powershell)
    #expect(file.fragments[0].variables["L"] == [ShellValue("w x")])
    #expect(file.fragments[0].positions.position(17) == TextPosition(line: 5, column: 3))
    #expect(file.fragments[1].positions.position(0) == TextPosition(line: 7, column: 1))
    #expect(file.problems.isEmpty)
  }

  @Test func `survives damaged files`() throws {
    let whole = """
      # syntax=docker/dockerfile:1
      ARG A=${B:-${C:-d}}
      FROM --platform=$P x:${A#d} AS y
      ENV "a b"='c' d=e\\
       f=g
      RUN --mount=type=cache,from=q <<A <<-"B" && x
      A
      \tB
      COPY --from=y ["a\\u00e9", "b"] /c
      ADD --checksum=$A https://x/${A//d/e} /
      """
    let bytes = Array(whole.utf8)
    for length in 0...bytes.count {
      _ = Dockerfile(path: try RelativePath("Dockerfile"), bytes: Array(bytes[..<length]))
    }
    var random = TestRandom(seed: 11)
    for _ in 0..<500 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: changed.indices, using: &random)
        changed[index] = UInt8.random(in: 0...255, using: &random)
      }
      _ = Dockerfile(path: try RelativePath("Dockerfile"), bytes: changed)
    }
    for hostile in [
      "FROM ${" + String(repeating: "A:-${", count: 5_000),
      String(repeating: "FROM a AS b\n", count: 5_000),
      "FROM a\nRUN " + String(repeating: "<<E ", count: 5_000),
      "FROM a\nRUN " + String(repeating: "--mount=from=a ", count: 5_000),
      "ENV A=$A$A$A$A\n" + String(repeating: "ENV A=$A$A$A$A$A$A$A$A\n", count: 100),
    ] {
      _ = Dockerfile(path: try RelativePath("Dockerfile"), bytes: Array(hostile.utf8))
    }
  }
}
