package import Synchronization

/// Counters of a running crawl, read by whoever draws the progress line.
package final class CrawlProgress: Sendable {
  /// Bytes to hash, as far as they are known.
  package let bytesFound = Atomic<UInt64>(0)
  package let bytesHashed = Atomic<UInt64>(0)
  package let filesFound = Atomic<UInt64>(0)
  package let filesHashed = Atomic<UInt64>(0)
  /// Whether everything has been listed, so that the totals are final.
  package let isListed = Atomic<Bool>(false)
  /// Set by an interrupt: workers stop at the next buffer and the crawl throws `.interrupted`.
  package let isInterrupted = Atomic<Bool>(false)

  package init() {}
}
