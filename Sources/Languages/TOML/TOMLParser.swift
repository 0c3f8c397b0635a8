import Core

/// Reads the lines of a document: headers, keys, and the values behind them.
struct TOMLParser {
  let bytes: [UInt8]
  let lines: LineTable
  var offset = 0
  private var tree = TOMLTree()
  /// The table that plain lines add to.
  private var current = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = LineTable(bytes)
  }

  /// Reads everything.
  mutating func document() throws(SyntaxError) -> TOMLValue {
    try checkCharacters()
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    while true {
      skipBlanks()
      guard let byte = peek() else { break }
      switch byte {
      case UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        break
      case UInt8(ascii: "["):
        try header()
      default:
        try assignment(in: current)
      }
      try endOfLine()
    }
    tree.setExtent(of: 0, start: 0, end: bytes.count)
    return tree.value(of: 0, lines: lines)
  }

  // MARK: Characters

  /// Refuses what no TOML document may hold anywhere: bytes that are not UTF-8, control characters,
  /// carriage returns without a line feed.
  private func checkCharacters() throws(SyntaxError) {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x09, 0x0A, 0x20...0x7E, 0x80...0xFF: continue
      case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A: continue
      default: throw failure("a control character", at: index)
      }
    }
    if let invalid = UTF8Check.firstInvalidOffset(bytes) {
      throw failure("bytes that are not UTF-8", at: invalid)
    }
  }

  func failure(_ reason: String, at offset: Int) -> SyntaxError {
    SyntaxError(at: lines.position(of: offset), reason)
  }

  func peek(_ ahead: Int = 0) -> UInt8? {
    let index = offset + ahead
    return index < bytes.count ? bytes[index] : nil
  }

  mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 { offset += 1 }
  }

  /// Consumes a comment up to its line's end.
  mutating func skipComment() {
    guard peek() == UInt8(ascii: "#") else { return }
    while let byte = peek(), byte != 0x0A, byte != 0x0D { offset += 1 }
  }

  /// Consumes one line break, if there is one here.
  mutating func skipNewline() -> Bool {
    if peek() == 0x0D { offset += 1 }
    guard peek() == 0x0A else { return false }
    offset += 1
    return true
  }

  private mutating func endOfLine() throws(SyntaxError) {
    skipBlanks()
    skipComment()
    guard peek() == nil || skipNewline() else {
      throw failure("expected the end of the line", at: offset)
    }
  }

  // MARK: Keys

  private struct KeyPart {
    let name: [UInt8]
    let offset: Int
  }

  /// A bare, quoted or dotted key, with the blanks after it.
  private mutating func key() throws(SyntaxError) -> [KeyPart] {
    var parts: [KeyPart] = []
    while true {
      skipBlanks()
      let start = offset
      parts.append(KeyPart(name: try simpleKey(), offset: start))
      if parts.count > TOML.maximumDepth { throw tooDeep(at: start) }
      skipBlanks()
      guard peek() == UInt8(ascii: ".") else { return parts }
      offset += 1
    }
  }

  private mutating func simpleKey() throws(SyntaxError) -> [UInt8] {
    let start = offset
    switch peek() {
    case UInt8(ascii: "\"") where peek(1) != UInt8(ascii: "\"") || peek(2) != UInt8(ascii: "\""):
      return try basicString()
    case UInt8(ascii: "'") where peek(1) != UInt8(ascii: "'") || peek(2) != UInt8(ascii: "'"):
      return try literalString()
    default:
      while let byte = peek(), Self.isBareKey(byte) { offset += 1 }
      guard offset > start else { throw failure("expected a key", at: start) }
      return Array(bytes[start..<offset])
    }
  }

  private static func isBareKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private func tooDeep(at offset: Int) -> SyntaxError {
    failure("more than \(TOML.maximumDepth) levels of nesting", at: offset)
  }

  private func named(_ part: KeyPart) -> String {
    "`\(String(decoding: part.name, as: UTF8.self))`"
  }

  // MARK: Headers

  private mutating func header() throws(SyntaxError) {
    let start = offset
    offset += 1
    let isArray = peek() == UInt8(ascii: "[")
    if isArray { offset += 1 }
    let parts = try key()
    for _ in 0..<(isArray ? 2 : 1) {
      guard peek() == UInt8(ascii: "]") else { throw failure("expected `]`", at: offset) }
      offset += 1
    }
    var table = 0
    for part in parts.dropLast() {
      table = try enter(part, of: table)
    }
    guard let last = parts.last else { return }
    current = isArray ? try openElement(last, of: table) : try openTable(last, of: table)
    tree.setExtent(of: current, start: start, end: offset)
  }

  /// The table that a header passes through.
  private mutating func enter(_ part: KeyPart, of parent: Int) throws(SyntaxError) -> Int {
    guard let node = tree.child(part.name, of: parent) else {
      return try newTable(.parent, part, in: parent)
    }
    switch tree.slots[node].node {
    case .table(let origin, _, _) where origin != .inline:
      return node
    case .array(let elements, isOpen: true):
      return elements.last ?? node
    default:
      throw failure("\(named(part)) is already a value that cannot be extended", at: part.offset)
    }
  }

  private mutating func openTable(_ part: KeyPart, of parent: Int) throws(SyntaxError) -> Int {
    guard let node = tree.child(part.name, of: parent) else {
      return try newTable(.header, part, in: parent)
    }
    guard case .table(origin: .parent, _, _) = tree.slots[node].node else {
      throw failure("\(named(part)) is defined twice", at: part.offset)
    }
    tree.setOrigin(.header, of: node)
    return node
  }

  private mutating func openElement(_ part: KeyPart, of parent: Int) throws(SyntaxError) -> Int {
    let depth = tree.slots[parent].depth + 1
    guard depth + 1 <= TOML.maximumDepth else { throw tooDeep(at: part.offset) }
    let array: Int
    if let node = tree.child(part.name, of: parent) {
      guard case .array(_, isOpen: true) = tree.slots[node].node else {
        throw failure("\(named(part)) is already no array of tables", at: part.offset)
      }
      array = node
    } else {
      array = tree.add(
        .array(elements: [], isOpen: true), start: part.offset, end: offset, depth: depth)
      tree.attach(array, to: parent, name: part.name, offset: part.offset)
    }
    let table = tree.add(
      .table(origin: .header, keys: [], index: [:]), start: part.offset, end: offset,
      depth: depth + 1)
    tree.append(table, to: array)
    return table
  }

  private mutating func newTable(
    _ origin: TOMLTree.Origin, _ part: KeyPart, in parent: Int
  ) throws(SyntaxError) -> Int {
    let depth = tree.slots[parent].depth + 1
    guard depth <= TOML.maximumDepth else { throw tooDeep(at: part.offset) }
    let node = tree.add(
      .table(origin: origin, keys: [], index: [:]), start: part.offset, end: offset, depth: depth)
    tree.attach(node, to: parent, name: part.name, offset: part.offset)
    return node
  }

  // MARK: Assignments

  /// `key = value`, into the table `table` or, for a dotted key, one below it.
  private mutating func assignment(in table: Int) throws(SyntaxError) {
    let parts = try key()
    guard peek() == UInt8(ascii: "=") else { throw failure("expected `=`", at: offset) }
    offset += 1
    skipBlanks()
    var parent = table
    for part in parts.dropLast() {
      if let node = tree.child(part.name, of: parent) {
        guard case .table(origin: .dotted, _, _) = tree.slots[node].node else {
          throw failure("\(named(part)) is already defined elsewhere", at: part.offset)
        }
        parent = node
      } else {
        parent = try newTable(.dotted, part, in: parent)
      }
    }
    guard let last = parts.last else { return }
    if tree.child(last.name, of: parent) != nil {
      throw failure("\(named(last)) is defined twice", at: last.offset)
    }
    let value = try anyValue(depth: tree.slots[parent].depth + 1)
    tree.attach(value, to: parent, name: last.name, offset: last.offset)
  }

  // MARK: Values

  private mutating func anyValue(depth: Int) throws(SyntaxError) -> Int {
    guard depth <= TOML.maximumDepth else { throw tooDeep(at: offset) }
    let start = offset
    switch peek() {
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "{"): return try inlineTable(depth: depth)
    default: break
    }
    let content = try scalar()
    return tree.add(.scalar(content), start: start, end: offset, depth: depth)
  }

  private mutating func array(depth: Int) throws(SyntaxError) -> Int {
    let start = offset
    offset += 1
    let array = tree.add(
      .array(elements: [], isOpen: false), start: start, end: offset, depth: depth)
    while true {
      skipLines()
      if peek() == UInt8(ascii: "]") { break }
      let element = try anyValue(depth: depth + 1)
      tree.append(element, to: array)
      skipLines()
      if peek() == UInt8(ascii: ",") {
        offset += 1
        continue
      }
      guard peek() == UInt8(ascii: "]") else {
        throw failure("expected `,` or `]`", at: offset)
      }
      break
    }
    offset += 1
    tree.setExtent(of: array, start: start, end: offset)
    return array
  }

  /// Skips blanks, comments and line breaks, as arrays allow between elements.
  private mutating func skipLines() {
    repeat {
      skipBlanks()
      skipComment()
    } while skipNewline()
  }

  private mutating func inlineTable(depth: Int) throws(SyntaxError) -> Int {
    let start = offset
    offset += 1
    let table = tree.add(
      .table(origin: .dotted, keys: [], index: [:]), start: start, end: offset, depth: depth)
    skipBlanks()
    if peek() != UInt8(ascii: "}") {
      while true {
        try assignment(in: table)
        skipBlanks()
        if peek() == UInt8(ascii: ",") {
          offset += 1
          continue
        }
        guard peek() == UInt8(ascii: "}") else {
          throw failure("expected `,` or `}`", at: offset)
        }
        break
      }
    }
    offset += 1
    tree.setOrigin(.inline, of: table)
    tree.setExtent(of: table, start: start, end: offset)
    return table
  }
}
