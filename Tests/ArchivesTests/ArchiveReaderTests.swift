import Archives
import TestSupport
import Testing

/// Everything an archive holds, as lines, or the error.
func listing(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError)
  -> [String]
{
  let reader = try ArchiveReader(ArchiveInput(bytes, path: "test"), limits: limits)
  var lines: [String] = []
  var buffer = [UInt8](repeating: 0, count: 7)
  while let member = try reader.next() {
    var content: [UInt8] = []
    while true {
      let count = try reader.read(into: &buffer)
      if count == 0 { break }
      content += buffer[..<count]
    }
    let name = String(decoding: member.name, as: UTF8.self)
    let text = String(decoding: content.prefix(20), as: UTF8.self)
    switch member.kind {
    case .file: lines.append("\(member.isExecutable ? "exec" : "file") \(name) \(text)")
    case .folder: lines.append("folder \(name)")
    case .link(let target): lines.append("link \(name) \(String(decoding: target, as: UTF8.self))")
    case .hardLink(let target):
      lines.append("hard \(name) \(String(decoding: target, as: UTF8.self))")
    }
  }
  return lines
}

private func message(_ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) -> String {
  do throws(ArchiveError) {
    return try listing(bytes, limits: limits).joined(separator: "; ")
  } catch {
    return "\(error)"
  }
}

/// An archive that must be refused, and words of the reason.
struct HostileCase: CustomTestStringConvertible {
  let what: String
  let bytes: [UInt8]
  let reason: String

  init(_ what: String, _ bytes: [UInt8], _ reason: String = "") {
    self.what = what
    self.bytes = bytes
    self.reason = reason
  }

  var testDescription: String { what }
}

private func tar(_ build: (inout TarBuilder) -> Void) -> [UInt8] {
  var tar = TarBuilder()
  build(&tar)
  return tar.bytes
}

@Suite struct TarReaderTests {
  private static let plain = tar {
    $0.add("a.txt", Array("hello".utf8))
    $0.add("d", type: "5", mode: 0o755)
    $0.add("d/run", Array("#!/bin/sh\n".utf8), mode: 0o755)
    $0.add("l", type: "2", link: "a.txt")
    $0.add("h", type: "1", link: "a.txt")
    $0.end()
  }
  private static let expected = [
    "file a.txt hello", "folder d", "exec d/run #!/bin/sh\n", "link l a.txt", "hard h a.txt",
  ]

  @Test func `every kind of member is read`() throws {
    #expect(try listing(Self.plain) == Self.expected)
  }

  @Test func `gzip around a tar changes nothing`() throws {
    #expect(try listing(storedGzip(Self.plain)) == Self.expected)
  }

  @Test func `long names of pax and GNU are read`() throws {
    let long = String(repeating: "long/", count: 50) + "é.txt"
    let pax = tar {
      $0.pax([("path", long), ("mtime", "1.5")])
      $0.add("short", Array("x".utf8))
      $0.end()
    }
    #expect(try listing(pax) == ["file \(long) x"])
    let gnu = tar {
      $0.add("././@LongLink", type: "L", Array((long + "\0").utf8), magic: "ustar  \0")
      $0.add("short", Array("x".utf8), magic: "ustar  \0")
      $0.end()
    }
    #expect(try listing(gnu) == ["file \(long) x"])
  }

  @Test func `a global comment as git writes it is no member`() throws {
    let bytes = tar {
      $0.pax([("comment", "0123456789012345678901234567890123456789")], type: "g")
      $0.add("a", Array("x".utf8))
      $0.end()
    }
    #expect(try listing(bytes) == ["file a x"])
  }

