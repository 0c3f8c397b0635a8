import Archives
import Core
import Formats

/// What was found out about one file beyond its digest.
struct Examination: Sendable {
  var kind: FileKind
  var sources: [SourceFile] = []
  var observations: [Observation] = []
}

/// Decides how much of a file the rules get to see, and looks into archives.
struct Examiner: Sendable {
  let limits: CrawlLimits
  let collectsSources: Bool

  /// Claims whose content is read as a text, whole.
  static let texts: FileClaims = [
    .python, .shell, .foreignCode, .notebook, .json, .yaml, .toml, .markdown, .manifest, .template,
    .text, .pathLines, .pointer, .xml,
  ]
  static let containers: FileClaims = [.zip, .tar, .sevenZip, .compressed]

  /// How many bytes of a file are wanted.
  enum Need: Equatable {
    case nothing
    /// At most this many from the start.
    case beginning(Int)
    /// All of it, at any offset.
    case everything
  }

  func need(_ kind: FileKind) -> Need {
    // What a zip is for, its names tell; the lockfile records it whoever asks.
    if kind.claims.contains(.zip) { return .everything }
    guard collectsSources else { return .nothing }
    if !kind.claims.isDisjoint(with: Self.containers) { return .everything }
    if kind.format == .image || kind.format == .csv || kind.format == .jsonLines { return .nothing }
    if !kind.claims.isDisjoint(with: Self.texts.union(.pickle)) {
      return .beginning(limits.sourceBytes)
    }
    if kind.claims.contains(.weights) { return .beginning(limits.headerBytes) }
    if kind.claims.contains(.native) { return .beginning(FileKind.headSize) }
    return .nothing
  }

  /// Collects what the rules read of a file.
  ///
  /// - Parameters:
  ///   - path: the file's, or `outer.zip!/inner`.
  ///   - entry: the tree's entry that holds it.
  func examine(
    _ kind: FileKind, path: RelativePath, entry: RelativePath, isExecutable: Bool, size: UInt64,
    content: Content, nesting: Nesting
  ) -> Examination {
    var result = Examination(kind: kind)
    if kind.claims.contains(.zip), let input = content.input(path: path.description),
      let directory = try? ZipDirectory(input, maximumMembers: limits.nestedMembers)
    {
      result.kind = kind.refined(zipMembers: directory.members.map(\.name), path: path.bytes)
    }
    guard collectsSources else { return result }
    let kind = result.kind
    do throws(ArchiveError) {
      try collect(
        kind, path: path, entry: entry, isExecutable: isExecutable, size: size, content: content,
        into: &result)
    } catch {
      result.observations.append(Observation(.notExamined, path, "\(error)"))
    }
    if !kind.claims.isDisjoint(with: Self.containers) {
      open(kind, path: path, entry: entry, size: size, content: content, nesting: nesting, &result)
    }
    if kind.claims.contains(.unreadableArchive) {
      let name = kind.format?.name ?? "unknown"
      result.observations.append(
        Observation(.notExamined, path, "no reader for this archive (\(name))"))
    }
    return result
  }

  private func collect(
    _ kind: FileKind, path: RelativePath, entry: RelativePath, isExecutable: Bool, size: UInt64,
    content: Content, into result: inout Examination
  ) throws(ArchiveError) {
    let claims = kind.claims
    if kind.format == .image || kind.format == .csv || kind.format == .jsonLines { return }
    let limit: Int
    if !claims.isDisjoint(with: Self.texts) {
      guard size <= UInt64(limits.sourceBytes) else {
        result.observations.append(
          Observation(
            .notExamined, path, "larger than \(limits.sourceBytes >> 20) MiB, the most that is read"
          ))
        return
      }
      limit = limits.sourceBytes
    } else if claims.contains(.pickle), size <= UInt64(limits.sourceBytes) {
      limit = limits.sourceBytes
    } else if !claims.isDisjoint(with: [.pickle, .weights]) {
      limit = limits.headerBytes
    } else if claims.contains(.native) {
      // That it is there is all that a rule has to say.
      limit = FileKind.headSize
    } else {
      return
    }
    let bytes =
      claims.isDisjoint(with: Self.texts)
      ? try Self.beginning(of: content, kind, limit) : try content.prefix(limit)
    let isWhole = UInt64(bytes.count) == size
    result.sources.append(
      SourceFile(
        path: path, entry: entry, role: kind.role, format: kind.format, isExecutable: isExecutable,
        bytes: bytes, isWhole: isWhole, claims: claims, size: size))
    // A pickle goes on where the reading stopped; a tensor header that fits is complete.
    if !isWhole, claims.contains(.pickle), claims.isDisjoint(with: Self.containers),
      kind.format == .pickle || kind.format == .joblib
    {
      result.observations.append(
        Observation(.notExamined, path, "only its first \(limit >> 20) MiB were examined"))
    }
  }

  /// Reads of weights what there is a reader for: a header, a pickle, and of everything else enough
  /// to tell what it is. A tree has many of them, and their beginnings add up.
  private static func beginning(
    of content: Content, _ kind: FileKind, _ limit: Int
  ) throws(ArchiveError) -> [UInt8] {
    let head = try content.prefix(min(limit, 1 << 16))
    var count = FileKind.headSize
    switch kind.format {
    case .gguf?, .pickle?, .joblib?: count = limit
    case .safetensors?:
      let length = (try? SafetensorsHeader.length(of: head)) ?? 0
      count = max(count, 8 + Int(clamping: min(length, UInt64(limit))))
    default:
      // A name that loaders unpickle: whatever the first bytes look like, a pickle may start there.
      guard kind.claims.contains(.pickle) else { break }
      let pickle = PickleImports(head)
      let mayBeOne = pickle.problem == nil || !pickle.names.isEmpty || pickle.isCutShort
      if mayBeOne { count = limit }
    }
    return count <= head.count ? Array(head[..<count]) : try content.prefix(min(count, limit))
  }
}
