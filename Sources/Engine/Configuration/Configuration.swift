package import Core

/// What the operator's configuration says. It is named by the operator, never looked for.
package struct Configuration: Hashable, Sendable {
  /// The file it was read from, as named.
  package let path: String
  /// Patterns of what is left out.
  package let exclude: [String]
  /// The severity from which on findings fail a scan; nil when not configured.
  package let failOn: Severity?
  /// Whether a `.git` folder at the root is tolerated when a pin is verified.
  package let allowsRootGit: Bool
  package let acceptances: [Acceptance]
  package let models: [Model]

  package init(
    path: String, exclude: [String] = [], failOn: Severity? = nil, allowsRootGit: Bool = false,
    acceptances: [Acceptance] = [], models: [Model] = []
  ) {
    self.path = path
    self.exclude = exclude
    self.failOn = failOn
    self.allowsRootGit = allowsRootGit
    self.acceptances = acceptances
    self.models = models
  }

  /// A finding that somebody looked at and accepts for a time.
  package struct Acceptance: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits.
    package let fingerprint: String
    /// For the reader; checked against the finding.
    package let rule: RuleID
    /// For the reader; checked against the finding. May be `outer.zip!/inner/path`.
    package let path: String
    package let reason: String
    /// When it was written.
    package let reviewed: CalendarDate?
    /// The last day on which it counts.
    package let expires: CalendarDate
    /// Where its table begins in the configuration.
    package let line: Int

    package init(
      fingerprint: String, rule: RuleID, path: String, reason: String, reviewed: CalendarDate?,
      expires: CalendarDate, line: Int = 0
    ) {
      self.fingerprint = fingerprint
      self.rule = rule
      self.path = path
      self.reason = reason
      self.reviewed = reviewed
      self.expires = expires
      self.line = line
    }
  }

  /// One of several models of a repository.
  package struct Model: Hashable, Sendable {
    /// The tree, relative to the working directory, as a path on the command line would be.
    package let path: String
    /// The lockfile; nil for the usual place in the tree.
    package let lockfile: String?
    package let pin: SHA256Digest?
    /// Where its table begins in the configuration.
    package let line: Int

    package init(path: String, lockfile: String?, pin: SHA256Digest?, line: Int = 0) {
      self.path = path
      self.lockfile = lockfile
      self.pin = pin
      self.line = line
    }
  }
}
