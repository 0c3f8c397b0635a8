/// How a text is to be read.
package struct PythonParserOptions: Hashable, Sendable {
  /// Whether lines of IPython (`%magic`, `!command`) belong to the language, as in a notebook's
  /// cell; otherwise they are damage of the file.
  package var allowsMagics: Bool

  package init(allowsMagics: Bool = false) { self.allowsMagics = allowsMagics }
}

extension PythonSyntaxTree {
  /// Parses Python 3.0 to 3.14 and, as damage, Python 2.
  ///
  /// Never fails: what cannot be read is recorded in `damages`, and the statements around it are
  /// in the tree. `text` is UTF-8. Nesting is bounded: 1 MiB of stack is enough in a release build.
  package static func parse(
    _ text: [UInt8], options: PythonParserOptions = PythonParserOptions()
  ) -> PythonSyntaxTree {
    var parser = PythonParser(text, options)
    return parser.module()
  }
}

/// Why a statement cannot be read; caught where the statement began.
struct PythonSyntaxTrouble: Error {
  let offset: Int
  let reason: String
  /// Whether the file's nodes are too many, so that those of the statement must go.
  var isTooLarge = false
}

/// A parser by recursive descent over tokens read on demand, with a flat loop for operators.
///
/// Recursion happens at brackets, blocks and patterns alone, and is bounded. Nodes are appended
/// when complete, so children come before parents.
struct PythonParser {
  /// An operator that waits for its right operand.
  struct PendingOperator {
    let token: PythonTokenKind
    let precedence: UInt8
    let operation: PythonOperator
    let start: UInt32
    /// The left operand; of a chain (`and`, `or`, comparisons) the first one.
    let operand: UInt32
    /// How many words of the chain stand on the scratch stack.
    var pending: Int = 0
  }

  /// The start of a conditional or lambda whose last part follows.
  struct PendingExpression {
    let start: UInt32
    /// The body of a conditional; 0 for a lambda.
    let body: UInt32
    /// The test of a conditional, or the parameter list of a lambda.
    let second: UInt32
  }

  /// The deepest nesting of expressions; brackets end at 200 in the lexer.
  static let deepestExpression = 230
  /// The longest chain of attributes, calls and subscripts, and of lambdas or conditionals inside
  /// each other. CPython's own compiler gives up earlier.
  static let longestChain = 20_000
  /// The most nodes of a file; a statement that needs more is given up.
  static let mostNodes = 4 << 20

  var lexer: PythonLexer
  let options: PythonParserOptions
  /// The tokens read and not given up, the current one at `cursor`.
  var tokens: [PythonToken] = []
  var cursor = 0
  /// The end of the token before the current one.
  var lastEnd: UInt32 = 0

  var records: [PythonNodeRecord] = []
  var links: [UInt32] = [0]
  /// Words of lists that are being made.
  var scratch: [UInt32] = []
  var operators: [PendingOperator] = []
  var pendingExpressions: [PendingExpression] = []
  var depth = 0
  /// Tokens that may still be looked at ahead of the cursor, over the whole file.
  var lookahead: Int
  var steps = 0

  let encoding: PythonEncoding

  init(
    _ text: [UInt8], _ options: PythonParserOptions, encoding: PythonEncoding = .utf8
  ) {
    self.encoding = encoding
    lexer = PythonLexer(text)
    self.options = options
    lookahead = 65_536 + 2 * lexer.end
    records.reserveCapacity(64 + lexer.end / 7)
    links.reserveCapacity(64 + lexer.end / 9)
    tokens.reserveCapacity(256)
    scratch.reserveCapacity(256)
    records.append(PythonNodeRecord(kind: .absent, detail: 0, start: 0, end: 0))
    tokens.append(lexer.next())
  }

  mutating func module() -> PythonSyntaxTree {
    if lexer.end < lexer.text.count {
      lexer.note(lexer.end, PythonLexicalError.length.reason)
    }
    if let zero = lexer.text.firstIndex(of: 0) { lexer.note(zero, "zero byte") }
    let body = statements(until: .endOfFile)
    lexer.damages.sort { $0.offset < $1.offset }
    return PythonSyntaxTree(
      text: lexer.text, body: body, records: records, links: links, names: lexer.names,
      lineStarts: PythonSyntaxTree.lineStarts(of: lexer.text), damages: lexer.damages,
      encoding: encoding, steps: steps + lexer.steps)
  }

  // MARK: Tokens

  var current: PythonToken {
    @inline(__always) get { tokens[cursor] }
  }

  var kind: PythonTokenKind {
    @inline(__always) get { tokens[cursor].kind }
  }

  var start: UInt32 {
    @inline(__always) get { tokens[cursor].start }
  }

  @inline(__always)
  mutating func advance() {
    let token = tokens[cursor]
    // Line ends and indentation are not part of the statement before them.
    if token.kind.rawValue > PythonTokenKind.dedent.rawValue { lastEnd = token.end }
    cursor += 1
    if cursor == tokens.count { tokens.append(lexer.next()) }
  }

  /// The token `distance` behind the current one.
  mutating func peek(_ distance: Int = 1) -> PythonToken {
    while cursor + distance >= tokens.count { tokens.append(lexer.next()) }
    return tokens[cursor + distance]
  }

