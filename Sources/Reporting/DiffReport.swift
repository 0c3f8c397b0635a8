import Core
package import Engine
import Lockfile

/// How two lockfiles, or a lockfile and a tree, differ.
package enum DiffReport {
  package static func text(_ outcome: Diff.Outcome, style: TextStyle = .plain) -> [UInt8] {
    let sides =
      "\(Printable.line(outcome.old.path)) and \(Printable.line(outcome.new.path))"
    if outcome.isSame { return Array("no difference between \(sides)\n".utf8) }
    return Array(body(outcome.difference, style: style).utf8)
  }

  /// The summary, then everything that differs, section by section.
  static func body(_ difference: LockfileDifference, style: TextStyle) -> String {
    var text = style.bold(ChangeSummary(difference.entries).description) + "\n"
    text += DifferenceText.render(difference.entries, style: style)
    text += lines("left out", difference.excludeAdded, difference.excludeRemoved, style)
    if let source = difference.source {
      text += lines("source", [phrase(source.new)], [phrase(source.old)], style)
    }
    text += records("dependencies", difference.dependencies, style) { record in
      let requirement = record.requirement.isEmpty ? "any version" : record.requirement
      return "\(record.ecosystem) \(record.name) \(requirement)"
        + "  (pinned by \(record.pinned.rawValue), \(record.declaredAt))"
    }
    text += records("downloads", difference.downloads, style) { record in
      "\(record.target) at \(record.revision ?? "no revision")"
        + "  (pinned by \(record.pinned.rawValue), \(record.at))"
    }
    text += records("licenses", difference.licenses, style) { record in
      "\(record.expression)  (\(record.declaredAt))"
    }
    text += records("findings", difference.findings, style) { record in
      "\(record.severity.rawValue) \(record.rule)  (\(record.at))"
    }
    return text
  }

  private static func records<Record>(
    _ title: String, _ records: LockfileDifference.Records<Record>, _ style: TextStyle,
    _ phrase: (Record) -> String
  ) -> String {
    lines(title, records.added.map(phrase), records.removed.map(phrase), style)
  }

  private static func lines(
    _ title: String, _ added: [String], _ removed: [String], _ style: TextStyle
  ) -> String {
    if added.isEmpty, removed.isEmpty { return "" }
    return style.bold(title) + "\n"
      + removed.map { "  \(style.bad("- " + Printable.line($0)))\n" }.joined()
      + added.map { "  \(style.good("+ " + Printable.line($0)))\n" }.joined()
  }

  private static func phrase(_ source: Provenance?) -> String {
    guard let source else { return "unknown" }
    var text = source.kind
    if let repository = source.repository { text += ":\(repository)" }
    if let revision = source.revision { text += "@\(revision)" }
    return text + (source.isClaimed ? "  (as the tree claims)" : "")
  }

  package static func json(_ outcome: Diff.Outcome) -> [UInt8] {
    JSONOutput.object([
      ("generator", .string(outcome.new.lockfile.generator)),
      ("old", side(outcome.old)), ("new", side(outcome.new)),
      ("same", .boolean(outcome.isSame)),
      ("summary", .string(outcome.summary.description)),
      ("difference", object(outcome.difference)),
    ]).bytes
  }

  private static func side(_ side: Diff.Side) -> JSONOutput {
    .object([
      ("path", .string(side.path)), ("tree", .boolean(side.isTree)),
      ("pin", .string("sha256:\(side.lockfile.pin)")),
    ])
  }

  static func object(_ difference: LockfileDifference) -> JSONOutput {
    .object([
      ("entries", .array(difference.entries.map { DifferenceJSON.object($0, nil) })),
      ("exclude", changes(difference.excludeAdded, difference.excludeRemoved) { .string($0) }),
      (
        "source",
        difference.source.map { change in
          .object([("old", provenance(change.old)), ("new", provenance(change.new))])
        }
      ),
      (
        "dependencies",
        changes(difference.dependencies.added, difference.dependencies.removed) { record in
          .object([
            ("ecosystem", .string(record.ecosystem)), ("name", .string(record.name)),
            ("requirement", .string(record.requirement)),
            ("pinned", .string(record.pinned.rawValue)),
            ("declaredAt", .string(record.declaredAt)),
          ])
        }
      ),
      (
        "downloads",
        changes(difference.downloads.added, difference.downloads.removed) { record in
          .object([
            ("rule", .string(record.rule.text)), ("target", .string(record.target)),
            ("revision", record.revision.map { .string($0) } ?? .null),
            ("pinned", .string(record.pinned.rawValue)), ("at", .string(record.at)),
          ])
        }
      ),
      (
        "licenses",
        changes(difference.licenses.added, difference.licenses.removed) { record in
          .object([
            ("expression", .string(record.expression)),
            ("declaredAt", .string(record.declaredAt)),
          ])
        }
      ),
      (
        "findings",
        changes(difference.findings.added, difference.findings.removed) { record in
          .object([
            ("rule", .string(record.rule.text)), ("severity", .string(record.severity.rawValue)),
            ("at", .string(record.at)), ("fingerprint", .string(record.fingerprint)),
          ])
        }
      ),
    ])
  }

  private static func changes<Record>(
    _ added: [Record], _ removed: [Record], _ object: (Record) -> JSONOutput
  ) -> JSONOutput {
    .object([("added", .array(added.map(object))), ("removed", .array(removed.map(object)))])
  }

  private static func provenance(_ source: Provenance?) -> JSONOutput {
    guard let source else { return .null }
    return .object([
      ("kind", .string(source.kind)), ("repository", .optional(source.repository)),
      ("revision", .optional(source.revision)), ("claimed", .boolean(source.isClaimed)),
    ])
  }
}
