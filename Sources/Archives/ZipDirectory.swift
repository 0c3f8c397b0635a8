/// The central directory of a zip, checked against every local header.
///
/// A zip says everything twice and is found from its end, so two readers easily see two archives.
/// Every byte must belong to exactly one thing: members back to back from the first byte, the
/// central directory behind them, one end record behind that, nothing else.
package struct ZipDirectory: Sendable {
  package struct Member: Sendable {
    package let name: [UInt8]
    package let flags: UInt16
    /// 0 stored, 8 deflated, …
    package let method: UInt16
    package let checksum: UInt32
    package let packedSize: UInt64
    package let size: UInt64
    /// Of the local header.
    package let offset: UInt64
    /// Unix type and permissions; 0 where the archive was made elsewhere.
    package let mode: UInt32

    package var isEncrypted: Bool { flags & 0x41 != 0 }
    package var isFolder: Bool { name.last == UInt8(ascii: "/") }
  }

  /// In the order of their local headers.
  package private(set) var members: [Member] = []
  private let size: UInt64
  private var directoryStart: UInt64 = 0
  private var directorySize: UInt64 = 0
  private var count: UInt64 = 0

  /// - Throws: `ArchiveError`, `ambiguous` where readers could disagree.
  package init(
    _ input: ArchiveInput, maximumMembers: Int = 1_000_000
  ) throws(ArchiveError) {
    guard let size = input.size else { throw .unreadable("a zip needs a file that can seek") }
    self.size = size
    try findEnd(input)
    guard count <= UInt64(maximumMembers) else {
      throw .limit("more than \(maximumMembers) members")
    }
    guard directorySize <= 1 << 28 else {
      throw .limit("a zip directory of \(directorySize) bytes")
    }
    guard count * 46 <= directorySize else { throw .damaged("a zip directory that is too small") }
    try readDirectory(input)
    try checkLocals(input)
  }

  /// The end record, and its 64-bit form when there is one.
  private mutating func findEnd(_ input: ArchiveInput) throws(ArchiveError) {
    let tailSize = min(size, 22 + 0xFFFF)
    let tailStart = size - tailSize
    let tail = try input.bytes(at: tailStart, count: Int(tailSize))
    guard UInt64(tail.count) == tailSize else { throw .unreadable("the file became shorter") }
    var found: Int?
    var last: Int?
    var index = tail.count - 4
    while index >= 0 {
      if tail[index] == 0x50, tail[index + 1] == 0x4B, tail[index + 2] == 0x05,
        tail[index + 3] == 0x06
      {
        if last == nil { last = index }
        if index + 22 <= tail.count, index + 22 + Int(tail.u16(index + 20)) == tail.count {
          guard found == nil else { throw .ambiguous("a zip with two end records") }
          found = index
        }
      }
      index -= 1
    }
    guard let end = found else { throw .damaged("a zip without its end record: cut short") }
    guard last == end else { throw .ambiguous("a zip whose comment holds another end record") }
    guard tail.u16(end + 4) == 0, tail.u16(end + 6) == 0, tail.u16(end + 8) == tail.u16(end + 10)
    else { throw .damaged("a zip in several volumes") }
    count = UInt64(tail.u16(end + 10))
    directorySize = UInt64(tail.u32(end + 12))
    directoryStart = UInt64(tail.u32(end + 16))
    var directoryEnd = tailStart + UInt64(end)
    let short = (count: count, size: directorySize, start: directoryStart)
    if directoryEnd >= 20 {
      let locator = try input.bytes(at: directoryEnd - 20, count: 20)
      if locator.count == 20, locator.u32(0) == 0x0706_4B50 {
        directoryEnd = try readLarge(input, locator, before: directoryEnd - 20)
        let isSame =
          (short.count == count || short.count == 0xFFFF)
          && (short.size == directorySize || short.size == 0xFFFF_FFFF)
          && (short.start == directoryStart || short.start == 0xFFFF_FFFF)
        guard isSame else { throw .ambiguous("a zip whose two end records disagree") }
      } else if short.start == 0xFFFF_FFFF || short.size == 0xFFFF_FFFF {
        throw .damaged("a zip without its 64-bit end record")
      }
    }
    let (sum, overflow) = directoryStart.addingReportingOverflow(directorySize)
    guard !overflow, sum == directoryEnd else {
      throw .ambiguous("a zip with bytes before its first member or between its parts")
    }
  }

  private mutating func readLarge(
    _ input: ArchiveInput, _ locator: [UInt8], before end: UInt64
  ) throws(ArchiveError) -> UInt64 {
    guard locator.u32(4) == 0, locator.u32(16) <= 1, end >= 56, locator.u64(8) == end - 56 else {
      throw .ambiguous("a zip whose 64-bit end record is not where it should be")
    }
    let record = try input.bytes(at: end - 56, count: 56)
    guard record.count == 56, record.u32(0) == 0x0606_4B50, record.u64(4) == 44,
      record.u32(16) == 0, record.u32(20) == 0, record.u64(24) == record.u64(32)
    else { throw .damaged("a malformed 64-bit end record in the zip") }
    count = record.u64(32)
    directorySize = record.u64(40)
    directoryStart = record.u64(48)
    return end - 56
  }

  private mutating func readDirectory(_ input: ArchiveInput) throws(ArchiveError) {
    let bytes = try input.bytes(at: directoryStart, count: Int(directorySize))
    guard bytes.count == Int(directorySize) else { throw .damaged("the zip is cut short") }
    members.reserveCapacity(Int(count))
    var index = 0
    while index < bytes.count {
      guard bytes.count - index >= 46, bytes.u32(index) == 0x0201_4B50 else {
        throw .damaged("a malformed zip directory")
      }
      let nameLength = Int(bytes.u16(index + 28))
      let extraLength = Int(bytes.u16(index + 30))
      let commentLength = Int(bytes.u16(index + 32))
      let end = index + 46 + nameLength + extraLength + commentLength
      guard end <= bytes.count else { throw .damaged("a malformed zip directory") }
      guard bytes.u16(index + 34) == 0 else { throw .damaged("a zip in several volumes") }
      let name = Array(bytes[index + 46..<index + 46 + nameLength])
      let extra = Array(bytes[index + 46 + nameLength..<index + 46 + nameLength + extraLength])
      var packed = UInt64(bytes.u32(index + 20))
      var unpacked = UInt64(bytes.u32(index + 24))
      var offset = UInt64(bytes.u32(index + 42))
      try ZipExtra(extra, name: name, isLocal: false).widen(&unpacked, &packed, &offset)
      let attributes = bytes.u32(index + 38)
      let isUnix = bytes[index + 5] == 3 || bytes[index + 5] == 19
      members.append(
        Member(
          name: name, flags: bytes.u16(index + 8), method: bytes.u16(index + 10),
          checksum: bytes.u32(index + 16), packedSize: packed, size: unpacked, offset: offset,
          mode: isUnix ? attributes >> 16 : 0))
      index = end
    }
    guard UInt64(members.count) == count else {
      throw .ambiguous("a zip whose directory holds \(members.count) members, not \(count)")
    }
    members.sort { $0.offset < $1.offset }
  }

  private func checkLocals(_ input: ArchiveInput) throws(ArchiveError) {
    var position: UInt64 = 0
    for (index, member) in members.enumerated() {
      guard member.offset == position else {
        throw member.offset < position
          ? .ambiguous("zip members that overlap")
          : .ambiguous("a zip with bytes that belong to no member")
      }
      let limit = index + 1 < members.count ? members[index + 1].offset : directoryStart
      position = try checkLocal(input, member, limit: limit)
      guard position <= limit else { throw .ambiguous("zip members that overlap") }
    }
    guard position == directoryStart else {
      throw .ambiguous("a zip with bytes that belong to no member")
    }
  }

  /// Compares a member's local header with its central one; returns where the member ends.
  private func checkLocal(
    _ input: ArchiveInput, _ member: Member, limit: UInt64
  ) throws(ArchiveError) -> UInt64 {
    func differ(_ what: String) -> ArchiveError {
      .ambiguous(
        "member \(shown(member.name)): its local header has another \(what) than the directory")
    }
    let header = try input.bytes(at: member.offset, count: 30)
    guard header.count == 30, header.u32(0) == 0x0403_4B50 else {
      throw .damaged("member \(shown(member.name)): no local header where the directory says")
    }
    let nameLength = Int(header.u16(26))
    let extraLength = Int(header.u16(28))
    let names = try input.bytes(at: member.offset + 30, count: nameLength + extraLength)
    guard names.count == nameLength + extraLength else { throw .damaged("the zip is cut short") }
    guard Array(names[..<nameLength]) == member.name else { throw differ("name") }
    // Bit 3 only says where the sizes stand; writers that seek back differ in it.
    let streamed = header.u16(6) & 8 != 0
    guard (header.u16(6) ^ member.flags) & ~8 == 0 else { throw differ("set of flags") }
    guard header.u16(8) == member.method else { throw differ("method") }
    var packed = UInt64(header.u32(18))
    var unpacked = UInt64(header.u32(22))
    var offset: UInt64 = 0
    try ZipExtra(Array(names[nameLength...]), name: member.name, isLocal: true)
      .widen(&unpacked, &packed, &offset)
    let isBlank = streamed && header.u32(14) == 0 && packed == 0 && unpacked == 0
    // Some writers leave the sizes saturated until the descriptor.
    let isOpen = streamed && packed == 0xFFFF_FFFF && unpacked == 0xFFFF_FFFF
    if !isBlank, !isOpen {
      guard packed == member.packedSize, unpacked == member.size else { throw differ("size") }
      guard header.u32(14) == member.checksum || (streamed && header.u32(14) == 0) else {
        throw differ("checksum")
      }
    }
    let dataStart = member.offset + 30 + UInt64(nameLength + extraLength)
    let (dataEnd, overflow) = dataStart.addingReportingOverflow(member.packedSize)
    guard !overflow, dataEnd <= limit else { throw .ambiguous("zip members that overlap") }
    guard streamed, limit > dataEnd else { return dataEnd }
    return try descriptorEnd(input, member, at: dataEnd, limit: limit)
  }

  /// The descriptor behind a streamed member, in any of its four forms.
  private func descriptorEnd(
    _ input: ArchiveInput, _ member: Member, at start: UInt64, limit: UInt64
  ) throws(ArchiveError) -> UInt64 {
    let length = limit - start
    guard length == 12 || length == 16 || length == 20 || length == 24 else {
      throw .ambiguous("a zip with bytes that belong to no member")
    }
    let bytes = try input.bytes(at: start, count: Int(length))
    guard bytes.count == Int(length) else { throw .damaged("the zip is cut short") }
    var index = 0
    if length == 16 || length == 24 {
      guard bytes.u32(0) == 0x0807_4B50 else { throw .damaged("a malformed zip descriptor") }
      index = 4
    }
    let isLarge = length >= 20
    let packed = isLarge ? bytes.u64(index + 4) : UInt64(bytes.u32(index + 4))
    let unpacked = isLarge ? bytes.u64(index + 12) : UInt64(bytes.u32(index + 8))
    guard bytes.u32(index) == member.checksum, packed == member.packedSize, unpacked == member.size
    else {
      throw .ambiguous(
        "member \(shown(member.name)): its descriptor disagrees with the directory")
    }
    return limit
  }
}

