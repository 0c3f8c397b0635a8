package import Hashing
import Synchronization

/// Counters of a running crawl, read by whoever draws the progress line.
package final class CrawlProgress: Sendable {
  /// What the hasher counts.
  package let hashing = HashProgress()
  private let found = Atomic<UInt64>(0)
  private let hashed = Atomic<UInt64>(0)
  private let listed = Atomic<Bool>(false)

  package init() {}

  /// Bytes to hash, as far as they are known.
  package var bytesFound: UInt64 { hashing.bytesTotal }
  package var bytesHashed: UInt64 { hashing.bytesDone }
  package var filesFound: UInt64 { found.load(ordering: .relaxed) }
  package var filesHashed: UInt64 { hashed.load(ordering: .relaxed) }
  /// Whether everything has been listed, so that the totals are final.
  package var isListed: Bool { listed.load(ordering: .relaxed) || hashing.isPlanned }

  func find(files count: Int) {
    found.wrappingAdd(UInt64(count), ordering: .relaxed)
  }

  func finishListing() {
    listed.store(true, ordering: .relaxed)
  }

  func finishFile() {
    hashed.wrappingAdd(1, ordering: .relaxed)
  }
}
