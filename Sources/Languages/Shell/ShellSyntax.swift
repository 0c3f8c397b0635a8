/// A word as written: quotes resolved, expansions still to be made.
struct ShellSyntaxWord: Sendable {
  var parts: [ShellSyntaxPart] = []
  /// Offsets in the text: first byte, and one past the last.
  var start: Int
  var end: Int

  /// The text of a word without quotes and expansions, nil for others.
  var plain: [UInt8]? {
    if parts.isEmpty { return [] }
    guard parts.count == 1, case .literal(let bytes, _) = parts[0] else { return nil }
    return bytes
  }
}

/// A piece of a word.
indirect enum ShellSyntaxPart: Sendable {
  /// Unquoted text: braces, tildes and patterns mean something in it.
  case literal([UInt8], start: Int)
  /// Quoted or escaped text that stands at `start` as it is.
  case quoted([UInt8], start: Int)
  case parameter(ShellSyntaxParameter, isQuoted: Bool)
  /// `$(…)` or backquotes; `text` is the source, for messages.
  case command(ShellSyntaxNode, text: [UInt8], isQuoted: Bool, start: Int)
  /// `<(…)` or `>(…)`.
  case process(ShellSyntaxNode, text: [UInt8], isInput: Bool, start: Int)
  case arithmetic([ShellSyntaxPart], isQuoted: Bool, start: Int)
  /// An expression of a workflow, `${{ … }}`.
  case expression(String, start: Int)
}

/// `${name…}` or `$name`.
struct ShellSyntaxParameter: Sendable {
  var name: String
  /// Between the brackets: `@`, `*`, or an index.
  var index: ShellSyntaxWord?
  var isLength = false
  var isIndirect = false
  /// `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, or empty.
  var defaultOperation = ""
  /// The word after a default operation.
  var word: ShellSyntaxWord?
  /// The text of any other operation, its sign included: `#p`, `%%p`, `/p/r`, `:1:2`, `^^`.
  var modification: [UInt8] = []
  /// The pattern and replacement of `modification`, parsed.
  var operands: [ShellSyntaxWord] = []
  var start: Int
}

/// `NAME=value`, `NAME+=value`, `NAME[i]=value`, `NAME=(values)`.
struct ShellSyntaxAssignment: Sendable {
  enum Value: Sendable {
    case scalar(ShellSyntaxWord)
    case array([ShellSyntaxWord])
  }

  var name: String
  var index: ShellSyntaxWord?
  var isAppending: Bool
  var value: Value
}

/// `2>file`, `<<EOF`, …
struct ShellSyntaxRedirect: Sendable {
  var descriptor: Int?
  /// `>`, `>>`, `<`, `>|`, `<>`, `>&`, `<&`, `&>`, `&>>`, `<<`, `<<<`.
  var operation: String
  /// The target; the body's parts for a here-document.
  var target: ShellSyntaxWord
  /// The place of the body among the parser's here-documents.
  var hereDocument: Int?
}

/// A command of words.
struct ShellSyntaxCommand: Sendable {
  var assignments: [ShellSyntaxAssignment] = []
  var words: [ShellSyntaxWord] = []
  /// Arguments of `export`, `local`, `declare`, … that assign.
  var declarations: [ShellSyntaxAssignment] = []
  var redirects: [ShellSyntaxRedirect] = []
  var start: Int
  var end: Int
}

/// A command, or commands put together.
indirect enum ShellSyntaxNode: Sendable {
  enum Joint: Sendable {
    case always, and, or
  }

  case command(ShellSyntaxCommand)
  case pipeline([ShellSyntaxNode])
  /// Each node runs depending on how the one before it ended.
  case list([(joint: Joint, node: ShellSyntaxNode)])
  case negated(ShellSyntaxNode)
  case subshell(ShellSyntaxNode)
  case redirected(ShellSyntaxNode, [ShellSyntaxRedirect])
  case branches(
    [(condition: ShellSyntaxNode, body: ShellSyntaxNode)], otherwise: ShellSyntaxNode?)
  case loop(condition: ShellSyntaxNode?, body: ShellSyntaxNode)
  /// `for` and `select`; nil stands for the positional parameters.
  case forEach(String, [ShellSyntaxWord]?, body: ShellSyntaxNode)
  case choice(ShellSyntaxWord, [(patterns: [ShellSyntaxWord], body: ShellSyntaxNode)])
  case function(String, body: ShellSyntaxNode)
  /// `[[ … ]]`.
  case test([ShellSyntaxWord])
  case arithmetic([ShellSyntaxPart])
}
