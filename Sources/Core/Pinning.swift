/// How firmly the target of a download or dependency is fixed; ordered, `local` firmest.
package enum Pinning: String, CaseIterable, Comparable, Sendable {
  /// Provably no network.
  case local
  /// By a digest of the content.
  case content
  /// By a full commit: exactly 40 hexadecimal digits (64 for SHA-256 repositories).
  case commit
  /// By a digest inside a library that is itself pinned by version.
  case library
  /// By a registry version that is immutable by policy.
  case version
  /// By a tag, which can move. Abbreviated commits count here: they are ambiguous.
  case tag
  /// By a branch, the default branch, or nothing at all.
  case branch
  /// The target could not be resolved: said so, never taken as safe.
  case dynamic

  private var rank: Int { Pinning.allCases.firstIndex(of: self) ?? 0 }

  /// Orders by firmness: `local` is the least, `dynamic` the greatest.
  package static func < (left: Pinning, right: Pinning) -> Bool {
    left.rank < right.rank
  }

  /// Whether the bytes that arrive cannot change unnoticed: local, by content or by full commit.
  package var isFixed: Bool { self <= .commit }
}
