internal import FileSystem
internal import Glibc
internal import Synchronization

/// A fixed number of threads that work off a list; the results stand in the list's order, whatever
/// the timing.
package struct WorkerPool: Sendable {
  /// How many threads, at least one.
  package let jobs: Int

  /// - Parameter jobs: how many threads; nil for one a core.
  package init(jobs: Int? = nil) {
    self.jobs = min(max(1, jobs ?? Environment.cores), 256)
  }

  /// Calls `body` for every index below `count`, each once, on the pool's threads.
  ///
  /// - Parameter batch: how many neighbouring indices a thread takes at a time.
  /// - Returns: the outputs by index.
  package func map<Output: Sendable>(
    _ count: Int, batch: Int = 1, _ body: @Sendable (Int) -> Output
  ) -> [Output] {
    let queue = TaskQueue(count: count, batch: batch)
    let gathered = Mutex<[(Int, Output)]>([])
    run(workers: min(jobs, max(1, count))) {
      var mine: [(Int, Output)] = []
      while let range = queue.next() {
        for index in range { mine.append((index, body(index))) }
      }
      gathered.withLock { $0 += mine }
    }
    return gathered.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
  }

  /// Runs `body` once on each of `workers` threads, and returns when all have ended.
  ///
  /// The caller's own thread works along, since a thread that only waits would be a core lost when
  /// the system refuses to make another.
  func run(workers: Int, _ body: @Sendable () -> Void) {
    body()
  }
}

/// Hands out indices in order, in batches, to any number of threads.
struct TaskQueue: ~Copyable {
  private let position = Atomic<Int>(0)
  private let count: Int
  private let batch: Int

  init(count: Int, batch: Int) {
    self.count = count
    self.batch = max(1, batch)
  }

  /// The next indices to work on, or nil when none are left.
  func next() -> Range<Int>? {
    let start = position.wrappingAdd(batch, ordering: .relaxed).oldValue
    guard start < count else { return nil }
    return start..<min(start + batch, count)
  }
}
