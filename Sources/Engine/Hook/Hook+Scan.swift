package import Core
import FileSystem
import Inventory
import Lockfile
import Rules

extension Hook {
  /// One model whose staged entries were scanned.
  package struct ScannedModel: Sendable {
    /// The folder below the repository's root, for messages.
    package let name: String
    /// Findings in staged entries, in report order.
    package let findings: [JudgedFinding]
    /// The texts that the findings stand in, for quotes.
    package let sources: [SourceFile]
    /// What was staged and looked at.
    package let totals: TreeTotals
  }

  /// What a scan of staged content found.
  package struct ScanOutcome: Sendable {
    /// Those that staged changes touch, by folder.
    package let models: [ScannedModel]
    package let threshold: Severity

    /// Whether the answer is yes.
    package var isClean: Bool {
      models.allSatisfy { $0.findings.failing(at: threshold).isEmpty }
    }
  }

  /// Scans what is staged.
  ///
  /// A finding may depend on the model's other files, a constant in another module, say; so its
  /// smaller files are read from git as well, but only what stands in staged ones is reported. A
  /// repository without a lockfile is taken for one model.
  package static func scan(
    failOn: Severity?, in context: RunContext
  ) throws(EngineError) -> ScanOutcome {
    let repository = try GitRepository()
    let index = try repository.index()
    let staged = try repository.staged()
    var models = try StagedModel.all(index, staged, repository, context.configuration)
    if models.isEmpty {
      models = [StagedModel(folder: [], lockfilePath: nil, lockfileName: "", pin: nil)]
    }
    var results: [ScannedModel] = []
    for model in models {
      var paths: Set<[UInt8]> = []
      for change in staged where !change.isDeletion && change.path != model.lockfilePath {
        if let inside = model.inside(change.path) { paths.insert(Array(inside)) }
      }
      if paths.isEmpty { continue }
      let repository = try StagedTree(model, paths, index, repository).repository(context)
      let looked = repository.entries.filter { paths.contains($0.path.bytes) }
      let files = Set(looked.map(\.path))
      let entryOf = Dictionary(
        repository.sources.map { ($0.path, $0.entry) }, uniquingKeysWith: { first, _ in first })
      let findings = try FindingsPipeline.run(Subject(repository), in: context).filter {
        let path = $0.finding.location.path
        return files.contains(path) || entryOf[path].map(files.contains) ?? false
      }
      results.append(
        ScannedModel(
          name: model.name, findings: findings, sources: repository.sources,
          totals: TreeTotals(looked)))
    }
    return ScanOutcome(
      models: results, threshold: failOn ?? context.configuration?.failOn ?? .high)
  }
}

/// A model as a commit made now would leave it.
private struct StagedTree {
  /// Unstaged files up to this size are read, since staged ones may refer to them.
  private static let contextLimit: UInt64 = 16 << 20

  private let model: StagedModel
  private let git: GitRepository
  /// What is read, in path order.
  private var included: [(path: RelativePath, mode: GitRepository.Mode, object: String)] = []
  /// Entries that are known from the lockfile only.
  private var recorded: [Entry] = []

  init(
    _ model: StagedModel, _ staged: Set<[UInt8]>, _ index: [GitRepository.IndexEntry],
    _ git: GitRepository
  ) throws(EngineError) {
    self.model = model
    self.git = git
    let inside = index.filter { entry in
      model.inside(entry.path) != nil && entry.path != model.lockfilePath
        && entry.mode != .submodule
    }
    let sizes = try git.sizes(of: inside.map(\.object))
    let locked = try Self.locked(model, index, git)
    for entry in inside {
      guard let bytes = model.inside(entry.path).map({ Array($0) }) else { continue }
      guard let path = try? RelativePath(bytes: bytes) else {
        throw .staged("\(escapedText(entry.path)) is no name that a lockfile can hold")
      }
      if staged.contains(bytes) || sizes[entry.object, default: 0] <= Self.contextLimit {
        included.append((path, entry.mode, entry.object))
      } else if let known = locked[path] {
        recorded.append(known)
      }
    }
  }

  /// What the staged lockfile says; nothing where there is none, or none that can be read: that is
  /// for the hook that verifies to report.
  private static func locked(
    _ model: StagedModel, _ index: [GitRepository.IndexEntry], _ git: GitRepository
  ) throws(EngineError) -> [RelativePath: Entry] {
    guard let entry = index.first(where: { $0.path == model.lockfilePath }) else { return [:] }
    var entries: [Entry] = []
    try git.blobs([entry.object], limit: 1 << 30) { _, blob throws(EngineError) in
      entries = (try? LockfileReader.read(blob.bytes))?.entries ?? []
    }
    return Dictionary(entries.map { ($0.path, $0) }) { first, _ in first }
  }

  /// Crawls it, as a tar in a file without a name.
  func repository(_ context: RunContext) throws(EngineError) -> Repository {
    var tar = try TarWriter()
    var pointers: [Entry] = []
    var next = 0
    var small: [UInt8]?
    var size: UInt64 = 0
    try git.stream(included.map(\.object)) { event throws(EngineError) in
      let item = included[next]
      switch event {
      case .begin(_, let announced):
        size = announced
        if size < 1024 || item.mode == .link {
          small = []
        } else {
          small = nil
          try tar.beginFile(
            item.path, size: size, isExecutable: item.mode == .file(isExecutable: true))
        }
      case .bytes(let piece):
        if small != nil { small? += piece } else { try tar.append(piece) }
      case .end:
        next += 1
        guard let bytes = small else { return try tar.endFile(size: size) }
        if item.mode == .link {
          try tar.link(item.path, target: bytes)
        } else if let pointer = LFSPointer(bytes) {
          pointers.append(Self.entry(item.path, item.mode, pointer))
        } else {
          try tar.beginFile(
            item.path, size: size, isExecutable: item.mode == .file(isExecutable: true))
          try tar.append(bytes[...])
          try tar.endFile(size: size)
        }
      }
    }
    let file = try tar.reading()
    var repository = try file.withDescriptor { number throws(EngineError) in
      try TreeReading.crawl(
        .stream(descriptor: number), exclude: context.configuration?.exclude ?? [], lockfile: nil,
        context: context, collectsSources: true
      ).repository
    }
    repository.entries = (repository.entries + recorded + pointers).sorted { $0.path < $1.path }
    return repository
  }

  private static func entry(
    _ path: RelativePath, _ mode: GitRepository.Mode, _ pointer: LFSPointer
  ) -> Entry {
    Entry(
      path,
      .file(
        FileRecord(
          size: pointer.size, isExecutable: mode == .file(isExecutable: true),
          digest: pointer.digest, role: .weights, format: nil)))
  }
}
