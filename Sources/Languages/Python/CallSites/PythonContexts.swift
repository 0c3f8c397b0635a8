import Core

/// When the code of one module runs, and under which conditions.
struct PythonContexts {
  private let module: PythonModuleModel
  private let place: ExecutionContext.Place
  private let runsOnLoad: Bool
  /// Blocks under `if __name__ == "__main__"`.
  private let mainBlocks: [Int]
  private var atImport: Set<Int> = []
  private var underMain: Set<Int> = []

  init(_ module: PythonModuleModel, runsOnLoad: Bool) {
    self.module = module
    place = Self.place(of: module.source)
    self.runsOnLoad = runsOnLoad
    mainBlocks = Self.mainBlocks(module)
    reach()
  }

  /// The context of a call or another node.
  func context(of node: PythonNode) -> ExecutionContext {
    let spot = module.place(of: node)
    let time: ExecutionContext.Time
    if let function = function(around: spot.scope) {
      time =
        atImport.contains(function)
        ? .calledAtImport : underMain.contains(function) ? .main : .function
    } else {
      time = isMain(spot.block) ? .main : .importTime
    }
    return ExecutionContext(time: time, place: place, runsOnLoad: runsOnLoad)
  }

  private func isMain(_ block: Int) -> Bool {
    mainBlocks.contains { module.isBlock(block, in: $0) }
  }

  /// The outermost code that must be called to run: lambdas count as their surroundings do not.
  private func function(around scope: Int) -> Int? { module.function(around: scope) }

  // MARK: Place

  private static func place(of source: PythonModuleSource) -> ExecutionContext.Place {
    switch source.kind {
    case .notebook: return .notebook
    case .documentation: return .documentation
    default: break
    }
    let parts = source.path.description.lowercased().split(separator: "/")
    let folders = parts.dropLast()
    let name = parts.last ?? ""
    if folders.contains(where: { ["test", "tests", "testing", "unittests"].contains($0) })
      || name.hasPrefix("test_") || name.hasSuffix("_test.py") || name == "conftest.py"
    {
      return .test
    }
    let example: Set<Substring> = [
      "example", "examples", "demo", "demos", "doc", "docs", "benchmark", "benchmarks",
      "tutorial", "tutorials", "samples", "sample",
    ]
    return folders.contains { example.contains($0) } ? .example : .code
  }

  // MARK: Reach

  private static func mainBlocks(_ module: PythonModuleModel) -> [Int] {
    guard let name = module.tree.name("__name__") else { return [] }
    var found: [Int] = []
    for index in 1..<max(1, module.statementBlocks) where module.blocks[index].parent == 0 {
      let block = module.blocks[index]
      guard block.kind == .branch, block.scope == 0,
        case .if(let clauses, _)? = module.tree.statement(PythonNode(index: block.owner)),
        block.branch < clauses.count
      else { continue }
      let test = module.tree.ifClause(clauses[block.branch]).test
      guard case .comparison(let left, let rest)? = module.tree.expression(test),
        let comparison = rest.first, comparison.operator == .equal
      else { continue }
      if module.tree.identifier(left) == name || module.tree.identifier(comparison.operand) == name
      {
        found.append(index)
      }
    }
    return found
  }

  /// Follows calls by name from the module's own code and from its main block.
  private mutating func reach() {
    let tree = module.tree
    var byName: [PythonName: [Int]] = [:]
    for (index, scope) in module.scopes.enumerated() {
      guard let node = scope.node else { continue }
      switch tree.statement(node) {
      case .function(let function): byName[function.name, default: []].append(index)
      case .class(let definition):
        // Making an object runs its initializer.
        if let name = tree.name("__init__"), let binding = module.hasBinding(name, in: index),
          case .function(let inner) = module.bindings[Int(binding)].kind
        {
          byName[definition.name, default: []].append(inner)
        }
      default: break
      }
    }
    guard !byName.isEmpty else { return }
    // Functions of one name are many where classes override each other: what calls them leads to
    // the name, and that once to all of them.
    var called: [Int: Set<PythonName>] = [:]
    var imports: Set<PythonName> = []
    var mains: Set<PythonName> = []
    for call in module.calls {
      guard case .call(let function, _)? = tree.expression(call),
        let name = PythonModuleInterest.lastName(function, tree), byName[name] != nil
      else { continue }
      let spot = module.place(of: call)
      if let caller = self.function(around: spot.scope) {
        called[caller, default: []].insert(name)
      } else if isMain(spot.block) {
        mains.insert(name)
      } else {
        imports.insert(name)
      }
    }
    atImport = Self.functions(behind: imports, byName, called)
    // Functions that others call from elsewhere are not only the main block's.
    underMain = Self.functions(behind: mains, byName, called).subtracting(atImport)
  }

