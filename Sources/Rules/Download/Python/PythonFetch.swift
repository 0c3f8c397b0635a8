import Core
package import Languages

/// A Python call that fetches something, judged.
package struct PythonFetch: Sendable {
  package let call: CallSite
  let fetcher: Fetcher
  /// Which table it came from.
  let catalogue: FetcherCatalogue
  var verdict: FetchVerdict
  /// Where what arrives is run as code, if it is.
  var execution: (what: String, at: Location)? = nil
}

/// The tables of fetchers.
enum FetcherCatalogue: CaseIterable, Sendable {
  case hub, models, datasets, kernels, torch, keras, tasks, hubs, http, readers, storage, git
  /// Connections that fetch nothing by themselves: reported only where what arrives is run.
  case connections

  /// The rule that reports the calls of the table, where what they bring is not run.
  var rule: RuleID {
    switch self {
    case .hub: HuggingFaceHub.id
    case .models: PretrainedModel.id
    case .datasets: Dataset.id
    case .kernels: HubKernel.id
    case .torch, .keras, .tasks: LibraryWeights.id
    case .hubs: ModelRegistry.id
    case .http, .readers, .connections: HTTPDownload.id
    case .storage: CloudStorage.id
    case .git: PythonGitClone.id
    }
  }

  var fetchers: [Fetcher] {
    switch self {
    case .hub: HuggingFaceFetchers.hub
    case .models: HuggingFaceFetchers.models
    case .datasets: HuggingFaceFetchers.datasets
    case .kernels: HuggingFaceFetchers.kernels
    case .torch: LibraryFetchers.torch
    case .keras: LibraryFetchers.keras + LibraryFetchers.kerasApplications
    case .tasks: TaskLibraryFetchers.all
    case .hubs: LibraryFetchers.hubs
    case .http: HTTPFetchers.http
    case .readers: HTTPFetchers.readers + TaskLibraryFetchers.readers
    case .storage: HTTPFetchers.storage
    case .git: HTTPFetchers.git
    case .connections: HTTPFetchers.connections
    }
  }
}

/// Finds the fetcher that a call is one of.
struct FetcherIndex: Sendable {
  private var byLastName: [String: [(FetcherCatalogue, Fetcher)]] = [:]
  private var open: [(FetcherCatalogue, Fetcher)] = []

  static let all = FetcherIndex()

  private init() {
    for catalogue in FetcherCatalogue.allCases {
      for fetcher in catalogue.fetchers {
        for last in Set(fetcher.callees.map(\.last)) {
          if last.isEmpty {
            open.append((catalogue, fetcher))
          } else {
            byLastName[last, default: []].append((catalogue, fetcher))
          }
        }
      }
    }
  }

  /// The most specific fetchers that one of the call's callees is, in the order of the tables.
  func fetchers(for call: CallSite) -> [(FetcherCatalogue, Fetcher)] {
    var bestRank = -1
    var best: [(FetcherCatalogue, Fetcher)] = []
    for callee in call.callees {
      if callee.isLocal {
        if best.isEmpty { best = own(callee) }
        continue
      }
      for (catalogue, fetcher, pattern) in matches(callee) {
        let rank = pattern.head.count * 4 + (pattern.tail?.count ?? 4)
        if rank > bestRank {
          bestRank = rank
          best = [(catalogue, fetcher)]
        } else if rank == bestRank {
          best.append((catalogue, fetcher))
        }
      }
    }
    return best
  }

  /// The arguments that say what a call of it fetches, and how firmly; nil when it fetches nothing.
  func deciding(_ callee: PythonCallee) -> PythonDecidingArguments? {
    let slots = matches(callee).flatMap(\.1.slots)
    if slots.isEmpty { return nil }
    return PythonDecidingArguments(
      positions: slots.compactMap(\.position).max().map { $0 + 1 } ?? 0,
      names: Set(slots.flatMap(\.keywords)).union(Self.alwaysDeciding))
  }

  /// Arguments that rules ask for, whatever is called.
  private static let alwaysDeciding: Set<String> = [
    "trust_remote_code", "custom_pipeline", "attn_implementation", "code_revision",
    "local_files_only", "check_hash", "file_name", "weights_only", "allow_pickle", "data_files",
    "data_dir", "path",
  ]

  /// Whether the tables have a fetcher whose last name is this one.
  func hasFetcher(named last: String) -> Bool { byLastName[last] != nil }

  private func matches(
    _ callee: PythonCallee
  ) -> [(FetcherCatalogue, Fetcher, CalleePattern)] {
    let name = callee.name.split(separator: ".").map(String.init)
    guard let last = name.last else { return [] }
    return ((byLastName[last] ?? []) + open).flatMap { catalogue, fetcher in
      fetcher.callees.filter { $0.matches(name) }.map { (catalogue, fetcher, $0) }
    }
  }

