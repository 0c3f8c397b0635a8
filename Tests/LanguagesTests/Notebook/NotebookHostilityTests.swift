import Core
import Languages
import TestSupport
import Testing

/// Damaged and hostile notebooks: no crash.
struct NotebookHostilityTests {
  static let sample = #"""
    {"cells": [
      {"cell_type": "markdown", "source": ["# T\n", "x"]},
      {"cell_type": "code", "source": ["%%bash\n", "wget \u0041\ud83d\ude00\"x\"\n", "ls \\\n"]},
      {"cell_type": "code", "source": "!pip install a\nx = !ls\n%cd y\nprint('\u00e9')"},
      {"cell_type": "code", "source": ["%%writefile a.py\n", "import os"], "outputs": [{"text": "x"}]}
    ], "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}
    """#

  @Test func `damaged notebooks never crash the reader`() {
    let bytes = Array(Self.sample.utf8)
    #expect(Notebook(bytes) != nil)
    var random = TestRandom(seed: 66)
    var read = 0
    for _ in 0..<500 {
      if let notebook = Notebook(Mutation.of(bytes, using: &random)) {
        read += 1
        _ = notebook.foreign.count + notebook.python.bytes.count
      }
    }
    #expect(read > 20)
  }

  @Test(arguments: ["{\"cells\":[", "[", "{\"a\":", "\"\\u", "%%bash\n"])
  func `endless notebooks end`(piece: String) {
    _ = Notebook(Array(String(repeating: piece, count: 20_000).utf8))
  }
}
