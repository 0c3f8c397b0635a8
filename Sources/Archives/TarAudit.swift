/// A second, strict reader of tar that watches the bytes libarchive reads.
///
/// tar has grown by extensions that readers honour or not: what a lenient reader skips may be what
/// another unpacks. This one knows POSIX ustar and pax, the long names of GNU, and refuses the
/// rest; whoever uses it compares each member with what libarchive says. The end of the archive
/// must be two empty blocks with nothing but zeros behind them.
struct TarAudit {
  struct Member: Equatable {
    var name: [UInt8]
    var kind: ArchiveMember.Kind
    var size: UInt64
    var isExecutable: Bool
  }

  /// Members whose headers have been seen and that nobody has asked for yet, first come first.
  private(set) var pending: [Member] = []
  private var taken = 0

  private enum State {
    case header
    /// Content: bytes still to come, padding included.
    case skip(UInt64)
    /// A header's extension: its type, bytes of it, and bytes of padding.
    case meta(UInt8, UInt64, UInt64)
    /// One empty block was seen.
    case end
    /// Two were: only zeros may follow.
    case padding
  }

  private var state = State.header
  private var block: [UInt8] = []
  private var extensionBytes: [UInt8] = []
  private var longName: [UInt8]?
  private var longLink: [UInt8]?
  private var pax: PaxRecords?

  /// Whether the end mark has been seen.
  var isEnded: Bool { if case .padding = state { true } else { false } }

  /// The next member that the headers declare, or nil when none is known yet.
  mutating func take() -> Member? {
    guard taken < pending.count else { return nil }
    let member = pending[taken]
    taken += 1
    if taken == pending.count {
      pending.removeAll(keepingCapacity: true)
      taken = 0
    }
    return member
  }

  /// Takes in the first `count` bytes of `bytes`.
  mutating func consume(_ bytes: [UInt8], count: Int) throws(ArchiveError) {
    var index = 0
    while index < count {
      switch state {
      case .header, .end:
        let wanted = min(512 - block.count, count - index)
        block += bytes[index..<index + wanted]
        index += wanted
        if block.count == 512 {
          try header()
          block.removeAll(keepingCapacity: true)
        }
      case .skip(let rest):
        let step = min(rest, UInt64(count - index))
        index += Int(step)
        state = rest == step ? .header : .skip(rest - step)
      case .meta(let type, let rest, let padding):
        let step = min(rest, UInt64(count - index))
        extensionBytes += bytes[index..<index + Int(step)]
        index += Int(step)
        if rest == step {
          try meta(type)
          state = padding == 0 ? .header : .skip(padding)
        } else {
          state = .meta(type, rest - step, padding)
        }
      case .padding:
        while index < count {
          if bytes[index] != 0 {
            throw .ambiguous("bytes after the end of the tar (a second archive in a row?)")
          }
          index += 1
        }
      }
    }
  }

  /// What must hold when no more bytes come.
  func finish() throws(ArchiveError) {
    switch state {
    case .padding: break
    case .header where block.isEmpty, .end:
      throw .damaged("the tar lacks its end mark: cut short")
    case .header, .skip, .meta: throw .damaged("the tar is cut short")
    }
    guard block.isEmpty else { throw .damaged("the tar is cut short") }
    guard taken == pending.count else { throw .ambiguous("the tar has members that are not read") }
  }
}

