extension ShellWrappers {
  /// What a command runs out of its own arguments.
  enum Inner {
    /// Arguments that make up one text for a shell, a blank between them.
    case text([Piece])
    /// The command that begins with this argument.
    case words(Int)
    /// The same behind words that an image puts in front.
    case called([String], Int)
  }

  /// An argument, or what of it stands behind an option's name: `--command=text`.
  struct Piece {
    let argument: Int
    var dropping = 0
  }

  /// Where a command holds text for a shell, or the words of another command.
  private struct Holder {
    /// Options whose value is text.
    var options: Set<String> = []
    /// The letter of a short option whose value is text: `c` of `su -lc text`.
    var letter: Character?
    /// Other options that take a value in the next word.
    var valued: Set<String> = []
    /// A first argument that must be there: `new-session` of tmux.
    var verbs: Set<String> = []
    /// Text follows so many words that are no options; nil when it never does.
    var textAfter: Int?
    /// Options behind which the words of a command follow.
    var wordsAfter: Set<String> = []
    /// A command follows so many words that are no options; nil when it never does.
    var wordsFrom: Int?
    /// Words that end a text.
    var ends: Set<String> = []
  }

  private static let holders: [String: Holder] = {
    let login = Holder(options: ["-c", "--command", "--session-command"], letter: "c")
    let terminal = Holder(
      valued: ["-s", "-n", "-t", "-c", "-x", "-y", "-e", "-F", "-l", "-f", "-L", "-S", "-w", "-h"],
      verbs: [
        "new", "new-session", "neww", "new-window", "splitw", "split-window", "respawnw",
        "respawn-window", "respawnp", "respawn-pane", "run", "run-shell", "popup", "display-popup",
        "pipe-pane", "pipep", "send", "send-keys",
      ],
      textAfter: 0, ends: [";", "C-m", "Enter", "ENTER", "C-M"])
    let dashes = Holder(wordsAfter: ["--"])
    let called = Holder(options: ["-c", "--call"])
    return [
      "eval": Holder(textAfter: 0),
      "su": login, "runuser": login, "sg": login, "script": login,
      "flock": Holder(
        options: ["-c", "--command"], valued: ["-w", "--timeout", "-E", "--conflict-exit-code"],
        wordsFrom: 1),
      "nix-shell": Holder(options: ["--run", "--command"]),
      "nix": Holder(wordsAfter: ["-c", "--command"]),
      "watch": Holder(valued: ["-n", "--interval"], textAfter: 0),
      "parallel": Holder(valued: shapes["parallel"]?.valued ?? [], textAfter: 0, ends: groupMarks),
      "sem": Holder(valued: shapes["parallel"]?.valued ?? [], textAfter: 0, ends: groupMarks),
      "tmux": terminal,
      "ssh": Holder(
        valued: [
          "-p", "-i", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-m", "-W", "-S", "-E",
          "-B", "-e", "-I", "-O", "-Q", "-w",
        ],
        textAfter: 1),
      "env": Holder(options: ["-S", "--split-string"], letter: "S"),
      "vagrant": Holder(options: ["-c", "--command"], verbs: ["ssh"]),
      "gcloud": Holder(options: ["--command"]),
      "npm": called, "npx": called,
      "hyperfine": Holder(
        options: ["--prepare", "-p", "--setup", "-s", "--cleanup", "-c"],
        valued: ["-r", "-w", "-n", "--runs", "--warmup"], textAfter: 0),
      "kubectl": dashes, "oc": dashes, "multipass": dashes, "lxc": dashes, "incus": dashes,
      "distrobox": dashes, "distrobox-enter": dashes, "aws-vault": dashes, "doppler": dashes,
      "op": dashes, "infisical": dashes, "dotenvx": dashes, "chamber": dashes, "heroku": dashes,
      "wsl": Holder(valued: ["-d", "--distribution", "-u", "--user", "--cd"], wordsFrom: 0),
      "wine": Holder(wordsFrom: 0),
    ]
  }()

  /// What stands between a command for GNU parallel and its arguments.
  private static let groupMarks: Set<String> = [":::", "::::", ":::+", "::::+"]

  /// What `name` runs out of its arguments, interpreters excepted.
  static func inner(_ name: String, _ arguments: [ShellField]) -> [Inner] {
    switch name {
    case "trap":
      guard arguments.count > 1, !arguments[0].display.hasPrefix("-") else { return [] }
      return [.text([Piece(argument: 0)])]
    case "find":
      return arguments.indices.filter {
        ["-exec", "-execdir", "-ok", "-okdir"].contains(arguments[$0].display)
      }.prefix(64).map { .words($0 + 1) }
    case "docker", "podman", "nerdctl", "apptainer", "singularity", "docker-compose",
      "podman-compose":
      return container(name, arguments)
    case "uv", "pixi":
      return runCommand(name, arguments).map { [.words($0)] } ?? []
    case "git": return git(arguments)
    case "screen": return screen(arguments)
    case "socat": return socat(arguments)
    case "start":
      // cmd: a title in quotes and switches stand before the command.
      let first = arguments.firstIndex { !$0.display.isEmpty && !$0.display.hasPrefix("/") }
      return first.map { [.words($0)] } ?? []
    case _ where name.utf8.count == 13 && name.lowercased() == "start-process":
      return process(arguments)
    default:
      return holders[name].map { inner($0, arguments) } ?? runner(name, arguments)
    }
  }

