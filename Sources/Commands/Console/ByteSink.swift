package import Core
import Synchronization

/// Where bytes for people or programs go.
package protocol ByteSink: Sendable {
  /// Writes all of `bytes`; after the reader has gone, nothing.
  func write(_ bytes: [UInt8])

  /// What went wrong with an earlier write; a closed pipe is nothing wrong.
  var failure: (any ExplainedError)? { get }
}

/// A sink that keeps what it gets, for tests.
package final class CapturedBytes: ByteSink {
  private let bytes = Mutex<[UInt8]>([])

  package init() {}

  package func write(_ bytes: [UInt8]) {
    self.bytes.withLock { $0 += bytes }
  }

  package var failure: (any ExplainedError)? { nil }

  /// Everything written so far.
  package var text: String {
    bytes.withLock { String(decoding: $0, as: UTF8.self) }
  }
}
