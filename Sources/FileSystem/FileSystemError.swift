package import Core
internal import Glibc

/// Why the system refused, or why what it gave cannot be used.
package enum FileSystemError: Error, Equatable, Sendable {
  /// A system call failed: what was being done ("open", "read"), to what, and `errno`.
  case system(operation: String, path: String, code: Int32)
  /// Something other than a regular file, folder or link stands there.
  case special(path: String, kind: EntryKind)
  /// A folder or link stands where a regular file was expected, or the like.
  case unexpectedKind(path: String, expected: EntryKind, found: EntryKind)
  /// More bytes than the caller can take.
  case tooLarge(path: String, limit: Int)
  /// Size, time stamps or identity differ from before the read: names what.
  case changedWhileRead(path: String, what: FileChange)
  /// Another process holds the temporary file of an atomic write.
  case busy(path: String)
  /// No program of that name in an absolute folder of `PATH`.
  case noProgram(name: String)
  /// Output or run of a child process went beyond what the caller allows.
  case childOutputTooLarge(program: String, limit: Int)
}

/// What about a file changed while it was read.
package enum FileChange: String, Equatable, Sendable {
  case grew
  case shrank
  case vanished
  case replaced
  case modified
}

extension FileSystemError: ExplainedError {
  package var description: String {
    switch self {
    case .system(let operation, let path, let code):
      "cannot \(operation) \(path): \(errnoText(code))"
    case .special(let path, let kind): "\(path) is \(kind.phrase), which cannot be hashed"
    case .unexpectedKind(let path, let expected, let found):
      "\(path) is \(found.phrase), not \(expected.phrase)"
    case .tooLarge(let path, let limit): "\(path) is larger than \(limit) bytes"
    case .changedWhileRead(let path, let what): "\(path) changed while read: \(what.phrase)"
    case .busy(let path): "\(path) is being written by another modelpin"
    case .noProgram(let name): "no program \(name) in PATH"
    case .childOutputTooLarge(let program, let limit):
      "\(program) wrote more than \(limit) bytes"
    }
  }

  /// What to do about it, when there is something.
  package var hint: String? {
    switch self {
    case .system(_, _, ENOSPC), .system(_, _, EDQUOT), .system(_, _, EFBIG):
      "free some space, or write elsewhere with --output"
    case .system(_, _, EROFS): "write elsewhere with --output"
    case .system(_, _, EACCES), .system(_, _, EPERM): "check the owner and the mode"
    case .system(_, _, EMFILE), .system(_, _, ENFILE): "raise the limit with `ulimit -n`"
    case .special: "remove it, or leave it out with --exclude"
    case .changedWhileRead: "wait until nothing writes into the tree, then run again"
    case .busy: "wait for it to end, then run again"
    case .system, .unexpectedKind, .tooLarge, .noProgram, .childOutputTooLarge: nil
    }
  }

  /// The description without the path, to follow a path and a colon.
  package var reason: String {
    switch self {
    case .system(let operation, _, let code): "cannot \(operation) it: \(errnoText(code))"
    case .special(_, let kind): "\(kind.phrase), which cannot be hashed"
    case .unexpectedKind(_, let expected, let found): "\(found.phrase), not \(expected.phrase)"
    case .tooLarge(_, let limit): "larger than \(limit) bytes"
    case .changedWhileRead(_, let what): "changed while read: \(what.phrase)"
    case .busy, .noProgram, .childOutputTooLarge: description
    }
  }

  package var kind: ErrorKind { .unfinished }

  /// `errno` of a failed system call; nil for everything else.
  package var code: Int32? {
    if case .system(_, _, let code) = self { code } else { nil }
  }

  /// Whether the thing asked for does not exist.
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether the system refused for lack of permission.
  package var isDenied: Bool { code == EACCES || code == EPERM }
}

extension FileChange {
  fileprivate var phrase: String {
    switch self {
    case .grew: "it grew"
    case .shrank: "it shrank"
    case .vanished: "it vanished"
    case .replaced: "another file took its place"
    case .modified: "it was modified"
    }
  }
}

/// The system's text for `code`, lower case, independent of the locale.
private func errnoText(_ code: Int32) -> String {
  // Not translated: the program never sets the locale of messages.
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  let words = unsafe String(cString: text)
  return words.prefix(1).lowercased() + words.dropFirst()
}

extension FileSystemError {
  /// The error of the system call that just failed, with `errno` as it stands.
  static func last(_ operation: String, _ path: String) -> FileSystemError {
    .system(operation: operation, path: path, code: errno)
  }
}
