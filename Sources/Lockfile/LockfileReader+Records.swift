import Core
import JSON

extension LockfileReader {
  // MARK: Files and links

  mutating func files() throws(LockfileError) -> [Entry] {
    var entries: [Entry] = []
    try beginArray("files")
    while true {
      switch try next() {
      case .endArray: return entries
      case .beginObject: break
      default: throw failure(.expected("a list of objects", for: "files"))
      }
      let entry = try entry()
      if let last = entries.last, !(last.path < entry.path) {
        let name = Self.clipped(entry.path.description)
        throw failure(last.path == entry.path ? .duplicate(name) : .unsorted(name))
      }
      entries.append(entry)
    }
  }

  /// Bits of the keys that an entry has shown; a set of strings would be made for every file.
  private struct EntryKeys: OptionSet {
    let rawValue: UInt16
    static let path = EntryKeys(rawValue: 1)
    static let type = EntryKeys(rawValue: 2)
    static let executable = EntryKeys(rawValue: 4)
    static let role = EntryKeys(rawValue: 8)
    static let format = EntryKeys(rawValue: 16)
    static let size = EntryKeys(rawValue: 32)
    static let sha256 = EntryKeys(rawValue: 64)
    static let target = EntryKeys(rawValue: 128)
    static let targetBytes = EntryKeys(rawValue: 256)

    static let names: [(name: [UInt8], key: EntryKeys)] = [
      (Array("path".utf8), .path), (Array("type".utf8), .type), (Array("role".utf8), .role),
      (Array("format".utf8), .format), (Array("size".utf8), .size),
      (Array("sha256".utf8), .sha256), (Array("executable".utf8), .executable),
      (Array("target".utf8), .target), (Array("targetBytes".utf8), .targetBytes),
    ]
  }

  private mutating func entry() throws(LockfileError) -> Entry {
    var seen: EntryKeys = []
    var entryPath: RelativePath?
    var isLink = false
    var role = Role.other
    var format: FileFormat?
    var size: UInt64 = 0
    var sha256: SHA256Digest?
    var target: [UInt8] = []
    while case .key(let text) = try next() {
      guard let key = EntryKeys.names.first(where: { text.equals($0.name, in: reader.bytes) })?.key
      else {
        throw failure(
          .unknownKey(Self.clipped(text.string(in: reader.bytes)), in: "an entry of `files`"))
      }
      guard seen.insert(key).inserted else {
        throw failure(
          .duplicateKey(text.string(in: reader.bytes), in: "an entry of `files`"))
      }
      switch key {
      case .path:
        guard case .string(let text) = try next() else {
          throw failure(.expected("a string", for: "path"))
        }
        entryPath = try path(text, "path")
      case .type:
        switch try string("type") {
        case "file": isLink = false
        case "link": isLink = true
        default: throw failure(.expected("`file` or `link`", for: "type"))
        }
      case .executable:
        guard try bool("executable") else {
          throw failure(.expected("true or missing", for: "executable"))
        }
      case .role:
        guard let known = Role(rawValue: try string("role")) else {
          throw failure(.expected("a known role", for: "role"))
        }
        role = known
      case .format: format = try fileFormat()
      case .size: size = try unsigned("size")
      case .sha256: sha256 = try digest("sha256", prefix: "")
      case .target: target = Array(try string("target").utf8)
      default: target = try targetBytes()
      }
    }
    guard let entryPath else { throw failure(.missingKey("path", in: "an entry of `files`")) }
    try check(seen, isLink: isLink)
    if isLink {
      if target.isEmpty || target.contains(0) {
        throw failure(.expected("a link's target", for: "target"))
      }
      return Entry(entryPath, .link(target: target))
    }
    guard let sha256 else { throw failure(.missingKey("sha256", in: "an entry of `files`")) }
    return Entry(
      entryPath,
      .file(
        FileRecord(
          size: size, isExecutable: seen.contains(.executable), digest: sha256, role: role,
          format: format)))
  }

  private func check(_ seen: EntryKeys, isLink: Bool) throws(LockfileError) {
    let place = isLink ? "a link of `files`" : "a file of `files`"
    var needed: EntryKeys = isLink ? [.path, .type] : [.path, .type, .role, .size, .sha256]
    var allowed = needed
    if isLink {
      let target: EntryKeys = seen.contains(.targetBytes) ? .targetBytes : .target
      needed.insert(target)
      allowed.insert(target)
    } else {
      allowed.formUnion([.executable, .format])
    }
    for (name, key) in EntryKeys.names {
      if needed.contains(key), !seen.contains(key) {
        throw failure(.missingKey(String(decoding: name, as: UTF8.self), in: place))
      }
      if seen.contains(key), !allowed.contains(key) {
        throw failure(.unknownKey(String(decoding: name, as: UTF8.self), in: place))
      }
    }
  }

