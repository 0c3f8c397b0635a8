internal import CArchive

/// Reads the members of a tar, zip or 7z one after the other, from wherever the bytes come.
///
/// Nothing is ever written. Every return code of libarchive is looked at: a warning is an error,
/// since it means that the library guessed. tar and zip are read a second time by a strict reader
/// of our own, and whatever the two do not agree on is an error.
package final class ArchiveReader {
  package let format: ArchiveFormat
  /// Why the archive is not as strict readers want it, when `isLenient` let it pass.
  package private(set) var deviation: ArchiveError?

  private let input: ArchiveInput
  private let limits: ArchiveLimits
  /// Nil for a zip without members, which libarchive does not know for one.
  private let handle: LibraryHandle?
  private let tape: TarTape?
  private var directory: ZipDirectory?
  private var nextIndex = 0
  private var memberCount = 0
  private var unpacked: UInt64 = 0
  private var current: ArchiveMember?
  private var currentRead: UInt64 = 0
  private var isContentDone = true
  private var checksum = CRC32()
  private var wantedChecksum: UInt32?

  /// Opens what `input` starts with.
  ///
  /// - Parameter isLenient: a zip whose structure two readers would see differently is still read,
  ///   as libarchive sees it, and `deviation` says why; for archives that are only looked into.
  /// - Throws: `unrecognised` when it is none of the formats.
  package init(
    _ input: ArchiveInput, limits: ArchiveLimits = ArchiveLimits(), isLenient: Bool = false
  ) throws(ArchiveError) {
    self.limits = limits
    let head = try input.head(512)
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
      let input = try input.spooled()
      self.input = input
      format = .zip
      tape = nil
      do throws(ArchiveError) {
        directory = try ZipDirectory(input, maximumMembers: limits.members)
      } catch {
        guard isLenient else { throw error }
        deviation = error
      }
      handle =
        if directory?.members.isEmpty == true {
          nil
        } else {
          try unsafe LibraryHandle(feed: input) {
            unsafe archive_read_support_format_zip_seekable($0)
          }
        }
    } else if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
      let input = try input.spooled()
      self.input = input
      format = .sevenZip
      tape = nil
      try Self.checkSevenZip(input)
      handle = try unsafe LibraryHandle(feed: input) {
        unsafe archive_read_support_format_7zip($0)
      }
    } else {
      self.input = input
      format = .tar
      let tape = try TarTape(input)
      self.tape = tape
      handle = try unsafe LibraryHandle(feed: tape) {
        unsafe archive_read_support_format_tar($0)
      }
    }
    guard handle == nil || handle?.filterCount == 0 else {
      throw .ambiguous("compressed more than once")
    }
  }

  /// The next member, or nil when the archive has ended as it should.
  package func next() throws(ArchiveError) -> ArchiveMember? {
    try finishMember()
    guard let handle else { return nil }
    var entry: OpaquePointer?
    switch unsafe archive_read_next_header(handle.pointer, &entry) {
    case ARCHIVE_OK: break
    case ARCHIVE_EOF:
      try finish()
      return nil
    default: throw handle.failure()
    }
    guard let entry = unsafe entry else { throw .damaged("damaged") }
    memberCount += 1
    guard memberCount <= limits.members else { throw .limit("more than \(limits.members) members") }
    let seen = try unsafe read(entry)
    let member = try crossChecked(seen)
    current = member
    currentRead = 0
    isContentDone = member.kind != .file
    return member
  }

  /// Reads the current member's content into the front of `buffer`; 0 at its end.
  package func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    guard !isContentDone, let member = current, let handle else { return 0 }
    if member.isEncrypted { throw .encrypted }
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe archive_read_data(handle.pointer, $0.baseAddress, $0.count)
    }
    guard count >= 0 else {
      throw .member(path: member.name, reason: "\(handle.failure())")
    }
    currentRead += UInt64(count)
    if count == 0 {
      isContentDone = true
      guard currentRead == member.size else {
        throw .member(
          path: member.name, reason: "\(currentRead) bytes, where \(member.size) are declared")
      }
      if let wantedChecksum, wantedChecksum != checksum.value {
        throw .member(path: member.name, reason: "its checksum does not match")
      }
      return 0
    }
    if wantedChecksum != nil { checksum.update(buffer, count: count) }
    guard currentRead <= member.size else {
      throw .member(path: member.name, reason: "more bytes than the \(member.size) declared")
    }
    unpacked += UInt64(count)
    guard unpacked <= limits.bytes else { throw .limit("more than \(limits.bytes) unpacked bytes") }
    if unpacked > limits.ratioFloor, unpacked / limits.ratio > max(1, packedBytes) {
      throw .limit(
        "unpacks to more than \(limits.ratio) times its size: taken for a decompression bomb")
    }
    return count
  }

  /// Packed bytes used so far; for formats that seek, those of the whole file.
  private var packedBytes: UInt64 { tape?.consumed ?? input.size ?? 0 }

  /// Skipping reads the content too: a damaged member that nobody wanted is still damage.
  private func finishMember() throws(ArchiveError) {
    guard current != nil, !isContentDone else { return }
    if current?.isEncrypted == true {
      isContentDone = true
      return
    }
    var sink = [UInt8](repeating: 0, count: 1 << 16)
    while try read(into: &sink) > 0 {}
  }

  /// Leaves the current member's content unread, where nothing hangs on it.
  package func skipContent() {
    isContentDone = true
  }

  private func finish() throws(ArchiveError) {
    if let tape { try tape.finish() }
    if let directory {
      guard nextIndex == directory.members.count else {
        throw .ambiguous("libarchive sees fewer members than the zip directory lists")
      }
    }
  }
}

