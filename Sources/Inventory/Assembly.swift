import Core
import Formats
import Hashing

/// Puts a repository together from what the crawl found, the same for folders and archives.
struct Assembly {
  private var entries: [Entry] = []
  private var sources: [SourceFile] = []
  private var blobs: [RelativePath: GitBlobDigest] = [:]
  private var excluded: Set<RelativePath> = []
  private let limits: CrawlLimits
  var exclusions: [Exclusion] = []
  var observations: [Observation] = []
  var metadata: [ClientMetadata] = []
  var provenance: Provenance?

  init(_ limits: CrawlLimits) {
    self.limits = limits
  }

  /// Records something left out, once.
  mutating func exclude(_ exclusion: Exclusion) {
    if excluded.insert(exclusion.path).inserted { exclusions.append(exclusion) }
  }

  /// A file that counts.
  ///
  /// - Parameter blob: git's name of the content, where it was worth computing.
  mutating func add(
    _ path: RelativePath, _ record: FileRecord, sources: [SourceFile], observations: [Observation],
    blob: GitBlobDigest?
  ) {
    entries.append(Entry(path, .file(record)))
    self.sources += sources
    self.observations += observations
    if let blob { blobs[path] = blob }
  }

  /// A link.
  mutating func add(_ path: RelativePath, target: [UInt8]) {
    entries.append(Entry(path, .link(target: target)))
  }

  /// Well-formed metadata of the client, which is no content.
  mutating func leave(_ path: RelativePath, _ record: ClientMetadata) {
    metadata.append(record)
    exclusions.append(Exclusion(path: path, isFolder: false, reason: .clientMetadata, role: nil))
  }

  consuming func finish() throws(CrawlError) -> Repository {
    let check = ProvenanceCheck(
      metadata, files: metadata.isEmpty ? [:] : known, left: Set(exclusions.map(\.path)))
    observations += check.observations
    if check.isDownloaded {
      // The client records commits, not where they are from; a checkout may know that.
      let repository = provenance?.kind == "huggingface" ? provenance?.repository : nil
      provenance = Provenance(
        kind: "huggingface", repository: repository,
        revision: check.commit ?? (repository == nil ? nil : provenance?.revision), isClaimed: true)
    }
    entries.sort { $0.path < $1.path }
    sources.sort { $0.path < $1.path }
    exclusions.sort { $0.path < $1.path }
    observations.sort {
      ($0.path, $0.kind.rawValue, $0.detail) < ($1.path, $1.kind.rawValue, $1.detail)
    }
    limitSources()
    return Repository(
      entries: entries, sources: sources, provenance: provenance, exclusions: exclusions,
      observations: observations)
  }

  /// The files by path, for whoever compares them with metadata.
  private var known: [RelativePath: KnownFile] {
    var known: [RelativePath: KnownFile] = [:]
    for entry in entries {
      guard let file = entry.file else { continue }
      known[entry.path] = KnownFile(
        size: file.size, digest: file.digest, blob: blobs[entry.path])
    }
    return known
  }

  /// Keeps the first sources, by path, up to the limit.
  private mutating func limitSources() {
    var total = 0
    for (index, source) in sources.enumerated() {
      total += source.bytes.count
      if total > limits.totalSourceBytes {
        for left in sources[index...] {
          observations.append(
            Observation(
              .notExamined, left.path,
              "the tree has more than \(limits.totalSourceBytes >> 20) MiB of texts"))
        }
        sources.removeSubrange(index...)
        return
      }
    }
  }
}
