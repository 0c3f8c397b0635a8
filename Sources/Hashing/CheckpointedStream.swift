package import Core

/// SHA-256 of a stream of unknown length, with the chaining value at every full interval that lies
/// strictly before its end.
package struct CheckpointedStream: ~Copyable {
  /// What a finished stream had.
  package struct Result: Hashable, Sendable {
    /// Bytes.
    package let size: UInt64
    package let digest: SHA256Digest
    package let checkpoints: [SHA256Digest]
  }

  private var stream = SHA256Stream()
  private var checkpoints: [SHA256Digest] = []
  private let interval: UInt64

  /// - Parameter interval: bytes between checkpoints, a multiple of 64.
  package init(interval: UInt64 = Checkpoints.interval) {
    precondition(interval > 0 && interval % 64 == 0, "checkpoints lie between blocks")
    self.interval = interval
  }

  /// Takes in `bytes`.
  package mutating func update(_ bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let position = stream.length
      // The checkpoint of a boundary is taken once a byte follows: the end is no checkpoint.
      if position > 0, position % interval == 0, let value = stream.chainingValue {
        checkpoints.append(value)
      }
      let room = interval - position % interval
      let count = Int(min(UInt64(bytes.count - start), room))
      stream.update(bytes.extracting(start..<start + count))
      start += count
    }
  }

  /// Ends the stream.
  package consuming func finish() throws(HashingError) -> Result {
    let size = stream.length
    let checkpoints = checkpoints
    return Result(size: size, digest: try stream.finish(), checkpoints: checkpoints)
  }
}