  private static let hostile: [HostileCase] = [
    HostileCase("two tars in a row", plain + plain, "bytes after the end of the tar"),
    HostileCase("bytes after the end", plain + Array("x".utf8), "bytes after the end of the tar"),
    HostileCase("no end mark", Array(plain.dropLast(1024)), "lacks its end mark"),
    HostileCase("one empty block", Array(plain.dropLast(512)), "lacks its end mark"),
    HostileCase("cut inside a member", Array(plain.prefix(600)), ""),
    HostileCase(
      "a member behind an empty block",
      tar {
        $0.add("a")
        $0.append([UInt8](repeating: 0, count: 512))
        $0.add("b")
        $0.end()
      }, "after the empty block"
    ),
    HostileCase(
      "a folder that only some readers see, GNU",
      tar {
        $0.add("a", magic: "ustar  \0", prefix: "evil"); $0.end()
      }, "more behind its name"),
    HostileCase(
      "a folder that only some readers see, old",
      tar {
        $0.add("a", magic: "", prefix: "evil"); $0.end()
      }, "more behind its name"),
    HostileCase(
      "a device",
      tar {
        $0.add("dev", type: "3"); $0.end()
      }, "a device"),
    HostileCase(
      "a FIFO",
      tar {
        $0.add("pipe", type: "6"); $0.end()
      }, "a FIFO"),
    HostileCase(
      "an unknown type",
      tar {
        $0.add("odd", type: "Z"); $0.end()
      }, "unknown type"),
    HostileCase(
      "a sparse file",
      tar {
        $0.pax([("GNU.sparse.major", "1")]); $0.add("a"); $0.end()
      }, "sparse"
    ),
    HostileCase(
      "a path twice",
      tar {
        $0.pax([("path", "a"), ("path", "b")]); $0.add("c"); $0.end()
      },
      "twice"
    ),
    HostileCase(
      "a global path",
      tar {
        $0.pax([("path", "a")], type: "g"); $0.add("c"); $0.end()
      },
      "global tar header"
    ),
    HostileCase(
      "an unknown key",
      tar {
        $0.pax([("X.name", "a")]); $0.add("c"); $0.end()
      }, "unknown key"
    ),
    HostileCase(
      "a folder with content",
      tar {
        $0.add("d", type: "5", Array("hidden".utf8)); $0.end()
      }, "content where none belongs"
    ),
    HostileCase(
      "an impossible size",
      tar {
        $0.add("a", size: 0o77777777777); $0.end()
      }, ""),
  ]

  @Test(arguments: hostile)
  func `tars that readers take differently are refused`(_ hostile: HostileCase) {
    let text = message(hostile.bytes)
    #expect(throws: ArchiveError.self) { try listing(hostile.bytes) }
    #expect(hostile.reason.isEmpty || text.contains(hostile.reason), "\(text)")
  }

  private static let oddGzips: [HostileCase] = [
    HostileCase("two members", storedGzip(plain) + storedGzip(plain)),
    HostileCase(
      "a tar cut between two members",
      storedGzip(Array(plain[..<512])) + storedGzip(Array(plain[512...]))),
    HostileCase("garbage", storedGzip(plain) + [1, 2, 3]),
    HostileCase("zeros", storedGzip(plain) + [0, 0, 0, 0, 0, 0, 0, 0]),
    HostileCase("cut short", Array(storedGzip(plain).dropLast(3))),
    HostileCase("twice", storedGzip(storedGzip(plain))),
  ]

  @Test(arguments: oddGzips)
  func `oddities of gzip are refused`(_ hostile: HostileCase) {
    #expect(throws: ArchiveError.self) { try listing(hostile.bytes) }
  }

  @Test func `a wrong checksum in the trailer is refused`() {
    var bytes = storedGzip(Self.plain)
    bytes[bytes.count - 6] ^= 1
    #expect(message(bytes).contains("gzip checksum"))
  }

  @Test func `limits end the reading`() {
    #expect(message(Self.plain, limits: ArchiveLimits(members: 2)).contains("more than 2 members"))
    #expect(message(Self.plain, limits: ArchiveLimits(bytes: 7)).contains("more than 7 unpacked"))
    let many = tar {
      $0.add("zeros", [UInt8](repeating: 0, count: 1 << 20))
      $0.end()
    }
    let bomb = message(storedGzip(many), limits: ArchiveLimits(ratio: 0 + 1, ratioFloor: 1))
    #expect(bomb.contains("zeros"))
  }
}

@Suite struct ZipReaderTests {
  private static let plain = ZipBuilder([
    .init("a.txt", Array("hello".utf8)), .init("d/", mode: 0o040755),
    .init("d/run", Array("#!/bin/sh\n".utf8), mode: 0o100755),
    .init("l", Array("a.txt".utf8), mode: 0o120777), .init("é", Array("x".utf8)),
  ])

  private static func changed(_ change: (inout ZipBuilder) -> Void) -> [UInt8] {
    var zip = plain
    change(&zip)
    return zip.bytes
  }

