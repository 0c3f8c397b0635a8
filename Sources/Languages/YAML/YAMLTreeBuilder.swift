/// Builds the nodes of a stream from libyaml's events, without recursion.
struct YAMLTreeBuilder {
  struct Failure {
    let place: Int
    let reason: String
  }

  /// A collection whose end has not come.
  private struct Open {
    let node: Int
    let isMapping: Bool
    var items: [Int] = []
  }

  private let bytes: [UInt8]
  private var slots: [YAMLTree.Slot] = []
  private var anchors: [[UInt8]: Int] = [:]
  private var unfinished: Set<Int> = []
  private var open: [Open] = []
  private var root: Int?
  private(set) var roots: [Int] = []
  private(set) var failure: Failure?

  init(_ bytes: [UInt8]) {
    // YAML may also be UTF-16 with a byte order mark; libyaml leaves out that of UTF-8 itself.
    self.bytes = bytes.first == 0xEF ? bytes : SourceText.utf8(bytes)
  }

  /// The nodes that were built, for good.
  func finished() -> YAMLTree {
    YAMLTree(slots: slots, bytes: bytes, offsets: CharacterOffsets(bytes))
  }

  mutating func run() {
    if bytes.count > YAMLStream.maximumSize {
      failure = Failure(place: 0, reason: "more than \(YAMLStream.maximumSize) bytes")
      return
    }
    if let invalid = UTF8Check.firstInvalidOffset(bytes) {
      let before = bytes[..<invalid].count { $0 & 0xC0 != 0x80 }
      failure = Failure(place: before, reason: "bytes that are not UTF-8")
      return
    }
    guard var reader = YAMLEventReader(bytes) else {
      failure = Failure(place: 0, reason: "out of memory")
      return
    }
    do {
      while failure == nil, let event = try reader.next() { take(event) }
    } catch {
      failure = Failure(place: error.place, reason: error.reason)
    }
  }

  private mutating func take(_ event: YAMLEvent) {
    switch event.kind {
    case .documentStart:
      anchors = [:]
      root = nil
    case .documentEnd:
      if let root { roots.append(root) }
    case .alias(let anchor):
      alias(anchor, event)
    case .scalar(let text, let style, let tag, let anchor):
      let content = YAMLTree.Content.scalar(String(decoding: text, as: UTF8.self), style)
      place(add(content, tag: tag, anchor: anchor, event))
    case .sequenceStart(let tag, let anchor):
      begin(add(.sequence([]), tag: tag, anchor: anchor, event), isMapping: false, event)
    case .mappingStart(let tag, let anchor):
      begin(add(.mapping([]), tag: tag, anchor: anchor, event), isMapping: true, event)
    case .collectionEnd:
      end(event)
    }
  }

  private mutating func add(
    _ content: YAMLTree.Content, tag: [UInt8]?, anchor: [UInt8]?, _ event: YAMLEvent
  ) -> Int {
    let tag = tag.map { String(decoding: $0, as: UTF8.self) }
    slots.append(YAMLTree.Slot(content: content, tag: tag, start: event.start, end: event.end))
    if let anchor { anchors[anchor] = slots.count - 1 }
    return slots.count - 1
  }

  private mutating func alias(_ anchor: [UInt8], _ event: YAMLEvent) {
    if let node = anchors[anchor] {
      // A node that contains itself would make every walk endless.
      if unfinished.contains(node) {
        place(add(.unresolved, tag: nil, anchor: nil, event))
      } else {
        place(node)
      }
    } else {
      let name = String(decoding: anchor, as: UTF8.self)
      failure = Failure(place: event.start, reason: "an alias to the unknown anchor `\(name)`")
    }
  }

  private mutating func begin(_ node: Int, isMapping: Bool, _ event: YAMLEvent) {
    guard open.count < YAMLStream.maximumDepth else {
      failure = Failure(
        place: event.start, reason: "more than \(YAMLStream.maximumDepth) levels of nesting")
      return
    }
    open.append(Open(node: node, isMapping: isMapping))
    unfinished.insert(node)
  }

  private mutating func end(_ event: YAMLEvent) {
    guard let done = open.popLast() else { return }
    unfinished.remove(done.node)
    slots[done.node].end = event.end
    if done.isMapping {
      slots[done.node].content = .mapping(
        stride(from: 0, to: done.items.count - 1, by: 2).map {
          YAMLTree.Pair(key: done.items[$0], value: done.items[$0 + 1])
        })
    } else {
      slots[done.node].content = .sequence(done.items)
    }
    place(done.node)
  }

  /// Files a complete node in the collection that is open.
  private mutating func place(_ node: Int) {
    if open.isEmpty {
      root = node
    } else {
      open[open.count - 1].items.append(node)
    }
  }
}
