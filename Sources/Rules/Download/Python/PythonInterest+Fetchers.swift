import Languages

extension PythonInterest {
  /// Names that count only for modules of interest, as everybody has functions of these names.
  private static let ambiguous: Set<String> = [
    "load", "resolve", "fetch", "retrieve", "open", "get", "read", "run", "score",
  ]
  /// Libraries that only calculate, but for a few functions that are known by their names.
  private static let wide: Set<String> = ["torch", "tensorflow", "keras", "numpy", "pandas"]

  /// What the tables of fetchers need to see, besides what the analysis always looks at.
  static let fetchers: PythonInterest = {
    var interest = PythonInterest.standard
    var owners: [String: Set<String>] = [:]
    for catalogue in FetcherCatalogue.allCases {
      for pattern in catalogue.fetchers.flatMap(\.callees) {
        if pattern.last.isEmpty, let module = pattern.head.first {
          interest.modules.insert(module)
        } else {
          let module = pattern.head.first ?? "?"
          owners[pattern.last, default: []].insert(module)
          if module != "?", !wide.contains(module), ambiguous.contains(pattern.last) {
            interest.modules.insert(module)
          }
        }
      }
    }
    // Where a table speaks of objects of unknown kind, the name counts whoever has it.
    interest.owners = owners.filter { !standard.names.contains($0.key) && !$0.value.contains("?") }
    interest.names.formUnion(owners.keys)
    for pattern in FetcherCatalogue.own.flatMap(\.fetchers).flatMap(\.callees) {
      guard let module = pattern.head.first, module != "?", !pattern.last.isEmpty else { continue }
      interest.ownModules.insert(module)
      interest.ownNames.insert(pattern.last)
    }
    interest.modules.formUnion([
      "chromadb", "duckdb", "fastembed", "telnetlib", "websocket", "xmlrpc", "yt_dlp",
      "youtube_dl",
    ])
    interest.qualified = ExecutionSink.names.union(RemoteControl.listeners)
    interest.qualified.formUnion(PackedCode.packers)
    interest.qualified.formUnion([
      "hydra.utils.instantiate", "hydra.utils.call", "hydra_zen.instantiate",
      "asyncio.open_connection", "dns.resolver.resolve", "dns.resolver.query",
    ])
    interest.deciding = { callee in
      if callee.isLocal { return nil }
      let fetching = FetcherIndex.all.deciding(callee)
      if ExecutionSink.runs(callee) {
        let running = PythonDecidingArguments(.fetched)
        return fetching.map(running.union) ?? running
      }
      if let fetching { return fetching }
      let last = String(callee.last)
      return standard.names.contains(last) && !FetcherIndex.all.hasFetcher(named: last)
        && AddressArgument.isOfLibrary(callee) ? PythonDecidingArguments(.address) : nil
    }
    return interest
  }()
}
