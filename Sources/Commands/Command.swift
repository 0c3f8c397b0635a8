/// A command: its declaration, its arguments checked, and its run.
///
/// A command holds no logic: it calls the engine, renders what comes back and says how it ended.
package protocol Command: Sendable {
  static var declaration: CommandDeclaration { get }

  init(_ arguments: Arguments) throws(UsageError)

  /// - Throws: errors of the engine, which `Program` prints; `ExplainedError` says how.
  func run(_ console: Console) throws -> ExitStatus
}
