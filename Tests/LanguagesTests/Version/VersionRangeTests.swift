import Languages
import Testing

struct VersionRangeTests {
  static let npm: [(String, admitted: [String], refused: [String], exact: String?)] = [
    ("1.2.3", ["1.2.3", "v1.2.3"], ["1.2.4", "1.2.3-rc.1"], "1.2.3"),
    ("=1.2.3", ["1.2.3"], ["1.2.2"], "=1.2.3"),
    ("^1.2.3", ["1.2.3", "1.9.0"], ["2.0.0", "1.2.2"], nil),
    ("^0.2.3", ["0.2.9"], ["0.3.0"], nil), ("^0.0.3", ["0.0.3"], ["0.0.4"], nil),
    ("~1.2", ["1.2.9"], ["1.3.0"], nil), ("~1", ["1.9.0"], ["2.0.0"], nil),
    ("1.x", ["1.0.0", "1.9.9"], ["2.0.0"], nil), ("*", ["0.0.1"], [], nil),
    ("", ["9.0.0"], [], nil),
    (">=1.0 <2", ["1.5.0"], ["2.0.0", "0.9.0"], nil), (">= 1.0", ["1.0.0"], ["0.9.9"], nil),
    ("1.0 - 2.1", ["2.1.9"], ["2.2.0"], nil), ("1.0.0 - 2.0.0", ["2.0.0"], ["2.0.1"], nil),
    ("1.x || >=3", ["1.1.0", "3.0.0"], ["2.0.0"], nil), (">1.2", ["1.3.0"], ["1.2.9"], nil),
    ("<=1.2", ["1.2.9"], ["1.3.0"], nil),
  ]

  @Test(arguments: npm.indices) func `ranges of npm`(index: Int) throws {
    let (text, admitted, refused, exact) = Self.npm[index]
    let range = try #require(SemanticRange.npm(text))
    for version in admitted { #expect(range.admits(try #require(SemanticVersion(version)))) }
    for version in refused { #expect(!range.admits(try #require(SemanticVersion(version)))) }
    #expect(range.exactVersion == exact)
  }

  @Test func `tags and addresses are no ranges`() {
    for text in [
      "latest", "next", "github:o/r", "https://example.org/x.tgz", "file:../x", "1.2.3.4",
    ] {
      #expect(SemanticRange.npm(text) == nil)
    }
  }

  static let cargo: [(String, admitted: [String], refused: [String], exact: String?)] = [
    ("1.2", ["1.9.0"], ["2.0.0", "1.1.0"], nil), ("0.2", ["0.2.9"], ["0.3.0"], nil),
    ("=1.2.3", ["1.2.3"], ["1.2.4"], "1.2.3"), ("=1.2", ["1.2.7"], ["1.3.0"], nil),
    ("~1.2.3", ["1.2.9"], ["1.3.0"], nil), (">=1, <2", ["1.5.0"], ["2.0.0"], nil),
    ("*", ["7.0.0"], [], nil), ("1.*", ["1.9.0"], ["2.0.0"], nil),
  ]

  @Test(arguments: cargo.indices) func `requirements of Cargo`(index: Int) throws {
    let (text, admitted, refused, exact) = Self.cargo[index]
    let range = try #require(SemanticRange.cargo(text))
    for version in admitted { #expect(range.admits(try #require(SemanticVersion(version)))) }
    for version in refused { #expect(!range.admits(try #require(SemanticVersion(version)))) }
    #expect(range.exactVersion == exact)
  }

  static let poetry: [(String, admitted: [String], refused: [String], exact: String?)] = [
    ("^1.2", ["1.2", "1.9.1"], ["2.0", "1.1"], nil), ("^0.3.1", ["0.3.9"], ["0.4"], nil),
    ("~1.2.3", ["1.2.9"], ["1.3"], nil), ("~1", ["1.9"], ["2.0"], nil),
    ("1.2.3", ["1.2.3", "1.2.3+cu118"], ["1.2.4"], "1.2.3"), ("==1.2.3", ["1.2.3"], [], "1.2.3"),
    ("1.2.*", ["1.2.7"], ["1.3"], nil), ("*", ["0.1"], [], nil),
    (">=1, <2 || ^3", ["1.5", "3.1"], ["2.5"], nil), ("~=1.4", ["1.9"], ["2.0"], nil),
  ]

  @Test(arguments: poetry.indices) func `constraints of Poetry`(index: Int) throws {
    let (text, admitted, refused, exact) = Self.poetry[index]
    let constraint = try #require(PoetryConstraint(text))
    for version in admitted { #expect(constraint.admits(try #require(PythonVersion(version)))) }
    for version in refused { #expect(!constraint.admits(try #require(PythonVersion(version)))) }
    #expect(constraint.exactVersion == exact)
  }

  static let conda: [(String, name: String, version: String, exact: String?, isBuild: Bool)] = [
    ("numpy", "numpy", "", nil, false), ("numpy=1.21", "numpy", "=1.21", nil, false),
    ("numpy==1.21.0", "numpy", "==1.21.0", "1.21.0", false),
    ("numpy=1.21.0=py39_0", "numpy", "=1.21.0", "1.21.0", true),
    ("conda-forge::PyTorch 2.0 cuda_1", "pytorch", "2.0", "2.0", true),
    ("numpy >=1.21,<2", "numpy", ">=1.21,<2", nil, false),
    ("numpy=1.21.*", "numpy", "=1.21.*", nil, false),
    ("numpy[version='>=1.2', channel=x]", "numpy", ">=1.2", nil, false),
    ("python=3.8 # old", "python", "=3.8", nil, false),
  ]

  @Test(arguments: conda.indices) func `specifications of conda`(index: Int) throws {
    let (text, name, version, exact, isBuild) = Self.conda[index]
    let spec = try #require(CondaSpec(text))
    #expect(spec.name == name)
    #expect(spec.version == version)
    #expect(spec.exactVersion == exact)
    #expect(spec.isExactBuild == isBuild)
  }

  static let revisions: [(String, GitReference)] = [
    (String(repeating: "a1", count: 20), .commit), (String(repeating: "a1", count: 32), .commit),
    (String(repeating: "a1", count: 20) + "-evil", .branch), ("v4", .tag), ("v4.1.2", .tag),
    ("1.2", .tag), ("25.1.0", .tag), ("release/v1", .tag), ("release-1.2", .tag),
    ("deadbee", .tag), ("main", .branch), ("master", .branch), ("feature-2", .branch),
    ("refs/tags/x", .tag), ("HEAD", .branch),
  ]

  @Test(arguments: revisions.indices) func `revisions of git`(index: Int) {
    #expect(GitReference(Self.revisions[index].0) == Self.revisions[index].1)
  }
}
