internal import Glibc

extension SystemPath {
  /// The absolute path without links, `.` and `..`.
  ///
  /// - Throws: when something on the way does not exist or may not be searched.
  package func resolved() throws(FileSystemError) -> SystemPath {
    let text = bytes + [0]
    let found = unsafe text.withUnsafeBytes { buffer -> [UInt8]? in
      guard
        let resolved = unsafe realpath(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), nil)
      else { return nil }
      defer { unsafe free(resolved) }
      return unsafe [UInt8](UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }
    guard let found, let path = SystemPath(bytes: found) else {
      throw .last("resolve", description)
    }
    return path
  }
}
