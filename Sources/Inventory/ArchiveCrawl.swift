import Archives
import Core
import FileSystem
import Formats
import Hashing

/// The crawl of an archive, read as the tree it unpacks to.
///
/// Members may come in any order; what they say together must be one tree that every unpacker
/// would make: no name twice, nothing below a file or link, nothing outside.
struct ArchiveCrawl {
  private let options: CrawlOptions
  private let name: String
  private let reader: ArchiveReader
  private let examiner: Examiner
  private let rules: ExclusionRules
  private var assembly: Assembly

  private enum Place {
    case folder
    case file(size: UInt64, isExecutable: Bool)
    case link
  }

  /// What stands at each path so far, folders that are only implied included.
  private var places: [RelativePath: Place] = [:]
  private var files: [RelativePath: Stored] = [:]
  private var problems: [CrawlProblem] = []
  /// Small files of a `.git` at the root, which say where the tree is from.
  private var checkout: [String: [UInt8]] = [:]
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)

  /// A file already read, for the hard links that follow.
  private struct Stored {
    let size: UInt64
    let isExecutable: Bool
    let digest: SHA256Digest
    let checkpoints: [SHA256Digest]
    let examination: Examination
    let blob: GitBlobDigest?
  }

  init(_ input: ArchiveInput, name: String, _ options: CrawlOptions) throws(CrawlError) {
    self.options = options
    self.name = name
    examiner = Examiner(limits: options.limits, collectsSources: options.collectsSources)
    rules = ExclusionRules(options)
    assembly = Assembly(options.limits)
    let limits = options.limits
    do throws(ArchiveError) {
      reader = try ArchiveReader(
        input,
        limits: ArchiveLimits(
          members: limits.archiveMembers, bytes: limits.archiveBytes, ratio: limits.archiveRatio,
          ratioFloor: limits.ratioFloor))
    } catch {
      throw .archive(path: name, reason: "\(error)")
    }
  }

  mutating func run() throws(CrawlError) -> CrawlResult {
    do throws(ArchiveError) {
      while let member = try reader.next() {
        do throws(ArchiveError) {
          try take(member)
        } catch .member(let path, let reason) {
          problems.append(CrawlProblem(path: path, reason: reason))
          reader.skipContent()
          // Many bad members are worth listing, but not without end.
          if problems.count >= 100 { throw .damaged("more than 100 bad members") }
        }
      }
    } catch {
      guard problems.isEmpty else { throw .problems(problems.sorted()) }
      throw .archive(path: name, reason: "\(error)")
    }
    guard problems.isEmpty else { throw .problems(problems.sorted()) }
    options.progress?.finishListing()
    let checkout = checkout
    assembly.provenance = GitCheckout { checkout[$0] }?.provenance
    return CrawlResult(repository: try assembly.finish())
  }

  private mutating func take(_ member: ArchiveMember) throws(ArchiveError) {
    func bad(_ reason: String) -> ArchiveError { .member(path: member.name, reason: reason) }
    guard let path = try Self.path(of: member) else { return }
    if member.isEncrypted { throw bad("encrypted") }
    try claim(path, member)
    if let folder = leftOut(path) {
      if folder.isGit { try keepCheckout(path, member) } else { reader.skipContent() }
      return
    }
    if member.kind != .folder, let reason = rules.reason(file: path.bytes) {
      assembly.exclusions.append(ExclusionRules.exclusion(path, reason))
      return
    }
    switch member.kind {
    case .folder: return
    case .link(let target):
      guard Self.staysInside(target, of: path) else {
        throw bad("a link that leaves the archive: \(CrawlProblem.printable(target))")
      }
      assembly.add(path, target: target)
    case .hardLink(let target):
      let first = try Self.path(
        of: ArchiveMember(
          name: target, kind: .file, size: 0, isExecutable: false))
      guard let first, let stored = files[first] else {
        throw bad("a hard link to what is no earlier file: \(CrawlProblem.printable(target))")
      }
      // Its own name may mean something else; nested sources belong to this path.
      try add(path, stored)
    case .file: try read(member, at: path)
    }
  }

  /// The member's path below the root; nil for the root itself.
  private static func path(of member: ArchiveMember) throws(ArchiveError) -> RelativePath? {
    var bytes = member.name[...]
    guard bytes.first != UInt8(ascii: "/") else {
      throw .member(path: member.name, reason: "an absolute path")
    }
    while bytes.starts(with: "./".utf8) { bytes = bytes.dropFirst(2) }
    if member.kind == .folder {
      while bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
      if bytes.isEmpty || bytes.elementsEqual(".".utf8) { return nil }
    }
    do throws(RelativePathError) {
      return try RelativePath(bytes: Array(bytes))
    } catch {
      throw .member(path: member.name, reason: error.description)
    }
  }

  /// Takes the path for this member, and the folders above it.
  private mutating func claim(
    _ path: RelativePath, _ member: ArchiveMember
  ) throws(ArchiveError) {
    var above = path.parent
    while let folder = above {
      switch places[folder] {
      case .none: places[folder] = .folder
      case .folder: break
      case .file, .link:
        throw .member(path: member.name, reason: "lies below \(folder), which is no folder")
      }
      above = folder.parent
    }
    switch (places[path], member.kind) {
    case (.none, .folder): places[path] = .folder
    case (.none, .link): places[path] = .link
    case (.none, _): places[path] = .file(size: member.size, isExecutable: member.isExecutable)
    // A folder may be named again: it has no content to disagree about.
    case (.folder, .folder): break
    default: throw .member(path: member.name, reason: "the archive holds this name twice")
    }
    guard places.count <= options.limits.entries else {
      throw .limit("more than \(options.limits.entries) entries")
    }
  }

  /// Whether the member lies in a folder that is left out, or is one; what a walk would record of
  /// it is recorded.
  private mutating func leftOut(_ path: RelativePath) -> (isGit: Bool, Void)? {
    var isFolder = false
    if case .folder = places[path] { isFolder = true }
    var folders: [RelativePath] = isFolder ? [path] : []
    var above = path.parent
    while let folder = above {
      folders.append(folder)
      above = folder.parent
    }
    // From the outside in: the outermost decides.
    for index in folders.indices.reversed() {
      guard let reason = rules.reason(folder: folders[index].bytes) else { continue }
      exclude(folders[index], reason)
      guard case .pattern = reason else { return (reason == .versionControl, ()) }
      for folder in folders[..<index] { exclude(folder, reason) }
      if !isFolder { assembly.exclusions.append(ExclusionRules.exclusion(path, reason)) }
      return (false, ())
    }
    return nil
  }

  private mutating func exclude(_ folder: RelativePath, _ reason: Exclusion.Reason) {
    assembly.exclude(Exclusion(path: folder, isFolder: true, reason: reason, role: nil))
  }

  /// Keeps what a checkout says of itself, and skips the rest of it.
  private mutating func keepCheckout(
    _ path: RelativePath, _ member: ArchiveMember
  ) throws(ArchiveError) {
    let inner = String(decoding: path.bytes.dropFirst(5), as: UTF8.self)
    let isWanted =
      ["HEAD", "config", "packed-refs"].contains(inner) || inner.hasPrefix("refs/")
    guard member.kind == .file, isWanted, member.size <= 16 << 20, checkout.count < 10_000 else {
      reader.skipContent()
      return
    }
    var bytes: [UInt8] = []
    try reader.read(upTo: Int(member.size) + 1, into: &bytes)
    checkout[inner] = bytes
  }

  /// Reads a file's content once: for its digest and for the rules.
  private mutating func read(
    _ member: ArchiveMember, at path: RelativePath
  ) throws(ArchiveError) {
    options.progress?.find(files: 1)
    options.progress?.hashing.plan(member.size)
    var stream = CheckpointedStream()
    var kept: [UInt8] = []
    try reader.read(upTo: FileKind.headSize, into: &kept)
    stream.update(kept.span)
    options.progress?.hashing.advance(UInt64(kept.count))
    let kind = FileKind.identify(path: path.bytes, head: kept.span, size: member.size)
    let isMetadata =
      ClientMetadata.isCandidate(path.bytes) && member.size <= ClientMetadata.sizeLimit
    let limit: UInt64
    let need = examiner.need(kind)
    switch need {
    case .nothing: limit = isMetadata ? ClientMetadata.sizeLimit : UInt64(kept.count)
    case .beginning(let count): limit = isMetadata ? ClientMetadata.sizeLimit : UInt64(count)
    case .everything: limit = 64 << 20
    }
    // Archives that do not fit into memory are read again from a file without a name.
    let spool = need == .everything && member.size > limit ? try Self.spool(kept) : nil
    while true {
      let count = try reader.read(into: &buffer)
      if count == 0 { break }
      let part = buffer.span.extracting(0..<count)
      stream.update(part)
      options.progress?.hashing.advance(UInt64(count))
      if let spool {
        try spool.add(buffer, count)
      } else if UInt64(kept.count) < limit {
        kept += buffer[..<Int(min(UInt64(count), limit - UInt64(kept.count)))]
      }
    }
    let result: CheckpointedStream.Result
    do throws(HashingError) {
      result = try stream.finish()
    } catch {
      throw .unreadable("\(error)")
    }
    options.progress?.finishFile()
    let isWhole = UInt64(kept.count) == result.size
    if isMetadata, isWhole, let record = ClientMetadata(path: path.bytes, bytes: kept) {
      assembly.leave(path, record)
      return
    }
    let content: Content =
      if let spool { .input(try spool.input(path.description)) } else {
        isWhole ? .whole(kept) : .head(kept)
      }
    var examination = Examination(kind: kind)
    if need != .nothing || kind.claims.contains(.unreadableArchive) {
      examination = examiner.examine(
        kind, path: path, entry: path, isExecutable: member.isExecutable, size: result.size,
        content: content, nesting: Nesting(options.limits))
    }
    let stored = Stored(
      size: result.size, isExecutable: member.isExecutable, digest: result.digest,
      checkpoints: result.checkpoints, examination: examination,
      blob: isWhole ? GitBlobDigest(of: kept.span) : nil)
    files[path] = stored
    add(path, stored, examination)
  }

  private mutating func add(_ path: RelativePath, _ stored: Stored, _ examination: Examination) {
    assembly.add(
      path,
      FileRecord(
        size: stored.size, isExecutable: stored.isExecutable, digest: stored.digest,
        checkpoints: stored.checkpoints, role: examination.kind.role,
        format: examination.kind.format), sources: examination.sources,
      observations: examination.observations, blob: stored.blob)
  }

  /// A hard link: the same content under another name, with what that name says of it.
  private mutating func add(_ path: RelativePath, _ stored: Stored) throws(ArchiveError) {
    var examination = stored.examination
    let first = examination.sources.first { $0.path == $0.entry }
    if let bytes = first?.bytes, first?.isWhole == true {
      let kind = FileKind.identify(path: path.bytes, head: bytes.span, size: stored.size)
      examination = examiner.examine(
        kind, path: path, entry: path, isExecutable: stored.isExecutable, size: stored.size,
        content: .whole(bytes), nesting: Nesting(options.limits))
    } else {
      let outer = first?.entry
      let named = FileKind.named(path.bytes)
      let kind = first.map {
        FileKind.identify(path: path.bytes, head: $0.bytes.span, size: stored.size)
      }
      examination.kind = kind ?? examination.kind
      examination.sources = examination.sources.map { source in
        let own = source.path == source.entry ? kind : nil
        return SourceFile(
          path: Self.moved(source.path, from: source.entry, to: path), entry: path,
          role: own?.role ?? source.role, format: own?.format ?? source.format,
          isExecutable: source.isExecutable, bytes: source.bytes, isWhole: source.isWhole,
          claims: own?.claims ?? source.claims, size: source.size)
      }
      examination.observations = examination.observations.map { observation in
        guard let outer else { return Observation(observation.kind, path, observation.detail) }
        return Observation(
          observation.kind, Self.moved(observation.path, from: outer, to: path),
          observation.detail)
      }
      // The content was read as what its first name says, and is gone.
      let claims = kind?.claims ?? named?.claims ?? []
      if !claims.intersection(Self.examined).isSubset(of: first?.claims ?? []) {
        examination.observations.append(
          Observation(
            .notExamined, path, "a hard link, whose content was read under another kind of name"))
      }
    }
    files[path] = stored
    add(path, stored, examination)
  }

  /// What a name can claim that takes more than the beginning of the content to examine.
  private static let examined = Examiner.texts.union(Examiner.containers).union(.pickle)

  private static func moved(
    _ path: RelativePath, from old: RelativePath, to new: RelativePath
  ) -> RelativePath {
    guard path.bytes.starts(with: old.bytes) else { return new }
    return (try? RelativePath(bytes: new.bytes + path.bytes.dropFirst(old.bytes.count))) ?? new
  }

  /// Whether a link's target text stays below the root, going by text alone.
  private static func staysInside(_ target: [UInt8], of path: RelativePath) -> Bool {
    guard !target.isEmpty, target.first != UInt8(ascii: "/") else { return false }
    var depth = path.components.count - 1
    for part in target.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual("..".utf8) {
        depth -= 1
        if depth < 0 { return false }
      } else if !part.elementsEqual(".".utf8) {
        depth += 1
      }
    }
    return true
  }

  private static func spool(_ head: [UInt8]) throws(ArchiveError) -> ArchiveSpool {
    let spool = try ArchiveSpool()
    try spool.add(head, head.count)
    return spool
  }
}
