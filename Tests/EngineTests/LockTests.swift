import Core
import Engine
import Inventory
import Lockfile
import TestSupport
import Testing

@Suite struct LockTests {
  @Test func `a first lock writes what verify then confirms`() throws {
    let model = try TestModel()
    let outcome = try model.lock()
    #expect(outcome.written == .created)
    #expect(outcome.difference == nil)
    #expect(outcome.path == "\(model.path)/modelpin.lock")
    let read = try LockfileReader.read(model.folder.bytes(TestModel.lockfile))
    #expect(read == outcome.lockfile)
    #expect(read.entries.contains { $0.path.description == "modelpin.lock" } == false)
    let entries = Dictionary(uniqueKeysWithValues: read.entries.map { ($0.path.description, $0) })
    #expect(entries["run.sh"]?.file?.isExecutable == true)
    #expect(entries["model.safetensors"]?.file?.role == .weights)
    #expect(
      entries["latest.safetensors"]?.content == .link(target: Array("model.safetensors".utf8)))
    #expect(outcome.totals.files == read.entries.count - 1)
    let verified = try model.verify()
    #expect(verified.isVerified)
    #expect(verified.proof == .lockfileInside)
    #expect(try model.lock().written == .unchanged)
  }

  @Test func `other content needs --update, and the old lockfile stays`() throws {
    let model = try TestModel()
    try model.lock()
    let old = try model.folder.bytes(TestModel.lockfile)
    try model.folder.write("print('new')\n", to: "model/new.py")
    let refused = try model.lock()
    #expect(refused.written == .refused)
    #expect(!refused.isDone)
    #expect(refused.difference?.entries.map(\.path.description) == ["new.py"])
    #expect(try model.folder.bytes(TestModel.lockfile) == old)
    let updated = try model.lock(update: true)
    #expect(updated.written == .updated)
    #expect(try model.folder.bytes(TestModel.lockfile) != old)
    #expect(try model.verify().isVerified)
  }

  @Test func `another generator alone needs no --update`() throws {
    let model = try TestModel()
    try model.lock()
    var context = try TestModel.context()
    context.generator = "modelpin newer"
    let outcome = try Lock.run(Lock.Options(tree: Tree(model.path)), in: context)
    #expect(outcome.written == .updated)
    #expect(outcome.difference?.isEmpty == true)
  }

  @Test func `source and patterns are kept unless told otherwise`() throws {
    let model = try TestModel()
    let source = Provenance(
      kind: "huggingface", repository: "example-org/tiny",
      revision: String(repeating: "a", count: 40),
      isClaimed: false)
    try model.lock {
      $0.source = source
      $0.exclude = ["README.md"]
    }
    let kept = try model.lock()
    #expect(kept.written == .unchanged)
    #expect(kept.lockfile.source == source)
    #expect(kept.lockfile.exclude == ["README.md"])
    #expect(kept.exclusions.contains { $0.reason == .pattern("README.md") })
    let told = try model.lock(update: true) { $0.exclude = [] }
    #expect(told.lockfile.exclude.isEmpty)
    #expect(told.lockfile.source == source)
    #expect(told.difference?.excludeRemoved == ["README.md"])
  }

  @Test func `the configuration's patterns are recorded`() throws {
    let model = try TestModel()
    let outcome = try model.lock(
      configuration: Configuration(path: "c.toml", exclude: ["scripts/**"]))
    #expect(outcome.lockfile.exclude == ["scripts/**"])
    #expect(!outcome.lockfile.entries.contains { $0.path.description.hasPrefix("scripts/") })
    // Something loadable is left out: that is a finding.
    #expect(outcome.findings.contains { $0.finding.rule == "repository/excluded-loadable" })
  }

  @Test func `a damaged lockfile is an error, and replaced on request`() throws {
    let model = try TestModel()
    try model.lock()
    let old = try model.folder.text(TestModel.lockfile)
    let conflict = old.replacing("  \"licenses\"", with: "<<<<<<< HEAD\n  \"licenses\"")
    try model.folder.write(conflict, to: TestModel.lockfile)
    let error = #expect(throws: EngineError.self) { try model.lock() }
    #expect(error?.kind == .invalid)
    #expect(error?.hint?.contains("lock --update") == true)
    #expect(try model.folder.text(TestModel.lockfile) == conflict)
    #expect(throws: EngineError.self) { try model.verify() }
    let outcome = try model.lock(update: true)
    #expect(outcome.replaced?.reason == .mergeConflict)
    #expect(try model.folder.text(TestModel.lockfile) == old)
  }

  @Test func `a lockfile that is a link is refused unless it is named`() throws {
    let model = try TestModel()
    try model.outside.write("precious", to: "other")
    try model.folder.link(TestModel.lockfile, to: model.outside.path("other"))
    let error = #expect(throws: EngineError.self) { try model.lock() }
    guard case .lockfileIsLink = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: EngineError.self) { try model.verify() }
    #expect(try model.outside.text("other") == "precious")
  }

  @Test func `archives, files and snapshots need --output`() throws {
    let model = try TestModel()
    let tar = model.outside.path("model.tar")
    #expect(try Subprocess.run(["tar", "-cf", tar, "-C", model.path, "."]).status == 0)
    try model.folder.copy(
      project: "Fixtures/models/tiny-sentence-encoder",
      to: "hub/models--org--x/snapshots/0123456789012345678901234567890123456789")
    for path in [
      tar, "\(model.path)/model.safetensors",
      model.folder.path("hub/models--org--x/snapshots/0123456789012345678901234567890123456789"),
    ] {
      let error = #expect(throws: EngineError.self) {
        try Lock.run(Lock.Options(tree: Tree(path)), in: TestModel.context())
      }
      #expect(error?.hint == "say where with --output")
      #expect(error?.kind == .invalid)
      #expect(throws: EngineError.self) {
        try Verify.run(Verify.Options(tree: Tree(path)), in: TestModel.context())
      }
      let output = model.outside.path("out.lock")
      let outcome = try Lock.run(
        Lock.Options(tree: Tree(path), output: output, update: true), in: TestModel.context())
      #expect(outcome.path == output)
      var options = Verify.Options(tree: Tree(path))
      options.lockfile = output
      let verified = try Verify.run(options, in: TestModel.context())
      #expect(verified.isVerified)
      #expect(verified.proof == .lockfileOutside)
    }
  }

  @Test func `the temporary file is left out by lock alone`() throws {
    let model = try TestModel()
    try model.lock()
    try model.folder.write("left behind", to: "model/.modelpin.lock.tmp")
    #expect(try TestModel.texts(model.verify()) == [".modelpin.lock.tmp extra"])
    #expect(try model.lock().written == .unchanged)
  }

  @Test(arguments: ["[a", "a//b", ""])
  func `a malformed pattern is an error`(pattern: String) throws {
    let model = try TestModel()
    let error = #expect(throws: EngineError.self) { try model.lock { $0.exclude = [pattern] } }
    #expect(error?.kind == .invalid)
    #expect(!model.folder.exists(TestModel.lockfile))
  }

  @Test func `an unsafe tree leaves the earlier lockfile alone`() throws {
    let model = try TestModel()
    try model.lock()
    let old = try model.folder.bytes(TestModel.lockfile)
    #expect(try Subprocess.run(["mkfifo", "\(model.path)/pipe"]).status == 0)
    let error = #expect(throws: EngineError.self) { try model.lock(update: true) }
    #expect(error?.kind == .unfinished)
    #expect(error?.description.contains("pipe") == true)
    #expect(try model.folder.bytes(TestModel.lockfile) == old)
  }

  @Test func `a single file is a tree of one`() throws {
    let model = try TestModel()
    let output = model.outside.path("one.lock")
    let outcome = try Lock.run(
      Lock.Options(tree: Tree("\(model.path)/model.safetensors"), output: output),
      in: TestModel.context())
    #expect(outcome.lockfile.entries.map(\.path.description) == ["model.safetensors"])
  }
}
