/// Collects the scopes, blocks and bindings of a tree in one walk over its statements and one over
/// its nodes.
struct PythonBinder {
  private let tree: PythonSyntaxTree
  private(set) var scopes: [PythonScope] = []
  private(set) var blocks: [PythonBlock] = []
  private(set) var statementBlocks = 0
  private(set) var expressionBlocks: [Int] = []
  private(set) var bindings: [PythonBinding] = []
  private(set) var older: [Int32] = []
  private(set) var newest: [UInt64: Int32] = [:]
  private(set) var nameFlags: [PythonModuleModel.NameFlags]
  private(set) var attributeStores: [PythonName: [PythonStore]] = [:]
  private(set) var subscriptStores: [PythonStore] = []
  private(set) var scopeOfNode: [UInt32: Int] = [:]
  private(set) var calls: [PythonNode] = []

  init(_ tree: PythonSyntaxTree) {
    self.tree = tree
    nameFlags = Array(repeating: [], count: tree.nameCount)
    scopes.append(PythonScope(kind: .module, parent: -1, node: nil, block: 0))
    let end = tree.text.count + 1
    blocks.append(
      PythonBlock(
        kind: .body, parent: -1, scope: 0, owner: 0, branch: 0, start: 0, end: end, depth: 0))
    suite(tree.body, scope: 0, block: 0)
    statementBlocks = blocks.count
    expressions()
    link()
  }

  // MARK: Statements

  private mutating func suite(_ statements: PythonNodeList, scope: Int, block: Int) {
    for statement in statements { visit(statement, scope: scope, block: block) }
    if let last = statements.last { blocks[block].leaving = leaving(last) }
  }

  private func leaving(_ statement: PythonNode) -> PythonBlock.Leaving {
    switch tree.kind(statement) {
    case .returnStatement, .raiseStatement: return .function
    case .breakStatement, .continueStatement: return .loop
    case .expressionStatement:
      guard case .expression(let value)? = tree.statement(statement),
        case .call(let callee, _)? = tree.expression(value)
      else { return .no }
      let source = tree.slice(callee)
      return source.elementsEqual("sys.exit".utf8) || source.elementsEqual("exit".utf8)
        || source.elementsEqual("quit".utf8) || source.elementsEqual("os._exit".utf8)
        ? .function : .no
    default: return .no
    }
  }

  private mutating func open(
    _ kind: PythonBlock.Kind, _ body: PythonNodeList, parent: Int, scope: Int, owner: PythonNode,
    branch: Int = 0, exhaustive: Int = 0
  ) -> Int? {
    guard let first = body.first, let last = body.last else { return nil }
    var start = tree.range(first).lowerBound
    // A decorator stands before its definition's range.
    if case .function(let function)? = tree.statement(first), let top = function.decorators.first {
      start = min(start, tree.range(top).lowerBound)
    } else if case .class(let definition)? = tree.statement(first),
      let top = definition.decorators.first
    {
      start = min(start, tree.range(top).lowerBound)
    }
    blocks.append(
      PythonBlock(
        kind: kind, parent: parent, scope: scope, owner: owner.index, branch: branch,
        start: start, end: max(tree.range(last).upperBound, start + 1),
        depth: blocks[parent].depth + 1, exhaustive: exhaustive))
    return blocks.count - 1
  }

  private mutating func inside(
    _ kind: PythonBlock.Kind, _ body: PythonNodeList, parent: Int, scope: Int, owner: PythonNode,
    branch: Int = 0, exhaustive: Int = 0
  ) {
    guard
      let block = open(
        kind, body, parent: parent, scope: scope, owner: owner, branch: branch,
        exhaustive: exhaustive)
    else { return }
    suite(body, scope: scope, block: block)
  }

