package import Core
internal import Glibc

/// The system's clocks.
package enum Clock {
  /// Nanoseconds of a clock that never goes back, from an arbitrary start.
  package static var nanoseconds: UInt64 {
    var now = timespec()
    guard unsafe clock_gettime(CLOCK_MONOTONIC, &now) == 0 else { return 0 }
    return UInt64(clamping: now.tv_sec) &* 1_000_000_000 &+ UInt64(clamping: now.tv_nsec)
  }

  /// Today in UTC, so that a date means the same on every machine.
  package static var today: CalendarDate? {
    CalendarDate(secondsSince1970: time(nil))
  }
}
