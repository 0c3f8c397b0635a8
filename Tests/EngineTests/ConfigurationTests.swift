import Core
import Engine
import Testing

@Suite struct ConfigurationTests {
  private static let fingerprint = String(repeating: "0123456789abcdef", count: 4)

  private static let whole = """
    exclude = ["docs/**", "*.onnx"]
    fail-on = "medium"
    allow-root-git = true

    [[accept]]
    fingerprint = "\(fingerprint)"
    rule = "download/huggingface-hub"
    path = "scripts/train.py"
    reason = "training only; never shipped"
    reviewed = 2026-11-01
    expires = 2027-05-01

    [[model]]
    path = "models/encoder"
    lockfile = "locks/encoder.lock"
    pin = "sha256:\(fingerprint)"

    [[model]]
    path = "models/decoder"
    """

  private func parse(_ text: String) throws(EngineError) -> Configuration {
    try Configuration.parse(Array(text.utf8), path: "pin.toml")
  }

  @Test func `every key is read`() throws {
    let configuration = try parse(Self.whole)
    #expect(configuration.exclude == ["docs/**", "*.onnx"])
    #expect(configuration.failOn == .medium)
    #expect(configuration.allowsRootGit)
    let acceptance = try #require(configuration.acceptances.first)
    #expect(acceptance.rule == "download/huggingface-hub")
    #expect(acceptance.path == "scripts/train.py")
    #expect(acceptance.reason == "training only; never shipped")
    #expect(acceptance.reviewed == CalendarDate("2026-11-01"))
    #expect(acceptance.expires == CalendarDate("2027-05-01"))
    #expect(acceptance.line == 5)
    #expect(configuration.models.map(\.path) == ["models/encoder", "models/decoder"])
    #expect(configuration.models.first?.lockfile == "locks/encoder.lock")
    #expect(configuration.models.first?.pin?.hex == Self.fingerprint)
    #expect(configuration.models.last?.pin == nil)
  }

  @Test func `an empty configuration says nothing`() throws {
    #expect(try parse("# nothing\n") == Configuration(path: "pin.toml"))
  }

  @Test(arguments: [
    (
      "excludes = []",
      "pin.toml:1: `excludes` is no key of the configuration, did you mean `exclude`?"
    ),
    ("zebra = 1", "pin.toml:1: `zebra` is no key of the configuration"),
    ("exclude = \"a\"", "pin.toml:1: `exclude` has to be a list of patterns"),
    ("exclude = [\n\"a\",\n\"a//b\"]", "pin.toml:3: the pattern `a//b` is malformed: "),
    (
      "fail-on = \"severe\"",
      "pin.toml:1: `fail-on` has to be one of critical, high, medium, low, info"
    ),
    ("allow-root-git = 1", "pin.toml:1: `allow-root-git` has to be true or false"),
    ("accept = 1", "pin.toml:1: `accept` has to be written as [[accept]]"),
    ("\n[[accept]]\nrule = \"a/b\"", "pin.toml:2: [[accept]] needs `fingerprint`"),
    (
      "[[accept]]\nfingerprint = \"12\"",
      "pin.toml:2: `fingerprint` has to be 64 lower-case hexadecimal digits"
    ),
    ("[[accept]]\nreason = \"  \"", "pin.toml:2: `reason` has to say something"),
    ("[[accept]]\nexpires = \"soon\"", "pin.toml:2: `expires` has to be a date, `2027-05-01`"),
    ("[[accept]]\nexpires = 2027-02-30", "pin.toml:2: "),
    (
      "[[accept]]\nexpires = 2027-02-20T00:00:00Z",
      "pin.toml:2: `expires` has to be a date, `2027-05-01`"
    ),
    (
      "[[accept]]\nexpire = 2027-02-20",
      "pin.toml:2: `expire` is no key of [[accept]], did you mean `expires`?"
    ),
    ("[[model]]\nlockfile = \"x\"", "pin.toml:1: [[model]] needs `path`"),
    ("[[model]]\npath = \"\"", "pin.toml:2: `path` has to be a path"),
    (
      "[[model]]\npath = \"x\"\npin = \"abc\"",
      "pin.toml:3: `pin` has to be `sha256:` and 64 lower-case hexadecimal digits"
    ),
    ("a = ", "pin.toml:1: "),
  ])
  func `what is not valid is an error with its line`(text: String, message: String) {
    let error = #expect(throws: EngineError.self) { try parse(text) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    #expect(error?.kind == .invalid)
  }

  @Test(arguments: ["rule", "path", "reason", "expires"])
  func `an acceptance needs every one of its keys`(key: String) {
    let head = Self.whole.split(separator: "\n\n")[1]
    let text = head.split(separator: "\n").filter { !$0.hasPrefix("\(key) =") }
      .joined(separator: "\n")
    let error = #expect(throws: EngineError.self) { try parse(text) }
    #expect(error?.description.contains("needs `\(key)`") == true)
  }

  @Test func `a fingerprint may be accepted once`() {
    let table = Self.whole.split(separator: "\n\n")[1]
    let error = #expect(throws: EngineError.self) { try parse("\(table)\n\(table)") }
    #expect(error?.description.contains("is accepted on line 1 too") == true)
  }
}
