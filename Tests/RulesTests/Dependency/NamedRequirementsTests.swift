import Core
import Rules
import Testing

/// Lists of requirements that have no name of their own, but a command that reads them.
struct NamedRequirementsTests {
  static let callers: [(path: String, text: String)] = [
    ("install.sh", "pip install -r deps/server"),
    ("deps/install.sh", "pip3 install -rserver"),
    ("install.sh", "cd deps && python -m pip install --requirement=server"),
    ("Dockerfile", "FROM scratch\nCOPY deps/server /x/\nRUN uv pip install -r /x/server"),
    (
      ".github/workflows/a.yml",
      "jobs:\n  a:\n    steps:\n      - run: pip install -r deps/server\n"
    ),
    ("tox.ini", "[testenv]\ncommands = pip install -r deps/server\n"),
    ("tox.ini", "[testenv]\ndeps = -rdeps/server\n"),
    ("README.md", "# Use\n\n```bash\npip install -r deps/server\n```\n"),
    ("Makefile", "install:\n\tpip install -r deps/server\n"),
    ("run.py", "import subprocess\nsubprocess.run(['pip', 'install', '-r', 'deps/server'])\n"),
    ("requirements.txt", "-r deps/server\n"),
    ("noxfile.py", "def lint(session):\n    session.install('-r', 'deps/server')\n"),
    (
      "nb.ipynb",
      "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"!pip install -r deps/server\"]}], \"nbformat\": 4, \"metadata\": {}}"
    ),
  ]

  @Test(arguments: callers.indices) func `are read where a command names them`(index: Int) throws {
    let (path, text) = Self.callers[index]
    let findings = try DependencyRulesTests.findings([
      path: text, "deps/server": "fastapi>=0.110\n",
    ])
    #expect(
      findings.map { "\($0.location) \($0.rule)" }.contains(
        "deps/server:1:1 dependency/unpinned-requirement"), "\(path): \(text)")
  }

  @Test func `are left alone where none does`() throws {
    let findings = try DependencyRulesTests.findings([
      "install.sh": "cat deps/server; grep -r deps/server .\n", "deps/server": "fastapi>=0.110\n",
    ])
    #expect(findings.isEmpty)
  }

  @Test func `two files of a name are not confused`() throws {
    let findings = try DependencyRulesTests.findings([
      "a/install.sh": "pip install -r ../b/list\n", "b/list": "x\n", "c/list": "y\n",
    ])
    #expect(findings.map(\.location.path.description).filter { $0.hasSuffix("list") } == ["b/list"])
  }
}
