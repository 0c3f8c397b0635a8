package import Core
import Inventory
import Rules

/// `scan`: what a tree will do or fetch that somebody should know of.
package enum Scan {
  package struct Options: Sendable {
    package var tree: Tree
    /// Patterns over rule names; empty for all rules.
    package var rules: [String]
    /// The severity from which on open findings fail; nil for the configuration's, or high.
    package var failOn: Severity?
    /// Patterns of what is left out, besides the configuration's.
    package var exclude: [String]

    package init(
      tree: Tree = Tree(), rules: [String] = [], failOn: Severity? = nil, exclude: [String] = []
    ) {
      self.tree = tree
      self.rules = rules
      self.failOn = failOn
      self.exclude = exclude
    }
  }

  package struct Outcome: Sendable {
    /// Everything found, inventory included, in report order.
    package let findings: [JudgedFinding]
    /// The severity from which on open findings fail.
    package let threshold: Severity
    /// Acceptances that no finding has any more; empty when only some rules ran.
    package let unusedAcceptances: [Configuration.Acceptance]
    package let exclusions: [Exclusion]
    package let totals: TreeTotals
    /// The texts that the findings stand in, for quotes.
    package let sources: [SourceFile]

    /// The open findings that make the answer no.
    package var failing: [JudgedFinding] { findings.failing(at: threshold) }
    /// Whether the answer is yes: status 0.
    package var isClean: Bool { failing.isEmpty }
  }

  /// Scans a tree. The lockfile that lies in a folder is left out, as `lock` does; it is not read.
  package static func run(
    _ options: Options, in context: RunContext
  ) throws(EngineError) -> Outcome {
    let rules = try FindingsPipeline.rules(matching: options.rules)
    let place = try TreePlace(options.tree)
    let lockfile = try place.position(of: place.usualLockfile(of: options.tree))
    let crawled = try TreeReading.crawl(
      place.source, exclude: options.exclude + (context.configuration?.exclude ?? []),
      lockfile: lockfile, context: context, collectsSources: true)
    let findings = try FindingsPipeline.run(
      Subject(crawled.repository), rules: rules, in: context)
    return Outcome(
      findings: findings, threshold: options.failOn ?? context.configuration?.failOn ?? .high,
      unusedAcceptances: options.rules.isEmpty
        ? Policy(context.configuration, today: context.today).unused(findings) : [],
      exclusions: crawled.repository.exclusions, totals: TreeTotals(crawled.repository.entries),
      sources: crawled.repository.sources)
  }
}
