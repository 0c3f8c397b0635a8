import Core
import Rules
import Testing

/// A check fixes a download only when the script does not go on after it failed.
struct ShellChecksTests {
  static let download = "curl -o m.bin https://x.org/m.bin\n"
  static let check = "echo '\(ShellRulesTests.digest)  m.bin' | sha256sum -c -"
  static let compare = "[ \"$(sha256sum m.bin | cut -d' ' -f1)\""

  /// Text behind the download, `CHECK` for the check.
  static let enforced = [
    "CHECK", "CHECK || exit 1", "CHECK || { echo bad; exit 1; }", "CHECK || (rm m.bin; exit 1)",
    "CHECK || return 1", "CHECK || die 'bad'", "CHECK || rm -f m.bin", "CHECK && echo good",
    "set -e\nCHECK; true", "if ! CHECK; then echo bad; exit 1; fi",
    "if CHECK; then ./m.bin; fi", "if CHECK; then echo good; else exit 1; fi",
    "if CHECK; then :; else echo bad; false; fi",
    "stop() { echo \"$1\"; exit 1; }\nCHECK || stop x",
    "CHECK | grep OK", "set -o pipefail\nCHECK | tee log", "CHECK\necho good",
    "! CHECK && exit 1", "CHECK || false", "while ! CHECK; do sleep 1; done",
    "\(compare) = \(ShellRulesTests.digest) ] || exit 1",
    "if \(compare) != \(ShellRulesTests.digest) ]; then echo bad; exit 1; fi",
    "if ! CHECK; then echo bad; else ./m.bin; fi",
    "bash -c \"CHECK\" || exit 1", "set -e\nCHECK\n./m.bin", "CHECK && ./m.bin",
    "verify() { CHECK; }\nverify || exit 1\n./m.bin", "set -euo pipefail\nCHECK; tar xf m.bin",
    "CHECK || exit 1\ntar xf m.bin", "if [ -n \"$X\" ]; then echo a; fi\nCHECK",
  ]

  static let ignored = [
    "CHECK || true", "CHECK || :", "CHECK || echo bad", "CHECK || { echo bad; }", "CHECK; true",
    "CHECK\n:\n./m.bin", "if ! CHECK; then echo bad; fi", "if ! CHECK; then echo bad; fi; ./m.bin",
    "if CHECK; then echo good; else echo bad; fi\n./m.bin", "CHECK | tee log", "CHECK | cat",
    "warn() { echo \"$1\"; }\nCHECK || warn x", "(CHECK) || true", "{ CHECK; } || true",
    "! CHECK && echo bad", "sudo bash -c \"CHECK\" || true", "set -e\nCHECK || true",
    "CHECK && echo good || echo bad", "set -e\nset +e\nCHECK; true",
    "\(compare) = \(ShellRulesTests.digest) ] || echo bad",
    "if \(compare) != \(ShellRulesTests.digest) ]; then echo bad; fi",
    "if ! CHECK; then echo bad; fi\nif CHECK; then echo; fi", "CHECK\npython train.py",
    "CHECK; tar xf m.bin", "set -e\nset +e\nCHECK\ncp m.bin /models",
    "cd /models && CHECK; python train.py", "if true; then CHECK; ls; fi",
  ]

  private static func report(_ text: String) throws -> [String] {
    try ShellRulesTests.scriptReport(download + text.replacing("CHECK", with: check))
      .filter { $0.hasSuffix("content") || $0.hasSuffix("branch") }
  }

  @Test(arguments: enforced) func `a check that stops the script counts`(text: String) throws {
    #expect(try Self.report(text) == ["info download/command-download 1 content"])
  }

  @Test(arguments: ignored) func `a check that does not stop it proves nothing`(text: String) throws
  {
    let found = try Self.report(text)
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasSuffix("1 branch") }, "\(found)")
  }

  @Test func `runners of workflows stop by themselves`() throws {
    let text = """
      on: push
      jobs:
        a:
          steps:
            - run: |
                \(Self.download.dropLast())
                \(Self.check); true
      """
    #expect(
      try ShellRulesTests.report([".github/workflows/a.yml": text], families: ["download"])
        .filter { $0.contains("command-download") } == ["info download/command-download 6 content"])
  }

  @Test(arguments: [
    ("Makefile", "all:\n\tFETCH\n\tCHECK\n", "content"),
    ("Makefile", "all:\n\tFETCH\n\t-CHECK\n", "branch"),
    ("Makefile", "all:\n\tFETCH\n\t@-CHECK\n", "branch"),
    ("Makefile", ".IGNORE:\nall:\n\tFETCH\n\tCHECK\n", "branch"),
    ("Makefile", "all:\n\tFETCH; CHECK; echo\n", "branch"),
    ("Dockerfile", "FROM scratch\nRUN FETCH && CHECK && tar xf m.bin\n", "content"),
    ("Dockerfile", "FROM scratch\nRUN FETCH; CHECK\n", "content"),
    ("Dockerfile", "FROM scratch\nRUN FETCH; CHECK; tar xf m.bin\n", "branch"),
    ("Dockerfile", "FROM scratch\nRUN FETCH; CHECK; echo good\n", "branch"),
    ("Dockerfile", "FROM scratch\nRUN set -ex; FETCH; CHECK; tar xf m.bin\n", "content"),
    (
      "Dockerfile",
      "FROM scratch\nSHELL [\"/bin/bash\", \"-euc\"]\nRUN FETCH; CHECK; tar xf m.bin\n", "content"
    ),
  ])
  func `what runs the text decides whether a failure counts`(
    name: String, text: String, pinning: String
  ) throws {
    let found = try ShellRulesTests.report(
      [
        name: text.replacing("FETCH", with: Self.download.dropLast())
          .replacing("CHECK", with: Self.check)
      ], families: ["download", "execution"]
    ).filter { !$0.contains("dockerfile-") }
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasSuffix(pinning) }, "\(found)")
  }

  @Test(arguments: [
    ("", "content"), ("        continue-on-error: true\n", "branch"),
    ("        shell: bash\n", "content"), ("        shell: bash {0}\n", "branch"),
    ("        shell: bash -e {0}\n", "content"),
  ])
  func `steps stop at a failure unless they say otherwise`(extra: String, pinning: String) throws {
    let text = """
      on: push
      jobs:
        a:
          steps:
            - run: |
                \(Self.download.dropLast())
                \(Self.check)
                python train.py

      """ + extra
    let found = try ShellRulesTests.report(
      [".github/workflows/a.yml": text.replacing("\n\n        ", with: "\n        ")],
      families: ["download", "execution"])
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.hasSuffix(pinning) }, "\(found)")
  }
}
