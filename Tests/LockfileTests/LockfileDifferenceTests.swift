import Core
import Lockfile
import Testing

@Suite struct LockfileDifferenceTests {
  private func path(_ text: String) throws -> RelativePath { try RelativePath(text) }

  private func differences(_ old: [Entry], _ new: [Entry]) -> [String] {
    EntryDifference.between(
      expected: old.sorted { $0.path < $1.path }, found: new.sorted { $0.path < $1.path }
    ).map { difference in
      switch difference.kind {
      case .content: "\(difference.path) changed"
      case .missing: "\(difference.path) missing"
      case .extra: "\(difference.path) extra"
      case .type: "\(difference.path) type"
      case .executable(let found): "\(difference.path) executable \(found)"
      case .target(_, let found): "\(difference.path) -> \(String(decoding: found, as: UTF8.self))"
      case .renamed(let from, _): "\(from) => \(difference.path)"
      }
    }
  }

  @Test func `every kind of difference is named, and nothing else`() throws {
    let same = try SampleLockfile.file("same", 1)
    let old = [
      same, try SampleLockfile.file("changed", 2), try SampleLockfile.file("gone", 3),
      try SampleLockfile.file("mode", 4), try SampleLockfile.file("both", 5),
      try SampleLockfile.file("old-name", 6), try SampleLockfile.file("turned", 7),
      try SampleLockfile.link("link", to: "a"), try SampleLockfile.link("old-link", to: "zzz"),
      try SampleLockfile.file("old-mode", 8),
    ]
    let new = [
      same, try SampleLockfile.file("changed", 20), try SampleLockfile.file("new", 30),
      try SampleLockfile.file("mode", 4, executable: true),
      try SampleLockfile.file("both", 50, executable: true),
      try SampleLockfile.file("dir/new-name", 6), try SampleLockfile.link("turned", to: "x"),
      try SampleLockfile.link("link", to: "b"), try SampleLockfile.link("new-link", to: "zzz"),
      try SampleLockfile.file("new-mode", 8, executable: true),
    ]
    #expect(
      differences(old, new) == [
        "both changed", "both executable true", "changed changed", "old-name => dir/new-name",
        "gone missing", "link -> b", "mode executable true", "new extra",
        "old-link => new-link", "old-mode => new-mode", "new-mode executable true", "turned type",
      ])
    #expect(differences(old, old).isEmpty)
  }

  @Test func `with several candidates a rename is missing and extra`() throws {
    let one = try SampleLockfile.file("a", 1)
    #expect(
      differences([one], [try SampleLockfile.file("b", 1), try SampleLockfile.file("c", 1)])
        == ["a missing", "b extra", "c extra"])
    #expect(
      differences([one, try SampleLockfile.file("b", 1)], [try SampleLockfile.file("c", 1)])
        == ["a missing", "b missing", "c extra"])
    #expect(
      differences(
        [one, try SampleLockfile.file("b", 1)],
        [try SampleLockfile.file("c", 1), try SampleLockfile.file("d", 1)])
        == ["a missing", "b missing", "c extra", "d extra"])
    // A copy is no rename: the original is still there.
    #expect(differences([one], [one, try SampleLockfile.file("b", 1)]) == ["b extra"])
  }

  @Test func `many entries are compared in linear time`() throws {
    let old = try (0..<20_000).map { try SampleLockfile.file("old/\($0)", UInt8($0 % 251)) }
    let new = try (0..<20_000).map { try SampleLockfile.file("new/\($0)", UInt8($0 % 251)) }
    #expect(differences(old, new).count == 40_000)
  }

  @Test func `differences are summed up in a reviewer's words`() throws {
    func summary(_ old: [Entry], _ new: [Entry]) -> String {
      ChangeSummary(EntryDifference.between(expected: old, found: new)).description
    }
    let readme = try SampleLockfile.file("README.md", 1, role: .documentation)
    let readme2 = try SampleLockfile.file("README.md", 2, role: .documentation)
    let code = try SampleLockfile.file("m.py", 3)
    let weights = try SampleLockfile.file("w.safetensors", 4, role: .weights)
    let weights2 = try SampleLockfile.file("w.safetensors", 5, role: .weights)
    #expect(summary([readme], [readme]) == "no file differs")
    #expect(
      summary([readme], [readme2]) == "only documentation differs (documentation changed: 1 file)")
    #expect(
      summary([readme, weights], [readme2, code, weights2])
        == "weights changed: 1 file; code added: 1 file; documentation changed: 1 file")
    #expect(
      summary([code], [try SampleLockfile.file("n.py", 3)]) == "code renamed: 1 file")
    // What was documentation and is code now is code.
    #expect(
      summary([readme], [try SampleLockfile.file("README.md", 9, role: .code)])
        == "code changed: 1 file")
    #expect(
      summary([try SampleLockfile.link("l", to: "a")], [try SampleLockfile.link("l", to: "b")])
        == "links changed: 1 link")
  }

  @Test func `lists of references are compared record by record`() throws {
    let old = try SampleLockfile.make()
    let new = try Lockfile(
      generator: "modelpin 0.2.0", source: nil, exclude: ["docs/**"], entries: old.entries,
      dependencies: Array(old.dependencies.dropFirst()),
      downloads: old.downloads + [
        LockedDownload(
          rule: "download/huggingface-hub", target: "org/new", revision: nil, pinned: .branch,
          at: "modeling_x.py:90")
      ], licenses: old.licenses, findings: [])
    let difference = LockfileDifference(from: old, to: new)
    #expect(difference.entries.isEmpty)
    #expect(!difference.isSameContent)
    #expect(difference.excludeRemoved == ["*.onnx"])
    #expect(difference.excludeAdded.isEmpty)
    #expect(difference.source?.new == .some(nil))
    #expect(difference.dependencies.removed.map(\.name) == ["numpy"])
    #expect(difference.downloads.added.map(\.target) == ["org/new"])
    #expect(difference.licenses.isEmpty)
    #expect(difference.findings.removed.count == 1)
    #expect(LockfileDifference(from: old, to: old).isEmpty)
  }
}