  /// The fetchers for code of the repository: where it is the library itself, or brings a copy, the
  /// tables tell what its functions do; the modules may lie in a folder such as `src`.
  private func own(_ callee: PythonCallee) -> [(FetcherCatalogue, Fetcher)] {
    let name = callee.name.split(separator: ".").map(String.init)
    guard let last = name.last else { return [] }
    let known = (byLastName[last] ?? []).filter { FetcherCatalogue.own.contains($0.0) }
    for start in 0..<min(3, name.count) {
      let inner = Array(name[start...])
      let found = known.filter { $0.1.callees.contains { $0.matches(inner) } }
      if !found.isEmpty { return found }
    }
    guard last == "from_pretrained" else { return [] }
    return known.filter { $0.1.callees.contains { $0.matches(["?", last]) } }
  }
}

extension FetcherCatalogue {
  /// The tables that speak of code of the repository, too, when it bears the library's name.
  static let own: [FetcherCatalogue] = [.torch, .models]
}

extension PythonFetch {
  /// Every call of `program` that fetches, joined with what runs what it fetched.
  static func all(in program: PythonProgram, _ tree: TreePaths) -> [PythonFetch] {
    if program.calls.isEmpty { return [] }
    var fetches: [PythonFetch] = []
    var byReference: [CallReference: [Int]] = [:]
    let connections = Connections(program)
    for call in program.calls {
      var call = connections.resolved(call)
      // What the call inside a wrapper compares, it compares for all callers.
      if let inner = call.wrapped, !program.calls[inner].checks.isEmpty {
        call = call.checking(program.calls[inner].checks)
      }
      if call.isNeverRun { continue }
      var candidates = FetcherIndex.all.fetchers(for: call)
      if candidates.isEmpty, let fetcher = AddressArgument.fetcher(for: call) {
        candidates = [(.http, fetcher)]
      }
      for (catalogue, fetcher) in candidates {
        guard let verdict = FetchVerdict.judge(call, as: fetcher, in: tree) else { continue }
        // What a service answers is a download only where it is run.
        fetches.append(
          PythonFetch(
            call: call, fetcher: fetcher,
            catalogue: call.isRemoteProcedure ? .connections : catalogue, verdict: verdict))
        break
      }
    }
    fetches = withoutHollow(settled(withoutRepetition(fetches), by: fetches))
    for (index, fetch) in fetches.enumerated() {
      byReference[fetch.call.reference, default: []].append(index)
      for answer in connections.answers(to: fetch.call) {
        byReference[answer, default: []].append(index)
      }
    }
    var run: Set<CallReference> = []
    for (sources, what, location) in ExecutionSink.all(in: program) {
      for source in sources where run.insert(source).inserted {
        for index in byReference[source] ?? [] where fetches[index].execution == nil {
          fetches[index].execution = (what, location)
        }
      }
    }
    return fetches.filter { $0.catalogue != .connections || $0.execution != nil }
  }
}

extension PythonFetch {
  /// Leaves out calls of wrappers that tell nothing new: the target stays unknown there, or is known
  /// already at a call further inside, which is reported with it.
  private static func withoutRepetition(_ fetches: [PythonFetch]) -> [PythonFetch] {
    /// A call on the way to a call inside a wrapper.
    struct Place: Hashable {
      let inner: Int
      let location: Location
    }
    // With how many targets each is known.
    var known: [Place: Int] = [:]
    for fetch in fetches where fetch.verdict.pinning != .dynamic {
      let place = Place(
        inner: fetch.call.wrapped ?? fetch.call.index, location: fetch.call.location)
      known[place] = min(known[place] ?? .max, fetch.verdict.choices)
    }
    var seen: Set<[String]> = []
    return fetches.filter { fetch in
      let verdict = fetch.verdict
      guard let inner = fetch.call.wrapped else {
        let isNew = seen.insert([
          fetch.call.location.description, verdict.target, verdict.revision ?? "",
          verdict.pinning.rawValue,
        ]).inserted
        return isNew || fetch.call.trace.isEmpty
      }
      if verdict.pinning == .dynamic {
        guard fetch.isRelay else { return false }
        return seen.insert([fetch.call.location.description]).inserted
      }
      // The cell of a notebook that picks one of several targets says more than the call inside.
      let isChoice = fetch.call.context.place == .notebook
      let isKnownInside = fetch.call.trace.dropFirst().contains { step in
        known[Place(inner: inner, location: step.location)].map {
          !isChoice || $0 <= max(1, verdict.choices)
        } ?? false
      }
      if isKnownInside { return false }
      return seen.insert([
        fetch.call.location.description, verdict.target, verdict.revision ?? "",
        verdict.pinning.rawValue,
      ]).inserted
    }
  }

