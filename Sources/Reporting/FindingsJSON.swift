package import Core

/// Findings as JSON for programs; nothing is left out.
package enum FindingsJSON {
  package static func render(_ report: FindingsReport) -> [UInt8] {
    JSONOutput.object([
      ("generator", .string("modelpin \(report.version)")),
      ("root", .string(report.root)),
      ("files", .integer(report.files)),
      ("bytes", .unsigned(report.bytes)),
      ("failOn", .string(report.threshold.rawValue)),
      ("holds", .boolean(report.decisive.isEmpty)),
      ("findings", .array(report.findings.map(object))),
    ]).bytes
  }

  /// One finding, as other reports hold it too.
  package static func object(_ judged: JudgedFinding) -> JSONOutput {
    let finding = judged.finding
    return .object(
      [("rule", .string(finding.rule.text)), ("severity", .string(finding.severity.rawValue))]
        + place(finding.location) + [
          ("message", .string(finding.message)),
          ("pinning", .optional(finding.pinning?.rawValue)),
          ("reference", finding.reference.map(reference)),
          (
            "trace",
            finding.trace.isEmpty
              ? nil
              : .array(
                finding.trace.map { .object(place($0.location) + [("note", .string($0.note))]) })
          ),
          ("fix", .string(finding.fix)),
          ("fingerprint", .string(judged.fingerprint)),
        ] + judgement(judged.judgement))
  }

  private static func place(_ location: Location) -> [(String, JSONOutput?)] {
    [
      ("path", .string(location.path.description)),
      ("line", .optional(location.start?.line)),
      ("column", .optional(location.start?.column)),
      ("endLine", .optional(location.end?.line)),
      ("endColumn", .optional(location.end?.column)),
      ("byteOffset", location.byteOffset.map { .unsigned($0) }),
    ]
  }

  private static func reference(_ reference: Reference) -> JSONOutput {
    switch reference {
    case .download(let target, let revision):
      .object([
        ("kind", "download"), ("target", .string(target)),
        ("revision", revision.map { .string($0) } ?? .null),
      ])
    case .dependency(let ecosystem, let name, let requirement):
      .object([
        ("kind", "dependency"), ("ecosystem", .string(ecosystem)), ("name", .string(name)),
        ("requirement", .string(requirement)),
      ])
    }
  }

  private static func judgement(
    _ judgement: JudgedFinding.Judgement
  ) -> [(String, JSONOutput?)] {
    switch judgement {
    case .open: [("state", "open")]
    case .accepted(let reason, let expires):
      [
        ("state", "accepted"), ("reason", .string(reason)), ("expires", .string("\(expires)")),
      ]
    case .expired(let reason, let expires):
      [("state", "expired"), ("reason", .string(reason)), ("expires", .string("\(expires)"))]
    }
  }
}
