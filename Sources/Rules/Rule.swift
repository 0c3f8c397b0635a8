package import Core

/// The documentation that `modelpin explain`, SARIF help texts and the rules page come from.
package struct RuleDocumentation: Sendable {
  package let id: RuleID
  /// The severity of the rule's usual case; a finding's own may differ with context.
  package let severity: Severity
  /// One sentence: the flaw.
  package let summary: String
  /// Why it matters.
  package let why: String
  /// What to do instead.
  package let fix: String
  /// Source that is reported, and the same thing done right.
  package let example: (bad: String, good: String)?

  package init(
    id: RuleID, severity: Severity, summary: String, why: String, fix: String,
    example: (bad: String, good: String)? = nil
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.why = why
    self.fix = fix
    self.example = example
  }
}

/// A rule: documentation, and a pure function from an analysed repository to findings.
package protocol Rule: Sendable {
  static var documentation: RuleDocumentation { get }

  init()

  /// Everything that this rule has to say; order does not matter.
  func findings(in subject: Subject) -> [Finding]
}

extension Rule {
  /// The rule's name.
  package static var id: RuleID { documentation.id }
}
