import Hashing
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 3, 16], [1, 7, 1000])
  func `results stand in order`(jobs: Int, batch: Int) {
    let squares = WorkerPool(jobs: jobs).map(500, batch: batch) { $0 * $0 }
    #expect(squares == (0..<500).map { $0 * $0 })
  }

  @Test func `every index is worked on once`() {
    let calls = Atomic<Int>(0)
    let outputs = WorkerPool(jobs: 5).map(1000) { _ in
      calls.wrappingAdd(1, ordering: .relaxed)
    }
    #expect(outputs.count == 1000)
    #expect(calls.load(ordering: .relaxed) == 1000)
  }

  @Test func `nothing to do is no error, and there is always one worker`() {
    #expect(WorkerPool(jobs: 4).map(0) { $0 }.isEmpty)
    #expect(WorkerPool(jobs: 0).jobs == 1)
    #expect(WorkerPool(jobs: -3).jobs == 1)
    #expect(WorkerPool().jobs >= 1)
  }

  @Test func `workers have stack for deep parsers`() {
    @Sendable func depth(_ level: Int) -> Int { level == 0 ? 0 : 1 + depth(level - 1) }
    #expect(WorkerPool(jobs: 2).map(2) { _ in depth(20_000) } == [20_000, 20_000])
  }
}
