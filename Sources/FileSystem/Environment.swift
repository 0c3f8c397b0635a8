internal import Glibc

/// What the operator's process is given besides its arguments.
package enum Environment {
  /// The bytes of the variable `name`; nil when unset.
  package static func bytes(_ name: String) -> [UInt8]? {
    guard let value = unsafe getenv(name) else { return nil }
    let length = unsafe strlen(value)
    return unsafe [UInt8](UnsafeRawBufferPointer(start: value, count: length))
  }

  /// The text of the variable `name`; nil when unset or not UTF-8.
  package static func text(_ name: String) -> String? {
    bytes(name).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// `TMPDIR` where it is absolute, or `/tmp`.
  package static var temporaryFolder: SystemPath {
    if let path = bytes("TMPDIR").flatMap({ SystemPath(bytes: $0) }), path.isAbsolute {
      return path
    }
    return SystemPath.root.appending(Array("tmp".utf8))
  }

  /// The absolute path of the working directory.
  package static func workingFolder() throws(FileSystemError) -> SystemPath {
    guard let text = unsafe getcwd(nil, 0) else {
      throw .last("find", "the working directory")
    }
    defer { unsafe free(text) }
    let length = unsafe strlen(text)
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: text, count: length))
    guard let path = SystemPath(bytes: bytes) else {
      throw .system(operation: "find", path: "the working directory", code: ENOENT)
    }
    return path
  }

  /// Cores that are online, at least one.
  package static var cores: Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
