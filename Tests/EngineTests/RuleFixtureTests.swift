import Core
import Foundation
import Engine
import Inventory
import Rules
import TestSupport
import Testing

/// Every rule against its fixtures: what stands in `bad/` is reported as `expected.txt` says,
/// nothing in `good/` is.
@Suite struct RuleFixtureTests {
  /// Each entry of a rule's `bad/` or `good/` is a tree of its own, a folder or a single file.
  struct Case: CustomTestStringConvertible, Sendable {
    let rule: RuleID
    let kind: String
    let names: [String]

    var testDescription: String { "\(rule) \(kind)" }
    var folder: String { "Fixtures/rules/\(rule)/\(kind)" }
  }

  static let files = ProjectFolder.files(below: "Fixtures/rules").map { "Fixtures/rules/\($0)" }

  private static func cases(_ kind: String) -> [Case] {
    RuleCatalogue.all.compactMap { rule in
      let prefix = "Fixtures/rules/\(rule.id)/\(kind)/"
      let names = Set(
        files.filter { $0.hasPrefix(prefix) }.map {
          String($0.dropFirst(prefix.count).prefix { $0 != "/" })
        })
      return names.isEmpty ? nil : Case(rule: rule.id, kind: kind, names: names.sorted())
    }
  }

  private func findings(_ test: Case, _ name: String) throws -> [Finding] {
    let path = "\(ProjectFolder.root.path(percentEncoded: false))/\(test.folder)/\(name)"
    let source = try TreeSource.detect(path, reading: nil)
    let repository = try crawl(source, options: CrawlOptions(jobs: 1, collectsSources: true))
      .repository
    let rule = try #require(RuleCatalogue.rule(test.rule))
    return rule.init().findings(in: Subject(repository)).sorted()
  }

  @Test(arguments: cases("bad"))
  func `what is bad is reported`(test: Case) throws {
    var report = ""
    for name in test.names {
      let found = try findings(test, name).filter { $0.severity > .info }
      #expect(!found.isEmpty, "\(test.rule) reports nothing for \(name)")
      for finding in found {
        let pinning = finding.pinning.map { " [\($0.rawValue)]" } ?? ""
        report += "\(finding.location): \(finding.severity.rawValue)\(pinning): "
        report += "\(finding.message)\n"
      }
    }
    try expectGolden(report, at: "rules/\(test.rule)/expected.txt")
  }

  @Test(arguments: cases("good"))
  func `what is good is not reported`(test: Case) throws {
    for name in test.names {
      let found = try findings(test, name).filter { $0.severity > .info }
      #expect(found.map(\.message) == [], "\(test.rule) flags \(name)")
    }
  }

  @Test func `no fixture is an orphan`() {
    let rules = Set(RuleCatalogue.all.map { "Fixtures/rules/\($0.id)/" })
    let orphans = Self.files.filter { file in !rules.contains { file.hasPrefix($0) } }
    #expect(orphans == [])
  }
}