  /// Leaves out calls of the repository's own functions that say nothing of their own: where a fetch
  /// inside is reported for the same call already, and those of a `from_pretrained` in which nothing
  /// fetches, unless they are given the name of a repository on a hub.
  private static func withoutHollow(_ fetches: [PythonFetch]) -> [PythonFetch] {
    guard fetches.contains(where: \.isOwn) else { return fetches }
    var told: Set<Location> = []
    var fetching: Set<String> = []
    for fetch in fetches where !fetch.isOwn {
      told.insert(fetch.call.location)
      if let function = fetch.call.function, fetch.verdict.pinning != .local {
        fetching.insert(function)
      }
    }
    return fetches.filter { fetch in
      guard fetch.isOwn else { return true }
      if told.contains(fetch.call.location) { return false }
      guard let callee = fetch.call.callees.first(where: { $0.last == "from_pretrained" }) else {
        return true
      }
      if fetching.contains(callee.name) { return true }
      return fetch.verdict.pinning != .dynamic && fetch.verdict.target.contains("/")
    }
  }

  /// Whether a function of the repository that is called a download is called with what the code
  /// around got itself: nothing new for the target, but a place to mend.
  private var isRelay: Bool {
    guard call.trace.count == 2, let step = call.trace.first?.note, step.hasPrefix("calls ") else {
      return false
    }
    let name = step.dropFirst(6).split(separator: ".").last ?? ""
    return AddressArgument.isCalledDownload(name)
  }

  /// Whether all that is called is code of the repository.
  private var isOwn: Bool { call.callees.allSatisfy(\.isLocal) }

  /// A call inside a wrapper takes whatever its callers pass. Where all callers in sight pass
  /// something local or fixed, that is what the call inside fetches, too. A call that takes an
  /// address is none of these: it is there for callers that pass one.
  private static func settled(_ fetches: [PythonFetch], by all: [PythonFetch]) -> [PythonFetch] {
    var passed: [Int: [FetchVerdict]] = [:]
    for fetch in all {
      if let inner = fetch.call.wrapped { passed[inner, default: []].append(fetch.verdict) }
    }
    return fetches.map { fetch in
      guard fetch.verdict.pinning == .dynamic, fetch.isFilledByCallers,
        let verdicts = passed[fetch.call.index], verdicts.allSatisfy(\.pinning.isFixed),
        let loosest = verdicts.max(by: { $0.pinning < $1.pinning })
      else { return fetch }
      var fetch = fetch
      fetch.verdict = loosest
      return fetch
    }
  }

  /// Whether parameters of the function around it are all that the call's target depends on.
  private var isFilledByCallers: Bool {
    if case .address = fetcher.form { return false }
    let value = fetcher.target.lazy.compactMap { call.value(of: $0) }.first
    return value?.parameters.isEmpty == false
  }
}

extension CallSite {
  /// Whether the call stands where only type checkers look.
  fileprivate var isNeverRun: Bool { guards.contains(.typeChecking) }

  /// Whether the answer is read as JSON or the like at once: a question to a service rather than a
  /// download.
  fileprivate var isRemoteProcedure: Bool {
    guard case .attribute(let name) = use else { return false }
    return ["json", "status_code", "ok", "headers", "raise_for_status"].contains(name)
      && callees.contains { $0.last == "get" || $0.last == "request" }
  }
}

/// Calls that run what they are given.
enum ExecutionSink {
  /// For each place that runs something: the calls whose results it runs.
  static func all(in program: PythonProgram) -> [([CallReference], String, Location)] {
    var found: [([CallReference], String, Location)] = []
    for call in program.calls {
      guard let what = description(of: call) else { continue }
      let arguments = call.positional + call.keywords.map(\.value)
      let sources = arguments.flatMap(\.sources) + call.reads
      if !sources.isEmpty { found.append((sources, what, call.location)) }
    }
    for event in program.events {
      switch event.kind {
      case .importPath(let value) where !value.sources.isEmpty:
        found.append((value.sources, "put on the import path", event.location))
      case .loading(let value) where !value.sources.isEmpty:
        found.append((value.sources, "imported", event.location))
      default: continue
      }
    }
    return found
  }

