import Core
import Hashing

/// What the bytes of a file came out as, to be compared with what provenance records.
struct KnownFile: Sendable {
  let size: UInt64
  let digest: SHA256Digest
  /// Git's name of the content, where it was worth computing.
  let blob: GitBlobDigest?
}

/// Compares a tree with what the Hugging Face client recorded of its download.
struct ProvenanceCheck {
  private(set) var observations: [Observation] = []
  /// The one commit that all records name.
  private(set) var commit: String?
  /// Whether the client left any record at all.
  private(set) var isDownloaded = false

  /// - Parameters:
  ///   - files: the tree's files.
  ///   - left: paths that the operator left out, of which nothing can be said.
  init(_ metadata: [ClientMetadata], files: [RelativePath: KnownFile], left: Set<RelativePath>) {
    var commits: [String: Int] = [:]
    var records: [(path: RelativePath, commit: String, etag: String)] = []
    for case .file(let path, let commit, let etag) in metadata {
      records.append((path, commit, etag))
      commits[commit, default: 0] += 1
    }
    records.sort { $0.path < $1.path }
    isDownloaded = !records.isEmpty
    if commits.count == 1 { commit = commits.first?.key }
    if commits.count > 1 { mixed(records, commits) }
    for record in records where !left.contains(record.path) {
      guard let file = files[record.path] else {
        observations.append(
          Observation(.interruptedDownload, record.path, "recorded as downloaded, but absent"))
        continue
      }
      compare(record.path, file, with: record.etag)
    }
    let recorded = Set(records.map(\.path))
    if isDownloaded {
      for path in files.keys.sorted() where !recorded.contains(path) {
        if let unfinished = Self.unfinished(path) {
          observations.append(unfinished)
        } else {
          observations.append(
            Observation(.addedLocally, path, "not among the files that were downloaded"))
        }
      }
    }
    for case .tree(let commit, let listed) in metadata {
      if isDownloaded, commits[commit] == nil { continue }
      compare(listed, files, left)
      if !isDownloaded { self.commit = commit }
      isDownloaded = true
    }
  }

  /// Files of another commit than the most frequent one.
  private mutating func mixed(
    _ records: [(path: RelativePath, commit: String, etag: String)], _ commits: [String: Int]
  ) {
    let main = commits.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    for record in records where record.commit != main {
      observations.append(
        Observation(
          .mixedCommits, record.path,
          "downloaded at commit \(record.commit), while most files are of \(main ?? "another")"))
    }
  }

  /// A download that was cut off, at the path it was meant for.
  private static func unfinished(_ path: RelativePath) -> Observation? {
    guard ClientMetadata.isCandidate(path.bytes), path.bytes[...].hasSuffix(".incomplete") else {
      return nil
    }
    return Observation(.interruptedDownload, path, "a download that was not finished")
  }

  private mutating func compare(_ path: RelativePath, _ file: KnownFile, with etag: String) {
    if etag.utf8.count == 64 {
      if file.digest.hex != etag {
        observations.append(
          Observation(
            .provenanceMismatch, path, "recorded with sha256 \(etag), but it is \(file.digest.hex)")
        )
      }
    } else if let blob = file.blob {
      if blob.hex != etag {
        observations.append(
          Observation(
            .provenanceMismatch, path, "recorded as git blob \(etag), but it is \(blob.hex)"))
      }
    } else {
      observations.append(
        Observation(
          .notExamined, path,
          "recorded as git blob \(etag), which is not computed for a file this large"
        ))
    }
  }

  private mutating func compare(
    _ listed: [ClientMetadata.TreeFile], _ files: [RelativePath: KnownFile],
    _ left: Set<RelativePath>
  ) {
    for entry in listed.sorted(by: { $0.path < $1.path }) where !left.contains(entry.path) {
      guard let file = files[entry.path] else {
        observations.append(
          Observation(.interruptedDownload, entry.path, "listed by the commit, but absent"))
        continue
      }
      if let sha256 = entry.sha256 {
        if sha256 != file.digest {
          observations.append(
            Observation(
              .provenanceMismatch, entry.path,
              "listed with sha256 \(sha256.hex), but it is \(file.digest.hex)"))
        }
      } else if entry.size != file.size {
        observations.append(
          Observation(
            .provenanceMismatch, entry.path,
            "listed with \(entry.size) bytes, but it has \(file.size)"))
      } else if let blob = file.blob, blob.hex != entry.blob {
        observations.append(
          Observation(
            .provenanceMismatch, entry.path,
            "listed as git blob \(entry.blob), but it is \(blob.hex)"))
      }
    }
  }
}
