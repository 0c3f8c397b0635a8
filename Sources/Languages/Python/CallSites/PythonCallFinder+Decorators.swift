/// Decorators are calls: `@f` on a definition calls `f` with it, and binds what that returns.
extension PythonCallFinder {
  /// The calls of interest that the decorators of the module make.
  func decoratorCalls(_ filter: PythonModuleInterest) -> [PythonPendingCall] {
    var found: [PythonPendingCall] = []
    for scope in module.scopes {
      guard let decorators = scope.decorators, !decorators.isEmpty else { continue }
      guard decorators.contains(where: { filter.isWanted($0) }) else { continue }
      // The innermost one is called first, with the definition itself.
      var passed = PythonValue.unknown
      for decorator in Array(decorators.suffix(16)).reversed() {
        evaluator.touched = []
        let callee = evaluator.value(decorator, module)
        var arguments = PythonArguments()
        arguments.positional = [passed]
        found += applied(callee, arguments, at: decorator)
        passed = evaluator.call(callee, decorator, arguments, module, nil)
      }
    }
    return found
  }

  /// The calls of interest that unpickling objects of the module's classes makes:
  /// `return (callable, arguments)` in `__reduce__`.
  func reduceCalls() -> [PythonPendingCall] {
    let names = ["__reduce__", "__reduce_ex__"].compactMap { module.tree.name($0) }
    guard !names.isEmpty else { return [] }
    return module.scopes.indices.flatMap { index -> [PythonPendingCall] in
      guard module.classScope(ofMethod: index) != nil, let node = module.scopes[index].node,
        case .function(let function)? = module.tree.statement(node), names.contains(function.name)
      else { return [] }
      return module.scopes[index].returns.prefix(8).flatMap { returned -> [PythonPendingCall] in
        evaluator.touched = []
        return evaluator.value(returned, module).alternatives.flatMap {
          alternative -> [PythonPendingCall] in
          guard case .list(let items, _) = alternative.atom, items.count >= 2,
            case .list(let given, _)? = items[1].alternatives.first?.atom
          else { return [] }
          var arguments = PythonArguments()
          arguments.positional = given
          return applied(items[0], arguments, at: returned)
        }
      }
    }
  }

  /// The pending calls of what a value stands for, with these arguments behind those given before.
  private func applied(
    _ callee: PythonValue, _ arguments: PythonArguments, at node: PythonNode
  ) -> [PythonPendingCall] {
    callee.alternatives.flatMap { alternative -> [PythonPendingCall] in
      switch alternative.atom {
      case .reference(let target) where isWanted(target):
        return [applied(target, arguments, at: node)]
      case .partial(let inner, let positional, let keywords):
        var merged = arguments
        merged.positional = positional + arguments.positional
        merged.keywords = keywords + arguments.keywords
        return inner.references.filter(isWanted).map { applied($0, merged, at: node) }
      default: return []
      }
    }
  }

  private func applied(
    _ callee: PythonCallee, _ arguments: PythonArguments, at node: PythonNode
  ) -> PythonPendingCall {
    PythonPendingCall(
      reference: CallReference(module: module.index, node: Int(node.index)), callees: [callee],
      arguments: arguments, receiver: nil, touched: evaluator.allTouched, isSite: true,
      deciding: nil)
  }
}
