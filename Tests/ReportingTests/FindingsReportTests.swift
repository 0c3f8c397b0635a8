import Core
import JSON
import Reporting
import TestSupport
import Testing

struct FindingsReportTests {
  @Test func `the text report`() throws {
    let report = try SampleReport.make()
    try expectGolden(FindingsText.render(report), at: "reports/findings.txt")
    try expectGolden(
      FindingsText.render(report, style: .colored, showsInventory: true),
      at: "reports/findings-colored.txt")
  }

  @Test func `the JSON report`() throws {
    try expectGolden(FindingsJSON.render(try SampleReport.make()), at: "reports/findings.json")
  }

  @Test func `the SARIF report`() throws {
    try expectGolden(SARIF.render(try SampleReport.make()), at: "reports/findings.sarif")
  }

  @Test func `what decides is open and at the threshold`() throws {
    #expect(
      Set(try SampleReport.make().decisive.map(\.finding.rule)) == [
        "download/hub-file", "weights/code-in-pickle",
      ])
  }

  @Test func `nothing found is said`() {
    let report = FindingsReport(
      version: "9.9.9", root: ".", findings: [], threshold: .high, rules: [], files: 1, bytes: 1)
    #expect(
      String(decoding: FindingsText.render(report), as: UTF8.self)
        == "looked at 1 file (1 byte) in .: nothing open\n")
  }

  @Test func `no report lets control characters of the tree through`() throws {
    let report = try SampleReport.make()
    let plain = FindingsText.render(report, showsInventory: true)
    #expect(!plain.contains(0x1B))
    for bytes in [plain, FindingsJSON.render(report), SARIF.render(report)] {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("\u{202E}"))
      #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    }
  }
}

/// What the SARIF 2.1.0 schema and its readers ask for, without the schema.
struct SARIFTests {
  private func run() throws -> JSONValue {
    let log = try JSONParser.parse(SARIF.render(try SampleReport.make()), .strict)
    #expect(log["version"]?.string == "2.1.0")
    return try #require(log["runs"]?.array?.first)
  }

  @Test func `every result refers to its rule by name and index`() throws {
    let run = try run()
    let rules = try #require(run["tool"]?["driver"]?["rules"]?.array)
    for result in try #require(run["results"]?.array) {
      let index = try #require(result["ruleIndex"]?.number?.integer)
      #expect(rules[Int(index)]["id"]?.string == result["ruleId"]?.string)
      #expect(result["message"]?["text"]?.string?.isEmpty == false)
      #expect(result["partialFingerprints"]?["modelpin/v1"]?.string?.utf8.count == 64)
    }
  }

  @Test func `inventory is informational, and only accepted findings are suppressed`() throws {
    for result in try #require(try run()["results"]?.array) {
      let isInventory = result["properties"]?["severity"]?.string == "info"
      #expect(result["kind"]?.string == (isInventory ? "informational" : "fail"))
      #expect((result["level"]?.string == "none") == isInventory)
      let isAccepted = result["ruleId"]?.string == "dependency/unpinned"
      #expect((result["suppressions"] != nil) == isAccepted)
    }
  }

  @Test func `columns count characters`() throws {
    let results = try #require(try run()["results"]?.array)
    let region = results.compactMap {
      $0["locations"]?.array?.first?["physicalLocation"]?["region"]
    }.first { $0["startLine"]?.number?.integer == 2 }
    // The é before it takes two bytes.
    #expect(region?["startColumn"]?.number?.integer == 16)
  }

  @Test func `paths are percent-encoded`() throws {
    let results = try #require(try run()["results"]?.array)
    let paths = results.compactMap {
      $0["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
    }
    #expect(
      Set(paths) == [
        "scripts/train%20it.py", "requirements.txt", "model.zip!/data.pkl",
        "100%25%20sure%231.bin",
      ])
  }
}

struct PrintableTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("Grüße 你好", "Grüße 你好"), ("a\tb\nc\rd", "a b\\nc\\rd"),
    ("\u{1B}[31m", "\\u{1B}[31m"), ("a\u{202E}b", "a\\u{202E}b"), ("\u{9B}2J", "\\u{9B}2J"),
    ("a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"), ("", ""),
  ])
  func `what hides or moves text is written out`(text: String, printed: String) {
    #expect(Printable.line(text) == printed)
  }
}

struct AmountTests {
  @Test(
    arguments: [
      (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.00 KiB"),
      (1536, "1.50 KiB"), (10 * 1024 + 512, "10.5 KiB"), (1_048_575, "1023 KiB"),
      (5_368_709_120, "5.00 GiB"), (.max, "15.9 EiB"),
    ] as [(UInt64, String)])
  func `bytes have a unit`(count: UInt64, text: String) {
    #expect(Amount.bytes(count) == text)
  }

  @Test func `digits are grouped and seconds become minutes`() {
    #expect(Amount.grouped(1_234_567) == "1,234,567")
    #expect(Amount.grouped(-1000) == "-1,000")
    #expect(Amount.counted(1, "entry", "entries") == "1 entry")
    #expect(Amount.counted(1000, "entry", "entries") == "1,000 entries")
    #expect(Amount.duration(seconds: 7) == "0:07")
    #expect(Amount.duration(seconds: 3723) == "1:02:03")
  }
}
