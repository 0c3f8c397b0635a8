import Core
import Engine
import Foundation
import Inventory
import Lockfile
import TestSupport
import Testing

@Suite struct VerifyTests {
  @Test func `a pin is proof, with or without a lockfile`() throws {
    let model = try TestModel()
    let pin = try model.lock().lockfile.pin
    let outcome = try model.verify { $0.pin = pin }
    #expect(outcome.isVerified)
    #expect(outcome.proof == .pin)
    #expect(outcome.pin?.lockfile == .authentic)
    try model.folder.remove(TestModel.lockfile)
    let alone = try model.verify { $0.pin = pin }
    #expect(alone.isVerified)
    #expect(alone.pin?.lockfile == .missing)
    #expect(alone.lockfile == nil)
    try model.folder.write("{", to: TestModel.lockfile)
    let damaged = try model.verify { $0.pin = pin }
    #expect(damaged.isVerified)
    guard case .unreadable = damaged.pin?.lockfile else {
      Issue.record("\(String(describing: damaged.pin))")
      return
    }
  }

  @Test func `a pin that fails is explained by its own lockfile only`() throws {
    let model = try TestModel()
    let pin = try model.lock().lockfile.pin
    try model.folder.write("tampered", to: "model/modeling_ticket.py")
    let honest = try model.verify { $0.pin = pin }
    #expect(!honest.isVerified)
    #expect(TestModel.texts(honest) == ["modeling_ticket.py changed"])
    // The attacker locks again: the lockfile agrees with the tree, the pin does not.
    try model.lock(update: true)
    #expect(try model.verify().isVerified)
    let attacked = try model.verify { $0.pin = pin }
    #expect(!attacked.isVerified)
    #expect(attacked.pin?.holds == false)
    #expect(attacked.differences.isEmpty)
    guard case .other = attacked.pin?.lockfile else {
      Issue.record("\(String(describing: attacked.pin))")
      return
    }
  }

