import Archives
import Core
import FileSystem
import Formats
import Hashing

/// The crawl of a folder.
struct FolderCrawl: Sendable {
  let options: CrawlOptions
  let path: SystemPath
  let root: HashRoot
  private let pool: WorkerPool
  private let examiner: Examiner
  private let snapshot: CacheSnapshot?

  init(_ path: SystemPath, _ options: CrawlOptions) throws(CrawlError) {
    self.options = options
    self.path = path
    pool = WorkerPool(jobs: options.jobs)
    examiner = Examiner(limits: options.limits, collectsSources: options.collectsSources)
    do throws(FileSystemError) {
      let folder = try Folder.open(path)
      snapshot = CacheSnapshot(root: folder)
      root = HashRoot(folder)
    } catch {
      throw CrawlError.root(path.description, error)
    }
  }

  /// The files to hash, in the order of their entries' paths.
  private struct Work: Sendable {
    var jobs: [HashJob] = []
    /// The entries of those jobs that hash the blob a link leads to.
    var links: [Int: RelativePath] = [:]

    /// The entry of job `index`.
    func path(_ index: Int) -> RelativePath { links[index] ?? jobs[index].path }

    /// The blob's name, which is its digest.
    func blob(_ index: Int) -> RelativePath? { links[index] == nil ? nil : jobs[index].path }
  }

  /// What a worker found out about a file. There is one for each file of the tree at the same time,
  /// so what few files have stands elsewhere.
  private struct Outcome: Sendable {
    let record: FileRecord
    let comparison: HashComparison
    let findings: Findings?
  }

  private final class Findings: Sendable {
    let sources: [SourceFile]
    let observations: [Observation]
    let blob: GitBlobDigest?
    let metadata: ClientMetadata?

    init(
      sources: [SourceFile] = [], observations: [Observation] = [], blob: GitBlobDigest?,
      metadata: ClientMetadata?
    ) {
      self.sources = sources
      self.observations = observations
      self.blob = blob
      self.metadata = metadata
    }
  }

  func run() throws(CrawlError) -> CrawlResult {
    let lister = TreeListing(
      root: root, rules: ExclusionRules(options), limits: options.limits, pool: pool)
    var listing = try lister.list()
    if !options.passesOver.isEmpty {
      listing.files.removeAll { options.passesOver.contains($0) }
      listing.links.removeAll { options.passesOver.contains($0.path) }
    }
    var problems = listing.problems
    var links: [Listing.Link] = []
    let work = work(listing, &links, &problems)
    listing.files = []
    options.progress?.find(files: work.jobs.count)
    // Nothing is hashed for a tree that cannot be locked anyway.
    guard problems.isEmpty else { throw .problems(problems.sorted()) }
    let results = hash(work)
    for (index, result) in results.enumerated() {
      guard case .failure(let error) = result else { continue }
      let path = work.path(index).bytes
      if case .file(let error) = error {
        problems.append(CrawlProblem(path: path, reason: error.reason))
      } else {
        problems.append(CrawlProblem(path: path, reason: error.description))
      }
    }
    problems += lister.changes(since: listing)
    guard problems.isEmpty else { throw .problems(problems.sorted()) }
    return try assemble(listing, links, work, results)
  }

  /// The files to hash; links of a cache snapshot are files.
  private func work(
    _ listing: Listing, _ links: inout [Listing.Link], _ problems: inout [CrawlProblem]
  ) -> Work {
    var work = Work()
    guard let snapshot else {
      links = listing.links
      work.jobs = listing.files.map { HashJob($0, expected: expected($0)) }
      return work
    }
    var items = listing.files.map { (path: $0, blob: RelativePath?.none) }
    for link in listing.links {
      if let blob = snapshot.blob(of: link.target, at: link.path) {
        items.append((link.path, blob))
      } else {
        links.append(link)
      }
    }
    items.sort { $0.path < $1.path }
    for item in items {
      guard let blob = item.blob else {
        work.jobs.append(HashJob(item.path, expected: expected(item.path)))
        continue
      }
      do throws(FileSystemError) {
        guard let facts = try snapshot.facts(of: blob) else {
          problems.append(CrawlProblem(path: item.path.bytes, reason: "its blob is missing"))
          continue
        }
        work.links[work.jobs.count] = item.path
        work.jobs.append(HashJob(blob, facts: facts, root: 1, expected: expected(item.path)))
      } catch {
        problems.append(CrawlProblem(path: item.path.bytes, reason: error.reason))
      }
    }
    return work
  }

