internal import COpenSSL
package import Core

/// Streaming SHA-256 over libcrypto's low-level interface, which shows the chaining value.
///
/// Not copyable, so that nobody goes on from a state that was already finished.
@safe
package struct SHA256Stream: ~Copyable {
  private var context: SHA256_CTX
  /// Bytes hashed so far, those before the start of a resumed stream included.
  package private(set) var length: UInt64
  private var isSound: Bool

  /// A stream at its start.
  package init() {
    context = SHA256_CTX()
    length = 0
    isSound = unsafe SHA256_Init(&context) == 1
  }

  /// A stream that goes on after `length` bytes that led to `chainingValue`.
  ///
  /// - Returns: nil unless `length` is a multiple of the block size of 64 bytes, and below 2^61.
  package init?(resumingAt chainingValue: SHA256Digest, length: UInt64) {
    guard length % 64 == 0, length < 1 << 61 else { return nil }
    self.init()
    let words = chainingValue.stateWords
    context.h = (
      words.0, words.1, words.2, words.3, words.4, words.5, words.6, words.7
    )
    // The counter is in bits, in two halves.
    context.Nl = UInt32(truncatingIfNeeded: length << 3)
    context.Nh = UInt32(truncatingIfNeeded: length >> 29)
    self.length = length
  }

  /// Takes in `bytes`.
  package mutating func update(_ bytes: Span<UInt8>) {
    let done = unsafe bytes.withUnsafeBufferPointer {
      unsafe SHA256_Update(&context, $0.baseAddress, $0.count)
    }
    length &+= UInt64(bytes.count)
    isSound = isSound && done == 1
  }

  /// The eight state words, big-endian, after whole blocks of 64 bytes; nil in the middle of one.
  package var chainingValue: SHA256Digest? {
    guard isSound, context.num == 0 else { return nil }
    return SHA256Digest(stateWords: context.h)
  }

  /// Ends the stream.
  ///
  /// - Throws: `libcrypto` when a call was refused, which no build of it is known to do.
  package consuming func finish() throws(HashingError) -> SHA256Digest {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let done = unsafe withUnsafeMutableBytes(of: &words) { bytes in
      unsafe SHA256_Final(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), &context)
    }
    guard isSound, done == 1 else { throw .libcrypto }
    return SHA256Digest(
      words: (
        UInt64(bigEndian: words.0), UInt64(bigEndian: words.1), UInt64(bigEndian: words.2),
        UInt64(bigEndian: words.3)
      ))
  }

  /// The digest of `bytes` at once.
  package static func digest(of bytes: Span<UInt8>) throws(HashingError) -> SHA256Digest {
    var stream = SHA256Stream()
    stream.update(bytes)
    return try stream.finish()
  }

  /// What libcrypto's EVP interface computes: the authority that the streams are tested against.
  package static func referenceDigest(of bytes: [UInt8]) throws(HashingError) -> SHA256Digest {
    var output = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    var length: UInt32 = 0
    let done = unsafe EVP_Digest(bytes, bytes.count, &output, &length, EVP_sha256(), nil)
    guard done == 1, let digest = SHA256Digest(output.prefix(Int(length))) else { throw .libcrypto }
    return digest
  }
}