  @Test func `patterns of a pin come from the operator`() throws {
    let model = try TestModel()
    let pin = try model.lock { $0.exclude = ["README.md"] }.lockfile.pin
    #expect(try !model.verify { $0.pin = pin }.isVerified)
    #expect(
      try model.verify {
        $0.pin = pin
        $0.exclude = ["README.md"]
      }.isVerified)
    let configuration = Configuration(path: "c.toml", exclude: ["README.md"])
    #expect(try model.verify(configuration: configuration) { $0.pin = pin }.isVerified)
  }

  @Test func `what does not go together is refused`() throws {
    let model = try TestModel()
    let pin = try model.lock().lockfile.pin
    for change: (inout Verify.Options) -> Void in [
      { options in
        options.pin = pin
        options.only = [.weights]
      },
      { options in options.exclude = ["x"] },
    ] {
      let error = #expect(throws: EngineError.self) { try model.verify(change) }
      #expect(error?.kind == .invalid)
    }
    let missing = #expect(throws: EngineError.self) {
      try model.verify { $0.lockfile = model.outside.path("none.lock") }
    }
    #expect(missing?.kind == .invalid)
    #expect(missing?.description.hasPrefix("no lockfile at ") == true)
  }

  @Test func `--only looks at its roles and says what it did not look at`() throws {
    let model = try TestModel()
    try model.lock()
    try model.folder.write("changed", to: "model/README.md")
    let weights = try model.verify { $0.only = [.weights] }
    #expect(weights.isVerified)
    #expect(weights.skipped?.roles.contains(.documentation) == true)
    #expect(weights.skipped?.roles.contains(.weights) == false)
    #expect(weights.skipped?.entries == weights.lockfile.map { $0.entries.count - 1 })
    let documentation = try model.verify { $0.only = [.documentation] }
    #expect(TestModel.texts(documentation) == ["README.md changed"])
    try model.folder.write("import os\n", to: "model/new.py")
    #expect(try TestModel.texts(model.verify { $0.only = [.code] }) == ["new.py extra"])
  }

  @Test func `--only reads nothing else`() throws {
    let model = try TestModel()
    let lockfile = try model.lock().lockfile
    func isWeights(_ entry: Entry) -> Bool { entry.file?.role == .weights }
    let progress = CrawlProgress()
    var options = Verify.Options(tree: Tree(model.path))
    options.only = [.weights]
    var context = try TestModel.context()
    context = RunContext(
      generator: context.generator, jobs: 2, progress: progress, today: context.today)
    let outcome = try Verify.run(options, in: context)
    #expect(outcome.isVerified)
    #expect(outcome.totals == TreeTotals(lockfile.entries.filter(isWeights)))
    #expect(progress.bytesHashed == outcome.totals.bytes)
  }

  @Test func `--only names what is missing, renamed, replaced or new of its roles`() throws {
    let model = try TestModel()
    try model.lock()
    func texts() throws -> [String] { try TestModel.texts(model.verify { $0.only = [.weights] }) }
    try model.folder.remove("model/README.md")
    #expect(try texts() == [])
    let weights = try model.folder.bytes("model/model.safetensors")
    try model.folder.write(weights, to: "model/more.safetensors")
    #expect(try texts() == ["more.safetensors extra"])
    try model.folder.remove("model/model.safetensors")
    #expect(try texts() == ["model.safetensors renamed to more.safetensors"])
    try model.folder.link("model/model.safetensors", to: "more.safetensors")
    #expect(try texts() == ["model.safetensors type", "more.safetensors extra"])
    // A recorded link that became weights is weights now.
    try model.folder.remove("model/model.safetensors")
    try model.folder.move("model/more.safetensors", to: "model/model.safetensors")
    try model.folder.remove("model/latest.safetensors")
    try model.folder.write(weights, to: "model/latest.safetensors")
    #expect(try texts() == ["latest.safetensors type"])
  }

  @Test func `--only compares an archive like a folder`() throws {
    let model = try TestModel()
    let path = model.outside.path("model.tar")
    try model.lock()
    #expect(try Subprocess.run(["tar", "-cf", path, "-C", model.path, "."]).status == 0)
    let lockfile = "\(model.path)/modelpin.lock"
    try model.folder.write("other", to: "model/README.md")
    try model.lock(update: true)
    for (role, count) in [(Role.weights, 0), (.documentation, 1)] {
      let outcome = try model.verify {
        $0.tree = Tree(path)
        $0.lockfile = lockfile
        $0.only = [role]
      }
      #expect(outcome.differences.count == count)
    }
  }

  @Test func `--policy judges the findings of the verified bytes`() throws {
    let model = try TestModel()
    try model.lock()
    let outcome = try model.verify { $0.policy = true }
    let policy = try #require(outcome.policy)
    #expect(outcome.differences.isEmpty)
    #expect(policy.threshold == .high)
    #expect(outcome.isVerified == policy.failing.isEmpty)
    #expect(try model.verify().policy == nil)
    // The same findings as those of a scan, and as those recorded.
    let scan = try Scan.run(Scan.Options(tree: Tree(model.path)), in: TestModel.context())
    #expect(scan.findings == policy.findings)
    #expect(
      Set(scan.findings.filter { $0.finding.severity > .info }.map(\.fingerprint))
        == Set(outcome.lockfile?.findings.map(\.fingerprint) ?? []))
  }

  /// A safetensors file of 160 MiB with two tensors, mostly a hole.
  private func largeModel() throws -> TestModel {
    let model = try TestModel()
    let half: UInt64 = 80 << 20
    let header =
      #"{"first":{"dtype":"U8","shape":[\#(half)],"data_offsets":[0,\#(half)]},"#
      + #""second":{"dtype":"U8","shape":[\#(half)],"data_offsets":[\#(half),\#(2 * half)]}}"#
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
    try model.folder.write(length + Array(header.utf8), to: "model/large.safetensors")
    try model.outside.write("", to: "unused")
    let file = try FileHandle(forUpdating: URL(filePath: "\(model.path)/large.safetensors"))
    try file.truncate(atOffset: UInt64(8 + header.utf8.count) + 2 * half)
    try file.close()
    return model
  }

  @Test func `the range and the tensors of changed weights are named`() throws {
    let model = try largeModel()
    let lockfile = try model.lock().lockfile
    let path = try RelativePath("large.safetensors")
    let entry = try #require(lockfile.entries.first { $0.path == path }?.file)
    #expect(entry.checkpoints.count == 2)
    #expect(try model.verify().isVerified)
    let file = try FileHandle(forUpdating: URL(filePath: "\(model.path)/large.safetensors"))
    try file.seek(toOffset: 150 << 20)
    try file.write(contentsOf: Data([1]))
    try file.close()
    let outcome = try model.verify()
    #expect(TestModel.texts(outcome) == ["large.safetensors changed"])
    let detail = try #require(outcome.details[path])
    #expect(detail.ranges == [(128 << 20)..<entry.size])
    #expect(detail.parts.map(\.name) == ["second"])
  }

  @Test func `damaged checkpoints are the lockfile's fault`() throws {
    let model = try largeModel()
    try model.lock()
    let text = try model.folder.text(TestModel.lockfile)
    let start = try #require(text.firstRange(of: "\"large.safetensors\": [\""))
    let digit = text[start.upperBound]
    let damaged =
      text[..<start.upperBound] + (digit == "0" ? "1" : "0")
      + text[text.index(after: start.upperBound)...]
    try model.folder.write(String(damaged), to: TestModel.lockfile)
    let error = #expect(throws: EngineError.self) { try model.verify() }
    #expect(error?.kind == .invalid)
    #expect(error?.description.contains("large.safetensors") == true)
    // Without the checkpoints it is verified front to back.
    let cut = try #require(text.firstRange(of: ",\n  \"checkpoints\""))
    try model.folder.write(text[..<cut.lowerBound] + "\n}\n", to: TestModel.lockfile)
    #expect(try model.verify().isVerified)
  }
}
