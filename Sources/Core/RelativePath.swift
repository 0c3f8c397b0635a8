/// A path below the root of a tree: components joined by `/`, compared and ordered by bytes.
///
/// Holds no empty component, no `.` or `..`, and never starts or ends with `/`. Swift's `String`
/// would take two normalisations of one name for equal; file systems do not, so bytes count.
package struct RelativePath: Hashable, Sendable {
  /// The path's bytes, UTF-8 without control characters.
  package let bytes: [UInt8]

  /// Checks `bytes` and wraps them.
  ///
  /// - Throws: `RelativePathError`, naming what makes the path unsafe.
  package init(bytes: [UInt8]) throws(RelativePathError) {
    if let problem = Self.problem(in: bytes) { throw problem }
    self.bytes = bytes
  }

  /// Checks `text` and wraps its UTF-8.
  package init(_ text: String) throws(RelativePathError) {
    try self.init(bytes: Array(text.utf8))
  }

  private init(trusted: [UInt8]) {
    bytes = trusted
  }

  /// The path one component deeper.
  package func appending(_ component: [UInt8]) throws(RelativePathError) -> RelativePath {
    try RelativePath(bytes: bytes + [UInt8(ascii: "/")] + component)
  }

  /// The components, in order; at least one.
  package var components: [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  }

  /// The last component.
  package var name: String {
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  /// The folder that holds this path, or nil at the top level.
  package var parent: RelativePath? {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return RelativePath(trusted: Array(bytes[..<slash]))
  }

  /// The last component's suffix after its last dot, lower case, without the dot; empty if none.
  package var suffix: String {
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    guard let dot = bytes[start...].lastIndex(of: UInt8(ascii: ".")), dot > start else { return "" }
    let suffix = bytes[(dot + 1)...]
    guard suffix.allSatisfy({ $0 < 0x80 }) else {
      return String(decoding: suffix, as: UTF8.self).lowercased()
    }
    // Asked for each file by many rules: no Unicode work where ASCII will do.
    let lower = suffix.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: lower, as: UTF8.self)
  }

  /// A member of an archive at this path, written `outer.zip!/inner/path`.
  package func member(_ inner: RelativePath) -> RelativePath {
    RelativePath(trusted: bytes + Array("!/".utf8) + inner.bytes)
  }
}

extension RelativePath: Comparable {
  package static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension RelativePath: CustomStringConvertible {
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Why bytes are no safe path below a root.
package enum RelativePathError: Error, Equatable, Sendable {
  case empty
  case absolute
  case emptyComponent
  case dotComponent
  case notUTF8
  case controlCharacter
}

extension RelativePathError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the path is empty"
    case .absolute: "the path is absolute"
    case .emptyComponent: "the path has an empty component"
    case .dotComponent: "the path has a component `.` or `..`"
    case .notUTF8: "the path is not UTF-8"
    case .controlCharacter: "the path holds a control character"
    }
  }
}

extension RelativePath {
  private static func problem(in bytes: [UInt8]) -> RelativePathError? {
    guard let first = bytes.first else { return .empty }
    if first == UInt8(ascii: "/") { return .absolute }
    // One pass, since every entry of a tree comes through here; paths are mostly ASCII.
    var isASCII = true
    var start = 0
    var problem: RelativePathError?
    for (place, byte) in bytes.enumerated() {
      if byte < 0x20 || byte == 0x7F { return .controlCharacter }
      if byte >= 0x80 { isASCII = false }
      guard byte == UInt8(ascii: "/") else { continue }
      problem = problem ?? componentProblem(in: bytes, from: start, to: place)
      start = place + 1
    }
    problem = problem ?? componentProblem(in: bytes, from: start, to: bytes.count)
    if !isASCII {
      guard let text = String(validating: bytes, as: UTF8.self) else { return .notUTF8 }
      // C1 controls and the bidirectional and line separators hide what a reviewer reads.
      if text.unicodeScalars.contains(where: Self.hidesText) { return .controlCharacter }
    }
    return problem
  }

  private static func componentProblem(
    in bytes: [UInt8], from start: Int, to end: Int
  ) -> RelativePathError? {
    if end == start { return .emptyComponent }
    guard end - start <= 2, bytes[start] == UInt8(ascii: "."), bytes[end - 1] == UInt8(ascii: ".")
    else { return nil }
    return .dotComponent
  }

  private static func hidesText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
