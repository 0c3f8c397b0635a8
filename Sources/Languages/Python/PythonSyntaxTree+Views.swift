extension PythonSyntaxTree {
  private func list(_ offset: UInt32) -> PythonNodeList {
    PythonNodeList(links: links, list: offset)
  }
  private func node(_ index: UInt32) -> PythonNode { PythonNode(index: index) }
  private func maybe(_ index: UInt32) -> PythonNode? {
    index == 0 ? nil : PythonNode(index: index)
  }
  private func name(_ word: UInt32) -> PythonName? {
    word == 0 ? nil : PythonName(index: word - 1)
  }
  private func sureName(_ word: UInt32) -> PythonName { PythonName(index: max(word, 1) - 1) }
  private func link(_ record: UInt32, _ word: Int) -> UInt32 { links[Int(record) + word] }
  private func operation(_ detail: UInt8) -> PythonOperator {
    PythonOperator(rawValue: detail) ?? .add
  }

  /// The statement that a node of a suite is; nil for a node that is no statement.
  package func statement(_ statement: PythonNode) -> PythonStatement? {
    let record = records[Int(statement.index)]
    let (a, b) = (record.a, record.b)
    switch record.kind {
    case .expressionStatement: return .expression(node(a))
    case .assignment: return .assignment(targets: list(a), value: node(b))
    case .annotatedAssignment:
      return .annotatedAssignment(
        target: node(link(a, 0)), annotation: node(link(a, 1)), value: maybe(link(a, 2)))
    case .augmentedAssignment:
      return .augmentedAssignment(target: node(a), operation(record.detail), value: node(b))
    case .returnStatement: return .return(maybe(a))
    case .deleteStatement: return .delete(list(a))
    case .passStatement: return .pass
    case .breakStatement: return .break
    case .continueStatement: return .continue
    case .raiseStatement: return .raise(maybe(a), cause: maybe(b))
    case .assertStatement: return .assert(node(a), message: maybe(b))
    case .globalStatement: return .global(list(a))
    case .nonlocalStatement: return .nonlocal(list(a))
    case .importStatement: return .import(list(a))
    case .importFromStatement:
      return .importFrom(module: name(link(a, 1)), level: Int(link(a, 0)), aliases: list(b))
    case .ifStatement: return .if(clauses: list(a), orElse: list(b))
    case .whileStatement:
      return .while(node(link(a, 0)), body: list(link(a, 1)), orElse: list(link(a, 2)))
    case .forStatement:
      return .for(
        PythonFor(
          target: node(link(a, 0)), iterable: node(link(a, 1)), body: list(link(a, 2)),
          orElse: list(link(a, 3)), isAsync: record.detail == 1))
    case .tryStatement:
      return .try(
        PythonTry(
          body: list(link(a, 0)), handlers: list(link(a, 1)), orElse: list(link(a, 2)),
          finally: list(link(a, 3)), isGroup: record.detail == 1))
    case .withStatement:
      return .with(items: list(a), body: list(b), isAsync: record.detail == 1)
    case .functionDefinition:
      return .function(
        PythonFunction(
          name: sureName(link(a, 0)), typeParameters: list(link(a, 5)),
          parameters: list(link(a, 1)), returns: maybe(link(a, 2)), body: list(link(a, 3)),
          decorators: list(link(a, 4)), isAsync: record.detail == 1))
    case .classDefinition:
      return .class(
        PythonClass(
          name: sureName(link(a, 0)), typeParameters: list(link(a, 4)),
          arguments: list(link(a, 1)), body: list(link(a, 2)), decorators: list(link(a, 3))))
    case .matchStatement: return .match(node(a), cases: list(b))
    case .typeAlias:
      return .typeAlias(
        name: sureName(link(a, 0)), parameters: list(link(a, 1)), value: node(link(a, 2)))
    case .legacyPrint: return .legacyPrint(list(a))
    case .legacyExec: return .legacyExec(list(a))
    case .magicLine: return .magic
    case .damagedStatement: return .damaged(list(a))
    default: return nil
    }
  }

  /// The expression that a node is, parts of strings and arguments included; nil for other nodes.
  package func expression(_ expression: PythonNode) -> PythonExpression? {
    let record = records[Int(expression.index)]
    let (a, b) = (record.a, record.b)
    switch record.kind {
    case .name: return .name(sureName(a))
    case .number: return .number
    case .string: return .string(PythonStringFlags(rawValue: record.detail))
    case .stringChunk: return .stringChunk(PythonStringFlags(rawValue: record.detail))
    case .interpolation:
      return .interpolation(
        PythonInterpolation(
          value: node(a), conversion: record.conversion == 0 ? nil : record.conversion,
          format: list(b), isSelfDocumenting: record.detail == 1))
    case .formattedString:
      return .formatted(list(a), PythonStringFlags(rawValue: record.detail))
    case .stringConcatenation: return .concatenation(list(a))
    case .noneLiteral: return PythonExpression.none
    case .trueLiteral: return .true
    case .falseLiteral: return .false
    case .ellipsisLiteral: return .ellipsis
    case .attribute: return .attribute(node(a), sureName(b))
    case .subscript: return .subscript(node(a), index: node(b))
    case .slice:
      return .slice(lower: maybe(link(a, 0)), upper: maybe(link(a, 1)), step: maybe(link(a, 2)))
    case .call: return .call(node(a), arguments: list(b))
    case .keywordArgument: return .keywordArgument(sureName(b), node(a))
    case .starred: return .starred(node(a))
    case .doubleStarred: return .doubleStarred(node(a))
    case .unary: return .unary(operation(record.detail), node(a))
    case .binary: return .binary(node(a), operation(record.detail), node(b))
    case .boolean: return .boolean(operation(record.detail), list(a))
    case .comparison: return .comparison(node(a), PythonComparisonList(links: links, list: b))
    case .conditional:
      return .conditional(test: node(link(a, 1)), body: node(link(a, 0)), orElse: node(link(a, 2)))
    case .lambda: return .lambda(list(b), node(a))
    case .namedExpression: return .named(node(a), node(b))
    case .await: return .await(node(a))
    case .yield: return .yield(maybe(a))
    case .yieldFrom: return .yieldFrom(node(a))
    case .tuple: return .tuple(list(a))
    case .list: return .list(list(a))
    case .set: return .set(list(a))
    case .dictionary: return .dictionary(list(a))
    case .pair: return .pair(node(a), node(b))
    case .listComprehension: return .listComprehension(node(a), clauses: list(b))
    case .setComprehension: return .setComprehension(node(a), clauses: list(b))
    case .generatorExpression: return .generator(node(a), clauses: list(b))
    case .dictionaryComprehension:
      let pair = records[Int(a)]
      return .dictionaryComprehension(key: node(pair.a), value: node(pair.b), clauses: list(b))
    case .legacyRepr: return .legacyRepr(node(a))
    default: return nil
    }
  }

  /// The pattern that a node is; nil for other nodes.
  package func pattern(_ pattern: PythonNode) -> PythonPattern? {
    let record = records[Int(pattern.index)]
    let (a, b) = (record.a, record.b)
    switch record.kind {
    case .valuePattern: return .value(node(a))
    case .capturePattern: return .capture(name(a))
    case .starPattern: return .star(name(a))
    case .aliasPattern: return .alias(node(a), sureName(b))
    case .alternativesPattern: return .alternatives(list(a))
    case .sequencePattern: return .sequence(list(a))
    case .mappingPattern: return .mapping(list(a), rest: name(b))
    case .classPattern: return .class(node(a), list(b))
    case .keywordPattern: return .keyword(sureName(b), node(a))
    default: return nil
    }
  }

  /// A node of kind `identifier` or `name`.
  package func identifier(_ node: PythonNode) -> PythonName? {
    let record = records[Int(node.index)]
    guard record.kind == .identifier || record.kind == .name else { return nil }
    return name(record.a)
  }

  /// A node of kind `alias`.
  package func alias(_ node: PythonNode) -> PythonAlias {
    let record = records[Int(node.index)]
    return PythonAlias(name: sureName(record.a), asName: name(record.b))
  }

  /// A node of kind `ifClause`.
  package func ifClause(_ clause: PythonNode) -> PythonIfClause {
    let record = records[Int(clause.index)]
    return PythonIfClause(test: node(record.a), body: list(record.b))
  }

  /// A node of kind `exceptHandler`.
  package func exceptHandler(_ node: PythonNode) -> PythonExceptHandler {
    let a = records[Int(node.index)].a
    return PythonExceptHandler(
      type: maybe(link(a, 0)), name: name(link(a, 1)), body: list(link(a, 2)))
  }

  /// A node of kind `withItem`.
  package func withItem(_ item: PythonNode) -> PythonWithItem {
    let record = records[Int(item.index)]
    return PythonWithItem(context: node(record.a), target: maybe(record.b))
  }

  /// A node of kind `matchCase`.
  package func matchCase(_ clause: PythonNode) -> PythonMatchCase {
    let a = records[Int(clause.index)].a
    return PythonMatchCase(
      pattern: node(link(a, 0)), guard: maybe(link(a, 1)), body: list(link(a, 2)))
  }

  /// A node of kind `parameter`.
  package func parameter(_ node: PythonNode) -> PythonParameter {
    let record = records[Int(node.index)]
    return PythonParameter(
      name: sureName(link(record.a, 0)),
      kind: PythonParameterKind(rawValue: record.detail) ?? .regular,
      annotation: maybe(link(record.a, 1)), defaultValue: maybe(link(record.a, 2)))
  }

  /// A node of kind `typeParameter`.
  package func typeParameter(_ node: PythonNode) -> PythonTypeParameter {
    let record = records[Int(node.index)]
    return PythonTypeParameter(
      name: sureName(link(record.a, 0)), stars: Int(record.detail),
      bound: maybe(link(record.a, 1)), defaultValue: maybe(link(record.a, 2)))
  }

  /// A node of kind `comprehensionClause`.
  package func comprehensionClause(_ clause: PythonNode) -> PythonComprehensionClause {
    let record = records[Int(clause.index)]
    let a = record.a
    return PythonComprehensionClause(
      target: node(link(a, 0)), iterable: node(link(a, 1)), conditions: list(link(a, 2)),
      isAsync: record.detail == 1)
  }
}
