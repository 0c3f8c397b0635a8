import Languages

extension PythonInterest {
  /// What the tables of fetchers need to see, besides what the analysis always looks at.
  static let fetchers: PythonInterest = {
    var interest = PythonInterest.standard
    for catalogue in FetcherCatalogue.allCases {
      for pattern in catalogue.fetchers.flatMap(\.callees) {
        if pattern.last.isEmpty, let module = pattern.head.first {
          interest.modules.insert(module)
        } else {
          interest.names.insert(pattern.last)
        }
      }
    }
    for pattern in FetcherCatalogue.own.flatMap(\.fetchers).flatMap(\.callees) {
      guard let module = pattern.head.first, module != "?", !pattern.last.isEmpty else { continue }
      interest.ownModules.insert(module)
      interest.ownNames.insert(pattern.last)
    }
    return interest
  }()
}
