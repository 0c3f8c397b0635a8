package import Core
package import FileSystem

/// A file to hash.
package struct HashJob: Sendable {
  /// Where it is below its root.
  package let path: RelativePath
  /// Which of the roots handed to the hasher it lies below.
  package let root: Int
  /// What the listing saw: the file read must still be this one. Nil where it did not look: then
  /// the file must stay what it is when it is opened.
  package internal(set) var facts: FileFacts?
  /// What a lockfile says of it; nil when there is nothing to compare with.
  package let expected: ExpectedHash?

  package init(
    _ path: RelativePath, facts: FileFacts? = nil, root: Int = 0, expected: ExpectedHash? = nil
  ) {
    self.path = path
    self.facts = facts
    self.root = root
    self.expected = expected
  }
}

/// What a lockfile says of a file.
package struct ExpectedHash: Hashable, Sendable {
  /// Bytes.
  package let size: UInt64
  package let digest: SHA256Digest
  /// Chaining values at each full interval strictly before the end; empty when none are recorded,
  /// which makes verification serial.
  package let checkpoints: [SHA256Digest]

  package init(size: UInt64, digest: SHA256Digest, checkpoints: [SHA256Digest] = []) {
    self.size = size
    self.digest = digest
    self.checkpoints = checkpoints
  }
}

/// What hashing a file gave.
package struct HashedFile: Hashable, Sendable {
  /// What the system said of it, the same before and after.
  package let facts: FileFacts
  /// Of the bytes that are there, always computed from them.
  package let digest: SHA256Digest
  /// Of the bytes that are there.
  package let checkpoints: [SHA256Digest]
  package let comparison: HashComparison

  package init(
    facts: FileFacts, digest: SHA256Digest, checkpoints: [SHA256Digest], comparison: HashComparison
  ) {
    self.facts = facts
    self.digest = digest
    self.checkpoints = checkpoints
    self.comparison = comparison
  }
}

/// How a file compares with what was expected of it.
package enum HashComparison: Hashable, Sendable {
  /// Nothing was expected.
  case none
  /// Size and digest are as expected.
  case same
  /// Other bytes. `ranges` are those that hold every difference, in order, as finely as checkpoints
  /// tell; empty when they cannot tell (other size, no checkpoints).
  case different(ranges: [Range<UInt64>])
  /// The bytes are as expected, but the recorded checkpoints are not theirs: the lockfile is
  /// damaged at the checkpoints with these indices.
  case damagedCheckpoints([Int])
}

/// A folder shared by the workers that read below it.
package final class HashRoot: Sendable {
  package let folder: Folder

  package init(_ folder: consuming Folder) {
    self.folder = folder
  }
}
