import Synchronization

/// Evaluators that share the modules of a program among them, and live through all questions.
///
/// Which of them answers for a module is fixed, and each answers in order: what it remembers makes
/// it quick, and does not depend on how many run at the same time.
struct PythonDesks: Sendable {
  private let desks: [Desk]

  private final class Desk: Sendable {
    let evaluator: Mutex<PythonEvaluator>

    init(_ program: PythonProgramModel) { evaluator = Mutex(PythonEvaluator(program, budget: 0)) }
  }

  private static let count = 8
  /// How many modules that lie together, and so ask for the same others, go to one desk.
  private static let run = 4

  init(_ program: PythonProgramModel) {
    desks = (0..<Self.count).map { _ in Desk(program) }
  }

  /// Counts what was looked at so far.
  func settle() {
    for desk in desks { desk.evaluator.withLock { $0.begin(budget: 0) } }
  }

  /// The results of `body` for each of the modules, which are in order, in that order. `body` begins
  /// with `PythonEvaluator.begin`.
  func map<Result: Sendable>(
    _ modules: [Int], _ body: @Sendable (Int, PythonEvaluator) -> Result
  ) -> [Result] {
    var shares = Array(repeating: [Int](), count: Self.count)
    for (place, module) in modules.enumerated() {
      shares[module / Self.run % Self.count].append(place)
    }
    let found = Parallel.map(Self.count) { [shares] desk -> [(place: Int, result: Result)] in
      desks[desk].evaluator.withLock { evaluator in
        shares[desk].map { ($0, body(modules[$0], evaluator)) }
      }
    }
    return found.joined().sorted { $0.place < $1.place }.map(\.result)
  }
}
