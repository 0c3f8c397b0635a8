import Core

/// Follows parameters to the calls that fill them: a wrapper's call is a call of what it wraps.
struct PythonCallers: Sendable {
  let program: PythonProgramModel
  let interest: PythonInterest
  let desks: PythonDesks

  static let depthLimit = 4
  /// Over how many calls one is followed that passes on what is called.
  static let unknownDepthLimit = 2
  /// How many calls may be derived from one that tell something, and how many that do not.
  static let perCallLimit = 48
  /// The same for calls that run commands: each of them does something else.
  static let perCommandLimit = 1_024
  /// How many calls may be derived in all.
  static let totalLimit = 20_000

  /// A function that pending calls stand in, and the parameters that each of them depends on.
  typealias Wrappers = [PythonCallee.Definition: [(call: Int, parameters: Set<Int>)]]

  /// A call that enters a function with a pending call in it.
  struct Entry: Sendable {
    let module: Int
    let call: PythonNode
    let function: PythonCallee.Definition
    /// The pending call, by its place among all of them.
    let inner: Int
    /// What the arguments for it depend on at the caller.
    let touched: Set<PythonEvaluator.Touched>
    /// Whether an argument for it is known at least in part.
    let isTelling: Bool
  }

  /// The calls derived from `calls`; `origin` counts in `calls` followed by the result.
  func derived(from calls: [PythonPendingCall]) -> [PythonPendingCall] {
    var known = calls
    var wave = Array(calls.indices)
    var counts: [Int: (telling: Int, others: Int)] = [:]
    for _ in 0..<Self.depthLimit {
      let entries = entries(of: wave, known).filter { entry in
        var root = entry.inner
        while let next = known[root].origin { root = next }
        if entry.isTelling {
          counts[root, default: (0, 0)].telling += 1
          let isCommand = known[root].callees.contains(where: PythonShellCollector.runs)
          return counts[root, default: (0, 0)].telling
            <= (isCommand ? Self.perCommandLimit : Self.perCallLimit)
        }
        counts[root, default: (0, 0)].others += 1
        return counts[root, default: (0, 0)].others <= Self.perCallLimit
      }
      // What the inside of a wrapper is worth for all callers is found out once.
      let groups = Dictionary(grouping: entries) { known[$0.inner].reference.module }
      let found = desks.map(groups.keys.sorted()) { [known] module, evaluator in
        replay(groups[module] ?? [], known, evaluator)
      }
      wave = []
      for one in found.joined() {
        if known.count - calls.count >= Self.totalLimit { break }
        wave.append(known.count)
        known.append(one)
      }
      if wave.isEmpty { break }
    }
    return Array(known[calls.count...])
  }

  /// The calls that enter functions which the calls of `wave` stand in, by module and place.
  func entries(of wave: [Int], _ known: [PythonPendingCall]) -> [Entry] {
    var wrappers: Wrappers = [:]
    for index in wave where known[index].deciding != nil {
      if !known[index].isSite, known[index].chain.count >= Self.unknownDepthLimit { continue }
      var parameters: [PythonCallee.Definition: Set<Int>] = [:]
      for touched in known[index].touched {
        parameters[touched.function, default: []].insert(touched.parameter)
      }
      for (function, numbers) in parameters
      where !known[index].chain.contains(where: { $0.function == function }) {
        wrappers[function, default: []].append((index, numbers))
      }
    }
    guard !wrappers.isEmpty else { return [] }
    // The last names under which they are called; a class's methods by the class's name first.
    var names: [String: Set<String>] = [:]
    for function in wrappers.keys {
      let (own, others) = callNames(of: function)
      for name in own { names[name, default: []].formUnion(others) }
    }
    let digests = names.keys.map(PythonNameTable.digest)
    // A lambda can be called where it lies, in a table or a list, without a name of its own.
    let homes = Set(
      wrappers.keys.filter { function in
        program.modules[function.module].scopes[function.scope].kind == .lambda
      }.map(\.module))
    let modules = (0..<program.modules.count).filter {
      homes.contains($0) || program.modules.mayRead(digests, in: $0)
    }
    let found = desks.map(modules) { [wrappers, names] module, evaluator in
      entries(
        into: wrappers, named: names, hasLambdas: homes.contains(module),
        in: program.modules[module], known, evaluator)
    }
    return Array(found.joined())
  }

