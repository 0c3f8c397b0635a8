import Commands
import Core
import Synchronization

/// One run of the whole program in this process.
struct ProgramRun {
  let status: ExitStatus
  let output: String
  let errors: String

  init(
    _ words: [String], environment: [String: String] = [:], isTerminal: Bool = false,
    today: String = "2026-11-28"
  ) {
    let output = CapturedBytes()
    let errors = CapturedBytes()
    let clock = Mutex<UInt64>(0)
    let terminal = Terminal(
      output: output, diagnostics: errors, outputIsTerminal: isTerminal,
      diagnosticsIsTerminal: isTerminal, environment: { environment[$0] },
      // A minute passes from one look to the next, so that whatever depends on time shows.
      nanoseconds: {
        clock.withLock { now in
          now += 60_000_000_000
          return now
        }
      },
      today: CalendarDate(today) ?? CalendarDate.test)
    status = Program.run(words, on: terminal)
    self.output = output.text
    self.errors = errors.text
  }
}

extension CalendarDate {
  /// A day for tests that do not care.
  static var test: CalendarDate {
    guard let day = CalendarDate(secondsSince1970: 1_795_824_000) else { preconditionFailure() }
    return day
  }
}
