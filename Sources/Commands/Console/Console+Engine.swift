package import Engine
import FileSystem
package import Inventory
import Synchronization

extension Console {
  /// What the engine's use cases are given; reads the configuration when one is named.
  package func context(_ progress: CrawlProgress? = nil) throws(EngineError) -> RunContext {
    RunContext(
      generator: Version.generator, jobs: jobs ?? Environment.cores, progress: progress,
      today: terminal.today,
      configuration: try configuration.map { path throws(EngineError) in
        try Configuration.read(at: path)
      })
  }

  /// Runs a use case while a progress line shows how far its crawl is.
  package func run<Outcome: Sendable>(
    _ activity: String,
    _ useCase: (RunContext) throws(EngineError) -> Outcome
  ) throws(EngineError) -> Outcome {
    let counters = CrawlProgress()
    let context = try context(counters)
    let progress = progress(activity)
    guard progress.isShown else { return try useCase(context) }
    let ticker = Ticker(every: 100) { progress.update(Progress.Amounts(counters)) }
    defer {
      ticker.stop()
      progress.finish()
    }
    return try useCase(context)
  }
}

extension Progress.Amounts {
  init(_ counters: CrawlProgress) {
    self.init(
      bytes: counters.bytesHashed,
      totalBytes: counters.bytesFound,
      files: counters.filesHashed,
      totalFiles: counters.filesFound,
      isListed: counters.isListed)
  }
}
