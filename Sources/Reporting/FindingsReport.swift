package import Core
package import Rules

/// What a scan has to say, whatever the format.
package struct FindingsReport: Sendable {
  /// The program's version, without its name.
  package let version: String
  /// The tree as the user named it.
  package let root: String
  /// In any order; the report sorts.
  package let findings: [JudgedFinding]
  /// The severity from which an open finding makes the answer no.
  package let threshold: Severity
  package let lines: SourceLines
  /// The rules that ran, for help texts.
  package let rules: [RuleDocumentation]
  /// How much was looked at.
  package let files: Int
  package let bytes: UInt64

  package init(
    version: String, root: String, findings: [JudgedFinding], threshold: Severity,
    lines: SourceLines = SourceLines(), rules: [RuleDocumentation], files: Int, bytes: UInt64
  ) {
    self.version = version
    self.root = root
    self.findings = findings.sorted { $0.finding < $1.finding }
    self.threshold = threshold
    self.lines = lines
    self.rules = rules
    self.files = files
    self.bytes = bytes
  }

  /// The findings that make the answer no.
  package var decisive: [JudgedFinding] {
    findings.filter { $0.isOpen && $0.finding.severity >= threshold }
  }
}
