import Archives
import Core
import Formats
import Foundation
import Inventory
import TestSupport
import Testing

@Suite struct ArchiveCrawlTests {
  private static let script = Array("#!/bin/sh\necho\n".utf8)
  private static let config = Array("{\"a\": 1}".utf8)

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(config, to: "tree/config.json")
    try folder.write(script, to: "tree/bin/run", isExecutable: true)
    try folder.write(CrawlTests.safetensors(), to: "tree/model.safetensors")
    try folder.write(config, to: "tree/copy.json")
    try folder.link("tree/bin/link", to: "../config.json")
    return folder
  }

  private static func tar(prefix: String = "") -> [UInt8] {
    var tar = TarBuilder()
    if !prefix.isEmpty { tar.add(prefix, type: "5", mode: 0o755) }
    tar.add("\(prefix)model.safetensors", CrawlTests.safetensors())
    tar.add("\(prefix)config.json", config)
    tar.add("\(prefix)bin", type: "5", mode: 0o755)
    tar.add("\(prefix)bin/link", type: "2", link: "../config.json")
    tar.add("\(prefix)bin/run", script, mode: 0o755)
    tar.add("\(prefix)copy.json", type: "1", link: "\(prefix)config.json")
    tar.end()
    return tar.bytes
  }

  private static func zip() -> [UInt8] {
    ZipBuilder([
      .init("config.json", config), .init("copy.json", config),
      .init("bin/run", script, mode: 0o100755),
      .init("bin/link", Array("../config.json".utf8), mode: 0o120777),
      .init("model.safetensors", CrawlTests.safetensors()),
    ]).bytes
  }

  @Test func `folder, tar, gzipped tar, zip and stream are the same tree`() throws {
    let folder = try Self.folder()
    try folder.write(Self.tar(), to: "a.tar")
    try folder.write(Self.tar(prefix: "./"), to: "b.tar")
    try folder.write(storedGzip(Self.tar()), to: "c.tar.gz")
    try folder.write(Self.zip(), to: "d.zip")
    let expected = try crawl(.directory(folder.path("tree"))).repository
    for name in ["a.tar", "b.tar", "c.tar.gz", "d.zip"] {
      let source = try TreeSource.detect(folder.path(name))
      guard case .archive = source else {
        Issue.record("\(name) is no archive")
        continue
      }
      let found = try crawl(source).repository
      #expect(found.entries == expected.entries, "\(name)")
      #expect(found.sources.map(\.path) == expected.sources.map(\.path), "\(name)")
      #expect(found.sources.map(\.bytes) == expected.sources.map(\.bytes), "\(name)")
      #expect(found.observations == expected.observations)
    }
  }

  @Test(arguments: ["a.zip", "a.tar", "a.tar.gz"])
  func `a pipe is read like the file`(name: String) throws {
    let folder = try Self.folder()
    try folder.write(Self.zip(), to: "a.zip")
    try folder.write(Self.tar(), to: "a.tar")
    try folder.write(storedGzip(Self.tar()), to: "a.tar.gz")
    #expect(try Subprocess.run(["mkfifo", "pipe"], in: folder.path).status == 0)
    let path = folder.path
    // A thread of its own: both ends of a pipe wait for each other.
    Thread.detachNewThread {
      _ = try? Subprocess.run(["sh", "-c", "exec cat \(name) > pipe"], in: path)
    }
    let source = try TreeSource.detect(folder.path("pipe"))
    #expect(
      try crawl(source).repository.entries
        == crawl(.directory(folder.path("tree"))).repository.entries)
  }

  @Test(arguments: ["lrzip", "lzop", "grzip"])
  func `no mark runs a program`(program: String) throws {
    let marks: [String: [UInt8]] = [
      "lrzip": Array("LRZI\0\u{6}".utf8),
      "lzop": [0x89, 0x4C, 0x5A, 0x4F, 0, 0x0D, 0x0A, 0x1A, 0x0A],
      "grzip": Array("GRZipII\0\u{2}\u{4}:)".utf8),
    ]
    let folder = try TemporaryFolder()
    try folder.write((marks[program] ?? []) + [UInt8](repeating: 0, count: 1024), to: "x.tar")
    #expect(outcome(.archive(folder.path("x.tar"))).hasPrefix("error: "))
    // In a tree it is a file like any other, and said to have no reader.
    let result = try crawl(.directory(folder.path))
    #expect(result.repository.observations.map(\.kind).contains(.notExamined))
  }

  private static let hostile: [HostileArchive] = [
    HostileArchive("an absolute path", "an absolute path") { $0.add("/etc/passwd") },
    HostileArchive("a climb", "component `.` or `..`") { $0.add("../x") },
    HostileArchive("a climb in the middle", "component `.` or `..`") { $0.add("a/../../x") },
    HostileArchive("a name twice", "twice") {
      $0.add("a", [1])
      $0.add("a", [2])
    },
    HostileArchive("a name twice, once with a dot", "twice") {
      $0.add("a", [1])
      $0.add("./a", [1])
    },
    HostileArchive("a file below a link", "which is no folder") {
      $0.add("d", type: "2", link: "e")
      $0.add("d/x")
    },
    HostileArchive("a file below a file", "which is no folder") {
      $0.add("d")
      $0.add("d/x")
    },
    HostileArchive("a folder that is a file too", "twice") {
      $0.add("d/x")
      $0.add("d")
    },
    HostileArchive("a link out", "leaves the archive") { $0.add("l", type: "2", link: "../x") },
    HostileArchive("an absolute link", "leaves the archive") {
      $0.add("l", type: "2", link: "/etc/passwd")
    },
    HostileArchive("a hard link to nothing", "no earlier file") {
      $0.add("h", type: "1", link: "gone")
    },
    HostileArchive("a hard link out", "absolute") { $0.add("h", type: "1", link: "/etc/passwd") },
    HostileArchive("a hard link to a link", "no earlier file") {
      $0.add("l", type: "2", link: "x")
      $0.add("h", type: "1", link: "l")
    },
    HostileArchive("a newline", "control character") { $0.add("a\nb") },
    HostileArchive("an empty component", "empty component") { $0.add("a//b") },
  ]

  @Test(arguments: hostile)
  func `archives that no tree can be are refused`(_ hostile: HostileArchive) throws {
    let folder = try TemporaryFolder()
    try folder.write(hostile.bytes, to: "x.tar")
    let text = outcome(.archive(folder.path("x.tar")))
    #expect(text.hasPrefix("error: ") && text.contains(hostile.reason), "\(text)")
  }

  @Test func `weight formats that are zips or tars stay files`() throws {
    let folder = try TemporaryFolder()
    let torch = ZipBuilder([
      .init("archive/data.pkl", [0x80, 2, 0x4E, 0x2E]), .init("archive/version", [0x33]),
    ])
    try folder.write(torch.bytes, to: "model.bin")
    try folder.write(ZipBuilder([.init("a.npy", [1])]).bytes, to: "arrays.npz")
    try folder.write(
      ZipBuilder([.init("metadata.json"), .init("config.json"), .init("model.weights.h5")]).bytes,
      to: "m.keras")
    var nemo = TarBuilder()
    nemo.add("./model_config.yaml", Array("a: 1\n".utf8))
    nemo.end()
    try folder.write(nemo.bytes, to: "m.nemo")
    for name in ["model.bin", "arrays.npz", "m.keras", "m.nemo"] {
      guard case .file = try TreeSource.detect(folder.path(name)) else {
        Issue.record("\(name) is taken for a tree")
        continue
      }
      guard case .archive = try TreeSource.detect(folder.path(name), reading: .archive) else {
        Issue.record("\(name) cannot be read as a tree")
        continue
      }
    }
    let formats = try crawl(.directory(folder.path)).repository.entries.map {
      $0.file?.format?.name
    }
    #expect(formats == ["npz", "keras", "nemo", "pytorch-zip"])
  }
}

