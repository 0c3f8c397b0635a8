import Core
import FileSystem
import Hashing
import TestSupport
import Testing

@Suite struct FileHasherTests {
  private static func files(seed: UInt64) -> [(String, [UInt8])] {
    var random = TestRandom(seed: seed)
    let sizes = [0, 1, 63, 64, 255, 256, 257, 5000, 1 << 20, 1 << 20 + 1, 3 << 20]
    return sizes.enumerated().map { index, size in
      ("d\(index % 3)/f\(index)", randomBytes(size, &random))
    }
  }

  @Test(arguments: [1, 2, 7])
  func `digests are EVP's, in the jobs' order, whatever the workers`(workers: Int) throws {
    let files = Self.files(seed: 3)
    let tree = try HashTree(files)
    let results = try tree.hash(workers: workers)
    #expect(results.count == files.count)
    for ((path, bytes), result) in zip(files, results) {
      let hashed = try result.get()
      #expect(hashed.digest == (try SHA256Stream.referenceDigest(of: bytes)), "\(path)")
      #expect(hashed.facts.size == UInt64(bytes.count))
      #expect(hashed.comparison == .none)
    }
  }

  @Test(arguments: [1, 2, 7])
  func `files that nobody looked at before give the same`(workers: Int) throws {
    let tree = try HashTree(Self.files(seed: 4))
    let seen = try tree.hash(workers: workers).map { try $0.get() }
    let unseen = tree.jobs.map { HashJob($0.path) }
    #expect(try tree.hash(unseen, workers: workers).map { try $0.get() } == seen)
    // Some known, some not.
    let mixed = zip(tree.jobs, unseen).enumerated().map { $0 % 2 == 0 ? $1.0 : $1.1 }
    #expect(try tree.hash(mixed, workers: workers).map { try $0.get() } == seen)
  }

  @Test func `a file that nobody looked at must stay what it was when opened`() throws {
    for size in [100, 5000] {
      let tree = try HashTree([("f", [UInt8](repeating: 1, count: size))])
      let folder = tree.folder
      let results = try tree.hash([HashJob(tree.jobs[0].path)], workers: 1) { _, offset in
        if offset == 0 { try? folder.write([UInt8](repeating: 2, count: size + 1), to: "f") }
      }
      #expect(throws: HashingError.self) { try results.first?.get() }
    }
    // Gone, or something else, between listing and opening.
    let tree = try HashTree([("gone", [1]), ("link", [2])])
    try tree.folder.remove("gone")
    try tree.folder.remove("link")
    try tree.folder.link("link", to: "gone")
    for result in try tree.hash(tree.jobs.map { HashJob($0.path) }) {
      #expect(throws: HashingError.self) { try result.get() }
    }
  }

  @Test func `the very bytes that were hashed are inspected`() throws {
    let files = Self.files(seed: 4)
    let tree = try HashTree(files)
    let hasher = FileHasher(pool: WorkerPool(jobs: 2))
    let seen = hasher.hash(tree.jobs, roots: [try tree.root()]) { _, hashed, bytes, file in
      let tail = try? file.bytes(in: 0..<hashed.facts.size, "")
      return ([UInt8](copying: bytes), tail)
    }
    for ((_, bytes), result) in zip(files, seen) {
      let (head, whole) = try result.get()
      #expect(head == Array(bytes.prefix(FileHasher.wholeLimit)))
      #expect(whole == bytes)
    }
  }

  @Test func `files below several roots are told apart`() throws {
    let first = try HashTree([("f", [1]), ("d/f", [2])])
    let second = try HashTree([("f", [3])])
    let other = try second.job("f")
    let jobs = first.jobs + [HashJob(other.path, facts: other.facts, root: 1)] + first.jobs
    let results = FileHasher().hash(jobs, roots: [try first.root(), try second.root()]) {
      _, _, bytes, _ in bytes.count == 1 ? bytes[0] : 0
    }
    #expect(try results.map { try $0.get() } == [1, 2, 3, 1, 2])
  }

  @Test func `progress counts every byte`() throws {
    let files = Self.files(seed: 5)
    let tree = try HashTree(files)
    let progress = HashProgress()
    let hasher = FileHasher(pool: WorkerPool(jobs: 2), progress: progress)
    #expect(!progress.isPlanned)
    // Half of them looked at before, half not.
    let jobs = tree.jobs.enumerated().map { $0 % 2 == 0 ? $1 : HashJob($1.path) }
    _ = hasher.hash(jobs, roots: [try tree.root()]) { _, _, _, _ in }
    let total = UInt64(files.reduce(0) { $0 + $1.1.count })
    #expect(progress.isPlanned)
    #expect(progress.bytesTotal == total)
    #expect(progress.bytesDone == total)
  }

  @Test func `no jobs, no results`() throws {
    let tree = try HashTree([])
    #expect(try tree.hash().isEmpty)
  }

  @Test func `a whole file is compared, too`() throws {
    let bytes = [UInt8](repeating: 5, count: 100)
    let tree = try HashTree([("f", bytes)])
    let right = try ExpectedHash(of: bytes)
    let wrong = try ExpectedHash(of: [UInt8](repeating: 6, count: 100))
    let longer = try ExpectedHash(of: [UInt8](repeating: 5, count: 101))
    let results = try tree.hash(
      [right, wrong, longer].map { try tree.job("f", expected: $0) })
    #expect(
      try results.map { try $0.get().comparison } == [
        .same, .different(ranges: [0..<100]), .different(ranges: [0..<100]),
      ])
  }
}
