import Core
import Languages

/// Bytes that come over a connection of another kind than HTTP: plain sockets, names, other hosts,
/// key servers, mounted storage.
extension ShellFetchReader {
  private static let fix =
    "fetch over HTTPS, and compare the SHA-256 digest of what arrived with a literal before using it"

  /// What the command takes from a connection, if it does.
  func transport() -> [ShellFetch] {
    switch command.name {
    case "nc", "ncat", "netcat": return netcat()
    case "telnet":
      let words = ShellOptions(command.arguments, ShellOptions.Grammar(letters: Set("bel"))).rest
      return words.first.map { connection("tcp", to: $0, port: words.dropFirst().first) } ?? []
    case "socat": return socat()
    case "msiexec":
      guard let address = command.arguments.first(where: { $0.display.contains("://") }) else {
        return []
      }
      return [
        fetch(
          .file, address.display, address.text == nil ? .dynamic : .branch, cargo: .code,
          flaw: "without comparing a digest", fix: Self.fix, verb: "installs")
      ]
    case "openssl": return tls()
    case "dig", "drill", "kdig", "nslookup", "host": return names()
    case "ssh": return remoteOutput()
    case "tftp", "atftp": return trivial()
    case "smbclient": return share()
    case "ffmpeg", "ffprobe": return media()
    case "gpg", "gpg2": return keys()
    case "rpm", "rpmkeys": return packageKeys()
    case "ansible-pull": return playbooks()
    case "source_url", "fetchurl": return environment()
    case "sshfs", "s3fs", "gcsfuse", "mount-s3", "goofys", "blobfuse", "blobfuse2": return mounts()
    case "httrack", "gallery-dl", "you-get":
      return command.arguments.filter { $0.display.contains("://") }.prefix(8).map {
        stored($0.display, output: nil, cargo: .data)
      }
    default: return []
    }
  }

  // MARK: Sockets

  /// Whether what a command prints goes anywhere.
  private var isOutputUsed: Bool {
    !(command.output?.isEmpty ?? true) || outputFile != nil
      || command.output != nil
  }

  private var outputFile: ShellValue? {
    command.redirects.last(where: \.isOutputToFile)?.values.first.flatMap {
      $0.text == "/dev/null" ? nil : $0
    }
  }

  private func isThisMachine(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "0.0.0.0"
      || host.isEmpty
  }

  private func connection(
    _ scheme: String, to host: ShellField, port: ShellField?, cargo: ShellFetch.Cargo? = nil
  ) -> [ShellFetch] {
    guard isOutputUsed, !isThisMachine(host.display) else { return [] }
    let address = "\(scheme)://\(host.display)\(port.map { ":\($0.display)" } ?? "")"
    return [arrival(address, isKnown: host.text != nil, cargo: cargo)]
  }

  /// What comes from `address` and goes where the command's output goes.
  private func arrival(
    _ address: String, isKnown: Bool, cargo: ShellFetch.Cargo? = nil
  ) -> ShellFetch {
    let file = outputFile
    var found = fetch(
      .file, address, isKnown ? .branch : .dynamic,
      cargo: cargo ?? file.map { Self.cargo(of: [$0.display]) } ?? .answer,
      flaw: "over a connection that proves nothing about the bytes", fix: Self.fix,
      verb: "receives")
    found.output = file
    found.isOutputKnown = file != nil
    // What only stands on the screen, or is looked at by a script, is no download.
    found.countsOnlyWhenUsed = file == nil
    return found
  }

