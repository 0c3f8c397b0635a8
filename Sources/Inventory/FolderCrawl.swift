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
      throw .root(path: path.description, reason: error.reason)
    }
  }

  /// A file to hash: an entry of the tree, or the blob that its link leads to.
  private struct Item: Sendable {
    let path: RelativePath
    let job: HashJob
    /// The blob's name, which is its digest.
    let blob: RelativePath?
  }

  /// What a worker found out about a file.
  private struct Outcome: Sendable {
    let hashed: HashedFile
    var examination: Examination
    var blob: GitBlobDigest?
    var metadata: ClientMetadata?
  }

  func run() throws(CrawlError) -> CrawlResult {
    let listing = try TreeListing(
      root: root, rules: ExclusionRules(options), limits: options.limits, pool: pool,
      progress: options.progress
    ).list()
    var problems = listing.problems
    var links: [Listing.Link] = []
    let items = items(listing, &links, &problems)
    // Nothing is hashed for a tree that cannot be locked anyway.
    guard problems.isEmpty else { throw .problems(problems.sorted()) }
    let isDownload =
      snapshot != nil
      || listing.files.contains { file in
        ClientMetadata.isCandidate(file.path.bytes)
      }
    let results = hash(items, isDownload: isDownload)
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(items.count)
    for (item, result) in zip(items, results) {
      switch result {
      case .success(let outcome): outcomes.append(outcome)
      case .failure(.file(let error)):
        problems.append(CrawlProblem(path: item.path.bytes, reason: error.reason))
      case .failure(let error):
        problems.append(CrawlProblem(path: item.path.bytes, reason: error.description))
      }
    }
    problems += TreeListing(
      root: root, rules: ExclusionRules(options), limits: options.limits, pool: pool, progress: nil
    ).changes(since: listing)
    guard problems.isEmpty else { throw .problems(problems.sorted()) }
    return try assemble(listing, links, items, outcomes)
  }

  /// The files to hash, in path order; links of a cache snapshot are files.
  private func items(
    _ listing: Listing, _ links: inout [Listing.Link], _ problems: inout [CrawlProblem]
  ) -> [Item] {
    var items: [Item] = []
    items.reserveCapacity(listing.files.count)
    for file in listing.files {
      let expected = options.expected[file.path].map(ExpectedHash.init)
      items.append(
        Item(
          path: file.path, job: HashJob(file.path, facts: file.facts, expected: expected), blob: nil
        ))
    }
    guard let snapshot else {
      links = listing.links
      return items
    }
    for link in listing.links {
      guard let blob = snapshot.blob(of: link.target, at: link.path) else {
        links.append(link)
        continue
      }
      do throws(FileSystemError) {
        guard let facts = try snapshot.facts(of: blob) else {
          problems.append(CrawlProblem(path: link.path.bytes, reason: "its blob is missing"))
          continue
        }
        let expected = options.expected[link.path].map(ExpectedHash.init)
        let job = HashJob(blob, facts: facts, root: 1, expected: expected)
        items.append(Item(path: link.path, job: job, blob: blob))
        options.progress?.find(files: 1)
      } catch {
        problems.append(CrawlProblem(path: link.path.bytes, reason: error.reason))
      }
    }
    items.sort { $0.path < $1.path }
    return items
  }

  private func hash(_ items: [Item], isDownload: Bool) -> [Result<Outcome, HashingError>] {
    let hasher = FileHasher(pool: pool, progress: options.progress?.hashing)
    let roots = snapshot.map { [root, $0.blobs] } ?? [root]
    return hasher.hash(items.map(\.job), roots: roots) { index, hashed, bytes, file in
      defer { options.progress?.finishFile() }
      return inspect(items[index], hashed, bytes, file, isDownload: isDownload)
    }
  }

  /// Runs on a worker while the file is open.
  private func inspect(
    _ item: Item, _ hashed: HashedFile, _ bytes: Span<UInt8>, _ file: borrowing OpenFile,
    isDownload: Bool
  ) -> Outcome {
    let size = hashed.facts.size
    let isWhole = UInt64(bytes.count) == size
    let kind = FileKind.identify(path: item.path.bytes, head: bytes, size: size)
    var outcome = Outcome(hashed: hashed, examination: Examination(kind: kind))
    if ClientMetadata.isCandidate(item.path.bytes), size <= ClientMetadata.sizeLimit {
      let content =
        isWhole ? [UInt8](copying: bytes) : (try? file.bytes(in: 0..<size, "metadata")) ?? []
      outcome.metadata = ClientMetadata(path: item.path.bytes, bytes: content)
      if outcome.metadata != nil { return outcome }
    }
    if isDownload, size <= 64 << 20 {
      if isWhole {
        outcome.blob = GitBlobDigest(of: bytes)
      } else if let content = try? file.bytes(in: 0..<size, "blob") {
        outcome.blob = GitBlobDigest(of: content.span)
      }
    }
    let need = examiner.need(kind)
    guard need != .nothing || kind.claims.contains(.unreadableArchive) else { return outcome }
    let content: Content
    if isWhole {
      content = .whole([UInt8](copying: bytes))
    } else {
      do throws(FileSystemError) {
        let copy = try file.duplicate(item.path.description)
        content = .input(ArchiveInput(copy, path: item.path.description))
      } catch {
        outcome.examination.observations.append(Observation(.notExamined, item.path, error.reason))
        return outcome
      }
    }
    outcome.examination = examiner.examine(
      kind, path: item.path, entry: item.path, isExecutable: hashed.facts.isExecutable, size: size,
      content: content, nesting: Nesting(options.limits))
    return outcome
  }
}

extension FolderCrawl {
  private func assemble(
    _ listing: Listing, _ links: [Listing.Link], _ items: [Item], _ outcomes: [Outcome]
  ) throws(CrawlError) -> CrawlResult {
    var assembly = Assembly(options.limits)
    assembly.exclusions = listing.exclusions
    var ranges: [RelativePath: RangeOutcome] = [:]
    for (item, outcome) in zip(items, outcomes) {
      let hashed = outcome.hashed
      if let metadata = outcome.metadata {
        assembly.leave(item.path, metadata)
        continue
      }
      assembly.add(
        item.path, size: hashed.facts.size, isExecutable: hashed.facts.isExecutable,
        digest: hashed.digest, checkpoints: hashed.checkpoints, outcome.examination,
        blob: outcome.blob)
      ranges[item.path] = RangeOutcome(hashed.comparison)
      if let blob = item.blob { checkBlob(blob, item.path, outcome, &assembly) }
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
    _ blob: RelativePath, _ path: RelativePath, _ outcome: Outcome, _ assembly: inout Assembly
  ) {
    let name = blob.description
    let actual = name.utf8.count == 64 ? outcome.hashed.digest.hex : outcome.blob?.hex
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
