import Core
import Languages

/// Commands that fetch a file from an address: curl, wget and their kin.
enum HTTPCommands {
  /// What such a command does.
  struct Request {
    var addresses: [ShellField] = []
    /// The file that is written; nil when the output goes to standard output.
    var output: ShellField?
    var folder: ShellField?
    var toStandardOutput = false
    /// Whether it sends something, or asks for headers only.
    var isNoDownload = false
    /// Whether the command itself compares the digest of what arrives.
    var isChecked = false

    /// Whether the answer is kept as a program, an archive or weights: some servers hand these out
    /// to whoever posts a token.
    var keepsAnswer: Bool {
      guard let output else { return false }
      return ShellFetchReader.cargo(of: [output.display]) != .data
    }
  }

  /// Reads `command`; nil when it is none of these.
  static func request(_ command: ShellCommand) -> Request? {
    var request: Request
    switch command.name {
    case "curl", "curl.exe", "curlie": request = curl(command)
    case "wcurl":
      request = curl(command)
      request.toStandardOutput = false
    case "wget", "wget2", "wget.exe": request = wget(command)
    case "aria2c", "axel", "http", "https", "fetch", "lwp-download", "lynx", "w3m", "httpie", "xh",
      "xhs", "httpx", "GET", "lwp-request", "links", "elinks", "snarf", "saldl", "ncftpget",
      "lftpget":
      request = other(command)
    case "pget": request = pget(command)
    case _ where WindowsCommands.fetches(command.name): request = powershell(command)
    case "%load", "%loadpy", "%run":
      // IPython puts the text into the next cell, or runs it.
      request = Request()
      let first = command.arguments.first { !$0.display.hasPrefix("-") }
      request.addresses = [first].compactMap { $0 }.filter { $0.display.contains("://") }
    default: return nil
    }
    if let target = command.redirects.last(where: \.isOutputToFile), request.toStandardOutput {
      request.output = ShellField(
        values: target.values, start: command.end, end: command.end)
      request.toStandardOutput = false
    }
    if request.output?.text == "/dev/null" || request.output?.text == "NUL" {
      request.isNoDownload = true
    }
    return request
  }

  private static let curlGrammar = ShellOptions.Grammar(
    long: [
      "--output", "--url", "--header", "--data", "--data-raw", "--data-binary", "--data-urlencode",
      "--data-ascii", "--json", "--user", "--request", "--retry", "--retry-delay",
      "--retry-max-time", "--connect-timeout", "--max-time", "--proxy", "--cacert", "--capath",
      "--cert", "--key", "--range", "--user-agent", "--referer", "--cookie", "--cookie-jar",
      "--write-out", "--limit-rate", "--continue-at", "--form", "--form-string", "--upload-file",
      "--resolve", "--config", "--interface", "--proto", "--proto-redir", "--proto-default",
      "--tls-max", "--ciphers", "--output-dir", "--create-file-mode", "--max-filesize",
      "--max-redirs", "--speed-limit", "--speed-time", "--netrc-file", "--unix-socket",
      "--pinnedpubkey", "--dump-header", "--stderr", "--trace", "--noproxy", "--oauth2-bearer",
      "--preproxy", "--socks5", "--time-cond", "--variable", "--rate", "--parallel-max",
    ],
    letters: Set("AbcCdDeEFHKmoPQrtTuUwxXyYz"))

  private static func curl(_ command: ShellCommand) -> Request {
    let options = ShellOptions(command.arguments, curlGrammar)
    var request = Request()
    request.addresses = options.rest + options.values("--url")
    request.output = options.value("-o", "--output")
    request.folder = options.value("--output-dir")
    if options.has("-O", "--remote-name", "--remote-name-all") {
      request.output = request.output ?? nil
    } else if request.output == nil || request.output?.text == "-" {
      request.output = nil
      request.toStandardOutput = true
    }
    let method = options.value("-X", "--request")?.text?.uppercased() ?? "GET"
    let sends = options.has(
      "-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "--json", "-F", "--form",
      "-T", "--upload-file")
    let asks = sends && !options.has("-G", "--get") || !["GET", "${METHOD}"].contains(method)
    request.isNoDownload = options.has("-I", "--head") || asks && !request.keepsAnswer
    return request
  }

  private static let wgetGrammar = ShellOptions.Grammar(
    long: [
      "--output-document", "--directory-prefix", "--header", "--user-agent", "--tries",
      "--timeout", "--wait", "--input-file", "--base", "--post-data", "--post-file", "--user",
      "--password", "--load-cookies", "--save-cookies", "--quota", "--level", "--accept",
      "--reject", "--cut-dirs", "--limit-rate", "--ca-certificate", "--execute", "--output-file",
      "--append-output", "--domains", "--read-timeout", "--connect-timeout", "--waitretry",
      "--referer", "--secure-protocol", "--certificate", "--retry-on-http-error",
      "--method", "--body-data", "--progress", "--max-redirect", "--max-threads", "--http-proxy",
    ],
    letters: Set("oaeiBtOTwQPUlARDIX"))

  private static func wget(_ command: ShellCommand) -> Request {
    let options = ShellOptions(command.arguments, wgetGrammar)
    var request = Request()
    request.addresses = options.rest
    if let list = options.value("-i", "--input-file") {
      // Addresses out of a file: what they are is decided there.
      request.addresses.append(
        ShellField(
          values: [.unknown("addresses of \(list.display)")], start: list.start, end: list.end))
    }
    request.output = options.value("-O", "--output-document")
    request.folder = options.value("-P", "--directory-prefix")
    if request.output?.text == "-" || request.output?.text == "/dev/stdout" {
      request.output = nil
      request.toStandardOutput = true
    }
    let sends =
      options.has("--post-data", "--post-file", "--body-data")
      || ["POST", "PUT", "DELETE"].contains(options.value("--method")?.text?.uppercased() ?? "")
    request.isNoDownload = options.has("--spider") || sends && !request.keepsAnswer
    return request
  }

