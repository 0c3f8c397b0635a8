/// What a token is. Soft keywords (`match`, `case`, `type`, `async`, `await`, and Python 2's `print`
/// and `exec`) are names; the parser knows them by their fixed places in the name table.
enum PythonTokenKind: UInt8, Sendable {
  case endOfFile, newline, indent, dedent
  /// Text that is no token; `value` is the number of a reason.
  case error
  /// A statement keyword begins a line within brackets: the brackets were never closed. The lexer
  /// has dropped them and goes on at the start of that line.
  case unclosed

  case name, number, string
  // A formatted string: start, then texts and fields, then end.
  case formattedStart, formattedText, formattedEnd, fieldOpen, fieldClose, fieldColon
  case exclamation

  // In the order of `PythonNameTable.keywords`.
  case `false`, none, `true`, and, `as`, assert, `break`, `class`, `continue`, def, del, elif
  case `else`, except, finally, `for`, from, global, `if`, `import`, `in`, `is`, lambda, nonlocal
  case not, or, pass, raise, `return`, `try`, `while`, with, yield

  case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
  case comma, colon, semicolon, dot, ellipsis, arrow, assign, walrus, backtick
  case plus, minus, star, slash, doubleSlash, percent, doubleStar, at
  case shiftLeft, shiftRight, ampersand, bar, caret, tilde
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case plusAssign, minusAssign, starAssign, slashAssign, doubleSlashAssign, percentAssign
  case doubleStarAssign, atAssign, shiftLeftAssign, shiftRightAssign, ampersandAssign, barAssign
  case caretAssign

  /// Keywords that stand in no expression, so that they end any bracket left open.
  var isStatementOnly: Bool {
    switch self {
    case .assert, .break, .class, .continue, .def, .del, .elif, .except, .finally, .global,
      .import, .nonlocal, .pass, .raise, .return, .try, .while, .with:
      true
    default: false
    }
  }

  /// Keywords of headers that end in a colon.
  var beginsBlock: Bool {
    switch self {
    case .class, .def, .elif, .else, .except, .finally, .for, .if, .try, .while, .with: true
    default: false
    }
  }

  /// Whether an operand can begin so, where an operator or an end would be expected in Python 3:
  /// signs and brackets, which are operators and trailers there, do not count.
  var beginsBareOperand: Bool {
    switch self {
    case .name, .number, .string, .formattedStart, .leftBrace, .backtick, .tilde, .not, .lambda,
      .none, .true, .false, .ellipsis:
      true
    default: false
    }
  }

  /// How the token reads in a message.
  var description: String {
    switch self {
    case .endOfFile: "the end of the file"
    case .newline: "the end of the line"
    case .indent, .dedent: "a change of indentation"
    case .error, .unclosed: "text that is no token"
    case .name: "a name"
    case .number: "a number"
    case .string, .formattedStart, .formattedText, .formattedEnd: "a string"
    case .fieldOpen, .fieldClose, .fieldColon, .exclamation: "a part of a formatted string"
    default: isKeyword ? "a keyword" : "an operator"
    }
  }

  var isKeyword: Bool { rawValue >= Self.false.rawValue && rawValue <= Self.yield.rawValue }
}

/// One token: its kind and bytes.
struct PythonToken: Sendable {
  var kind: PythonTokenKind
  /// `PythonStringFlags` of a string.
  var flags: UInt8 = 0
  /// Whether it is the first on its physical line.
  var isFirst: Bool
  var start: UInt32
  var end: UInt32
  /// The number of a name, or of an error's reason.
  var value: UInt32 = 0
}

/// What a lexer can find wrong; the numbers are `value` of error tokens.
enum PythonLexicalError: UInt32, Sendable {
  case character, string, tripleString, continuation, bracket, depth, brace, format, name, length
  case magic

  var reason: String {
    switch self {
    case .character: "character that begins no token"
    case .string: "string without an end on its line"
    case .tripleString: "triple-quoted string without an end"
    case .continuation: "text behind a line continuation"
    case .bracket: "closing bracket without its opening one"
    case .depth: "brackets nested too deeply"
    case .brace: "single closing brace in a formatted string"
    case .format: "formatted string without an end"
    case .name: "invalid character in a name"
    case .length: "file longer than the parser reads"
    case .magic: "line of IPython, not of Python"
    }
  }
}
