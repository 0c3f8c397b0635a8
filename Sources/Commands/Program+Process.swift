import FileSystem

extension Program {
  /// Runs the command line that this process was given, on its streams.
  package static func run() -> ExitStatus {
    guard let today = Clock.today else {
      StreamSink.diagnostics.write(Array("error: the system's clock is not set\n".utf8))
      return .unfinished
    }
    return run(Array(CommandLine.arguments.dropFirst()), on: .standard(today: today))
  }
}
