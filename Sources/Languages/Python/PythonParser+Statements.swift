extension PythonParser {
  /// Statements of a module or block, up to the token `end`, which is left in place.
  ///
  /// A statement that cannot be read becomes one damaged statement; the next one is looked for
  /// behind it. A block that nothing opens is read as if it belonged to this one.
  mutating func statements(until end: PythonTokenKind) -> UInt32 {
    let base = scratch.count
    var unexpectedBlocks = 0
    while kind != .endOfFile {
      if kind == end, unexpectedBlocks == 0 { break }
      switch kind {
      case .dedent:
        unexpectedBlocks -= 1
        advance()
      case .indent:
        lexer.note(Int(start), "unexpected indentation")
        unexpectedBlocks += 1
        advance()
      case .newline: advance()
      default: statement()
      }
    }
    return list(from: base)
  }

  /// Reads one statement (or all on a line of simple ones) and puts it on the scratch stack.
  private mutating func statement() {
    forget()
    let start = current
    if start.kind == .percent || start.kind == .exclamation {
      magic(from: start.start)
      return
    }
    let mark = mark()
    do throws(PythonSyntaxTrouble) {
      try readStatement()
    } catch {
      if isMagic {
        let height = mark.scratch
        drop(to: mark)
        scratch.removeLast(scratch.count - height)
        magic(from: start.start)
        return
      }
      drop(to: mark)
      lexer.note(error.offset, error.reason)
      if error.isTooLarge {
        records.removeLast(records.count - mark.records)
        links.removeLast(links.count - mark.links)
      }
      let salvage = salvaged(since: mark.records)
      recover(from: start)
      scratch.append(add(.damagedStatement, start.start, max(lastEnd, start.end), salvage))
    }
  }

  /// Whether reading stopped at `?`, or at `!` or `%` behind `=`: a line of IPython.
  private var isMagic: Bool {
    let token = current
    if token.kind == .error { return token.value == PythonLexicalError.magic.rawValue }
    guard token.kind == .exclamation || token.kind == .percent, cursor > 0 else { return false }
    return tokens[cursor - 1].kind == .assign
  }

  /// Takes the rest of the line (with its continuations) as a line of IPython.
  @inline(never)
  private mutating func magic(from start: UInt32) {
    if !options.allowsMagics { lexer.note(Int(start), PythonLexicalError.magic.reason) }
    var index = Int(start)
    while index < lexer.end, lexer.text[index] != 0x0A, lexer.text[index] != 0x0D {
      if lexer.text[index] == UInt8(ascii: "\\"), index + 1 < lexer.end,
        lexer.text[index + 1] == 0x0A || lexer.text[index + 1] == 0x0D
      {
        index = lexer.behindLineEnd(index + 1)
      } else {
        index += 1
      }
    }
    index = min(index, lexer.end)
    steps += index - Int(start)
    tokens.removeAll(keepingCapacity: true)
    cursor = 0
    lexer.resume(at: index)
    lastEnd = UInt32(truncatingIfNeeded: index)
    scratch.append(add(.magicLine, start, lastEnd))
    tokens.append(lexer.next())
  }

  /// The statements and expressions made since `first` that are part of no other: what could be
  /// read in a statement that failed.
  @inline(never)
  private mutating func salvaged(since first: Int) -> UInt32 {
    steps += records.count - first
    let base = scratch.count
    scratch += unowned(since: first)
    return list(from: base)
  }

  private func unowned(since first: Int) -> [UInt32] {
    guard records.count > first else { return [] }
    var isOwned = [Bool](repeating: false, count: records.count - first)
    let view = PythonSyntaxTree.ChildView(records: records, links: links)
    for index in first..<records.count {
      view.forEachChild(of: UInt32(truncatingIfNeeded: index)) { child in
        if Int(child) >= first { isOwned[Int(child) - first] = true }
      }
    }
    return (first..<records.count).compactMap { index in
      let kind = records[index].kind
      return !isOwned[index - first] && (kind.isExpression || kind.isStatement)
        ? UInt32(truncatingIfNeeded: index) : nil
    }
  }

  /// Finds the end of a statement that could not be read: the end of its line, or a later line
  /// that is indented no deeper, when brackets hide the line ends.
  @inline(never)
  mutating func recover(from first: PythonToken) {
    let column = self.column(of: first.start)
    var isBehindHeader = false
    while true {
      let token = current
      switch token.kind {
      case .newline, .unclosed:
        advance()
        return
      case .endOfFile, .indent, .dedent: return
      case .rightParenthesis, .rightBracket, .rightBrace: break
      default:
        if token.isFirst, token.start > first.start,
          isBehindHeader || self.column(of: token.start) <= column
        {
          lexer.restart(atLineStart: lineStart(of: Int(token.start)))
          tokens.removeAll(keepingCapacity: true)
          cursor = 0
          tokens.append(lexer.next())
          return
        }
      }
      // A colon ends the line of a broken header: its block follows.
      isBehindHeader = token.kind == .colon && first.kind.beginsBlock
      forget()
      advance()
    }
  }

  private func lineStart(of offset: Int) -> Int {
    var index = offset
    while index > 0, lexer.text[index - 1] != 0x0A, lexer.text[index - 1] != 0x0D { index -= 1 }
    return index
  }

  /// The bytes before a token that is the first on its line.
  private func column(of offset: UInt32) -> Int { Int(offset) - lineStart(of: Int(offset)) }

  /// Reads a compound statement, or a line of simple ones.
  private mutating func readStatement() throws(PythonSyntaxTrouble) {
    switch kind {
    case .if: try ifStatement()
    case .while: try whileStatement()
    case .for: try forStatement(start, isAsync: false)
    case .try: try tryStatement()
    case .with: try withStatement(start, isAsync: false)
    case .def: try function(start, isAsync: false, decorators: 0)
    case .class: try classDefinition(decorators: 0)
    case .at: try decorated()
    case .name:
      switch current.value {
      case PythonNameTable.async:
        let start = self.start
        switch peek().kind {
        case .def:
          advance()
          try function(start, isAsync: true, decorators: 0)
          return
        case .for:
          advance()
          try forStatement(start, isAsync: true)
          return
        case .with:
          advance()
          try withStatement(start, isAsync: true)
          return
        default: break
        }
      case PythonNameTable.match:
        if beginsMatch {
          try matchStatement()
          return
        }
      default: break
      }
      try simpleStatements()
    default: try simpleStatements()
    }
  }

  /// Simple statements up to the end of the line.
  @inline(never)
  private mutating func simpleStatements() throws(PythonSyntaxTrouble) {
    repeat {
      if kind == .newline { break }
      scratch.append(try simpleStatement())
    } while accept(.semicolon)
    if kind == .endOfFile { return }
    try expect(.newline, "the end of the statement")
  }

  /// The suite behind the colon of a compound statement.
  mutating func suite() throws(PythonSyntaxTrouble) -> UInt32 {
    try expect(.colon, "`:`")
    guard accept(.newline) else {
      let base = scratch.count
      try simpleStatements()
      return list(from: base)
    }
    guard accept(.indent) else {
      lexer.note(Int(start), "block without statements")
      return 0
    }
    let list = statements(until: .dedent)
    _ = accept(.dedent)
    return list
  }

  @inline(never)
  private mutating func simpleStatement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    switch kind {
    case .pass: return keyword(.passStatement)
    case .break: return keyword(.breakStatement)
    case .continue: return keyword(.continueStatement)
    case .return:
      advance()
      let value = kind == .newline || kind == .semicolon ? 0 : try expressions()
      return finish(.returnStatement, start, value)
    case .raise: return try raiseStatement()
    case .assert:
      advance()
      let test = try namedExpression()
      let message = accept(.comma) ? try expression() : 0
      return finish(.assertStatement, start, test, message)
    case .del:
      advance()
      let base = scratch.count
      repeat {
        guard beginsExpression else { break }
        scratch.append(try operation(Self.barPrecedence))
      } while accept(.comma)
      let list = self.list(from: base)
      return finish(.deleteStatement, start, list)
    case .global: return try declaration(.globalStatement)
    case .nonlocal: return try declaration(.nonlocalStatement)
    case .import: return try importStatement()
    case .from: return try importFromStatement()
    case .name:
      switch current.value {
      case PythonNameTable.type:
        if peek().kind == .name { return try typeAlias() }
      case PythonNameTable.print:
        if peek().kind.beginsBareOperand { return try legacyPrint() }
      case PythonNameTable.exec:
        if peek().kind.beginsBareOperand { return try legacyExec() }
      default: break
      }
      return try expressionStatement()
    default: return try expressionStatement()
    }
  }

  private mutating func keyword(_ node: PythonNodeKind) -> UInt32 {
    let start = self.start
    advance()
    return finish(node, start)
  }

  private mutating func declaration(
    _ node: PythonNodeKind
  ) throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let base = scratch.count
    repeat {
      let token = current
      let name = try identifier()
      scratch.append(add(.identifier, token.start, token.end, Self.word(name)))
    } while accept(.comma)
    let list = self.list(from: base)
    return finish(node, start, list)
  }

  private mutating func raiseStatement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    guard beginsExpression else { return finish(.raiseStatement, start) }
    let exception = try expression()
    if kind == .comma {
      lexer.noteLegacy(Int(self.start), "Python 2 syntax: `raise` with a comma")
      while accept(.comma) { _ = try expression() }
      return finish(.raiseStatement, start, exception)
    }
    let cause = accept(.from) ? try expression() : 0
    return finish(.raiseStatement, start, exception, cause)
  }

  private mutating func typeAlias() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let name = try identifier()
    let parameters = try typeParameters()
    try expect(.assign, "`=`")
    let value = try expression()
    let record = self.record(Self.word(name), parameters, value)
    return finish(.typeAlias, start, record)
  }

  private mutating func legacyPrint() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    lexer.noteLegacy(Int(start), "Python 2 syntax: `print` statement")
    advance()
    let base = scratch.count
    repeat {
      guard beginsExpression else { break }
      scratch.append(try expression())
    } while accept(.comma)
    let list = self.list(from: base)
    return finish(.legacyPrint, start, list)
  }

  private mutating func legacyExec() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    lexer.noteLegacy(Int(start), "Python 2 syntax: `exec` statement")
    advance()
    let base = scratch.count
    scratch.append(try operation(Self.barPrecedence))
    if accept(.in) {
      repeat { scratch.append(try expression()) } while accept(.comma)
    }
    let list = self.list(from: base)
    return finish(.legacyExec, start, list)
  }

  /// An expression, or an assignment of any kind.
  private mutating func expressionStatement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try yieldOrExpressions()
    switch kind {
    case .assign:
      let base = scratch.count
      var last = first
      while accept(.assign) {
        scratch.append(last)
        last = try yieldOrExpressions()
      }
      let targets = list(from: base)
      return finish(.assignment, start, targets, last)
    case .colon:
      advance()
      let annotation = try expression()
      let value = accept(.assign) ? try yieldOrExpressions() : 0
      let record = self.record(first, annotation, value)
      return finish(.annotatedAssignment, start, record)
    case .plusAssign, .minusAssign, .starAssign, .slashAssign, .doubleSlashAssign, .percentAssign,
      .doubleStarAssign, .atAssign, .shiftLeftAssign, .shiftRightAssign, .ampersandAssign,
      .barAssign, .caretAssign:
      let operation = Self.operation(kind)
      advance()
      let value = try yieldOrExpressions()
      return finish(.augmentedAssignment, start, first, value, detail: operation.rawValue)
    default:
      return finish(.expressionStatement, start, first)
    }
  }
}
