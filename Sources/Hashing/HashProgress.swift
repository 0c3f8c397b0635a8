internal import Synchronization

/// How far hashing is; written by the workers, read by whoever draws a progress line.
package final class HashProgress: Sendable {
  private let done = Atomic<UInt64>(0)
  private let planned = Atomic<UInt64>(0)

  package init() {}

  /// Bytes hashed so far.
  package var bytesDone: UInt64 { done.load(ordering: .relaxed) }

  /// Bytes to hash altogether, as known so far.
  package var bytesTotal: UInt64 { planned.load(ordering: .relaxed) }

  /// Adds work to the total.
  package func plan(_ bytes: UInt64) {
    planned.wrappingAdd(bytes, ordering: .relaxed)
  }

  /// Adds to what is done.
  package func advance(_ bytes: UInt64) {
    done.wrappingAdd(bytes, ordering: .relaxed)
  }
}
