import Core

/// Follows parameters to the calls that fill them: a wrapper's call is a call of what it wraps.
struct PythonCallers: Sendable {
  let program: PythonProgramModel
  let interest: PythonInterest

  static let depthLimit = 4
  /// How many calls may be derived from one.
  static let perCallLimit = 48
  static let totalLimit = 20_000

  /// The calls derived from `calls`; `origin` counts in `calls` followed by the result.
  func derived(from calls: [PythonPendingCall]) -> [PythonPendingCall] {
    var all: [PythonPendingCall] = []
    var wave = Array(calls.indices)
    var known = calls
    var perRoot: [Int: Int] = [:]
    for _ in 0..<Self.depthLimit {
      // Which functions have to be entered, and by which pending calls.
      var wrappers: [PythonCallee.Definition: [(call: Int, parameters: Set<Int>)]] = [:]
      for index in wave {
        var parameters: [PythonCallee.Definition: Set<Int>] = [:]
        for touched in known[index].touched {
          parameters[touched.function, default: []].insert(touched.parameter)
        }
        for (function, numbers) in parameters
        where !known[index].chain.contains(where: { $0.function == function }) {
          wrappers[function, default: []].append((index, numbers))
        }
      }
      guard !wrappers.isEmpty else { break }
      let found = Parallel.map(program.modules.count) { [wrappers, known] module in
        self.calls(of: wrappers, in: program.modules[module], known)
      }
      wave = []
      for one in found.joined() {
        guard all.count < Self.totalLimit else { return all }
        var root = one.origin ?? 0
        while let next = known[root].origin { root = next }
        guard perRoot[root, default: 0] < Self.perCallLimit else { continue }
        perRoot[root, default: 0] += 1
        wave.append(known.count)
        known.append(one)
        all.append(one)
      }
      if wave.isEmpty { break }
    }
    return all
  }

  private func calls(
    of wrappers: [PythonCallee.Definition: [(call: Int, parameters: Set<Int>)]],
    in module: PythonModuleModel, _ known: [PythonPendingCall]
  ) -> [PythonPendingCall] {
    let tree = module.tree
    // The names under which the wrappers can be called here.
    var names: [UInt32: Set<PythonCallee.Definition>] = [:]
    for function in wrappers.keys {
      for text in callNames(of: function) {
        guard let name = tree.name(text) else { continue }
        names[name.index, default: []].insert(function)
      }
    }
    guard !names.isEmpty else { return [] }
    for binding in module.bindings {
      switch binding.kind {
      case .member(_, let alias):
        let parts = tree.alias(alias)
        if parts.asName != nil, let functions = names[parts.name.index] {
          names[binding.name.index, default: []].formUnion(functions)
        }
      case .value(let node, _):
        for name in mentioned(node, tree) {
          if let functions = names[name.index], name != binding.name {
            names[binding.name.index, default: []].formUnion(functions)
          }
        }
      default: break
      }
    }
    let finder = PythonCallFinder(module, program, interest)
    var found: [PythonPendingCall] = []
    for call in module.calls {
      guard case .call(let function, let nodes)? = tree.expression(call) else { continue }
      let last = PythonModuleInterest.lastName(function, tree)
      let isNamed = last.map { names[$0.index] != nil } ?? (tree.kind(function) != .lambda)
      guard isNamed || tree.kind(function) == .subscript else { continue }
      found += enter(call, function, nodes, wrappers, finder, known)
      if found.count > 4_000 { break }
    }
    return found
  }

  /// The last names by which a function is called: its own, or its class's for `__init__`.
  private func callNames(of function: PythonCallee.Definition) -> [String] {
    let module = program.modules[function.module]
    let scope = module.scopes[function.scope]
    if scope.kind == .lambda {
      // A lambda goes by the names that it is assigned to.
      return module.bindings.compactMap { binding in
        if case .value(let node, _) = binding.kind, node == scope.node {
          return module.tree.string(binding.name)
        }
        return nil
      }
    }
    let own = scope.path.split(separator: ".").last.map(String.init) ?? ""
    guard own == "__init__" || own == "__call__" || own == "__new__",
      let owner = module.classScope(ofMethod: function.scope)
    else { return [own] }
    let name = module.scopes[owner].path.split(separator: ".").last.map(String.init) ?? ""
    return [name, own, "cls"]
  }

