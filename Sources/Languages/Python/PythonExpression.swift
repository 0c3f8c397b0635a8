/// An expression, opened for reading.
package enum PythonExpression: Sendable {
  case name(PythonName)
  case number
  /// One plain string or bytes literal; `tree.stringValue` and `tree.bytesValue` decode it.
  case string(PythonStringFlags)
  /// Adjacent literals: nodes of kind `string` and `formattedString`, at least two.
  case concatenation(PythonNodeList)
  /// An f-string or t-string: nodes of kind `stringChunk` and `interpolation`.
  case formatted(PythonNodeList, PythonStringFlags)
  /// Literal text between the braces of a formatted string.
  case stringChunk(PythonStringFlags)
  /// `{value!conversion:format}` in a formatted string.
  case interpolation(PythonInterpolation)
  case none
  case `true`
  case `false`
  case ellipsis
  case attribute(PythonNode, PythonName)
  case `subscript`(PythonNode, index: PythonNode)
  case slice(lower: PythonNode?, upper: PythonNode?, step: PythonNode?)
  /// The arguments are expressions and nodes of kind `keywordArgument`, `starred`, `doubleStarred`.
  case call(PythonNode, arguments: PythonNodeList)
  case keywordArgument(PythonName, PythonNode)
  case starred(PythonNode)
  case doubleStarred(PythonNode)
  case unary(PythonOperator, PythonNode)
  case binary(PythonNode, PythonOperator, PythonNode)
  /// `a and b and c`, or the same with `or`.
  case boolean(PythonOperator, PythonNodeList)
  /// `a < b <= c`: the first operand, then operators with their right operands.
  case comparison(PythonNode, PythonComparisonList)
  case conditional(test: PythonNode, body: PythonNode, orElse: PythonNode)
  /// Nodes of kind `parameter`, and the body.
  case lambda(PythonNodeList, PythonNode)
  case named(PythonNode, PythonNode)
  case await(PythonNode)
  case yield(PythonNode?)
  case yieldFrom(PythonNode)
  case tuple(PythonNodeList)
  case list(PythonNodeList)
  case set(PythonNodeList)
  /// Nodes of kind `pair` and `doubleStarred`.
  case dictionary(PythonNodeList)
  case pair(PythonNode, PythonNode)
  /// Clauses are nodes of kind `comprehensionClause`.
  case listComprehension(PythonNode, clauses: PythonNodeList)
  case setComprehension(PythonNode, clauses: PythonNodeList)
  case generator(PythonNode, clauses: PythonNodeList)
  case dictionaryComprehension(key: PythonNode, value: PythonNode, clauses: PythonNodeList)
  /// Python 2's backticks.
  case legacyRepr(PythonNode)
}

/// A replacement field of a formatted string.
package struct PythonInterpolation: Sendable {
  package let value: PythonNode
  /// `s`, `r` or `a` as ASCII.
  package let conversion: UInt8?
  /// Chunks and interpolations of the format specification.
  package let format: PythonNodeList
  /// Whether it is the `{value=}` form, which also prints the expression's text.
  package let isSelfDocumenting: Bool
}

/// A `for` clause of a comprehension.
package struct PythonComprehensionClause: Sendable {
  package let target: PythonNode
  package let iterable: PythonNode
  package let conditions: PythonNodeList
  package let isAsync: Bool
}

/// The operators of a comparison, each with its right operand.
package struct PythonComparisonList: RandomAccessCollection, Sendable {
  private let links: [UInt32]
  private let first: Int
  package let count: Int

  init(links: [UInt32], list offset: UInt32) {
    self.links = links
    first = Int(offset) + 1
    count = offset == 0 ? 0 : Int(links[Int(offset)])
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(position: Int) -> (operator: PythonOperator, operand: PythonNode) {
    precondition(position >= 0 && position < count)
    let operation = PythonOperator(rawValue: UInt8(truncatingIfNeeded: links[first + 2 * position]))
    return (operation ?? .equal, PythonNode(index: links[first + 2 * position + 1]))
  }
}