extension TarAudit {
  private mutating func header() throws(ArchiveError) {
    if !block.contains(where: { $0 != 0 }) {
      if longName != nil || longLink != nil || pax != nil {
        throw .damaged("a tar extension header with no member after it")
      }
      if case .end = state { state = .padding } else { state = .end }
      return
    }
    if case .end = state { throw .ambiguous("a member after the empty block that ends the tar") }
    try checkSum()
    let isPOSIX = Array(block[257..<263]) == Array("ustar\0".utf8)
    let isGNU = Array(block[257..<265]) == Array("ustar  \0".utf8)
    let isOld = !block[257..<265].contains { $0 != 0 }
    guard isPOSIX || isGNU || isOld else { throw .damaged("a tar header of unknown kind") }
    let type = block[156]
    var size = try number(124, 12, "size")
    switch type {
    case UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K"):
      guard size <= 1 << 20 else { throw .limit("a tar extension header of \(size) bytes") }
      extensionBytes = []
      let padding = (512 - size % 512) % 512
      if size == 0 { try meta(type) } else { state = .meta(type, size, padding) }
      return
    default: break
    }
    var name = field(0, 100)
    if isPOSIX {
      let prefix = field(345, 155)
      if !prefix.isEmpty { name = prefix + [UInt8(ascii: "/")] + name }
    } else if block[345..<500].contains(where: { $0 != 0 }) {
      // Some readers take it for the folder of the name, whatever the header's kind.
      throw .ambiguous("a tar header with more behind its name than its kind has")
    }
    var link = field(157, 100)
    if let longName { name = longName }
    if let longLink { link = longLink }
    if longName != nil || longLink != nil, pax?.path != nil || pax?.linkPath != nil {
      throw .ambiguous("a tar member with two kinds of long name")
    }
    if let path = pax?.path { name = path }
    if let path = pax?.linkPath { link = path }
    if let bytes = pax?.size { size = bytes }
    longName = nil
    longLink = nil
    pax = nil
    try member(type, name: name, link: link, size: size)
  }

  private mutating func member(
    _ type: UInt8, name: [UInt8], link: [UInt8], size: UInt64
  ) throws(ArchiveError) {
    let mode = try number(100, 8, "mode")
    var kind: ArchiveMember.Kind
    switch type {
    case UInt8(ascii: "0"), 0: kind = .file
    case UInt8(ascii: "1"): kind = .hardLink(target: link)
    case UInt8(ascii: "2"): kind = .link(target: link)
    case UInt8(ascii: "5"): kind = .folder
    case UInt8(ascii: "3"), UInt8(ascii: "4"): throw .member(path: name, reason: "a device")
    case UInt8(ascii: "6"): throw .member(path: name, reason: "a FIFO")
    case UInt8(ascii: "S"): throw .member(path: name, reason: "a sparse file")
    default: throw .member(path: name, reason: "a tar member of an unknown type \(type)")
    }
    if name.last == UInt8(ascii: "/"), kind == .file {
      // Before ustar this was how a folder was written.
      guard type == 0, size == 0 else {
        throw .member(path: name, reason: "a file whose name ends in a slash")
      }
      kind = .folder
    }
    if kind != .file, size != 0 { throw .member(path: name, reason: "content where none belongs") }
    pending.append(
      Member(name: name, kind: kind, size: size, isExecutable: mode & 0o100 != 0))
    let (padded, overflow) = size.addingReportingOverflow(511)
    guard !overflow else { throw .damaged("a tar member of impossible size") }
    let rest = padded / 512 * 512
    state = rest == 0 ? .header : .skip(rest)
  }

  /// A header's extension is complete.
  private mutating func meta(_ type: UInt8) throws(ArchiveError) {
    switch type {
    case UInt8(ascii: "L"), UInt8(ascii: "K"):
      guard let end = extensionBytes.firstIndex(of: 0) ?? Optional(extensionBytes.count), end > 0,
        !extensionBytes[end...].contains(where: { $0 != 0 })
      else { throw .damaged("a malformed long name in the tar") }
      let text = Array(extensionBytes[..<end])
      if type == UInt8(ascii: "L") {
        guard longName == nil else { throw .ambiguous("a tar member with two long names") }
        longName = text
      } else {
        guard longLink == nil else { throw .ambiguous("a tar member with two long link names") }
        longLink = text
      }
    case UInt8(ascii: "x"):
      guard pax == nil else { throw .ambiguous("a tar member with two extended headers") }
      pax = try PaxRecords(extensionBytes)
    default:
      // A global header may only carry what changes no member: `git archive` writes a comment.
      let records = try PaxRecords(extensionBytes)
      guard records.path == nil, records.linkPath == nil, records.size == nil else {
        throw .ambiguous("a global tar header that renames or resizes members")
      }
    }
    extensionBytes = []
    if case .header = state {} else { return }
  }

