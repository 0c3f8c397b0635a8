import Core

/// Finds what else happens in a module: settings of the environment, replaced functions, paths.
struct PythonEventCollector {
  private let module: PythonModuleModel
  private let contexts: PythonContexts
  private let evaluator: PythonEvaluator
  private let interest: PythonInterest

  init(
    _ module: PythonModuleModel, _ contexts: PythonContexts, _ evaluator: PythonEvaluator,
    _ interest: PythonInterest
  ) {
    self.module = module
    self.contexts = contexts
    self.evaluator = evaluator
    self.interest = interest
  }

  /// The module's events in source order.
  func events(_ calls: [PythonPendingCall]) -> [PythonEvent] {
    var found: [PythonEvent] = []
    for store in module.subscriptStores.prefix(4_000) {
      guard case .subscript(let base, let index)? = module.tree.expression(store.target),
        isNamed(base, "environ") || isNamed(base, "environb")
      else { continue }
      for name in evaluator.value(index, module).texts {
        found.append(
          event(
            .environment(
              name: name, value: evaluator.value(store.value, module), loaded: loaded(store.target)),
            store.target))
      }
    }
    for call in module.calls { found += environment(call) + replacement(call) }
    for (_, stores) in module.attributeStores {
      for store in stores.prefix(64) { found += patch(store) }
    }
    found += loaders() + writtenModules()
    for binding in module.bindings {
      guard case .module(let alias) = binding.kind else { continue }
      let name = module.tree.string(module.tree.alias(alias).name)
      if interest.modules.contains(String(name.prefix { $0 != "." })) {
        found.append(event(.importing(name), alias))
      }
    }
    return found.sorted { $0.location < $1.location }
  }

  private func event(_ kind: PythonEvent.Kind, _ node: PythonNode) -> PythonEvent {
    PythonEvent(
      kind: kind, location: module.location(node), context: contexts.context(of: node),
      construct: module.construct(node))
  }

  private func isNamed(_ node: PythonNode, _ name: StaticString) -> Bool {
    guard let last = PythonModuleInterest.lastName(node, module.tree) else { return false }
    return module.tree.bytes(last).elementsEqual(name.description.utf8)
  }

  /// `os.environ.setdefault`, `os.putenv`, `os.environ.update`, and what changes `sys.path`.
  private func environment(_ call: PythonNode) -> [PythonEvent] {
    let tree = module.tree
    guard case .call(let function, let arguments)? = tree.expression(call),
      case .attribute(let base, let name)? = tree.expression(function)
    else { return [] }
    switch tree.string(name) {
    case "setdefault", "putenv", "__setitem__":
      guard isNamed(base, "environ") || isNamed(base, "os"), arguments.count >= 2 else { return [] }
      return evaluator.value(arguments[0], module).texts.map { name in
        event(
          .environment(
            name: name, value: evaluator.value(arguments[1], module), loaded: loaded(call)), call)
      }
    case "update":
      guard isNamed(base, "environ") else { return [] }
      let given = evaluator.evaluate(arguments, module, nil)
      var entries = given.keywords
      if case .dictionary(let dictionary)? = given.positional.first?.alternatives.first?.atom {
        entries += dictionary.entries.compactMap { entry in
          entry.key.text.map { KeywordValue($0, entry.value) }
        }
      }
      return entries.map {
        event(.environment(name: $0.name, value: $0.value, loaded: loaded(call)), call)
      }
    case "insert", "append", "extend":
      guard isNamed(base, "path"), case .attribute(let owner, _)? = tree.expression(base),
        isNamed(owner, "sys"), let last = arguments.last
      else { return [] }
      return [event(.importPath(fetched(evaluator.value(last, module))), call)]
    case "addsitedir":
      guard let first = arguments.first else { return [] }
      return [event(.importPath(fetched(evaluator.value(first, module))), call)]
    default: return []
    }
  }

  /// A path, and what a download wrote there.
  private func fetched(_ path: PythonValue) -> PythonValue {
    guard let written = evaluator.downloaded(path, module) else { return path }
    return PythonValue.join([path, written])
  }