  private func netcat() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: ["--exec", "--sh-exec", "--lua-exec", "--wait", "--source", "--proxy"],
        letters: Set("ecgGiIopPqsTVwXx")))
    if options.has("-z", "-U", "--unixsock") { return [] }
    let place = ShellPlaceReference(script: script, command: index)
    if let program = options.value("-e", "-c", "--exec", "--sh-exec"), !options.has("-l") {
      guard let host = options.rest.first, !isThisMachine(host.display) else { return [] }
      var found = arrival("tcp://\(host.display)", isKnown: host.text != nil, cargo: .code)
      found.countsOnlyWhenUsed = false
      found.use = ShellUse(kind: .piped, text: "is run by \(program.display)", place: place)
      return [found]
    }
    if options.has("-l", "--listen") {
      guard isOutputUsed else { return [] }
      return [arrival("tcp://(whoever connects)", isKnown: true)]
    }
    guard let host = options.rest.first else { return [] }
    return connection("tcp", to: host, port: options.rest.dropFirst().first)
  }

  private func socat() -> [ShellFetch] {
    let words = ShellOptions(
      command.arguments, ShellOptions.Grammar(letters: Set("btTlL"))
    ).rest
    func scheme(_ field: ShellField) -> String {
      field.display.prefix { $0 != ":" }.lowercased()
    }
    let remote: Set<String> = [
      "tcp", "tcp4", "tcp6", "tcp-connect", "tcp4-connect", "openssl", "openssl-connect", "ssl",
      "udp", "udp4", "sctp", "socks4", "socks5", "proxy",
    ]
    guard let source = words.first(where: { remote.contains(scheme($0)) }) else { return [] }
    let rest = source.display.split(separator: ":").dropFirst()
    let host = rest.first.map(String.init) ?? ""
    guard !isThisMachine(host) else { return [] }
    let address =
      "\(scheme(source))://\(rest.prefix(2).joined(separator: ":").prefix { $0 != "," })"
    let others = words.filter { !remote.contains(scheme($0)) }
    if others.contains(where: { ["exec", "system", "shell"].contains(scheme($0)) }) {
      var found = arrival(address, isKnown: source.text != nil, cargo: .code)
      found.countsOnlyWhenUsed = false
      found.use = ShellUse(
        kind: .piped, text: "is read by a program",
        place: ShellPlaceReference(script: script, command: index))
      return [found]
    }
    let target = others.last
    if let target, ["open", "create", "file", "gopen"].contains(scheme(target)) {
      let file = target.display.split(separator: ":").dropFirst().first ?? ""
      let path = String(file.prefix { $0 != "," })
      var found = arrival(address, isKnown: source.text != nil, cargo: Self.cargo(of: [path]))
      found.output = ShellValue(path)
      found.isOutputKnown = true
      found.countsOnlyWhenUsed = false
      return [found]
    }
    guard isOutputUsed else { return [] }
    return [arrival(address, isKnown: source.text != nil)]
  }

  private func tls() -> [ShellFetch] {
    guard command.arguments.first?.display == "s_client" else { return [] }
    let options = ShellOptions(
      command.arguments.dropFirst(),
      ShellOptions.Grammar(
        long: ["-connect", "-servername", "-CAfile", "-cert", "-key", "-starttls", "-proxy"],
        combines: false))
    guard let host = options.value("-connect") ?? options.rest.first, isOutputUsed,
      !isThisMachine(String(host.display.prefix { $0 != ":" }))
    else { return [] }
    var found = arrival("tls://\(host.display)", isKnown: host.text != nil)
    // A certificate that is looked at is the usual reason.
    found.countsOnlyWhenUsed = found.cargo == .answer || found.cargo == .data
    return [found]
  }

  /// Names whose records are run: `dig +short txt name | sh`.
  private func names() -> [ShellFetch] {
    let words = command.arguments.filter {
      !$0.display.hasPrefix("+") && !$0.display.hasPrefix("-")
    }
    guard isOutputUsed, let name = words.first(where: { $0.display.contains(".") }) ?? words.last
    else { return [] }
    var found = arrival("dns://\(name.display)", isKnown: name.text != nil)
    found.countsOnlyWhenUsed = true
    return [found]
  }

  /// `/dev/tcp/host/port` on standard input, or on a descriptor that the command reads.
  func socket() -> ShellFetch? {
    var address: ShellValue?
    for redirect in command.redirects.prefix(16) {
      guard let value = redirect.values.first else { continue }
      if Self.isSocket(value) {
        let reads =
          redirect.operation == "<" || redirect.operation == "<>" && redirect.descriptor < 3
          || redirect.operation == ">&" && isInterpreter
          || redirect.operation == "&>" && isInterpreter
        if reads { address = value }
      } else if redirect.operation == "<&", let text = value.text, let number = Int(text),
        number > 2
      {
        address = openedSocket(number)
      }
    }
    guard let address, command.name != "exec" else { return nil }
    let parts = address.display.split(separator: "/").dropFirst(2)
    let host = parts.first.map(String.init) ?? ""
    guard !isThisMachine(host) else { return nil }
    let isShell = isInterpreter
    guard isShell || isOutputUsed else { return nil }
    var found = arrival(
      "tcp://\(parts.joined(separator: ":"))", isKnown: address.isKnown,
      cargo: isShell ? .code : nil)
    if isShell {
      found.countsOnlyWhenUsed = false
      found.use = ShellUse(
        kind: .piped, text: "is run by \(command.name)",
        place: ShellPlaceReference(script: script, command: index))
    }
    return found
  }

  private var isInterpreter: Bool {
    switch ShellInterpreter(command: command.name) {
    case .sh?, .bash?, .zsh?, .powershell?, .cmd?, .python?: true
    case .other(let name)?: ["perl", "ruby", "node", "php", "lua"].contains(name)
    case nil: false
    }
  }

  private static func isSocket(_ value: ShellValue) -> Bool {
    value.bytes.starts(with: "/dev/tcp/".utf8) || value.bytes.starts(with: "/dev/udp/".utf8)
  }

  /// What `exec 3<>/dev/tcp/host/port` opened, looked for among the commands before.
  private func openedSocket(_ descriptor: Int) -> ShellValue? {
    for place in stride(from: index - 1, through: max(0, index - 200), by: -1) {
      let earlier = analysis.commands[place]
      for redirect in earlier.redirects where redirect.descriptor == descriptor {
        if let value = redirect.values.first, Self.isSocket(value) { return value }
      }
    }
    return nil
  }

  // MARK: Other hosts

  /// `ssh host command > file`, `ssh host command | sh`.
  private func remoteOutput() -> [ShellFetch] {
    guard isOutputUsed else { return [] }
    let words = ShellOptions(
      command.arguments, ShellOptions.Grammar(letters: Set("piolFJLRDbcmWSEBeIOQw"))
    ).rest
    guard let host = words.first, words.count > 1, !isThisMachine(host.display) else { return [] }
    let what = words.dropFirst().map(\.display).joined(separator: " ")
    var found = arrival("ssh://\(host.display) (\(what.prefix(80)))", isKnown: host.text != nil)
    found.flaw = "without comparing a digest"
    return [found]
  }

  private func trivial() -> [ShellFetch] {
    let words = command.arguments.map(\.display)
    let isGet = words.contains { $0 == "get" || $0 == "-g" || $0 == "--get" }
    guard isGet || words.contains("-c") && words.contains("get") else { return [] }
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(long: ["--remote-file", "--local-file"], letters: Set("rlbm")))
    let name = options.value("-r", "--remote-file")?.display ?? words.last ?? ""
    let host =
      options.rest.first { $0.display != "get" && $0.display.contains(".") }
      ?? options.rest.first
    let target = "tftp://\(host?.display ?? "host")/\(name)"
    return [stored(target, output: options.value("-l", "--local-file"))]
  }

  private func share() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(long: ["--user", "--command"], letters: Set("UcDIpWTk")))
    guard let text = options.value("-c", "--command")?.display, text.contains("get"),
      let host = options.rest.first
    else { return [] }
    return [stored("smb:\(host.display)", output: nil)]
  }

  private func media() -> [ShellFetch] {
    let schemes = ["http://", "https://", "ftp://", "sftp://"]
    let inputs = zip(command.arguments, command.arguments.dropFirst()).filter { option, address in
      option.display == "-i" && schemes.contains { address.display.hasPrefix($0) }
    }
    return inputs.prefix(8).compactMap { _, address in
      let read = Address(address.display)
      guard read?.pinning != .local else { return nil }
      return fetch(
        .file, address.display, address.text == nil ? .dynamic : read?.pinning ?? .branch,
        cargo: .data, flaw: "without comparing a digest", fix: Self.fix, verb: "reads")
    }
  }

  private func mounts() -> [ShellFetch] {
    let words = ShellOptions(
      command.arguments, ShellOptions.Grammar(long: ["--prefix", "--only-dir"], letters: Set("op"))
    ).rest
    guard let source = words.first, words.count > 1 else { return [] }
    var found = stored(source.display, output: words[1], cargo: .data)
    found.verb = "mounts"
    return [found]
  }

  private func playbooks() -> [ShellFetch] {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: ["--url", "--checkout", "--directory", "--inventory"], letters: Set("UCdie")))
    guard let address = options.value("-U", "--url") else { return [] }
    let revision = options.value("-C", "--checkout")
    let pinning = revision.map { Self.revision($0) } ?? .branch
    var found = fetch(
      .gitClone, address.display, revision: revision?.display, pinning, cargo: .code,
      flaw: revision.map { "at `\($0.display)`, which can move" } ?? "without a commit",
      fix: "pass --checkout with the full 40-digit commit", verb: "clones")
    found.use = ShellUse(
      kind: .run, text: "is run by ansible",
      place: ShellPlaceReference(script: script, command: index))
    return [found]
  }

  /// direnv's `source_url address digest` and `fetchurl address [digest]`: both compare the digest.
  private func environment() -> [ShellFetch] {
    let words = command.arguments.filter { !$0.display.hasPrefix("-") }
    guard let address = words.first, address.display.contains("://") else { return [] }
    let digest = words.dropFirst().first?.text
    let isFixed = digest?.hasPrefix("sha256-") ?? false
    let pinning: Pinning = isFixed ? .content : address.text == nil ? .dynamic : .branch
    var found = fetch(
      .file, address.display, pinning, cargo: .code, flaw: "without comparing a digest",
      fix: "name the digest behind the address: `sha256-…`")
    if command.name == "source_url", !isFixed {
      found.use = ShellUse(
        kind: .piped, text: "is sourced",
        place: ShellPlaceReference(script: script, command: index))
    }
    return [found]
  }

  // MARK: Keys

  /// Keys from a key server: a whole fingerprint names one key, a short one does not.
  private func keys() -> [ShellFetch] {
    let words = Array(command.arguments)
    let verbs: Set<String> = [
      "--recv-keys", "--receive-keys", "--recv-key", "--recv", "--fetch-keys", "--fetch-key",
      "--locate-keys", "--search-keys",
    ]
    guard let place = words.firstIndex(where: { verbs.contains($0.display) }) else { return [] }
    let isAddress = words[place].display.hasPrefix("--fetch")
    let named = words[(place + 1)...].prefix { !$0.display.hasPrefix("-") }
    return named.prefix(16).flatMap { field in
      field.values.prefix(4).map { value in
        let pinning: Pinning =
          !value.isKnown ? .dynamic : !isAddress && Self.isFingerprint(value) ? .content : .branch
        var found = fetch(
          .file, isAddress ? value.display : "the key \(value.display)", pinning, cargo: .data,
          flaw: isAddress ? "without comparing a digest" : "which a short name does not fix",
          fix: "name the key by its whole fingerprint, or keep it in the repository")
        if pinning != .content {
          found.use = ShellUse(
            kind: .trusted, text: "is trusted as a key",
            place: ShellPlaceReference(script: script, command: index))
        }
        return found
      }
    }
  }

  private static func isFingerprint(_ value: ShellValue) -> Bool {
    var bytes = value.bytes.filter { $0 != UInt8(ascii: " ") }[...]
    if bytes.starts(with: "0x".utf8) || bytes.starts(with: "0X".utf8) { bytes = bytes.dropFirst(2) }
    return (bytes.count == 40 || bytes.count == 64) && bytes.allSatisfy(\.isHexadecimalDigit)
  }

  /// `rpm --import https://…`; everything else that rpm does stays with the package managers.
  private func packageKeys() -> [ShellFetch] {
    let words = Array(command.arguments)
    guard words.contains(where: { $0.display == "--import" }) else {
      return PackageCommands(reader: self).fetches()
    }
    return words.filter { $0.display.contains("://") }.prefix(8).map { field in
      var found = fetch(
        .file, field.display, field.text == nil ? .dynamic : .branch, cargo: .data,
        flaw: "without comparing a digest", fix: "keep the key in the repository")
      found.use = ShellUse(
        kind: .trusted, text: "is trusted as a key",
        place: ShellPlaceReference(script: script, command: index))
      return found
    }
  }

  // MARK: Programs without a reader

  /// Words by which programs in other languages fetch.
  private static let fetchingWords: Set<String> = [
    "get", "getstore", "getprint", "mirror", "fetch", "copy", "open", "uri", "urlopen", "readfile",
    "fopen", "curl", "wget", "request", "https", "http", "socket", "lwp", "net", "source", "load",
    "read", "download", "axios", "got", "contents", "url",
  ]

  /// The addresses in a program of a language that has no reader, where it has words that fetch.
  func addresses(in program: ShellProgram) -> [ShellFetch] {
    // `perl -pe 's#http://a#http://b#'` edits text.
    let edits = command.arguments.prefix(6).contains { word in
      let letters = word.display.dropFirst()
      return word.display.hasPrefix("-") && letters.count <= 4 && letters.first != "M"
        && (letters.contains("p") || letters.contains("i") || letters.contains("n"))
    }
    guard !edits else { return [] }
    let (addresses, words) = Self.addresses(program.text.bytes)
    let called = words.union(
      Self.words(
        command.arguments.prefix(8).map(\.display).filter { $0.hasPrefix("-") }
          .joined(separator: " ").utf8))
    guard !addresses.isEmpty, !called.isDisjoint(with: Self.fetchingWords) else { return [] }
    return addresses.prefix(16).compactMap { value in
      let shown = value.display
      let address = Address(shown)
      guard address?.pinning != .local else { return nil }
      let pinning = value.isKnown ? address?.pinning ?? .branch : .dynamic
      return fetch(
        .file, shown, revision: address?.revision, pinning, cargo: Self.cargo(of: [shown]),
        flaw: "in a program that has no reader here, without comparing a digest", fix: Self.fix)
    }
  }

  /// The addresses in a text, and the words outside of them in lower case.
  private static func addresses(
    _ bytes: [UInt8]
  ) -> (addresses: [ShellValue], words: Set<String>) {
    var found: [ShellValue] = []
    var rest: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let isStart =
        bytes[index] == UInt8(ascii: ":") && bytes[index...].starts(with: "://".utf8)
        && index > 0 && bytes[index - 1].isLetter
      guard isStart, found.count < 64 else {
        rest.append(bytes[index])
        index += 1
        continue
      }
      var start = index
      while start > 0, index - start < 8, bytes[start - 1].isLetter { start -= 1 }
      var end = index + 3
      while end < bytes.count, !isEnd(bytes[end]) { end += 1 }
      rest.removeLast(min(rest.count, index - start))
      rest.append(0x20)
      found.append(ShellValue(bytes: Array(bytes[start..<end])))
      index = end
    }
    return (found, words(rest))
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "\"'`()<>,;\\|".utf8.contains(byte)
  }

  private static func words(_ bytes: some Sequence<UInt8>) -> Set<String> {
    var found: Set<String> = []
    var word: [UInt8] = []
    for byte in bytes {
      if byte.isLetter {
        if word.count < 24 { word.append(byte | 0x20) }
      } else {
        if !word.isEmpty { found.insert(String(decoding: word, as: UTF8.self)) }
        word = []
      }
    }
    if !word.isEmpty { found.insert(String(decoding: word, as: UTF8.self)) }
    return found
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
  }
}
