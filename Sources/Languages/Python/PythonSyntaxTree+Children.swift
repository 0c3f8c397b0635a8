extension PythonSyntaxTree {
  /// Calls `visit` with each direct child in source order (decorators come before a definition's
  /// name; a `conditional`'s body comes before its test).
  package func forEachChild(of parent: PythonNode, _ visit: (PythonNode) -> Void) {
    ChildView(records: records, links: links).forEachChild(of: parent.index) {
      visit(PythonNode(index: $0))
    }
  }

  /// Visits a node and everything below it, parents first and in source order, without recursion.
  /// `visit` answers whether to go on below the node.
  package func walk(from root: PythonNode, _ visit: (PythonNode) -> Bool) {
    var stack = [root]
    while let node = stack.popLast() {
      guard visit(node) else { continue }
      let below = stack.count
      forEachChild(of: node) { stack.append($0) }
      stack[below...].reverse()
    }
  }

  /// The children of the nodes of an arena, by index.
  struct ChildView {
    let records: [PythonNodeRecord]
    let links: [UInt32]

    func forEachChild(of parent: UInt32, _ visit: (UInt32) -> Void) {
      let record = records[Int(parent)]
      let (a, b) = (record.a, record.b)
      func one(_ index: UInt32) {
        if index != 0 { visit(index) }
      }
      func all(_ offset: UInt32) {
        guard offset != 0 else { return }
        let first = Int(offset) + 1
        for position in first..<first + Int(links[Int(offset)]) {
          visit(links[position])
        }
      }
      func link(_ word: Int) -> UInt32 { links[Int(a) + word] }
      switch record.kind {
      case .absent, .passStatement, .breakStatement, .continueStatement, .magicLine, .alias,
        .identifier, .name, .number, .string, .stringChunk, .noneLiteral, .trueLiteral,
        .falseLiteral, .ellipsisLiteral, .capturePattern, .starPattern:
        break
      case .expressionStatement, .returnStatement, .attribute, .starred, .doubleStarred, .unary,
        .await, .yield, .yieldFrom, .legacyRepr, .keywordArgument, .valuePattern, .aliasPattern,
        .keywordPattern:
        one(a)
      case .augmentedAssignment, .raiseStatement, .assertStatement, .withItem, .subscript, .binary,
        .namedExpression, .pair:
        one(a)
        one(b)
      case .assignment:
        all(a)
        one(b)
      case .deleteStatement, .globalStatement, .nonlocalStatement, .importStatement, .legacyPrint,
        .legacyExec, .damagedStatement, .formattedString, .stringConcatenation, .boolean, .tuple,
        .list, .set, .dictionary, .alternativesPattern, .sequencePattern, .mappingPattern:
        all(a)
      case .importFromStatement:
        all(b)
      case .ifStatement, .withStatement:
        all(a)
        all(b)
      case .matchStatement, .ifClause, .call, .listComprehension, .setComprehension,
        .generatorExpression, .dictionaryComprehension, .classPattern, .interpolation:
        one(a)
        all(b)
      case .lambda:
        all(b)
        one(a)
      case .comparison:
        one(a)
        guard b != 0 else { return }
        for position in 0..<Int(links[Int(b)]) { one(links[Int(b) + 2 + 2 * position]) }
      case .annotatedAssignment, .slice, .conditional:
        one(link(0))
        one(link(1))
        one(link(2))
      case .whileStatement:
        one(link(0))
        all(link(1))
        all(link(2))
      case .forStatement:
        one(link(0))
        one(link(1))
        all(link(2))
        all(link(3))
      case .tryStatement:
        all(link(0))
        all(link(1))
        all(link(2))
        all(link(3))
      case .functionDefinition:
        all(link(4))
        all(link(5))
        all(link(1))
        one(link(2))
        all(link(3))
      case .classDefinition:
        all(link(3))
        all(link(4))
        all(link(1))
        all(link(2))
      case .typeAlias:
        all(link(1))
        one(link(2))
      case .exceptHandler:
        one(link(0))
        all(link(2))
      case .matchCase, .comprehensionClause:
        one(link(0))
        one(link(1))
        all(link(2))
      case .parameter, .typeParameter:
        one(link(1))
        one(link(2))
      }
    }

  }
}
