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
  private typealias Wrappers = [PythonCallee.Definition: [(call: Int, parameters: Set<Int>)]]

  /// A call that enters a function with a pending call in it.
  private struct Entry: Sendable {
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
  private func entries(of wave: [Int], _ known: [PythonPendingCall]) -> [Entry] {
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
  private func entries(
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

  /// Whether a frame says something about what a pending call does: what is called, for a call of
  /// something that is passed; else some of what its deciding arguments depend on.
  private func tells(
    _ parameters: Set<Int>, of inner: PythonPendingCall, _ frame: PythonFrame,
    _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> Bool {
    let function = frame.function
    let declared = evaluator.modules[function.module].scopes[function.scope].parameters
    let wanted =
      inner.isSite
      ? parameters : Set(inner.calleeTouched.filter { $0.function == function }.map(\.parameter))
    return wanted.contains { number in
      guard declared.indices.contains(number), let value = frame.arguments[declared[number].name]
      else { return true }
      if !inner.isSite || inner.calleeTouched.contains(where: { $0.parameter == number }) {
        return value.alternatives.contains { isCallable($0.atom) }
      }
      switch inner.deciding?.kind ?? .any {
      case .any: return value.alternatives.contains { Self.isKnown($0.atom) }
      case .address: return value.hasAddress
      case .fetched:
        var arguments = PythonArguments()
        arguments.positional = [value]
        return !arguments.sources.isEmpty || !evaluator.writers(of: arguments, module).isEmpty
      }
    }
  }

  /// Whether it says more than that something is passed.
  private static func isKnown(_ atom: PythonValue.Atom) -> Bool {
    switch atom {
    case .list(let items, _): !items.isEmpty
    case .dictionary(let dictionary): !dictionary.entries.isEmpty
    case .text, .partialText, .bytes, .path, .partial, .result, .reference, .instance: true
    case .bool(let isTrue): isTrue
    case .none, .integer, .number, .unknown: false
    }
  }

  /// Whether calling it, or a method or member of it, can be of interest.
  private func isCallable(_ atom: PythonValue.Atom) -> Bool {
    switch atom {
    case .reference(let callee), .instance(let callee, _):
      !callee.isLocal
        && (interest.modules.contains(String(callee.top)) || interest.deciding(callee) != nil
          || PythonShellCollector.runs(callee))
    case .result(_, let callees, _):
      callees.contains { interest.modules.contains(String($0.top)) }
    case .text(let name): interest.names.contains(name) || interest.modules.contains(name)
    case .partial: true
    case .list(let items, _):
      items.contains { $0.alternatives.contains { Self.isReference($0.atom) } }
    case .dictionary(let dictionary):
      dictionary.entries.contains { $0.value.alternatives.contains { Self.isReference($0.atom) } }
    default: false
    }
  }

  private static func isReference(_ atom: PythonValue.Atom) -> Bool {
    switch atom {
    case .reference, .instance, .partial: true
    default: false
    }
  }

  /// The last names by which a function is called: its own, or its class's for `__init__`; beside
  /// those the names that mean it only where they occur.
  private func callNames(
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
  private func mentions(_ names: Set<UInt32>, _ node: PythonNode, _ tree: PythonSyntaxTree) -> Bool
  {
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

  /// The functions of the repository that a call of `function` enters, each with the arguments
  /// that it was given beforehand.
  private func entered(
    by function: PythonNode, of call: PythonNode, _ module: PythonModuleModel,
    _ evaluator: PythonEvaluator
  ) -> [Entered] {
    // Each wave asks for calls that the one before asked for.
    let key = UInt64(module.index) << 32 | UInt64(call.index)
    if let known = evaluator.entered[key] {
      return known.map { Entered(function: $0, arguments: PythonArguments()) }
    }
    var found: [Entered] = []
    for alternative in evaluator.value(function, module, nil).alternatives {
      collect(alternative.atom, PythonArguments(), evaluator, &found)
    }
    if found.allSatisfy(\.isPlain), evaluator.entered.count < Self.enteredLimit {
      evaluator.entered[key] = found.map(\.function)
    }
    return found
  }

  /// A function that a call enters, and the arguments that it was given beforehand.
  private struct Entered {
    let function: PythonCallee.Definition
    let arguments: PythonArguments
    /// What all arguments depend on, for a function that is handed over with them.
    var touched: Set<PythonEvaluator.Touched> = []

    var isPlain: Bool {
      arguments.positional.isEmpty && arguments.keywords.isEmpty && !arguments.hasOpenPositionals
        && !arguments.hasOpenKeywords
    }
  }

  /// Whether a call has an argument of one of these names that may be a function for it to call.
  private func handsOver(
    _ names: Set<UInt32>, _ nodes: PythonNodeList, to last: PythonName, _ tree: PythonSyntaxTree
  ) -> Bool {
    nodes.prefix(16).enumerated().contains { place, node in
      var node = node
      if case .keywordArgument(let name, let inner)? = tree.expression(node) {
        guard PythonHandedOver.keywords.contains(tree.string(name)) else { return false }
        node = inner
      } else if place >= PythonHandedOver.positions {
        return false
      }
      guard let name = PythonModuleInterest.lastName(node, tree), names.contains(name.index) else {
        return false
      }
      return tree.kind(nodes[place]) == .keywordArgument
        || PythonHandedOver.isTakenByPlace(by: tree.string(last))
    }
  }

  /// The functions of the repository that a call is handed so that it calls them.
  private func handed(
    by call: PythonNode, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> [Entered] {
    guard case .call(let function, let nodes)? = module.tree.expression(call),
      let last = PythonModuleInterest.lastName(function, module.tree)
    else { return [] }
    evaluator.touched = []
    let arguments = evaluator.evaluate(nodes, module, nil)
    let touched = evaluator.allTouched
    evaluator.touched = []
    var found: [Entered] = []
    for one in PythonHandedOver.all(in: arguments, of: module.tree.string(last), evaluator) {
      var whole = one.arguments
      whole.isWhole = true
      collect(.reference(one.callee), whole, evaluator, &found)
    }
    for index in found.indices { found[index].touched = touched }
    return found
  }

  /// For how many calls an evaluator remembers what they enter.
  private static let enteredLimit = 50_000

  /// The parameters of `target` filled by a call.
  private func frame(
    of arguments: PythonArguments, _ prefix: PythonArguments, _ target: PythonCallee.Definition,
    isMethod: Bool, _ evaluator: PythonEvaluator
  ) -> PythonFrame {
    var arguments = arguments
    arguments.positional = prefix.positional + arguments.positional
    arguments.keywords = prefix.keywords + arguments.keywords
    return evaluator.frame(for: target, arguments, isMethod: isMethod, outer: nil)
  }

  private func isMethod(
    _ function: PythonCallee.Definition, _ evaluator: PythonEvaluator
  ) -> Bool {
    let owner = evaluator.modules[function.module]
    return owner.classScope(ofMethod: function.scope) != nil
      && !evaluator.hasDecorator("staticmethod", function.scope, owner)
  }

  /// What one argument of a call depends on.
  private struct ArgumentDependence {
    /// Nil for arguments behind or in a star.
    let place: Int?
    let name: String?
    let touched: Set<PythonEvaluator.Touched>
  }

  /// The arguments of a call, those worked out that fill some parameters of what it enters; and
  /// what each of them depends on.
  private func evaluate(
    _ nodes: PythonNodeList, for parameters: Set<Int>, of function: PythonCallee.Definition,
    shift: Int, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> (PythonArguments, [ArgumentDependence]) {
    var arguments = PythonArguments()
    var found: [ArgumentDependence] = []
    for node in nodes.prefix(256) {
      evaluator.touched = []
      var place: Int?
      var name: String?
      switch module.tree.expression(node) {
      case .keywordArgument(let key, let inner):
        let key = module.tree.string(key)
        name = key
        let isAsked = fills(
          place: nil, name: key, parameters, of: function, shift: shift, evaluator)
        arguments.keywords.append(
          KeywordValue(key, isAsked ? evaluator.argument(inner, module, nil) : .unknown))
      case .starred, .doubleStarred:
        evaluator.add(node, to: &arguments, module)
      default:
        guard !arguments.hasOpenPositionals else { continue }
        place = arguments.positional.count
        let isAsked = fills(
          place: place, name: nil, parameters, of: function, shift: shift, evaluator)
        arguments.positional.append(
          isAsked ? evaluator.argument(node, module, nil) : .unknown)
      }
      if !evaluator.touched.isEmpty {
        found.append(ArgumentDependence(place: place, name: name, touched: evaluator.allTouched))
      }
    }
    evaluator.touched = []
    return (arguments, found)
  }

  /// Whether an argument can fill one of these parameters; `place` and `name` are both nil for what
  /// stands behind a star.
  private func fills(
    place: Int?, name: String?, _ parameters: Set<Int>, of function: PythonCallee.Definition,
    shift: Int, _ evaluator: PythonEvaluator
  ) -> Bool {
    let module = evaluator.modules[function.module]
    let declared = module.scopes[function.scope].parameters
    return parameters.contains { number in
      guard declared.indices.contains(number) else { return true }
      let parameter = declared[number]
      if let name {
        return parameter.kind == .keywords || module.tree.string(parameter.name) == name
      }
      guard let place else { return true }
      return place + shift == number || parameter.kind == .variadic
    }
  }

  /// What the arguments for some parameters depend on.
  private func relevant(
    _ arguments: [ArgumentDependence], _ parameters: Set<Int>,
    of function: PythonCallee.Definition, shift: Int, _ evaluator: PythonEvaluator
  ) -> Set<PythonEvaluator.Touched> {
    var found: Set<PythonEvaluator.Touched> = []
    for argument in arguments
    where fills(
      place: argument.place, name: argument.name, parameters, of: function, shift: shift,
      evaluator)
    {
      found.formUnion(argument.touched)
    }
    return found
  }

  /// Functions of the repository that a callee can be, a class's `__init__` for a class.
  private func collect(
    _ atom: PythonValue.Atom, _ prefix: PythonArguments, _ evaluator: PythonEvaluator,
    _ found: inout [Entered], depth: Int = 0
  ) {
    guard depth < 4 else { return }
    switch atom {
    case .reference(let callee):
      guard let definition = callee.definition, definition.scope > 0 else { return }
      let module = program.modules[definition.module]
      if module.scopes[definition.scope].kind == .classBody {
        if let initializer = evaluator.initializer(of: definition, depth: 0) {
          found.append(Entered(function: initializer, arguments: prefix))
        }
      } else {
        found.append(Entered(function: definition, arguments: prefix))
      }
    case .instance(let callee, _):
      guard let definition = callee.definition else { return }
      let member = evaluator.classAttribute("__call__", definition, depth: 0)
      for one in member?.references ?? [] {
        if let inner = one.definition {
          found.append(Entered(function: inner, arguments: prefix))
        }
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

  /// Pending calls of one module with what callers pass.
  private func replay(
    _ entries: [Entry], _ known: [PythonPendingCall], _ evaluator: PythonEvaluator
  ) -> [PythonPendingCall] {
    guard let first = entries.first else { return [] }
    evaluator.begin(
      budget: PythonCallFinder.budget(program.modules[known[first.inner].reference.module])
        + entries.count * 1_000, question: PythonEvaluator.callerQuestion)
    // Several pending calls stand in the same function: what a caller makes of it is worked out once.
    var frames: [PythonPendingCall.Link: [PythonFrame]] = [:]
    var inside: [InnerFrame: PythonFrame] = [:]
    return entries.flatMap { entry -> [PythonPendingCall] in
      let inner = known[entry.inner]
      let module = program.modules[entry.module]
      let link = PythonPendingCall.Link(
        call: CallReference(module: module.index, node: Int(entry.call.index)),
        function: entry.function)
      guard entry.isTelling else { return [unresolved(inner, entry, link)] }
      let entered = frames[link] ?? self.frames(of: entry, module, evaluator)
      frames[link] = entered
      return entered.flatMap { replay(inner, entry, $0, link, &inside, evaluator) }
    }
  }

  /// What the function that a call enters is given, for each way to enter it.
  private func frames(
    of entry: Entry, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> [PythonFrame] {
    guard case .call(let function, let nodes)? = module.tree.expression(entry.call) else {
      return []
    }
    var called = entered(by: function, of: entry.call, module, evaluator)
      .filter { $0.function == entry.function }
    if called.isEmpty {
      called = handed(by: entry.call, module, evaluator)
        .filter { $0.function == entry.function }
    }
    return called.map { entered in
      frame(
        of: entered.arguments.isWhole
          ? PythonArguments() : evaluator.evaluate(nodes, module, nil),
        entered.arguments, entered.function,
        isMethod: isMethod(entered.function, evaluator), evaluator)
    }
  }

  /// A pending call of whose arguments a caller says nothing.
  private func unresolved(
    _ inner: PythonPendingCall, _ entry: Entry, _ link: PythonPendingCall.Link
  ) -> PythonPendingCall {
    var arguments = PythonArguments()
    arguments.hasOpenPositionals = true
    arguments.hasOpenKeywords = true
    return PythonPendingCall(
      reference: inner.reference, callees: inner.callees, arguments: arguments,
      receiver: inner.receiver, touched: entry.touched,
      calleeTouched: inner.isSite ? [] : entry.touched, isSite: inner.isSite,
      deciding: inner.deciding, isPlain: inner.isPlain, chain: inner.chain + [link],
      origin: entry.inner)
  }

  /// A call that is followed under a frame, which what is known of it keeps alive.
  private struct InnerFrame: Hashable {
    let outer: ObjectIdentifier
    let step: PythonPendingCall.Link
  }

  /// A pending call worked out again under the frame of one more caller.
  private func replay(
    _ inner: PythonPendingCall, _ entry: Entry, _ outermost: PythonFrame,
    _ link: PythonPendingCall.Link, _ known: inout [InnerFrame: PythonFrame],
    _ evaluator: PythonEvaluator
  ) -> [PythonPendingCall] {
    var frame = outermost
    for step in inner.chain.reversed() {
      let key = InnerFrame(outer: ObjectIdentifier(frame), step: step)
      if let known = known[key] {
        frame = known
        continue
      }
      let module = evaluator.modules[step.call.module]
      let node = PythonNode(index: UInt32(truncatingIfNeeded: step.call.node))
      guard case .call(_, let nodes)? = module.tree.expression(node) else { return [] }
      let arguments = evaluator.evaluate(nodes, module, frame)
      let next = evaluator.frame(
        for: step.function, arguments, isMethod: isMethod(step.function, evaluator), outer: frame)
      known[key] = next
      frame = next
    }
    let module = evaluator.modules[inner.reference.module]
    let node = PythonNode(index: UInt32(truncatingIfNeeded: inner.reference.node))
    let finder = PythonCallFinder(module, program, interest, evaluator)
    let outer = evaluator.touched
    defer { evaluator.touched = outer }
    return finder.pending(node, frame: frame, again: inner).compactMap { one in
      let known = Set(inner.chain.map(\.function) + [link.function])
      let rest = one.touched.filter { !known.contains($0.function) }
      if !one.isSite, rest.isEmpty, entry.touched.isEmpty { return nil }
      return PythonPendingCall(
        reference: one.reference, callees: one.callees, arguments: one.arguments,
        receiver: one.receiver, touched: entry.touched.union(rest),
        calleeTouched: one.isSite ? [] : entry.touched.union(one.calleeTouched.intersection(rest)),
        isSite: one.isSite, deciding: one.deciding, isPlain: one.isPlain,
        chain: inner.chain + [link], origin: entry.inner)
    }
  }
}
