/// Attributes that a module sets on objects that are not its own: `requests.get = f`,
/// `setattr(Client, "get", f)`.
extension PythonEvaluator {
  /// Which attribute of what is set to what.
  struct Replacement {
    let owner: PythonNode
    let value: PythonNode
  }

  /// What a module puts under `name` into the module or class `owner`; nil when nothing.
  func replacement(
    _ name: String, of owner: PythonCallee, _ module: PythonModuleModel
  ) -> PythonValue? {
    let stores = replacements(module)[name] ?? []
    guard !stores.isEmpty, replacing.insert("\(owner.name).\(name)").inserted else { return nil }
    defer { replacing.remove("\(owner.name).\(name)") }
    var found: [PythonValue] = []
    for store in stores.prefix(16) {
      let isOwner = value(store.owner, module).alternatives.contains { alternative in
        switch alternative.atom {
        case .reference(let callee): callee == owner
        case .instance(let callee, _): owner.isLocal && callee == owner
        default: false
        }
      }
      guard isOwner else { continue }
      found.append(value(store.value, module).weakened(to: .constant))
    }
    return found.isEmpty ? nil : PythonValue.join(found)
  }

  /// The attributes set outside of methods' own objects, by name.
  private func replacements(_ module: PythonModuleModel) -> [String: [Replacement]] {
    if let known = replacedAttributes[module.index] { return known }
    let tree = module.tree
    var found: [String: [Replacement]] = [:]
    for (name, stores) in module.attributeStores {
      for store in stores.prefix(64) {
        guard case .attribute(let owner, _)? = tree.expression(store.target),
          let root = root(of: owner, tree)
        else { continue }
        // `self.x = …` is no replacement: what parameters stand for is not known.
        let flags = module.nameFlags[Int(root.index)]
        guard !flags.isDisjoint(with: [.imported, .definition, .assigned]) else { continue }
        found[tree.string(name), default: []].append(
          Replacement(owner: owner, value: store.value))
      }
    }
    if tree.name("setattr") != nil {
      for call in module.calls {
        guard case .call(let function, let nodes)? = tree.expression(call), nodes.count == 3,
          let called = tree.identifier(function), tree.string(called) == "setattr",
          let name = tree.stringValue(nodes[1])
        else { continue }
        found[name, default: []].append(Replacement(owner: nodes[0], value: nodes[2]))
      }
    }
    replacedAttributes[module.index] = found
    return found
  }

  private func root(of node: PythonNode, _ tree: PythonSyntaxTree) -> PythonName? {
    var root = node
    var depth = 0
    while case .attribute(let inner, _)? = tree.expression(root), depth < 16 {
      root = inner
      depth += 1
    }
    return tree.identifier(root)
  }
}
