import Languages
import TestSupport
import Testing

/// Damaged and hostile versions, ranges and references: no crash, no hang.
struct VersionHostilityTests {
  static let samples = [
    "1!2.0.post1.dev3+local.7", "v2.1.0rc1", "~=2.1, !=2.1.3, <3 ; python_version < '3.9'",
    "===2.1+cu118", "^1.2.3 || >=2 <3.x || 1.2 - 2.3", "~1.2.3-beta.1+build.5", ">=1.2,<2,!=1.5.*",
    "conda-forge::pkg[version='>=1.2,<2|3.*',build=py38_0]", "numpy=1.24=py310h_0#00",
    "torch[cuda,dev]>=2.0 ; extra == 'gpu' and (os_name != 'nt' or not python_version in '3.8')",
    "git+ssh://git@example.org/o/r.git@0123456789abcdef0123456789abcdef01234567#egg=x&subdirectory=y",
    "registry.example.org:5000/o/i:1.2@sha256:0123456789abcdef", "refs/heads/main", "=1.2.3, *",
    "99999999999999999999999999.1", "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20",
  ]

  private static func parse(_ text: String) -> Int {
    var found = 0
    if let version = PythonVersion(text) { found += version == version ? 1 : 0 }
    if let set = PythonSpecifierSet(text), let version = PythonVersion("2.1") {
      found += set.admits(version) ? 1 : 0
    }
    if let constraint = PoetryConstraint(text), let version = PythonVersion("2.1") {
      found += constraint.admits(version) ? 1 : 0
    }
    if let version = SemanticVersion("2.1.0") {
      if SemanticRange.npm(text)?.admits(version) == true { found += 1 }
      if SemanticRange.cargo(text)?.admits(version) == true { found += 1 }
    }
    if SemanticVersion(text) != nil { found += 1 }
    if CondaSpec(text) != nil { found += 1 }
    if PythonRequirement.parse(text) != nil { found += 1 }
    if DirectReference.parse(text) != nil { found += 1 }
    _ = ImageReference(text)
    _ = GitReference(text)
    return found
  }

  @Test func `mutated versions never crash a reader`() {
    var random = TestRandom(seed: 64)
    var found = 0
    for sample in Self.samples {
      found += Self.parse(sample)
      for _ in 0..<150 {
        let bytes = Mutation.of(Array(sample.utf8), using: &random)
        found += Self.parse(String(decoding: bytes, as: UTF8.self))
      }
    }
    #expect(found > 500)
  }

  @Test(arguments: [
    "1.", "1!", "a", "1,", "||", "^", ">=1 ", "(", "1-", "[", "~=1,", "9", "a[b]", "1.x||", "@",
    ":",
    "a;b", " - ", "*|", "'", "+a.", "and not (",
  ])
  func `endless versions end`(piece: String) {
    _ = Self.parse(String(repeating: piece, count: 5_000))
    _ = Self.parse("1" + String(repeating: piece, count: 5_000))
    _ = Self.parse("a" + String(repeating: piece, count: 5_000) + "1")
  }
}
