import Core
import Languages

/// Follows what was fetched through the commands after it: checked, run, unpacked, renamed.
///
/// All commands of one sequence (the `RUN`s of a stage, the steps of a job) are one course.
struct ShellFollowUp {
  let scripts: [ShellScript]
  var fetches: [ShellFetch]
  let tree: TreePaths

  /// The places of fetches by the name of the file that they write.
  private var written: [String: [Int]] = [:]
  /// What commands of this course printed into files.
  private var printed: [String: [ShellValue]] = [:]
  /// Fetches by the command that makes them.
  private var byCommand: [ShellPlaceReference: [Int]] = [:]
  private var clones: [(fetch: Int, folder: String)] = []

  init(scripts: [ShellScript], fetches: [ShellFetch], tree: TreePaths) {
    self.scripts = scripts
    self.fetches = fetches
    self.tree = tree
    for (index, fetch) in fetches.enumerated() {
      byCommand[ShellPlaceReference(script: fetch.script, command: fetch.command), default: []]
        .append(index)
    }
  }

  /// Fills in `use`, `check` and what follows from them.
  mutating func run() {
    var courses: [String: [Int]] = [:]
    var order: [String] = []
    for (index, script) in scripts.enumerated() {
      let name = script.analysis.fragment.sequence.map { "\(script.path) \($0)" } ?? "#\(index)"
      if courses[name] == nil { order.append(name) }
      courses[name, default: []].append(index)
    }
    for name in order {
      written = [:]
      printed = [:]
      clones = []
      for script in courses[name] ?? [] {
        for command in scripts[script].analysis.commands.indices {
          follow(ShellPlaceReference(script: script, command: command))
        }
      }
    }
  }

  private func command(_ place: ShellPlaceReference) -> ShellCommand {
    scripts[place.script].analysis.commands[place.command]
  }

  private mutating func follow(_ place: ShellPlaceReference) {
    let command = command(place)
    remember(command, place)
    if let checked = checked(by: command, place) {
      // A check that lets the script go on proves nothing.
      for fetch in checked where fetches[fetch].use == nil && !command.isFailureIgnored {
        fetches[fetch].check = place
        fetches[fetch].pinning = min(fetches[fetch].pinning, .content)
        fetches[fetch].flaw = ""
      }
    } else {
      use(by: command, place)
    }
    checkout(command)
    for index in byCommand[place] ?? [] { arrive(index, command, place) }
  }

  /// A fetch happens: what reads its output, and which file holds it from here on.
  private mutating func arrive(
    _ index: Int, _ command: ShellCommand, _ place: ShellPlaceReference
  ) {
    let fetch = fetches[index]
    if fetch.kind == .gitClone {
      clones.append((index, fetch.output.map { ShellFetchReader.lastComponent($0) } ?? ""))
      return
    }
    if let output = fetch.output, fetch.isOutputKnown {
      written[ShellFetchReader.lastComponent(output), default: []].append(index)
      let path = output.display
      if path.contains("/bin/") || path.hasSuffix("/bin"), fetch.cargo != .code {
        fetches[index].cargo = .code
      }
      return
    }
    guard let range = command.output, !range.isEmpty else { return }
    let analysis = scripts[place.script].analysis
    for reader in range where analysis.commands.indices.contains(reader) {
      let next = analysis.commands[reader]
      let readerPlace = ShellPlaceReference(script: place.script, command: reader)
      if let use = Self.pipeUse(of: next, readerPlace) {
        fetches[index].use = use
        break
      }
      if next.name == "tee" {
        for file in next.arguments where !file.display.hasPrefix("-") {
          written[file.display.split(separator: "/").last.map(String.init) ?? "", default: []]
            .append(index)
        }
      }
      if let file = next.redirects.last(where: \.isOutputToFile)?.values.first {
        written[ShellFetchReader.lastComponent(file), default: []].append(index)
      }
    }
  }

  // MARK: Reading from a pipe

  /// What a command does with a download on its standard input.
  private static func pipeUse(
    of command: ShellCommand, _ place: ShellPlaceReference
  ) -> ShellUse? {
    let name = command.name
    let words = command.arguments.map(\.display)
    if let interpreter = ShellInterpreter(command: name), readsProgram(interpreter, name, words) {
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
    case "iex", "Invoke-Expression", "invoke-expression":
      return ShellUse(kind: .piped, text: "is run by PowerShell", place: place)
    case "apt-key", "gpg", "rpmkeys":
      return ShellUse(kind: .trusted, text: "is trusted as a key", place: place)
    case "xargs": return nil
    default: return nil
    }
  }

