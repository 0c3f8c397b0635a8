package import Core
package import FileSystem

/// Why a file could not be hashed.
package enum HashingError: Error, Equatable, Sendable {
  /// It could not be read, or changed while it was.
  case file(FileSystemError)
  /// libcrypto refused to compute.
  case libcrypto
}

extension HashingError: ExplainedError {
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .libcrypto: "libcrypto refused to compute SHA-256"
    }
  }

  /// What to do about it, when there is something.
  package var hint: String? {
    switch self {
    case .file(let error): error.hint
    case .libcrypto: nil
    }
  }

  /// Whatever the reason, hashing did not finish.
  package var kind: ErrorKind { .unfinished }
}
