import Core
import Lockfile

/// The lockfile's lists, made from findings.
struct LockedReferences {
  private(set) var dependencies: [LockedDependency] = []
  private(set) var downloads: [LockedDownload] = []
  private(set) var findings: [LockedFinding] = []

  /// References of whatever severity; findings above `info`, accepted or not.
  init(_ judged: [JudgedFinding]) {
    for entry in judged {
      let finding = entry.finding
      switch finding.reference {
      case .dependency(let ecosystem, let name, let requirement):
        dependencies.append(
          LockedDependency(
            ecosystem: ecosystem, name: name, requirement: requirement,
            pinned: finding.pinning ?? .dynamic, declaredAt: finding.location.place))
      case .download(let target, let revision):
        downloads.append(
          LockedDownload(
            rule: finding.rule, target: target, revision: revision,
            pinned: finding.pinning ?? .dynamic, at: finding.location.place))
      case nil: break
      }
      if finding.severity > .info {
        findings.append(
          LockedFinding(
            rule: finding.rule, severity: finding.severity, at: finding.location.place,
            fingerprint: entry.fingerprint))
      }
    }
  }
}
