import Core
import Languages

/// Checks and checkouts that fix what was fetched.
extension ShellFollowUp {
  private static let digestTools: Set<String> = [
    "sha256sum", "sha512sum", "sha384sum", "shasum", "gsha256sum", "b2sum", "rhash", "sha256",
    "sha512",
  ]

  private static let checkers: Set<String> = [
    "gpg", "gpg2", "gpgv", "signify", "minisign", "slsa-verifier", "cosign", "openssl", "[", "[[",
    "test",
  ]

  /// Text that commands print into files, for check files written on the spot.
  mutating func remember(_ command: ShellCommand, _ place: ShellPlaceReference) {
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
  mutating func checked(by command: ShellCommand, _ place: ShellPlaceReference) -> [Int]? {
    let name = command.name
    if scripts[place.script].analysis.fragment.interpreter == .powershell {
      return checkedByPowerShell(command, place)
    }
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

  // MARK: PowerShell

  private static let weakAlgorithms: Set<String> = ["md5", "sha1", "ripemd160", "mactripledes"]

  /// `(Get-FileHash file).Hash -ne "<digest>"`, where what follows ends the script or drops the
  /// file.
  private mutating func checkedByPowerShell(
    _ command: ShellCommand, _ place: ShellPlaceReference
  ) -> [Int]? {
    if command.name.lowercased() == "get-filehash" {
      let isWeak = command.arguments.contains {
        Self.weakAlgorithms.contains($0.display.lowercased())
      }
      hashed = isWeak ? [] : command.arguments.flatMap(named)
      return nil
    }
    guard !hashed.isEmpty else { return nil }
    let words = command.words.map { $0.display.lowercased() }
    let compares = words.contains { ["-ne", "-cne", "-ine", "-eq", "-ceq", "-ieq"].contains($0) }
    let hasDigest = words.contains {
      $0.utf8.count >= 64 && $0.utf8.allSatisfy(\.isHexadecimalDigit)
    }
    guard compares, hasDigest else { return nil }
    let commands = scripts[place.script].analysis.commands
    let stops = commands.dropFirst(place.command + 1).prefix(6).contains {
      ["throw", "exit", "remove-item", "del", "rm", "write-error"].contains($0.name.lowercased())
    }
    return stops ? hashed : nil
  }

  // MARK: Checkouts

  /// `git checkout <commit>` after a clone fixes what was cloned.
  mutating func checkout(_ command: ShellCommand, _ place: ShellPlaceReference) {
    guard command.name == "git", !clones.isEmpty else { return }
    var (folder, rest) = ShellFetchReader.gitVerb(command.arguments)
    guard let verb = rest.popFirst()?.display,
      ["checkout", "reset", "switch"].contains(verb)
    else { return }
    let options = ShellOptions(
      rest, ShellOptions.Grammar(long: ["--branch"], letters: Set("bB")))
    guard let reference = options.rest.first else { return }
    // What `git fetch` named is what is checked out.
    if reference.display == "FETCH_HEAD" { return }
    let pinning = ShellFetchReader.revision(reference)
    if folder == nil || folder == "." {
      folder = command.directory.display.split(separator: "/").last.map(String.init)
    }
    let wanted = folder?.split(separator: "/").last.map(String.init) ?? ""
    let match = clones.lastIndex { !wanted.isEmpty && $0.folder == wanted }
    guard let index = match ?? clones.indices.last else { return }
    let fetch = clones[index].fetch
    if match == nil, case .python = scripts[place.script].analysis.fragment.place {
      // The folder of the call is not known here: only the clone just before it is meant.
      let between = scripts[place.script].analysis.commands[place.command].position.line
      let cloned = scripts[fetches[fetch].script].analysis.commands[fetches[fetch].command]
      guard between - cloned.position.line <= 12 else { return }
    }
    // The last word counts: a branch after a commit opens it again.
    fetches[fetch].pinning = max(pinning, .commit)
    fetches[fetch].revision = reference.display
    fetches[fetch].flaw =
      pinning.isFixed ? "" : "and checks out `\(reference.display)`, which can move"
  }
}
