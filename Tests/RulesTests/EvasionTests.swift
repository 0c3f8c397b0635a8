import Core
import Rules
import TestSupport
import Testing

/// One file for each way to say a thing: every bad one is found, no good one is flagged.
@Suite struct EvasionTests {
  static let bad = paths("bad")
  static let good = paths("good")

  private static func paths(_ kind: String) -> [String] {
    ProjectFolder.files(below: "Fixtures/evasion/\(kind)").map { "Fixtures/evasion/\(kind)/\($0)" }
  }

  @Test func `the suite is not empty`() {
    #expect(Self.bad.count >= 60)
    #expect(Self.good.count >= 40)
  }

  @Test(arguments: bad)
  func `a fetch is found however it is written`(path: String) throws {
    let findings = try fetchFindings(ProjectFolder.text(path))
    #expect(!findings.isEmpty)
  }

  @Test(arguments: good)
  func `what fetches nothing, or is pinned, is not flagged`(path: String) throws {
    let findings = try fetchFindings(ProjectFolder.text(path))
    #expect(findings.map(\.message) == [])
  }

  @Test(arguments: bad)
  func `a fetch that is commented out is not flagged`(path: String) throws {
    let text = try ProjectFolder.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      .map { "# \($0)" }.joined(separator: "\n")
    #expect(try fetchFindings(text).isEmpty)
  }

  @Test(arguments: bad)
  func `a fetch in a docstring or a string is not flagged`(path: String) throws {
    let text = try ProjectFolder.text(path)
    try #require(!text.contains("'''"))
    let escaped = text.replacing("\\", with: "\\\\")
    #expect(try fetchFindings("'''\n\(escaped)'''\n").isEmpty)
    #expect(try fetchFindings("note = '''\n\(escaped)'''\n").isEmpty)
  }

  @Test(arguments: bad)
  func `line ends and tabs change nothing`(path: String) throws {
    let text = try ProjectFolder.text(path)
    let expected = try fetchFindings(text).map(\.message)
    #expect(try fetchFindings(text.replacing("\n", with: "\r\n")).map(\.message) == expected)
    #expect(try fetchFindings(text.replacing("    ", with: "\t")).map(\.message) == expected)
    #expect(try fetchFindings("\u{FEFF}\(text)").map(\.message) == expected)
  }

  @Test(arguments: bad)
  func `renamed imports change nothing`(path: String) throws {
    let text = try ProjectFolder.text(path)
    let expected = try fetchFindings(text).map(\.message)
    #expect(try fetchFindings(renamingImports(in: text)).map(\.message) == expected)
  }
}

/// `from a import b` becomes `from a import b as renamed_b`, and so every use of it.
private func renamingImports(in text: String) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  for (index, line) in lines.enumerated() where line.hasPrefix("from ") && !line.contains(" as ") {
    guard let at = line.firstRange(of: " import "), !line.contains("*"), !line.contains("\\")
    else { continue }
    let names = line[at.upperBound...].split(separator: ",").map {
      String($0.drop { $0 == " " }.prefix { $0 != " " && $0 != "#" })
    }
    guard names.allSatisfy({ $0.unicodeScalars.allSatisfy(\.isASCII) }) else { continue }
    lines[index] =
      line[..<at.upperBound]
      + names.map { "\($0) as renamed_\($0)" }.joined(separator: ", ")
    for other in lines.indices where other != index && !lines[other].contains("import ") {
      for name in names { lines[other] = lines[other].replacingWord(name, with: "renamed_\(name)") }
    }
  }
  return lines.joined(separator: "\n")
}

extension String {
  /// Replaces `word` where no name character or quote stands beside it, nor a dot before it.
  fileprivate func replacingWord(_ word: String, with replacement: String) -> String {
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: word) {
      let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
      let after = range.upperBound == endIndex ? nil : self[range.upperBound]
      let isWord =
        !(before.map { $0.isLetter || $0.isNumber || "_.\"'".contains($0) } ?? false)
        && !(after.map { $0.isLetter || $0.isNumber || "_\"'".contains($0) } ?? false)
      result += rest[..<range.lowerBound] + (isWord ? replacement : word)
      rest = rest[range.upperBound...]
    }
    return result + rest
  }
}
