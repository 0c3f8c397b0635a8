package import Core
package import JSON

/// Why bytes are no lockfile, and on which line.
package struct LockfileError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// No JSON.
    case syntax(JSONError.Reason)
    /// Nothing at all.
    case empty
    /// A version control system's conflict marker stands there.
    case mergeConflict
    /// A version that this program does not know.
    case version(String)
    case unknownKey(String, in: String)
    case duplicateKey(String, in: String)
    case missingKey(String, in: String)
    /// A value of another type, or out of range.
    case expected(String, for: String)
    case unsafePath(String, RelativePathError)
    /// Entries or records that do not follow the one before in byte order.
    case unsorted(String)
    /// The same path or record twice.
    case duplicate(String)
    /// The recorded pin is not the one of the recorded entries.
    case pinMismatch(recorded: SHA256Digest, computed: SHA256Digest)
    /// A checkpoint list for a path that no file entry has, or of another length.
    case checkpoints(String)
    /// A line or string that is longer than any lockfile's.
    case tooLong(limit: Int)
    /// libcrypto failed.
    case hashing(String)
  }

  /// 1-based; 0 when no line is to blame.
  package let line: Int
  package let reason: Reason

  package init(_ reason: Reason, line: Int) {
    self.reason = reason
    self.line = line
  }
}

extension LockfileError: ExplainedError {
  package var description: String {
    line > 0 ? "line \(line): \(text)" : text
  }

  private var text: String {
    switch reason {
    case .syntax(let reason): reason.description
    case .empty: "the lockfile is empty"
    case .mergeConflict: "a merge conflict marker stands in the lockfile"
    case .version(let found):
      "lockfileVersion is \(found), and this program reads version \(Lockfile.version)"
    case .unknownKey(let key, let place): "`\(key)` is no key of \(place)"
    case .duplicateKey(let key, let place): "the key `\(key)` stands twice in \(place)"
    case .missingKey(let key, let place): "the key `\(key)` is missing in \(place)"
    case .expected(let expected, let key): "`\(key)` has to be \(expected)"
    case .unsafePath(let path, let problem): "unsafe path `\(path)`: \(problem)"
    case .unsorted(let record): "`\(record)` is not in byte order"
    case .duplicate(let record): "`\(record)` stands twice"
    case .pinMismatch(let recorded, let computed):
      "the pin does not match the entries: recorded sha256:\(recorded), computed sha256:\(computed)"
    case .checkpoints(let path): "the checkpoints of `\(path)` fit no file of the lockfile"
    case .tooLong(let limit): "longer than \(limit) bytes"
    case .hashing(let reason): reason
    }
  }

  package var hint: String? {
    switch reason {
    case .mergeConflict:
      "resolve the conflict in the model's files, then lock again: `modelpin lock --update`"
    case .version: "install the version of modelpin that wrote it, or \(Self.again)"
    case .syntax(.unexpectedEnd), .empty:
      "the file was cut short; restore it from version control or \(Self.again)"
    case .pinMismatch:
      "somebody edited the lockfile by hand; restore it from version control or \(Self.again)"
    case .hashing: nil
    default: "restore the lockfile from version control or \(Self.again)"
    }
  }

  private static let again = "lock again: `modelpin lock --update`"

  package var kind: ErrorKind {
    if case .hashing = reason { .unfinished } else { .invalid }
  }
}
