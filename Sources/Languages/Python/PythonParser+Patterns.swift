extension PythonParser {
  /// The pattern of a `case`: a sequence may stand without brackets.
  mutating func casePattern() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let first = try sequenceElement()
    guard kind == .comma || records[Int(first)].kind == .starPattern else { return first }
    let base = scratch.count
    scratch.append(first)
    while accept(.comma), kind != .colon, kind != .if { scratch.append(try sequenceElement()) }
    let list = self.list(from: base)
    return finish(.sequencePattern, start, list)
  }

  private mutating func sequenceElement() throws(PythonSyntaxTrouble) -> UInt32 {
    guard kind == .star else { return try pattern() }
    let start = self.start
    advance()
    let name = try identifier()
    return finish(
      .starPattern, start, name == PythonNameTable.underscore ? 0 : Self.word(name))
  }

  /// Alternatives and `as`.
  private mutating func pattern() throws(PythonSyntaxTrouble) -> UInt32 {
    try enter()
    let start = self.start
    var result = try closedPattern()
    if kind == .bar {
      let base = scratch.count
      scratch.append(result)
      while accept(.bar) { scratch.append(try closedPattern()) }
      let list = self.list(from: base)
      result = finish(.alternativesPattern, start, list)
    }
    if accept(.as) {
      let name = try identifier()
      result = finish(.aliasPattern, start, result, Self.word(name))
    }
    depth -= 1
    return result
  }

  private mutating func closedPattern() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    switch kind {
    case .number, .minus, .plus:
      let value = try operation(Self.precedence(.plus))
      return finish(.valuePattern, start, value)
    case .string, .formattedStart, .none, .true, .false:
      let value = try primary()
      return finish(.valuePattern, start, value)
    case .name: return try namePattern()
    case .leftParenthesis, .leftBracket: return try bracketedPattern()
    case .leftBrace: return try mappingPattern()
    default: throw unexpected("a pattern")
    }
  }

  private mutating func namePattern() throws(PythonSyntaxTrouble) -> UInt32 {
    let token = current
    advance()
    if kind != .dot, kind != .leftParenthesis {
      let isWildcard = token.value == PythonNameTable.underscore
      return finish(.capturePattern, token.start, isWildcard ? 0 : Self.word(token.value))
    }
    var value = add(.name, token.start, token.end, Self.word(token.value))
    while accept(.dot) {
      let name = try identifier("an attribute")
      value = finish(.attribute, token.start, value, Self.word(name))
    }
    guard accept(.leftParenthesis) else { return finish(.valuePattern, token.start, value) }
    let base = scratch.count
    while kind != .rightParenthesis {
      let start = self.start
      if kind == .name, peek().kind == .assign {
        let name = current.value
        advance()
        advance()
        let pattern = try self.pattern()
        scratch.append(finish(.keywordPattern, start, pattern, Self.word(name)))
      } else {
        scratch.append(try pattern())
      }
      if !accept(.comma) { break }
    }
    try expect(.rightParenthesis, "`)` or `,`")
    let list = self.list(from: base)
    return finish(.classPattern, token.start, value, list)
  }

  /// A sequence in brackets, or a pattern in parentheses.
  private mutating func bracketedPattern() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    let end: PythonTokenKind = kind == .leftParenthesis ? .rightParenthesis : .rightBracket
    advance()
    try enter()
    let base = scratch.count
    var hasComma = end == .rightBracket
    while kind != end {
      scratch.append(try sequenceElement())
      guard accept(.comma) else { break }
      hasComma = true
    }
    depth -= 1
    try expect(end, "a closing bracket or `,`")
    if !hasComma, scratch.count == base + 1 { return scratch.removeLast() }
    let list = self.list(from: base)
    return finish(.sequencePattern, start, list)
  }

  private mutating func mappingPattern() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let base = scratch.count
    var rest: UInt32 = 0
    while kind != .rightBrace {
      let start = self.start
      if accept(.doubleStar) {
        rest = Self.word(try identifier())
      } else {
        let key = try operation(Self.precedence(.plus))
        try expect(.colon, "`:`")
        let value = try pattern()
        scratch.append(finish(.pair, start, key, value))
      }
      if !accept(.comma) { break }
    }
    try expect(.rightBrace, "`}` or `,`")
    let list = self.list(from: base)
    return finish(.mappingPattern, start, list, rest)
  }
}