  /// The functions of these names, and those that they lead to.
  private static func functions(
    behind start: Set<PythonName>, _ byName: [PythonName: [Int]], _ called: [Int: Set<PythonName>]
  ) -> Set<Int> {
    var found: Set<Int> = []
    var known = start
    var open = Array(start)
    while let name = open.popLast() {
      for function in byName[name] ?? [] where found.insert(function).inserted {
        for next in called[function] ?? [] where known.insert(next).inserted { open.append(next) }
      }
    }
    return found
  }

  // MARK: Guards

  /// The conditions around a node.
  func guards(of node: PythonNode, _ evaluator: PythonEvaluator) -> [GuardFact] {
    var found: [GuardFact] = []
    var block = module.place(of: node).block
    var steps = 0
    while block > 0, steps < 64, found.count < 8 {
      let current = module.blocks[block]
      if current.kind == .branch { found += facts(current, evaluator) }
      block = current.parent
      steps += 1
    }
    return found
  }

  private func facts(_ block: PythonBlock, _ evaluator: PythonEvaluator) -> [GuardFact] {
    let tree = module.tree
    switch tree.statement(PythonNode(index: block.owner)) {
    case .if(let clauses, _):
      if block.branch < clauses.count {
        return conditions(tree.ifClause(clauses[block.branch]).test, isTrue: true, evaluator)
      }
      return clauses.count == 1
        ? conditions(tree.ifClause(clauses[0]).test, isTrue: false, evaluator) : []
    case .try(let statement):
      guard block.branch > 0, block.branch <= statement.handlers.count else { return [] }
      let handler = tree.exceptHandler(statement.handlers[block.branch - 1])
      guard let type = handler.type else { return [.exceptionHandler([])] }
      if case .tuple(let types)? = tree.expression(type) {
        return [.exceptionHandler(types.map(tree.source))]
      }
      return [.exceptionHandler([tree.source(type)])]
    default: return []
    }
  }

  private func conditions(
    _ test: PythonNode, isTrue: Bool, _ evaluator: PythonEvaluator, depth: Int = 0
  ) -> [GuardFact] {
    guard depth < 6 else { return [] }
    let tree = module.tree
    switch tree.expression(test) {
    case .unary(.not, let inner):
      return conditions(inner, isTrue: !isTrue, evaluator, depth: depth + 1)
    case .boolean(.and, let parts) where isTrue, .boolean(.or, let parts) where !isTrue:
      return parts.prefix(8).flatMap {
        conditions($0, isTrue: isTrue, evaluator, depth: depth + 1)
      }
    case .name(let name), .attribute(_, let name):
      return isTrue && tree.string(name) == "TYPE_CHECKING" ? [.typeChecking] : []
    case .call(let function, let arguments):
      guard let name = PythonModuleInterest.lastName(function, tree) else { return [] }
      switch tree.string(name) {
      case "exists", "isfile", "isdir", "is_file", "is_dir", "lexists":
        guard !isTrue else { return [] }
        if let first = arguments.first {
          return [.missingPath(evaluator.value(first, module, nil))]
        }
        if case .attribute(let base, _)? = tree.expression(function) {
          return [.missingPath(evaluator.value(base, module, nil))]
        }
        return []
      case "getenv", "get": return environment(test, evaluator)
      default: return []
      }
    case .comparison(let left, _), .subscript(let left, _): return environment(left, evaluator)
    default: return []
    }
  }

  private func environment(_ node: PythonNode, _ evaluator: PythonEvaluator) -> [GuardFact] {
    let value = evaluator.value(node, module, nil)
    return value.alternatives.compactMap { alternative in
      if case .unknown(.environment(let name)) = alternative.atom {
        .environment(name)
      } else {
        nil
      }
    }
  }
}
