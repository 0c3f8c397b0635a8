/// Whether what a caller passes says anything.
extension PythonCallers {
  /// Whether a frame says something about what a pending call does: what is called, for a call of
  /// something that is passed; else some of what its deciding arguments depend on.
  func tells(
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
  func isCallable(_ atom: PythonValue.Atom) -> Bool {
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
}
