import Core
import FileSystem
import Hashing
import TestSupport
import Testing

@Suite struct RangeVerificationTests {
  private static let interval = Int(HashTree.interval)

  /// The maximal ranges of whole intervals in which `left` and `right` differ.
  private static func differences(_ left: [UInt8], _ right: [UInt8]) -> [Range<UInt64>] {
    var ranges: [Range<UInt64>] = []
    for start in stride(from: 0, to: left.count, by: interval) {
      let end = min(start + interval, left.count)
      if left[start..<end] == right[start..<end] { continue }
      if let last = ranges.last, last.upperBound == UInt64(start) {
        ranges[ranges.count - 1] = last.lowerBound..<UInt64(end)
      } else {
        ranges.append(UInt64(start)..<UInt64(end))
      }
    }
    return ranges
  }

  @Test(arguments: [1, 2, 5])
  func `every set of changed bytes is named exactly`(workers: Int) throws {
    var random = TestRandom(seed: UInt64(workers))
    for _ in 0..<40 {
      let size = Int.random(in: Self.interval + 1...12 * Self.interval, using: &random)
      let original = randomBytes(size, &random)
      var changed = original
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        changed[Int.random(in: 0..<size, using: &random)] ^=
          1 << UInt8.random(in: 0...7, using: &random)
      }
      let tree = try HashTree([("f", changed)])
      let job = try tree.job("f", expected: try ExpectedHash(of: original))
      let hashed = try #require(try tree.hash([job], workers: workers).first).get()
      let ranges = Self.differences(original, changed)
      #expect(hashed.comparison == (ranges.isEmpty ? .same : .different(ranges: ranges)))
      let actual = try ExpectedHash(of: changed)
      #expect(hashed.digest == actual.digest)
      #expect(hashed.checkpoints == actual.checkpoints)
    }
  }

  @Test func `damaged checkpoints are told from other bytes`() throws {
    var random = TestRandom(seed: 8)
    let bytes = randomBytes(10 * Self.interval + 17, &random)
    let right = try ExpectedHash(of: bytes)
    let tree = try HashTree([("f", bytes)])
    for damaged in [[0], [9], [4], [2, 3], [0, 5, 9], Array(0..<10)] {
      var checkpoints = right.checkpoints
      for index in damaged { checkpoints[index] = right.digest }
      let job = try tree.job("f", expected: right.with(checkpoints: checkpoints))
      let hashed = try #require(try tree.hash([job]).first).get()
      #expect(hashed.comparison == .damagedCheckpoints(damaged))
      #expect(hashed.digest == right.digest)
      #expect(hashed.checkpoints == right.checkpoints)
    }
  }

  @Test func `other bytes count for more than a damaged checkpoint`() throws {
    var random = TestRandom(seed: 9)
    let original = randomBytes(10 * Self.interval, &random)
    var changed = original
    changed[7 * Self.interval + 3] ^= 1
    let right = try ExpectedHash(of: original)
    var checkpoints = right.checkpoints
    checkpoints[2] = right.digest
    let tree = try HashTree([("f", changed)])
    let job = try tree.job("f", expected: right.with(checkpoints: checkpoints))
    let hashed = try #require(try tree.hash([job]).first).get()
    let start = 7 * HashTree.interval
    #expect(hashed.comparison == .different(ranges: [start..<start + HashTree.interval]))
    let actual = try ExpectedHash(of: changed)
    #expect(hashed.digest == actual.digest)
    #expect(hashed.checkpoints == actual.checkpoints)
  }

  /// Checkpoints are only helpers: those of another file prove nothing about this one.
  @Test func `checkpoints of an attacker's file do not pass for the digest`() throws {
    var random = TestRandom(seed: 10)
    let original = randomBytes(5 * Self.interval, &random)
    let planted = randomBytes(5 * Self.interval, &random)
    let expected = try ExpectedHash(of: original).with(
      checkpoints: try ExpectedHash(of: planted).checkpoints)
    let tree = try HashTree([("f", planted)])
    let job = try tree.job("f", expected: expected)
    let hashed = try #require(try tree.hash([job]).first).get()
    let start = 4 * HashTree.interval
    #expect(hashed.comparison == .different(ranges: [start..<start + HashTree.interval]))
    #expect(hashed.digest == (try ExpectedHash(of: planted).digest))
  }

  @Test func `a file of another size differs from its first changed interval on`() throws {
    var random = TestRandom(seed: 11)
    let original = randomBytes(5 * Self.interval, &random)
    let grown = original + [1]
    let cut = Array(original[..<(3 * Self.interval + 9)])
    let expected = try ExpectedHash(of: original)
    let tree = try HashTree([("grown", grown), ("cut", cut)])
    let results = try tree.hash([
      try tree.job("grown", expected: expected), try tree.job("cut", expected: expected),
    ])
    // The last expected interval ends in the digest, which tells nothing of a longer file's.
    let interval = HashTree.interval
    #expect(
      try results.map { try $0.get().comparison } == [
        .different(ranges: [4 * interval..<5 * interval + 1]),
        .different(ranges: [3 * interval..<3 * interval + 9]),
      ])
    #expect(try results[0].get().digest == (try ExpectedHash(of: grown).digest))
    #expect(try results[1].get().digest == (try ExpectedHash(of: cut).digest))
  }
}