  /// Names inside a short right-hand side.
  private func mentioned(_ node: PythonNode, _ tree: PythonSyntaxTree) -> [PythonName] {
    switch tree.kind(node) {
    case .name, .attribute, .call, .dictionary, .list, .tuple, .conditional, .subscript: break
    default: return []
    }
    var found: [PythonName] = []
    var steps = 0
    tree.walk(from: node) { inner in
      steps += 1
      if let name = PythonModuleInterest.lastName(inner, tree) { found.append(name) }
      return steps < 64
    }
    return found
  }

  /// The pending calls inside the functions that a call enters, with its arguments filled in.
  private func enter(
    _ call: PythonNode, _ function: PythonNode, _ nodes: PythonNodeList,
    _ wrappers: [PythonCallee.Definition: [(call: Int, parameters: Set<Int>)]],
    _ finder: PythonCallFinder, _ known: [PythonPendingCall]
  ) -> [PythonPendingCall] {
    let evaluator = finder.evaluator
    let module = finder.module
    evaluator.touched = []
    let callee = evaluator.value(function, module, nil)
    var entered: [(function: PythonCallee.Definition, arguments: PythonArguments)] = []
    for alternative in callee.alternatives {
      collect(alternative.atom, PythonArguments(), evaluator, &entered)
    }
    entered = entered.filter { wrappers[$0.function] != nil }
    guard !entered.isEmpty else { return [] }
    evaluator.touched = []
    let arguments = evaluator.evaluate(nodes, module, nil)
    let byArgument = touchedByArgument(nodes, module, evaluator)
    var found: [PythonPendingCall] = []
    for (target, prefix) in entered {
      guard let waiting = wrappers[target] else { continue }
      var merged = arguments
      merged.positional = prefix.positional + arguments.positional
      merged.keywords = prefix.keywords + arguments.keywords
      let owner = program.modules[target.module]
      let isMethod =
        owner.classScope(ofMethod: target.scope) != nil
        && !evaluator.hasDecorator("staticmethod", target.scope, owner)
      let reference = CallReference(module: module.index, node: Int(call.index))
      let frame = evaluator.frame(for: target, merged, isMethod: isMethod, outer: nil)
      let link = PythonPendingCall.Link(call: reference, function: target)
      for (index, parameters) in waiting.prefix(Self.perCallLimit) {
        let touched = relevant(
          byArgument, parameters, of: target, shift: (isMethod ? 1 : 0) - prefix.positional.count)
        found += replay(known[index], index, frame, link, touched, evaluator)
      }
    }
    return found
  }

  /// What one argument of a call depends on.
  private struct ArgumentDependence {
    /// Nil for arguments behind or in a star.
    let place: Int?
    let name: String?
    let touched: Set<PythonEvaluator.Touched>
  }

