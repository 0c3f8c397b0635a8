import Core

/// How much of one archive of the tree may still be looked at, everything nested included.
final class Nesting {
  private(set) var depth = 0
  private var members: Int
  private var bytes: UInt64
  private let limits: CrawlLimits

  init(_ limits: CrawlLimits) {
    self.limits = limits
    members = limits.nestedMembers
    bytes = limits.nestedBytes
  }

  /// Runs `body` one level deeper; nil when that is too deep.
  func deeper<Result>(_ body: () -> Result) -> Result? {
    guard depth < limits.nestingDepth else { return nil }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  /// Takes a member and its bytes from what is left; false when nothing is.
  func take(members count: Int = 0, bytes size: UInt64) -> Bool {
    guard members >= count, bytes >= size else { return false }
    members -= count
    bytes -= size
    return true
  }
}
