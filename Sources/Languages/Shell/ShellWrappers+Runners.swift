extension ShellWrappers {
  /// Programs that fetch or install, by what has to follow for them to do so; an empty set stands
  /// for an address.
  private static let tools: [String: Set<String>] = {
    var table: [String: Set<String>] = [:]
    for name in ["curl", "wget", "wget2", "aria2c", "axel"] { table[name] = [] }
    let installs: Set<String> = [
      "install", "add", "sync", "ci", "i", "update", "upgrade", "create", "download", "get", "pip",
      "tool", "dlx", "exec", "reinstall", "env",
    ]
    for name in [
      "pip", "pip3", "pipx", "uv", "conda", "mamba", "micromamba", "npm", "yarn", "pnpm", "apt-get",
      "apt", "apk", "yum", "dnf", "microdnf", "zypper", "brew", "gem", "cargo", "go", "poetry",
      "pdm", "pipenv", "pixi", "snap", "choco", "bundle", "rustup",
    ] { table[name] = installs }
    table["git"] = ["clone", "fetch", "pull", "submodule", "lfs"]
    table["gh"] = ["release", "repo", "extension"]
    for name in ["docker", "podman"] { table[name] = ["pull", "run", "build", "compose"] }
    for name in ["python", "python3"] { table[name] = ["-m", "-c"] }
    for name in ["bash", "sh", "zsh"] { table[name] = ["-c", "-lc", "-ec", "-ic", "-exc"] }
    for name in ["hf", "huggingface-cli", "modelscope", "spacy"] { table[name] = ["download"] }
    table["gsutil"] = ["cp", "rsync"]
    table["aws"] = ["s3", "s3api"]
    table["gcloud"] = ["storage"]
    table["kaggle"] = ["datasets", "competitions", "models", "kernels"]
    table["dvc"] = ["pull", "get", "import", "fetch"]
    table["ollama"] = ["pull", "run"]
    return table
  }()

  /// Commands that take the names of programs for something else than running them, or say what
  /// they are given.
  private static let mentioning: Set<String> = [
    ":", "true", "false", "which", "whereis", "type", "hash", "man", "info", "apropos", "help",
    "command", "alias",
    "unalias", "export", "declare", "local", "readonly", "typeset", "unset", "set", "read", "test",
    "[", "[[", "case", "grep", "egrep", "fgrep", "rg", "sed", "awk", "tr", "cut", "sort", "find",
    "xargs", "kill", "pkill", "killall", "pgrep", "ps", "rm", "cp", "mv", "ln", "ls", "chmod",
    "chown", "mkdir", "touch", "cat", "tee", "install", "cd", "pushd", "dpkg", "dpkg-query", "rpm",
    "update-alternatives", "systemctl", "service", "make", "cmake", "ninja", "trap", "source", ".",
    "whiptail", "dialog", "notify-send", "zenity", "logger", "wall", "expr", "let", "basename",
    "dirname", "jq", "yq", "envsubst", "sha256sum", "tar", "zip", "unzip", "gzip", "crontab",
  ]

  /// Words in the names of functions that print.
  private static let printing: Set<Substring> = [
    "echo", "print", "printf", "log", "info", "warn", "warning", "err", "error", "msg", "message",
    "say", "die", "usage", "help", "banner", "require", "requires", "need", "needs", "check",
    "have",
    "has", "assert", "title", "note", "fail", "abort", "debug", "fatal", "exists", "is", "ok",
    "confirm", "ask", "header", "section", "success", "notice", "puts", "write", "installed",
  ]

  /// Words in the names of functions that run the text that they are given.
  private static let running: Set<Substring> = [
    "run", "exec", "execute", "try", "retry", "cmd", "command", "quiet", "quietly", "silent",
    "silently", "spin", "spinner", "attempt", "repeat", "eval", "step", "wrap", "do", "with",
    "call",
  ]

  /// The words that a name is made of: `run_cmd`, `log-info`, `runCommand`.
  private static func words(of name: String) -> [Substring] {
    var parted = ""
    for character in name {
      if character.isUppercase { parted.append("_") }
      parted += character.lowercased()
    }
    return parted.split { "_-.:/".contains($0) }
  }

  /// More words than this do not stand before the command.
  private static let maximumLead = 6

  /// What a command that is not known hands on: `retry 3 wget address`, `run_cmd "pip install x"`.
  ///
  /// Which words begin a command is told by what follows them: the name of a program alone is a
  /// mention.
  static func runner(_ name: String, _ arguments: [ShellField]) -> [Inner] {
    guard !arguments.isEmpty, tools[name] == nil, !mentioning.contains(name) else { return [] }
    var isPrinting: Bool?
    func prints() -> Bool {
      if let isPrinting { return isPrinting }
      let found = words(of: name).contains(where: printing.contains)
      isPrinting = found
      return found
    }
    for (index, field) in arguments.prefix(maximumLead).enumerated() {
      let bytes = field.values[0].bytes
      guard let first = bytes.first, first.isLetter, bytes.count <= 4_096 else { continue }
      if let blank = bytes.firstIndex(of: UInt8(ascii: " ")) {
        guard blank < 20, isRunText(bytes, until: blank), !prints() else { continue }
        if words(of: name).contains(where: running.contains) {
          return [.text([Piece(argument: index)])]
        }
        continue
      }
      guard bytes.count < 20, let text = field.text else { continue }
      var rest = arguments[(index + 1)...]
      var tool = text
      if text == "sudo" || text == "env" {
        // What is run with other rights or variables counts.
        let skipped = rest.prefix(maximumLead).prefix {
          let word = $0.display
          return word.hasPrefix("-") || word.contains("=") || word == "sudo" || word == "env"
        }
        rest = rest.dropFirst(skipped.count)
        tool = rest.popFirst()?.text ?? ""
      }
      guard tools[tool] != nil, isCall(tool, rest), !prints() else { continue }
      return [.words(index)]
    }
    return []
  }

  /// Whether a text begins with a program of the table that does something.
  private static func isRunText(_ bytes: [UInt8], until blank: Int) -> Bool {
    var words = bytes.split(separator: UInt8(ascii: " ")).prefix(12).map {
      String(decoding: $0, as: UTF8.self)
    }[...]
    if words.first == "sudo" { words = words.dropFirst() }
    guard let tool = words.popFirst(), let verbs = tools[tool] else { return false }
    return verbs.isEmpty
      ? words.contains { $0.contains("://") || $0.contains("\u{FFFD}") }
      : words.contains(where: verbs.contains)
  }

  private static func isCall(_ tool: String, _ rest: ArraySlice<ShellField>) -> Bool {
    guard let verbs = tools[tool] else { return false }
    for field in rest.prefix(12) {
      if verbs.isEmpty {
        if !field.values[0].isKnown || field.display.contains("://") { return true }
      } else if let text = field.text, verbs.contains(text) {
        return true
      }
    }
    return false
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
  }
}
