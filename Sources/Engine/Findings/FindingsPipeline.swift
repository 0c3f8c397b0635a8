package import Core
import Hashing
package import Rules

/// From an analysed repository to judged findings: the same for every command.
package enum FindingsPipeline {
  /// Everything that `rules` find, in report order, each once, with fingerprint and judgement.
  ///
  /// - Throws: `EngineError.configuration` when an acceptance names another rule or path than the
  ///   finding of its fingerprint.
  package static func run(
    _ subject: Subject, rules: [any Rule.Type] = RuleCatalogue.all, in context: RunContext
  ) throws(EngineError) -> [JudgedFinding] {
    let found = WorkerPool(jobs: context.jobs).map(rules.count) { index in
      rules[index].init().findings(in: subject)
    }
    return try judge(found.flatMap { $0 }, in: context)
  }

  /// Puts findings in order, drops repetitions, and asks the configuration.
  package static func judge(
    _ findings: [Finding], in context: RunContext
  ) throws(EngineError) -> [JudgedFinding] {
    var seen: Set<Finding> = []
    let ordered = findings.filter { seen.insert($0).inserted }.sorted(by: precedes)
    let fingerprints = try Fingerprint.of(ordered)
    let policy = Policy(context.configuration, today: context.today)
    var judged: [JudgedFinding] = []
    judged.reserveCapacity(ordered.count)
    for (finding, fingerprint) in zip(ordered, fingerprints) {
      judged.append(try policy.judge(finding, fingerprint: fingerprint))
    }
    return judged
  }

  /// Report order, and beyond: findings that a report shows alike still have one order, whatever
  /// order the rules gave them in.
  private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left < right { return true }
    if right < left { return false }
    if left.construct != right.construct { return left.construct < right.construct }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.pinning != right.pinning {
      return (left.pinning ?? .local) < (right.pinning ?? .local)
    }
    return "\(left.reference, default: "")\(left.trace)"
      < "\(right.reference, default: "")\(right.trace)"
  }

  /// The rules whose names match one of `patterns`; all of them when there are none.
  ///
  /// In a pattern `*` stands for any run of characters, also across the slash.
  /// - Throws: `EngineError.unknownRule` for a pattern that matches no rule.
  package static func rules(
    matching patterns: [String], among rules: [any Rule.Type] = RuleCatalogue.all
  ) throws(EngineError) -> [any Rule.Type] {
    if patterns.isEmpty { return rules }
    var chosen = Set<RuleID>()
    for pattern in patterns {
      let matches = rules.filter {
        Self.matches(Array(pattern.utf8), Array($0.documentation.id.text.utf8))
      }
      if matches.isEmpty {
        throw .unknownRule(
          pattern, nearest: NearestName.of(pattern, among: rules.map { $0.documentation.id.text }))
      }
      chosen.formUnion(matches.map { $0.documentation.id })
    }
    return rules.filter { chosen.contains($0.documentation.id) }
  }

  /// Whether a pattern with `*` matches a name; time is bounded by the product of their lengths.
  private static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var place = 0
    var index = 0
    var star: (place: Int, index: Int)?
    while index < name.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, index)
        place += 1
      } else if place < pattern.count, pattern[place] == name[index] {
        place += 1
        index += 1
      } else if let last = star {
        star = (last.place, last.index + 1)
        place = last.place + 1
        index = last.index + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
