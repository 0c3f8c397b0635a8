import Core

/// What one module's analysis gives.
struct PythonModuleResult: Sendable {
  let calls: [PythonPendingCall]
  let events: [PythonEvent]
  let shell: [PythonProgram.ShellText]
  /// The first place that could not be understood.
  let damage: PythonProgram.Damage?
  let deceptions: [PythonDeception]

  init(
    _ module: PythonModuleModel, _ program: PythonProgramModel, _ interest: PythonInterest,
    remoteCode: Set<String>, _ evaluator: PythonEvaluator
  ) {
    evaluator.begin(budget: PythonCallFinder.budget(module))
    deceptions = PythonDeception.all(in: module, interest)
    let finder = PythonCallFinder(module, program, interest, evaluator)
    calls = finder.calls()
    damage =
      Self.damage(module)
      ?? evaluator.exhausted.map {
        PythonProgram.Damage(
          location: $0, reason: "what is called from here on takes too long to work out",
          isBound: true)
      }
    let needsContext =
      !calls.isEmpty || module.source.allowsMagics || !module.source.foreign.isEmpty
      || !module.subscriptStores.isEmpty || !module.attributeStores.isEmpty
    guard needsContext else {
      events = []
      shell = []
      return
    }
    let contexts = PythonContexts(
      module, runsOnLoad: PythonSiteBuilder.runsOnLoad(module, remoteCode))
    let collector = PythonEventCollector(module, contexts, evaluator, interest)
    events = collector.events(calls)
    shell = PythonShellCollector(module, contexts, evaluator).texts(calls)
  }

  private static func damage(_ module: PythonModuleModel) -> PythonProgram.Damage? {
    guard module.source.kind != .documentation, let damage = module.tree.damage else { return nil }
    let place = module.position(at: damage.offset)
    return PythonProgram.Damage(
      location: Location(module.source.path, start: place), reason: damage.reason)
  }
}
