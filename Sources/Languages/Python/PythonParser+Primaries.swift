extension PythonParser {
  /// An atom with its attributes, calls and subscripts; `await` before it.
  mutating func primary() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    guard records.count < Self.mostNodes else {
      throw PythonSyntaxTrouble(
        offset: Int(start), reason: PythonLexicalError.length.reason, isTooLarge: true)
    }
    var awaits = 0
    let base = scratch.count
    while isSoft(PythonNameTable.await), beginsAwaited {
      scratch.append(self.start)
      awaits += 1
      advance()
    }
    let atomStart = awaits == 0 ? start : self.start
    var result = try atom()
    var links = 0
    trailers: while true {
      try checkChain(links)
      links += 1
      switch kind {
      case .dot:
        advance()
        let name = try identifier("an attribute")
        result = finish(.attribute, atomStart, result, Self.word(name))
      case .leftParenthesis:
        let arguments = try self.arguments()
        result = finish(.call, atomStart, result, arguments)
      case .leftBracket:
        advance()
        let index = try subscriptIndex()
        try expect(.rightBracket, "`]`")
        result = finish(.subscript, atomStart, result, index)
      default: break trailers
      }
    }
    while awaits > 0 {
      result = finish(.await, scratch[scratch.count - 1], result)
      scratch.removeLast()
      awaits -= 1
    }
    assert(scratch.count == base)
    return result
  }

  /// Whether `await` is the keyword: an operand follows. (It was a usual name until 3.6.)
  private var beginsAwaited: Bool {
    mutating get {
      switch peek().kind {
      case .name, .number, .string, .formattedStart, .leftParenthesis, .leftBracket, .leftBrace,
        .none, .true, .false, .ellipsis:
        true
      default: false
      }
    }
  }

  private mutating func atom() throws(PythonSyntaxTrouble) -> UInt32 {
    let token = current
    switch token.kind {
    case .name:
      advance()
      return add(.name, token.start, token.end, Self.word(token.value))
    case .number:
      advance()
      return add(.number, token.start, token.end)
    case .string, .formattedStart: return try strings()
    case .none: return literal(.noneLiteral)
    case .true: return literal(.trueLiteral)
    case .false: return literal(.falseLiteral)
    case .ellipsis: return literal(.ellipsisLiteral)
    case .leftParenthesis: return try parenthesised()
    case .leftBracket: return try listDisplay()
    case .leftBrace: return try braceDisplay()
    case .backtick:
      lexer.noteLegacy(Int(token.start), "Python 2 syntax: backticks")
      advance()
      try enter()
      let value = try expressions()
      depth -= 1
      try expect(.backtick, "a backtick")
      return finish(.legacyRepr, token.start, value)
    default: throw unexpected("an expression")
    }
  }

  private mutating func literal(_ node: PythonNodeKind) -> UInt32 {
    let token = current
    advance()
    return add(node, token.start, token.end)
  }

  @inline(never)
  private mutating func parenthesised() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    if accept(.rightParenthesis) { return finish(.tuple, start, 0, detail: 1) }
    if kind == .yield {
      let value = try yieldExpression()
      try expect(.rightParenthesis, "`)`")
      return value
    }
    let first = try starNamedExpression()
    if beginsComprehension {
      let clauses = try comprehensionClauses()
      try expect(.rightParenthesis, "`)`")
      return finish(.generatorExpression, start, first, clauses)
    }
    if kind != .comma {
      try expect(.rightParenthesis, "`)` or `,`")
      return first
    }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma), kind != .rightParenthesis {
      scratch.append(try starNamedExpression())
    }
    try expect(.rightParenthesis, "`)` or `,`")
    let list = self.list(from: base)
    return finish(.tuple, start, list, detail: 1)
  }

  @inline(never)
  private mutating func listDisplay() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    if accept(.rightBracket) { return finish(.list, start) }
    let first = try starNamedExpression()
    if beginsComprehension {
      let clauses = try comprehensionClauses()
      try expect(.rightBracket, "`]`")
      return finish(.listComprehension, start, first, clauses)
    }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma), kind != .rightBracket {
      scratch.append(try starNamedExpression())
    }
    try expect(.rightBracket, "`]` or `,`")
    let list = self.list(from: base)
    return finish(.list, start, list)
  }

  @inline(never)
  private mutating func braceDisplay() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    if accept(.rightBrace) { return finish(.dictionary, start) }
    let isDictionary: Bool
    let first = try braceElement()
    switch records[Int(first)].kind {
    case .pair, .doubleStarred: isDictionary = true
    default: isDictionary = false
    }
    if beginsComprehension {
      let clauses = try comprehensionClauses()
      try expect(.rightBrace, "`}`")
      return finish(
        isDictionary ? .dictionaryComprehension : .setComprehension, start, first, clauses)
    }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma), kind != .rightBrace { scratch.append(try braceElement()) }
    try expect(.rightBrace, "`}` or `,`")
    let list = self.list(from: base)
    return finish(isDictionary ? .dictionary : .set, start, list)
  }

  /// `key: value`, `**value`, or an element of a set.
  private mutating func braceElement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    if accept(.doubleStar) {
      let value = try operation(Self.barPrecedence)
      return finish(.doubleStarred, start, value)
    }
    let key = try starNamedExpression()
    guard accept(.colon) else { return key }
    let value = try expression()
    return finish(.pair, start, key, value)
  }

  private var beginsComprehension: Bool {
    mutating get {
      kind == .for || (isSoft(PythonNameTable.async) && peek().kind == .for)
    }
  }

  /// `for … in … if …`, once or more.
  @inline(never)
  private mutating func comprehensionClauses() throws(PythonSyntaxTrouble) -> UInt32 {
    let base = scratch.count
    while beginsComprehension {
      let start = self.start
      let isAsync = kind != .for
      if isAsync { advance() }
      advance()
      let target = try targets()
      try expect(.in, "`in`")
      let iterable = try operation(1)
      // Python 2 had `for x in 1, 2`; a conditional cannot stand here, its `if` is a condition.
      let conditionsBase = scratch.count
      while accept(.if) {
        let condition = kind == .lambda ? try namedExpression() : try condition()
        scratch.append(condition)
      }
      let conditions = list(from: conditionsBase)
      let record = self.record(target, iterable, conditions)
      scratch.append(finish(.comprehensionClause, start, record, detail: isAsync ? 1 : 0))
    }
    return list(from: base)
  }

  private mutating func condition() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try operation(1)
    guard accept(.walrus) else { return first }
    let value = try expression()
    return finish(.namedExpression, start, first, value)
  }

  /// The arguments of a call or class, brackets included.
  @inline(never)
  mutating func arguments() throws(PythonSyntaxTrouble) -> UInt32 {
    let opening = start
    advance()
    if accept(.rightParenthesis) { return 0 }
    let base = scratch.count
    repeat {
      if kind == .rightParenthesis { break }
      scratch.append(try argument(opening))
    } while accept(.comma)
    try expect(.rightParenthesis, "`)` or `,`")
    // A lone generator has the call's own brackets for its own.
    if scratch.count == base + 1, case let only = Int(scratch[base]),
      records[only].kind == .generatorExpression, records[only].start == opening
    {
      records[only].end = lastEnd
    }
    return list(from: base)
  }

  @inline(never)
  private mutating func argument(_ opening: UInt32) throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    switch kind {
    case .star:
      advance()
      let value = try expression()
      return finish(.starred, start, value)
    case .doubleStar:
      advance()
      let value = try expression()
      return finish(.doubleStarred, start, value)
    case .name:
      if peek().kind == .assign {
        let name = current.value
        advance()
        advance()
        let value = try expression()
        return finish(.keywordArgument, start, value, Self.word(name))
      }
    default: break
    }
    let value = try namedExpression()
    guard beginsComprehension else { return value }
    let clauses = try comprehensionClauses()
    return finish(.generatorExpression, opening, value, clauses)
  }

  /// What stands in the brackets of a subscript.
  @inline(never)
  private mutating func subscriptIndex() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try slice()
    // `x[*a]` has a tuple for its index, as `x[*a,]` has.
    guard kind == .comma || records[Int(first)].kind == .starred else { return first }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma), kind != .rightBracket { scratch.append(try slice()) }
    let list = self.list(from: base)
    return finish(.tuple, start, list)
  }

  private mutating func slice() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    var lower: UInt32 = 0
    if kind != .colon {
      lower = try starNamedExpression()
      guard kind == .colon else { return lower }
    }
    advance()
    var upper: UInt32 = 0
    var step: UInt32 = 0
    if kind != .colon, kind != .comma, kind != .rightBracket { upper = try expression() }
    if accept(.colon), kind != .comma, kind != .rightBracket { step = try expression() }
    let record = self.record(lower, upper, step)
    return finish(.slice, start, record)
  }

  // MARK: Strings

  /// One literal, or several that stand side by side.
  @inline(never)
  mutating func strings() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try stringLiteral()
    guard kind == .string || kind == .formattedStart else { return first }
    let base = scratch.count
    scratch.append(first)
    while kind == .string || kind == .formattedStart { scratch.append(try stringLiteral()) }
    let list = self.list(from: base)
    return finish(.stringConcatenation, start, list)
  }

  private mutating func stringLiteral() throws(PythonSyntaxTrouble) -> UInt32 {
    let token = current
    advance()
    if token.kind == .string {
      return add(.string, token.start, token.end, detail: token.flags)
    }
    let list = try formattedParts(until: .formattedEnd)
    try expect(.formattedEnd, "the end of a formatted string")
    return finish(.formattedString, token.start, list, detail: token.flags)
  }

  /// Texts and fields of a formatted string or of a format specification.
  private mutating func formattedParts(
    until end: PythonTokenKind
  ) throws(PythonSyntaxTrouble) -> UInt32 {
    try enter()
    let base = scratch.count
    while kind != end {
      let token = current
      switch token.kind {
      case .formattedText:
        advance()
        scratch.append(add(.stringChunk, token.start, token.end, detail: token.flags))
      case .fieldOpen: scratch.append(try field())
      default: throw unexpected("the end of a formatted string")
      }
    }
    depth -= 1
    return list(from: base)
  }

  @inline(never)
  private mutating func field() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let value = try yieldOrExpressions()
    let isSelfDocumenting = accept(.assign)
    var conversion: UInt8 = 0
    if accept(.exclamation) {
      let token = current
      _ = try identifier("a conversion")
      conversion = lexer.text[Int(token.start)]
    }
    var format: UInt32 = 0
    if accept(.fieldColon) { format = try formattedParts(until: .fieldClose) }
    try expect(.fieldClose, "`}`")
    let node = finish(.interpolation, start, value, format, detail: isSelfDocumenting ? 1 : 0)
    records[Int(node)].conversion = conversion
    return node
  }
}
