extension PythonParser {
  mutating func importStatement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    let base = scratch.count
    repeat {
      let aliasStart = self.start
      let name = try dottedName()
      let asName = accept(.as) ? Self.word(try identifier()) : 0
      scratch.append(finish(.alias, aliasStart, Self.word(name), asName))
    } while accept(.comma)
    let list = self.list(from: base)
    return finish(.importStatement, start, list)
  }

  mutating func importFromStatement() throws(PythonSyntaxTrouble) -> UInt32 {
    let start = self.start
    advance()
    var level: UInt32 = 0
    while kind == .dot || kind == .ellipsis {
      level += kind == .dot ? 1 : 3
      advance()
    }
    let module = kind == .import && level > 0 ? 0 : Self.word(try dottedName())
    try expect(.import, "`import`")
    let base = scratch.count
    if kind == .star {
      let token = current
      advance()
      lexer.names.markUsed(PythonNameTable.star)
      scratch.append(add(.alias, token.start, token.end, Self.word(PythonNameTable.star)))
    } else {
      let isBracketed = accept(.leftParenthesis)
      repeat {
        if isBracketed, kind == .rightParenthesis { break }
        let aliasStart = self.start
        let name = try identifier()
        let asName = accept(.as) ? Self.word(try identifier()) : 0
        scratch.append(finish(.alias, aliasStart, Self.word(name), asName))
      } while accept(.comma)
      if isBracketed { try expect(.rightParenthesis, "`)` or `,`") }
    }
    let aliases = list(from: base)
    let offset = UInt32(truncatingIfNeeded: links.count)
    links.append(level)
    links.append(module)
    return finish(.importFromStatement, start, offset, aliases)
  }

  /// A dotted name as one name, blanks taken out.
  private mutating func dottedName() throws(PythonSyntaxTrouble) -> UInt32 {
    let first = start
    var name = try identifier("a module's name")
    guard kind == .dot else { return name }
    var bytes = Array(lexer.names.bytes(name, in: lexer.text))
    while accept(.dot) {
      name = try identifier("a module's name")
      bytes.append(UInt8(ascii: "."))
      bytes += lexer.names.bytes(name, in: lexer.text)
    }
    steps += Int(lastEnd - first)
    return lexer.names.intern(normalised: bytes, over: lexer.text)
  }
}
