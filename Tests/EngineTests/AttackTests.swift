import Core
import Engine
import Foundation
import Inventory
import Lockfile
import TestSupport
import Testing

/// What an attacker who writes every byte of a tree might try. None is verified in silence.
@Suite struct AttackTests {
  @Test func `a file hidden by a pattern added to the lockfile does not survive a pin`() throws {
    let model = try TestModel()
    let pin = try model.lock().lockfile.pin
    try model.folder.write("import os\n", to: "model/evil.py")
    try model.lock(update: true) { $0.exclude = ["evil.py"] }
    // Consistent with the lockfile that came with it, which is all that verify says then.
    let consistent = try model.verify()
    #expect(consistent.isVerified)
    #expect(consistent.proof == .lockfileInside)
    #expect(consistent.exclusions.contains { $0.path.description == "evil.py" })
    #expect(try !model.verify { $0.pin = pin }.isVerified)
  }

  @Test func `a lockfile in a sub-folder is content`() throws {
    let model = try TestModel()
    let lockfile = try model.lock()
    try model.folder.write(
      LockfileWriter.write(lockfile.lockfile), to: "model/scripts/modelpin.lock")
    #expect(try TestModel.texts(model.verify()) == ["scripts/modelpin.lock extra"])
    #expect(try !model.verify { $0.pin = lockfile.lockfile.pin }.isVerified)
  }