  /// Gives up the tokens before the current one; the start of a statement.
  mutating func forget() {
    // Never more than half is moved for what is given up.
    guard cursor >= 64, cursor * 2 >= tokens.count else { return }
    tokens.removeFirst(cursor)
    cursor = 0
  }

  @inline(__always)
  mutating func accept(_ wanted: PythonTokenKind) -> Bool {
    guard tokens[cursor].kind == wanted else { return false }
    advance()
    return true
  }

  @inline(__always)
  mutating func expect(
    _ wanted: PythonTokenKind, _ what: String
  ) throws(PythonSyntaxTrouble) {
    guard tokens[cursor].kind == wanted else { throw unexpected(what) }
    advance()
  }

  func isSoft(_ name: UInt32) -> Bool {
    tokens[cursor].kind == .name && tokens[cursor].value == name
  }

  func unexpected(_ what: String) -> PythonSyntaxTrouble {
    let token = tokens[cursor]
    if token.kind == .error, let error = PythonLexicalError(rawValue: token.value) {
      return PythonSyntaxTrouble(offset: Int(token.start), reason: error.reason)
    }
    if token.kind == .unclosed {
      return PythonSyntaxTrouble(offset: Int(token.start), reason: "bracket that is never closed")
    }
    return PythonSyntaxTrouble(
      offset: Int(token.start), reason: "\(token.kind.description) where \(what) was expected")
  }

  /// The number of the current name token; moves on.
  mutating func identifier(_ what: String = "a name") throws(PythonSyntaxTrouble) -> UInt32 {
    guard tokens[cursor].kind == .name else { throw unexpected(what) }
    let value = tokens[cursor].value
    advance()
    return value
  }

  // MARK: Nodes

  @inline(__always)
  mutating func add(
    _ kind: PythonNodeKind, _ start: UInt32, _ end: UInt32, _ a: UInt32 = 0, _ b: UInt32 = 0,
    detail: UInt8 = 0
  ) -> UInt32 {
    let index = UInt32(truncatingIfNeeded: records.count)
    records.append(
      PythonNodeRecord(kind: kind, detail: detail, start: start, end: end, a: a, b: b))
    return index
  }

  /// A node that ends with the token before the current one.
  @inline(__always)
  mutating func finish(
    _ kind: PythonNodeKind, _ start: UInt32, _ a: UInt32 = 0, _ b: UInt32 = 0, detail: UInt8 = 0
  ) -> UInt32 {
    add(kind, start, lastEnd, a, b, detail: detail)
  }

  /// Makes a list of the words on the scratch stack from `base` on, and takes them off.
  mutating func list(from base: Int) -> UInt32 {
    let count = scratch.count - base
    guard count > 0 else { return 0 }
    let offset = UInt32(truncatingIfNeeded: links.count)
    links.append(UInt32(truncatingIfNeeded: count))
    links.append(contentsOf: scratch[base...])
    scratch.removeLast(count)
    return offset
  }

  mutating func record(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt32 {
    let offset = UInt32(truncatingIfNeeded: links.count)
    links.append(first)
    links.append(second)
    links.append(third)
    return offset
  }

  mutating func record(_ words: [UInt32]) -> UInt32 {
    let offset = UInt32(truncatingIfNeeded: links.count)
    links.append(contentsOf: words)
    return offset
  }

  /// The word of a name in a record: its number plus one.
  @inline(__always)
  static func word(_ name: UInt32) -> UInt32 { name &+ 1 }

  // MARK: Nesting and trying

  mutating func enter() throws(PythonSyntaxTrouble) {
    depth += 1
    steps += 1
    guard depth <= Self.deepestExpression else {
      depth -= 1
      throw PythonSyntaxTrouble(offset: Int(start), reason: "expression nested too deeply")
    }
  }

  /// Refuses what no compiler of Python takes: everything after it could only get slower.
  func checkChain(_ length: Int) throws(PythonSyntaxTrouble) {
    guard length <= Self.longestChain else {
      throw PythonSyntaxTrouble(offset: Int(start), reason: "expression nested too deeply")
    }
  }

  /// What must be put back when a way of reading is given up.
  struct Mark {
    let cursor: Int
    let lastEnd: UInt32
    let records: Int
    let links: Int
    let scratch: Int
    let operators: Int
    let pending: Int
    let depth: Int
  }

  func mark() -> Mark {
    Mark(
      cursor: cursor, lastEnd: lastEnd, records: records.count, links: links.count,
      scratch: scratch.count, operators: operators.count, pending: pendingExpressions.count,
      depth: depth)
  }

  /// Goes back to a mark of the same statement: tokens are kept, nodes made since are dropped.
  mutating func back(to mark: Mark) {
    steps += cursor - mark.cursor
    cursor = mark.cursor
    lastEnd = mark.lastEnd
    records.removeLast(records.count - mark.records)
    links.removeLast(links.count - mark.links)
    drop(to: mark)
  }

  /// Empties the stacks down to a mark, and keeps tokens and nodes.
  mutating func drop(to mark: Mark) {
    scratch.removeLast(max(0, scratch.count - mark.scratch))
    operators.removeLast(max(0, operators.count - mark.operators))
    pendingExpressions.removeLast(max(0, pendingExpressions.count - mark.pending))
    depth = mark.depth
  }
}
