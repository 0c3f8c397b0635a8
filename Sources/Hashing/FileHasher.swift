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
  /// Files that nobody looked at yet come before: each is hashed as soon as it is open, or, when it
  /// turns out to be large, put with the large ones.
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
    let results = IndexedResults<Result<Output, HashingError>>(count: jobs.count)
    var jobs = jobs
    for (index, facts) in hashUnseen(jobs, roots: roots, into: results, inspect) {
      jobs[index].facts = facts
    }
    hashSeen(jobs, roots: roots, into: results, inspect)
    return results.inOrder()
  }

  /// Hashes the files without facts; those too large to be read at once are given back with theirs.
  private func hashUnseen<Output: Sendable>(
    _ jobs: [HashJob], roots: [HashRoot],
    into results: IndexedResults<Result<Output, HashingError>>,
    _ inspect: HashWorker<Output>.Inspect
  ) -> [(Int, FileFacts)] {
    let unseen = jobs.indices.filter { jobs[$0].facts == nil }
    let queue = TaskQueue(count: unseen.count, batch: Self.batch)
    let deferred = Gathered<FileFacts>()
    pool.run(workers: min(pool.jobs, Self.batches(unseen.count))) {
      var worker = HashWorker<Output>(
        roots: roots, interval: interval, results: results, progress: progress,
        whileReading: whileReading)
      var large: [(Int, FileFacts)] = []
      while let tasks = queue.next() {
        for index in unseen[tasks] {
          if let facts = worker.hashUnseen(jobs[index], index, inspect) {
            large.append((index, facts))
          }
        }
      }
      deferred.add(large)
    }
    return deferred.all()
  }

  /// Hashes the files with facts.
  private func hashSeen<Output: Sendable>(
    _ jobs: [HashJob], roots: [HashRoot],
    into results: IndexedResults<Result<Output, HashingError>>,
    _ inspect: HashWorker<Output>.Inspect
  ) {
    let plan = HashPlan(jobs, interval: interval)
    progress?.plan(plan.bytes)
    progress?.finishPlan()
    let large = TaskQueue(count: plan.large.count, batch: 1)
    let small = TaskQueue(count: plan.small.count, batch: Self.batch)
    pool.run(workers: min(pool.jobs, plan.large.count + Self.batches(plan.small.count))) {
      var worker = HashWorker<Output>(
        roots: roots, interval: interval, results: results, progress: progress,
        whileReading: whileReading)
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
    }
  }

  /// Small files cost less than handing them out one by one would.
  private static let batch = 32

  private static func batches(_ count: Int) -> Int { (count + batch - 1) / batch }
}
