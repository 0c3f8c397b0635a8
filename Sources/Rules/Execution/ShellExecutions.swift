package import Core
import Languages

/// Flags downloads that an interpreter reads as they arrive.
package struct PipedToInterpreter: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/piped-to-interpreter",
    severity: .critical,
    summary: "A download is run as it arrives.",
    why: """
      Whatever the server sends is executed with the rights of the caller: nobody sees it, and \
      nothing is left to look at afterwards.
      """,
    fix: "Save the file, compare its SHA-256 digest with a literal, then run it.",
    example: (
      "curl -fsSL https://example.org/install.sh | sh",
      """
      curl -fsSLo install.sh https://example.org/install.sh
      echo "<64 hex digits>  install.sh" | sha256sum -c && sh install.sh
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFetches.filter { $0.becomesCode && $0.use?.kind == .piped }.map {
      $0.finding(Self.documentation, in: subject.shell)
    }
  }
}

/// Flags files that are fetched and then run, installed or sourced without a check.
package struct DownloadedThenRun: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/downloaded-then-run",
    severity: .critical,
    summary: "A file is fetched and then run or installed, and nothing compares its digest.",
    why: "The file becomes code on this machine, and the server alone decides what it is.",
    fix: "Compare the SHA-256 digest with a literal between the download and its use.",
    example: (
      """
      wget https://example.org/install.sh
      bash install.sh
      """,
      """
      wget https://example.org/install.sh
      echo "<64 hex digits>  install.sh" | sha256sum -c && bash install.sh
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shellFetches.filter { $0.becomesCode && $0.use?.kind == .run }.map {
      $0.finding(Self.documentation, in: subject.shell)
    }
  }
}

/// Reports shell that could not be followed to its end.
package struct UnfollowedShell: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/unfollowed-shell",
    severity: .medium,
    summary: "Shell text could not be understood, or took more work than is allowed.",
    why: "What was not understood may hold anything; silence would say that nothing is there.",
    fix: "Simplify the script, or read it by hand and accept this finding."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.shell.enumerated().flatMap { index, script -> [Finding] in
      [unread(script)].compactMap { $0 } + decoded(script, index, in: subject)
    }
  }

  /// Text that no fetch brings and no reader can know: it is decoded and run.
  private func decoded(_ script: ShellScript, _ index: Int, in subject: Subject) -> [Finding] {
    guard script.analysis.fragment.place != .markdown else { return [] }
    return ShellDecoded.all(in: script.analysis).compactMap { decoded in
      let isFetched = subject.shellFetches.contains {
        $0.script == index
          && ($0.use?.place.command == decoded.interpreter
            || $0.command == decoded.decoder)
      }
      guard !isFetched else { return nil }
      let command = script.analysis.commands[decoded.interpreter]
      let decoder = script.analysis.commands[decoded.decoder].text
      let shown = decoder.count <= 80 ? decoder : "\(decoder.prefix(77))…"
      return Finding(
        Self.id, script.adjusting(.high), at: script.location(of: command),
        "runs text that `\(shown)` decodes, which could not be examined",
        fix:
          Self.documentation.fix, construct: command.text)
    }
  }

  private func unread(_ script: ShellScript) -> Finding? {
    let analysis = script.analysis
    guard !script.analysis.fragment.place.mayBeOther else { return nil }
    if !analysis.isComplete {
      return finding(
        script, nil, .high, "the script takes more work to follow than is allowed")
    }
    if let limit = analysis.limits.first {
      return finding(
        script, limit.position, .high,
        "the script is not followed beyond this place: \(limit.text)")
    }
    guard analysis.fragment.interpreter.isPOSIX, let problem = analysis.problems.first else {
      return nil
    }
    return finding(
      script, problem.position, .low,
      "the script could not be understood here: \(problem.text)")
  }

  private func finding(
    _ script: ShellScript, _ position: TextPosition?, _ severity: Severity, _ message: String
  ) -> Finding {
    Finding(
      Self.id, severity,
      at: Location(script.path, start: position, end: position), message,
      fix: Self.documentation.fix, construct: message)
  }
}