  private mutating func fileFormat() throws(LockfileError) -> FileFormat {
    let name = try string("format")
    let isPlain = name.utf8.allSatisfy {
      ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "-")
    }
    guard isPlain, !name.isEmpty, name.utf8.count <= 64 else {
      throw failure(.expected("lower-case letters, digits and dashes", for: "format"))
    }
    return FileFormat(name)
  }

  private mutating func targetBytes() throws(LockfileError) -> [UInt8] {
    let digits = Array(try string("targetBytes").utf8)
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count - 1, by: 2) {
      guard let byte = UInt8(hexDigits: digits[place], digits[place + 1]) else { break }
      bytes.append(byte)
    }
    guard bytes.count * 2 == digits.count, String(validating: bytes, as: UTF8.self) == nil else {
      throw failure(.expected("hexadecimal digits of bytes that are no UTF-8", for: "targetBytes"))
    }
    return bytes
  }

  // MARK: The other lists

  /// A list of records in the byte order of their lines.
  mutating func records<Record: LockfileRecord>(
    _ key: String,
    _ read: (inout LockfileReader, inout KeySet) throws(LockfileError) -> Record
  ) throws(LockfileError) -> [Record] {
    var result: [Record] = []
    var last: [UInt8] = []
    try beginArray(key)
    while true {
      switch try next() {
      case .endArray: return result
      case .beginObject: break
      default: throw failure(.expected("a list of objects", for: key))
      }
      var keys = KeySet("an entry of `\(key)`")
      let record = try read(&self, &keys)
      let line = record.line
      if !last.lexicographicallyPrecedes(line) {
        let text = Self.clipped(String(decoding: line, as: UTF8.self))
        throw failure(last == line ? .duplicate(text) : .unsorted(text))
      }
      last = line
      result.append(record)
    }
  }

  mutating func dependency(_ keys: inout KeySet) throws(LockfileError) -> LockedDependency {
    var ecosystem = ""
    var name = ""
    var requirement = ""
    var pinned = Pinning.dynamic
    var declaredAt = ""
    while let key = try key(&keys) {
      switch key {
      case "ecosystem": ecosystem = try string(key)
      case "name": name = try string(key)
      case "requirement": requirement = try string(key)
      case "pinned": pinned = try pinning(key)
      case "declaredAt": declaredAt = try string(key)
      default: throw failure(.unknownKey(key, in: keys.place))
      }
    }
    try keys.require(["ecosystem", "name", "requirement", "pinned", "declaredAt"], line: line)
    return LockedDependency(
      ecosystem: ecosystem, name: name, requirement: requirement, pinned: pinned,
      declaredAt: declaredAt)
  }

  mutating func download(_ keys: inout KeySet) throws(LockfileError) -> LockedDownload {
    var rule = ""
    var target = ""
    var revision: String?
    var pinned = Pinning.dynamic
    var at = ""
    while let key = try key(&keys) {
      switch key {
      case "rule": rule = try ruleName(key)
      case "target": target = try string(key)
      case "revision": revision = try optionalString(key)
      case "pinned": pinned = try pinning(key)
      case "at": at = try string(key)
      default: throw failure(.unknownKey(key, in: keys.place))
      }
    }
    try keys.require(["rule", "target", "revision", "pinned", "at"], line: line)
    return LockedDownload(
      rule: RuleID(rule), target: target, revision: revision, pinned: pinned, at: at)
  }

  mutating func license(_ keys: inout KeySet) throws(LockfileError) -> LockedLicense {
    var expression = ""
    var declaredAt = ""
    while let key = try key(&keys) {
      switch key {
      case "expression": expression = try string(key)
      case "declaredAt": declaredAt = try string(key)
      default: throw failure(.unknownKey(key, in: keys.place))
      }
    }
    try keys.require(["expression", "declaredAt"], line: line)
    return LockedLicense(expression: expression, declaredAt: declaredAt)
  }

  mutating func finding(_ keys: inout KeySet) throws(LockfileError) -> LockedFinding {
    var rule = ""
    var severity = Severity.high
    var at = ""
    var fingerprint = ""
    while let key = try key(&keys) {
      switch key {
      case "rule": rule = try ruleName(key)
      case "severity":
        guard let known = Severity(rawValue: try string(key)), known > .info else {
          throw failure(.expected("critical, high, medium or low", for: key))
        }
        severity = known
      case "at": at = try string(key)
      case "fingerprint": fingerprint = try digest(key, prefix: "").hex
      default: throw failure(.unknownKey(key, in: keys.place))
      }
    }
    try keys.require(["rule", "severity", "at", "fingerprint"], line: line)
    return LockedFinding(
      rule: RuleID(rule), severity: severity, at: at, fingerprint: fingerprint)
  }

  private mutating func pinning(_ key: String) throws(LockfileError) -> Pinning {
    guard let pinning = Pinning(rawValue: try string(key)) else {
      throw failure(.expected("a known kind of pinning", for: key))
    }
    return pinning
  }

  private mutating func ruleName(_ key: String) throws(LockfileError) -> String {
    let name = try string(key)
    let isPlain = name.utf8.allSatisfy {
      ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "/")
    }
    guard isPlain, name.utf8.contains(UInt8(ascii: "/")) else {
      throw failure(.expected("a rule's name, `family/name`", for: key))
    }
    return name
  }
}

extension UInt8 {
  /// The value of two lower-case hexadecimal digits.
  fileprivate init?(hexDigits high: UInt8, _ low: UInt8) {
    guard let high = Self.hexValue(high), let low = Self.hexValue(low) else { return nil }
    self = high << 4 | low
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
