internal import Synchronization

/// How far hashing is; written by the workers, read by whoever draws a progress line.
package final class HashProgress: Sendable {
  private let done = Atomic<UInt64>(0)
  private let planned = Atomic<UInt64>(0)
  private let whole = Atomic<Bool>(false)

  package init() {}

  /// Bytes hashed so far.
  package var bytesDone: UInt64 { done.load(ordering: .relaxed) }

  /// Bytes to hash altogether, as known so far.
  package var bytesTotal: UInt64 { planned.load(ordering: .relaxed) }

  /// Whether the size of every file is known, so that the total is final.
  package var isPlanned: Bool { whole.load(ordering: .relaxed) }

  func finishPlan() {
    whole.store(true, ordering: .relaxed)
  }

  /// Adds work to the total.
  package func plan(_ bytes: UInt64) {
    planned.wrappingAdd(bytes, ordering: .relaxed)
  }

  /// Adds to what is done.
  package func advance(_ bytes: UInt64) {
    done.wrappingAdd(bytes, ordering: .relaxed)
  }
}
