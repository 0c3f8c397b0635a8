package import Core

/// What a crawl gives.
package struct CrawlResult: Sendable {
  package var repository: Repository
  /// How files that were verified through their checkpoints came out, by path.
  package let ranges: [RelativePath: RangeOutcome]

  package init(repository: Repository, ranges: [RelativePath: RangeOutcome] = [:]) {
    self.repository = repository
    self.ranges = ranges
  }
}

/// How the ranges of one file compare with what the lockfile records.
package enum RangeOutcome: Hashable, Sendable {
  /// Every link of the chain holds: the file's digest is the recorded one.
  case matches
  /// The bytes of these ranges differ; sorted and disjoint.
  case differs([Range<UInt64>])
  /// The recorded checkpoints with these indices are wrong, the file's bytes are not: the lockfile
  /// is damaged.
  case damagedCheckpoints([Int])
}
