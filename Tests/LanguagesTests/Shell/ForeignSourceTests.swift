import Core
import Languages
import Testing

/// Commands in sources of languages that have no reader.
struct ForeignSourceTests {
  @Test(arguments: [
    (
      "tf", "provisioner \"local-exec\" {\n  command = \"wget https://example.org/m\"\n}\n",
      ["wget"]
    ),
    ("tf", "inline = [\n  \"wget https://example.org/m\"\n]\n", ["wget"]),
    ("tf", "description = \"wget https://example.org/m\"\n", []),
    ("rb", "command = \"wget https://example.org/m\"\n", []),
    ("rb", "system(\"wget https://example.org/m\")\n", ["wget"]),
  ])
  func `are found where the language runs them`(
    suffix: String, text: String, expected: [String]
  ) throws {
    let fragments = ForeignSource.shell(
      path: try RelativePath("main.\(suffix)"), bytes: Array(text.utf8), suffix: suffix)
    #expect(fragments.flatMap { ShellAnalysis($0).commands.map(\.name) } == expected)
  }
}
