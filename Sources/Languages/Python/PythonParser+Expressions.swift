extension PythonParser {
  /// Binding strength of infix operators; 0 = no infix operator.
  @inline(__always)
  static func precedence(_ kind: PythonTokenKind) -> UInt8 {
    switch kind {
    case .or: 1
    case .and: 2
    case .in, .is, .not, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 4
    case .bar: 5
    case .caret: 6
    case .ampersand: 7
    case .shiftLeft, .shiftRight: 8
    case .plus, .minus: 9
    case .star, .slash, .doubleSlash, .percent, .at: 10
    case .doubleStar: 12
    default: 0
    }
  }

  static let notPrecedence: UInt8 = 3
  static let comparisonPrecedence: UInt8 = 4
  /// The level that targets and star expressions are read at.
  static let barPrecedence: UInt8 = 5
  static let signPrecedence: UInt8 = 11
  static let powerPrecedence: UInt8 = 12

  static func operation(_ kind: PythonTokenKind) -> PythonOperator {
    switch kind {
    case .plus, .plusAssign: .add
    case .minus, .minusAssign: .subtract
    case .star, .starAssign: .multiply
    case .slash, .slashAssign: .divide
    case .doubleSlash, .doubleSlashAssign: .floorDivide
    case .percent, .percentAssign: .modulo
    case .doubleStar, .doubleStarAssign: .power
    case .at, .atAssign: .matrixMultiply
    case .shiftLeft, .shiftLeftAssign: .shiftLeft
    case .shiftRight, .shiftRightAssign: .shiftRight
    case .ampersand, .ampersandAssign: .bitAnd
    case .bar, .barAssign: .bitOr
    case .caret, .caretAssign: .bitXor
    case .and: .and
    case .or: .or
    case .not: .not
    case .tilde: .invert
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .in: .in
    case .is: .is
    default: .add
    }
  }

  /// `expression`: lambda, conditional or what binds tighter. Long chains of `else` and `lambda`
  /// are read in a loop.
  mutating func expression() throws(PythonSyntaxTrouble) -> UInt32 {
    try enter()
    let base = pendingExpressions.count
    var result: UInt32
    while true {
      let start = self.start
      try checkChain(pendingExpressions.count - base)
      if kind == .lambda {
        advance()
        let parameters = try self.parameters(until: .colon)
        try expect(.colon, "`:`")
        pendingExpressions.append(PendingExpression(start: start, body: 0, second: parameters))
        continue
      }
      result = try operation(1)
      guard kind == .if else { break }
      advance()
      let test = try operation(1)
      try expect(.else, "`else`")
      pendingExpressions.append(PendingExpression(start: start, body: result, second: test))
    }
    while pendingExpressions.count > base, let pending = pendingExpressions.popLast() {
      if pending.body == 0 {
        result = finish(.lambda, pending.start, result, pending.second)
      } else {
        let record = self.record(pending.body, pending.second, result)
        result = finish(.conditional, pending.start, record)
      }
    }
    depth -= 1
    return result
  }

  /// `expression`, or `name := expression`.
  mutating func namedExpression() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try expression()
    guard kind == .walrus else { return first }
    advance()
    let value = try expression()
    return finish(.namedExpression, start, first, value)
  }

  /// `*expression` or a named expression.
  mutating func starNamedExpression() throws(PythonSyntaxTrouble) -> UInt32 {
    kind == .star ? try starred() : try namedExpression()
  }

  mutating func starred() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let value = try operation(Self.barPrecedence)
    return finish(.starred, start, value)
  }

  /// Star expressions, a tuple where there is a comma.
  mutating func expressions() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = kind == .star ? try starred() : try namedExpression()
    guard kind == .comma else { return first }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma) {
      guard beginsExpression else { break }
      scratch.append(kind == .star ? try starred() : try namedExpression())
    }
    let list = self.list(from: base)
    return finish(.tuple, start, list)
  }

  /// `yield` or star expressions.
  mutating func yieldOrExpressions() throws(PythonSyntaxTrouble) -> UInt32 {
    kind == .yield ? try yieldExpression() : try expressions()
  }

  mutating func yieldExpression() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    if accept(.from) {
      let value = try expression()
      return finish(.yieldFrom, start, value)
    }
    let value = beginsExpression ? try expressions() : 0
    return finish(.yield, start, value)
  }

  /// Targets of `for`, `del` and comprehensions: no comparison, so that `in` ends them.
  mutating func targets() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = kind == .star ? try starred() : try operation(Self.barPrecedence)
    guard kind == .comma else { return first }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma) {
      guard beginsExpression else { break }
      scratch.append(kind == .star ? try starred() : try operation(Self.barPrecedence))
    }
    let list = self.list(from: base)
    return finish(.tuple, start, list)
  }

  /// Whether an expression can begin with the current token.
  var beginsExpression: Bool {
    switch kind {
    case .name, .number, .string, .formattedStart, .leftParenthesis, .leftBracket, .leftBrace,
      .backtick, .tilde, .not, .lambda, .none, .true, .false, .ellipsis, .plus, .minus, .star:
      true
    default: false
    }
  }

  /// Operators that bind at least as tightly as `minimum`, and their operands.
  mutating func operation(_ minimum: UInt8) throws(PythonSyntaxTrouble) -> UInt32 {
    let base = operators.count
    var start = self.start
    var operand: UInt32
    while true {
      // In front of an operand.
      switch kind {
      case .not:
        pushPrefix(Self.notPrecedence, .not)
        start = self.start
        continue
      case .minus:
        pushPrefix(Self.signPrecedence, .minus)
        start = self.start
        continue
      case .plus:
        pushPrefix(Self.signPrecedence, .plus)
        start = self.start
        continue
      case .tilde:
        pushPrefix(Self.signPrecedence, .invert)
        start = self.start
        continue
      default: break
      }
      operand = try primary()

      // Behind it.
      var precedence = Self.precedence(kind)
      if kind == .not, peek().kind != .in { precedence = 0 }
      if precedence < minimum { precedence = 0 }
      if operators.count > base {
        reduce(to: base, above: precedence, &operand, &start)
      }
      guard precedence > 0 else { return operand }
      push(precedence, operand, start, base)
      start = self.start
    }
  }

  private mutating func pushPrefix(_ precedence: UInt8, _ operation: PythonOperator) {
    operators.append(
      PendingOperator(
        token: .not, precedence: precedence, operation: operation, start: start, operand: 0))
    advance()
  }

  /// Takes the infix operator and lets it wait for its right operand.
  private mutating func push(_ precedence: UInt8, _ operand: UInt32, _ start: UInt32, _ base: Int) {
    let token = kind
    var operation = Self.operation(token)
    advance()
    if token == .not {
      advance()
      operation = .notIn
    } else if token == .is, kind == .not {
      advance()
      operation = .isNot
    }
    let isBoolean = precedence <= 2
    if isBoolean || precedence == Self.comparisonPrecedence {
      let top = operators.count - 1
      if top >= base, operators[top].precedence == precedence, operators[top].operand != 0 {
        // The chain goes on.
        scratch.append(operand)
        if !isBoolean { scratch.append(UInt32(operation.rawValue)) }
        operators[top].pending += isBoolean ? 1 : 2
        return
      }
      scratch.append(isBoolean ? operand : UInt32(operation.rawValue))
      operators.append(
        PendingOperator(
          token: token, precedence: precedence, operation: operation, start: start,
          operand: operand, pending: 1))
      return
    }
    operators.append(
      PendingOperator(
        token: token, precedence: precedence, operation: operation, start: start,
        operand: operand))
  }

  /// Completes waiting operators that bind tighter than the coming one of strength `coming`.
  private mutating func reduce(
    to base: Int, above coming: UInt8, _ operand: inout UInt32, _ start: inout UInt32
  ) {
    while operators.count > base {
      let top = operators[operators.count - 1]
      let isChain =
        top.operand != 0 && (top.precedence <= 2 || top.precedence == Self.comparisonPrecedence)
      if isChain || top.precedence == Self.powerPrecedence || top.operand == 0 {
        guard top.precedence > coming else { return }
      } else {
        guard top.precedence >= coming else { return }
      }
      operators.removeLast()
      start = top.start
      if top.operand == 0 {
        operand = finish(.unary, top.start, operand, detail: top.operation.rawValue)
      } else if isChain {
        scratch.append(operand)
        let words = top.pending + 1
        let list = self.list(from: scratch.count - words)
        if top.precedence <= 2 {
          operand = finish(.boolean, top.start, list, detail: top.operation.rawValue)
        } else {
          links[Int(list)] = UInt32(truncatingIfNeeded: words / 2)
          operand = finish(.comparison, top.start, top.operand, list)
        }
      } else {
        operand = finish(
          .binary, top.start, top.operand, operand, detail: top.operation.rawValue)
      }
    }
  }
}
