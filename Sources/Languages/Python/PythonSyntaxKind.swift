/// What a node of a `PythonSyntaxTree` is.
///
/// The comment behind a kind is the layout of the record's two words `a` and `b`: *node* is the
/// index of another node (0 = absent), *name* the number of an interned name plus one (0 = absent),
/// *list* an offset in the tree's links where a count stands before that many nodes (0 = empty), and
/// *record* an offset in the links where the named words stand. Read nodes through the views
/// (`statement`, `expression`, …); the layout is for the parser and the accessors alone.
package enum PythonNodeKind: UInt8, Sendable {
  /// Fills index 0, which means "no node".
  case absent

  // Statements.
  case expressionStatement  // a node
  case assignment  // a list of targets, b value
  case annotatedAssignment  // record: target, annotation, value
  case augmentedAssignment  // a target, b value, detail operator
  case returnStatement  // a value
  case deleteStatement  // a list
  case passStatement
  case breakStatement
  case continueStatement
  case raiseStatement  // a exception, b cause
  case assertStatement  // a test, b message
  case globalStatement  // a list of identifiers
  case nonlocalStatement  // a list of identifiers
  case importStatement  // a list of aliases
  case importFromStatement  // a record: level, module name; b list of aliases
  case ifStatement  // a list of clauses, b list: the else suite
  case whileStatement  // record: test, body list, else list
  case forStatement  // record: target, iterable, body list, else list; detail 1 = async
  case tryStatement  // record: body, handlers, else, finally lists; detail 1 = except*
  case withStatement  // a list of items, b list: body; detail 1 = async
  case functionDefinition
  // ^ record: name, parameters, returns, body, decorators, type parameters; detail 1 = async
  case classDefinition  // record: name, arguments, body, decorators, type parameters
  case matchStatement  // a subject, b list of cases
  case typeAlias  // record: name, type parameters, value
  case legacyPrint  // a list of values
  case legacyExec  // a list of values
  case magicLine  // text only
  case damagedStatement  // a list of expressions that could be read in it

  // Parts of statements.
  case alias  // a dotted name, b name it is bound to
  case identifier  // a name
  case ifClause  // a test, b list: body
  case exceptHandler  // record: type, name, body list
  case withItem  // a context expression, b target
  case matchCase  // record: pattern, guard, body list
  case parameter  // record: name, annotation, default; detail PythonParameterKind
  case typeParameter  // record: name, bound, default; detail stars (0, 1, 2)

  // Expressions.
  case name  // a name
  case number
  case string  // detail flags
  case stringChunk  // detail flags: text between the braces of a formatted string
  case interpolation
  // ^ a value, b list of format parts; detail 1 = `=` form, conversion character apart
  case formattedString  // a list of parts; detail flags
  case stringConcatenation  // a list of strings and formatted strings
  case noneLiteral
  case trueLiteral
  case falseLiteral
  case ellipsisLiteral
  case attribute  // a value, b name
  case `subscript`  // a value, b index
  case slice  // record: lower, upper, step
  case call  // a function, b list of arguments
  case keywordArgument  // a value, b name
  case starred  // a value
  case doubleStarred  // a value
  case unary  // a operand, detail operator
  case binary  // a left, b right, detail operator
  case boolean  // a list, detail operator
  case comparison  // a first operand; b links: count, then operator and operand in turn
  case conditional  // record: body, test, orElse
  case lambda  // a body, b list of parameters
  case namedExpression  // a target, b value
  case await  // a value
  case yield  // a value
  case yieldFrom  // a value
  case tuple  // a list; detail 1 = parenthesised
  case list  // a list
  case set  // a list
  case dictionary  // a list of pairs and doubleStarred
  case pair  // a key, b value
  case listComprehension  // a element, b list of clauses
  case setComprehension  // a element, b list of clauses
  case generatorExpression  // a element, b list of clauses
  case dictionaryComprehension  // a pair, b list of clauses
  case comprehensionClause  // record: target, iterable, conditions list; detail 1 = async
  case legacyRepr  // a value: Python 2's backticks

  // Patterns of `case`.
  case valuePattern  // a expression
  case capturePattern  // a name; absent = the wildcard `_`
  case starPattern  // a name; absent = `*_`
  case aliasPattern  // a pattern, b name
  case alternativesPattern  // a list
  case sequencePattern  // a list
  case mappingPattern  // a list of pairs (key expression, pattern), b name of the `**rest`
  case classPattern  // a expression, b list of patterns and keywordPatterns
  case keywordPattern  // a pattern, b name

  /// Whether the node is a statement: an element of a suite.
  package var isStatement: Bool {
    rawValue >= Self.expressionStatement.rawValue && rawValue <= Self.damagedStatement.rawValue
  }

  /// Whether the node is an expression, the parts of formatted strings and arguments included.
  package var isExpression: Bool {
    rawValue >= Self.name.rawValue && rawValue <= Self.legacyRepr.rawValue
  }
}

/// An operator of a unary, binary, boolean, comparison or augmented-assignment node.
package enum PythonOperator: UInt8, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo, power, matrixMultiply
  case shiftLeft, shiftRight, bitAnd, bitOr, bitXor
  case and, or
  case not, invert, plus, minus
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case `in`, notIn, `is`, isNot
}

/// How arguments reach a parameter.
package enum PythonParameterKind: UInt8, Sendable {
  /// Before a `/`.
  case positionalOnly
  /// By position or by name.
  case regular
  /// `*args`
  case variadic
  /// Behind a `*`.
  case keywordOnly
  /// `**options`
  case keywords
}

/// The prefix and form of a string literal, or of a piece of one.
package struct PythonStringFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `r`: backslashes stand for themselves.
  package static let raw = Self(rawValue: 1)
  /// `b`: the value is bytes.
  package static let bytes = Self(rawValue: 2)
  /// `f`: with expressions in braces.
  package static let formatted = Self(rawValue: 4)
  /// `t` (3.14): a template, not yet a string.
  package static let template = Self(rawValue: 8)
  /// Three quotes.
  package static let triple = Self(rawValue: 16)
  /// `u`: no meaning in Python 3.
  package static let unicode = Self(rawValue: 32)
  /// The text stands in a format specification (`{x:here}`).
  package static let formatSpecification = Self(rawValue: 64)
}
