/// Why an archive could not be read, or must not be trusted.
package enum ArchiveError: Error, Equatable, Sendable {
  /// Neither tar, zip nor 7z.
  case unrecognised
  /// Damaged, cut short, or not what its format says.
  case damaged(String)
  /// Two readers would see different content.
  case ambiguous(String)
  /// A member that the archive's format allows and a tree cannot hold.
  case member(path: [UInt8], reason: String)
  /// A limit on members, bytes or compression.
  case limit(String)
  case encrypted
  /// The bytes themselves could not be read.
  case unreadable(String)
}

extension ArchiveError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unrecognised: "not a tar, zip or 7z archive"
    case .damaged(let reason): reason
    case .ambiguous(let reason): reason
    case .member(let path, let reason): "member \(shown(path)): \(reason)"
    case .limit(let reason): reason
    case .encrypted: "encrypted"
    case .unreadable(let reason): reason
    }
  }
}

/// A member's name for a message: what is no printable ASCII or UTF-8 is escaped.
func shown(_ name: [UInt8]) -> String {
  let text = String(decoding: name.prefix(4096), as: UTF8.self)
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
      result += "\\u{\(String(scalar.value, radix: 16))}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
