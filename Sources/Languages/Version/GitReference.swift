/// How firmly the name of a revision in a git repository fixes what is fetched.
package enum GitReference: Hashable, Sendable {
  /// A full object name: 40 hexadecimal digits, or 64 in repositories of SHA-256.
  case commit
  /// What looks like a version or an abbreviated commit: it can move or become ambiguous.
  case tag
  /// Anything else: a branch, or something that cannot be told from one.
  case branch

  /// Judges the text of a revision.
  package init(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let isHex = bytes.allSatisfy { (TOMLParser.digit($0) ?? 99) < 16 }
    if isHex, bytes.count == 40 || bytes.count == 64 {
      self = .commit
    } else if Self.looksLikeVersion(bytes) || (isHex && (7...39).contains(bytes.count))
      || text.hasPrefix("refs/tags/")
    {
      self = .tag
    } else {
      self = .branch
    }
  }

  /// A digit after an optional word such as `v`, `release-`, `name/`: `v4`, `1.2.3`, `release-1.0`.
  private static func looksLikeVersion(_ bytes: [UInt8]) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard let first = bytes.firstIndex(where: isDigit) else { return false }
    if first == 0 { return true }
    switch bytes[first - 1] {
    case UInt8(ascii: "v"), UInt8(ascii: "V"): return true
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "@"):
      // `feature-2` is a branch, `release-1.0` a version.
      return bytes[first...].contains(UInt8(ascii: "."))
    default: return bytes[first...].contains(UInt8(ascii: ".")) && first <= 3
    }
  }
}