extension ArchiveReader {
  /// What libarchive says of an entry. The pointer is valid until the next header.
  private func read(_ entry: OpaquePointer) throws(ArchiveError) -> ArchiveMember {
    func copy(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
      guard let text = unsafe text else { return nil }
      var bytes: [UInt8] = []
      var index = 0
      while unsafe text[index] != 0 {
        bytes.append(UInt8(bitPattern: unsafe text[index]))
        index += 1
      }
      return bytes
    }
    guard let name = unsafe copy(archive_entry_pathname(entry)) else {
      throw .damaged("a member whose name is no Unicode text")
    }
    let isEncrypted = unsafe archive_entry_is_encrypted(entry) != 0
    let size = unsafe archive_entry_size(entry)
    guard size >= 0 else { throw .member(path: name, reason: "a negative size") }
    let mode = unsafe archive_entry_mode(entry)
    let isExecutable = mode & 0o100 != 0
    if let target = unsafe copy(archive_entry_hardlink(entry)) {
      return ArchiveMember(
        name: name, kind: .hardLink(target: target), size: 0, isExecutable: isExecutable)
    }
    let kind: ArchiveMember.Kind
    switch UInt32(mode) & 0o170000 {
    case 0o100000: kind = .file
    case 0o040000: kind = .folder
    case 0o120000:
      guard let target = unsafe copy(archive_entry_symlink(entry)) else {
        throw .member(path: name, reason: "a link without a target")
      }
      kind = .link(target: target)
    default: throw .member(path: name, reason: "neither file, folder nor link")
    }
    if kind == .file, unsafe archive_entry_size_is_set(entry) == 0 {
      throw .member(path: name, reason: "no size")
    }
    if unsafe archive_entry_sparse_count(entry) > 0 {
      throw .member(path: name, reason: "a sparse file")
    }
    return ArchiveMember(
      name: name, kind: kind, size: kind == .file ? UInt64(size) : 0, isExecutable: isExecutable,
      isEncrypted: isEncrypted)
  }

  /// Compares with what the strict reader saw.
  private func crossChecked(_ seen: ArchiveMember) throws(ArchiveError) -> ArchiveMember {
    wantedChecksum = nil
    switch format {
    case .tar:
      guard let audited = tape?.take() else {
        throw .ambiguous("member \(shown(seen.name)): readers of tar do not agree that it is one")
      }
      let member = ArchiveMember(
        name: audited.name, kind: audited.kind, size: audited.size,
        isExecutable: audited.isExecutable)
      guard member.plain == seen.plain else {
        throw .ambiguous("member \(shown(audited.name)): readers of tar see it differently")
      }
      return member
    case .zip:
      guard let directory else { return seen }
      guard nextIndex < directory.members.count else {
        throw .ambiguous("libarchive sees more members than the zip directory lists")
      }
      let listed = directory.members[nextIndex]
      nextIndex += 1
      return try crossChecked(seen, listed)
    case .sevenZip:
      if seen.name.contains(UInt8(ascii: "\\")) {
        throw .member(path: seen.name, reason: "a backslash, which readers take differently")
      }
      return seen
    }
  }