  /// - Parameters:
  ///   - wrapperNames: the names under which wrappers are called, each with those by which they may
  ///     be called as well where it occurs.
  ///   - hasLambdas: whether some of the wrappers are lambdas of the module.
  func entries(
    into wrappers: Wrappers, named wrapperNames: [String: Set<String>], hasLambdas: Bool,
    in module: PythonModuleModel, _ known: [PythonPendingCall], _ evaluator: PythonEvaluator
  ) -> [Entry] {
    let tree = module.tree
    // The names under which the wrappers can be called here.
    var names: Set<UInt32> = []
    for (text, others) in wrapperNames {
      guard let name = tree.name(text) else { continue }
      names.insert(name.index)
      for other in others { if let name = tree.name(other) { names.insert(name.index) } }
    }
    guard !names.isEmpty || hasLambdas else { return [] }
    for scope in module.scopes {
      for parameter in scope.parameters {
        if let preset = parameter.defaultValue, mentions(names, preset, tree) {
          names.insert(parameter.name.index)
        }
      }
    }
    for binding in module.bindings {
      switch binding.kind {
      case .member(_, let alias):
        let parts = tree.alias(alias)
        if parts.asName != nil, names.contains(parts.name.index) {
          names.insert(binding.name.index)
        }
      case .value(let node, _), .element(let node, _):
        if mentions(names, node, tree) { names.insert(binding.name.index) }
      default: break
      }
    }
    evaluator.begin(
      budget: PythonCallFinder.budget(module), question: PythonEvaluator.callerQuestion)
    var found: [Entry] = []
    for call in module.calls {
      guard case .call(let function, let nodes)? = tree.expression(call) else { continue }
      let last = PythonModuleInterest.lastName(function, tree)
      var entered: [Entered] = []
      if last.map({ names.contains($0.index) }) ?? (tree.kind(function) != .lambda) {
        entered = self.entered(by: function, of: call, module, evaluator)
      }
      if let last, handsOver(names, nodes, to: last, tree) {
        entered += handed(by: call, module, evaluator)
      }
      for one in entered where wrappers[one.function] != nil {
        let (target, prefix) = (one.function, one.arguments)
        let inners = (wrappers[target] ?? []).prefix(Self.perCallLimit)
        let asked = inners.reduce(into: Set<Int>()) { $0.formUnion($1.parameters) }
        let isMethod = isMethod(target, evaluator)
        let shift = (isMethod ? 1 : 0) - prefix.positional.count
        let (arguments, byArgument) =
          prefix.isWhole
          ? (PythonArguments(), [ArgumentDependence(place: nil, name: nil, touched: one.touched)])
          : evaluate(nodes, for: asked, of: target, shift: shift, module, evaluator)
        let frame = frame(of: arguments, prefix, target, isMethod: isMethod, evaluator)
        for (index, parameters) in inners {
          let touched = relevant(byArgument, parameters, of: target, shift: shift, evaluator)
          let isTelling = tells(parameters, of: known[index], frame, module, evaluator)
          // What is called has to come from somewhere.
          guard known[index].isSite || isTelling || !touched.isEmpty else { continue }
          found.append(
            Entry(
              module: module.index, call: call, function: target, inner: index, touched: touched,
              isTelling: isTelling))
        }
      }
      if found.count > 4_000 { break }
    }
    return found
  }

  /// The last names by which a function is called: its own, or its class's for `__init__`; beside
  /// those the names that mean it only where they occur.
  func callNames(
    of function: PythonCallee.Definition
  ) -> (names: [String], others: [String]) {
    let module = program.modules[function.module]
    let scope = module.scopes[function.scope]
    if scope.kind == .lambda {
      // A lambda goes by the names that it is assigned to.
      let names = module.bindings.compactMap { binding -> String? in
        if case .value(let node, _) = binding.kind, node == scope.node {
          return module.tree.string(binding.name)
        }
        return nil
      }
      return (names, [])
    }
    let own = module.name(ofScope: function.scope) ?? ""
    guard own == "__init__" || own == "__call__" || own == "__new__",
      let owner = module.classScope(ofMethod: function.scope)
    else { return ([own], []) }
    return ([module.name(ofScope: owner) ?? ""], [own, "cls"])
  }

  /// Whether a short right-hand side has one of these names.
  func mentions(_ names: Set<UInt32>, _ node: PythonNode, _ tree: PythonSyntaxTree) -> Bool {
    switch tree.kind(node) {
    case .name, .attribute, .call, .dictionary, .list, .tuple, .conditional, .subscript: break
    default: return false
    }
    var isFound = false
    var steps = 0
    tree.walk(from: node) { inner in
      steps += 1
      if let name = PythonModuleInterest.lastName(inner, tree), names.contains(name.index) {
        isFound = true
      }
      return steps < 64 && !isFound
    }
    return isFound
  }
}
