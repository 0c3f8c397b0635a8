import Archives
import Core
import Formats

extension Examiner {
  /// Looks into the archive that a file is or claims to be.
  func open(
    _ kind: FileKind, path: RelativePath, entry: RelativePath, size: UInt64, content: Content,
    nesting: Nesting, _ result: inout Examination
  ) {
    guard let input = content.input(path: path.description) else {
      result.observations.append(
        Observation(.notExamined, path, "an archive too large to be looked into where it lies"))
      return
    }
    let inner: Examination? = nesting.deeper {
      var inner = Examination(kind: kind)
      do throws(ArchiveError) {
        try look(into: input, kind, path: path, entry: entry, nesting: nesting, &inner)
      } catch .unrecognised {
        // A name that claims an archive where there is none; what is there is examined as such.
        if kind.role == .archive {
          inner.observations.append(
            Observation(.notExamined, path, "not an archive as its name says"))
        }
      } catch {
        inner.observations.append(Observation(.notExamined, path, "\(error)"))
      }
      return inner
    }
    guard let inner else {
      result.observations.append(
        Observation(.notExamined, path, "nested more than \(limits.nestingDepth) archives deep"))
      return
    }
    result.sources += inner.sources
    result.observations += inner.observations
  }

  private func look(
    into input: ArchiveInput, _ kind: FileKind, path: RelativePath, entry: RelativePath,
    nesting: Nesting, _ result: inout Examination
  ) throws(ArchiveError) {
    let head = try input.head(512)
    if let compression = Compression(head: head) {
      let stream = try DecompressedStream(input, compression)
      let first = try stream.first(512)
      let isTar = FileKind.identify(path: path.bytes, head: first.span, size: 512)
      if isTar.format != .tar, isTar.format != .nemo, isTar.format != .pytorchTar {
        try lookIntoStream(stream, first, path: path, entry: entry, nesting: nesting, &result)
        return
      }
      input.rewind()
    }
    let archiveLimits = ArchiveLimits(
      members: limits.nestedMembers, bytes: limits.nestedBytes, ratio: limits.archiveRatio,
      ratioFloor: limits.ratioFloor)
    let reader: ArchiveReader
    do throws(ArchiveError) {
      reader = try ArchiveReader(input, limits: archiveLimits, isLenient: true)
    } catch .damaged(let reason) {
      // Only what says it is an archive is called a damaged one.
      let isShown = kind.format == .tar || kind.format == .zip || kind.role == .archive
      throw isShown || kind.claims.contains(.zip) ? .damaged(reason) : .unrecognised
    }
    if let deviation = reader.deviation {
      result.observations.append(
        Observation(.notExamined, path, "read as one reader sees it: \(deviation)"))
    }
    while let member = try reader.next() {
      guard member.kind == .file else { continue }
      guard nesting.take(members: 1, bytes: 0) else {
        throw .limit("more than \(limits.nestedMembers) members")
      }
      let inner = memberPath(member, outer: path, &result)
      if member.isEncrypted {
        reader.skipContent()
        result.observations.append(Observation(.notExamined, inner, "encrypted"))
        continue
      }
      do throws(ArchiveError) {
        try look(at: member, of: reader, path: inner, entry: entry, nesting: nesting, &result)
      } catch .member(_, let reason) {
        reader.skipContent()
        result.observations.append(Observation(.notExamined, inner, reason))
      }
    }
  }

