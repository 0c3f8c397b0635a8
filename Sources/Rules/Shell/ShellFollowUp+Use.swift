import Core
import Languages

/// What becomes of what was fetched.
extension ShellFollowUp {
  /// What a command does with a download on its standard input.
  static func pipeUse(
    of command: ShellCommand, _ place: ShellPlaceReference
  ) -> ShellUse? {
    let name = command.name
    let words = command.arguments.map(\.display)
    if let interpreter = ShellInterpreter(command: name),
      readsProgram(interpreter, name, words) || takesProgram(command, interpreter, words)
    {
      return ShellUse(kind: .piped, text: "is run by \(name)", place: place)
    }
    switch name {
    case "tar", "bsdtar", "cpio", "unzip", "7z":
      return ShellUse(kind: .unpacked, text: "is unpacked by \(name)", place: place)
    case "docker", "podman":
      return words.first == "load" || words.first == "import"
        ? ShellUse(kind: .run, text: "becomes an image", place: place) : nil
    case "kubectl", "oc":
      return words.contains("apply") || words.contains("create")
        ? ShellUse(kind: .run, text: "is applied to the cluster", place: place) : nil
    case _ where WindowsCommands.evaluates(name):
      return ShellUse(kind: .piped, text: "is run by PowerShell", place: place)
    case "apt-key", "gpg", "rpmkeys":
      return ShellUse(kind: .trusted, text: "is trusted as a key", place: place)
    case "source", ".":
      return words.first == "/dev/stdin"
        ? ShellUse(kind: .piped, text: "is sourced", place: place) : nil
    case "crontab", "at", "batch":
      return ShellUse(kind: .piped, text: "is run by \(name)", place: place)
    case "xargs": return nil
    default: return nil
    }
  }

  /// Whether `xargs` hands what it reads to an interpreter as the program: `xargs sh -c`.
  private static func takesProgram(
    _ command: ShellCommand, _ interpreter: ShellInterpreter, _ words: [String]
  ) -> Bool {
    guard interpreter.isPOSIX, let last = words.last, last == "-c" || last == "{}" else {
      return false
    }
    return words.contains { $0.hasPrefix("-") && $0.contains("c") }
      && command.words.prefix(command.start).contains {
        $0.display == "xargs" || $0.display.hasSuffix("/xargs")
      }
  }

