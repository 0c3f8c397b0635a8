import Core
package import Engine
import Lockfile
package import Rules

/// What `verify` has to say of one or several models.
package struct VerifyReport: Sendable {
  /// One tree that was verified.
  package struct Model: Sendable {
    /// As the user named it.
    package let root: String
    package let outcome: Verify.Outcome

    package init(root: String, outcome: Verify.Outcome) {
      self.root = root
      self.outcome = outcome
    }
  }

  /// The program's version, without its name.
  package let version: String
  package let models: [Model]
  /// For the help texts of SARIF.
  package let rules: [RuleDocumentation]

  package init(version: String, models: [Model], rules: [RuleDocumentation]) {
    self.version = version
    self.models = models
    self.rules = rules
  }

  /// Whether everything asked for holds.
  package var holds: Bool { models.allSatisfy { $0.outcome.isVerified } }

  // MARK: Text

  package func text(style: TextStyle = .plain) -> [UInt8] {
    var text = ""
    for (index, model) in models.enumerated() {
      if index > 0 { text += "\n" }
      if models.count > 1 { text += style.bold(Printable.line(model.root)) + "\n" }
      text += section(model, style)
    }
    return Array(text.utf8)
  }

  private func section(_ model: Model, _ style: TextStyle) -> String {
    let outcome = model.outcome
    var text = DifferenceText.render(
      outcome.differences, details: outcome.details, style: style)
    if outcome.hasForbiddenGit {
      text += "  \(style.bad("extra"))    .git  (no pin covers it; configure `allow-root-git`)\n"
    }
    for link in outcome.unprovenLinks {
      text += "  \(style.bad("unproven")) \(Printable.line(link.finding.location.path.description))"
      text += "  (\(Printable.line(link.finding.message)))\n"
    }
    if let policy = outcome.policy {
      let report = FindingsReport(
        version: version, root: model.root, findings: policy.findings,
        threshold: policy.threshold, rules: rules, files: outcome.totals.files,
        bytes: outcome.totals.bytes)
      text += (text.isEmpty ? "" : "\n")
      text += String(decoding: FindingsText.render(report, style: style), as: UTF8.self)
    }
    if !text.isEmpty { text += "\n" }
    text += verdict(outcome, style)
    text += ExclusionText.render(outcome.exclusions)
    return text
  }

  private func verdict(_ outcome: Verify.Outcome, _ style: TextStyle) -> String {
    var text = ""
    let count = outcome.differences.count
    if outcome.isVerified {
      text += "\(style.good("verified")) \(outcome.totals.phrase)\n"
    } else if count > 0 {
      text += "\(style.bad("not verified")): \(Amount.counted(count, "difference")), "
      text += ChangeSummary(outcome.differences).description + "\n"
    } else {
      text += "\(style.bad("not verified"))\n"
    }
    if let pin = outcome.pin { text += pinLines(pin, style) }
    if let skipped = outcome.skipped, skipped.entries > 0 {
      let roles = skipped.roles.map(\.rawValue).joined(separator: ", ")
      text += "not looked at: \(Amount.counted(skipped.entries, "entry", "entries")) "
      text += "(\(Amount.bytes(skipped.bytes)))" + (roles.isEmpty ? "" : " of \(roles)") + "\n"
    }
    if outcome.isVerified { text += proof(outcome) }
    return text
  }

  private func proof(_ outcome: Verify.Outcome) -> String {
    let path = Printable.line(outcome.lockfilePath ?? Lockfile.name)
    let looked = (outcome.skipped?.entries ?? 0) > 0 ? " that was looked at" : ""
    switch outcome.proof {
    case .pin: return "every byte is what the pin names\n"
    case .lockfileOutside: return "every byte\(looked) is what \(path) records\n"
    case .lockfileInside:
      return "every byte\(looked) is what \(path) records, which came with the tree: "
        + "this proves that they agree, no more (see --pin)\n"
    }
  }

  private func pinLines(_ pin: Verify.PinCheck, _ style: TextStyle) -> String {
    if pin.holds { return "pin sha256:\(pin.computed)\n" }
    var text = "pin expected sha256:\(pin.expected)\n    found    sha256:\(pin.computed)\n"
    switch pin.lockfile {
    case .authentic: break
    case .other(let digest):
      text += "no lockfile of the expected pin tells what differs; the one there has the pin "
      text += "sha256:\(digest)\n"
    case .missing: text += "no lockfile is there to tell what differs\n"
    case .unreadable(let error):
      text += "the lockfile there cannot tell what differs: \(Printable.line("\(error)"))\n"
    }
    return text
  }

  // MARK: JSON

  package var json: [UInt8] {
    JSONOutput.object([
      ("generator", .string("modelpin \(version)")), ("holds", .boolean(holds)),
      ("models", .array(models.map(object))),
    ]).bytes
  }

  private func object(_ model: Model) -> JSONOutput {
    let outcome = model.outcome
    let proof =
      switch outcome.proof {
      case .pin: "pin"
      case .lockfileOutside: "lockfile-outside"
      case .lockfileInside: "lockfile-inside"
      }
    return .object(
      [
        ("root", .string(model.root)), ("holds", .boolean(outcome.isVerified)),
        ("proof", .string(proof)), ("lockfile", .optional(outcome.lockfilePath)),
        (
          "pin",
          outcome.pin.map { pin in
            .object([
              ("expected", .string("sha256:\(pin.expected)")),
              ("found", .string("sha256:\(pin.computed)")), ("holds", .boolean(pin.holds)),
            ])
          }
        ),
      ] + outcome.totals.members + [
        (
          "differences",
          .array(outcome.differences.map { DifferenceJSON.object($0, outcome.details[$0.path]) })
        ),
        ("unprovenLinks", .array(outcome.unprovenLinks.map(FindingsJSON.object))),
        ("forbiddenGit", .boolean(outcome.hasForbiddenGit)),
        (
          "skipped",
          outcome.skipped.map { skipped in
            .object([
              ("roles", .array(skipped.roles.map { .string($0.rawValue) })),
              ("entries", .integer(skipped.entries)), ("bytes", .unsigned(skipped.bytes)),
            ])
          }
        ),
        ("exclusions", ExclusionText.json(outcome.exclusions)),
        (
          "policy",
          outcome.policy.map { policy in
            .object([
              ("failOn", .string(policy.threshold.rawValue)),
              ("holds", .boolean(policy.failing.isEmpty)),
              ("findings", .array(policy.findings.map(FindingsJSON.object))),
            ])
          }
        ),
      ])
  }

  // MARK: SARIF

  package var sarif: [UInt8] {
    SARIF.log(
      models.map { model in
        let findings = (model.outcome.policy?.findings ?? model.outcome.unprovenLinks)
          .sorted { $0.finding < $1.finding }
        return SARIF.run(
          version: version, root: model.root,
          rules: DifferenceSARIF.rules + SARIF.rules(rules),
          results: DifferenceSARIF.results(model.outcome)
            + SARIF.results(findings, rules, offset: DifferenceSARIF.rules.count))
      })
  }
}
