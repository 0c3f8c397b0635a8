import Core
import Languages
import Testing

/// The digest of pyproject.toml in poetry.lock; the digests here are those of Poetry 2.5.1.
struct PoetryContentHashTests {
  static let projects: [(text: String, digests: [String])] = [
    (
      """
      [tool.poetry.dependencies]
      python = "^3.10"
      torch = {version = "^2.3", extras = ["a", "b"], optional = true}
      [tool.poetry.group.dev.dependencies]
      pytest = "*"

      """, ["24e34779b52d21349689926f29d1b8dcc72c4ddc8a1df602136cfc7e00c3a3ea"]
    ),
    (
      "[tool.black]\nline-length = 100\n",
      ["115cf985d932e9bf5f540555bbdd75decbb62cac81e399375fc19f6277f8c1d8"]
    ),
    (
      """
      [project]
      name = "x"
      requires-python = ">=3.10"
      dependencies = ["torch>=2", "größe==1.0 ; python_version < '3.9'"]
      [tool.poetry]
      package-mode = false
      [tool.poetry.dependencies]
      torch = {source = "cpu", priority = 1.5}
      [[tool.poetry.source]]
      name = "cpu"
      url = "https://example.org/\\U0001F600"

      """, ["0a017cf873fd341e7c2ce32559f2570686e07754298a14564e95d362775e6fe2"]
    ),
    (
      """
      [project]
      dependencies = []
      [dependency-groups]
      test = ["pytest", {include-group = "lint"}]
      lint = ["ruff==0.4.0"]

      """,
      [
        "7857ba2f1dbc741a259dab77bbcf523e325f7c029033b81aa36c6a93a0e87769",
        // Poetry 2.0 and 2.1 knew no dependency groups.
        "1c4b7d03605c20e6f96a02bca2daeba973554885fab37a188c1e5effbd8e352c",
      ]
    ),
  ]

  private static func isStale(_ project: String, _ digest: String) throws -> Bool {
    let manifests = try ManifestsTests.manifests([
      "pyproject.toml": project,
      "poetry.lock": """
      [[package]]
      name = "unrelated"
      version = "1.0"
      [metadata]
      content-hash = "\(digest)"
      """,
    ])
    return manifests.disagreements.contains {
      if case .stale = $0.kind { true } else { false }
    }
  }

  @Test(arguments: projects.indices)
  func `digests of Poetry's versions are recognised`(index: Int) throws {
    let (text, digests) = Self.projects[index]
    for digest in digests {
      #expect(try !Self.isStale(text, digest))
    }
    #expect(try Self.isStale("[tool.poetry]\nname = \"x\"\n", digests[0]) == (index != 1))
  }

  @Test func `a digest in the lock file has to be one`() throws {
    #expect(try !Self.isStale("[tool.poetry]\nname = \"x\"\n", "unknown"))
    // Poetry cannot hash a date.
    #expect(
      try !Self.isStale(
        "[project]\ndependencies = []\nrequires-python = 2024-01-01\n",
        String(repeating: "0", count: 64)))
  }
}