  private func expected(_ path: RelativePath) -> ExpectedHash? {
    options.expected.isEmpty ? nil : options.expected[path].map(ExpectedHash.init)
  }

  private func hash(_ work: Work) -> [Result<Outcome, HashingError>] {
    let isDownload =
      snapshot != nil || work.jobs.contains { ClientMetadata.isCandidate($0.path.bytes) }
    let hasher = FileHasher(pool: pool, progress: options.progress?.hashing)
    let roots = snapshot.map { [root, $0.blobs] } ?? [root]
    return hasher.hash(work.jobs, roots: roots) { index, hashed, bytes, file in
      defer { options.progress?.finishFile() }
      return inspect(work.path(index), hashed, bytes, file, isDownload: isDownload)
    }
  }

  /// Runs on a worker while the file is open.
  private func inspect(
    _ path: RelativePath, _ hashed: HashedFile, _ bytes: Span<UInt8>, _ file: borrowing OpenFile,
    isDownload: Bool
  ) -> Outcome {
    let size = hashed.facts.size
    let isWhole = UInt64(bytes.count) == size
    let kind = FileKind.identify(path: path.bytes, head: bytes, size: size)
    var metadata: ClientMetadata?
    if isDownload, ClientMetadata.isCandidate(path.bytes), size <= ClientMetadata.sizeLimit {
      let content =
        isWhole ? [UInt8](copying: bytes) : (try? file.bytes(in: 0..<size, "metadata")) ?? []
      metadata = ClientMetadata(path: path.bytes, bytes: content)
    }
    if metadata != nil {
      return outcome(Examination(kind: kind), hashed, blob: nil, metadata: metadata)
    }
    var blob: GitBlobDigest?
    if isDownload, size <= 64 << 20 {
      if isWhole {
        blob = GitBlobDigest(of: bytes)
      } else if let content = try? file.bytes(in: 0..<size, "blob") {
        blob = GitBlobDigest(of: content.span)
      }
    }
    let examination = examine(path, kind, hashed, bytes, file)
    return outcome(examination, hashed, blob: blob, metadata: nil)
  }

  private func examine(
    _ path: RelativePath, _ kind: FileKind, _ hashed: HashedFile, _ bytes: Span<UInt8>,
    _ file: borrowing OpenFile
  ) -> Examination {
    var examination = Examination(kind: kind)
    guard examiner.need(kind) != .nothing || kind.claims.contains(.unreadableArchive) else {
      return examination
    }
    let size = hashed.facts.size
    let content: Content
    if UInt64(bytes.count) == size {
      content = .whole([UInt8](copying: bytes))
    } else {
      do throws(FileSystemError) {
        let copy = try file.duplicate(path.description)
        content = .input(ArchiveInput(copy, path: path.description))
      } catch {
        examination.observations.append(Observation(.notExamined, path, error.reason))
        return examination
      }
    }
    return examiner.examine(
      kind, path: path, entry: path, isExecutable: hashed.facts.isExecutable, size: size,
      content: content, nesting: Nesting(options.limits))
  }

  private func outcome(
    _ examination: Examination, _ hashed: HashedFile, blob: GitBlobDigest?,
    metadata: ClientMetadata?
  ) -> Outcome {
    let isPlain =
      examination.sources.isEmpty && examination.observations.isEmpty && blob == nil
      && metadata == nil
    return Outcome(
      record: FileRecord(
        size: hashed.facts.size, isExecutable: hashed.facts.isExecutable, digest: hashed.digest,
        checkpoints: hashed.checkpoints, role: examination.kind.role,
        format: examination.kind.format),
      comparison: hashed.comparison,
      findings: isPlain
        ? nil
        : Findings(
          sources: examination.sources, observations: examination.observations, blob: blob,
          metadata: metadata))
  }
}

