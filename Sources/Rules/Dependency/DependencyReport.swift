import Core
import Languages

/// Findings about one dependency, worded alike by every rule of this family.
enum DependencyReport {
  /// The finding of `rule` about `dependency`.
  static func finding(
    _ rule: RuleID, _ severity: Severity, _ dependency: Dependency, fix: String
  ) -> Finding {
    let level = dependency.effectiveLevel
    return Finding(
      rule, severity, at: dependency.location, message(dependency), pinning: level.pinning,
      reference: .dependency(
        ecosystem: dependency.ecosystem.rawValue, name: dependency.name,
        requirement: dependency.requirement),
      fix: fix,
      construct: [dependency.group, dependency.construct].compactMap { $0 }.joined(separator: ": "))
  }

  /// Whether the dependency belongs to development only and so reaches no user of the model.
  static func lowered(_ severity: Severity, _ dependency: Dependency) -> Severity {
    dependency.purpose == .development ? severity.moved(by: -1) : severity
  }

  /// Limits that only count when something else asks for the package.
  static func isLimit(_ dependency: Dependency) -> Bool {
    dependency.purpose == .constraint && dependency.group != nil
  }

  private static func message(_ dependency: Dependency) -> String {
    let source = dependency.ecosystem.title
    let name = dependency.name
    let wanted = dependency.requirement
    var text: String
    switch dependency.effectiveLevel {
    case .nothing: text = "takes \(name) (\(source)) without naming a version"
    case .range: text = "takes \(name) (\(source)) at `\(wanted)`, which several versions satisfy"
    case .version:
      let version = dependency.lock?.version ?? wanted
      text =
        "takes \(name) (\(source)) at the exact version `\(version)`, but no hash fixes its content"
    case .tag: text = "takes \(name) (\(source)) at `\(wanted)`, a name that its owner can move"
    case .branch:
      text =
        wanted.isEmpty
        ? "takes \(name) (\(source)) at whatever its default branch holds"
        : "takes \(name) (\(source)) at `\(wanted)`, which is neither a commit nor a digest"
    case .dynamic:
      text = "takes \(name) (\(source)) at a version that is only known where it runs"
    case .commit: text = "takes \(name) (\(source)) at a full commit"
    case .content: text = "takes \(name) (\(source)) with a digest of its content"
    case .local: text = "takes \(name) (\(source)) from this repository"
    }
    if let lock = dependency.lock {
      text += " (\(lock.path) locks \(lock.version))"
    } else if let constraint = dependency.constrainedBy {
      text += " (limited by \(constraint.path))"
    }
    return text
  }
}
