package import Core
import FileSystem
import Inventory
package import Lockfile
import Rules

/// `verify`: is a tree still exactly what was locked.
package enum Verify {
  package struct Options: Sendable {
    package var tree: Tree
    /// The lockfile; nil for `modelpin.lock` in the folder.
    package var lockfile: String?
    /// The pin that the content must have; then nothing that came with the tree is believed.
    package var pin: SHA256Digest?
    /// Roles to look at; empty for all.
    package var only: Set<Role>
    /// Whether the findings are judged too.
    package var policy: Bool
    /// Patterns that the pin was made with, besides the configuration's; only together with `pin`.
    package var exclude: [String]

    package init(
      tree: Tree = Tree(), lockfile: String? = nil, pin: SHA256Digest? = nil,
      only: Set<Role> = [], policy: Bool = false, exclude: [String] = []
    ) {
      self.tree = tree
      self.lockfile = lockfile
      self.pin = pin
      self.only = only
      self.policy = policy
      self.exclude = exclude
    }
  }

  /// What a yes rests on.
  package enum Proof: Hashable, Sendable {
    /// A pin that the operator gave.
    case pin
    /// A lockfile from outside the tree.
    case lockfileOutside
    /// A lockfile that came with the tree: consistency, no more.
    case lockfileInside
  }

  /// How the pin that was asked for compares.
  package struct PinCheck: Hashable, Sendable {
    package let expected: SHA256Digest
    package let computed: SHA256Digest
    /// What became of the lockfile, which only serves to name differences.
    package let lockfile: LockfileUse

    package var holds: Bool { expected == computed }
  }

  /// Whether a lockfile could help to explain a pin.
  package enum LockfileUse: Hashable, Sendable {
    /// It has the expected pin: its records are authentic, and so are the differences.
    case authentic
    /// It has another pin, and was not used.
    case other(SHA256Digest)
    /// There is none.
    case missing
    /// It could not be read, and was not used.
    case unreadable(LockfileError)
  }

  /// What `only` did not look at.
  package struct Skipped: Hashable, Sendable {
    /// By role, in the order of `Role.allCases`.
    package let roles: [Role]
    /// Recorded files and links of other roles.
    package let entries: Int
    /// Of those files, as recorded.
    package let bytes: UInt64
  }

  /// The judged findings, for `policy`.
  package struct PolicyResult: Sendable {
    package let findings: [JudgedFinding]
    package let threshold: Severity
    package let unusedAcceptances: [Configuration.Acceptance]

    package var failing: [JudgedFinding] { findings.failing(at: threshold) }
  }

  package struct Outcome: Sendable {
    /// Where the lockfile was looked for; nil when a pin was verified without one.
    package let lockfilePath: String?
    package let lockfile: Lockfile?
    package let proof: Proof
    package let pin: PinCheck?
    /// Every difference, in path byte order.
    package let differences: [EntryDifference]
    /// For files whose bytes differ: where, as far as can be told.
    package let details: [RelativePath: ContentDetail]
    /// Links whose target is no entry of the tree and that nobody accepted.
    package let unprovenLinks: [JudgedFinding]
    /// A `.git` folder at the root, which a pin does not cover and no configuration allows.
    package let hasForbiddenGit: Bool
    package let skipped: Skipped?
    package let exclusions: [Exclusion]
    package let policy: PolicyResult?
    package let totals: TreeTotals

    /// Whether everything asked for holds: status 0.
    package var isVerified: Bool {
      differences.isEmpty && pin?.holds != false && unprovenLinks.isEmpty && !hasForbiddenGit
        && policy?.failing.isEmpty != false
    }
  }

  /// The rule whose findings are links that lead to no entry.
  static let linkRule: RuleID = "repository/dangling-link"

  /// Verifies a tree.
  package static func run(
    _ options: Options, in context: RunContext
  ) throws(EngineError) -> Outcome {
    if options.pin != nil, !options.only.isEmpty {
      throw .argument("a pin names the whole content: --pin and --only exclude each other")
    }
    if options.pin == nil, !options.exclude.isEmpty {
      throw .argument("--exclude needs --pin: without it the lockfile's patterns are used")
    }
    let place = try TreePlace(options.tree)
    let found = try lockfile(options, place)
    let position = try place.position(of: found.path)
    let exclude =
      options.pin != nil
      ? (options.exclude + (context.configuration?.exclude ?? [])).inByteOrderOnce
      : found.lockfile?.exclude ?? []
    let selected = Selected(options, found.lockfile)
    var crawled = try TreeReading.crawl(
      place.source, exclude: exclude, lockfile: position, context: context,
      expected: found.lockfile.map { expectations($0.entries) } ?? [:],
      collectsSources: options.policy, passesOver: selected.passedOver)
    try checkCheckpoints(crawled, found.path)
    crawled.repository.entries = selected.of(crawled.repository.entries)
    let repository = crawled.repository

    var pin: PinCheck?
    if let expected = options.pin {
      pin = PinCheck(
        expected: expected, computed: try computePin(exclude, repository.entries),
        lockfile: found.use)
    }
    // Under a pin only a lockfile of that very pin can say what differs.
    let isComparable = options.pin == nil || found.use == .authentic
    var differences: [EntryDifference] = []
    if isComparable, let lockfile = found.lockfile {
      differences = EntryDifference.between(
        expected: selected.of(lockfile.entries), found: repository.entries)
    }
    differences = selected.of(differences)
    let judged = try findings(repository, options, context)
    return Outcome(
      lockfilePath: found.path, lockfile: found.lockfile,
      proof: options.pin != nil
        ? .pin : place.folder == nil || position == nil ? .lockfileOutside : .lockfileInside,
      pin: pin, differences: differences,
      details: ContentDetail.of(differences, crawled: crawled, source: place.source),
      unprovenLinks: judged.links,
      hasForbiddenGit: options.pin != nil && context.configuration?.allowsRootGit != true
        && repository.exclusions.contains { $0.reason == .versionControl },
      skipped: selected.skipped, exclusions: repository.exclusions, policy: judged.policy,
      totals: selected.totals(repository.entries))
  }

  // MARK: The lockfile

  private struct Found {
    var path: String?
    var lockfile: Lockfile?
    var use = LockfileUse.missing
  }

  private static func lockfile(
    _ options: Options, _ place: TreePlace
  ) throws(EngineError) -> Found {
    guard let path = options.lockfile ?? place.usualLockfile(of: options.tree) else {
      if options.pin != nil { return Found() }
      throw .needsLockfile(
        tree: options.tree.path, reason: place.reasonAgainstLockfile ?? "it is no folder")
    }
    if options.lockfile == nil, try Files.kind(at: path) == .link {
      throw .lockfileIsLink(path: path)
    }
    guard let expected = options.pin else {
      return Found(path: path, lockfile: try Files.lockfile(at: path))
    }
    guard let bytes = try Files.lockfileBytes(at: path) else {
      if options.lockfile != nil { throw .noLockfile(path: path) }
      return Found()
    }
    do {
      let lockfile = try LockfileReader.read(bytes)
      if lockfile.pin == expected {
        return Found(path: path, lockfile: lockfile, use: .authentic)
      }
      return Found(path: path, use: .other(lockfile.pin))
    } catch {
      if options.lockfile != nil { throw .lockfile(path: path, error) }
      return Found(path: path, use: .unreadable(error))
    }
  }

  /// What the workers need to verify large files by ranges; small ones need nothing.
  private static func expectations(_ entries: [Entry]) -> [RelativePath: ExpectedFile] {
    var result: [RelativePath: ExpectedFile] = [:]
    for entry in entries {
      guard let file = entry.file, !file.checkpoints.isEmpty else { continue }
      result[entry.path] = ExpectedFile(
        size: file.size, digest: file.digest, checkpoints: file.checkpoints)
    }
    return result
  }

  private static func checkCheckpoints(
    _ crawled: CrawlResult, _ path: String?
  ) throws(EngineError) {
    for (file, outcome) in crawled.ranges.sorted(by: { $0.key < $1.key }) {
      if case .damagedCheckpoints(let indices) = outcome {
        throw .damagedCheckpoints(path: path ?? "", file: file, indices: indices)
      }
    }
  }

  private static func computePin(
    _ exclude: [String], _ entries: [Entry]
  ) throws(EngineError) -> SHA256Digest {
    do {
      return try Pin.compute(exclude: exclude, entries: entries)
    } catch {
      throw .lockfile(path: "", error)
    }
  }

  // MARK: The findings

  /// The links among `entries`, in path order, whose target is none of them and that nobody accepted.
  static func unprovenLinks(
    among entries: [Entry], in context: RunContext
  ) throws(EngineError) -> [JudgedFinding] {
    guard let rule = RuleCatalogue.rule(linkRule) else { return [] }
    let subject = Subject(Repository(entries: entries))
    return try FindingsPipeline.run(subject, rules: [rule], in: context).filter(\.isOpen)
  }

  private static func findings(
    _ repository: Repository, _ options: Options, _ context: RunContext
  ) throws(EngineError) -> (links: [JudgedFinding], policy: PolicyResult?) {
    if options.policy {
      let findings = try FindingsPipeline.run(Subject(repository), in: context)
      let links = findings.filter { $0.finding.rule == linkRule && $0.isOpen }
      let policy = PolicyResult(
        findings: findings, threshold: context.configuration?.failOn ?? .high,
        unusedAcceptances: Policy(context.configuration, today: context.today).unused(findings))
      return (options.only.isEmpty ? links : [], policy)
    }
    if !options.only.isEmpty { return ([], nil) }
    return (try unprovenLinks(among: repository.entries, in: context), nil)
  }
}

extension [String] {
  /// The elements by the bytes of their UTF-8, each once.
  fileprivate var inByteOrderOnce: [String] {
    var result: [String] = []
    for text in sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    where result.last.map({ $0.utf8.elementsEqual(text.utf8) }) != true {
      result.append(text)
    }
    return result
  }
}