  private func touchedByArgument(
    _ nodes: PythonNodeList, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> [ArgumentDependence] {
    var found: [ArgumentDependence] = []
    var place: Int? = 0
    for node in nodes.prefix(64) {
      evaluator.touched = []
      var name: String?
      switch module.tree.expression(node) {
      case .keywordArgument(let key, let inner):
        name = module.tree.string(key)
        _ = evaluator.value(inner, module, nil)
      case .starred(let inner):
        place = nil
        _ = evaluator.value(inner, module, nil)
      case .doubleStarred(let inner): _ = evaluator.value(inner, module, nil)
      default: _ = evaluator.value(node, module, nil)
      }
      let isPlain = name == nil && module.tree.kind(node) != .doubleStarred
      if !evaluator.touched.isEmpty {
        found.append(
          ArgumentDependence(
            place: isPlain ? place : nil, name: name, touched: evaluator.touched))
      }
      if isPlain, let current = place { place = current + 1 }
    }
    evaluator.touched = []
    return found
  }

  /// What the arguments for some parameters depend on.
  private func relevant(
    _ arguments: [ArgumentDependence], _ parameters: Set<Int>,
    of function: PythonCallee.Definition, shift: Int
  ) -> Set<PythonEvaluator.Touched> {
    let module = program.modules[function.module]
    let declared = module.scopes[function.scope].parameters
    var found: Set<PythonEvaluator.Touched> = []
    for argument in arguments {
      let isUsed = parameters.contains { number in
        guard declared.indices.contains(number) else { return true }
        let parameter = declared[number]
        if let name = argument.name {
          return module.tree.string(parameter.name) == name || parameter.kind == .keywords
        }
        guard let place = argument.place else { return true }
        return place + shift == number || parameter.kind == .variadic
      }
      if isUsed { found.formUnion(argument.touched) }
    }
    return found
  }

  /// Functions of the repository that a callee can be, a class's `__init__` for a class.
  private func collect(
    _ atom: PythonValue.Atom, _ prefix: PythonArguments, _ evaluator: PythonEvaluator,
    _ found: inout [(function: PythonCallee.Definition, arguments: PythonArguments)],
    depth: Int = 0
  ) {
    guard depth < 4 else { return }
    switch atom {
    case .reference(let callee):
      guard let definition = callee.definition, definition.scope > 0 else { return }
      let module = program.modules[definition.module]
      if module.scopes[definition.scope].kind == .classBody {
        if let initializer = evaluator.initializer(of: definition, depth: 0) {
          found.append((initializer, prefix))
        }
      } else {
        found.append((definition, prefix))
      }
    case .instance(let callee, _):
      guard let definition = callee.definition else { return }
      let member = evaluator.classAttribute("__call__", definition, depth: 0)
      for one in member?.references ?? [] {
        if let inner = one.definition { found.append((inner, prefix)) }
      }
    case .partial(let inner, let positional, let keywords):
      var merged = PythonArguments()
      merged.positional = positional + prefix.positional
      merged.keywords = keywords + prefix.keywords
      for one in inner.alternatives {
        collect(one.atom, merged, evaluator, &found, depth: depth + 1)
      }
    default: break
    }
  }

  /// A pending call worked out again under the frame of one more caller.
  private func replay(
    _ inner: PythonPendingCall, _ index: Int, _ outermost: PythonFrame,
    _ link: PythonPendingCall.Link, _ touched: Set<PythonEvaluator.Touched>,
    _ evaluator: PythonEvaluator
  ) -> [PythonPendingCall] {
    var frame = outermost
    for step in inner.chain.reversed() {
      let module = program.modules[step.call.module]
      let node = PythonNode(index: UInt32(truncatingIfNeeded: step.call.node))
      guard case .call(_, let nodes)? = module.tree.expression(node) else { return [] }
      let arguments = evaluator.evaluate(nodes, module, frame)
      let owner = program.modules[step.function.module]
      let isMethod =
        owner.classScope(ofMethod: step.function.scope) != nil
        && !evaluator.hasDecorator("staticmethod", step.function.scope, owner)
      frame = evaluator.frame(for: step.function, arguments, isMethod: isMethod, outer: frame)
    }
    let module = program.modules[inner.reference.module]
    let node = PythonNode(index: UInt32(truncatingIfNeeded: inner.reference.node))
    let finder = PythonCallFinder(module, program, interest, evaluator)
    let outer = evaluator.touched
    defer { evaluator.touched = outer }
    return finder.pending(node, frame: frame).compactMap { one in
      let known = Set(inner.chain.map(\.function) + [link.function])
      let rest = one.touched.filter { !known.contains($0.function) }
      if !one.isSite, rest.isEmpty, touched.isEmpty { return nil }
      return PythonPendingCall(
        reference: one.reference, callees: one.callees, arguments: one.arguments,
        receiver: one.receiver, touched: touched.union(rest), isSite: one.isSite,
        chain: inner.chain + [link], origin: index)
    }
  }
}
