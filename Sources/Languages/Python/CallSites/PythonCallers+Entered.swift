/// Which functions of the repository a call enters, and with what.
extension PythonCallers {
  /// The functions of the repository that a call of `function` enters, each with the arguments
  /// that it was given beforehand.
  func entered(
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
  struct Entered {
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
  func handsOver(
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
  func handed(
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
  func frame(
    of arguments: PythonArguments, _ prefix: PythonArguments, _ target: PythonCallee.Definition,
    isMethod: Bool, _ evaluator: PythonEvaluator
  ) -> PythonFrame {
    var arguments = arguments
    arguments.positional = prefix.positional + arguments.positional
    arguments.keywords = prefix.keywords + arguments.keywords
    return evaluator.frame(for: target, arguments, isMethod: isMethod, outer: nil)
  }

  func isMethod(
    _ function: PythonCallee.Definition, _ evaluator: PythonEvaluator
  ) -> Bool {
    let owner = evaluator.modules[function.module]
    return owner.classScope(ofMethod: function.scope) != nil
      && !evaluator.hasDecorator("staticmethod", function.scope, owner)
  }

  /// What one argument of a call depends on.
  struct ArgumentDependence {
    /// Nil for arguments behind or in a star.
    let place: Int?
    let name: String?
    let touched: Set<PythonEvaluator.Touched>
  }

  /// The arguments of a call, those worked out that fill some parameters of what it enters; and
  /// what each of them depends on.
  func evaluate(
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
  func fills(
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
  func relevant(
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
  func collect(
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
}