extension FolderCrawl {
  private func assemble(
    _ listing: Listing, _ links: [Listing.Link], _ work: Work,
    _ results: [Result<Outcome, HashingError>]
  ) throws(CrawlError) -> CrawlResult {
    var assembly = Assembly(options.limits)
    assembly.exclusions = listing.exclusions
    var ranges: [RelativePath: RangeOutcome] = [:]
    for (index, result) in results.enumerated() {
      guard case .success(let outcome) = result else { continue }
      let path = work.path(index)
      let findings = outcome.findings
      if let metadata = findings?.metadata {
        assembly.leave(path, metadata)
        continue
      }
      assembly.add(
        path, outcome.record, sources: findings?.sources ?? [],
        observations: findings?.observations ?? [], blob: findings?.blob)
      if let range = RangeOutcome(outcome.comparison) { ranges[path] = range }
      if let blob = work.blob(index) {
        checkBlob(blob, path, outcome.record.digest, findings?.blob, &assembly)
      }
    }
    for link in links { assembly.add(link.path, target: link.target) }
    if let snapshot {
      assembly.provenance = Provenance(
        kind: "huggingface", repository: snapshot.repository, revision: snapshot.commit,
        isClaimed: true)
      if let tree = snapshot.tree() { assembly.metadata.append(tree) }
    } else {
      assembly.provenance = gitCheckout()?.provenance
    }
    return CrawlResult(repository: try assembly.finish(), ranges: ranges)
  }

  /// A blob is named after its own digest.
  private func checkBlob(
    _ blob: RelativePath, _ path: RelativePath, _ digest: SHA256Digest,
    _ gitDigest: GitBlobDigest?, _ assembly: inout Assembly
  ) {
    let name = blob.description
    let actual = name.utf8.count == 64 ? digest.hex : gitDigest?.hex
    guard let actual else {
      assembly.observations.append(
        Observation(.notExamined, path, "git's digest is not computed for a blob this large"))
      return
    }
    if actual != name {
      assembly.observations.append(
        Observation(
          .provenanceMismatch, path, "its blob is called \(name), but its content is \(actual)"))
    }
  }

  /// What `.git` at the root says, as a folder or as the file of a worktree.
  private func gitCheckout() -> GitCheckout? {
    let name = Array(".git".utf8)
    guard let facts = try? root.folder.facts(of: name[...]) else { return nil }
    func read(_ folder: SystemPath, _ file: String) -> [UInt8]? {
      guard let folder = try? Folder.open(folder), let file = try? RelativePath(file),
        var reader = try? TreeReader(root: folder), let open = try? reader.open(file)
      else { return nil }
      return try? open.contents(limit: 16 << 20, "git")
    }
    switch facts.kind {
    case .folder:
      let folder = path.appending(name)
      return GitCheckout { read(folder, $0) }
    case .file:
      guard let file = try? root.folder.openFile(name[...]),
        let bytes = try? file.contents(limit: 4096, "git"), bytes.starts(with: "gitdir: ".utf8)
      else { return nil }
      let target = Array(bytes.dropFirst(8).prefix { $0 != 0x0A && $0 != 0x0D })
      guard let inner = SystemPath(bytes: target) else { return nil }
      let folder = inner.isAbsolute ? inner : path.appending(target)
      // A worktree shares references and configuration with the repository it belongs to.
      let common = read(folder, "commondir").flatMap { bytes in
        SystemPath(bytes: Array(bytes.prefix { $0 != 0x0A })).map { name in
          name.isAbsolute ? name : folder.appending(name.bytes)
        }
      }
      return GitCheckout { name in
        if let bytes = read(folder, name) { return bytes }
        guard let common, name != "HEAD" else { return nil }
        return read(common, name)
      }
    default: return nil
    }
  }
}

extension ExpectedHash {
  init(_ expected: ExpectedFile) {
    self.init(size: expected.size, digest: expected.digest, checkpoints: expected.checkpoints)
  }
}

extension RangeOutcome {
  /// Nil where nothing was compared by ranges.
  init?(_ comparison: HashComparison) {
    switch comparison {
    case .none: return nil
    case .same: self = .matches
    case .different(let ranges): self = .differs(ranges)
    case .damagedCheckpoints(let indices): self = .damagedCheckpoints(indices)
    }
  }
}