  @Test func `a lockfile in the tree is content when another one is in use`() throws {
    let model = try TestModel()
    let outside = model.outside.path("real.lock")
    try model.lock { $0.output = outside }
    try model.lock()
    #expect(
      try TestModel.texts(model.verify { $0.lockfile = outside }) == ["modelpin.lock extra"])
  }

  @Test func `a root .git does not survive a pin unless the operator allows it`() throws {
    let model = try TestModel()
    let pin = try model.lock().lockfile.pin
    try model.folder.write("import os\n", to: "model/.git/evil.py")
    #expect(try model.verify().isVerified)
    let pinned = try model.verify { $0.pin = pin }
    #expect(pinned.hasForbiddenGit)
    #expect(!pinned.isVerified)
    let allowed = try model.verify(
      configuration: Configuration(path: "c.toml", allowsRootGit: true)
    ) { $0.pin = pin }
    #expect(allowed.isVerified)
    // Only at the root: anywhere else it is content.
    try model.folder.write("x", to: "model/scripts/.git/evil.py")
    #expect(try TestModel.texts(model.verify()) == ["scripts/.git/evil.py extra"])
  }

  @Test(arguments: ["../outside.py", "/etc/hostname", "missing", "loop", "excluded.md"])
  func `a link that leads to no entry is never verified in silence`(target: String) throws {
    let model = try TestModel()
    try model.folder.write("outside", to: "outside.py")
    try model.folder.write("excluded", to: "model/excluded.md")
    try model.folder.link("model/link.py", to: target)
    try model.folder.link("model/loop", to: "loop")
    let pin = try model.lock { $0.exclude = ["excluded.md", "loop"] }.lockfile.pin
    for isPinned in [false, true] {
      let outcome = try model.verify {
        if isPinned {
          $0.pin = pin
          $0.exclude = ["excluded.md", "loop"]
        }
      }
      #expect(!outcome.isVerified)
      #expect(outcome.differences.isEmpty)
      #expect(outcome.pin?.holds != false)
      #expect(outcome.unprovenLinks.map(\.finding.location.path.description) == ["link.py"])
    }
  }

  @Test func `a link is verified once the operator accepted it, until that expires`() throws {
    let model = try TestModel()
    try model.folder.link("model/cache", to: "/var/cache/models")
    try model.lock()
    let link = try #require(model.verify().unprovenLinks.first)
    for (expires, isVerified) in [("2026-12-31", true), ("2026-11-27", false)] {
      let configuration = Configuration(
        path: "c.toml",
        acceptances: [
          Configuration.Acceptance(
            fingerprint: link.fingerprint, rule: link.finding.rule, path: "cache",
            reason: "mounted by us", reviewed: nil, expires: try #require(CalendarDate(expires)))
        ])
      #expect(try model.verify(configuration: configuration).isVerified == isVerified)
    }
  }

  @Test func `a shipped configuration is never read, and found`() throws {
    let model = try TestModel()
    try model.folder.write(
      "exclude = [\"**/*.py\"]\nfail-on = \"critical\"\n", to: "model/modelpin.toml")
    let outcome = try model.lock()
    #expect(outcome.lockfile.exclude.isEmpty)
    #expect(outcome.findings.contains { $0.finding.rule == "repository/shipped-configuration" })
  }

  @Test func `files with the magic bytes of other packers are plain content`() throws {
    let model = try TestModel()
    try model.folder.write(
      Array("LRZI".utf8) + [0, 6] + [UInt8](repeating: 0, count: 64), to: "model/a.lrz")
    try model.folder.write(
      [0x89, 0x4C, 0x5A, 0x4F, 0, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0, count: 64),
      to: "model/b.lzo")
    try model.folder.write(
      [0x67, 0x72, 0x7A, 0x69, 0x70, 0x66, 0x69, 0x6C, 0x65, 0, 2, 4], to: "model/c.grz")
    try model.lock()
    #expect(try model.verify().isVerified)
    let error = #expect(throws: EngineError.self) {
      try Lock.run(
        Lock.Options(
          tree: Tree("\(model.path)/a.lrz", reading: .archive),
          output: model.outside.path("a.lock")), in: TestModel.context())
    }
    #expect(error?.kind == .unfinished)
  }

  /// An archive as its author has it, and one that another reader would see differently.
  private static let twofold: [(name: String, honest: [UInt8], hostile: [UInt8])] = [
    {
      let honest = ZipBuilder([
        ZipBuilder.Member("config.json", Array("{}".utf8)),
        ZipBuilder.Member("model.py", Array("import os\n".utf8)),
      ])
      var hostile = honest
      hostile.members[1].localName = Array("evil.py\u{20}".utf8)
      return ("local-names.zip", honest.bytes, hostile.bytes)
    }(),
    {
      var one = TarBuilder()
      one.add("config.json", Array("{}".utf8))
      one.end()
      var two = TarBuilder()
      two.add("evil.py", Array("import os\n".utf8))
      two.end()
      return ("two-in-a-row.tar", one.bytes, one.bytes + two.bytes)
    }(),
  ]

  @Test(arguments: 0..<2)
  func `an archive that two readers see differently is never verified in silence`(
    index: Int
  ) throws {
    let (name, honest, hostile) = Self.twofold[index]
    let model = try TestModel()
    // As the tree itself: neither locked nor verified.
    try model.outside.write(honest, to: name)
    let lockfile = model.outside.path("archive.lock")
    let locked = try model.lock {
      $0.tree = Tree(model.outside.path(name))
      $0.output = lockfile
    }
    try model.outside.write(hostile, to: name)
    for isPinned in [false, true] {
      let error = #expect(throws: EngineError.self) {
        try model.verify {
          $0.tree = Tree(model.outside.path(name))
          if isPinned { $0.pin = locked.lockfile.pin } else { $0.lockfile = lockfile }
        }
      }
      #expect(error?.kind == .unfinished)
    }
    // In a tree: other bytes than those locked, and said when they are locked.
    try model.folder.write(honest, to: "model/\(name)")
    let pin = try model.lock().lockfile.pin
    try model.folder.write(hostile, to: "model/\(name)")
    #expect(try TestModel.texts(model.verify()) == ["\(name) changed"])
    #expect(try !model.verify { $0.pin = pin }.isVerified)
    let findings = try model.lock(update: true).findings.filter {
      $0.finding.location.path.description == name
    }
    #expect(findings.map(\.finding.rule).contains("repository/not-examined"))
    #expect(try !model.verify { $0.policy = true }.isVerified)
  }

  @Test func `a retargeted link and a changed file outside are not verified`() throws {
    let model = try TestModel()
    try model.folder.write("reviewed", to: "outside.py")
    try model.folder.link("model/helper.py", to: "../outside.py")
    let pin = try model.lock().lockfile.pin
    // What the link leads to was never locked: neither before nor after it changes.
    for text in ["reviewed", "import os\n"] {
      try model.folder.write(text, to: "outside.py")
      #expect(try !model.verify().isVerified)
      #expect(try !model.verify { $0.pin = pin }.isVerified)
    }
    try model.folder.remove("model/helper.py")
    try model.folder.link("model/helper.py", to: "scripts/distill.py")
    #expect(
      try TestModel.texts(model.verify()) == ["helper.py leads to scripts/distill.py"])
    #expect(try !model.verify { $0.pin = pin }.isVerified)
  }

  @Test func `two tars in a row are refused`() throws {
    let model = try TestModel()
    let one = model.outside.path("one.tar")
    #expect(try Subprocess.run(["tar", "-cf", one, "-C", model.path, "."]).status == 0)
    try model.outside.write(
      model.outside.bytes("one.tar") + model.outside.bytes("one.tar"), to: "two.tar")
    let error = #expect(throws: EngineError.self) {
      try Lock.run(
        Lock.Options(
          tree: Tree(model.outside.path("two.tar")), output: model.outside.path("two.lock")),
        in: TestModel.context())
    }
    #expect(error?.kind == .unfinished)
    #expect(!model.outside.exists("two.lock"))
  }
}
