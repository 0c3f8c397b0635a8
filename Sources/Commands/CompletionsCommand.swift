/// `modelpin completions`: a completion script for a shell.
struct CompletionsCommand: Command {
  static let declaration = CommandDeclaration(
    "completions",
    summary: "Print a completion script for a shell",
    operands: [
      OperandDeclaration("SHELL", .choice(["bash", "zsh", "fish"]), "bash, zsh or fish")
    ],
    examples: [
      ("modelpin completions bash > ~/.local/share/bash-completion/completions/modelpin", "bash."),
      ("modelpin completions zsh > ~/.zfunc/_modelpin", "zsh; the folder has to be in fpath."),
      ("modelpin completions fish > ~/.config/fish/completions/modelpin.fish", "fish."),
    ])

  let shell: String

  init(_ arguments: Arguments) throws(UsageError) {
    shell = arguments.operand(0) ?? ""
  }

  func run(_ console: Console) -> ExitStatus {
    let commands = Program.declarations
    switch shell {
    case "zsh": console.result(ZshCompletion.script(commands))
    case "fish": console.result(FishCompletion.script(commands))
    default: console.result(BashCompletion.script(commands))
    }
    return .holds
  }
}
