import Core
import Engine
import Rules
import Testing

@Suite struct FindingsPipelineTests {
  private let today = CalendarDate("2026-11-28")

  private func context(_ configuration: Configuration? = nil) throws -> RunContext {
    RunContext(
      generator: "modelpin 0.1.0", jobs: 2, today: try #require(today),
      configuration: configuration)
  }

  private func finding(
    _ path: String = "a.py", line: Int = 1, rule: RuleID = "download/huggingface-hub",
    severity: Severity = .high, construct: String = "load('org/x')", target: String = "org/x",
    pinning: Pinning = .branch, note: String? = nil
  ) throws -> Finding {
    let location = Location(
      try RelativePath(path), start: TextPosition(line: line, column: 1),
      end: TextPosition(line: line, column: 9))
    return Finding(
      rule, severity, at: location, "downloads \(target) without a revision", pinning: pinning,
      reference: .download(target: target, revision: nil),
      trace: note.map { [TraceStep(location, $0)] } ?? [], fix: "pin it", construct: construct)
  }

  private func fingerprint(_ finding: Finding) throws -> String {
    try #require(FindingsPipeline.judge([finding], in: context()).first).fingerprint
  }

  @Test func `a fingerprint outlives moved lines and wording, and nothing else`() throws {
    let base = try fingerprint(finding())
    #expect(base.utf8.count == 64)
    #expect(try fingerprint(finding(line: 99)) == base)
    #expect(try fingerprint(finding(severity: .low)) == base)
    let others = [
      try fingerprint(finding("b.py")), try fingerprint(finding(rule: "download/dataset")),
      try fingerprint(finding(construct: "load( 'org/x')")),
      try fingerprint(finding(target: "org/y")), try fingerprint(finding(pinning: .tag)),
      try fingerprint(finding(note: "assigned to x")),
    ]
    #expect(Set(others + [base]).count == others.count + 1)
  }

  @Test func `equal constructs are told apart by their occurrence`() throws {
    let judged = try FindingsPipeline.judge(
      [finding(line: 9), finding(line: 3), finding(line: 3)], in: context())
    #expect(judged.map(\.finding.location.start?.line) == [3, 9])
    #expect(Set(judged.map(\.fingerprint)).count == 2)
    // The first stays itself when another follows.
    #expect(try judged.first?.fingerprint == fingerprint(finding(line: 1)))
  }

  @Test func `the order of findings does not depend on the order of rules`() throws {
    let findings = try [
      finding("b.py"), finding(line: 2), finding(rule: "download/dataset"),
      finding(target: "org/y"), finding(construct: "other"), finding(note: "x"),
      finding(note: "y"),
    ]
    let one = try FindingsPipeline.judge(findings, in: context())
    let two = try FindingsPipeline.judge(findings.reversed(), in: context())
    #expect(one == two)
  }

  private func accepting(
    _ finding: Finding, rule: RuleID? = nil, path: String? = nil, expires: String
  ) throws -> Configuration {
    Configuration(
      path: "pin.toml",
      acceptances: [
        Configuration.Acceptance(
          fingerprint: try fingerprint(finding), rule: rule ?? finding.rule,
          path: path ?? finding.location.path.description, reason: "reviewed", reviewed: nil,
          expires: try #require(CalendarDate(expires)), line: 7)
      ])
  }

  @Test func `an acceptance counts to its last day, and says why it is open again`() throws {
    let finding = try finding()
    for (expires, isOpen) in [("2026-11-28", false), ("2027-01-01", false), ("2026-11-27", true)] {
      let judged = try FindingsPipeline.judge(
        [finding], in: context(accepting(finding, expires: expires)))
      #expect(judged.first?.isOpen == isOpen)
      #expect(judged.failing(at: .high).isEmpty != isOpen)
      let day = try #require(CalendarDate(expires))
      #expect(
        judged.first?.judgement
          == (isOpen
            ? .expired(reason: "reviewed", expires: day)
            : .accepted(reason: "reviewed", expires: day)))
    }
  }

  @Test func `rule and path beside a fingerprint are checked`() throws {
    let finding = try finding()
    let rule = #expect(throws: EngineError.self) {
      try FindingsPipeline.judge(
        [finding],
        in: context(accepting(finding, rule: "card/missing-license", expires: "2027-01-01")))
    }
    #expect(
      rule?.description
        == "pin.toml:7: the accepted finding is of rule `download/huggingface-hub`, "
        + "not `card/missing-license`")
    let path = #expect(throws: EngineError.self) {
      try FindingsPipeline.judge(
        [finding], in: context(accepting(finding, path: "tests/a.py", expires: "2027-01-01")))
    }
    #expect(
      path?.description == "pin.toml:7: the accepted finding is in `a.py`, not `tests/a.py`")
  }

  @Test func `acceptances without a finding are told`() throws {
    let configuration = try accepting(finding(), expires: "2027-01-01")
    let policy = Policy(configuration, today: try #require(today))
    #expect(policy.unused([]).map(\.line) == [7])
    #expect(try policy.unused(FindingsPipeline.judge([finding()], in: context())).isEmpty)
  }

  @Test func `the threshold looks at open findings only`() throws {
    let judged = try FindingsPipeline.judge(
      [
        finding(severity: .critical), finding(severity: .medium, target: "org/m"),
        finding(severity: .info, target: "org/i", pinning: .commit),
      ], in: context())
    #expect(judged.failing(at: .critical).count == 1)
    #expect(judged.failing(at: .medium).count == 2)
    #expect(judged.failing(at: .info).count == 2)
  }

  @Test func `rules are chosen by patterns`() throws {
    let all = try FindingsPipeline.rules(matching: [])
    let some = try FindingsPipeline.rules(matching: ["repository/*"])
    #expect(!some.isEmpty && some.count < all.count)
    #expect(some.allSatisfy { $0.documentation.id.family == "repository" })
    let one = try FindingsPipeline.rules(matching: ["*/dangling-*", "repository/dangling-link"])
    #expect(one.map { $0.documentation.id } == ["repository/dangling-link"])
    let error = #expect(throws: EngineError.self) {
      try FindingsPipeline.rules(matching: ["repository/dangling-links"])
    }
    #expect(error?.hint == "did you mean `repository/dangling-link`?")
  }
}
