import Core
package import Languages

/// A Python call that fetches something, judged.
package struct PythonFetch: Sendable {
  package let call: CallSite
  let fetcher: Fetcher
  /// Which table it came from.
  let catalogue: FetcherCatalogue
  let verdict: FetchVerdict
  /// Where what arrives is run as code, if it is.
  var execution: (what: String, at: Location)?
}

/// The tables of fetchers, each with the rule that reports its calls.
enum FetcherCatalogue: CaseIterable, Sendable {
  case hub, models, datasets, kernels, torch, keras, hubs, http, readers, storage, git

  var fetchers: [Fetcher] {
    switch self {
    case .hub: HuggingFaceFetchers.hub
    case .models: HuggingFaceFetchers.models
    case .datasets: HuggingFaceFetchers.datasets
    case .kernels: HuggingFaceFetchers.kernels
    case .torch: LibraryFetchers.torch
    case .keras: LibraryFetchers.keras + LibraryFetchers.kerasApplications
    case .hubs: LibraryFetchers.hubs
    case .http: HTTPFetchers.http
    case .readers: HTTPFetchers.readers
    case .storage: HTTPFetchers.storage
    case .git: HTTPFetchers.git
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

  /// The most specific fetcher that one of the call's callees is; code of the repository itself
  /// is none, whatever its name.
  func fetcher(for call: CallSite) -> (FetcherCatalogue, Fetcher)? {
    var best: (rank: Int, FetcherCatalogue, Fetcher)?
    for callee in call.callees where !callee.isLocal {
      let name = callee.name.split(separator: ".").map(String.init)
      guard let last = name.last else { continue }
      for (catalogue, fetcher) in (byLastName[last] ?? []) + open {
        for pattern in fetcher.callees where pattern.matches(name) {
          let rank = pattern.head.count * 4 + (pattern.tail?.count ?? 4)
          if rank > best?.rank ?? -1 { best = (rank, catalogue, fetcher) }
        }
      }
    }
    return best.map { ($0.1, $0.2) }
  }
}

extension PythonFetch {
  /// Every call of `program` that fetches, joined with what runs what it fetched.
  static func all(in program: PythonProgram, _ repository: Repository) -> [PythonFetch] {
    let tree = TreePaths(repository.entries)
    var fetches: [PythonFetch] = []
    var byReference: [CallReference: [Int]] = [:]
    for call in program.calls {
      guard let (catalogue, fetcher) = FetcherIndex.all.fetcher(for: call),
        !call.isNeverRun, !call.isRemoteProcedure,
        let verdict = FetchVerdict.judge(call, as: fetcher, in: tree)
      else { continue }
      byReference[call.reference, default: []].append(fetches.count)
      fetches.append(
        PythonFetch(
          call: call, fetcher: fetcher, catalogue: catalogue, verdict: verdict,
          execution: nil))
    }
    for (sources, what, location) in ExecutionSink.all(in: program) {
      for source in sources {
        for index in byReference[source] ?? [] where fetches[index].execution == nil {
          fetches[index].execution = (what, location)
        }
      }
    }
    return fetches
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
      let sources = arguments.flatMap(\.sources)
      if !sources.isEmpty { found.append((sources, what, call.location)) }
    }
    for event in program.events {
      if case .importPath(let value) = event.kind, !value.sources.isEmpty {
        found.append((value.sources, "put on the import path", event.location))
      }
    }
    return found
  }

  /// What the call does with its arguments, to follow "is"; nil when it runs nothing.
  private static func description(of call: CallSite) -> String? {
    for callee in call.callees where !callee.isLocal {
      if let what = sinks[callee.name] {
        if callee.name.hasSuffix("load"), call.argument("weights_only")?.bool == true {
          continue
        }
        return what
      }
      if callee.name == "numpy.load", call.argument("allow_pickle")?.mayBeTrue == true {
        return "unpickled"
      }
      if callee.top == "subprocess" || callee.name.hasPrefix("os.spawn")
        || callee.name.hasPrefix("os.exec")
      {
        return "run as a program"
      }
      if callee.last == "exec_module" || callee.last == "load_module" { return "imported" }
    }
    return nil
  }

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
    "site.addsitedir": "put on the import path",
  ]
}
