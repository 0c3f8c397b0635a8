import Core
import FileSystem
import Hashing
import TestSupport
import Testing

@Suite struct SHA256StreamTests {
  /// From FIPS 180-4's examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `known answers`(text: String, hex: String) throws {
    #expect(try SHA256Stream.digest(of: Array(text.utf8).span).hex == hex)
  }

  @Test func `any cut gives what EVP gives`() throws {
    var random = TestRandom(seed: 1)
    for _ in 0..<200 {
      let bytes = randomBytes(Int.random(in: 0..<3000, using: &random), &random)
      var stream = SHA256Stream()
      var start = 0
      while start < bytes.count {
        let end = Int.random(in: start...bytes.count, using: &random)
        stream.update(bytes.span.extracting(start..<end))
        start = end
      }
      let length = stream.length
      #expect(length == UInt64(bytes.count))
      let digest = try stream.finish()
      #expect(try digest == SHA256Stream.referenceDigest(of: bytes))
    }
  }

  @Test func `a stream resumes at every block`() throws {
    var random = TestRandom(seed: 2)
    let bytes = randomBytes(1000, &random)
    let whole = try SHA256Stream.referenceDigest(of: bytes)
    for cut in stride(from: 0, through: 960, by: 64) {
      var first = SHA256Stream()
      first.update(bytes.span.extracting(0..<cut))
      let value = first.chainingValue ?? zero
      var second = try resumed(at: value, length: UInt64(cut))
      second.update(bytes.span.extracting(cut..<1000))
      let digest = try second.finish()
      #expect(digest == whole)
    }
  }

  /// The counter of bits leaves its lower half at 512 MiB.
  @Test func `a stream resumes beyond 512 MiB`() throws {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var whole = SHA256Stream()
    for _ in 0..<520 { whole.update(zeros.span) }
    let value = whole.chainingValue ?? zero
    var second = try resumed(at: value, length: 520 << 20)
    whole.update(zeros.span)
    second.update(zeros.span)
    let digests = (try second.finish(), try whole.finish())
    #expect(digests.0 == digests.1)
  }

  @Test func `there is no chaining value inside a block`() throws {
    var stream = SHA256Stream()
    stream.update([1, 2, 3].span)
    let value = stream.chainingValue
    #expect(value == nil)
    let digest = try SHA256Stream.digest(of: [1, 2, 3].span)
    for length: UInt64 in [1, 63, 65, 1 << 61, UInt64.max - 63] {
      let refused = SHA256Stream(resumingAt: digest, length: length) == nil
      #expect(refused)
    }
  }

  private let zero = SHA256Digest(words: (0, 0, 0, 0))

  private func resumed(at value: SHA256Digest, length: UInt64) throws -> SHA256Stream {
    guard let stream = SHA256Stream(resumingAt: value, length: length) else {
      throw HashingError.libcrypto
    }
    return stream
  }
}

@Suite struct CheckpointedStreamTests {
  @Test(arguments: [0, 1, 127, 128, 129, 255, 256, 257, 1000])
  func `checkpoints lie strictly before the end`(size: Int) throws {
    var random = TestRandom(seed: UInt64(size))
    let bytes = randomBytes(size, &random)
    for _ in 0..<20 {
      var stream = CheckpointedStream(interval: 128)
      var start = 0
      while start < size {
        let end = Int.random(in: start...size, using: &random)
        stream.update(bytes.span.extracting(start..<end))
        start = end
      }
      let result = try stream.finish()
      #expect(result.size == UInt64(size))
      #expect(result.digest == (try SHA256Stream.referenceDigest(of: bytes)))
      #expect(result.checkpoints.count == Checkpoints.count(size: UInt64(size), interval: 128))
      for (index, checkpoint) in result.checkpoints.enumerated() {
        var prefix = SHA256Stream()
        prefix.update(bytes.span.extracting(0..<(index + 1) * 128))
        let value = prefix.chainingValue
        #expect(value == checkpoint)
      }
    }
  }

  @Test func `sizes at the edge of 64 MiB`() {
    #expect(Checkpoints.count(size: 64 << 20) == 0)
    #expect(Checkpoints.count(size: 64 << 20 + 1) == 1)
    #expect(Checkpoints.count(size: 0) == 0)
    #expect(Checkpoints.count(size: .max, interval: 64) == Int((UInt64.max - 1) / 64))
  }
}

/// `count` bytes from `random`.
func randomBytes(_ count: Int, _ random: inout TestRandom) -> [UInt8] {
  (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}