  /// Whether an interpreter takes its program from standard input.
  static func readsProgram(
    _ interpreter: ShellInterpreter, _ name: String, _ words: [String]
  ) -> Bool {
    if case .other(let other) = interpreter {
      guard
        ["node", "perl", "ruby", "php", "lua", "osascript", "deno", "bun", "tclsh"]
          .contains(other)
      else { return false }
    }
    if interpreter == .python, !name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." }) {
      return false
    }
    var words = words[...]
    while let word = words.popFirst() {
      if word == "-" || word == "-s" || word == "/dev/stdin" { return true }
      if word == "-c" || word == "-e" || word == "-m" || word == "--command" || word == "-n"
        || word == "-p" || word == "-ne" || word == "-pe" || word == "-r" || word == "--eval"
      {
        return false
      }
      if word.hasPrefix("-"), !word.hasPrefix("--"), interpreter.isPOSIX {
        if word.contains("s") { return true }
        if word.contains("c") { return false }
        if word == "-o" { words = words.dropFirst() }
        continue
      }
      if word.hasPrefix("-") || word.hasPrefix("+") { continue }
      // A script of its own: standard input is data to it.
      return false
    }
    return true
  }

  // MARK: Use of files

  mutating func use(by command: ShellCommand, _ place: ShellPlaceReference) {
    useSubstitution(by: command, place)
    guard !written.isEmpty else { return }
    let name = command.name
    let arguments = Array(command.arguments)
    func mark(_ fields: some Sequence<ShellField>, _ kind: ShellUse.Kind, _ text: String) {
      for field in fields { mark(field, kind, text) }
    }
    func mark(_ field: ShellField, _ kind: ShellUse.Kind, _ text: String) {
      for index in named(field) where isStronger(kind, than: fetches[index].use?.kind) {
        fetches[index].use = ShellUse(kind: kind, text: text, place: place)
      }
    }
    if let first = command.argv.first,
      first.values[0].bytes.contains(UInt8(ascii: "/"))
    {
      mark(first, .run, "is run")
    }
    switch name {
    case "source", ".": mark(arguments.prefix(1), .run, "is sourced")
    case "chmod":
      let modes = arguments.first?.display ?? ""
      if modes.contains("x") || modes.contains("7") || modes.contains("5") {
        mark(arguments.dropFirst(), .run, "is made executable")
      }
    case "mv", "cp", "install", "ln":
      guard arguments.count > 1, let target = arguments.last else { return }
      let sources = arguments.dropLast().filter { !$0.display.hasPrefix("-") }
      if target.display.contains("/bin")
        || name == "install" && !arguments.contains(where: { $0.display == "-d" })
      {
        mark(sources, .run, "is installed as a program")
      }
      for source in sources {
        let indices = named(source)
        guard !indices.isEmpty else { continue }
        let new = target.display.split(separator: "/").last.map(String.init) ?? ""
        written[new, default: []] += indices.filter { !(written[new]?.contains($0) ?? false) }
      }
    case "tar", "bsdtar", "unzip", "gunzip", "7z", "7za", "7zr", "unxz", "bunzip2", "unzstd",
      "unrar", "gzip", "xz", "zstd", "cpio", "ar", "pigz", "unsquashfs":
      mark(arguments, .unpacked, "is unpacked by \(name)")
    case "dpkg", "rpm", "installer", "msiexec", "apt-get", "apt", "dnf", "yum", "apk", "pip",
      "pip3", "gdebi", "npm", "gem", "conda", "mamba", "snap", "easy_install", "uv", "pipx", "R":
      mark(arguments, .run, "is installed by \(name)")
    case "docker", "podman":
      if arguments.contains(where: { $0.display == "load" || $0.display == "import" }) {
        mark(arguments, .run, "becomes an image")
      }
      if arguments.contains(where: { $0.display == "build" }) {
        mark(arguments, .run, "is built by \(name)")
      }
    case "kubectl", "oc", "make", "cmake", "ninja", "cargo", "java", "wine", "insmod":
      mark(arguments, .run, "is used by \(name)")
    case "apt-key", "gpg", "rpmkeys": mark(arguments, .trusted, "is trusted as a key")
    case _ where WindowsCommands.runs(name): mark(arguments, .run, "is run by \(name)")
    case _ where WindowsCommands.unpacks(name): mark(arguments, .unpacked, "is unpacked by \(name)")
    default:
      let isRunner =
        ShellFetchReader.isPython(command)
        || [
          "node", "perl", "ruby", "php", "lua", "Rscript", "julia", "osascript", "expect", "tclsh",
        ]
        .contains(name)
        || (ShellInterpreter(command: name)?.isPOSIX ?? false)
      if isRunner, let script = arguments.first(where: { !$0.display.hasPrefix("-") }) {
        mark(script, .run, "is run by \(name)")
      }
      if isRunner, let input = command.redirects.first(where: { $0.operation == "<" }) {
        mark(
          ShellField(values: input.values, start: command.position, end: command.end), .run,
          "is run by \(name)")
      }
    }
  }

  func isStronger(_ kind: ShellUse.Kind, than old: ShellUse.Kind?) -> Bool {
    func rank(_ kind: ShellUse.Kind) -> Int {
      switch kind {
      case .trusted: 0
      case .unpacked: 1
      case .run: 2
      case .piped: 3
      }
    }
    return old.map { rank(kind) > rank($0) } ?? true
  }

  /// Fetches whose file a word names.
  func named(_ field: ShellField) -> [Int] {
    var found: [Int] = []
    for value in field.values.prefix(ShellFetchReader.maximumValues) {
      let name = ShellFetchReader.lastComponent(value)
      if let indices = written[name] {
        found += indices
      } else if name.contains("*"), written.count <= 256 {
        for (file, indices) in written
        where ShellPattern.matches(Array(name.utf8)[...], Array(file.utf8)[...]) {
          found += indices
        }
      }
    }
    return found.sorted()
  }

  /// `bash <(curl …)`, `eval "$(curl …)"`, `bash -c "$(curl …)"`, `source <(…)`.
  private mutating func useSubstitution(by command: ShellCommand, _ place: ShellPlaceReference) {
    let analysis = scripts[place.script].analysis
    guard !analysis.origins.isEmpty else { return }
    let name = command.name
    for value in Self.programs(of: command) {
      for origin in analysis.origins(of: value).joined() {
        let source = ShellPlaceReference(script: place.script, command: origin)
        for index in byCommand[source] ?? []
        where fetches[index].output == nil && fetches[index].kind != .packages {
          fetches[index].use = ShellUse(
            kind: .piped,
            text: name.isEmpty ? "is run as a command" : "is run by \(name)", place: place)
        }
      }
    }
  }

  /// The values that a command takes for a program: what `eval` and `source` get, what stands
  /// behind `-c`, what an interpreter has on standard input.
  static func programs(of command: ShellCommand) -> [ShellValue] {
    let name = command.name
    let isShell = ["eval", "source", "."].contains(name) || WindowsCommands.evaluates(name)
    let isInterpreter =
      isShell || ShellFetchReader.isPython(command)
      || ["node", "perl", "ruby", "php", "pwsh", "powershell"].contains(name)
      || (ShellInterpreter(command: name)?.isPOSIX ?? false)
    let namesCommand = command.argv.first.map { !$0.values[0].isKnown } ?? false
    guard isInterpreter || namesCommand else { return [] }
    var fields = namesCommand ? Array(command.argv.prefix(1)) : Array(command.arguments)
    if !isShell, !namesCommand {
      // Behind `-c CODE` or a script's name come mere arguments.
      var kept: [ShellField] = []
      for field in fields {
        kept.append(field)
        if !field.display.hasPrefix("-") { break }
      }
      fields = kept
    }
    let inputs = command.redirects.filter { $0.descriptor == 0 && isInterpreter }
    return fields.flatMap(\.values) + inputs.flatMap(\.values)
  }
}
