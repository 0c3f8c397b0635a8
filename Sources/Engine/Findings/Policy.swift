package import Core

/// The operator's word on findings: which are accepted, on a given day.
package struct Policy: Sendable {
  private let path: String
  private let acceptances: [String: Configuration.Acceptance]
  private let today: CalendarDate

  /// What `configuration` accepts on `today`.
  package init(_ configuration: Configuration?, today: CalendarDate) {
    path = configuration?.path ?? ""
    self.today = today
    acceptances = Dictionary(
      (configuration?.acceptances ?? []).map { ($0.fingerprint, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The finding with the operator's word on it.
  ///
  /// - Throws: `EngineError.configuration` when the acceptance's rule or path is not the finding's:
  ///   whoever reads the configuration would be misled.
  package func judge(
    _ finding: Finding, fingerprint: String
  ) throws(EngineError) -> JudgedFinding {
    guard let acceptance = acceptances[fingerprint] else {
      return JudgedFinding(finding, fingerprint: fingerprint)
    }
    if acceptance.rule != finding.rule {
      throw .configuration(
        path: path, line: acceptance.line,
        reason: "the accepted finding is of rule `\(finding.rule)`, not `\(acceptance.rule)`")
    }
    let place = finding.location.path.description
    if !acceptance.path.utf8.elementsEqual(place.utf8) {
      throw .configuration(
        path: path, line: acceptance.line,
        reason: "the accepted finding is in `\(place)`, not `\(acceptance.path)`")
    }
    let judgement: JudgedFinding.Judgement =
      acceptance.expires < today
      ? .expired(reason: acceptance.reason, expires: acceptance.expires)
      : .accepted(reason: acceptance.reason, expires: acceptance.expires)
    return JudgedFinding(finding, fingerprint: fingerprint, judgement: judgement)
  }

  /// Acceptances that no finding of a whole scan has: the reason for them is gone.
  package func unused(_ findings: [JudgedFinding]) -> [Configuration.Acceptance] {
    let known = Set(findings.map(\.fingerprint))
    return acceptances.values.filter { !known.contains($0.fingerprint) }
      .sorted { ($0.line, $0.fingerprint) < ($1.line, $1.fingerprint) }
  }
}

extension Collection<JudgedFinding> {
  /// The open findings at or above `threshold`: those that make the answer no.
  package func failing(at threshold: Severity) -> [JudgedFinding] {
    filter { $0.isOpen && $0.finding.severity >= threshold }
  }
}