/// The extra fields of a zip header that change what a member is.
private struct ZipExtra {
  private var wide: ArraySlice<UInt8>?
  private let isLocal: Bool

  init(_ bytes: [UInt8], name: [UInt8], isLocal: Bool) throws(ArchiveError) {
    self.isLocal = isLocal
    var index = 0
    while index + 4 <= bytes.count {
      let tag = bytes.u16(index)
      let end = index + 4 + Int(bytes.u16(index + 2))
      guard end <= bytes.count else {
        // Android's aligner leaves a few zeros.
        guard bytes[index...].contains(where: { $0 != 0 }) else { return }
        throw .damaged("member \(shown(name)): a malformed extra field")
      }
      let field = bytes[index + 4..<end]
      switch tag {
      case 0x0001:
        guard wide == nil else {
          throw .ambiguous("member \(shown(name)): two 64-bit size fields")
        }
        wide = field
      case 0x7075:
        // Another name in UTF-8 that some readers prefer.
        guard field.count >= 5, field.dropFirst(5).elementsEqual(name) else {
          throw .ambiguous("member \(shown(name)): a second name in its extra field")
        }
      default: break
      }
      index = end
    }
  }

  /// Replaces values of all ones by those of the 64-bit field, which holds only these, in order.
  func widen(
    _ unpacked: inout UInt64, _ packed: inout UInt64, _ offset: inout UInt64
  ) throws(ArchiveError) {
    guard let wide else { return }
    let bytes = Array(wide)
    var index = 0
    func next() throws(ArchiveError) -> UInt64 {
      guard index + 8 <= bytes.count else { throw .damaged("a short 64-bit size field in the zip") }
      defer { index += 8 }
      return bytes.u64(index)
    }
    if unpacked == 0xFFFF_FFFF { unpacked = try next() }
    if packed == 0xFFFF_FFFF { packed = try next() }
    if !isLocal, offset == 0xFFFF_FFFF { offset = try next() }
  }
}

extension [UInt8] {
  /// Little-endian numbers; callers have checked the bounds.
  func u16(_ index: Int) -> UInt16 { UInt16(self[index]) | UInt16(self[index + 1]) << 8 }

  func u32(_ index: Int) -> UInt32 { UInt32(u16(index)) | UInt32(u16(index + 2)) << 16 }

  func u64(_ index: Int) -> UInt64 { UInt64(u32(index)) | UInt64(u32(index + 4)) << 32 }
}
