/// The containers that are read.
package enum ArchiveFormat: String, Hashable, Sendable {
  case tar, zip
  case sevenZip = "7z"
}

/// The compressions that are undone, each by its own decoder and no other.
package enum Compression: String, Hashable, Sendable, CaseIterable {
  case gzip, bzip2, xz, lzma, zstd, lz4

  /// The compression whose mark `head` starts with.
  package init?(head: some Collection<UInt8>) {
    let first = Array(head.prefix(16))
    func has(_ mark: [UInt8]) -> Bool { first.starts(with: mark) }
    if has([0x1F, 0x8B, 0x08]) {
      self = .gzip
    } else if has(Array("BZh".utf8)), first.count > 4, first[3] &- UInt8(ascii: "1") < 9 {
      self = .bzip2
    } else if has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
      self = .xz
    } else if has([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if has([0x04, 0x22, 0x4D, 0x18]) || has([0x02, 0x21, 0x4C, 0x18]) {
      self = .lz4
    } else if has([0x5D, 0x00, 0x00]), first.count > 13 {
      self = .lzma
    } else {
      return nil
    }
  }
}

/// How much of an archive is taken in.
package struct ArchiveLimits: Sendable {
  package var members: Int
  /// Unpacked bytes of all members together.
  package var bytes: UInt64
  /// How many unpacked bytes one packed byte may give, once more than `ratioFloor` came out.
  package var ratio: UInt64
  package var ratioFloor: UInt64

  package init(
    members: Int = 1_000_000, bytes: UInt64 = 1 << 44, ratio: UInt64 = 1_100,
    ratioFloor: UInt64 = 64 << 20
  ) {
    self.members = members
    self.bytes = bytes
    self.ratio = ratio
    self.ratioFloor = ratioFloor
  }
}

/// A member as the archive names it.
package struct ArchiveMember: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    case link(target: [UInt8])
    /// The same file as an earlier member.
    case hardLink(target: [UInt8])
  }

  /// As stored: may be absolute, climb, or hold anything.
  package let name: [UInt8]
  package let kind: Kind
  /// Unpacked bytes, as declared.
  package let size: UInt64
  package let isExecutable: Bool
  package let isEncrypted: Bool

  package init(
    name: [UInt8], kind: Kind, size: UInt64, isExecutable: Bool, isEncrypted: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.size = size
    self.isExecutable = isExecutable
    self.isEncrypted = isEncrypted
  }
}
