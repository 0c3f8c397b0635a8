import Dispatch
import Synchronization

/// Independent pieces of work spread over the cores.
package enum Parallel {
  /// The results of `body` for 0 ..< `count`, in that order.
  package static func map<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    if count < 2 { return (0..<count).map(body) }
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0 }.compactMap { $0 }
  }

  /// As `map`, for pieces of work so small that many are done at a time.
  package static func batches<Result: Sendable>(
    _ count: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    let size = 32
    return map((count + size - 1) / size) { batch in
      (batch * size..<min(count, (batch + 1) * size)).map(body)
    }.flatMap { $0 }
  }
}
