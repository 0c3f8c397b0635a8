/// Variables and the rest of what a shell remembers, with a journal so that branches can be undone.
struct ShellState {
  /// What a variable holds.
  enum Variable {
    case scalar([ShellValue])
    case array([[ShellValue]])
  }

  private(set) var variables: [String: Variable] = [:]
  /// What each assignment since the last mark replaced.
  private var journal: [(name: String, old: Variable?)] = []
  var positional: [[ShellValue]]?
  var directory = ShellValue(bytes: [])
  /// Set by `exit`, `return`, `exec`: what follows in the same branch does not run.
  var hasEnded = false

  /// More values than this count as unknown.
  static let maximumValues = 16

  mutating func set(_ name: String, _ value: Variable?) {
    journal.append((name, variables[name]))
    variables[name] = value
  }

  /// A place to come back to.
  struct Mark {
    fileprivate let count: Int
    let positional: [[ShellValue]]?
    let directory: ShellValue
    let hasEnded: Bool
  }

  var mark: Mark {
    Mark(
      count: journal.count, positional: positional, directory: directory, hasEnded: hasEnded)
  }

  /// What a branch left behind.
  struct Outcome {
    var changes: [String: Variable?]
    var directory: ShellValue
    var hasEnded: Bool
  }

  /// Undoes everything since `mark` and tells what it was.
  mutating func undo(to mark: Mark) -> Outcome {
    var changes: [String: Variable?] = [:]
    for entry in journal[mark.count...] {
      changes.updateValue(variables[entry.name], forKey: entry.name)
    }
    for entry in journal[mark.count...].reversed() { variables[entry.name] = entry.old }
    journal.removeSubrange(mark.count...)
    let outcome = Outcome(changes: changes, directory: directory, hasEnded: hasEnded)
    positional = mark.positional
    directory = mark.directory
    hasEnded = mark.hasEnded
    return outcome
  }

  /// Goes on from the outcomes of branches of which one runs.
  mutating func join(_ outcomes: [Outcome]) {
    let alive = outcomes.filter { !$0.hasEnded }
    guard !alive.isEmpty else {
      if !outcomes.isEmpty { hasEnded = true }
      return
    }
    var names: Set<String> = []
    for outcome in alive { names.formUnion(outcome.changes.keys) }
    for name in names {
      var joined: Variable?
      for (index, outcome) in alive.enumerated() {
        let value = outcome.changes[name] ?? variables[name]
        joined = index == 0 ? value : Self.union(joined, value, name)
      }
      set(name, joined)
    }
    if alive.contains(where: { $0.directory != alive[0].directory }) {
      directory = .unknown("PWD")
    } else {
      directory = alive[0].directory
    }
  }

  static func union(_ first: Variable?, _ second: Variable?, _ name: String) -> Variable? {
    switch (first, second) {
    case (nil, nil): return nil
    case (.scalar(let left)?, .scalar(let right)?): return .scalar(merged(left + right, name))
    case (.scalar(let known)?, nil), (nil, .scalar(let known)?):
      // Not set by us: whatever the environment holds.
      return .scalar(merged(known + [.unknown(name)], name))
    case (.array(let known)?, nil), (nil, .array(let known)?): return .array(known)
    case (.array(let left)?, .array(let right)?):
      let longer = left.count >= right.count ? left : right
      let shorter = left.count >= right.count ? right : left
      return .array(
        longer.enumerated().map { index, values in
          index < shorter.count ? merged(values + shorter[index], name) : values
        })
    default: return .scalar([.unknown(name)])
    }
  }

  /// `values` without repetitions; unknown when there are too many.
  static func merged(_ values: [ShellValue], _ name: String) -> [ShellValue] {
    var kept: [ShellValue] = []
    for value in values where !kept.contains(value) {
      kept.append(value)
      if kept.count > maximumValues { return [.unknown(name)] }
    }
    return kept
  }
}
