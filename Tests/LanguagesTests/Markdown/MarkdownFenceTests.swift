import Core
import Languages
import TestSupport
import Testing

struct MarkdownFenceTests {
  /// `line:column command`, one for each command of the document's fences.
  private static func commands(_ text: String) throws -> [String] {
    let path = try RelativePath("README.md")
    return MarkdownFence.shell(path: path, bytes: Array(text.utf8)).flatMap { fragment in
      ShellAnalysis(fragment).commands.map {
        "\($0.position.line):\($0.position.column) \($0.text)"
      }
    }
  }

  static let cases: [(text: String, commands: [String])] = [
    ("```bash\nls -l\n\ncd x\n```\n", ["2:1 ls -l", "4:1 cd x"]),
    ("a\n~~~ sh\r\nls\r\n~~~\r\n", ["3:1 ls"]),
    ("1. x\n\n   ```shell\n   ls\n     cd x\n   ```\n", ["4:4 ls", "5:6 cd x"]),
    ("```console\n$ ls \\\n>   -l\ntotal 0\n$ cd x\n```\n", ["2:3 ls -l", "5:3 cd x"]),
    ("```bash\n$ ls\nREADME.md\n```\n", ["2:3 ls"]),
    ("```{bash, echo=FALSE}\nls\n```\n", ["2:1 ls"]),
    ("````bash\nls\n~~~~\ncd\n````\nrm x\n", ["2:1 ls", "3:1 ~~~~", "4:1 cd"]),
    ("```bash\nls", ["2:1 ls"]),
    ("```python\nls\n```\n```\nls\n```\n```text\nls\n```\nls\n", []),
    ("```console\nls\n```\n", []),
    ("```bash\n```\n", []),
    ("> ```bash\n> ls\n>\n>  cd x\n> ```\n> rm x\n", ["2:3 ls", "4:4 cd x"]),
    ("> > ```sh\n> > ls\n> rm x\n", ["2:5 ls"]),
    (">```bash\n>ls\ncd x\n```bash\n> x\nls\n```\n", ["2:2 ls", "6:1 ls"]),
  ]

  @Test(arguments: cases.indices)
  func `commands of fences stand in their places`(index: Int) throws {
    let found = try Self.commands(Self.cases[index].text)
    #expect(found == Self.cases[index].commands)
  }

  @Test func `damaged documents never crash the reader`() throws {
    let sample = Array(Self.cases.map(\.text).joined().utf8)
    var random = TestRandom(seed: 62)
    let path = try RelativePath("README.md")
    for _ in 0..<300 {
      _ = MarkdownFence.shell(path: path, bytes: Mutation.of(sample, using: &random)).count
    }
    for piece in ["```sh\n", "```console\n$ \\\n", "~", "    ```sh\nx\n```\n"] {
      let text = Array(String(repeating: piece, count: 20_000).utf8)
      _ = MarkdownFence.shell(path: path, bytes: text).count
    }
  }
}
