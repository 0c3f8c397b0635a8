/// A statement, opened for reading.
package enum PythonStatement: Sendable {
  case expression(PythonNode)
  /// `a = b = value`: the targets from left to right.
  case assignment(targets: PythonNodeList, value: PythonNode)
  case annotatedAssignment(target: PythonNode, annotation: PythonNode, value: PythonNode?)
  case augmentedAssignment(target: PythonNode, PythonOperator, value: PythonNode)
  case `return`(PythonNode?)
  case delete(PythonNodeList)
  case pass
  case `break`
  case `continue`
  case raise(PythonNode?, cause: PythonNode?)
  case assert(PythonNode, message: PythonNode?)
  /// Nodes of kind `identifier`.
  case global(PythonNodeList)
  /// Nodes of kind `identifier`.
  case nonlocal(PythonNodeList)
  /// Nodes of kind `alias`.
  case `import`(PythonNodeList)
  /// `from ..module import aliases`: `level` counts the dots; `module` is nil for `from . import`.
  /// The one alias of a star import is named `*`.
  case importFrom(module: PythonName?, level: Int, aliases: PythonNodeList)
  /// `if` and all its `elif`s as clauses in order, then the suite of the final `else`.
  case `if`(clauses: PythonNodeList, orElse: PythonNodeList)
  case `while`(PythonNode, body: PythonNodeList, orElse: PythonNodeList)
  case `for`(PythonFor)
  case `try`(PythonTry)
  /// Nodes of kind `withItem`.
  case with(items: PythonNodeList, body: PythonNodeList, isAsync: Bool)
  case function(PythonFunction)
  case `class`(PythonClass)
  /// Nodes of kind `matchCase`.
  case match(PythonNode, cases: PythonNodeList)
  case typeAlias(name: PythonName, parameters: PythonNodeList, value: PythonNode)
  /// Python 2: `print >>f, x`; damage of the file.
  case legacyPrint(PythonNodeList)
  /// Python 2: `exec code in scope`: the code, then the scopes; damage of the file.
  case legacyExec(PythonNodeList)
  /// A line of IPython: `%magic …`, `!command`, `name?`; damage outside of notebooks.
  case magic
  /// Text that could not be parsed, and the statements and expressions that could be read in it.
  case damaged(PythonNodeList)
}

/// A `for` statement.
package struct PythonFor: Sendable {
  package let target: PythonNode
  package let iterable: PythonNode
  package let body: PythonNodeList
  package let orElse: PythonNodeList
  package let isAsync: Bool
}

/// A `try` statement.
package struct PythonTry: Sendable {
  package let body: PythonNodeList
  /// Nodes of kind `exceptHandler`.
  package let handlers: PythonNodeList
  package let orElse: PythonNodeList
  package let finally: PythonNodeList
  /// Whether the handlers are `except*`.
  package let isGroup: Bool
}

/// A function definition.
package struct PythonFunction: Sendable {
  package let name: PythonName
  /// Nodes of kind `typeParameter`.
  package let typeParameters: PythonNodeList
  /// Nodes of kind `parameter`, in source order.
  package let parameters: PythonNodeList
  package let returns: PythonNode?
  package let body: PythonNodeList
  /// Expressions, from the outermost decorator inwards. The node's range begins at `def`.
  package let decorators: PythonNodeList
  package let isAsync: Bool
}

/// A class definition.
package struct PythonClass: Sendable {
  package let name: PythonName
  /// Nodes of kind `typeParameter`.
  package let typeParameters: PythonNodeList
  /// Base classes and keywords, like the arguments of a call.
  package let arguments: PythonNodeList
  package let body: PythonNodeList
  /// Expressions, from the outermost decorator inwards. The node's range begins at `class`.
  package let decorators: PythonNodeList
}

/// One name of an import.
package struct PythonAlias: Sendable {
  /// What is imported, dots included; `*` for everything.
  package let name: PythonName
  /// The name behind `as`.
  package let asName: PythonName?
}

/// `if` or `elif` with its suite.
package struct PythonIfClause: Sendable {
  package let test: PythonNode
  package let body: PythonNodeList
}

/// An `except` clause.
package struct PythonExceptHandler: Sendable {
  package let type: PythonNode?
  package let name: PythonName?
  package let body: PythonNodeList
}

/// One context manager of a `with` statement.
package struct PythonWithItem: Sendable {
  package let context: PythonNode
  package let target: PythonNode?
}

/// A `case` clause.
package struct PythonMatchCase: Sendable {
  package let pattern: PythonNode
  package let `guard`: PythonNode?
  package let body: PythonNodeList
}

/// A parameter of a function or lambda.
package struct PythonParameter: Sendable {
  package let name: PythonName
  package let kind: PythonParameterKind
  package let annotation: PythonNode?
  package let defaultValue: PythonNode?
}

/// A parameter in the brackets of a generic class, function or type alias.
package struct PythonTypeParameter: Sendable {
  package let name: PythonName
  /// 0 for `T`, 1 for `*Ts`, 2 for `**P`.
  package let stars: Int
  package let bound: PythonNode?
  package let defaultValue: PythonNode?
}

/// A pattern of a `case` clause.
package enum PythonPattern: Sendable {
  /// An expression to compare with: a literal or a dotted name.
  case value(PythonNode)
  /// A name to bind, nil for `_`.
  case capture(PythonName?)
  /// `*name` in a sequence, nil for `*_`.
  case star(PythonName?)
  case alias(PythonNode, PythonName)
  case alternatives(PythonNodeList)
  case sequence(PythonNodeList)
  /// Nodes of kind `pair` (key expression, value pattern), and the name behind `**`.
  case mapping(PythonNodeList, rest: PythonName?)
  /// The class, and patterns, some of kind `keywordPattern`.
  case `class`(PythonNode, PythonNodeList)
  case keyword(PythonName, PythonNode)
}
