/// The identifiers of one file, each once.
///
/// ASCII names are kept as ranges of the text; others, and dotted names written with blanks in
/// them, are kept normalised in a buffer behind it.
struct PythonNameTable: Sendable {
  /// Offset and length of each name: in `extra` when the length's top bit is set.
  private(set) var entries: [(offset: UInt32, length: UInt32)] = []
  private(set) var extra: [UInt8] = []
  /// Open addressing: number of the entry plus one, 0 = free; the size is a power of two.
  private var slots: [UInt32]
  private var hashes: [UInt32] = []

  private static let inExtra: UInt32 = 0x8000_0000
  /// Bit i: the soft keyword with the number i occurs in the file.
  private var usedPredeclared: UInt64 = 0

  /// The hard keywords in the order of the token kinds; their numbers are 0, 1, ….
  static let keywords = [
    "False", "None", "True", "and", "as", "assert", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
  /// Names with a meaning in some places, with the numbers behind the keywords.
  static let softKeywords = ["_", "match", "case", "type", "async", "await", "print", "exec", "*"]
  static let keywordCount: UInt32 = 33
  static let predeclaredCount: UInt32 = 42
  static let underscore: UInt32 = 33
  static let match: UInt32 = 34
  static let `case`: UInt32 = 35
  static let type: UInt32 = 36
  static let async: UInt32 = 37
  static let await: UInt32 = 38
  static let print: UInt32 = 39
  static let exec: UInt32 = 40
  /// The name of a star import.
  static let star: UInt32 = 41

  /// A table with the keywords alone.
  static let prototype: PythonNameTable = {
    var table = PythonNameTable()
    for name in keywords + softKeywords { _ = table.intern(normalised: Array(name.utf8), over: []) }
    return table
  }()

  mutating func markUsed(_ index: UInt32) { usedPredeclared |= 1 << UInt64(index) }

  /// Whether the file has the name, rather than only the table.
  func isUsed(_ index: UInt32) -> Bool {
    index >= Self.predeclaredCount || usedPredeclared & 1 << UInt64(index) != 0
  }

  init() {
    slots = [UInt32](repeating: 0, count: 256)
  }

  var count: Int { entries.count }

  /// The bytes of an entry; `text` is the text that the table was made over.
  func bytes(_ index: UInt32, in text: [UInt8]) -> ArraySlice<UInt8> {
    let entry = entries[Int(index)]
    let offset = Int(entry.offset)
    let length = Int(entry.length & ~Self.inExtra)
    return entry.length & Self.inExtra != 0
      ? extra[offset..<offset + length] : text[offset..<offset + length]
  }

  /// Secret of this process: a file cannot be made whose names collide.
  static let secret = UInt64.random(in: .min ... .max) | 1

  /// Hash step; start with `secret`.
  @inline(__always)
  static func mix(_ hash: UInt64, _ byte: UInt8, _ secret: UInt64) -> UInt64 {
    let value = (hash ^ UInt64(byte)) &* secret
    return value ^ (value >> 32)
  }

  /// The digests of all names, those of the keywords among them.
  var digests: [UInt32] { hashes }

  /// What stands for a name in `digests`; names can share one.
  static func digest(of name: String) -> UInt32 { hash(Array(name.utf8)) }

  private static func hash(_ name: [UInt8]) -> UInt32 {
    let secret = Self.secret
    return UInt32(truncatingIfNeeded: name.reduce(secret) { mix($0, $1, secret) })
  }

  /// The number of the name whose bytes stand in `text[start..<end]`, added when new.
  mutating func intern(_ text: [UInt8], _ start: Int, _ end: Int, hash: UInt32) -> UInt32 {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if hashes[index] == hash, isEntry(index, text, start, end, text) { return UInt32(index) }
      slot = (slot + 1) & mask
    }
    return insert(at: slot, hash, UInt32(truncatingIfNeeded: start), UInt32(end - start))
  }

  /// The number of a name that does not stand in the text as it is; `text` is the table's text.
  mutating func intern(normalised name: [UInt8], over text: [UInt8]) -> UInt32 {
    let hash = Self.hash(name)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if hashes[index] == hash, isEntry(index, name, 0, name.count, text) { return UInt32(index) }
      slot = (slot + 1) & mask
    }
    let offset = UInt32(extra.count)
    extra.append(contentsOf: name)
    return insert(at: slot, hash, offset, UInt32(name.count) | Self.inExtra)
  }

  /// The number of a name, when the file has it.
  func find(_ name: [UInt8], in text: [UInt8]) -> UInt32? {
    let hash = Self.hash(name)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot] - 1)
      if hashes[index] == hash, isEntry(index, name, 0, name.count, text) { return UInt32(index) }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func isEntry(
    _ index: Int, _ bytes: [UInt8], _ start: Int, _ end: Int, _ text: [UInt8]
  ) -> Bool {
    let entry = entries[index]
    let length = Int(entry.length & ~Self.inExtra)
    guard length == end - start else { return false }
    let offset = Int(entry.offset)
    if entry.length & Self.inExtra != 0 {
      for step in 0..<length where extra[offset + step] != bytes[start + step] { return false }
    } else {
      for step in 0..<length where text[offset + step] != bytes[start + step] { return false }
    }
    return true
  }

  private mutating func insert(
    at slot: Int, _ hash: UInt32, _ offset: UInt32, _ length: UInt32
  ) -> UInt32 {
    let index = UInt32(entries.count)
    entries.append((offset, length))
    hashes.append(hash)
    slots[slot] = index + 1
    if entries.count * 2 > slots.count { grow() }
    return index
  }

  private mutating func grow() {
    let size = slots.count * 2
    slots = [UInt32](repeating: 0, count: size)
    for (index, hash) in hashes.enumerated() {
      var slot = Int(hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = UInt32(index) + 1
    }
  }
}

extension PythonSyntaxTree {
  /// How many different names the file has.
  package var nameCount: Int { names.count }

  /// The name as text.
  package func string(_ name: PythonName) -> String {
    String(decoding: names.bytes(name.index, in: text), as: UTF8.self)
  }

  /// The name as bytes of UTF-8.
  package func bytes(_ name: PythonName) -> ArraySlice<UInt8> { names.bytes(name.index, in: text) }

  /// The name `text`, when it occurs anywhere in the file; nil is a quick way to know that a file
  /// has nothing to do with an API.
  package func name(_ wanted: String) -> PythonName? {
    guard let index = names.find(Array(wanted.utf8), in: text), names.isUsed(index) else {
      return nil
    }
    return PythonName(index: index)
  }
}
