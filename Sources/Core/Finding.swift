/// The name of a rule: `family/name` in kebab case.
package struct RuleID: Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  package init(stringLiteral value: String) {
    text = value
  }

  /// The part before the slash: download, execution, dependency, weights, repository, …
  package var family: String {
    String(text.prefix { $0 != "/" })
  }

  package var description: String { text }

  package static func < (left: RuleID, right: RuleID) -> Bool { left.text < right.text }
}

/// What a download or a dependency refers to; it becomes a line of the lockfile.
package enum Reference: Hashable, Sendable {
  /// Something fetched: `target` is resolved as far as possible (`org/base`, an address, an image),
  /// `revision` what it asks for, nil when it names none.
  case download(target: String, revision: String?)
  /// A dependency: `requirement` as declared, empty when it names none.
  case dependency(ecosystem: String, name: String, requirement: String)
}

/// One step of how a value got to where it is used.
package struct TraceStep: Hashable, Sendable {
  package let location: Location
  package let note: String

  package init(_ location: Location, _ note: String) {
    self.location = location
    self.note = note
  }
}

/// What a rule has to say about one place.
package struct Finding: Hashable, Sendable {
  package let rule: RuleID
  package let severity: Severity
  package let location: Location
  /// One sentence with the resolved target, lower case, no full stop.
  package let message: String
  /// How firmly the target is fixed; nil where the rule is not about a target.
  package let pinning: Pinning?
  /// What is referred to; recorded in the lockfile whatever the severity.
  package let reference: Reference?
  /// How the value got there, when it crossed a function or a file.
  package let trace: [TraceStep]
  /// What to write instead.
  package let fix: String
  /// The construct's source with white space and comments normalised: part of the fingerprint, so
  /// that a finding keeps its identity when lines move and loses it when the meaning changes.
  package let construct: String

  package init(
    _ rule: RuleID, _ severity: Severity, at location: Location, _ message: String,
    pinning: Pinning? = nil, reference: Reference? = nil, trace: [TraceStep] = [],
    fix: String, construct: String
  ) {
    self.rule = rule
    self.severity = severity
    self.location = location
    self.message = message
    self.pinning = pinning
    self.reference = reference
    self.trace = trace
    self.fix = fix
    self.construct = construct
  }
}

extension Finding: Comparable {
  /// By place, then by rule and message: the order of every report.
  package static func < (left: Finding, right: Finding) -> Bool {
    if left.location != right.location { return left.location < right.location }
    if left.rule != right.rule { return left.rule < right.rule }
    return left.message < right.message
  }
}