  /// What the call does with its arguments, to follow "is"; nil when it runs nothing.
  private static func description(of call: CallSite) -> String? {
    for callee in call.callees where !callee.isLocal {
      guard let what = description(of: callee) else { continue }
      if callee.name == "numpy.load" {
        guard call.argument("allow_pickle")?.mayBeTrue == true else { continue }
      } else if callee.name.hasSuffix("load"), call.argument("weights_only")?.bool == true {
        continue
      } else if callee.name == "yaml.load" {
        let loaders = call.argument("Loader", at: 1)?.references.map(\.last) ?? []
        guard loaders.contains(where: { $0.hasPrefix("Unsafe") || $0 == "Loader" }) else {
          continue
        }
      }
      return what
    }
    return nil
  }

  /// Whether some call of it runs what it is given.
  static func runs(_ callee: PythonCallee) -> Bool {
    !callee.isLocal && description(of: callee) != nil
  }

  private static func description(of callee: PythonCallee) -> String? {
    if let what = sinks[callee.name] { return what }
    if callee.top == "subprocess" || callee.name.hasPrefix("os.spawn")
      || callee.name.hasPrefix("os.exec")
    {
      return "run as a program"
    }
    return callee.last == "exec_module" || callee.last == "load_module" ? "imported" : nil
  }

  /// Full names of all functions that run what they are given.
  static var names: Set<String> { Set(sinks.keys) }

  private static let sinks: [String: String] = [
    "exec": "executed", "eval": "evaluated", "compile": "compiled to code",
    "execfile": "executed", "builtins.exec": "executed", "builtins.eval": "evaluated",
    "__import__": "imported", "importlib.import_module": "imported",
    "importlib.util.spec_from_file_location": "imported", "imp.load_source": "imported",
    "importlib.machinery.SourceFileLoader": "imported", "zipimport.zipimporter": "imported",
    "runpy.run_path": "run as a program", "runpy.run_module": "run as a program",
    "marshal.loads": "unmarshalled to code", "marshal.load": "unmarshalled to code",
    "pickle.load": "unpickled", "pickle.loads": "unpickled", "pickle.Unpickler": "unpickled",
    "cPickle.load": "unpickled", "cPickle.loads": "unpickled", "_pickle.load": "unpickled",
    "_pickle.loads": "unpickled", "dill.load": "unpickled", "dill.loads": "unpickled",
    "cloudpickle.load": "unpickled", "cloudpickle.loads": "unpickled",
    "joblib.load": "unpickled", "torch.load": "unpickled", "pandas.read_pickle": "unpickled",
    "torch.jit.load": "run as TorchScript",
    "ctypes.CDLL": "loaded as a library", "ctypes.cdll.LoadLibrary": "loaded as a library",
    "torch.ops.load_library": "loaded as a library", "os.system": "run as a program",
    "os.popen": "run as a program", "os.startfile": "run as a program",
    "numpy.load": "unpickled", "site.addsitedir": "put on the import path",
    "code.InteractiveInterpreter.runsource": "executed",
    "code.InteractiveInterpreter.runcode": "executed",
    "code.InteractiveConsole.runsource": "executed",
    "code.InteractiveConsole.runcode": "executed", "code.InteractiveConsole.push": "executed",
    "code.compile_command": "compiled to code", "codeop.compile_command": "compiled to code",
    "codeop.Compile": "compiled to code", "timeit.timeit": "executed", "timeit.repeat": "executed",
    "timeit.Timer": "executed", "cProfile.run": "executed", "cProfile.runctx": "executed",
    "profile.run": "executed", "profile.runctx": "executed", "pdb.run": "executed",
    "pdb.runeval": "evaluated", "bdb.Bdb.run": "executed", "trace.Trace.run": "executed",
    "types.FunctionType": "made a function", "types.CodeType": "made code",
    "pandas.eval": "evaluated", "numexpr.evaluate": "evaluated",
    "jsonpickle.decode": "unpickled", "jsonpickle.loads": "unpickled",
    "yaml.unsafe_load": "unpickled", "yaml.load": "unpickled", "shelve.open": "unpickled",
    "builtins.compile": "compiled to code", "_pickle.Unpickler": "unpickled",
    "cloudpickle.Unpickler": "unpickled", "dill.Unpickler": "unpickled",
    "importlib.util.spec_from_loader": "imported", "posix.system": "run as a program",
    "ctypes.WinDLL": "loaded as a library", "ctypes.PyDLL": "loaded as a library",
    "ctypes.cdll.__getitem__": "loaded as a library",
    "os.dup2": "put in place of a standard stream",
    "pty.spawn": "run as a program", "asyncio.create_subprocess_shell": "run as a program",
    "asyncio.create_subprocess_exec": "run as a program", "imp.load_module": "imported",
    "torch.package.PackageImporter": "imported", "os.posix_spawn": "run as a program",
    "get_ipython().run_cell": "executed", "get_ipython().ex": "executed",
  ]
}