  private mutating func visit(_ node: PythonNode, scope: Int, block: Int) {
    let end = tree.range(node).upperBound
    switch tree.statement(node) {
    case .assignment(let targets, let value):
      for target in targets {
        bind(target, .value(value, path: []), scope: scope, block: block, order: end)
      }
    case .annotatedAssignment(let target, _, let value?):
      bind(target, .value(value, path: []), scope: scope, block: block, order: end)
    case .augmentedAssignment(let target, let operation, let value):
      bind(target, .augmented(value, operation), scope: scope, block: block, order: end)
    case .return(let value?): addReturn(value, scope: scope)
    case .global(let names):
      for name in names {
        if let name = tree.identifier(name) { scopes[scope].globals.insert(name) }
      }
    case .import(let aliases):
      for alias in aliases {
        let parts = tree.alias(alias)
        guard let name = parts.asName ?? firstComponent(parts.name) else { continue }
        add(name, .module(alias), scope: scope, block: block, order: end)
      }
    case .importFrom(_, _, let aliases):
      for alias in aliases {
        let parts = tree.alias(alias)
        if tree.bytes(parts.name).elementsEqual("*".utf8) {
          scopes[scope].starImports.append(node)
        } else {
          add(
            parts.asName ?? parts.name, .member(node, alias), scope: scope, block: block,
            order: end)
        }
      }
    case .if(let clauses, let orElse):
      let count = orElse.isEmpty ? 0 : clauses.count + 1
      for (branch, clause) in clauses.enumerated() {
        inside(
          .branch, tree.ifClause(clause).body, parent: block, scope: scope, owner: node,
          branch: branch, exhaustive: count)
      }
      inside(
        .branch, orElse, parent: block, scope: scope, owner: node, branch: clauses.count,
        exhaustive: count)
    case .while(_, let body, let orElse):
      inside(.loop, body, parent: block, scope: scope, owner: node)
      inside(.loopElse, orElse, parent: block, scope: scope, owner: node, branch: 1)
    case .for(let loop):
      bind(
        loop.target, .element(loop.iterable, path: []), scope: scope, block: block,
        order: tree.range(loop.target).upperBound)
      inside(.loop, loop.body, parent: block, scope: scope, owner: node)
      inside(.loopElse, loop.orElse, parent: block, scope: scope, owner: node, branch: 1)
    case .try(let statement): visit(statement, node, scope: scope, block: block)
    case .with(let items, let body, _):
      for item in items {
        let item = tree.withItem(item)
        guard let target = item.target else { continue }
        bind(
          target, .context(item.context), scope: scope, block: block,
          order: tree.range(target).upperBound)
      }
      inside(.with, body, parent: block, scope: scope, owner: node)
    case .function(let function): visit(function, node, scope: scope, block: block)
    case .class(let definition): visit(definition, node, scope: scope, block: block)
    case .match(_, let cases):
      for (branch, clause) in cases.enumerated() {
        let clause = tree.matchCase(clause)
        capture(clause.pattern, scope: scope, block: block)
        inside(.branch, clause.body, parent: block, scope: scope, owner: node, branch: branch)
      }
    case .typeAlias(let name, _, _):
      add(name, .opaque, scope: scope, block: block, order: end)
    default: break
    }
  }

  private mutating func visit(
    _ statement: PythonTry, _ node: PythonNode, scope: Int, block: Int
  ) {
    let count = 1 + statement.handlers.count
    inside(
      .tryBody, statement.body, parent: block, scope: scope, owner: node, branch: 0,
      exhaustive: statement.orElse.isEmpty ? count : 0)
    for (number, handler) in statement.handlers.enumerated() {
      let parts = tree.exceptHandler(handler)
      guard
        let inner = open(
          .branch, parts.body, parent: block, scope: scope, owner: node, branch: number + 1,
          exhaustive: count)
      else { continue }
      if let name = parts.name {
        add(name, .opaque, scope: scope, block: inner, order: blocks[inner].start)
      }
      suite(parts.body, scope: scope, block: inner)
    }
    inside(
      .tryBody, statement.orElse, parent: block, scope: scope, owner: node, branch: 0,
      exhaustive: count)
    inside(.finally, statement.finally, parent: block, scope: scope, owner: node)
  }

  private mutating func visit(
    _ function: PythonFunction, _ node: PythonNode, scope: Int, block: Int
  ) {
    let start = tree.range(node).lowerBound
    let inner = scopes.count
    add(function.name, .function(scope: inner), scope: scope, block: block, order: start)
    nameFlags[Int(function.name.index)].insert(.definition)
    let body = blocks.count
    scopes.append(
      PythonScope(
        kind: .function, parent: scope, node: node, block: body,
        name: function.name, parameters: function.parameters.map(tree.parameter),
        decorators: function.decorators))
    scopeOfNode[node.index] = inner
    guard
      let opened = open(
        .body, function.body, parent: block, scope: inner, owner: node)
    else {
      // A function without a body (damage): an empty block keeps the indices right.
      blocks.append(
        PythonBlock(
          kind: .body, parent: block, scope: inner, owner: node.index, branch: 0,
          start: tree.range(node).upperBound, end: tree.range(node).upperBound,
          depth: blocks[block].depth + 1))
      return
    }
    for (number, parameter) in scopes[inner].parameters.enumerated() {
      add(
        parameter.name, .parameter(index: number), scope: inner, block: opened,
        order: blocks[opened].start)
    }
    suite(function.body, scope: inner, block: opened)
  }

