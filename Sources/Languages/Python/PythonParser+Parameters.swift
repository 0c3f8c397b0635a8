extension PythonParser {
  /// Parameters up to `end`, which is left in place: `)` of a function, `:` of a lambda.
  @inline(never)
  mutating func parameters(
    until end: PythonTokenKind
  ) throws(PythonSyntaxTrouble) -> UInt32 {
    let base = scratch.count
    var style = PythonParameterKind.regular
    let isLambda = end == .colon
    while kind != end {
      let start = self.start
      switch kind {
      case .slash:
        advance()
        for index in scratch[base...] {
          records[Int(index)].detail = PythonParameterKind.positionalOnly.rawValue
        }
      case .star:
        advance()
        style = .keywordOnly
        if kind != .comma, kind != end {
          scratch.append(try parameter(start, .variadic, isLambda))
        }
      case .doubleStar:
        advance()
        scratch.append(try parameter(start, .keywords, isLambda))
      case .leftParenthesis:
        lexer.noteLegacy(Int(start), "Python 2 syntax: a tuple as parameter")
        try tupleParameter()
      default: scratch.append(try parameter(start, style, isLambda))
      }
      if !accept(.comma) { break }
    }
    return list(from: base)
  }

  private mutating func parameter(
    _ start: UInt32, _ style: PythonParameterKind, _ isLambda: Bool
  ) throws(PythonSyntaxTrouble) -> UInt32 {
    let name = try identifier("a parameter")
    var annotation: UInt32 = 0
    if !isLambda, accept(.colon) {
      annotation = kind == .star ? try starred() : try expression()
    }
    let value = accept(.assign) ? try expression() : 0
    let record = self.record(Self.word(name), annotation, value)
    return finish(.parameter, start, record, detail: style.rawValue)
  }

  /// Python 2's `(a, (b, c))`: each name becomes a parameter.
  private mutating func tupleParameter() throws(PythonSyntaxTrouble) {
    var depth = 0
    repeat {
      switch kind {
      case .leftParenthesis:
        depth += 1
        advance()
      case .rightParenthesis:
        depth -= 1
        advance()
      case .comma: advance()
      default: scratch.append(try parameter(start, .regular, true))
      }
    } while depth > 0
    if accept(.assign) { _ = try expression() }
  }

  /// `[T, *Ts, **P]` behind a generic's name; 0 when there is none.
  mutating func typeParameters() throws(PythonSyntaxTrouble) -> UInt32 {
    guard accept(.leftBracket) else { return 0 }
    let base = scratch.count
    while kind != .rightBracket {
      let start = self.start
      var stars: UInt8 = 0
      if accept(.star) { stars = 1 } else if accept(.doubleStar) { stars = 2 }
      let name = try identifier("a type parameter")
      let bound = accept(.colon) ? try expression() : 0
      var value: UInt32 = 0
      if accept(.assign) { value = kind == .star ? try starred() : try expression() }
      let record = self.record(Self.word(name), bound, value)
      scratch.append(finish(.typeParameter, start, record, detail: stars))
      if !accept(.comma) { break }
    }
    try expect(.rightBracket, "`]` or `,`")
    return list(from: base)
  }
}
