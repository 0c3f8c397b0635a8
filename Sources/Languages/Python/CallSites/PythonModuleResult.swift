import Core

/// What one module's analysis gives.
struct PythonModuleResult: Sendable {
  let calls: [PythonPendingCall]
  let events: [PythonEvent]
  let shell: [PythonProgram.ShellText]

  init(
    _ module: PythonModuleModel, _ program: PythonProgramModel, _ interest: PythonInterest,
    remoteCode: Set<String>
  ) {
    let finder = PythonCallFinder(module, program, interest)
    calls = finder.calls()
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
    let collector = PythonEventCollector(module, contexts, finder.evaluator, interest)
    events = collector.events(calls)
    shell = PythonShellCollector(module, contexts, finder.evaluator).texts(calls)
  }
}
