/// A crawled tree: every entry with its digest, and the sources that the rules read.
package struct Repository: Sendable {
  /// Every file and link, in path byte order.
  package var entries: [Entry]
  /// What the rules analyse: texts, headers and members of archives, in path order.
  package var sources: [SourceFile]
  /// What the tree says of where it came from, or what the operator said.
  package var provenance: Provenance?
  /// What was left out, with the reason.
  package var exclusions: [Exclusion]
  /// What the crawl itself has to report: a limit reached, an encrypted member, a digest that
  /// disagrees with recorded provenance.
  package var observations: [Observation]

  package init(
    entries: [Entry], sources: [SourceFile] = [], provenance: Provenance? = nil,
    exclusions: [Exclusion] = [], observations: [Observation] = []
  ) {
    self.entries = entries
    self.sources = sources
    self.provenance = provenance
    self.exclusions = exclusions
    self.observations = observations
  }
}

/// A file or a symbolic link of the tree.
package struct Entry: Hashable, Sendable {
  package let path: RelativePath
  package let content: Content

  package enum Content: Hashable, Sendable {
    case file(FileRecord)
    /// A symbolic link with its target text.
    case link(target: [UInt8])
  }

  package init(_ path: RelativePath, _ content: Content) {
    self.path = path
    self.content = content
  }

  /// The file's record, or nil for a link.
  package var file: FileRecord? {
    if case .file(let record) = content { record } else { nil }
  }
}

/// What is known of a regular file.
package struct FileRecord: Hashable, Sendable {
  /// Bytes.
  package let size: UInt64
  package let isExecutable: Bool
  package let digest: SHA256Digest
  /// The SHA-256 chaining value at each full 64 MiB boundary before the end; empty for small files.
  package let checkpoints: [SHA256Digest]
  package let role: Role
  package let format: FileFormat?

  package init(
    size: UInt64, isExecutable: Bool, digest: SHA256Digest, checkpoints: [SHA256Digest] = [],
    role: Role, format: FileFormat?
  ) {
    self.size = size
    self.isExecutable = isExecutable
    self.digest = digest
    self.checkpoints = checkpoints
    self.role = role
    self.format = format
  }
}

/// Bytes for the rules: a file of the tree, a member of an archive in it.
package struct SourceFile: Sendable {
  /// The file's path, or `outer.zip!/inner/path`.
  package let path: RelativePath
  /// The tree's entry that holds it: the file itself, or the outermost archive.
  package let entry: RelativePath
  package let role: Role
  package let format: FileFormat?
  package let isExecutable: Bool
  /// The content; of a large weight file only its beginning, see `isWhole`.
  package let bytes: [UInt8]
  /// Whether `bytes` is the whole content.
  package let isWhole: Bool
  /// Everything that the content or the name claims the file to be.
  package let claims: FileClaims
  /// Bytes of the whole content, also where `bytes` is only its beginning.
  package let size: UInt64

  /// - Parameter size: nil stands for the count of `bytes`.
  package init(
    path: RelativePath, entry: RelativePath, role: Role, format: FileFormat?, isExecutable: Bool,
    bytes: [UInt8], isWhole: Bool, claims: FileClaims = [], size: UInt64? = nil
  ) {
    self.path = path
    self.entry = entry
    self.role = role
    self.format = format
    self.isExecutable = isExecutable
    self.bytes = bytes
    self.isWhole = isWhole
    self.claims = claims
    self.size = size ?? UInt64(bytes.count)
  }
}

/// Where a tree came from.
package struct Provenance: Hashable, Sendable {
  /// `huggingface`, `git`, …
  package let kind: String
  package let repository: String?
  package let revision: String?
  /// True when only the tree's own metadata says so.
  package let isClaimed: Bool

  package init(kind: String, repository: String?, revision: String?, isClaimed: Bool) {
    self.kind = kind
    self.repository = repository
    self.revision = revision
    self.isClaimed = isClaimed
  }
}

/// Something of the tree that is not among its entries.
package struct Exclusion: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The `.git` folder at the root.
    case versionControl
    /// The lockfile in use, or our temporary file beside it.
    case lockfile
    /// Well-formed metadata of the Hugging Face client.
    case clientMetadata
    /// An operator's pattern.
    case pattern(String)
  }

  /// The file, or the folder when `isFolder`.
  package let path: RelativePath
  package let isFolder: Bool
  package let reason: Reason
  /// What kind of file was left out, as far as its name tells; nil for folders.
  package let role: Role?

  package init(path: RelativePath, isFolder: Bool, reason: Reason, role: Role?) {
    self.path = path
    self.isFolder = isFolder
    self.reason = reason
    self.role = role
  }
}

/// A fact that the crawl met and a repository rule turns into a finding.
package struct Observation: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// Bytes differ from the digest that provenance records.
    case provenanceMismatch
    /// Files of one Hugging Face folder come from different commits.
    case mixedCommits
    /// A download was interrupted: an `.incomplete` file, or a listed file that is absent.
    case interruptedDownload
    /// A file that the provenance does not list.
    case addedLocally
    /// Could not be examined: a limit, an encrypted member, a damaged archive.
    case notExamined
  }

  package let kind: Kind
  package let path: RelativePath
  /// The rest of the sentence after the path: what was expected and what is there.
  package let detail: String

  package init(_ kind: Kind, _ path: RelativePath, _ detail: String) {
    self.kind = kind
    self.path = path
    self.detail = detail
  }
}
