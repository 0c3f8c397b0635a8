package import Core
package import Inventory

/// What every use case is given besides its own options.
package struct RunContext: Sendable {
  /// The program as lockfiles name it: `modelpin 0.1.0`.
  package var generator: String
  /// Workers; at least 1.
  package var jobs: Int
  /// Counters for a progress line, and the way to interrupt.
  package var progress: CrawlProgress?
  /// The day on which acceptances are judged.
  package var today: CalendarDate
  /// The operator's configuration; nil when none is named.
  package var configuration: Configuration?

  package init(
    generator: String, jobs: Int, progress: CrawlProgress? = nil, today: CalendarDate,
    configuration: Configuration? = nil
  ) {
    self.generator = generator
    self.jobs = jobs
    self.progress = progress
    self.today = today
    self.configuration = configuration
  }
}

/// What was looked at, in numbers.
package struct TreeTotals: Hashable, Sendable {
  package let files: Int
  package let links: Int
  /// Of all files.
  package let bytes: UInt64

  package init(_ entries: some Sequence<Entry>) {
    var files = 0
    var links = 0
    var bytes: UInt64 = 0
    for entry in entries {
      if let file = entry.file {
        files += 1
        bytes &+= file.size
      } else {
        links += 1
      }
    }
    self.files = files
    self.links = links
    self.bytes = bytes
  }
}
