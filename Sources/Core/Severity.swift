/// How much a finding matters; ordered, `info` lowest.
///
/// `info` is inventory: a fact worth recording that nobody has to act on.
package enum Severity: String, CaseIterable, Comparable, Sendable {
  case info, low, medium, high, critical

  private var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  /// The severity `steps` away (negative: lower), never above critical; `floor` bounds it below.
  package func moved(by steps: Int, floor: Severity = .low) -> Severity {
    let lowest = min(floor.rank, rank)
    let target = Swift.max(lowest, Swift.min(4, rank + steps))
    return Severity.allCases.first { $0.rank == target } ?? self
  }
}
