extension PythonSyntaxTree {
  /// The places of all tokens of a text in order, those of no length (indentation, ends of lines
  /// that the text does not have) left out. Between them are only blanks, comments, line ends and
  /// line continuations.
  package static func tokenRanges(of text: [UInt8]) -> [Range<Int>] {
    var lexer = PythonLexer(text)
    var ranges: [Range<Int>] = []
    while true {
      let token = lexer.next()
      if token.kind == .endOfFile { return ranges }
      if token.start < token.end { ranges.append(Int(token.start)..<Int(token.end)) }
    }
  }
}