  private static func other(_ command: ShellCommand) -> Request {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: [
          "--dir", "--out", "--output", "--split", "--max-connection-per-server", "--input-file",
          "--checksum",
        ],
        letters: Set("dosxjknMiwTH")))
    var request = Request()
    request.addresses = options.rest.filter {
      $0.display.contains("/") || $0.display.contains(".") || $0.text == nil
    }
    if ["http", "https", "xh", "xhs", "httpie"].contains(command.name) {
      let words = options.rest.compactMap(\.text)
      let sends = words.contains { ["POST", "PUT", "PATCH", "DELETE"].contains($0.uppercased()) }
      request.isNoDownload = sends
    }
    request.output = options.value("-o", "--out", "--output")
    request.folder = options.value("-d", "--dir")
    if command.name == "aria2c", let checksum = options.value("--checksum")?.text {
      request.isChecked = isDigest(checksum)
    }
    if let list = options.value("-i", "--input-file") {
      request.addresses.append(
        ShellField(
          values: [.unknown("addresses of \(list.display)")], start: list.start, end: list.end))
    }
    request.toStandardOutput =
      ["lynx", "w3m", "links", "elinks", "GET", "lwp-request"].contains(command.name)
      || (command.name.hasPrefix("http") || command.name.hasPrefix("xh")) && request.output == nil
        && !options.has("--download", "-d")
    return request
  }

  /// `sha-256=<hex digits>`; the older algorithms of aria2 prove nothing.
  private static func isDigest(_ checksum: String) -> Bool {
    let parts = checksum.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let length = digestLengths[parts[0].lowercased()] else { return false }
    return parts[1].utf8.count == length && parts[1].utf8.allSatisfy(\.isHexadecimalDigit)
  }

  private static let digestLengths = ["sha-256": 64, "sha-384": 96, "sha-512": 128]

  /// `pget [-x] address target`, and `pget multifile list`.
  private static func pget(_ command: ShellCommand) -> Request {
    let options = ShellOptions(
      command.arguments,
      ShellOptions.Grammar(
        long: [
          "--concurrency", "--minimum-chunk-size", "--chunk-size", "--max-chunks", "--retries",
          "--connect-timeout", "--log-level", "--output", "--pid-file", "--resolve",
          "--max-conn-per-host", "--max-concurrent-files",
        ],
        letters: Set("cmor")))
    var request = Request()
    let words = options.rest
    if words.first?.text == "multifile", let list = words.dropFirst().first {
      request.addresses = [
        ShellField(
          values: [.unknown("addresses of \(list.display)")], start: list.start, end: list.end)
      ]
    } else {
      request.addresses = Array(words.prefix(1))
      request.output = words.dropFirst().first
    }
    return request
  }

  private static func powershell(_ command: ShellCommand) -> Request {
    var request = Request()
    var words = command.arguments[...]
    while let word = words.popFirst() {
      let text = word.display
      guard text.hasPrefix("-"), text.utf8.count > 1 else {
        // `@name` stands for options that are put together elsewhere.
        request.addresses.append(
          text.hasPrefix("@")
            ? ShellField(
              values: [.unknown(String(text.dropFirst()))], start: word.start, end: word.end)
            : word)
        continue
      }
      // A name can be cut short, and its value can stand behind a colon.
      let name = text.dropFirst().prefix { $0 != ":" }.lowercased()
      func names(_ full: String...) -> Bool { full.contains { $0.hasPrefix(name) } }
      guard !switches.contains(name) else { continue }
      let value = text.contains(":") ? nil : words.popFirst()
      if names("uri", "source") {
        if let value { request.addresses.insert(value, at: 0) }
      } else if names("outfile", "destination") || name == "o" {
        request.output = value
      } else if names("method"), let method = value?.text, method.lowercased() != "get" {
        request.isNoDownload = true
      }
    }
    request.addresses = Array(request.addresses.prefix(4))
    if command.name.lowercased() == "start-bitstransfer", request.output == nil,
      request.addresses.count > 1
    {
      request.output = request.addresses[1]
    }
    if request.addresses.count > 1 { request.addresses = [request.addresses[0]] }
    request.toStandardOutput = request.output == nil
    return request
  }

  /// Options without a value, in lower case.
  private static let switches: Set<String> = [
    "usebasicparsing", "passthru", "resume", "skipcertificatecheck", "usedefaultcredentials",
    "disablekeepalive", "allowunencryptedauthentication", "asynchronous", "verbose", "debug",
  ]

  /// Whether certificates are not checked.
  static func disablesChecks(_ command: ShellCommand) -> String? {
    let words = command.arguments.compactMap(\.text)
    switch command.name {
    case "curl", "curl.exe":
      let options = ShellOptions(command.arguments, curlGrammar)
      if options.has("-k") { return "-k" }
      return options.has("--insecure") ? "--insecure" : nil
    case "wget", "wget2", "wget.exe": return words.first { $0 == "--no-check-certificate" }
    case "aria2c": return words.first { $0.hasPrefix("--check-certificate=false") }
    case _ where WindowsCommands.fetches(command.name):
      return words.first { $0.lowercased() == "-skipcertificatecheck" }
    default: return nil
    }
  }
}
