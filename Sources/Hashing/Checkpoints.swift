/// Where checkpoints lie.
package enum Checkpoints {
  /// Bytes between two checkpoints in a lockfile: 64 MiB.
  package static let interval: UInt64 = 64 << 20

  /// How many checkpoints a file of `size` bytes has: boundaries strictly before its end.
  package static func count(size: UInt64, interval: UInt64 = Self.interval) -> Int {
    size == 0 ? 0 : Int(clamping: (size - 1) / interval)
  }
}
