import Commands
import Core
import Testing
import TestSupport

struct ProgramTests {
  @Test(
    arguments: [
      (["--version"], 0, "modelpin \(Version.number)\n", ""),
      (["rules", "--version"], 0, "modelpin \(Version.number)\n", ""),
      ([], 2, "", "error: no command given\nhint: `modelpin --help` lists the commands\n"),
      (["rulse"], 2, "", "error: no command `rulse`\nhint: did you mean `modelpin rules`?\n"),
      (
        ["xyzzy"], 2, "",
        "error: no command `xyzzy`\nhint: `modelpin --help` lists the commands\n"
      ),
      (
        ["--colour", "rules"], 2, "", "error: no option `--colour`\nhint: did you mean `--color`?\n"
      ),
      (
        ["--color", "sometimes", "rules"], 2, "",
        "error: `sometimes` is no value of `--color`: expected auto, always, never\n"
      ),
      (
        ["\u{1B}[2J"], 2, "",
        "error: no command `\\u{1B}[2J`\nhint: `modelpin --help` lists the commands\n"
      ),
    ] as [([String], Int32, String, String)])
  func `what happens shows in streams and status`(
    words: [String], status: Int32, output: String, errors: String
  ) {
    let run = ProgramRun(words)
    #expect(run.status.rawValue == status)
    #expect(run.output == output)
    #expect(run.errors == errors)
  }

  @Test func `help is the same however it is asked for`() {
    let help = ProgramRun(["--help"])
    #expect(help.status == .holds)
    #expect(help.output == ProgramRun(["help"]).output)
    #expect(help.output == ProgramRun(["-h"]).output)
    #expect(ProgramRun(["rules", "--help"]).output == ProgramRun(["help", "rules"]).output)
    #expect(help.errors.isEmpty)
  }

  @Test func `help pages fit a terminal of 80 columns`() {
    let pages = [Help.overview(Program.declarations)] + Program.declarations.map(Help.page)
    for line in pages.joined(separator: "\n").split(separator: "\n") {
      // Examples are not broken: they are there to be copied.
      #expect(line.count <= 80 || line.hasPrefix("  modelpin "), "\(line)")
    }
  }

  @Test func `an abbreviation that is plainly meant is suggested`() {
    #expect(ProgramRun(["expl"]).errors.contains("did you mean `modelpin explain`?"))
  }
}
