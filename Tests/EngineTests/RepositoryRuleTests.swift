import Core
import Engine
import Inventory
import Rules
import TestSupport
import Testing

/// The repository rules about things that a checkout cannot hold: each tree is built here.
@Suite struct RepositoryRuleTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// What the rule says of the tree, as `path: message`.
  private func findings(
    _ rule: RuleID, exclude: [String] = []
  ) throws -> [String] {
    let options = CrawlOptions(exclude: try exclude.map { try Glob($0) })
    let repository = try crawl(.directory(folder.path), options: options).repository
    let type = try #require(RuleCatalogue.rule(rule))
    return type.init().findings(in: Subject(repository)).sorted().map {
      "\($0.location): \($0.message)"
    }
  }

  @Test func `links are followed inside the tree alone`() throws {
    try folder.write("x", to: "weights/a.bin")
    try folder.link("latest.bin", to: "weights/a.bin")
    try folder.link("weights/up", to: "../latest.bin")
    try folder.link("all", to: "weights")
    #expect(try findings("repository/dangling-link") == [])
    try folder.link("gone", to: "weights/b.bin")
    try folder.link("out", to: "../../etc/passwd")
    try folder.link("absolute", to: "/etc/passwd")
    try folder.link("cycle", to: "cycle")
    let found = try findings("repository/dangling-link")
    #expect(found.map { $0.prefix { $0 != ":" } } == ["absolute", "cycle", "gone", "out"])
  }

  @Test func `names that fold to one are reported once`() throws {
    try folder.write("a", to: "Model.bin")
    try folder.write("b", to: "model.bin")
    try folder.write("c", to: "caf\u{E9}.txt")
    try folder.write("d", to: "cafe\u{301}.txt")
    try folder.write("e", to: "other.bin")
    let found = try findings("repository/colliding-names")
    #expect(found.count == 2)
    #expect(found.contains { $0.hasPrefix("model.bin:") })
  }

  @Test func `byte code is reported, sources are not`() throws {
    try folder.write([0xCB, 0x0D, 0x0D, 0x0A], to: "__pycache__/model.cpython-311.pyc")
    try folder.write([0xCB, 0x0D, 0x0D, 0x0A], to: "tool.pyc")
    try folder.write("import os\n", to: "model.py")
    let found = try findings("repository/byte-compiled-python")
    #expect(
      found.map { $0.prefix { $0 != ":" } } == [
        "__pycache__/model.cpython-311.pyc", "tool.pyc",
      ])
  }

  @Test func `machine code is reported by its content`() throws {
    let elf: [UInt8] =
      [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 56)
    for name in ["data.bin", "libx.so", "libx.so.1", "tool"] { try folder.write(elf, to: name) }
    try folder.write("ELF is a format\n", to: "notes.txt")
    let found = try findings("repository/native-executable")
    #expect(
      found.map { $0.prefix { $0 != ":" } } == ["data.bin", "libx.so", "libx.so.1", "tool"])
  }

  @Test func `excluded code is reported, excluded documents are not`() throws {
    try folder.write("import os\n", to: "tools/run.py")
    try folder.write("words\n", to: "docs/guide.md")
    let found = try findings("repository/excluded-loadable", exclude: ["tools/**", "docs/**"])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("tools") == true)
  }

  @Test func `client metadata is compared with the files`() throws {
    let commit = String(repeating: "a", count: 40)
    let other = String(repeating: "b", count: 40)
    let wrong = String(repeating: "0", count: 64)
    let metadata = ".cache/huggingface/download"
    try folder.write("x", to: "model.bin")
    try folder.write("y", to: "config.json")
    try folder.write("{}", to: "extra.json")
    try folder.write("\(commit)\n\(wrong)\n1.0\n", to: "\(metadata)/model.bin.metadata")
    try folder.write(
      "\(other)\n\(String(repeating: "1", count: 40))\n1.0\n",
      to: "\(metadata)/config.json.metadata")
    try folder.write("", to: "\(metadata)/abc.\(wrong).incomplete")
    #expect(try findings("repository/provenance-mismatch").count == 2)
    #expect(try findings("repository/mixed-commits").count == 1)
    #expect(!(try findings("repository/interrupted-download")).isEmpty)
    #expect(try findings("repository/added-locally").contains { $0.hasPrefix("extra.json:") })
  }

  @Test func `what cannot be examined is said`() throws {
    try folder.write(Array("Rar!\u{1A}\u{7}\u{1}".utf8) + [0, 1, 2, 3], to: "model.rar")
    let found = try findings("repository/not-examined")
    #expect(found.contains { $0.hasPrefix("model.rar:") })
  }
}