  private func crossChecked(
    _ seen: ArchiveMember, _ listed: ZipDirectory.Member
  ) throws(ArchiveError) -> ArchiveMember {
    if listed.name.contains(UInt8(ascii: "\\")) {
      throw .member(path: listed.name, reason: "a backslash, which readers take differently")
    }
    if listed.name.contains(where: { $0 >= 0x80 }), listed.flags & 0x800 == 0 {
      throw .member(
        path: listed.name,
        reason: "a name that is not marked as UTF-8: readers decode it differently")
    }
    let type = listed.mode & 0o170000
    let isFolder = listed.isFolder || type == 0o040000
    let isLink = type == 0o120000
    if isFolder, listed.size != 0 {
      throw .member(path: listed.name, reason: "a folder with content")
    }
    let isSame =
      ArchiveMember.plain(seen.name) == ArchiveMember.plain(listed.name)
      && (seen.kind == .folder) == isFolder && seen.isLink == isLink
      && (seen.kind != .file || seen.size == listed.size || listed.isEncrypted)
    guard isSame else {
      throw .ambiguous("member \(shown(listed.name)): readers of zip see it differently")
    }
    if seen.kind == .file { wantedChecksum = listed.isEncrypted ? nil : listed.checksum }
    checksum = CRC32()
    return ArchiveMember(
      name: listed.name, kind: seen.kind, size: seen.kind == .file ? listed.size : 0,
      isExecutable: listed.mode & 0o100 != 0,
      isEncrypted: listed.isEncrypted || seen.isEncrypted)
  }

  /// The start header of a 7z says where its end is.
  private static func checkSevenZip(_ input: ArchiveInput) throws(ArchiveError) {
    let head = try input.bytes(at: 0, count: 32)
    guard let size = input.size, head.count == 32 else { throw .damaged("the 7z is cut short") }
    var checksum = CRC32()
    checksum.update(Array(head[12...]), count: 20)
    guard checksum.value == head.u32(8) else { throw .damaged("a damaged 7z header") }
    let (afterData, overflow) = head.u64(12).addingReportingOverflow(head.u64(20))
    let (end, overflow2) = afterData.addingReportingOverflow(32)
    guard !overflow, !overflow2, end <= size else { throw .damaged("the 7z is cut short") }
    guard end == size else { throw .ambiguous("bytes after the end of the 7z") }
  }
}

extension ArchiveMember {
  var isLink: Bool { if case .link = kind { true } else { false } }

  /// The name as the two readers must agree on it: libarchive adds a slash to folders.
  static func plain(_ name: [UInt8]) -> ArraySlice<UInt8> {
    var name = name[...]
    while name.count > 1, name.last == UInt8(ascii: "/") { name = name.dropLast() }
    return name
  }

  fileprivate var plain: ArchiveMember {
    ArchiveMember(
      name: Array(Self.plain(name)), kind: kind, size: kind == .file ? size : 0, isExecutable: false
    )
  }
}

/// A tar's bytes, decompressed where they need it, watched on their way to libarchive.
private final class TarTape: ByteFeed {
  private enum Source {
    case plain(ArchiveInput)
    case packed(DecompressedStream)
  }

  private let source: Source
  private var audit = TarAudit()

  init(_ input: ArchiveInput) throws(ArchiveError) {
    let head = try input.head(512)
    if let compression = Compression(head: head) {
      source = .packed(try DecompressedStream(input, compression))
    } else {
      guard head.count == 512 else {
        throw head.isEmpty ? .damaged("empty") : .unrecognised
      }
      source = .plain(input)
    }
  }

  var seekableSize: UInt64? { nil }
  func seek(to offset: UInt64) {}

  var consumed: UInt64 {
    switch source {
    case .plain(let input): input.position
    case .packed(let stream): stream.consumed
    }
  }

  func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    let count =
      switch source {
      case .plain(let input): try input.read(into: &buffer)
      case .packed(let stream): try stream.read(into: &buffer)
      }
    try audit.consume(buffer, count: count)
    return count
  }

  func take() -> TarAudit.Member? { audit.take() }

  /// Reads what libarchive left, which can only be zeros, and has the end checked.
  func finish() throws(ArchiveError) {
    var rest = [UInt8](repeating: 0, count: 1 << 16)
    while try read(into: &rest) > 0 {}
    try audit.finish()
  }
}
