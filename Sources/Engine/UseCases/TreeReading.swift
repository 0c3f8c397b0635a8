import Core
import Inventory
import Lockfile
import Rules

/// Crawling as the use cases need it.
enum TreeReading {
  /// The patterns, ready to match.
  static func globs(_ patterns: [String]) throws(EngineError) -> [Glob] {
    var result: [Glob] = []
    for pattern in patterns {
      do {
        result.append(try Glob(pattern))
      } catch {
        throw .pattern(pattern, reason: "\(error)")
      }
    }
    return result
  }

  static func crawl(
    _ source: TreeSource, exclude: [String], lockfile: RelativePath?, context: RunContext,
    expected: [RelativePath: ExpectedFile] = [:], collectsSources: Bool,
    passesOver: Set<RelativePath> = [], isWriting: Bool = false
  ) throws(EngineError) -> CrawlResult {
    let options = CrawlOptions(
      exclude: try globs(exclude), lockfile: lockfile, leavesOutTemporary: isWriting,
      jobs: max(1, context.jobs), progress: context.progress, expected: expected,
      collectsSources: collectsSources, passesOver: passesOver)
    do {
      return try Inventory.crawl(source, options: options)
    } catch {
      throw .crawl(error)
    }
  }

  /// The lockfile that a crawled tree gives, together with its judged findings.
  static func lock(
    _ repository: Repository, source: Provenance?, exclude: [String], context: RunContext
  ) throws(EngineError) -> (lockfile: Lockfile, findings: [JudgedFinding]) {
    let findings = try FindingsPipeline.run(Subject(repository), in: context)
    let references = LockedReferences(findings)
    do {
      let lockfile = try Lockfile(
        generator: context.generator, source: source, exclude: exclude,
        entries: repository.entries, dependencies: references.dependencies,
        downloads: references.downloads, findings: references.findings)
      return (lockfile, findings)
    } catch {
      throw .lockfile(path: Lockfile.name, error)
    }
  }
}
