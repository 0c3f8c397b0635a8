/// A finding together with its fingerprint and the operator's word on it.
package struct JudgedFinding: Hashable, Sendable {
  /// Whether somebody accepted a finding.
  package enum Judgement: Hashable, Sendable {
    /// Nobody did.
    case open
    /// The configuration accepts it until and including `expires`.
    case accepted(reason: String, expires: CalendarDate)
    /// It was accepted, but no longer: it counts as open.
    case expired(reason: String, expires: CalendarDate)
  }

  package let finding: Finding
  /// 64 lower-case hexadecimal digits, stable when lines move and changed when the meaning does.
  package let fingerprint: String
  package let judgement: Judgement

  package init(_ finding: Finding, fingerprint: String, judgement: Judgement = .open) {
    self.finding = finding
    self.fingerprint = fingerprint
    self.judgement = judgement
  }

  /// Whether a judgement is still due: neither accepted nor mere inventory.
  package var isOpen: Bool {
    if case .accepted = judgement { return false }
    return finding.severity > .info
  }
}