  /// Examines one member as a file of the tree would be.
  private func look(
    at member: ArchiveMember, of reader: ArchiveReader, path: RelativePath, entry: RelativePath,
    nesting: Nesting, _ result: inout Examination
  ) throws(ArchiveError) {
    var bytes: [UInt8] = []
    try reader.read(upTo: FileKind.headSize, into: &bytes)
    let kind = FileKind.identify(path: member.name, head: bytes.span, size: member.size)
    let limit: Int
    switch need(kind) {
    case .nothing:
      reader.skipContent()
      if kind.claims.contains(.unreadableArchive) {
        let name = kind.format?.name ?? "unknown"
        result.observations.append(
          Observation(.notExamined, path, "no reader for this archive (\(name))"))
      }
      return
    case .beginning(let count): limit = count
    case .everything: limit = 256 << 20
    }
    let wanted = min(member.size, UInt64(limit))
    guard nesting.take(bytes: wanted) else {
      throw .limit("more than \(limits.nestedBytes >> 20) MiB in one archive")
    }
    try reader.read(upTo: limit, into: &bytes)
    let isWhole = UInt64(bytes.count) == member.size
    if isWhole {
      // One more read sees the end, where sizes and checksums are compared.
      var rest: [UInt8] = []
      try reader.read(upTo: 1, into: &rest)
    } else {
      reader.skipContent()
    }
    let inner = examine(
      kind, path: path, entry: entry, isExecutable: member.isExecutable, size: member.size,
      content: isWhole ? .whole(bytes) : .head(bytes), nesting: nesting)
    result.sources += inner.sources
    result.observations += inner.observations
  }

  /// A compressed file that is no archive: `vocab.json.gz`, a joblib pickle.
  private func lookIntoStream(
    _ stream: DecompressedStream, _ first: [UInt8], path: RelativePath, entry: RelativePath,
    nesting: Nesting, _ result: inout Examination
  ) throws(ArchiveError) {
    var bytes = first
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var isWhole = false
    while bytes.count <= limits.sourceBytes {
      let count = try stream.read(into: &buffer)
      if count == 0 {
        isWhole = true
        break
      }
      bytes += buffer[..<count]
    }
    guard nesting.take(bytes: UInt64(bytes.count)) else {
      throw .limit("more than \(limits.nestedBytes >> 20) MiB in one archive")
    }
    var name = Array(path.name.utf8)
    if let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0,
      ["gz", "bz2", "xz", "lzma", "zst", "lz4"].contains(
        String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased())
    {
      name = Array(name[..<dot])
    }
    guard let inner = try? RelativePath(bytes: name) else { return }
    let size = isWhole ? UInt64(bytes.count) : UInt64(limits.sourceBytes) + 1
    let kind = FileKind.identify(path: name, head: bytes.span, size: size)
    guard need(kind) != .nothing else { return }
    let examined = examine(
      kind, path: path.member(inner), entry: entry, isExecutable: false, size: size,
      content: isWhole ? .whole(bytes) : .head(bytes), nesting: nesting)
    result.sources += examined.sources
    result.observations += examined.observations
  }

  /// The member's path below its archive; a name that no tree can hold is replaced, and said.
  private func memberPath(
    _ member: ArchiveMember, outer: RelativePath, _ result: inout Examination
  ) -> RelativePath {
    var name = member.name[...]
    while name.starts(with: "./".utf8) { name = name.dropFirst(2) }
    do throws(RelativePathError) {
      return outer.member(try RelativePath(bytes: Array(name)))
    } catch {
      result.observations.append(
        Observation(
          .notExamined, outer,
          "holds a member called \(CrawlProblem.printable(member.name)): \(error)"))
      let safe = member.name.map { byte in
        byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
      }
      let fallback = try? RelativePath(bytes: Array("unsafe-".utf8) + safe.suffix(100))
      return fallback.map(outer.member) ?? outer
    }
  }
}

extension ArchiveReader {
  /// Reads on until `bytes` holds `count` bytes or the member ends.
  func read(upTo count: Int, into bytes: inout [UInt8]) throws(ArchiveError) {
    var buffer = [UInt8](repeating: 0, count: min(max(1, count - bytes.count), 1 << 16))
    while bytes.count < count {
      if buffer.count > count - bytes.count {
        buffer.removeLast(buffer.count - (count - bytes.count))
      }
      let read = try read(into: &buffer)
      if read == 0 { return }
      bytes += buffer[..<read]
    }
  }
}

extension DecompressedStream {
  /// The first `count` bytes, fewer when there are not as many.
  func first(_ count: Int) throws(ArchiveError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var buffer = [UInt8](repeating: 0, count: count - bytes.count)
      let read = try read(into: &buffer)
      if read == 0 { break }
      bytes += buffer[..<read]
    }
    return bytes
  }
}
