package import Core
import FileSystem
import Synchronization

/// Standard output or standard error as a sink.
package final class StreamSink: ByteSink {
  private struct State {
    var isClosed = false
    var failure: FileSystemError?
  }

  private let stream: StandardStream
  private let state = Mutex(State())

  private init(_ stream: StandardStream) {
    self.stream = stream
  }

  package static let output = StreamSink(.output)
  package static let diagnostics = StreamSink(.error)

  package func write(_ bytes: [UInt8]) {
    state.withLock { state in
      // After a failure or once nobody reads, there is no point in trying again.
      guard !state.isClosed else { return }
      do throws(FileSystemError) {
        if try stream.write(bytes) == .closed { state.isClosed = true }
      } catch {
        state.isClosed = true
        state.failure = error
      }
    }
  }

  package var failure: (any ExplainedError)? {
    state.withLock { $0.failure }
  }
}

extension Terminal {
  /// The terminal or whatever else this process was given.
  package static func standard(today: CalendarDate) -> Terminal {
    StandardStream.ignoreBrokenPipes()
    return Terminal(
      output: StreamSink.output, diagnostics: StreamSink.diagnostics,
      outputIsTerminal: StandardStream.output.isTerminal,
      diagnosticsIsTerminal: StandardStream.error.isTerminal,
      width: StandardStream.error.width ?? 80,
      environment: { Environment.text($0) },
      nanoseconds: { Clock.nanoseconds }, today: today)
  }
}
