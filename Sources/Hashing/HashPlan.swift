internal import Core
internal import FileSystem

/// One independent stream: a whole file, or a range of a checkpointed one.
struct HashTask: Sendable {
  /// The job's index.
  let job: Int
  /// Which range of which file's verification; nil for a whole file.
  let range: (index: Int, verification: RangeVerification)?
}

/// The order in which streams are handed to workers.
///
/// A worker takes one stream at a time. All of them are independent, so an engine that interleaves
/// several on one core would take as many from the same queue.
struct HashPlan: Sendable {
  /// Largest files first, the ranges of one file in a row, so that few files are open at a time and
  /// the disk is read forward.
  let large: [HashTask]
  /// Files to be read at once, by index: neighbours share a folder.
  let small: [Int]
  /// Bytes altogether.
  let bytes: UInt64

  /// Plans the jobs whose facts are known.
  init(_ jobs: [HashJob], interval: UInt64) {
    var bytes: UInt64 = 0
    var small: [Int] = []
    var big: [(index: Int, size: UInt64)] = []
    for (index, job) in jobs.enumerated() {
      guard let size = job.facts?.size else { continue }
      bytes &+= size
      if size <= min(UInt64(FileHasher.wholeLimit), interval) {
        small.append(index)
      } else {
        big.append((index, size))
      }
    }
    big.sort { ($1.size, $0.index) < ($0.size, $1.index) }
    self.bytes = bytes
    self.small = small
    large = big.flatMap { index, _ -> [HashTask] in
      let job = jobs[index]
      guard job.isRanged(interval: interval), let expected = job.expected else {
        return [HashTask(job: index, range: nil)]
      }
      let verification = RangeVerification(expected, interval: interval)
      return (0..<verification.count).map {
        HashTask(job: index, range: (index: $0, verification: verification))
      }
    }
  }
}

extension HashJob {
  /// Whether checkpoints allow to verify the file range by range.
  fileprivate func isRanged(interval: UInt64) -> Bool {
    guard let expected, !expected.checkpoints.isEmpty, expected.size == facts?.size else {
      return false
    }
    return expected.checkpoints.count == Checkpoints.count(size: expected.size, interval: interval)
  }
}