  private func checkSum() throws(ArchiveError) {
    var sum: UInt64 = 8 * 0x20
    for index in 0..<512 where !(148..<156).contains(index) { sum += UInt64(block[index]) }
    guard try number(148, 8, "checksum") == sum else {
      throw .damaged("a tar header whose checksum does not match")
    }
  }

  /// A field's text up to its first NUL.
  private func field(_ start: Int, _ count: Int) -> [UInt8] {
    Array(block[start..<start + count].prefix { $0 != 0 })
  }

  /// A number: octal digits among blanks and NULs, or GNU's binary form for large ones.
  private func number(
    _ start: Int, _ count: Int, _ what: String
  ) throws(ArchiveError) -> UInt64 {
    let bytes = block[start..<start + count]
    if block[start] == 0x80 {
      var value: UInt64 = 0
      for byte in bytes.dropFirst() {
        guard value >> 56 == 0 else { throw .damaged("a tar \(what) out of range") }
        value = value << 8 | UInt64(byte)
      }
      guard value < 1 << 62 else { throw .damaged("a tar \(what) out of range") }
      return value
    }
    var value: UInt64 = 0
    var isDone = false
    var hasDigits = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "7") where !isDone:
        value = value << 3 | UInt64(byte & 7)
        hasDigits = true
      case 0x20, 0: if hasDigits { isDone = true }
      default: throw .damaged("a tar \(what) that is no octal number")
      }
    }
    return value
  }
}

/// The records of a pax extended header: `LENGTH KEY=VALUE\n`.
struct PaxRecords {
  private(set) var path: [UInt8]?
  private(set) var linkPath: [UInt8]?
  private(set) var size: UInt64?

  init(_ bytes: [UInt8]) throws(ArchiveError) {
    var seen: Set<[UInt8]> = []
    var index = 0
    while index < bytes.count {
      let start = index
      var length = 0
      while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10, length < 1 << 24 {
        length = length * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        index += 1
      }
      guard index > start, index < bytes.count, bytes[index] == 0x20, length > index - start + 1,
        length <= bytes.count - start, bytes[start + length - 1] == 0x0A
      else { throw .damaged("a malformed extended header in the tar") }
      let record = bytes[index + 1..<start + length - 1]
      guard let equals = record.firstIndex(of: UInt8(ascii: "=")) else {
        throw .damaged("a malformed extended header in the tar")
      }
      let key = Array(record[..<equals])
      let value = Array(record[(equals + 1)...])
      guard seen.insert(key).inserted else {
        throw .ambiguous("an extended tar header that says `\(shown(key))` twice")
      }
      try take(String(decoding: key, as: UTF8.self), value)
      index = start + length
    }
  }

  private mutating func take(_ key: String, _ value: [UInt8]) throws(ArchiveError) {
    switch key {
    case "path":
      guard !value.isEmpty else { throw .ambiguous("an empty path in an extended tar header") }
      path = value
    case "linkpath":
      guard !value.isEmpty else { throw .ambiguous("an empty link in an extended tar header") }
      linkPath = value
    case "size":
      guard let bytes = UInt64(String(decoding: value, as: UTF8.self)), bytes < 1 << 62 else {
        throw .damaged("a bad size in an extended tar header")
      }
      size = bytes
    case "mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment": break
    case "hdrcharset", "charset":
      let text = String(decoding: value, as: UTF8.self)
      guard text == "ISO-IR 10646 2000 UTF-8" else {
        throw .ambiguous("an extended tar header in the character set \(shown(value))")
      }
    default:
      if key.hasPrefix("GNU.sparse") || key.hasPrefix("SCHILY.realsize")
        || key.hasPrefix("SUN.holes")
      {
        throw .ambiguous("a sparse file in the tar")
      }
      // Attributes, access lists and time stamps say nothing of names and content.
      let known = ["SCHILY.", "LIBARCHIVE.", "RHT.security", "MSWINDOWS.", "VENDOR.", "SUN."]
      guard known.contains(where: key.hasPrefix) else {
        throw .ambiguous("an extended tar header with the unknown key `\(shown(Array(key.utf8)))`")
      }
    }
  }
}
