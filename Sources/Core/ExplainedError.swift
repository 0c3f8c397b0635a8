/// An error that a user reads: what went wrong, and the next command to type.
///
/// The description is one line, lower case, without a full stop, and names path, position and
/// reason.
package protocol ExplainedError: Error, CustomStringConvertible {
  /// The way out, when there is one.
  var hint: String? { get }
  /// Whose mistake it was: it decides the exit status.
  var kind: ErrorKind { get }
}

extension ExplainedError {
  package var hint: String? { nil }
}

/// What an error says of the run.
package enum ErrorKind: Hashable, Sendable {
  /// The answer is no: status 1.
  case refused
  /// The command line, the configuration or a lockfile is not valid: status 2.
  case invalid
  /// Could not finish: an unreadable file, an unsafe tree, no space: status 3.
  case unfinished
}
