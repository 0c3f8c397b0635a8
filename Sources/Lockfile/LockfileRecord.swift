package import Core
import JSON

/// A record of one of the lockfile's lists: one line of JSON.
package protocol LockfileRecord: Hashable, Sendable {
  /// Names and values in the order in which they are written; nil stands for `null`.
  var members: [(name: String, value: String?)] { get }
}

extension LockfileRecord {
  /// The record as it stands in the lockfile, without indentation and comma.
  package var line: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    for (name, value) in members {
      writer.key(name)
      if let value { writer.string(value) } else { writer.null() }
    }
    writer.endObject()
    return writer.bytes
  }
}

extension Collection where Element: LockfileRecord {
  /// The records by the bytes of their lines, each once.
  var inRecordOrder: [Element] {
    let lines = map { (record: $0, line: $0.line) }
    var result: [Element] = []
    var last: [UInt8]?
    for (record, line) in lines.sorted(by: { $0.line.lexicographicallyPrecedes($1.line) })
    where line != last {
      result.append(record)
      last = line
    }
    return result
  }
}

/// A dependency that the tree declares.
package struct LockedDependency: LockfileRecord {
  /// `pypi`, `conda`, `npm`, `docker`, …
  package let ecosystem: String
  package let name: String
  /// As declared; empty when none is.
  package let requirement: String
  package let pinned: Pinning
  /// `path:line` of the declaration.
  package let declaredAt: String

  package init(
    ecosystem: String, name: String, requirement: String, pinned: Pinning, declaredAt: String
  ) {
    self.ecosystem = ecosystem
    self.name = name
    self.requirement = requirement
    self.pinned = pinned
    self.declaredAt = declaredAt
  }

  package var members: [(name: String, value: String?)] {
    [
      ("ecosystem", ecosystem), ("name", name), ("requirement", requirement),
      ("pinned", pinned.rawValue), ("declaredAt", declaredAt),
    ]
  }
}

/// Something that the tree fetches when it runs.
package struct LockedDownload: LockfileRecord {
  package let rule: RuleID
  /// What is fetched, resolved as far as possible.
  package let target: String
  /// The revision asked for; nil when none is.
  package let revision: String?
  package let pinned: Pinning
  /// `path:line` of the call.
  package let at: String

  package init(rule: RuleID, target: String, revision: String?, pinned: Pinning, at: String) {
    self.rule = rule
    self.target = target
    self.revision = revision
    self.pinned = pinned
    self.at = at
  }

  package var members: [(name: String, value: String?)] {
    [
      ("rule", rule.text), ("target", target), ("revision", revision), ("pinned", pinned.rawValue),
      ("at", at),
    ]
  }
}

/// A license that the tree declares.
package struct LockedLicense: LockfileRecord {
  /// An SPDX expression, or `LicenseRef-…`.
  package let expression: String
  /// `path` or `path:line` of the text or declaration.
  package let declaredAt: String

  package init(expression: String, declaredAt: String) {
    self.expression = expression
    self.declaredAt = declaredAt
  }

  package var members: [(name: String, value: String?)] {
    [
      ("expression", expression), ("declaredAt", declaredAt),
    ]
  }
}

/// A finding above `info`.
package struct LockedFinding: LockfileRecord {
  package let rule: RuleID
  package let severity: Severity
  /// `path`, `path:line` or `path@offset`.
  package let at: String
  /// 64 lower-case hexadecimal digits.
  package let fingerprint: String

  package init(rule: RuleID, severity: Severity, at: String, fingerprint: String) {
    self.rule = rule
    self.severity = severity
    self.at = at
    self.fingerprint = fingerprint
  }

  package var members: [(name: String, value: String?)] {
    [
      ("rule", rule.text), ("severity", severity.rawValue), ("at", at),
      ("fingerprint", fingerprint),
    ]
  }
}
