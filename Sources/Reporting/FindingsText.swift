import Core

/// Findings as text for people: grouped by file, each with the way out.
package enum FindingsText {
  /// The report. Inventory is counted only, unless `showsInventory`.
  package static func render(
    _ report: FindingsReport, style: TextStyle = .plain, showsInventory: Bool = false
  ) -> [UInt8] {
    var text = ""
    var path: RelativePath?
    for judged in report.findings where showsInventory || judged.finding.severity > .info {
      if judged.finding.location.path != path {
        if path != nil { text += "\n" }
        path = judged.finding.location.path
        text += style.bold(Printable.line(judged.finding.location.path.description)) + "\n"
      }
      text += entry(judged, report.lines, style)
    }
    if path != nil { text += "\n" }
    text += summary(report, style)
    return Array(text.utf8)
  }

  private static func entry(
    _ judged: JudgedFinding, _ lines: SourceLines, _ style: TextStyle
  ) -> String {
    let finding = judged.finding
    var text = "  "
    if let start = finding.location.start {
      text += "\(start.line):\(start.column)  "
    } else if let offset = finding.location.byteOffset {
      text += "@\(offset)  "
    }
    text += "\(style.severity(finding.severity))  \(finding.rule)\n"
    text += "    \(style.bold(Printable.line(finding.message)))\n"
    if let start = finding.location.start,
      let quote = lines.quote(start.line, of: finding.location.path, limit: 90)
    {
      text += field("source", style.dim(quote))
    }
    if let pinning = finding.pinning { text += field("pinned", pinned(pinning)) }
    for step in finding.trace {
      text += field(
        "from",
        "\(Printable.line(step.location.description))  \(Printable.line(step.note))")
    }
    if !finding.fix.isEmpty { text += field("fix", Printable.line(finding.fix)) }
    switch judged.judgement {
    case .open: break
    case .accepted(let reason, let expires):
      text += field("accepted", "until \(expires): \(Printable.line(reason))")
    case .expired(let reason, let expires):
      text += field("expired", "accepted until \(expires): \(Printable.line(reason))")
    }
    text += field("id", style.dim(String(judged.fingerprint.prefix(16))))
    return text
  }

  private static func field(_ name: String, _ value: String) -> String {
    "    \(name)\(String(repeating: " ", count: max(1, 10 - name.count)))\(value)\n"
  }

  private static func pinned(_ pinning: Pinning) -> String {
    switch pinning {
    case .local: "local: nothing is fetched"
    case .content: "by a digest of the content"
    case .commit: "by commit"
    case .library: "by a digest inside a library of fixed version"
    case .version: "by version only"
    case .tag: "by a tag or a shortened commit, which can move"
    case .branch: "by a branch or nothing, which moves"
    case .dynamic: "unknown: the target is computed at run time"
    }
  }

  private static func summary(_ report: FindingsReport, _ style: TextStyle) -> String {
    let looked =
      "looked at \(Amount.counted(report.files, "file")) (\(Amount.bytes(report.bytes))) "
      + "in \(Printable.line(report.root))"
    let open = report.findings.filter(\.isOpen)
    let accepted = report.findings.filter {
      if case .accepted = $0.judgement { $0.finding.severity > .info } else { false }
    }
    let inventory = report.findings.filter { $0.finding.severity == .info }
    var counts = Severity.allCases.reversed().filter { $0 > .info }.compactMap { severity in
      let count = open.filter { $0.finding.severity == severity }.count
      return count == 0 ? nil : "\(Amount.grouped(count)) \(style.severity(severity))"
    }
    if counts.isEmpty { counts = [style.good("nothing open")] }
    if !accepted.isEmpty { counts.append("\(Amount.grouped(accepted.count)) accepted") }
    if !inventory.isEmpty { counts.append("\(Amount.grouped(inventory.count)) for information") }
    return "\(looked): \(counts.joined(separator: ", "))\n"
  }
}
