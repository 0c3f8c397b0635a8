import Core
import FileSystem
import Hashing
import TestSupport

/// A temporary tree and the jobs of its files, in path order.
struct HashTree {
  /// Small, so that small files have many ranges.
  static let interval: UInt64 = 256

  let folder: TemporaryFolder
  var jobs: [HashJob] = []

  init(_ files: [(String, [UInt8])]) throws {
    folder = try TemporaryFolder()
    for (path, bytes) in files { try folder.write(bytes, to: path) }
    for (path, _) in files { jobs.append(try job(path)) }
  }

  func root() throws -> HashRoot {
    HashRoot(try Folder.open(SystemPath(folder.path) ?? .current))
  }

  /// The job of a file as it is now.
  func job(_ path: String, expected: ExpectedHash? = nil) throws -> HashJob {
    let path = try RelativePath(path)
    var reader = try TreeReader(root: try root().folder)
    guard let facts = try reader.facts(of: path) else {
      throw FileSystemError.changedWhileRead(path: path.description, what: .vanished)
    }
    return HashJob(path, facts: facts, expected: expected)
  }

  /// What hashing gives for each job.
  func hash(
    _ jobs: [HashJob]? = nil, workers: Int = 2,
    whileReading: (@Sendable (Int, UInt64) -> Void)? = nil
  ) throws -> [Result<HashedFile, HashingError>] {
    FileHasher(
      pool: WorkerPool(jobs: workers), interval: Self.interval, whileReading: whileReading
    ).hash(jobs ?? self.jobs, roots: [try root()]) { _, hashed, _, _ in hashed }
  }
}

extension ExpectedHash {
  /// What a lockfile written over `bytes` would say, with checkpoints at the tests' interval.
  init(of bytes: [UInt8]) throws {
    var stream = CheckpointedStream(interval: HashTree.interval)
    stream.update(bytes.span)
    let result = try stream.finish()
    self.init(size: result.size, digest: result.digest, checkpoints: result.checkpoints)
  }

  /// The same with other checkpoints.
  func with(checkpoints: [SHA256Digest]) -> ExpectedHash {
    ExpectedHash(size: size, digest: digest, checkpoints: checkpoints)
  }
}
