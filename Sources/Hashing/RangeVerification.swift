internal import Core
internal import FileSystem
internal import Synchronization

/// The verification of one file through its checkpoints: range i starts from checkpoint i-1 and
/// must arrive at checkpoint i, the last at the file's digest.
///
/// When every link holds, the file's SHA-256 has been computed, exactly, whoever wrote the
/// checkpoints: each was recomputed from the one before, the first from the standard's own value.
final class RangeVerification: Sendable {
  let expected: ExpectedHash
  let interval: UInt64
  /// How many ranges.
  let count: Int
  private let state: Mutex<State>

  private struct State {
    var open: Int
    var failing: [Int] = []
    var error: (range: Int, error: HashingError)?
  }

  /// What is known when all ranges are done.
  enum Verdict {
    case holds
    /// These ranges did not arrive, in order.
    case fails([Int])
    case error(HashingError)
  }

  init(_ expected: ExpectedHash, interval: UInt64) {
    self.expected = expected
    self.interval = interval
    count = expected.checkpoints.count + 1
    state = Mutex(State(open: expected.checkpoints.count + 1))
  }

  /// The bytes of the ranges `links`.
  func bytes(of links: Range<Int>) -> Range<UInt64> {
    let start = UInt64(links.lowerBound) * interval
    let end = links.upperBound == count ? expected.size : UInt64(links.upperBound) * interval
    return start..<max(start, end)
  }

  /// Where range `index` starts from.
  func stream(at index: Int) -> SHA256Stream {
    guard index > 0,
      let stream = SHA256Stream(
        resumingAt: expected.checkpoints[index - 1], length: UInt64(index) * interval)
    else { return SHA256Stream() }
    return stream
  }

  /// Where the ranges before `end` must arrive.
  func goal(before end: Int) -> SHA256Digest {
    end == count ? expected.digest : expected.checkpoints[end - 1]
  }

  /// Notes how a range ended.
  ///
  /// - Returns: the verdict to whoever was last, nil to everybody else.
  func note(_ index: Int, _ outcome: Result<Bool, HashingError>) -> Verdict? {
    state.withLock { state in
      state.open -= 1
      switch outcome {
      case .success(true): break
      case .success(false): state.failing.append(index)
      case .failure(let error):
        if index < state.error?.range ?? Int.max { state.error = (index, error) }
      }
      guard state.open == 0 else { return nil }
      if let error = state.error?.error { return .error(error) }
      return state.failing.isEmpty ? .holds : .fails(state.failing.sorted())
    }
  }

  /// The maximal runs of neighbours in `failing`, which is sorted.
  static func runs(of failing: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in failing {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}
