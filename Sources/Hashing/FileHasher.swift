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
  /// Called on the worker before each read, and after the last, with the job's index and the offset
  /// in bytes: how tests change a file while it is read.
  package let whileReading: (@Sendable (Int, UInt64) -> Void)?

  /// - Parameter interval: a multiple of 64; other than the default in tests only.
  package init(
    pool: WorkerPool = WorkerPool(), interval: UInt64 = Checkpoints.interval,
    progress: HashProgress? = nil, whileReading: (@Sendable (Int, UInt64) -> Void)? = nil
  ) {
    self.pool = pool
    self.interval = interval
    self.progress = progress
    self.whileReading = whileReading
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
    let plan = HashPlan(jobs, interval: interval)
    progress?.plan(plan.bytes)
    let large = TaskQueue(count: plan.large.count, batch: 1)
    // Small files cost less than handing them out one by one would.
    let small = TaskQueue(count: plan.small.count, batch: 32)
    let gathered = Gathered<Result<Output, HashingError>>()
    pool.run(workers: min(pool.jobs, plan.large.count + (plan.small.count + 31) / 32)) {
      var worker = HashWorker<Output>(
        roots: roots, interval: interval, progress: progress, whileReading: whileReading)
      while let tasks = large.next() {
        for task in plan.large[tasks] {
          let job = jobs[task.job]
          if let range = task.range {
            worker.verify(job, task.job, range: range.index, in: range.verification, inspect)
          } else {
            worker.hashLarge(job, task.job, inspect)
          }
        }
      }
      while let tasks = small.next() {
        for index in plan.small[tasks] { worker.hashSmall(jobs[index], index, inspect) }
      }
      gathered.add(worker.results)
    }
    return gathered.inOrder(count: jobs.count)
  }
}
