import Core
import Rules

/// Findings as SARIF 2.1.0 (OASIS, 27 March 2020), which code hosts and editors read.
package enum SARIF {
  package static func render(_ report: FindingsReport) -> [UInt8] {
    log([
      run(
        version: report.version, root: report.root, rules: rules(report.rules),
        results: results(report.findings, report.rules, lines: report.lines))
    ])
  }

  /// The envelope around runs.
  static func log(_ runs: [JSONOutput]) -> [UInt8] {
    JSONOutput.object([
      ("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
      ("version", "2.1.0"), ("runs", .array(runs)),
    ]).bytes
  }

  /// One run: the look at one tree.
  static func run(
    version: String, root: String, rules: [JSONOutput], results: [JSONOutput]
  ) -> JSONOutput {
    let driver = JSONOutput.object([
      ("name", "modelpin"), ("version", .string(version)),
      ("semanticVersion", .string(version)), ("rules", .array(rules)),
    ])
    return .object([
      ("tool", .object([("driver", driver)])),
      ("invocations", [.object([("executionSuccessful", true)])]),
      ("originalUriBaseIds", .object([(baseID, .object(base(root)))])),
      ("columnKind", "unicodeCodePoints"),
      ("results", .array(results)),
    ])
  }

  /// Descriptors, sorted by name.
  static func rules(_ rules: [RuleDocumentation]) -> [JSONOutput] {
    rules.sorted { $0.id < $1.id }.map(descriptor)
  }

  /// Results whose rules are those of `rules`, preceded by `offset` others.
  static func results(
    _ findings: [JudgedFinding], _ rules: [RuleDocumentation], offset: Int = 0,
    lines: SourceLines = SourceLines()
  ) -> [JSONOutput] {
    var indices: [RuleID: Int] = [:]
    for (index, rule) in rules.map(\.id).sorted().enumerated() where indices[rule] == nil {
      indices[rule] = offset + index
    }
    return findings.map { result($0, indices, lines) }
  }

  /// The name that paths are relative to.
  static let baseID = "MODEL"

  /// Where the model lies below the folder that the program was started in, when it does.
  private static func base(_ root: String) -> [(String, JSONOutput?)] {
    let description: JSONOutput = .object([("text", "the model's root folder")])
    let parts = root.split(separator: "/").filter { $0 != "." }
    guard !root.hasPrefix("/"), root != "-", !parts.isEmpty, !parts.contains("..") else {
      return [("description", description)]
    }
    return [
      ("uri", .string(uri(Array(parts.joined(separator: "/").utf8)) + "/")),
      ("uriBaseId", "%SRCROOT%"), ("description", description),
    ]
  }

  /// Percent-encodes a path for a relative reference (RFC 3986): unreserved characters, the
  /// sub-delimiters and `@` and `/` stay; `:` does not, or a first component could read as a scheme.
  static func uri(_ path: [UInt8]) -> String {
    let kept = Set("-._~!$&'()*+,;=@/".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in path {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.append(byte)
      default:
        if kept.contains(byte) {
          result.append(byte)
        } else {
          result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The level that stands for a severity.
  static func level(_ severity: Severity) -> JSONOutput {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low: "note"
    case .info: "none"
    }
  }

  private static func descriptor(_ rule: RuleDocumentation) -> JSONOutput {
    var help = "\(rule.why)\n\nFix: \(rule.fix)"
    var markdown = "\(rule.why)\n\n**Fix:** \(rule.fix)"
    if let example = rule.example {
      help += "\n\nReported:\n\(example.bad)\n\nDone right:\n\(example.good)"
      markdown +=
        "\n\nReported:\n\n\(fenced(example.bad))\n\nDone right:\n\n\(fenced(example.good))"
    }
    return .object([
      ("id", .string(rule.id.text)),
      ("name", .string(name(rule.id))),
      ("shortDescription", .object([("text", .string(rule.summary))])),
      ("fullDescription", .object([("text", .string(rule.summary + " " + rule.why))])),
      ("help", .object([("text", .string(help)), ("markdown", .string(markdown))])),
      ("defaultConfiguration", .object([("level", level(rule.severity))])),
      (
        "properties",
        .object([
          ("tags", ["security", .string(rule.id.family)]),
          ("severity", .string(rule.severity.rawValue)),
          ("security-severity", .string(score(rule.severity))),
        ])
      ),
    ])
  }

  private static func fenced(_ code: String) -> String { "```\n\(code)\n```" }

  /// `download/hub-file` as `DownloadHubFile`.
  static func name(_ rule: RuleID) -> String {
    rule.text.split { $0 == "/" || $0 == "-" }.map { word in
      word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }

  /// The middle of the CVSS band of the same name, which code hosts sort by.
  private static func score(_ severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "2.0"
    case .info: "0.0"
    }
  }

  private static func result(
    _ judged: JudgedFinding, _ indices: [RuleID: Int], _ lines: SourceLines
  ) -> JSONOutput {
    let finding = judged.finding
    return .object([
      ("ruleId", .string(finding.rule.text)),
      ("ruleIndex", indices[finding.rule].map { .integer($0) }),
      ("kind", finding.severity == .info ? "informational" : "fail"),
      ("level", level(finding.severity)),
      ("message", .object([("text", .string(message(finding)))])),
      ("locations", [.object([("physicalLocation", physical(finding.location, lines))])]),
      ("partialFingerprints", .object([("modelpin/v1", .string(judged.fingerprint))])),
      ("codeFlows", codeFlows(finding, lines)),
      ("suppressions", suppressions(judged.judgement)),
      ("properties", properties(finding, judged.judgement)),
    ])
  }

  private static func message(_ finding: Finding) -> String {
    finding.fix.isEmpty ? finding.message : "\(finding.message); fix: \(finding.fix)"
  }

  private static func physical(_ location: Location, _ lines: SourceLines) -> JSONOutput {
    .object([
      ("artifactLocation", artifact(location.path)), ("region", region(location, lines)),
    ])
  }

  static func artifact(_ path: RelativePath) -> JSONOutput {
    .object([("uri", .string(uri(path.bytes))), ("uriBaseId", .string(baseID))])
  }

  private static func region(_ location: Location, _ lines: SourceLines) -> JSONOutput? {
    guard let start = location.start else {
      // An offset alone is not a valid region for a reader that wants lines, but is for SARIF.
      return location.byteOffset.map { offset in
        .object([("byteOffset", .unsigned(offset)), ("byteLength", 0)])
      }
    }
    // An end before the start would make the whole log invalid for some readers.
    let end = location.end.flatMap { $0 >= start ? $0 : nil }
    let quote = lines.line(start.line, of: location.path).map { line in
      JSONOutput.object([("text", .string(String(decoding: line.prefix(400), as: UTF8.self)))])
    }
    return .object([
      ("startLine", .integer(start.line)),
      ("startColumn", .integer(lines.scalarColumn(start, of: location.path))),
      ("endLine", .optional(end?.line)),
      ("endColumn", end.map { .integer(lines.scalarColumn($0, of: location.path)) }),
      ("snippet", end?.line ?? start.line == start.line ? quote : nil),
    ])
  }

  private static func codeFlows(_ finding: Finding, _ lines: SourceLines) -> JSONOutput? {
    guard !finding.trace.isEmpty else { return nil }
    let steps = finding.trace + [TraceStep(finding.location, finding.message)]
    return [
      .object([
        (
          "threadFlows",
          [
            .object([
              (
                "locations",
                .array(
                  steps.map { step in
                    .object([
                      (
                        "location",
                        .object([
                          ("physicalLocation", physical(step.location, lines)),
                          ("message", .object([("text", .string(step.note))])),
                        ])
                      )
                    ])
                  })
              )
            ])
          ]
        )
      ])
    ]
  }

  /// An accepted finding is suppressed from outside the source; one whose acceptance has expired
  /// is not.
  private static func suppressions(_ judgement: JudgedFinding.Judgement) -> JSONOutput? {
    switch judgement {
    case .open, .expired: nil
    case .accepted(let reason, let expires):
      [
        .object([
          ("kind", "external"), ("status", "accepted"),
          ("justification", .string("\(reason) (until \(expires))")),
        ])
      ]
    }
  }

  private static func properties(
    _ finding: Finding, _ judgement: JudgedFinding.Judgement
  ) -> JSONOutput {
    var members: [(String, JSONOutput?)] = [
      ("severity", .string(finding.severity.rawValue)),
      ("pinning", .optional(finding.pinning?.rawValue)),
    ]
    switch finding.reference {
    case .download(let target, let revision):
      members += [("target", .string(target)), ("revision", .optional(revision))]
    case .dependency(let ecosystem, let name, let requirement):
      members += [
        ("ecosystem", .string(ecosystem)), ("name", .string(name)),
        ("requirement", .string(requirement)),
      ]
    case nil: break
    }
    if case .expired(let reason, let expires) = judgement {
      members.append(("acceptanceExpired", .string("\(expires): \(reason)")))
    }
    return .object(members)
  }
}