  private mutating func visit(
    _ definition: PythonClass, _ node: PythonNode, scope: Int, block: Int
  ) {
    let inner = scopes.count
    add(
      definition.name, .classDefinition(scope: inner), scope: scope, block: block,
      order: tree.range(node).lowerBound)
    nameFlags[Int(definition.name.index)].insert(.definition)
    scopes.append(
      PythonScope(
        kind: .classBody, parent: scope, node: node, block: blocks.count,
        name: definition.name, decorators: definition.decorators,
        bases: definition.arguments))
    scopeOfNode[node.index] = inner
    guard
      let opened = open(.body, definition.body, parent: block, scope: inner, owner: node)
    else {
      blocks.append(
        PythonBlock(
          kind: .body, parent: block, scope: inner, owner: node.index, branch: 0,
          start: tree.range(node).upperBound, end: tree.range(node).upperBound,
          depth: blocks[block].depth + 1))
      return
    }
    suite(definition.body, scope: inner, block: opened)
  }

  private mutating func addReturn(_ value: PythonNode, scope: Int) {
    var scope = scope
    while scope > 0, scopes[scope].kind != .function { scope = scopes[scope].parent }
    if scope > 0, scopes[scope].returns.count < 32 { scopes[scope].returns.append(value) }
  }

  /// The name `a` of `import a.b`, when the file has it as a name of its own.
  private func firstComponent(_ name: PythonName) -> PythonName? {
    let bytes = tree.bytes(name)
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return name }
    return tree.name(String(decoding: bytes[..<dot], as: UTF8.self))
  }

  // MARK: Targets

  private mutating func bind(
    _ target: PythonNode, _ kind: PythonBinding.Kind, scope: Int, block: Int, order: Int,
    depth: Int = 0
  ) {
    guard depth < 6 else { return }
    switch tree.expression(target) {
    case .name(let name): add(name, kind, scope: scope, block: block, order: order)
    case .tuple(let items), .list(let items):
      var isAfterStar = false
      for (number, item) in items.enumerated() {
        let part: PythonBinding.Kind
        switch kind {
        case .value(let value, let path) where !isAfterStar:
          part = .value(value, path: path + [number])
        case .element(let value, let path) where !isAfterStar:
          part = .element(value, path: path + [number])
        case .context(let value) where !isAfterStar: part = .value(value, path: [number])
        default: part = .opaque
        }
        if case .starred(let inner)? = tree.expression(item) {
          isAfterStar = true
          bind(inner, .opaque, scope: scope, block: block, order: order, depth: depth + 1)
        } else {
          bind(item, part, scope: scope, block: block, order: order, depth: depth + 1)
        }
      }
    case .attribute(_, let name):
      guard let value = Self.plainValue(kind) else { return }
      attributeStores[name, default: []].append(
        PythonStore(
          target: target, value: value, scope: scope, order: order,
          isAugmented: Self.isAugmented(kind)))
    case .subscript:
      guard let value = Self.plainValue(kind) else { return }
      subscriptStores.append(
        PythonStore(
          target: target, value: value, scope: scope, order: order,
          isAugmented: Self.isAugmented(kind)))
    default: break
    }
  }

  private static func plainValue(_ kind: PythonBinding.Kind) -> PythonNode? {
    switch kind {
    case .value(let value, let path) where path.isEmpty: value
    case .augmented(let value, _): value
    case .context(let value): value
    default: nil
    }
  }

  private static func isAugmented(_ kind: PythonBinding.Kind) -> Bool {
    if case .augmented = kind { true } else { false }
  }

  private mutating func capture(
    _ pattern: PythonNode, scope: Int, block: Int, depth: Int = 0
  ) {
    guard depth < 8 else { return }
    let order = tree.range(pattern).upperBound
    switch tree.pattern(pattern) {
    case .capture(let name?), .star(let name?):
      add(name, .opaque, scope: scope, block: block, order: order)
    case .alias(let inner, let name):
      add(name, .opaque, scope: scope, block: block, order: order)
      capture(inner, scope: scope, block: block, depth: depth + 1)
    case .alternatives(let items), .sequence(let items), .class(_, let items):
      for item in items { capture(item, scope: scope, block: block, depth: depth + 1) }
    case .keyword(_, let inner): capture(inner, scope: scope, block: block, depth: depth + 1)
    case .mapping(let items, let rest):
      for item in items {
        if case .pair(_, let value)? = tree.expression(item) {
          capture(value, scope: scope, block: block, depth: depth + 1)
        }
      }
      if let rest { add(rest, .opaque, scope: scope, block: block, order: order) }
    default: break
    }
  }

  private mutating func add(
    _ name: PythonName, _ kind: PythonBinding.Kind, scope: Int, block: Int, order: Int
  ) {
    var home = scope
    var isForeign = false
    if scope > 0, scopes[scope].globals.contains(name) {
      home = 0
      isForeign = true
    }
    bindings.append(
      PythonBinding(
        name: name, scope: home, block: block, order: order, kind: kind, isForeign: isForeign))
    switch kind {
    case .module, .member: nameFlags[Int(name.index)].insert(.imported)
    case .function, .classDefinition: break
    case .parameter: nameFlags[Int(name.index)].insert(.parameter)
    default: nameFlags[Int(name.index)].insert(.assigned)
    }
  }

  // MARK: Expressions

  /// Finds calls, lambdas, comprehensions and walrus assignments.
  private mutating func expressions() {
    var inner: [PythonNode] = []
    var named: [PythonNode] = []
    for node in tree.allNodes {
      switch tree.kind(node) {
      case .call: calls.append(node)
      case .lambda, .listComprehension, .setComprehension, .generatorExpression,
        .dictionaryComprehension:
        inner.append(node)
      case .namedExpression: named.append(node)
      default: break
      }
    }
    guard !inner.isEmpty || !named.isEmpty else { return }
    inner.sort {
      let (left, right) = (tree.range($0), tree.range($1))
      return (left.lowerBound, right.upperBound) < (right.lowerBound, left.upperBound)
    }
    var open: [Int] = []
    for node in inner {
      let range = tree.range(node)
      while let last = open.last, blocks[last].end <= range.lowerBound { open.removeLast() }
      let outer = statementBlock(at: range.lowerBound)
      let parent = open.last.map { blocks[$0].start >= blocks[outer].start ? $0 : outer } ?? outer
      addExpressionScope(node, range, parent: parent)
      open.append(blocks.count - 1)
    }
    for node in named {
      guard case .named(let target, let value)? = tree.expression(node),
        let name = tree.identifier(target)
      else { continue }
      let offset = tree.range(node).lowerBound
      var block = statementBlock(at: offset)
      // A walrus in a lambda is the lambda's own, in a comprehension the scope's around it.
      for candidate in expressionBlocks.reversed()
      where blocks[candidate].start <= offset && offset < blocks[candidate].end
        && blocks[candidate].start >= blocks[block].start
        && scopes[blocks[candidate].scope].kind == .lambda
      {
        block = candidate
        break
      }
      add(
        name, .value(value, path: []), scope: blocks[block].scope, block: block,
        order: tree.range(node).upperBound)
    }
    if !named.isEmpty { bindings.sort { $0.order < $1.order } }
  }

  private mutating func addExpressionScope(_ node: PythonNode, _ range: Range<Int>, parent: Int) {
    let number = scopes.count
    let outer = blocks[parent].scope
    let block = blocks.count
    var scope = PythonScope(
      kind: tree.kind(node) == .lambda ? .lambda : .comprehension, parent: outer, node: node,
      block: block)
    blocks.append(
      PythonBlock(
        kind: .expression, parent: parent, scope: number, owner: node.index, branch: 0,
        start: range.lowerBound, end: range.upperBound, depth: blocks[parent].depth + 1))
    expressionBlocks.append(block)
    scopeOfNode[node.index] = number
    switch tree.expression(node) {
    case .lambda(let parameters, let body):
      scope.parameters = parameters.map(tree.parameter)
      scope.returns = [body]
      scopes.append(scope)
      for (index, parameter) in scope.parameters.enumerated() {
        add(
          parameter.name, .parameter(index: index), scope: number, block: block,
          order: range.lowerBound)
      }
    case .listComprehension(_, let clauses), .setComprehension(_, let clauses),
      .generator(_, let clauses), .dictionaryComprehension(_, _, let clauses):
      scopes.append(scope)
      for clause in clauses {
        let clause = tree.comprehensionClause(clause)
        bind(
          clause.target, .element(clause.iterable, path: []), scope: number, block: block,
          order: range.lowerBound)
      }
    default: scopes.append(scope)
    }
  }

  private func statementBlock(at offset: Int) -> Int {
    var low = 0
    var high = statementBlocks
    while high - low > 1 {
      let middle = (low + high) / 2
      if blocks[middle].start <= offset { low = middle } else { high = middle }
    }
    while low > 0, blocks[low].end <= offset { low = blocks[low].parent }
    return low
  }

  // MARK: Chains

  private mutating func link() {
    older = Array(repeating: -1, count: bindings.count)
    newest.reserveCapacity(bindings.count)
    for (index, binding) in bindings.enumerated() {
      let key = UInt64(binding.scope) << 32 | UInt64(binding.name.index)
      if let previous = newest.updateValue(Int32(index), forKey: key) { older[index] = previous }
    }
  }
}
