/// Calls that name what they call in a dictionary: Hydra's `_target_`.
extension PythonCallFinder {
  /// The functions that make objects of such dictionaries.
  static let instantiating: Set<String> = [
    "hydra.utils.instantiate", "hydra.utils.call", "hydra_zen.instantiate",
    "hydra._internal.instantiate._instantiate2.instantiate", "lightning.hydra.instantiate",
  ]

  /// The calls that a call of such a function leads to.
  func targetCalls(
    _ callees: [PythonCallee], _ arguments: PythonArguments, at reference: CallReference
  ) -> [PythonPendingCall] {
    guard callees.contains(where: { Self.instantiating.contains($0.name) }),
      let configuration = arguments.argument("config", at: 0)
    else { return [] }
    var more = arguments
    more.positional = Array(arguments.positional.dropFirst())
    more.keywords.removeAll { $0.name == "config" }
    var found: [PythonPendingCall] = []
    addTargets(configuration, more, at: reference, depth: 0, &found)
    return found
  }

  private func addTargets(
    _ value: PythonValue, _ more: PythonArguments, at reference: CallReference, depth: Int,
    _ found: inout [PythonPendingCall]
  ) {
    guard depth < 4, found.count < 64 else { return }
    for alternative in value.alternatives {
      switch alternative.atom {
      case .dictionary(let dictionary):
        var arguments = more
        for entry in dictionary.entries {
          guard let key = entry.key.text, !key.hasPrefix("_") else { continue }
          // Inner dictionaries are made first.
          addTargets(
            entry.value, PythonArguments(), at: reference, depth: depth + 1, &found)
          if !arguments.keywords.contains(where: { $0.name == key }) {
            arguments.keywords.append(KeywordValue(key, entry.value))
          }
        }
        if !dictionary.isComplete { arguments.hasOpenKeywords = true }
        if case .list(let items, _)? = dictionary["_args_"]?.alternatives.first?.atom,
          arguments.positional.isEmpty
        {
          arguments.positional = items
        }
        for target in dictionary["_target_"]?.texts ?? [] {
          for callee in named(target) where isWanted(callee) {
            found.append(
              PythonPendingCall(
                reference: reference, callees: [callee], arguments: arguments, receiver: nil,
                touched: evaluator.allTouched, isSite: true, deciding: nil))
          }
        }
      case .list(let items, _):
        for item in items.prefix(32) {
          addTargets(item, PythonArguments(), at: reference, depth: depth + 1, &found)
        }
      default: continue
      }
    }
  }

  /// What a dotted name leads to.
  private func named(_ name: String) -> [PythonCallee] {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 1, parts.count <= 16 else { return [] }
    // The longest beginning that is a module of the repository, or else the library itself.
    for count in stride(from: parts.count - 1, through: 1, by: -1) {
      let module = parts[..<count].joined(separator: ".")
      guard program.names.module(module, from: self.module.index) != nil || count == 1 else {
        continue
      }
      var value = evaluator.moduleReference(module, self.module)
      for part in parts[count...] {
        value = evaluator.attribute(part, of: value, self.module, nil)
      }
      return value.references
    }
    return []
  }
}
