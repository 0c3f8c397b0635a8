extension PythonParser {
  mutating func ifStatement() throws(PythonSyntaxTrouble) {
    let start = self.start
    let base = scratch.count
    repeat {
      let clauseStart = self.start
      advance()
      let test = try namedExpression()
      let body = try suite()
      scratch.append(finish(.ifClause, clauseStart, test, body))
    } while kind == .elif
    let clauses = list(from: base)
    let orElse = try elseSuite()
    scratch.append(finish(.ifStatement, start, clauses, orElse))
  }

  /// The suite of an `else`, when there is one.
  private mutating func elseSuite() throws(PythonSyntaxTrouble) -> UInt32 {
    accept(.else) ? try suite() : 0
  }

  mutating func whileStatement() throws(PythonSyntaxTrouble) {
    let start = self.start
    advance()
    let test = try namedExpression()
    let body = try suite()
    let orElse = try elseSuite()
    let record = self.record(test, body, orElse)
    scratch.append(finish(.whileStatement, start, record))
  }

  mutating func forStatement(
    _ start: UInt32, isAsync: Bool
  ) throws(PythonSyntaxTrouble) {
    advance()
    let target = try targets()
    try expect(.in, "`in`")
    let iterable = try expressions()
    let body = try suite()
    let orElse = try elseSuite()
    let record = self.record([target, iterable, body, orElse])
    scratch.append(finish(.forStatement, start, record, detail: isAsync ? 1 : 0))
  }

  mutating func tryStatement() throws(PythonSyntaxTrouble) {
    let start = self.start
    advance()
    let body = try suite()
    let base = scratch.count
    var isGroup: UInt8 = 0
    while kind == .except {
      let handlerStart = self.start
      advance()
      if accept(.star) { isGroup = 1 }
      var type: UInt32 = 0
      var name: UInt32 = 0
      if kind != .colon { (type, name) = try caught() }
      let suite = try self.suite()
      let record = self.record(type, name, suite)
      scratch.append(finish(.exceptHandler, handlerStart, record))
    }
    let handlers = list(from: base)
    let orElse = try elseSuite()
    let finally = accept(.finally) ? try suite() : 0
    if handlers == 0, finally == 0 {
      lexer.note(Int(start), "`try` without `except` or `finally`")
    }
    let record = self.record([body, handlers, orElse, finally])
    scratch.append(finish(.tryStatement, start, record, detail: isGroup))
  }

  /// The types behind `except` and the name they are bound to. Types without brackets are a tuple
  /// (3.14), unless a second one looks like the name that Python 2 binds: `except IOError, e`.
  private mutating func caught() throws(PythonSyntaxTrouble) -> (UInt32, UInt32) {
    let start = self.start
    let first = try expression()
    guard kind == .comma else {
      return (first, accept(.as) ? Self.word(try identifier()) : 0)
    }
    let base = scratch.count
    scratch.append(first)
    let comma = self.start
    while accept(.comma) { scratch.append(try expression()) }
    let second = records[Int(scratch[base + 1])]
    if scratch.count == base + 2, second.kind == .name,
      case let letter = lexer.text[Int(second.start)], letter >= 0x61 || letter == 0x5F
    {
      lexer.noteLegacy(Int(comma), "Python 2 syntax: `except` with a comma")
      scratch.removeLast(2)
      return (first, second.a)
    }
    let list = self.list(from: base)
    let types = finish(.tuple, start, list)
    return (types, accept(.as) ? Self.word(try identifier()) : 0)
  }

  mutating func withStatement(
    _ start: UInt32, isAsync: Bool
  ) throws(PythonSyntaxTrouble) {
    advance()
    let items = try withItems()
    let body = try suite()
    scratch.append(finish(.withStatement, start, items, body, detail: isAsync ? 1 : 0))
  }

  /// Context managers, which may stand together in parentheses.
  private mutating func withItems() throws(PythonSyntaxTrouble) -> UInt32 {
    if kind == .leftParenthesis {
      let mark = mark()
      do throws(PythonSyntaxTrouble) {
        advance()
        let items = try withItems(until: .rightParenthesis)
        try expect(.rightParenthesis, "`)`")
        if kind == .colon, items != 0 { return items }
      } catch {}
      back(to: mark)
    }
    return try withItems(until: .colon)
  }

  private mutating func withItems(
    until end: PythonTokenKind
  ) throws(PythonSyntaxTrouble) -> UInt32 {
    let base = scratch.count
    repeat {
      if kind == end { break }
      let start = self.start
      let context = try expression()
      let target = accept(.as) ? try withTarget() : 0
      scratch.append(finish(.withItem, start, context, target))
    } while accept(.comma)
    return list(from: base)
  }

  private mutating func withTarget() throws(PythonSyntaxTrouble) -> UInt32 {
    kind == .star ? try starred() : try operation(Self.barPrecedence)
  }

  mutating func decorated() throws(PythonSyntaxTrouble) {
    let base = scratch.count
    while accept(.at) {
      scratch.append(try namedExpression())
      try expect(.newline, "the end of the decorator")
    }
    let decorators = list(from: base)
    let start = self.start
    switch kind {
    case .def: try function(start, isAsync: false, decorators: decorators)
    case .class: try classDefinition(decorators: decorators)
    default:
      guard isSoft(PythonNameTable.async), peek().kind == .def else {
        throw unexpected("a definition")
      }
      advance()
      try function(start, isAsync: true, decorators: decorators)
    }
  }

  mutating func function(
    _ start: UInt32, isAsync: Bool, decorators: UInt32
  ) throws(PythonSyntaxTrouble) {
    advance()
    let name = try identifier("a function's name")
    let typeParameters = try self.typeParameters()
    try expect(.leftParenthesis, "`(`")
    let parameters = try self.parameters(until: .rightParenthesis)
    try expect(.rightParenthesis, "`)` or `,`")
    let returns = accept(.arrow) ? try expressions() : 0
    let body = try suite()
    let record = self.record([
      Self.word(name), parameters, returns, body, decorators, typeParameters,
    ])
    scratch.append(finish(.functionDefinition, start, record, detail: isAsync ? 1 : 0))
  }

  mutating func classDefinition(decorators: UInt32) throws(PythonSyntaxTrouble) {
    let start = self.start
    advance()
    let name = try identifier("a class's name")
    let typeParameters = try self.typeParameters()
    let arguments = kind == .leftParenthesis ? try self.arguments() : 0
    let body = try suite()
    let record = self.record([Self.word(name), arguments, body, decorators, typeParameters])
    scratch.append(finish(.classDefinition, start, record))
  }

  /// Whether `match` begins a statement here, and is no usual name.
  var beginsMatch: Bool {
    mutating get {
      switch peek().kind {
      case .name, .number, .string, .formattedStart, .leftBrace, .none, .true, .false, .ellipsis,
        .tilde, .lambda:
        return true
      case .not: return peek(2).kind != .in
      case .leftParenthesis, .leftBracket, .minus, .plus, .star: break
      default: return false
      }
      // An expression may begin with `match` too. A statement's line ends in a colon.
      var distance = 2
      while lookahead > 0 {
        lookahead -= 1
        steps += 1
        switch peek(distance).kind {
        case .newline: return peek(distance - 1).kind == .colon
        case .endOfFile, .error, .unclosed: return false
        default: distance += 1
        }
      }
      return false
    }
  }

  mutating func matchStatement() throws(PythonSyntaxTrouble) {
    let start = self.start
    advance()
    let subject = try expressions()
    try expect(.colon, "`:`")
    try expect(.newline, "the end of the line")
    try expect(.indent, "an indented block")
    let base = scratch.count
    while kind != .dedent, kind != .endOfFile {
      let before = current
      let mark = mark()
      do throws(PythonSyntaxTrouble) {
        try matchCase()
      } catch {
        drop(to: mark)
        lexer.note(error.offset, error.reason)
        recover(from: before)
        // The body of a case that could not be read.
        if accept(.indent) {
          let list = statements(until: .dedent)
          _ = accept(.dedent)
          let none = add(.capturePattern, before.start, before.start)
          let record = self.record(none, 0, list)
          scratch.append(finish(.matchCase, before.start, record))
        }
      }
    }
    _ = accept(.dedent)
    let cases = list(from: base)
    scratch.append(finish(.matchStatement, start, subject, cases))
  }

  private mutating func matchCase() throws(PythonSyntaxTrouble) {
    guard isSoft(PythonNameTable.case) else { throw unexpected("`case`") }
    let start = self.start
    advance()
    let pattern = try casePattern()
    let condition = accept(.if) ? try namedExpression() : 0
    let body = try suite()
    let record = self.record(pattern, condition, body)
    scratch.append(finish(.matchCase, start, record))
  }
}
