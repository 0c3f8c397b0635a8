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
    let results = IndexedResults<Output>(count: count)
    run(workers: min(jobs, count)) {
      while let range = queue.next() {
        for index in range { results.put(body(index), at: index) }
      }
    }
    return results.inOrder()
  }

  /// Runs `body` once on each of `workers` threads, and returns when all have ended.
  func run(workers: Int, _ body: @Sendable () -> Void) {
    withoutActuallyEscaping(body) { body in
      let start = ThreadStart(body: body)
      var threads: [pthread_t] = []
      for _ in 0..<max(0, workers) {
        guard let thread = start.thread() else { break }
        threads.append(thread)
      }
      // The system may refuse to make threads; the work is done all the same.
      if threads.isEmpty { body() }
      for thread in threads { pthread_join(thread, nil) }
    }
  }
}

/// Outputs that threads finished in any order, each with an index.
struct Gathered<Output: Sendable>: ~Copyable {
  private let outputs = Mutex<[(Int, Output)]>([])

  func add(_ more: [(Int, Output)]) {
    outputs.withLock { $0 += more }
  }

  /// All of them by their index.
  func all() -> [(Int, Output)] {
    outputs.withLock { $0.sorted { $0.0 < $1.0 } }
  }
}

/// A place for the result of each index, filled by any thread.
///
/// Nothing is copied on the way: with a hundred thousand files, lists of results that are joined and
/// sorted would take more memory than all the rest.
@safe
final class IndexedResults<Output: Sendable>: @unchecked Sendable {
  private let slots: UnsafeMutableBufferPointer<Output?>

  init(count: Int) {
    unsafe slots = .allocate(capacity: max(0, count))
    unsafe slots.initialize(repeating: nil)
  }

  deinit {
    unsafe slots.deinitialize()
    unsafe slots.deallocate()
  }

  /// Puts the result of `index`; no two threads may work on one index, and none after `inOrder`.
  func put(_ output: Output, at index: Int) {
    guard unsafe slots.indices.contains(index) else { return }
    unsafe slots[index] = output
  }

  /// The results that there are, by index; takes them out.
  func inOrder() -> [Output] {
    unsafe Array(unsafeUninitializedCapacity: slots.count) { buffer, count in
      for index in unsafe slots.indices {
        guard let output = unsafe slots[index].take() else { continue }
        unsafe buffer.initializeElement(at: count, to: output)
        count += 1
      }
    }
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

/// What a thread is to run.
private final class ThreadStart: Sendable {
  /// Parsers run on these threads: as much stack as a main thread may grow to, twice. It costs
  /// address space, not memory.
  private static let stackSize = 16 << 20

  private let body: @Sendable () -> Void

  init(body: @escaping @Sendable () -> Void) {
    self.body = body
  }

  /// Starts a thread; nil when the system refuses.
  func thread() -> pthread_t? {
    var attributes = pthread_attr_t()
    guard unsafe pthread_attr_init(&attributes) == 0 else { return nil }
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    let argument = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, &attributes,
      { argument in
        if let argument = unsafe argument {
          unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
        }
        return nil
      }, argument.toOpaque())
    guard code == 0 else {
      unsafe argument.release()
      return nil
    }
    return thread
  }
}
