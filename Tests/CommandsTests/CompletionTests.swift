import Commands
import Foundation
import TestSupport
import Testing

/// Completion scripts, tried in the shells themselves where these are installed.
struct CompletionTests {
  /// A line typed so far, and what completion offers for its last word.
  private static let cases: [(line: [String], offers: [String])] = [
    (["ru"], ["rules"]),
    (["expl"], ["explain"]),
    (["completions", ""], ["bash", "fish", "zsh"]),
    (["completions", "z"], ["zsh"]),
    (["rules", "--form"], ["--format"]),
    (["rules", "--format", ""], ["json", "text"]),
    (["rules", "--color", "al"], ["always"]),
    (["--color", "never", "ru"], ["rules"]),
    (["--quiet", "ru"], ["rules"]),
    (["explain", "download/hugging"], ["download/hugging-face-hub"]),
  ]

  private static func has(_ shell: String) -> Bool {
    (try? Subprocess.run([shell, "--version"]).status) == 0
  }

  private func script(for shell: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let run = ProgramRun(["completions", shell])
    #expect(run.status == .holds)
    try folder.write(run.output, to: shell == "zsh" ? "_modelpin" : "completion")
    return folder
  }

  @Test(.enabled(if: has("bash")), arguments: cases)
  func `bash offers it`(line: [String], offers: [String]) throws {
    let folder = try script(for: "bash")
    let words = (["modelpin"] + line).map { "'\($0)'" }.joined(separator: " ")
    let run = try Subprocess.run([
      "bash", "-c",
      """
      source \(folder.path("completion"))
      COMP_WORDS=(\(words)) COMP_CWORD=\(line.count)
      _modelpin
      printf '%s\\n' "${COMPREPLY[@]}"
      """,
    ])
    #expect(run.output.split(separator: "\n").sorted() == offers.map { $0[...] })
    #expect(run.errors == "")
  }

  @Test(.enabled(if: has("bash")))
  func `bash completes files, and values after an equals sign`() throws {
    let folder = try script(for: "bash")
    try folder.write("", to: "some model.toml")
    let run = try Subprocess.run(
      [
        "bash", "-c",
        """
        source completion
        COMP_WORDS=(modelpin rules --color = n) COMP_CWORD=4; _modelpin; echo "${COMPREPLY[@]}"
        COMP_WORDS=(modelpin rules --color =) COMP_CWORD=3; _modelpin; echo "${COMPREPLY[@]}"
        COMP_WORDS=(modelpin rules --config some) COMP_CWORD=3; _modelpin; echo "${COMPREPLY[0]}"
        """,
      ], in: folder.path)
    #expect(run.output == "never\nauto always never\nsome model.toml\n")
  }

  @Test(.enabled(if: has("fish")), arguments: cases)
  func `fish offers it`(line: [String], offers: [String]) throws {
    let folder = try script(for: "fish")
    let typed = (["modelpin"] + line).joined(separator: " ")
    let run = try Subprocess.run(
      ["fish", "--no-config", "-c", "source completion; complete -C '\(typed)'"],
      in: folder.path, environment: ["HOME": folder.path])
    // A tab stands between an offer and its description.
    let offered = run.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
    #expect(offered.sorted() == offers.map { $0[...] })
    #expect(run.errors == "")
  }

  @Test(.enabled(if: has("zsh")), arguments: cases)
  func `zsh offers it`(line: [String], offers: [String]) throws {
    let folder = try script(for: "zsh")
    // The completion system runs only inside the line editor, so the words given to `compadd` by
    // an interactive shell are written out.
    try folder.write(
      """
      zmodload zsh/zpty
      zpty shell zsh --no-rcs -i
      zpty -w shell 'fpath=(\(folder.path) $fpath); autoload -Uz compinit; compinit -u -D'
      zpty -w shell 'compadd() {
        builtin compadd -O offered "$@"; print -rl -- $offered >> \(folder.path)/offers
        builtin compadd "$@"
      }; offered=(); print READ""Y'
      zpty -r -m shell line '*READY*'
      zpty -w -n shell $'modelpin \(line.joined(separator: " "))\\t'
      for i in {1..50}; do
        [[ -s \(folder.path)/offers ]] && break
        sleep 0.1
      done
      sleep 0.2
      zpty -d shell
      """, to: "drive.zsh")
    let run = try Subprocess.run(
      ["timeout", "30", "zsh", "--no-rcs", folder.path("drive.zsh")], in: folder.path,
      environment: ["HOME": folder.path, "TERM": "dumb"])
    let offered = (try? folder.text("offers"))?.split(separator: "\n") ?? []
    #expect(Set(offered) == Set(offers.map { $0[...] }), "\(run.errors)")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `every command and option is in the script`(shell: String) {
    let script = ProgramRun(["completions", shell]).output
    for command in Program.declarations {
      #expect(script.contains(command.name))
      for option in command.allOptions {
        #expect(script.contains(option.name.drop { $0 == "-" }))
      }
    }
  }
}
