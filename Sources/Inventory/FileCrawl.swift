import Archives
import Core
import FileSystem
import Formats
import Hashing

/// The crawl of a single file: a tree of one.
struct FileCrawl {
  private let options: CrawlOptions
  private let root: HashRoot
  /// Where the file lies in its folder.
  private let real: RelativePath
  /// The name that the operator used, which is the entry's.
  private let name: RelativePath
  private let facts: FileFacts

  init(_ path: SystemPath, _ options: CrawlOptions) throws(CrawlError) {
    self.options = options
    do throws(FileSystemError) {
      // The operator's own path may be a link; it is resolved here, once.
      var current = path
      var folder = try Folder.open(current.parent)
      var facts = try folder.facts(of: current.name[...])
      var steps = 0
      while facts?.kind == .link, steps < 40 {
        let target = try folder.linkTarget(current.name[...])
        guard let next = SystemPath(bytes: target) else { break }
        current = next.isAbsolute ? next : current.parent.appending(target)
        folder = try Folder.open(current.parent)
        facts = try folder.facts(of: current.name[...])
        steps += 1
      }
      guard let facts else { throw .system(operation: "open", path: path.description, code: 2) }
      guard facts.kind == .file else {
        throw .unexpectedKind(path: path.description, expected: .file, found: facts.kind)
      }
      self.facts = facts
      root = HashRoot(folder)
      guard let real = try? RelativePath(bytes: current.name),
        let name = try? RelativePath(bytes: path.name)
      else {
        throw .system(operation: "take the name of", path: path.description, code: 84)
      }
      self.real = real
      self.name = name
    } catch {
      throw CrawlError.root(path.description, error)
    }
  }

  private struct Outcome: Sendable {
    let hashed: HashedFile
    let examination: Examination
  }

  func run() throws(CrawlError) -> CrawlResult {
    if options.passesOver.contains(name) {
      return CrawlResult(repository: try Assembly(options.limits).finish())
    }
    options.progress?.find(files: 1)
    let hasher = FileHasher(
      pool: WorkerPool(jobs: options.jobs), progress: options.progress?.hashing)
    let expected = options.expected[name].map(ExpectedHash.init)
    let job = HashJob(real, facts: facts, expected: expected)
    let results = hasher.hash([job], roots: [root]) { _, hashed, bytes, file in
      Outcome(hashed: hashed, examination: examine(hashed, bytes, file))
    }
    guard let result = results.first else { throw .problems([]) }
    options.progress?.finishFile()
    switch result {
    case .success(let outcome):
      var assembly = Assembly(options.limits)
      let hashed = outcome.hashed
      let examination = outcome.examination
      assembly.add(
        name,
        FileRecord(
          size: hashed.facts.size, isExecutable: hashed.facts.isExecutable, digest: hashed.digest,
          checkpoints: hashed.checkpoints, role: examination.kind.role,
          format: examination.kind.format), sources: examination.sources,
        observations: examination.observations, blob: nil)
      var ranges: [RelativePath: RangeOutcome] = [:]
      ranges[name] = RangeOutcome(hashed.comparison)
      return CrawlResult(repository: try assembly.finish(), ranges: ranges)
    case .failure(.file(let error)):
      throw .problems([CrawlProblem(path: name.bytes, reason: error.reason)])
    case .failure(let error):
      throw .problems([CrawlProblem(path: name.bytes, reason: error.description)])
    }
  }

  private func examine(
    _ hashed: HashedFile, _ bytes: Span<UInt8>, _ file: borrowing OpenFile
  ) -> Examination {
    let size = hashed.facts.size
    let examiner = Examiner(limits: options.limits, collectsSources: options.collectsSources)
    let kind = FileKind.identify(path: name.bytes, head: bytes, size: size)
    let content: Content
    if UInt64(bytes.count) == size {
      content = .whole([UInt8](copying: bytes))
    } else if let copy = try? file.duplicate(name.description) {
      content = .input(ArchiveInput(copy, path: name.description))
    } else {
      content = .head([UInt8](copying: bytes))
    }
    return examiner.examine(
      kind, path: name, entry: name, isExecutable: hashed.facts.isExecutable, size: size,
      content: content, nesting: Nesting(options.limits))
  }
}
