/// The completion script for bash; needs nothing but bash 4.
enum BashCompletion {
  static func script(_ commands: [CommandDeclaration]) -> String {
    let names = commands.map(\.name).joined(separator: " ")
    var text = """
      # Completion for bash; `modelpin completions bash` prints it.

      _modelpin_words() {
        mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
      }

      _modelpin_files() {
        compopt -o filenames 2> /dev/null
        mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
      }

      # Completes the value of option $2 of command $1, as far as it is typed in $3; fails when the
      # option takes none.
      _modelpin_value() {
        case "$1 $2" in

      """
    // A pattern `* --option` serves the options of every command, which come last.
    for command in commands {
      for option in command.options { text += value(of: option, after: command.name) }
    }
    for option in OptionDeclaration.common { text += value(of: option, after: "*") }
    text += """
          *) return 1 ;;
        esac
      }

      # Completes an operand of command $1, as far as it is typed in $2.
      _modelpin_operand() {
        case "$1" in

      """
    for command in commands {
      guard let operand = command.operands.first else { continue }
      switch operand.kind {
      case .path: text += "    \(command.name)) _modelpin_files -f \"$2\" ;;\n"
      case .choice(let words):
        text +=
          "    \(command.name)) _modelpin_words \"\(words.joined(separator: " "))\" \"$2\" ;;\n"
      case .text: break
      }
    }
    text += """
        esac
      }

      # Completes an option of command $1, as far as it is typed in $2.
      _modelpin_option() {
        local common="\(list(OptionDeclaration.common))"
        case "$1" in

      """
    for command in commands where !command.options.isEmpty {
      text +=
        "    \(command.name)) _modelpin_words \"\(list(command.options)) $common\" \"$2\" ;;\n"
    }
    text += """
          *) _modelpin_words "$common" "$2" ;;
        esac
      }

      _modelpin() {
        local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
        local command="" skip="" word
        COMPREPLY=()
        for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
          if [[ -n $skip ]]; then
            skip=""
          elif [[ $word == -* ]]; then
            # The value of an option is not the command.
            _modelpin_value "" "$word" "" && skip=1
            COMPREPLY=()
          elif [[ $word != = ]]; then
            command=$word
            break
          fi
        done
        # bash splits words at `=`.
        if [[ $current == = ]]; then
          current=""
        elif [[ $before == = && COMP_CWORD -gt 1 ]]; then
          before=${COMP_WORDS[COMP_CWORD-2]}
        fi
        if [[ $before == -* ]] && _modelpin_value "$command" "$before" "$current"; then
          return
        elif [[ $current == -* ]]; then
          _modelpin_option "$command" "$current"
        elif [[ -z $command ]]; then
          _modelpin_words "\(names)" "$current"
        else
          _modelpin_operand "$command" "$current"
        fi
      }

      complete -F _modelpin modelpin

      """
    return text
  }

  private static func list(_ options: [OptionDeclaration]) -> String {
    options.map(\.name).joined(separator: " ")
  }

  private static func value(of option: OptionDeclaration, after command: String) -> String {
    let action: String
    switch option.value {
    case .none: return ""
    case .text, .count: action = ""
    case .file: action = "_modelpin_files -f \"$3\" "
    case .folder: action = "_modelpin_files -d \"$3\" "
    case .choice(_, let words):
      action = "_modelpin_words \"\(words.joined(separator: " "))\" \"$3\" "
    }
    let pattern = command == "*" ? "*\" \(option.name)\"" : "\"\(command) \(option.name)\""
    return "    \(pattern)) \(action);;\n"
  }
}
