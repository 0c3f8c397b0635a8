import Core
package import Engine
import Lockfile

/// What `lock` did.
package enum LockReport {
  package static func text(_ outcome: Lock.Outcome, style: TextStyle = .plain) -> [UInt8] {
    var text = ""
    if let difference = outcome.difference, !difference.isEmpty {
      text += DiffReport.body(difference, style: style) + "\n"
    }
    let path = Printable.line(outcome.path)
    switch outcome.written {
    case .created: text += "locked \(outcome.totals.phrase) in \(path)\n"
    case .updated: text += "locked \(outcome.totals.phrase) in \(path), which was replaced\n"
    case .unchanged: text += "locked \(outcome.totals.phrase); \(path) says so already\n"
    case .refused: text += "looked at \(outcome.totals.phrase); \(path) was not touched\n"
    }
    text += "pin sha256:\(outcome.lockfile.pin)\n"
    text += ExclusionText.render(outcome.exclusions)
    text += findings(outcome.findings, style)
    return Array(text.utf8)
  }

  private static func findings(_ findings: [JudgedFinding], _ style: TextStyle) -> String {
    let counts = Severity.allCases.reversed().filter { $0 > .info }.compactMap { severity in
      let count = findings.filter { $0.isOpen && $0.finding.severity == severity }.count
      return count == 0 ? nil : "\(Amount.grouped(count)) \(style.severity(severity))"
    }
    if counts.isEmpty { return "no open findings\n" }
    return "open findings: \(counts.joined(separator: ", ")); `modelpin scan` shows them\n"
  }

  package static func json(_ outcome: Lock.Outcome) -> [UInt8] {
    let written =
      switch outcome.written {
      case .created: "created"
      case .updated: "updated"
      case .unchanged: "unchanged"
      case .refused: "refused"
      }
    return JSONOutput.object(
      [
        ("generator", .string(outcome.lockfile.generator)),
        ("lockfile", .string(outcome.path)), ("written", .string(written)),
        ("pin", .string("sha256:\(outcome.lockfile.pin)")),
      ] + outcome.totals.members + [
        ("exclusions", ExclusionText.json(outcome.exclusions)),
        ("difference", outcome.difference.map { DiffReport.object($0) }),
        ("findings", .array(outcome.findings.map(FindingsJSON.object))),
      ]
    ).bytes
  }
}
