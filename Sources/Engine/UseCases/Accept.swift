package import Core

/// `accept`: write down that somebody looked at a finding and accepts it for a time.
package enum Accept {
  package struct Options: Sendable {
    /// The fingerprint, or at least its first eight digits.
    package var fingerprint: String
    package var reason: String
    /// The last day on which it counts.
    package var expires: CalendarDate
    /// The tree in which the finding stands.
    package var tree: Tree

    package init(
      fingerprint: String, reason: String, expires: CalendarDate, tree: Tree = Tree()
    ) {
      self.fingerprint = fingerprint
      self.reason = reason
      self.expires = expires
      self.tree = tree
    }
  }

  package struct Outcome: Sendable {
    package let acceptance: Configuration.Acceptance
    package let finding: JudgedFinding
    /// The configuration that was extended.
    package let path: String
    /// The text that was appended, or put in place of an expired acceptance.
    package let text: String
  }

  /// Scans the tree for the finding and adds an `[[accept]]` table to the configuration; every other
  /// byte of it stays.
  package static func run(
    _ options: Options, in context: RunContext
  ) throws(EngineError) -> Outcome {
    guard let configuration = context.configuration else { throw .noConfiguration }
    if options.reason.allSatisfy(\.isWhitespace) {
      throw .argument("--reason has to say something")
    }
    if options.expires < context.today {
      throw .argument("--expires is \(options.expires), which has passed")
    }
    let scan = try Scan.run(Scan.Options(tree: options.tree), in: context)
    let finding = try match(options.fingerprint, in: scan.findings)
    if case .accepted = finding.judgement,
      let earlier = configuration.acceptances.first(where: {
        $0.fingerprint == finding.fingerprint
      })
    {
      throw .alreadyAccepted(fingerprint: finding.fingerprint, line: earlier.line)
    }
    let acceptance = Configuration.Acceptance(
      fingerprint: finding.fingerprint, rule: finding.finding.rule,
      path: finding.finding.location.path.description, reason: options.reason,
      reviewed: context.today, expires: options.expires)
    let old = try Configuration.bytes(at: configuration.path)
    let text = AcceptanceText.table(acceptance)
    let new = AcceptanceText.adding(
      text, to: old,
      replacing: configuration.acceptances.first { $0.fingerprint == acceptance.fingerprint })
    // What was written must say what was meant, in the eyes of our own reader.
    let read = try Configuration.parse(new, path: configuration.path)
    guard read.acceptances.contains(where: { $0.isSame(as: acceptance) }) else {
      throw .configuration(
        path: configuration.path, line: 0, reason: "no [[accept]] table can be appended to it")
    }
    try Files.write(new, to: configuration.path)
    return Outcome(
      acceptance: acceptance, finding: finding, path: configuration.path, text: text)
  }

  private static func match(
    _ fingerprint: String, in findings: [JudgedFinding]
  ) throws(EngineError) -> JudgedFinding {
    guard fingerprint.utf8.count >= 8 else {
      throw .argument("a fingerprint is 64 hexadecimal digits, of which at least 8 are needed")
    }
    let matches = findings.filter {
      $0.finding.severity > .info && $0.fingerprint.hasPrefix(fingerprint)
    }
    guard matches.count == 1, let match = matches.first else {
      throw .fingerprint(fingerprint, matches: matches.count)
    }
    return match
  }
}

extension Configuration.Acceptance {
  /// Whether the two say the same, wherever they stand.
  fileprivate func isSame(as other: Self) -> Bool {
    fingerprint == other.fingerprint && rule == other.rule
      && path.utf8.elementsEqual(other.path.utf8) && reason.utf8.elementsEqual(other.reason.utf8)
      && reviewed == other.reviewed && expires == other.expires
  }
}
