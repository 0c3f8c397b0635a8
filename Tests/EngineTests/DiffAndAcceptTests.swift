import Core
import Engine
import Lockfile
import TestSupport
import Testing

@Suite struct DiffAndAcceptTests {
  // MARK: diff

  @Test func `a lockfile and its tree do not differ`() throws {
    let model = try TestModel()
    let path = try model.lock().path
    for (old, new) in [(path, model.path), (model.path, path), (path, path)] {
      let outcome = try Diff.run(Diff.Options(old: old, new: new), in: TestModel.context())
      #expect(outcome.isSame)
      #expect(outcome.summary.description == "no file differs")
    }
  }

  @Test func `a tree that went on is compared in a reviewer's words`() throws {
    let model = try TestModel()
    let path = try model.lock { $0.output = model.outside.path("old.lock") }.path
    try model.folder.write("# other\n", to: "model/README.md")
    try model.folder.write("VALUE = 1\n", to: "model/extra.py")
    try model.folder.write("numpy\n", to: "model/requirements-dev.txt")
    try model.folder.write(
      "#!/bin/sh\ncurl -o x.bin https://models.example.org/new/x.bin\n", to: "model/get.sh",
      isExecutable: true)
    let outcome = try Diff.run(
      Diff.Options(old: path, new: model.path), in: TestModel.context())
    #expect(!outcome.isSame)
    #expect(outcome.new.isTree && !outcome.old.isTree)
    #expect(
      outcome.summary.description
        == "code added: 2 files; dependencies added: 1 file; documentation changed: 1 file")
    #expect(
      outcome.difference.downloads.added.map(\.target)
        == ["https://models.example.org/new/x.bin"])
    #expect(outcome.difference.dependencies.added.map(\.name) == ["numpy"])
    let new = try model.lock { $0.output = model.outside.path("new.lock") }.path
    let same = try Diff.run(Diff.Options(old: path, new: new), in: TestModel.context())
    #expect(same.difference == outcome.difference)
  }

  @Test func `something named like a lockfile has to be one`() throws {
    let model = try TestModel()
    try model.outside.write("{}", to: "broken.lock")
    let error = #expect(throws: EngineError.self) {
      try Diff.run(
        Diff.Options(old: model.outside.path("broken.lock"), new: model.path),
        in: TestModel.context())
    }
    #expect(error?.kind == .invalid)
  }

  // MARK: accept

  private static let configuration = """
    # Ours.
    fail-on = "high"   # strict

    """

  private func read(_ model: TestModel) throws -> Configuration {
    try Configuration.read(at: model.outside.path("pin.toml"))
  }

  private func finding(_ model: TestModel) throws -> JudgedFinding {
    let scan = try Scan.run(Scan.Options(tree: Tree(model.path)), in: TestModel.context())
    return try #require(scan.findings.first { $0.isOpen })
  }

  private func accept(
    _ fingerprint: String, _ model: TestModel, reason: String = "why \"not\" \\ é",
    expires: String = "2027-05-01"
  ) throws -> Accept.Outcome {
    try Accept.run(
      Accept.Options(
        fingerprint: fingerprint, reason: reason, expires: #require(CalendarDate(expires)),
        tree: Tree(model.path)), in: TestModel.context(configuration: read(model)))
  }

  @Test func `an acceptance is appended, every other byte stays`() throws {
    let model = try TestModel()
    try model.outside.write(Self.configuration, to: "pin.toml")
    let finding = try finding(model)
    let outcome = try accept(String(finding.fingerprint.prefix(12)), model)
    #expect(outcome.finding.fingerprint == finding.fingerprint)
    let text = try model.outside.text("pin.toml")
    #expect(text == Self.configuration + "\n" + outcome.text)
    let acceptance = try #require(read(model).acceptances.first)
    #expect(acceptance.reason == "why \"not\" \\ é")
    #expect(acceptance.reviewed == CalendarDate("2026-11-28"))
    let scan = try Scan.run(
      Scan.Options(tree: Tree(model.path)), in: TestModel.context(configuration: read(model)))
    let judged = try #require(scan.findings.first { $0.fingerprint == finding.fingerprint })
    #expect(!judged.isOpen)
    #expect(scan.unusedAcceptances.isEmpty)
    let again = #expect(throws: EngineError.self) { try accept(finding.fingerprint, model) }
    guard case .alreadyAccepted = again else {
      Issue.record("\(String(describing: again))")
      return
    }
  }

  @Test func `an expired acceptance gives way to a new one`() throws {
    let model = try TestModel()
    let finding = try finding(model)
    try model.outside.write(
      """
      [[accept]]  # long ago
      fingerprint = "\(finding.fingerprint)"
      rule = "\(finding.finding.rule)"
      path = "\(finding.finding.location.path)"
      # A remark that stays.
      reason = "old"
      expires = 2026-01-01

      [[model]]
      path = "x"
      """, to: "pin.toml")
    let outcome = try accept(finding.fingerprint, model)
    #expect(
      try model.outside.text("pin.toml")
        == """
        # A remark that stays.

        [[model]]
        path = "x"

        \(outcome.text)
        """)
    #expect(try read(model).acceptances.count == 1)
  }

  @Test func `what cannot be accepted is refused, the configuration untouched`() throws {
    let model = try TestModel()
    try model.outside.write(Self.configuration, to: "pin.toml")
    let fingerprint = try finding(model).fingerprint
    for (fingerprint, reason, expires) in [
      ("0000000000000000", "r", "2027-05-01"), ("12", "r", "2027-05-01"),
      (fingerprint, " ", "2027-05-01"), (fingerprint, "r", "2026-11-27"),
    ] {
      let error = #expect(throws: EngineError.self) {
        try accept(fingerprint, model, reason: reason, expires: expires)
      }
      #expect(error?.kind == .invalid)
    }
    let none = #expect(throws: EngineError.self) {
      try Accept.run(
        Accept.Options(
          fingerprint: fingerprint, reason: "r", expires: #require(CalendarDate("2027-05-01")),
          tree: Tree(model.path)), in: TestModel.context())
    }
    #expect(none?.hint == "name one with --config or MODELPIN_CONFIG")
    #expect(try model.outside.text("pin.toml") == Self.configuration)
  }

  // MARK: scan

  @Test func `a scan answers by its threshold`() throws {
    let model = try TestModel()
    let all = try Scan.run(Scan.Options(tree: Tree(model.path)), in: TestModel.context())
    #expect(all.threshold == .high)
    let strict = try Scan.run(
      Scan.Options(tree: Tree(model.path), failOn: .low), in: TestModel.context())
    #expect(strict.failing.count == strict.findings.filter(\.isOpen).count)
    #expect(strict.failing.count >= all.failing.count)
    let one = try Scan.run(
      Scan.Options(tree: Tree(model.path), rules: ["repository/*"]), in: TestModel.context())
    #expect(one.findings.allSatisfy { $0.finding.rule.family == "repository" })
    let configured = try Scan.run(
      Scan.Options(tree: Tree(model.path)),
      in: TestModel.context(configuration: Configuration(path: "c", failOn: .critical)))
    #expect(configured.threshold == .critical)
  }
}
