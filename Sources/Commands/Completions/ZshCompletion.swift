/// The completion script for zsh: a function to be found in `fpath` as `_modelpin`.
enum ZshCompletion {
  static func script(_ commands: [CommandDeclaration]) -> String {
    var text = """
      #compdef modelpin
      # Completion for zsh; `modelpin completions zsh` prints it.

      _modelpin_commands() {
        local -a commands
        commands=(

      """
    for command in commands { text += "    \(quoted("\(command.name):\(command.summary)"))\n" }
    text += """
        )
        _describe command commands
      }

      _modelpin() {
        local curcontext=$curcontext state line
        local -a common
        common=(

      """
    for option in OptionDeclaration.common { text += "    \(specification(option))\n" }
    text += """
        )
        _arguments -C $common '1: :_modelpin_commands' '*:: :->arguments' && return
        [[ $state == arguments ]] || return 1
        case $line[1] in

      """
    for command in commands {
      text += "    \(command.name))\n      _arguments $common"
      for option in command.options { text += " \\\n        \(specification(option))" }
      for operand in command.operands { text += " \\\n        \(specification(operand))" }
      text += "\n      ;;\n"
    }
    text += """
        esac
      }

      # Sourced, it registers itself; found through fpath, it is the function's body.
      if [[ $funcstack[1] == _modelpin ]]; then
        _modelpin "$@"
      else
        compdef _modelpin modelpin
      fi

      """
    return text
  }

  private static func specification(_ option: OptionDeclaration) -> String {
    let about = "[\(escaped(option.summary, ":[]"))]"
    let star = option.repeats ? "*" : ""
    let equals = option.value == .none ? "" : "="
    let value: String
    switch option.value {
    case .none: value = ""
    case .text(let name), .count(let name): value = ":\(name): "
    case .file(let name): value = ":\(name):_files"
    case .folder(let name): value = ":\(name):_files -/"
    case .choice(let name, let words): value = ":\(name):(\(words.joined(separator: " ")))"
    }
    if let short = option.short {
      return "'(\(option.name) \(short))'{\(option.name),\(short)}\(quoted(about + value))"
    }
    return quoted(star + option.name + equals + about + value)
  }

  private static func specification(_ operand: OperandDeclaration) -> String {
    let colon = operand.isOptional ? "::" : ":"
    switch operand.kind {
    case .text: return quoted("\(colon)\(operand.name): ")
    case .path: return quoted("\(colon)\(operand.name):_files")
    case .choice(let words):
      return quoted("\(colon)\(operand.name):(\(words.joined(separator: " ")))")
    }
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    text.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}
