import Core

/// The nodes of a stream, and its source for places. Immutable once built.
final class YAMLTree: Sendable {
  enum Content: Sendable {
    case scalar(String, YAMLNode.Style)
    case sequence([Int])
    case mapping([Pair])
    case unresolved
  }

  struct Pair: Sendable {
    let key: Int
    let value: Int
  }

  struct Slot: Sendable {
    var content: Content
    let tag: String?
    /// Characters from the beginning.
    let start: Int
    var end: Int
  }

  let slots: [Slot]
  /// The entries of large mappings by key; the last of a key counts, as readers have it.
  private let indexes: [Int: [[UInt8]: Int]]
  private let bytes: [UInt8]
  private let lines: LineTable
  private let offsets: CharacterOffsets

  init(slots: [Slot], bytes: [UInt8], offsets: CharacterOffsets) {
    self.slots = slots
    self.bytes = bytes
    self.offsets = offsets
    lines = LineTable(bytes)
    var indexes: [Int: [[UInt8]: Int]] = [:]
    for (node, slot) in slots.enumerated() {
      guard case .mapping(let pairs) = slot.content, pairs.count > 16 else { continue }
      var index: [[UInt8]: Int] = [:]
      for pair in pairs {
        if case .scalar(let text, _) = slots[pair.key].content {
          index[Array(text.utf8)] = pair.value
        }
      }
      indexes[node] = index
    }
    self.indexes = indexes
  }

  func position(ofCharacter character: Int) -> TextPosition {
    lines.position(of: offsets.offset(of: character))
  }

  func textMap(
    of text: [UInt8], style: YAMLNode.Style, from start: Int, to end: Int
  ) -> YAMLTextMap {
    let first = min(offsets.offset(of: start), bytes.count)
    let last = min(max(offsets.offset(of: end), first), bytes.count)
    return YAMLTextMap(text: text, source: bytes[first..<last], style: style, lines: lines)
  }

  /// Mappings merged into one that are looked at; real files merge two or three.
  private static let maximumLayers = 200

  // MARK: Look-up

  private func text(_ node: Int) -> String? {
    if case .scalar(let text, _) = slots[node].content { text } else { nil }
  }

  private func isMerge(_ key: Int) -> Bool {
    guard case .scalar("<<", .plain) = slots[key].content else { return false }
    return slots[key].tag == nil || slots[key].tag == "tag:yaml.org,2002:merge"
  }

  /// The value of `key` in the mapping `mapping` or in what is merged into it.
  func value(of key: [UInt8], in mapping: Int) -> Int? {
    for (node, pairs) in layers(of: mapping) {
      if let index = indexes[node] {
        if let value = index[key], key != Array("<<".utf8) { return value }
        continue
      }
      if let pair = pairs.last(where: { pair in
        !isMerge(pair.key) && (text(pair.key)?.utf8.elementsEqual(key) ?? false)
      }) {
        return pair.value
      }
    }
    return nil
  }

  /// The entries of a mapping and what is merged into it, without merge keys and overridden ones.
  func mergedEntries(of mapping: Int) -> [Pair] {
    let layers = layers(of: mapping)
    if layers.count == 1, let pairs = layers.first?.pairs,
      !pairs.contains(where: { isMerge($0.key) })
    {
      return pairs
    }
    var seen: Set<[UInt8]> = []
    var merged: [Pair] = []
    for (_, pairs) in layers {
      for pair in pairs where !isMerge(pair.key) {
        if let text = text(pair.key), !seen.insert(Array(text.utf8)).inserted { continue }
        merged.append(pair)
      }
    }
    return merged
  }

  /// The pairs of a mapping, then those of each mapping merged into it, in the order they win.
  /// Every mapping stands once, so that chains of merges cannot multiply.
  private func layers(of mapping: Int) -> [(node: Int, pairs: [Pair])] {
    var layers: [(node: Int, pairs: [Pair])] = []
    var seen: Set<Int> = []
    var pending = [mapping]
    while let node = pending.popLast(), layers.count < Self.maximumLayers {
      switch slots[node].content {
      case .mapping(let pairs):
        guard seen.insert(node).inserted else { continue }
        layers.append((node, pairs))
        for pair in pairs.reversed() where isMerge(pair.key) { pending.append(pair.value) }
      case .sequence(let items) where seen.insert(node).inserted:
        pending.append(contentsOf: items.reversed())
      default: break
      }
    }
    return layers
  }
}

/// Turns numbers of characters into offsets of bytes.
struct CharacterOffsets: Sendable {
  /// The offset of every 64th character; empty when each character is one byte.
  private let marks: [Int]
  private let bytes: [UInt8]
  /// Bytes before the first character: a byte order mark.
  private let base: Int

  init(_ bytes: [UInt8]) {
    base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var marks: [Int] = []
    if bytes.contains(where: { $0 >= 0x80 }) {
      var count = 0
      for offset in base..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
        if count % 64 == 0 { marks.append(offset) }
        count += 1
      }
    }
    self.marks = marks
    self.bytes = marks.isEmpty ? [] : bytes
  }

  func offset(of character: Int) -> Int {
    if marks.isEmpty { return base + character }
    let mark = min(character / 64, marks.count - 1)
    var offset = marks[mark]
    var left = character - mark * 64
    while left > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
