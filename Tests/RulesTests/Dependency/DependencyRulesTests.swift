import Core
import Languages
import Rules
import Testing

struct DependencyRulesTests {
  /// A repository of texts, as the crawl would hand it over.
  static func subject(_ files: [String: String]) throws -> Subject {
    let sources = try files.map { name, text in
      let path = try RelativePath(name)
      return SourceFile(
        path: path, entry: path, role: .other, format: nil, isExecutable: false,
        bytes: Array(text.utf8), isWhole: true)
    }
    return Subject(Repository(entries: [], sources: sources.sorted { $0.path < $1.path }))
  }

  /// What the rules about manifests say that somebody has to act on.
  static func findings(_ files: [String: String]) throws -> [Finding] {
    let subject = try subject(files)
    return RuleCatalogue.all.filter { $0.id.family == "dependency" }
      .flatMap { $0.init().findings(in: subject) }
      .filter { $0.severity > .info }.sorted()
  }

  static func document(_ form: String, _ entry: String) throws -> (String, String, Int) {
    let (path, text, line) = try #require(DependencyCases.forms[form])
    return (path, text.replacing("%ENTRY%", with: entry), line)
  }

  @Test(arguments: DependencyCases.unpinned.indices)
  func `entries that are not fixed are found in their line`(index: Int) throws {
    let (form, entry, rule) = DependencyCases.unpinned[index]
    let (path, text, line) = try Self.document(form, entry)
    let findings = try Self.findings([path: text])
    #expect(findings.map(\.rule.text) == ["dependency/\(rule)"], "\(form): \(entry)")
    #expect(findings.first?.location.start?.line == line, "\(form): \(entry)")
    #expect(findings.first?.location.path.description == path)
  }

  @Test(arguments: DependencyCases.pinned.indices)
  func `entries that are fixed are not reported`(index: Int) throws {
    let (form, entry) = DependencyCases.pinned[index]
    let (path, text, _) = try Self.document(form, entry)
    let findings = try Self.findings([path: text])
    #expect(findings.map { "\($0.rule) \($0.message)" } == [], "\(form): \(entry)")
  }

  @Test func `there are enough cases of every form`() {
    #expect(DependencyCases.unpinned.count >= 80)
    #expect(DependencyCases.pinned.count >= 60)
    let used = Set(DependencyCases.unpinned.map(\.form))
    #expect(used == Set(DependencyCases.forms.keys))
  }

  @Test func `carriage returns change no line`() throws {
    for (form, entry, rule) in DependencyCases.unpinned {
      let (path, text, line) = try Self.document(form, entry)
      let findings = try Self.findings([path: text.replacing("\n", with: "\r\n")])
      #expect(findings.map(\.rule.text) == ["dependency/\(rule)"], "\(form): \(entry)")
      #expect(findings.first?.location.start?.line == line, "\(form): \(entry)")
    }
  }

  @Test func `fixed entries are listed with their level`() throws {
    let subject = try Self.subject([
      ".github/workflows/a.yml":
        "jobs:\n  a:\n    steps:\n      - uses: o/r@0123456789abcdef0123456789abcdef01234567\n"
    ])
    let findings = PinnedDependency().findings(in: subject)
    #expect(findings.map(\.severity) == [.info])
    #expect(findings.map(\.pinning) == [.commit])
    #expect(
      findings.map(\.reference) == [
        .dependency(
          ecosystem: "github-actions", name: "o/r",
          requirement: "0123456789abcdef0123456789abcdef01234567")
      ])
  }
}