  /// What the loaders of modules that the module defines return as code.
  private func loaders() -> [PythonEvent] {
    let names = ["get_source", "get_data", "get_code"].compactMap { module.tree.name($0) }
    guard !names.isEmpty else { return [] }
    return module.scopes.indices.flatMap { index -> [PythonEvent] in
      guard let owner = module.classScope(ofMethod: index), let node = module.scopes[index].node,
        case .function(let function)? = module.tree.statement(node), names.contains(function.name),
        evaluator.baseClasses(.init(module: module.index, scope: owner)).contains(where: {
          $0.top == "importlib" || $0.last.hasSuffix("Loader")
        })
      else { return [] }
      return module.scopes[index].returns.prefix(16).map {
        event(.loading(evaluator.value($0, module)), $0)
      }
    }
  }

  /// Imports of files that a download wrote before: `import patch` behind a write of `patch.py`.
  private func writtenModules() -> [PythonEvent] {
    var found: [PythonEvent] = []
    for binding in module.bindings.prefix(4_000) {
      let name: String
      let node: PythonNode
      switch binding.kind {
      case .module(let alias):
        name = module.tree.string(module.tree.alias(alias).name)
        node = alias
      case .member(let statement, let alias):
        guard case .importFrom(let base?, _, _)? = module.tree.statement(statement) else {
          continue
        }
        name = module.tree.string(base)
        node = alias
      default: continue
      }
      let file = name.replacing(".", with: "/") + ".py"
      if let written = evaluator.downloaded(PythonValue(.text(file)), module) {
        found.append(event(.loading(written), node))
      }
    }
    return found
  }

  /// `setattr(module, "name", value)`.
  private func replacement(_ call: PythonNode) -> [PythonEvent] {
    guard case .call(let function, let nodes)? = module.tree.expression(call), nodes.count == 3,
      let called = module.tree.identifier(function), module.tree.string(called) == "setattr"
    else { return [] }
    let names = evaluator.value(nodes[1], module).texts
    return evaluator.value(nodes[0], module).references.flatMap { owner -> [PythonEvent] in
      guard !owner.isLocal, interest.modules.contains(String(owner.top)) || owner.top == "ssl"
      else { return [] }
      return names.map { name in
        event(
          .patch(target: "\(owner.name).\(name)", value: evaluator.value(nodes[2], module)), call)
      }
    }
  }

  /// An assignment to an attribute of a module of interest.
  private func patch(_ store: PythonStore) -> [PythonEvent] {
    let tree = module.tree
    guard case .attribute(let base, let name)? = tree.expression(store.target) else { return [] }
    var root = base
    var depth = 0
    while case .attribute(let inner, _)? = tree.expression(root), depth < 16 {
      root = inner
      depth += 1
    }
    guard let rootName = tree.identifier(root),
      module.nameFlags[Int(rootName.index)].contains(.imported)
    else { return [] }
    return evaluator.value(base, module).references.compactMap { owner in
      if owner.name == "sys", tree.string(name) == "path" {
        return event(.importPath(evaluator.value(store.value, module)), store.target)
      }
      guard !owner.isLocal, interest.modules.contains(String(owner.top)) || owner.top == "ssl"
      else { return nil }
      return event(
        .patch(
          target: "\(owner.name).\(tree.string(name))",
          value: evaluator.value(store.value, module)), store.target)
    }
  }

  /// The modules of interest that are imported before a node.
  private func loaded(_ node: PythonNode) -> [String] {
    let offset = module.tree.range(node).lowerBound
    var found: Set<String> = []
    for binding in module.bindings where binding.order <= offset {
      let name: String
      switch binding.kind {
      case .module(let alias): name = module.tree.string(module.tree.alias(alias).name)
      case .member(let statement, _):
        guard case .importFrom(let base?, 0, _)? = module.tree.statement(statement) else {
          continue
        }
        name = module.tree.string(base)
      default: continue
      }
      let top = String(name.prefix { $0 != "." })
      if Self.readers.contains(top) { found.insert(top) }
    }
    return found.sorted()
  }

  /// Libraries that read the hub's settings when they are imported.
  private static let readers: Set<String> = [
    "huggingface_hub", "transformers", "diffusers", "datasets", "evaluate", "peft", "accelerate",
    "sentence_transformers", "timm", "tokenizers", "trl", "optimum", "gradio", "kernels",
  ]
}
