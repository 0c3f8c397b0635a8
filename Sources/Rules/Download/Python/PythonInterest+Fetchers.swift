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
    return interest
  }()
}
