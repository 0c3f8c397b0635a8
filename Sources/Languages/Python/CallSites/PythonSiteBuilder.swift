import Core

/// Turns pending calls into call sites: places, contexts, guards, uses.
struct PythonSiteBuilder {
  private let program: PythonProgramModel
  private let remoteCode: Set<String>
  private let offline: [Int: Int]

  init(
    _ program: PythonProgramModel, remoteCode: Set<String>, _ results: [PythonModuleResult]
  ) {
    self.program = program
    self.remoteCode = remoteCode
    // The line from which on a module is offline, when nothing that reads the setting came before.
    var offline: [Int: Int] = [:]
    for (index, result) in results.enumerated() {
      for event in result.events {
        guard case .environment(let name, let value, let loaded) = event.kind,
          ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE"].contains(name),
          event.context.time == .importTime, loaded.isEmpty, Self.isOn(value)
        else { continue }
        offline[index] = event.location.start?.line ?? 0
      }
    }
    self.offline = offline
  }

  private static func isOn(_ value: PythonValue) -> Bool {
    !value.alternatives.isEmpty
      && value.alternatives.allSatisfy { alternative in
        if case .text(let text) = alternative.atom {
          return ["1", "true", "yes", "on"].contains(text.lowercased())
        }
        return false
      }
  }

  /// Whether loading a model, or importing or building a package, runs the module.
  static func runsOnLoad(_ module: PythonModuleModel, _ remoteCode: Set<String>) -> Bool {
    let path = module.source.path
    if remoteCode.contains(path.description) { return true }
    return [
      "__init__.py", "setup.py", "hubconf.py", "sitecustomize.py", "usercustomize.py",
      "handler.py", "conftest.py",
    ].contains(path.name) || path.suffix == "pth"
  }

  /// The sites of all calls; derived ones follow the direct ones.
  func sites(_ direct: [PythonPendingCall], _ derived: [PythonPendingCall]) -> [CallSite] {
    let all = direct + derived
    var numbers = [Int](repeating: -1, count: all.count)
    var next = 0
    for (index, call) in all.enumerated() where call.isSite {
      numbers[index] = next
      next += 1
    }
    var byModule: [Int: [Int]] = [:]
    for (index, call) in all.enumerated() where call.isSite {
      byModule[place(of: call).module, default: []].append(index)
    }
    let groups = byModule.sorted { $0.key < $1.key }.map(\.value)
    let built = Parallel.map(groups.count) { [numbers] group in
      build(groups[group], all, numbers)
    }
    var sites = [CallSite?](repeating: nil, count: next)
    for site in built.joined() { sites[site.index] = site }
    return sites.compactMap { $0 }
  }

  /// Where a call shows: at the outermost caller.
  private func place(of call: PythonPendingCall) -> CallReference {
    call.chain.last?.call ?? call.reference
  }

  private func build(
    _ indices: [Int], _ all: [PythonPendingCall], _ numbers: [Int]
  ) -> [CallSite] {
    guard let first = indices.first else { return [] }
    let module = program.modules[place(of: all[first]).module]
    let contexts = PythonContexts(module, runsOnLoad: Self.runsOnLoad(module, remoteCode))
    let evaluator = PythonEvaluator(program, budget: PythonCallFinder.budget(module))
    let checks = PythonDigestChecks(module, evaluator)
    return indices.map { index in
      let call = all[index]
      let shown = place(of: call)
      let node = PythonNode(index: UInt32(truncatingIfNeeded: shown.node))
      let spot = module.place(of: node)
      let location = module.location(node)
      let line = location.start?.line ?? 0
      return CallSite(
        index: numbers[index], reference: call.chain.isEmpty ? call.reference : shown,
        location: location, calleeStart: calleeStart(node, module), callees: call.callees,
        positional: call.arguments.positional, keywords: call.arguments.keywords,
        hasOpenPositionals: call.arguments.hasOpenPositionals,
        hasOpenKeywords: call.arguments.hasOpenKeywords, receiver: call.receiver,
        use: use(of: node, module), construct: module.construct(node),
        context: contexts.context(of: node),
        function: module.function(around: spot.scope).map(module.qualifiedName(ofScope:)),
        guards: contexts.guards(of: node, evaluator),
        checks: call.chain.isEmpty ? checks.checks(of: call.reference) : [],
        reads: evaluator.writers(of: call.arguments, module).filter { $0 != call.reference },
        trace: trace(call),
        wrapped: root(of: call, all).map { numbers[$0] }.flatMap { $0 < 0 ? nil : $0 },
        isOffline: offline[module.index].map { $0 <= line } ?? false)
    }
  }

  /// The direct call that a derived one comes from, over all wrappers between.
  private func root(of call: PythonPendingCall, _ all: [PythonPendingCall]) -> Int? {
    var origin = call.origin
    while let index = origin, let next = all[index].origin { origin = next }
    return origin
  }

  private func calleeStart(_ node: PythonNode, _ module: PythonModuleModel) -> TextPosition {
    guard case .call(let function, _)? = module.tree.expression(node) else {
      return module.position(at: module.tree.range(node).lowerBound)
    }
    let range = module.tree.range(function)
    guard case .attribute(_, let name)? = module.tree.expression(function) else {
      return module.position(at: range.lowerBound)
    }
    return module.position(
      at: max(range.lowerBound, range.upperBound - module.tree.bytes(name).count))
  }

  /// The wrappers between the shown call and the one inside, outermost first.
  private func trace(_ call: PythonPendingCall) -> [TraceStep] {
    guard !call.chain.isEmpty else { return [] }
    var steps: [TraceStep] = []
    for link in call.chain.reversed() {
      let module = program.modules[link.call.module]
      let target = program.modules[link.function.module]
      steps.append(
        TraceStep(
          module.location(PythonNode(index: UInt32(truncatingIfNeeded: link.call.node))),
          "calls \(target.qualifiedName(ofScope: link.function.scope))"))
    }
    let inner = program.modules[call.reference.module]
    steps.append(
      TraceStep(
        inner.location(PythonNode(index: UInt32(truncatingIfNeeded: call.reference.node))),
        "calls \(call.callees.first?.name ?? "?")"))
    return steps
  }

  private func use(of node: PythonNode, _ module: PythonModuleModel) -> ResultUse {
    let tree = module.tree
    let range = tree.range(node)
    var index = Int(node.index) + 1
    var steps = 0
    // The parent is the first later node that covers this one.
    while index <= tree.nodeCount, steps < 4_000 {
      let candidate = PythonNode(index: UInt32(index))
      let outer = tree.range(candidate)
      if outer.lowerBound <= range.lowerBound, outer.upperBound >= range.upperBound {
        switch tree.kind(candidate) {
        case .await, .keywordArgument, .starred:
          index += 1
          steps += 1
          continue
        case .expressionStatement: return .discarded
        case .attribute:
          if case .attribute(_, let name)? = tree.expression(candidate) {
            return .attribute(tree.string(name))
          }
          return .other
        case .call:
          if case .call(let function, _)? = tree.expression(candidate) {
            return .argument(of: String(tree.source(function).prefix(120)))
          }
          return .other
        default: return .other
        }
      }
      index += 1
      steps += 1
    }
    return .other
  }
}
