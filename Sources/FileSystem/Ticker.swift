internal import Glibc
internal import Synchronization

/// Calls something again and again on a thread of its own until told to stop.
package final class Ticker: Sendable {
  private let isStopped = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private let milliseconds: UInt32
  private let tick: @Sendable () -> Void

  /// Begins: the first call comes after `milliseconds`.
  package init(every milliseconds: UInt32, _ tick: @escaping @Sendable () -> Void) {
    self.milliseconds = milliseconds
    self.tick = tick
    var thread = pthread_t()
    let retained = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Ticker>.fromOpaque(argument).takeRetainedValue().loop()
        return nil
      }, retained.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      // Without a thread there are no ticks; nothing depends on them.
      unsafe retained.release()
      hasEnded.store(true, ordering: .releasing)
    }
  }

  /// Ends the calls; none is made or still running once this returns.
  package func stop() {
    isStopped.store(true, ordering: .releasing)
    while !hasEnded.load(ordering: .acquiring) { usleep(1_000) }
  }

  private func loop() {
    while !isStopped.load(ordering: .acquiring) {
      // In short sleeps, so that stopping does not wait for a whole period.
      var slept: UInt32 = 0
      while slept < milliseconds, !isStopped.load(ordering: .acquiring) {
        usleep(2_000)
        slept += 2
      }
      if !isStopped.load(ordering: .acquiring) { tick() }
    }
    hasEnded.store(true, ordering: .releasing)
  }
}