/// A tar that must be refused, and words of the reason.
struct HostileArchive: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let reason: String
  let bytes: [UInt8]

  init(_ what: String, _ reason: String, _ build: (inout TarBuilder) -> Void) {
    testDescription = what
    self.reason = reason
    var tar = TarBuilder()
    build(&tar)
    tar.end()
    bytes = tar.bytes
  }
}

@Suite struct NestedArchiveTests {
  private static func crawlOne(
    _ bytes: [UInt8], as name: String, _ options: CrawlOptions = CrawlOptions()
  )
    throws -> Repository
  {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: name)
    return try crawl(.directory(folder.path), options: options).repository
  }

  @Test func `members are examined like files, in archives within archives too`() throws {
    let inner = ZipBuilder([.init("evil.py", Array("import os\n".utf8)), .init("photo.png", [1])])
    var tar = TarBuilder()
    tar.add("pkg/setup.py", Array("setup()\n".utf8))
    tar.add("pkg/inner.whl", inner.bytes)
    tar.end()
    let found = try Self.crawlOne(storedGzip(tar.bytes), as: "pkg.tar.gz")
    #expect(
      found.sources.map(\.path.description) == [
        "pkg.tar.gz!/pkg/inner.whl!/evil.py", "pkg.tar.gz!/pkg/setup.py",
      ])
    #expect(found.sources.allSatisfy { $0.entry.description == "pkg.tar.gz" })
    #expect(found.observations.isEmpty)
    #expect(found.entries.count == 1)
  }

  @Test func `a hard link is examined as what its own name says, or that is said`() throws {
    let noise = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ $0 >> 5) | 0x80 }
    for (first, second, content, isSaid) in [
      ("a.txt", "b.py", Array("import os\n".utf8), false),
      ("a.csv", "b.py", Array("import os\n".utf8), true),
      ("a.csv", "b.csv", Array("x,y\n".utf8), false),
      ("a.bin", "b.bin", noise, false), ("a.bin", "b.py", noise, true),
    ] {
      let folder = try TemporaryFolder()
      var tar = TarBuilder()
      tar.add(first, content)
      tar.add(second, type: "1", link: first)
      tar.end()
      try folder.write(tar.bytes, to: "x.tar")
      let found = try crawl(.archive(folder.path("x.tar"))).repository
      let said = found.observations.filter { $0.kind == .notExamined }.map(\.path.description)
      #expect(said == (isSaid ? [second] : []), "\(first) \(second)")
      if second == "b.py", !isSaid {
        #expect(found.sources.contains { $0.path.description == second && $0.isWhole })
      }
    }
  }

  @Test func `of weights no more is kept than there is a reader for`() throws {
    let folder = try TemporaryFolder()
    let noise = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ $0 >> 5) | 0x80 }
    for name in ["a.bin", "b.pt", "c.onnx"] { try folder.write([0xFF] + noise, to: name) }
    let header = Array("{}".utf8)
    try folder.write(
      [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header + noise, to: "d.safetensors")
    let sources = try crawl(.directory(folder.path)).repository.sources
    #expect(sources.map(\.bytes.count).reduce(0, +) <= 4 * FileKind.headSize)
    // A pickle is kept, whatever it is called.
    try folder.write(Array("cos\nsystem\n(S'x'\ntR.".utf8) + noise, to: "e.bin")
    let pickle = try crawl(.directory(folder.path)).repository.sources.first {
      $0.path.description == "e.bin"
    }
    #expect(pickle?.bytes.count ?? 0 > noise.count)
    // So is what starts with a text longer than the first look.
    let long = Array("X".utf8) + [0, 0, 2, 0] + [UInt8](repeating: 0xAA, count: 0x20000)
    try folder.write(long + Array("cos\nsystem\n.".utf8), to: "f.bin")
    let late = try crawl(.directory(folder.path)).repository.sources.first {
      $0.path.description == "f.bin"
    }
    #expect(late?.isWhole == true)
  }

  @Test func `the pickles and the code of a PyTorch zip are read, its tensors are not`() throws {
    let zip = ZipBuilder([
      .init("m/data.pkl", [0x80, 2, 0x4E, 0x2E]), .init("m/data/0", [1, 2, 3, 0, 5, 6, 7, 8]),
      .init("m/code/__torch__.py", Array("class A: pass\n".utf8)),
    ])
    let found = try Self.crawlOne(zip.bytes, as: "model.bin")
    #expect(
      found.sources.map(\.path.description) == [
        "model.bin", "model.bin!/m/code/__torch__.py", "model.bin!/m/data.pkl",
      ])
  }

  @Test func `a single compressed file is examined as what it holds`() throws {
    let found = try Self.crawlOne(storedGzip(Array("import os\n".utf8)), as: "tool.py.gz")
    #expect(found.sources.map(\.path.description) == ["tool.py.gz!/tool.py"])
  }

  @Test func `what cannot be looked into is said`() throws {
    var secret = ZipBuilder([.init("secret.py", Array("x = 1\n".utf8))])
    secret.members[0].flags = 0x801
    #expect(
      try Self.crawlOne(secret.bytes, as: "a.zip").observations.map(\.detail) == ["encrypted"])
    var broken = ZipBuilder([.init("a.py", Array("x = 1\n".utf8))])
    broken.members[0].localName = Array("b.py".utf8)
    let found = try Self.crawlOne(broken.bytes, as: "a.zip")
    #expect(found.observations.map(\.kind) == [.notExamined])
    // The payload is shown all the same.
    #expect(found.sources.count == 1)
    let cut = Array(ZipBuilder([.init("a.py", Array("x = 1\n".utf8))]).bytes.dropLast(10))
    #expect(try Self.crawlOne(cut, as: "a.zip").observations.map(\.kind).contains(.notExamined))
    #expect(
      try Self.crawlOne(Array("Rar!\u{1A}\u{7}\0......".utf8), as: "a.rar").observations.count == 1)
  }

  @Test func `depth, members and bytes are limited`() throws {
    var bytes = ZipBuilder([.init("a.py", Array("x = 1\n".utf8))]).bytes
    for level in 0..<6 { bytes = ZipBuilder([.init("level\(level).zip", bytes)]).bytes }
    let deep = try Self.crawlOne(bytes, as: "deep.zip")
    #expect(deep.observations.map(\.detail) == ["nested more than 4 archives deep"])
    var options = CrawlOptions()
    options.limits.nestedMembers = 3
    let many = ZipBuilder((0..<5).map { .init("f\($0).py", Array("x = 1\n".utf8)) })
    #expect(try Self.crawlOne(many.bytes, as: "many.zip", options).observations.count >= 1)
    options = CrawlOptions()
    options.limits.nestedBytes = 10
    #expect(try Self.crawlOne(many.bytes, as: "big.zip", options).observations.count == 1)
  }

  @Test func `damaged archives in a tree end in observations, never in a crash`() throws {
    var tar = TarBuilder()
    tar.pax([("path", "long/name.py")])
    tar.add("a", Array("import os\n".utf8))
    tar.add("b.zip", ZipBuilder([.init("c.py", Array("x = 1\n".utf8))]).bytes)
    tar.end()
    let zip = ZipBuilder([
      .init("m/data.pkl", [0x80, 2, 0x4E, 0x2E]), .init("inner.tar", tar.bytes),
      .init("x.py.gz", storedGzip(Array("x = 1\n".utf8))),
    ])
    let seeds = [("x.tar", tar.bytes), ("x.zip", zip.bytes), ("x.tgz", storedGzip(tar.bytes))]
    var random = TestRandom(seed: 99)
    let folder = try TemporaryFolder()
    for round in 0..<400 {
      let (name, original) = seeds[round % seeds.count]
      var bytes = original
      for _ in 0...Int.random(in: 0..<3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      try folder.write(bytes, to: "\(round)/\(name)")
    }
    let found = try crawl(.directory(folder.path), options: CrawlOptions(jobs: 2)).repository
    #expect(found.entries.count == 400)
  }

  @Test func `large texts are not examined, and that is said`() throws {
    var options = CrawlOptions()
    options.limits.sourceBytes = 1000
    let text = [UInt8](repeating: UInt8(ascii: "#"), count: 1001)
    let found = try Self.crawlOne(text, as: "big.py", options)
    #expect(found.sources.isEmpty)
    #expect(found.observations.map(\.kind) == [.notExamined])
  }
}