  @Test func `every kind of member is read`() throws {
    #expect(
      try listing(Self.plain.bytes) == [
        "file a.txt hello", "folder d/", "exec d/run #!/bin/sh\n", "link l a.txt", "file é x",
      ])
    #expect(try listing(ZipBuilder().bytes) == [])
    #expect(try listing(Self.changed { $0.comment = Array("a comment".utf8) }).count == 5)
  }

  private static let hostile: [HostileCase] = [
    HostileCase(
      "a local name", changed { $0.members[0].localName = Array("b.txt".utf8) }, "another name"),
    HostileCase("a local size", changed { $0.members[0].localSize = 4 }, "another size"),
    HostileCase("a gap", changed { $0.gap = Array("hidden".utf8) }, "belong to no member"),
    HostileCase("a prefix", changed { $0.prefix = Array("#!/bin/sh\n".utf8) }, "not a tar"),
    HostileCase(
      "a prefix left out of the offsets",
      changed {
        $0.prefix = Array("PK\u{3}\u{4}".utf8)
        $0.hidesPrefix = true
      }, "bytes before its first member"
    ),
    HostileCase("a suffix", changed { $0.suffix = [1, 2, 3] }, "without its end record"),
    HostileCase("two zips", plain.bytes + plain.bytes, "before its first member"),
    HostileCase(
      "an end record in the comment",
      changed { $0.comment = Array("PK\u{5}\u{6}".utf8) + [UInt8](repeating: 0, count: 18) },
      "two end records"
    ),
    HostileCase(
      "a half end record in the comment", changed { $0.comment = Array("xPK\u{5}\u{6}y".utf8) },
      "another end record"
    ),
    HostileCase("a member too many", changed { $0.count = 6 }, "directory"),
    HostileCase("a member too few", changed { $0.count = 4 }, "directory holds 5 members"),
    HostileCase("an overlap", changed { $0.members[1].offset = 0 }, "overlap"),
    HostileCase("a wrong checksum", changed { $0.members[0].checksum = 1 }, "CRC"),
    HostileCase("a backslash", changed { $0.members[0].name = Array("d\\x".utf8) }, "backslash"),
    HostileCase(
      "a name in some code page", changed { $0.members[4].flags = 0 }, "not marked as UTF-8"),
    HostileCase(
      "a folder with content", changed { $0.members[1].content = [1] }, "folder with content"),
    HostileCase("an encrypted member", changed { $0.members[0].flags = 0x801 }, "encrypted"),
    HostileCase("cut short", Array(plain.bytes.dropLast(30)), "end record"),
    HostileCase(
      "a second name",
      changed {
        $0.members[0].extra = [0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 0x62]
      }, "second name"
    ),
  ]

  @Test(arguments: hostile)
  func `zips that readers take differently are refused`(_ hostile: HostileCase) {
    let text = message(hostile.bytes)
    #expect(throws: ArchiveError.self) { try listing(hostile.bytes) }
    #expect(hostile.reason.isEmpty || text.contains(hostile.reason), "\(text)")
  }

  @Test func `a lenient reader goes on and says why it should not`() throws {
    let bytes = Self.changed { $0.members[0].localName = Array("b.txt".utf8) }
    let reader = try ArchiveReader(ArchiveInput(bytes, path: "test"), isLenient: true)
    #expect(reader.deviation != nil)
    #expect(try reader.next() != nil)
  }
}

@Suite struct HostileMagicTests {
  private static let magics: [[UInt8]] = [
    [0x4C, 0x52, 0x5A, 0x49, 0x00, 0x06], [0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A],
    Array("GRZipII\0\u{2}\u{4}:)".utf8), Array("LZIP\u{1}".utf8), [0x1F, 0x9D, 0x90],
    Array("begin 644 x\n".utf8), Array("Rar!\u{1A}\u{7}\0".utf8), Array("MSCF\0\0\0\0".utf8),
  ]

  @Test(arguments: magics)
  func `marks of other formats start no program and no reader`(magic: [UInt8]) {
    let bytes = magic + [UInt8](repeating: 0, count: 2048)
    #expect(throws: ArchiveError.self) { try listing(bytes) }
    #expect(throws: ArchiveError.self) { try listing(storedGzip(bytes)) }
  }
}

@Suite struct ArchiveMutationTests {
  @Test func `damaged archives end in an error or a listing, never in a crash`() {
    var tar = TarBuilder()
    tar.pax([("path", "long/name")])
    tar.add("a", Array("hello".utf8))
    tar.add("b", type: "2", link: "a")
    tar.end()
    let zip = ZipBuilder([.init("a", Array("hello".utf8)), .init("b", Array("x".utf8))])
    let seeds = [tar.bytes, zip.bytes, storedGzip(tar.bytes)]
    var random = TestRandom(seed: 20_261_128)
    for round in 0..<3000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0..<40, using: &random)))
        default: bytes.insert(bytes[bytes.count - 1 - index], at: index)
        }
      }
      _ = message(bytes)
    }
  }
}
