import Commands
import Core
import Reporting
import Synchronization
import Testing

struct ConsoleTests {
  private func console(
    _ words: [String] = [], environment: [String: String] = [:], isTerminal: Bool = true
  ) throws -> (Console, CapturedBytes) {
    let errors = CapturedBytes()
    var arguments = Arguments()
    var rest = words[...]
    try arguments.parseLeading(&rest)
    let terminal = Terminal(
      output: CapturedBytes(), diagnostics: errors, outputIsTerminal: isTerminal,
      diagnosticsIsTerminal: isTerminal, environment: { environment[$0] }, today: .test)
    return (Console(terminal, arguments), errors)
  }

  @Test(
    arguments: [
      (["--color", "always"], [:], false, true), (["--color", "never"], [:], true, false),
      ([], [:], true, true), ([], [:], false, false), ([], ["NO_COLOR": "1"], true, false),
      ([], ["NO_COLOR": ""], true, true), (["--color", "always"], ["NO_COLOR": "1"], true, true),
      ([], ["TERM": "dumb"], true, false),
    ] as [([String], [String: String], Bool, Bool)])
  func `colour follows option, environment and terminal`(
    words: [String], environment: [String: String], isTerminal: Bool, isColored: Bool
  ) throws {
    let (console, _) = try console(words, environment: environment, isTerminal: isTerminal)
    #expect(console.style.isColored == isColored)
  }

  @Test func `the configuration is named by option, then by environment`() throws {
    let named = ["MODELPIN_CONFIG": "env.toml"]
    #expect(try console().0.configuration == nil)
    #expect(try console(environment: ["MODELPIN_CONFIG": ""]).0.configuration == nil)
    #expect(try console(environment: named).0.configuration == "env.toml")
    #expect(
      try console(["--config", "o.toml"], environment: named).0.configuration == "o.toml")
  }

  @Test func `quiet silences remarks but not warnings and errors`() throws {
    let (console, errors) = try console(["-q", "--color=never"])
    console.remark("by the way")
    #expect(errors.text.isEmpty)
    console.warning("careful\u{202E}")
    console.error("first\nsecond", hint: "do this")
    #expect(
      errors.text == """
        warning: careful\\u{202E}
        error: first
               second
        hint: do this

        """)
  }
}

struct ProgressTests {
  /// A terminal whose clock the test sets.
  private func progress(
    isTerminal: Bool, _ words: [String] = []
  ) throws -> (Progress, CapturedBytes, @Sendable (Double) -> Void) {
    let clock = Clock()
    let errors = CapturedBytes()
    var arguments = Arguments()
    var rest = words[...]
    try arguments.parseLeading(&rest)
    let terminal = Terminal(
      output: CapturedBytes(), diagnostics: errors, diagnosticsIsTerminal: isTerminal,
      nanoseconds: { clock.now.withLock { $0 } }, today: .test)
    return (
      Console(terminal, arguments).progress("hashing"), errors,
      { seconds in clock.now.withLock { $0 = UInt64(seconds * 1e9) } }
    )
  }

  private final class Clock: Sendable {
    let now = Mutex<UInt64>(0)
  }

  private func amounts(_ gigabytes: UInt64, of total: UInt64 = 10) -> Progress.Amounts {
    Progress.Amounts(
      bytes: gigabytes << 30, totalBytes: total << 30, files: gigabytes, totalFiles: total,
      isListed: true)
  }

  @Test func `short work shows nothing`() throws {
    let (progress, errors, setClock) = try progress(isTerminal: true)
    progress.update(amounts(1))
    setClock(0.3)
    progress.update(amounts(2))
    progress.finish()
    #expect(errors.text.isEmpty)
  }

  @Test func `on a terminal one line is redrawn and taken away`() throws {
    let (progress, errors, setClock) = try progress(isTerminal: true)
    setClock(1)
    progress.update(amounts(2))
    setClock(1.05)
    progress.update(amounts(3))
    setClock(2)
    progress.update(amounts(4))
    progress.finish()
    let lines = errors.text.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false)
    #expect(
      lines == [
        "", "hashing  2.00 GiB of 10.0 GiB  2 of 10 files  2.14 GB/s  0:04 left",
        "hashing  4.00 GiB of 10.0 GiB  4 of 10 files  2.14 GB/s  0:03 left", "",
      ])
  }

  @Test func `elsewhere lines are sparse and ever sparser`() throws {
    let (progress, errors, setClock) = try progress(isTerminal: false)
    for second in 0..<3600 {
      setClock(Double(second))
      progress.update(amounts(UInt64(second), of: 3600))
    }
    progress.finish()
    let lines = errors.text.split(separator: "\n")
    #expect((5...25).contains(lines.count))
    #expect(
      lines.first == "hashing  10.0 GiB of 3.51 TiB  10 of 3,600 files  1.07 GB/s  59:50 left")
  }

  @Test func `never means never`() throws {
    let (progress, errors, setClock) = try progress(isTerminal: true, ["--progress", "never"])
    setClock(100)
    progress.update(amounts(1))
    progress.finish()
    #expect(errors.text.isEmpty)
  }
}
