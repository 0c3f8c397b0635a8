/// Writes zip archives of stored members, hostile ones too.
package struct ZipBuilder {
  /// One member; what the local header says can differ from what the directory says.
  package struct Member {
    package var name: [UInt8]
    package var content: [UInt8]
    package var localName: [UInt8]?
    package var mode: UInt32
    package var flags: UInt16
    package var method: UInt16 = 0
    package var localSize: UInt32?
    package var declaredSize: UInt32?
    package var checksum: UInt32?
    package var offset: UInt32?
    package var extra: [UInt8] = []

    package init(
      _ name: String, _ content: [UInt8] = [], mode: UInt32 = 0o100644, flags: UInt16 = 0x800
    ) {
      self.name = Array(name.utf8)
      self.content = content
      self.mode = mode
      self.flags = flags
    }
  }

  package var members: [Member] = []
  package var prefix: [UInt8] = []
  package var gap: [UInt8] = []
  package var comment: [UInt8] = []
  package var suffix: [UInt8] = []
  /// Members that the end record counts; nil for the truth.
  package var count: UInt16?
  /// Whether offsets count from the first member instead of the file's start.
  package var hidesPrefix = false

  package init(_ members: [Member] = []) {
    self.members = members
  }

  package var bytes: [UInt8] {
    var bytes = prefix
    var directory: [UInt8] = []
    let base = hidesPrefix ? prefix.count : 0
    for member in members {
      let offset = member.offset ?? UInt32(bytes.count - base)
      let checksum = member.checksum ?? crc32(member.content)
      let size = member.declaredSize ?? UInt32(member.content.count)
      let local = member.localName ?? member.name
      bytes += le(0x0403_4B50 as UInt32) + le(20 as UInt16) + le(member.flags)
      bytes += le(member.method) + le(0 as UInt32) + le(checksum)
      bytes += le(member.localSize ?? UInt32(member.content.count))
      bytes += le(member.localSize ?? size)
      bytes += le(UInt16(local.count)) + le(UInt16(member.extra.count)) + local + member.extra
      bytes += member.content
      directory += le(0x0201_4B50 as UInt32) + [20, 3] + le(20 as UInt16) + le(member.flags)
      directory += le(member.method) + le(0 as UInt32) + le(checksum)
      directory += le(UInt32(member.content.count)) + le(size)
      directory += le(UInt16(member.name.count)) + le(UInt16(member.extra.count))
      directory += le(0 as UInt16) + le(0 as UInt16) + le(0 as UInt16) + le(member.mode << 16)
      directory += le(offset) + member.name + member.extra
    }
    bytes += gap
    let start = UInt32(bytes.count - base)
    bytes += directory
    bytes += le(0x0605_4B50 as UInt32) + le(0 as UInt32)
    bytes += le(count ?? UInt16(members.count)) + le(count ?? UInt16(members.count))
    bytes += le(UInt32(directory.count)) + le(start) + le(UInt16(comment.count)) + comment
    return bytes + suffix
  }

  private func le(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  private func le(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
  }
}

/// The checksum of zip and gzip, bit by bit.
package func crc32(_ bytes: [UInt8]) -> UInt32 {
  var state: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    state ^= UInt32(byte)
    for _ in 0..<8 { state = state & 1 == 1 ? 0xEDB8_8320 ^ state >> 1 : state >> 1 }
  }
  return ~state
}

/// A gzip stream that stores its content without compressing it.
package func storedGzip(_ content: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
  var index = 0
  repeat {
    let count = min(0xFFFF, content.count - index)
    let isLast = index + count == content.count
    bytes += [isLast ? 1 : 0, UInt8(count & 0xFF), UInt8(count >> 8)]
    bytes += [UInt8(~count & 0xFF), UInt8(~count >> 8 & 0xFF)]
    bytes += content[index..<index + count]
    index += count
  } while index < content.count
  let checksum = crc32(content)
  let size = UInt32(truncatingIfNeeded: content.count)
  for word in [checksum, size] {
    bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
  }
  return bytes
}
