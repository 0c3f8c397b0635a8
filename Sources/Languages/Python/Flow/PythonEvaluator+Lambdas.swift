/// Lambdas that are used where they are written: their parameters are what that one use passes.
extension PythonEvaluator {
  /// How a lambda is used where it stands.
  enum LambdaUse {
    /// It is called: the call.
    case called(PythonNode)
    /// It is handed over: the call, and the place among its arguments.
    case passed(PythonNode, Int)
  }

  /// What fills a parameter of a lambda that is called, or handed to `map` and its kin, at once; nil
  /// for all others.
  func immediateArgument(
    _ number: Int, _ scope: Int, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue? {
    guard let node = module.scopes[scope].node, let use = lambdaUses(module)[node.index] else {
      return nil
    }
    let definition = PythonCallee.Definition(module: module.index, scope: scope)
    let parameter = module.scopes[scope].parameters[number]
    guard immediate.insert(definition).inserted else { return nil }
    defer { immediate.remove(definition) }
    switch use {
    case .called(let call):
      guard case .call(_, let nodes)? = module.tree.expression(call) else { return nil }
      let arguments = evaluate(nodes, module, frame)
      let filled = self.frame(for: definition, arguments, isMethod: false, outer: nil)
      return filled.arguments[parameter.name]
    case .passed(let call, let place):
      guard case .call(let function, let nodes)? = module.tree.expression(call),
        let name = PythonModuleInterest.lastName(function, module.tree)
      else { return nil }
      let arguments = evaluate(nodes, module, frame).positional
      switch module.tree.string(name) {
      case "map", "starmap", "imap", "imap_unordered", "filter":
        let column = place + 1 + number
        guard arguments.indices.contains(column) else { return nil }
        return elements(of: arguments[column])
      case "reduce":
        let items = arguments.indices.contains(1) ? elements(of: arguments[1]) : .unknown
        if number == 1 { return items }
        let first = arguments.indices.contains(2) ? arguments[2] : items
        return PythonValue.join([first, .unknown])
      default: return nil
      }
    }
  }

  private func lambdaUses(_ module: PythonModuleModel) -> [UInt32: LambdaUse] {
    if let known = lambdas[module.index] { return known }
    var found: [UInt32: LambdaUse] = [:]
    let tree = module.tree
    for call in module.calls {
      guard case .call(let function, let nodes)? = tree.expression(call) else { continue }
      if tree.kind(function) == .lambda {
        found[function.index] = .called(call)
        continue
      }
      for (place, argument) in nodes.prefix(2).enumerated() where tree.kind(argument) == .lambda {
        found[argument.index] = .passed(call, place)
      }
    }
    lambdas[module.index] = found
    return found
  }
}

extension PythonEvaluator {
  /// `functools.reduce(function, items, first)`, step by step for known items; nil for others.
  func reduced(
    _ arguments: PythonArguments, _ node: PythonNode, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue? {
    guard arguments.positional.count >= 2, arguments.positional[1].alternatives.count == 1,
      var items = Self.items(of: arguments.positional[1].alternatives[0].atom)?[...],
      items.count <= 64
    else { return nil }
    guard var result = arguments.positional.count > 2 ? arguments.positional[2] : items.popFirst()
    else { return nil }
    for item in items {
      var step = PythonArguments()
      step.positional = [result, item]
      result = call(arguments.positional[0], node, step, module, frame)
    }
    return result
  }
}
