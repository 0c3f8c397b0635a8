/// A function among the arguments of a call that is to call it: `pool.submit(fetch, "a/b")`,
/// `Thread(target=urlretrieve, args=(url, path))`, `map(load, names)`.
struct PythonHandedOver {
  let callee: PythonCallee
  /// What it will be given.
  let arguments: PythonArguments

  /// Names of arguments that take a function.
  static let keywords: Set<String> = [
    "target", "func", "function", "fn", "callback", "key",
  ]
  /// How many arguments at the front may be the function.
  static let positions = 4

  private static let mapping: Set<String> = [
    "map", "filter", "imap", "starmap", "imap_unordered", "map_async", "thread_map", "process_map",
  ]
  private static let listing: Set<String> = [
    "apply", "apply_async", "start_new_thread", "Process", "Thread", "Timer",
  ]

  /// Whether calls of this name call functions that they are given by place.
  static func isTakenByPlace(by lastName: String) -> Bool {
    mapping.contains(lastName) || listing.contains(lastName)
      || PythonModuleInterest.methodsThatTakeFunctions.contains(lastName)
  }

  /// All functions that a call of `lastName` hands over with these arguments.
  static func all(
    in arguments: PythonArguments, of lastName: String, _ evaluator: PythonEvaluator
  ) -> [PythonHandedOver] {
    var found: [PythonHandedOver] = []
    for (place, value) in arguments.positional.prefix(positions).enumerated() {
      let callees = value.references
      guard !callees.isEmpty,
        let inner = self.arguments(behind: place, arguments, lastName, evaluator)
      else { continue }
      found += callees.map { PythonHandedOver(callee: $0, arguments: inner) }
    }
    for keyword in arguments.keywords where keywords.contains(keyword.name) {
      let callees = keyword.value.references
      guard !callees.isEmpty else { continue }
      let inner = self.arguments(beside: keyword.name, arguments, evaluator)
      found += callees.map { PythonHandedOver(callee: $0, arguments: inner) }
    }
    return found
  }

  /// What a function in this place is given; nil for calls that are not known to call it.
  private static func arguments(
    behind place: Int, _ arguments: PythonArguments, _ lastName: String,
    _ evaluator: PythonEvaluator
  ) -> PythonArguments? {
    var inner = PythonArguments()
    inner.hasOpenKeywords = arguments.hasOpenKeywords
    inner.keywords = arguments.keywords
    let rest = arguments.positional.dropFirst(place + 1)
    if mapping.contains(lastName) {
      inner.positional = rest.map { evaluator.elements(of: $0) }
      if lastName == "starmap", let rows = inner.positional.first {
        inner.positional = columns(rows)
      }
    } else if listing.contains(lastName),
      case .list(let items, _)? = rest.first?.alternatives.first?.atom
    {
      inner.positional = items
    } else {
      guard PythonModuleInterest.methodsThatTakeFunctions.contains(lastName) else { return nil }
      inner.positional = Array(rest)
    }
    return inner
  }

  /// What a function that is given by name is given in turn: `args` and `kwargs`.
  private static func arguments(
    beside name: String, _ arguments: PythonArguments, _ evaluator: PythonEvaluator
  ) -> PythonArguments {
    var inner = PythonArguments()
    if name == "key" {
      inner.positional = arguments.positional.prefix(1).map { evaluator.elements(of: $0) }
    }
    func given(_ name: String) -> PythonValue.Atom? {
      arguments.keywords.last { $0.name == name }?.value.alternatives.first?.atom
    }
    if case .list(let items, _)? = given("args") { inner.positional = items }
    if case .dictionary(let named)? = given("kwargs") {
      inner.keywords = named.entries.compactMap { entry in
        entry.key.text.map { KeywordValue($0, entry.value) }
      }
    }
    return inner
  }

  /// What stands in each place of tuples.
  private static func columns(_ rows: PythonValue) -> [PythonValue] {
    var found: [[PythonValue]] = []
    for row in rows.alternatives {
      guard case .list(let items, _) = row.atom else { continue }
      for (place, item) in items.prefix(16).enumerated() {
        if place == found.count { found.append([]) }
        found[place].append(item)
      }
    }
    return found.map { PythonValue.join($0) }
  }
}
