import Core
import Engine
import Foundation
import TestSupport
import Testing

/// Whatever happens to a tree, `verify` answers no and names exactly that.
@Suite struct VerifyPropertyTests {
  /// A change of the tree, the way back, and the differences it has to give.
  private struct Change {
    let expected: [String]
    let undo: () throws -> Void
  }

  private static let rounds = 60

  private func check(
    seed: UInt64, _ make: (TestModel, [String], inout TestRandom) throws -> Change
  ) throws {
    let model = try TestModel()
    try model.lock()
    #expect(try model.verify().isVerified)
    let files = try FileManager.default.subpathsOfDirectory(atPath: model.path).filter {
      let type = try? FileManager.default.attributesOfItem(atPath: "\(model.path)/\($0)")[.type]
      return type as? FileAttributeType == .typeRegular && $0 != "modelpin.lock"
    }.sorted()
    var random = TestRandom(seed: seed)
    for _ in 0..<Self.rounds {
      let change = try make(model, files, &random)
      let outcome = try model.verify()
      #expect(!outcome.isVerified)
      #expect(TestModel.texts(outcome) == change.expected)
      #expect(outcome.unprovenLinks.isEmpty)
      try change.undo()
    }
    #expect(try model.verify().isVerified)
  }

  @Test func `one bit flipped in a file`() throws {
    try check(seed: 1) { model, files, random in
      let file = try #require(files.randomElement(using: &random))
      let isExecutable = file == "run.sh"
      let old = try model.folder.bytes("model/\(file)")
      var new = old
      let place = Int.random(in: 0..<old.count, using: &random)
      new[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      try model.folder.write(new, to: "model/\(file)", isExecutable: isExecutable)
      return Change(expected: ["\(file) changed"]) {
        try model.folder.write(
          old, to: "model/\(file)", isExecutable: isExecutable)
      }
    }
  }

  @Test func `a file added`() throws {
    try check(seed: 2) { model, files, random in
      let folders = ["", "scripts/", "new/deeper/", ".hidden/", "__pycache__/"]
      let names = ["x.py", "modelpin.lock.txt", ".modelpin.lock.tmp", "a b.bin", "é.json", "x.pyc"]
      let name =
        try #require(folders.randomElement(using: &random))
        + #require(names.randomElement(using: &random))
      let bytes = (0..<Int.random(in: 0...3000, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      try model.folder.write(bytes, to: "model/\(name)")
      return Change(expected: ["\(name) extra"]) { try model.folder.remove("model/\(name)") }
    }
  }

  @Test func `a file removed`() throws {
    try check(seed: 3) { model, files, random in
      // The target of a link is left in place: without it the link would be reported besides.
      let file = try #require(
        files.filter { $0 != "model.safetensors" }.randomElement(using: &random))
      let old = try model.folder.bytes("model/\(file)")
      try model.folder.remove("model/\(file)")
      return Change(expected: ["\(file) missing"]) {
        try model.folder.write(old, to: "model/\(file)", isExecutable: file == "run.sh")
      }
    }
  }

  @Test func `a file renamed`() throws {
    try check(seed: 4) { model, files, random in
      let file = try #require(
        files.filter { $0 != "model.safetensors" }.randomElement(using: &random))
      let name = "moved-\(Int.random(in: 0...9, using: &random)).txt"
      try model.folder.move("model/\(file)", to: "model/\(name)")
      return Change(expected: ["\(file) renamed to \(name)"]) {
        try model.folder.move("model/\(name)", to: "model/\(file)")
      }
    }
  }

  @Test func `the executable bit changed`() throws {
    try check(seed: 5) { model, files, random in
      let file = try #require(files.randomElement(using: &random))
      let path = "\(model.path)/\(file)"
      let isExecutable = file == "run.sh"
      func set(_ executable: Bool) throws {
        try FileManager.default.setAttributes(
          [.posixPermissions: executable ? 0o755 : 0o644], ofItemAtPath: path)
      }
      try set(!isExecutable)
      return Change(expected: ["\(file) executable \(!isExecutable)"]) { try set(isExecutable) }
    }
  }

  @Test func `a link retargeted`() throws {
    try check(seed: 6) { model, files, random in
      let target = try #require(
        files.filter { $0 != "model.safetensors" }.randomElement(using: &random))
      try model.folder.remove("model/latest.safetensors")
      try model.folder.link("model/latest.safetensors", to: target)
      return Change(expected: ["latest.safetensors leads to \(target)"]) {
        try model.folder.remove("model/latest.safetensors")
        try model.folder.link("model/latest.safetensors", to: "model.safetensors")
      }
    }
  }

  @Test func `a file turned into a link to a copy of itself`() throws {
    try check(seed: 7) { model, files, random in
      let file = try #require(
        files.filter { $0 != "model.safetensors" && !$0.contains("/") && $0 != "run.sh" }
          .randomElement(using: &random))
      try model.folder.move("model/\(file)", to: "model/copy")
      try model.folder.link("model/\(file)", to: "copy")
      return Change(expected: ["copy extra", "\(file) type"].sorted()) {
        try model.folder.remove("model/\(file)")
        try model.folder.move("model/copy", to: "model/\(file)")
      }
    }
  }

  @Test func `everything at once is named at once`() throws {
    let model = try TestModel()
    try model.lock()
    try model.folder.write("changed", to: "model/LICENSE")
    try model.folder.remove("model/README.md")
    try model.folder.move("model/vocab.txt", to: "model/words.txt")
    try model.folder.write("new", to: "model/zz.py")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: model.folder.path("model/run.sh"))
    try model.folder.remove("model/latest.safetensors")
    try model.folder.link("model/latest.safetensors", to: "LICENSE")
    let outcome = try model.verify()
    #expect(
      TestModel.texts(outcome) == [
        "LICENSE changed", "README.md missing", "latest.safetensors leads to LICENSE",
        "run.sh executable false", "vocab.txt renamed to words.txt", "zz.py extra",
      ])
  }
}
