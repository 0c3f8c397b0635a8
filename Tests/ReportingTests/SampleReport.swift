import Core
import Reporting
import Rules

/// A report with one of everything.
enum SampleReport {
  static func make() throws -> FindingsReport {
    let train = try RelativePath("scripts/train it.py")
    let config = try RelativePath("config.py")
    let findings = [
      JudgedFinding(
        Finding(
          "download/hub-file", .high,
          at: Location(
            train, start: TextPosition(line: 2, column: 17), end: TextPosition(line: 2, column: 31)),
          "downloads org/base-model without a revision", pinning: .branch,
          reference: .download(target: "org/base-model", revision: nil),
          trace: [
            TraceStep(
              Location(config, start: TextPosition(line: 1, column: 1)),
              "`BASE` is \"org/base-model\"")
          ],
          fix: "pass `revision=` with a full 40-character commit", construct: "download(BASE)"),
        fingerprint: String(repeating: "0123456789abcdef", count: 4)),
      JudgedFinding(
        Finding(
          "dependency/unpinned", .medium,
          at: Location(
            try RelativePath("requirements.txt"), start: TextPosition(line: 1, column: 1),
            end: TextPosition(line: 1, column: 13)),
          "torch is free to be any version from 2.0 on", pinning: .version,
          reference: .dependency(ecosystem: "pypi", name: "torch", requirement: ">=2.0"),
          fix: "write `torch==2.3.0` with `--hash`", construct: "torch>=2.0"),
        fingerprint: String(repeating: "a", count: 64),
        judgement: .accepted(
          reason: "training only", expires: CalendarDate("2027-05-01") ?? .today)),
      JudgedFinding(
        Finding(
          "download/hub-file", .info,
          at: Location(train, start: TextPosition(line: 3, column: 1)),
          "downloads org/tokenizer at 0123456789abcdef0123456789abcdef01234567", pinning: .commit,
          reference: .download(
            target: "org/tokenizer", revision: "0123456789abcdef0123456789abcdef01234567"),
          fix: "", construct: "download(TOKENIZER)"),
        fingerprint: String(repeating: "b", count: 64)),
      JudgedFinding(
        Finding(
          "weights/code-in-pickle", .critical,
          at: Location(try RelativePath("model.zip!/data.pkl"), byteOffset: 4711),
          "calls os.system with \"true\u{202E}\u{1B}[2J\"", fix: "convert it to safetensors",
          construct: "os.system"),
        fingerprint: String(repeating: "c", count: 64),
        judgement: .expired(reason: "old", expires: CalendarDate("2025-01-31") ?? .today)),
      JudgedFinding(
        Finding(
          "repository/dangling-link", .low, at: Location(try RelativePath("100% sure#1.bin")),
          "leads to blobs/x, which is no entry of the tree", fix: "remove the link",
          construct: "blobs/x"),
        fingerprint: String(repeating: "d", count: 64)),
    ]
    let sources = [
      source(
        train, "# Überblick\n  model = \"é\"; download(BASE)  # unpinned\ndownload(TOKENIZER)\n"),
      source(config, "BASE = \"org/base-model\"\r\n"),
      source(try RelativePath("requirements.txt"), "torch>=2.0"),
    ]
    return FindingsReport(
      version: "9.9.9", root: "models/encoder", findings: findings.shuffled(), threshold: .high,
      lines: SourceLines(sources, for: findings), rules: rules, files: 1234,
      bytes: 5_368_709_120)
  }

  static let rules = [
    RuleDocumentation(
      id: "download/hub-file", severity: .high,
      summary: "A file is downloaded from a hub without a commit.",
      why: "A branch can move, so that tomorrow's run may load what nobody reviewed.",
      fix: "Pass `revision=` with a full commit.",
      example: ("download(\"org/name\")", "download(\"org/name\", revision=\"0123…\")")),
    RuleDocumentation(
      id: "dependency/unpinned", severity: .medium,
      summary: "A dependency is free to change | or vanish.", why: "Versions move.",
      fix: "Write exact versions with hashes."),
    RuleDocumentation(
      id: "weights/code-in-pickle", severity: .critical, summary: "A pickle calls code.",
      why: "Loading it runs that code.", fix: "Convert it to safetensors."),
    RuleDocumentation(
      id: "repository/dangling-link", severity: .low, summary: "A link leads nowhere.",
      why: "What it will lead to is not proven.", fix: "Remove it."),
  ]

  private static func source(_ path: RelativePath, _ text: String) -> SourceFile {
    SourceFile(
      path: path, entry: path, role: .code, format: nil, isExecutable: false,
      bytes: Array(text.utf8), isWhole: true)
  }
}

extension CalendarDate {
  static var today: CalendarDate {
    guard let day = CalendarDate(secondsSince1970: 0) else { preconditionFailure() }
    return day
  }
}
