package import Core

/// What a run is given by the system besides its arguments, as values, so that tests run commands
/// in process.
package struct Terminal: Sendable {
  /// For results.
  package let output: any ByteSink
  /// For progress, remarks and errors.
  package let diagnostics: any ByteSink
  package let outputIsTerminal: Bool
  package let diagnosticsIsTerminal: Bool
  /// Columns of the terminal behind `diagnostics`.
  package let width: Int
  /// Variables of the environment.
  package let environment: @Sendable (_ name: String) -> String?
  /// Nanoseconds of a clock that never goes back.
  package let nanoseconds: @Sendable () -> UInt64
  /// The day on which acceptances are judged.
  package let today: CalendarDate

  package init(
    output: any ByteSink, diagnostics: any ByteSink, outputIsTerminal: Bool = false,
    diagnosticsIsTerminal: Bool = false, width: Int = 80,
    environment: @escaping @Sendable (_ name: String) -> String? = { _ in nil },
    nanoseconds: @escaping @Sendable () -> UInt64 = { 0 }, today: CalendarDate
  ) {
    self.output = output
    self.diagnostics = diagnostics
    self.outputIsTerminal = outputIsTerminal
    self.diagnosticsIsTerminal = diagnosticsIsTerminal
    self.width = width
    self.environment = environment
    self.nanoseconds = nanoseconds
    self.today = today
  }
}
