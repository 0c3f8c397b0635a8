package import Core

/// How a run ended, as the shell sees it.
package enum ExitStatus: Int32, CaseIterable, Sendable {
  /// Everything asked for holds.
  case holds = 0
  /// The answer is no: bytes differ, or findings are not accepted.
  case refused = 1
  /// The command line, the configuration or a lockfile is not valid.
  case invalid = 2
  /// Could not finish; nothing was written.
  case unfinished = 3

  package init(_ kind: ErrorKind) {
    switch kind {
    case .refused: self = .refused
    case .invalid: self = .invalid
    case .unfinished: self = .unfinished
    }
  }

  /// For help and the README.
  package var meaning: String {
    switch self {
    case .holds: "everything asked for holds; for `lock`: the lockfile is written"
    case .refused:
      "the answer is no: bytes differ, or findings at or above the threshold are not accepted; "
        + "for `lock`: the content changed and `--update` is not given"
    case .invalid: "the command line, the configuration or a lockfile is not valid"
    case .unfinished:
      "could not finish: a file unreadable or changing underneath, an unsafe tree, no space; "
        + "nothing was written"
    }
  }
}
