import Core

/// The tables of a document while it is read, as an arena: headers and dotted keys come back to
/// tables that were begun earlier.
struct TOMLTree {
  /// How a table came to be; decides what may still be added to it.
  enum Origin {
    /// Named only as the parent of a header.
    case parent
    /// By its own `[header]` or `[[header]]`.
    case header
    /// By a dotted key.
    case dotted
    /// Written `{…}`: closed.
    case inline
  }

  enum Node {
    case scalar(TOMLValue.Content)
    case table(origin: Origin, keys: [Key], index: [[UInt8]: Int])
    /// `isOpen` for arrays of tables, which later headers extend.
    case array(elements: [Int], isOpen: Bool)
  }

  struct Key {
    let name: [UInt8]
    let offset: Int
    let node: Int
  }

  struct Slot {
    var node: Node
    var start: Int
    var end: Int
    let depth: Int
  }

  private(set) var slots: [Slot] = [
    Slot(node: .table(origin: .header, keys: [], index: [:]), start: 0, end: 0, depth: 0)
  ]

  /// Adds a node that nothing refers to yet.
  mutating func add(_ node: Node, start: Int, end: Int, depth: Int) -> Int {
    slots.append(Slot(node: node, start: start, end: end, depth: depth))
    return slots.count - 1
  }

  /// The node that `name` leads to in the table `parent`.
  func child(_ name: [UInt8], of parent: Int) -> Int? {
    guard case .table(_, let keys, let index) = slots[parent].node else { return nil }
    return index[name].map { keys[$0].node }
  }

  /// Files `node` under `name`, which must be free, in the table `parent`.
  mutating func attach(_ node: Int, to parent: Int, name: [UInt8], offset: Int) {
    guard case .table(let origin, var keys, var index) = slots[parent].node else { return }
    // Taking the node out keeps the two collections unshared, so that appending stays cheap.
    slots[parent].node = .scalar(.boolean(false))
    index[name] = keys.count
    keys.append(Key(name: name, offset: offset, node: node))
    slots[parent].node = .table(origin: origin, keys: keys, index: index)
  }

  /// Adds `element` to the array `array`.
  mutating func append(_ element: Int, to array: Int) {
    guard case .array(var elements, let isOpen) = slots[array].node else { return }
    slots[array].node = .scalar(.boolean(false))
    elements.append(element)
    slots[array].node = .array(elements: elements, isOpen: isOpen)
  }

  /// Changes how the table `table` counts as made.
  mutating func setOrigin(_ origin: Origin, of table: Int) {
    guard case .table(_, let keys, let index) = slots[table].node else { return }
    slots[table].node = .table(origin: origin, keys: keys, index: index)
  }

  /// Moves the place that the node `node` is reported at.
  mutating func setExtent(of node: Int, start: Int, end: Int) {
    slots[node].start = start
    slots[node].end = end
  }

  /// The finished value of a node; depth was bounded when nodes were added.
  func value(of node: Int, lines: LineTable) -> TOMLValue {
    let slot = slots[node]
    let content: TOMLValue.Content
    switch slot.node {
    case .scalar(let scalar):
      content = scalar
    case .array(let elements, _):
      content = .array(elements.map { value(of: $0, lines: lines) })
    case .table(_, let keys, let index):
      let entries = keys.map { key in
        TOMLTable.Entry(
          key: String(decoding: key.name, as: UTF8.self),
          keyPosition: lines.position(of: key.offset),
          value: value(of: key.node, lines: lines))
      }
      content = .table(TOMLTable(entries: entries, index: index))
    }
    return TOMLValue(
      content, start: lines.position(of: slot.start), end: lines.position(of: slot.end))
  }
}