  /// Whether an interpreter takes its program from standard input.
  private static func readsProgram(
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

  private mutating func use(by command: ShellCommand, _ place: ShellPlaceReference) {
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

  private func isStronger(_ kind: ShellUse.Kind, than old: ShellUse.Kind?) -> Bool {
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
  private func named(_ field: ShellField) -> [Int] {
    var found: [Int] = []
    for value in field.values.prefix(8) {
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
    let isShell = ["eval", "source", ".", "iex"].contains(name)
    let interpreter = ShellInterpreter(command: name)
    let isInterpreter =
      isShell || ShellFetchReader.isPython(command)
      || ["node", "perl", "ruby", "php"].contains(name) || (interpreter?.isPOSIX ?? false)
    let namesCommand = command.argv.first.map { !$0.values[0].isKnown } ?? false
    guard isInterpreter || namesCommand else { return }
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
    for redirect in command.redirects where redirect.descriptor == 0 && isInterpreter {
      fields.append(
        ShellField(values: redirect.values, start: command.position, end: command.end))
    }
    for field in fields {
      for value in field.values {
        for range in analysis.origins(of: value) {
          for origin in range {
            let source = ShellPlaceReference(script: place.script, command: origin)
            for index in byCommand[source] ?? [] where fetches[index].output == nil {
              fetches[index].use = ShellUse(
                kind: .piped,
                text: name.isEmpty ? "is run as a command" : "is run by \(name)", place: place)
            }
          }
        }
      }
    }
  }

  // MARK: Checks

  private static let digestTools: Set<String> = [
    "sha256sum", "sha512sum", "sha384sum", "shasum", "gsha256sum", "b2sum", "rhash", "sha256",
    "sha512",
  ]

  private static let checkers: Set<String> = [
    "gpg", "gpg2", "gpgv", "signify", "minisign", "slsa-verifier", "cosign", "openssl", "[", "[[",
    "test",
  ]

  /// Text that commands print into files, for check files written on the spot.
  private mutating func remember(_ command: ShellCommand, _ place: ShellPlaceReference) {
    guard let file = command.redirects.last(where: \.isOutputToFile)?.values.first,
      ["echo", "printf", "cat"].contains(command.name)
    else { return }
    printed[ShellFetchReader.lastComponent(file), default: []] += Self.printedText(command)
  }

  private static func printedText(_ command: ShellCommand) -> [ShellValue] {
    if command.name == "cat" {
      return command.redirects.filter { $0.operation.hasPrefix("<<") }.flatMap(\.values)
    }
    let texts = command.arguments.map { $0.values.first?.display ?? "" }
    return [ShellValue(texts.joined(separator: " "))]
  }

  /// The fetches that a command checks; nil when it is no check.
  private func checked(by command: ShellCommand, _ place: ShellPlaceReference) -> [Int]? {
    let name = command.name
    guard Self.checkers.contains(name) || Self.digestTools.contains(name) else { return nil }
    let words = command.arguments.map(\.display)
    if Self.digestTools.contains(name) {
      let isCheck = words.contains {
        $0 == "--check" || $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("c")
      }
      guard isCheck else { return nil }
      if name == "shasum" {
        // Its default is SHA-1.
        let options = ShellOptions(
          command.arguments, ShellOptions.Grammar(long: ["--algorithm"], letters: ["a"]))
        guard let bits = options.value("-a", "--algorithm")?.text.flatMap({ Int($0) }), bits >= 256
        else { return [] }
      }
      return digestChecked(command, place)
    }
    switch name {
    case "gpg", "gpg2":
      guard words.contains("--verify") || words.contains("--decrypt") else { return nil }
      return signed(command)
    case "gpgv", "signify", "minisign", "slsa-verifier": return signed(command)
    case "cosign":
      guard words.first == "verify-blob" || words.first == "verify-blob-attestation" else {
        return nil
      }
      return signed(command)
    case "openssl":
      guard words.first == "dgst", words.contains("-verify") || words.contains("-signature") else {
        return nil
      }
      return signed(command)
    case "[", "[[", "test": return compared(command, place)
    default: return nil
    }
  }

  /// Files that stand as arguments of a tool that checks signatures.
  private func signed(_ command: ShellCommand) -> [Int] {
    var found: [Int] = []
    for field in command.arguments {
      found += named(field)
      for suffix in [".asc", ".sig", ".minisig", ".sign", ".bundle", ".pem"]
      where field.display.hasSuffix(suffix) {
        let bare = ShellValue(String(field.display.dropLast(suffix.count)))
        found += named(ShellField(values: [bare], start: field.start, end: field.end))
      }
    }
    return found
  }

  private func digestChecked(_ command: ShellCommand, _ place: ShellPlaceReference) -> [Int] {
    var texts: [ShellValue] = command.redirects.filter { $0.operation.hasPrefix("<<") }
      .flatMap(\.values)
    let analysis = scripts[place.script].analysis
    for input in command.input ?? 0..<0 where analysis.commands.indices.contains(input) {
      texts += Self.printedText(analysis.commands[input])
    }
    var found: [Int] = []
    for field in command.arguments where !field.display.hasPrefix("-") {
      let file = field.display.split(separator: "/").last.map(String.init) ?? ""
      if let text = printed[file] {
        texts += text
      } else if named(field).isEmpty, tree.contains(field.display) || tree.contains(file) {
        // A list that came with the repository: its own bytes are in the lockfile.
        found += written.values.flatMap { $0 }
      }
    }
    for text in texts { found += covered(by: text.display) }
    return found.sorted()
  }

  /// The fetches of which a text tells the digest: `<64 hex digits>  name`.
  private func covered(by text: String) -> [Int] {
    var found: [Int] = []
    var hasDigest = false
    for line in text.split(separator: "\n") {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "*" }
      // `echo -e "digest  name\n"` may keep its escapes.
      for word in words {
        if word.utf8.count >= 64, word.utf8.allSatisfy(\.isHexadecimalDigit) {
          hasDigest = true
        } else if hasDigest {
          let name = word.split(separator: "/").last.map(String.init) ?? ""
          found += written[name] ?? []
        }
      }
    }
    return found
  }

  /// `[ "$(sha256sum file | cut …)" = "<digest>" ]`.
  private func compared(_ command: ShellCommand, _ place: ShellPlaceReference) -> [Int]? {
    let hasDigest = command.arguments.contains { field in
      field.values.contains {
        $0.isKnown && $0.bytes.count >= 64 && $0.bytes.allSatisfy(\.isHexadecimalDigit)
      }
    }
    guard hasDigest else { return nil }
    let analysis = scripts[place.script].analysis
    var found: [Int] = []
    for field in command.arguments {
      for value in field.values {
        for range in analysis.origins(of: value) {
          for origin in range {
            let source = analysis.commands[origin]
            guard Self.digestTools.contains(source.name) || source.name == "openssl" else {
              continue
            }
            for argument in source.arguments { found += named(argument) }
          }
        }
      }
    }
    return found
  }

  // MARK: Checkouts

  /// `git checkout <commit>` after a clone fixes what was cloned.
  private mutating func checkout(_ command: ShellCommand) {
    guard command.name == "git", !clones.isEmpty else { return }
    var (folder, rest) = ShellFetchReader.gitVerb(command.arguments)
    guard let verb = rest.popFirst()?.display,
      ["checkout", "reset", "switch"].contains(verb)
    else { return }
    let options = ShellOptions(
      rest, ShellOptions.Grammar(long: ["--branch"], letters: Set("bB")))
    guard let reference = options.rest.first else { return }
    let pinning = ShellFetchReader.revision(reference)
    if folder == nil || folder == "." {
      folder = command.directory.display.split(separator: "/").last.map(String.init)
    }
    let wanted = folder?.split(separator: "/").last.map(String.init) ?? ""
    let index =
      clones.lastIndex { !wanted.isEmpty && $0.folder == wanted } ?? clones.indices.last
    guard let index else { return }
    let fetch = clones[index].fetch
    // The last word counts: a branch after a commit opens it again.
    fetches[fetch].pinning = max(pinning, .commit)
    fetches[fetch].revision = reference.display
    fetches[fetch].flaw =
      pinning.isFixed ? "" : "and checks out `\(reference.display)`, which can move"
  }
}
