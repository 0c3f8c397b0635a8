import Core
import Rules
import TestSupport
import Testing

/// Adding a rule is one file, one line and one fixture folder; whoever forgets one is told here.
struct RuleConventionTests {
  private static let rules = RuleCatalogue.all

  /// `HTTPDownload` as `http-download`.
  private static func kebab(_ name: some StringProtocol) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if letter.isUppercase, index > 0 {
        let followsLower = !letters[index - 1].isUppercase
        let endsAcronym =
          index + 1 < letters.count && letters[index + 1].isLowercase
          && letters[index - 1].isUppercase
        if followsLower || endsAcronym { result += "-" }
      }
      result += letter.lowercased()
    }
    return result
  }

  @Test func `every rule of a file is in the catalogue, under the name of folder and type`() throws
  {
    let known = Set(Self.rules.map { "\($0)" })
    for file in ProjectFolder.files(below: "Sources/Rules") where file.contains("/") {
      let code = SwiftText(try ProjectFolder.text("Sources/Rules/\(file)")).code
      let family = file.prefix { $0 != "/" }.lowercased()
      for line in code.split(separator: "\n") {
        let words = line.split { " :,{".contains($0) }
        guard let keyword = words.firstIndex(of: "struct"), words.contains("Rule"),
          keyword + 1 < words.count, line.contains(":")
        else { continue }
        let type = String(words[keyword + 1])
        #expect(known.contains(type), "\(file): \(type) is not in the catalogue")
        if let rule = Self.rules.first(where: { "\($0)" == type }) {
          let id = rule.documentation.id
          #expect(id.text == "\(family)/\(Self.kebab(type))", "\(file)")
        }
      }
    }
  }

  @Test func `names are unique and the list is sorted`() {
    let ids = Self.rules.map { $0.documentation.id }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
  }

  @Test func `documentation is whole`() {
    for rule in Self.rules {
      let page = rule.documentation
      #expect(page.summary.hasSuffix(".") && !page.summary.contains("\n"), "\(page.id)")
      #expect(page.why.hasSuffix(".") && page.fix.hasSuffix("."), "\(page.id)")
    }
  }

  /// Rules about things that a checkout cannot hold (links that lead nowhere, names that collide,
  /// machine code, stale client metadata): Tests/EngineTests/RepositoryRuleTests.swift builds them.
  static let builtInTests: Set<String> = [
    "repository/added-locally", "repository/byte-compiled-python", "repository/colliding-names",
    "repository/dangling-link", "repository/excluded-loadable",
    "repository/interrupted-download", "repository/mixed-commits",
    "repository/native-executable", "repository/not-examined", "repository/provenance-mismatch",
  ]

  @Test func `every rule has fixtures, and every fixture a rule`() {
    let files = ProjectFolder.files(below: "Fixtures/rules")
    // Mere inventory has nothing bad by its nature.
    let exempt = Self.builtInTests.union([
      "dependency/pinned-dependency", "download/card-reference", "execution/loader-entry-point",
    ])
    for rule in Self.rules where !exempt.contains(rule.documentation.id.text) {
      let id = rule.documentation.id.text
      #expect(files.contains { $0.hasPrefix("\(id)/bad/") }, "\(id) has nothing bad")
      #expect(files.contains { $0.hasPrefix("\(id)/good/") }, "\(id) has nothing good")
    }
    let ids = Set(Self.rules.map { $0.documentation.id.text })
    for file in files {
      let folder = file.split(separator: "/").prefix(2).joined(separator: "/")
      #expect(ids.contains(folder), "\(file) belongs to no rule")
    }
  }
}
