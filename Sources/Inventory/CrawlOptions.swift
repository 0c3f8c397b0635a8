package import Core

/// How a tree is crawled.
package struct CrawlOptions: Sendable {
  /// Patterns of what is left out.
  package var exclude: [Glob]
  /// Where the lockfile in use lies in the tree, when it does; left out.
  package var lockfile: RelativePath?
  /// Whether our temporary file beside the lockfile is left out too: for whoever writes one. To
  /// everybody else it is a file like any other.
  package var leavesOutTemporary: Bool
  /// Workers; at least 1.
  package var jobs: Int
  /// Counters that a progress line reads while the crawl runs.
  package var progress: CrawlProgress?
  /// What a lockfile records, so that large files are verified by ranges in parallel.
  package var expected: [RelativePath: ExpectedFile]
  /// Whether `Repository.sources` is filled; hashing alone does not need it.
  package var collectsSources: Bool
  /// Files and links of a folder that are not looked at: they become no entries. An archive is read
  /// as a whole anyway, and has them all.
  package var passesOver: Set<RelativePath>
  package var limits: CrawlLimits

  package init(
    exclude: [Glob] = [], lockfile: RelativePath? = nil, leavesOutTemporary: Bool = true,
    jobs: Int = 1,
    progress: CrawlProgress? = nil, expected: [RelativePath: ExpectedFile] = [:],
    collectsSources: Bool = true, passesOver: Set<RelativePath> = [],
    limits: CrawlLimits = CrawlLimits()
  ) {
    self.exclude = exclude
    self.lockfile = lockfile
    self.leavesOutTemporary = leavesOutTemporary
    self.jobs = jobs
    self.progress = progress
    self.expected = expected
    self.collectsSources = collectsSources
    self.passesOver = passesOver
    self.limits = limits
  }
}

/// What a lockfile says of a file.
package struct ExpectedFile: Hashable, Sendable {
  /// Bytes.
  package let size: UInt64
  package let digest: SHA256Digest
  /// Chaining values at each full 64 MiB boundary before the end; may be empty.
  package let checkpoints: [SHA256Digest]

  package init(size: UInt64, digest: SHA256Digest, checkpoints: [SHA256Digest]) {
    self.size = size
    self.digest = digest
    self.checkpoints = checkpoints
  }
}

/// Bounds on what a crawl takes in; reaching one is an error or a `notExamined` observation.
package struct CrawlLimits: Sendable {
  /// Entries of a tree.
  package var entries = 10_000_000
  /// Levels of folders.
  package var depth = 1_000
  /// Bytes of a text that is read whole for the rules.
  package var sourceBytes = 16 << 20
  /// Bytes of a weight file's beginning that the rules see.
  package var headerBytes = 8 << 20
  /// Bytes of all sources together.
  package var totalSourceBytes = 2 << 30
  /// Unpacked bytes of an archive read as a tree.
  package var archiveBytes: UInt64 = 16 << 40
  /// Members of an archive read as a tree.
  package var archiveMembers = 2_000_000
  /// Unpacked bytes a packed byte may give once more than `ratioFloor` bytes came out.
  package var archiveRatio: UInt64 = 1_100
  package var ratioFloor: UInt64 = 64 << 20
  /// Archives within archives of the tree that are opened.
  package var nestingDepth = 4
  /// Members and unpacked bytes looked at in one archive of the tree, nested ones included.
  package var nestedMembers = 100_000
  package var nestedBytes: UInt64 = 2 << 30

  package init() {}
}