  private static func inner(_ holder: Holder, _ arguments: [ShellField]) -> [Inner] {
    var found: [Inner] = []
    var index = 0
    var words = 0
    var hasVerb = holder.verbs.isEmpty
    while index < arguments.count {
      let word = arguments[index].display
      if holder.wordsAfter.contains(word) {
        if index + 1 < arguments.count { found.append(.words(index + 1)) }
        return found
      }
      if word.hasPrefix("-"), word.count > 1 {
        if holder.options.contains(word) {
          if index + 1 < arguments.count { found.append(.text([Piece(argument: index + 1)])) }
          index += 2
          continue
        }
        if let equals = word.firstIndex(of: "="), holder.options.contains(String(word[..<equals])) {
          let count = word[...equals].utf8.count
          found.append(.text([Piece(argument: index, dropping: count)]))
        } else if let letter = holder.letter, !word.hasPrefix("--") {
          if word.last == letter, index + 1 < arguments.count {
            found.append(.text([Piece(argument: index + 1)]))
            index += 1
          } else if word.dropFirst().first == letter {
            found.append(.text([Piece(argument: index, dropping: 2)]))
          }
        }
        index += holder.valued.contains(word) ? 2 : 1
        continue
      }
      if !hasVerb {
        guard holder.verbs.contains(word) else { return [] }
        hasVerb = true
        index += 1
        continue
      }
      if let first = holder.textAfter, words >= first {
        let rest = arguments.indices.dropFirst(index).prefix {
          !holder.ends.contains(arguments[$0].display)
        }
        if !rest.isEmpty { found.append(.text(rest.map { Piece(argument: $0) })) }
        return found
      }
      if let first = holder.wordsFrom, words >= first {
        if found.isEmpty { found.append(.words(index)) }
        return found
      }
      words += 1
      index += 1
    }
    return found
  }

  /// `Start-Process program -ArgumentList words`.
  private static func process(_ arguments: [ShellField]) -> [Inner] {
    let names = arguments.map { $0.display.lowercased() }
    guard let list = names.firstIndex(where: { $0.hasPrefix("-arg") || $0 == "-args" }),
      list + 1 < arguments.count
    else { return [] }
    let path = names.firstIndex { $0.hasPrefix("-filep") }.map { $0 + 1 } ?? 0
    guard path < arguments.count, !names[path].hasPrefix("-") else { return [] }
    return [.called([arguments[path].display], list + 1)]
  }

  /// What runs inside a container: the words behind the image, which are arguments of the image's
  /// own program where it is known to have one.
  private static func container(_ name: String, _ arguments: [ShellField]) -> [Inner] {
    guard let place = containerCommand(name, arguments) else { return [] }
    if place > 0, containerImage(arguments) == place - 1,
      !arguments.prefix(place).contains(where: { $0.display.hasPrefix("--entrypoint") })
    {
      let start = ImageEntrypoint.words(of: arguments[place - 1].display)
      if !start.isEmpty { return [.called(start, place)] }
    }
    return [.words(place)]
  }

  /// `git submodule foreach text`, `git rebase --exec text`, `git bisect run command`.
  private static func git(_ arguments: [ShellField]) -> [Inner] {
    let words = arguments.prefix(64).map(\.display)
    if let place = words.firstIndex(of: "foreach"), words.contains("submodule") {
      let first = afterOptions(arguments, from: place + 1, taking: [])
      let pieces = arguments.indices.dropFirst(first).map { Piece(argument: $0) }
      return pieces.isEmpty ? [] : [.text(pieces)]
    }
    if words.contains("rebase"),
      let place = words.firstIndex(where: { $0 == "-x" || $0 == "--exec" }),
      place + 1 < arguments.count
    {
      return [.text([Piece(argument: place + 1)])]
    }
    if words.contains("bisect"), let place = words.firstIndex(of: "run"), place + 1 < words.count {
      return [.words(place + 1)]
    }
    return []
  }

  /// `screen -dmS name command`, `screen -S name -X stuff text`.
  private static func screen(_ arguments: [ShellField]) -> [Inner] {
    if let place = arguments.firstIndex(where: { $0.display == "stuff" }), place > 0,
      place + 1 < arguments.count
    {
      return [.text([Piece(argument: place + 1)])]
    }
    var index = 0
    while index < arguments.count {
      let word = arguments[index].display
      guard word.hasPrefix("-"), word.count > 1 else { return [.words(index)] }
      if word == "-X" || word == "-r" || word == "-ls" || word == "-wipe" { return [] }
      index += "SceshtTpL".contains(word.last ?? " ") && word != "-L" ? 2 : 1
    }
    return []
  }

  /// Addresses of socat that run a command: `EXEC:command`, `SYSTEM:text`.
  private static func socat(_ arguments: [ShellField]) -> [Inner] {
    arguments.indices.compactMap { index in
      let text = arguments[index].display
      guard let colon = text.firstIndex(of: ":"),
        ["exec", "system", "shell"].contains(text[..<colon].lowercased())
      else { return nil }
      return .text([Piece(argument: index, dropping: text[...colon].utf8.count)])
    }
  }

  /// Commands that take the text of commands from standard input when no argument says otherwise.
  static func readsCommands(_ command: ShellCommand) -> Bool {
    let arguments = Array(command.arguments)
    switch command.name {
    case "at", "batch": return true
    case "sudo", "doas", "su", "chroot", "unshare", "nsenter", "newgrp", "login":
      // Without a command of its own: a shell.
      return !arguments.contains {
        ["-c", "--command", "-l", "-v", "-k", "-V"].contains($0.display)
      }
        || command.name == "su" && !arguments.contains { $0.display == "-c" }
    case "ssh": return inner("ssh", arguments).isEmpty && !arguments.isEmpty
    default: return false
    }
  }
}
