package import Core
import Languages

/// Flags commands that fetch with certificate checks switched off.
package struct DisabledTransportCheck: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/disabled-transport-check",
    severity: .high,
    summary: "A command switches off the check of certificates or signatures.",
    why: "Anybody between this machine and the server can replace what arrives.",
    fix: "Leave the check on; install the missing certificate instead.",
    example: (
      "curl -k https://example.org/model.bin -o model.bin",
      "curl -f https://example.org/model.bin -o model.bin"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shell.flatMap { script in
      (script.analysis.commands + script.analysis.exports).filter { !$0.isElsewhere }.compactMap {
        command in
        guard let what = Self.switchedOff(command) else { return nil }
        return Finding(
          Self.id, script.adjusting(.high),
          at: script.location(of: command), "switches off the check of \(what)",
          fix: Self.documentation.fix, construct: command.text)
      }
    }
  }

  /// What a command no longer checks, nil when it checks.
  private static func switchedOff(_ command: ShellCommand) -> String? {
    for (name, values) in command.assignments {
      if let what = variable(name, values.first?.text ?? "") { return what }
    }
    // `sudo NAME=value git …`, `env NAME=value git …`
    for word in command.words.prefix(command.start) {
      let parts = word.display.split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, let what = variable(String(parts[0]), String(parts[1])) { return what }
    }
    if let option = HTTPCommands.disablesChecks(command) { return "certificates by \(option)" }
    let words = command.arguments.map(\.display)
    switch command.name {
    case "git":
      for word in words {
        let text = word.lowercased()
        if text == "http.sslverify=false" || text == "http.sslverify=0"
          || text == "http.sslverify" && (words.contains("false") || words.contains("0"))
        {
          return "git's certificates"
        }
      }
    case "export":
      for word in words {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, let what = variable(String(parts[0]), String(parts[1])) {
          return what
        }
      }
    case "apt-get", "apt":
      let options: Set<String> = [
        "--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories",
      ]
      if let word = words.first(where: options.contains) { return "signatures by \(word)" }
    case "apk":
      if words.contains("--allow-untrusted") { return "signatures by --allow-untrusted" }
    case "yum", "dnf", "zypper":
      if let word = words.first(where: { $0 == "--nogpgcheck" || $0 == "--no-gpg-checks" }) {
        return "signatures by \(word)"
      }
    case "npm", "yarn", "pnpm":
      if words.contains("--strict-ssl=false") || words.contains("--no-strict-ssl")
        || words.contains("strict-ssl=false")
        || words.contains("strict-ssl") && words.contains("false")
      {
        return "certificates by strict-ssl"
      }
    case "conda", "mamba":
      if words.contains("ssl_verify"),
        words.contains(where: { ["false", "no", "0", "off"].contains($0.lowercased()) })
      {
        return "conda's certificates"
      }
      if words.contains("--insecure") || words.contains("-k") { return "conda's certificates" }
    default: break
    }
    return nil
  }

  private static func variable(_ name: String, _ value: String) -> String? {
    switch name {
    // Git asks only whether it is there.
    case "GIT_SSL_NO_VERIFY": return "certificates by \(name)"
    case "NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY":
      return value == "0" ? "certificates by \(name)" : nil
    case "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE":
      return value.isEmpty ? "certificates by an empty \(name)" : nil
    case "HF_HUB_DISABLE_SSL_VERIFICATION":
      return value == "1" ? "certificates by \(name)" : nil
    default: return nil
    }
  }
}
