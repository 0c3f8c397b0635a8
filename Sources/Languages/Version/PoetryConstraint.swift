/// A version constraint of Poetry and pixi: PEP 440 with `^`, `~`, bare versions and `||`.
package struct PoetryConstraint: Hashable, Sendable {
  private enum Clause: Hashable, Sendable {
    case any
    case specifier(PythonSpecifierSet)
    case between(PythonVersion, PythonVersion)

    func admits(_ version: PythonVersion) -> Bool {
      switch self {
      case .any: true
      case .specifier(let set): set.admits(version)
      case .between(let floor, let ceiling): version >= floor && version < ceiling
      }
    }
  }

  private let alternatives: [[Clause]]
  /// The version that alone fits, if the constraint names one.
  package let exactVersion: String?

  /// Whether `version` fits, pre-releases not treated apart.
  package func admits(_ version: PythonVersion) -> Bool {
    alternatives.contains { $0.allSatisfy { $0.admits(version) } }
  }

  /// Whether every version fits.
  package var isAny: Bool {
    alternatives.contains { $0.allSatisfy { $0 == .any } }
  }

  /// Reads a constraint; nil when it is none.
  package init?(_ text: some StringProtocol) {
    var alternatives: [[Clause]] = []
    var exact: [String] = []
    for alternative in text.split(separator: "|") {
      var clauses: [Clause] = []
      for piece in alternative.split(separator: ",") {
        let word = String(piece.filter { $0 != " " && $0 != "\t" })
        if word.isEmpty { continue }
        guard let clause = Self.clause(word) else { return nil }
        if case .specifier(let set) = clause, let version = set.exactVersion {
          exact.append(version)
        }
        clauses.append(clause)
      }
      if !clauses.isEmpty { alternatives.append(clauses) }
    }
    guard !alternatives.isEmpty else { return nil }
    self.alternatives = alternatives
    exactVersion = alternatives.count == 1 ? exact.first : nil
  }

  private static func clause(_ word: String) -> Clause? {
    if word == "*" { return .any }
    if word.hasPrefix("^"), let version = PythonVersion(word.dropFirst()) {
      return .between(version, ceiling(of: version, keeping: caretIndex(version)))
    }
    if word.hasPrefix("~"), !word.hasPrefix("~="), let version = PythonVersion(word.dropFirst()) {
      return .between(version, ceiling(of: version, keeping: version.release.count > 1 ? 1 : 0))
    }
    if let first = word.utf8.first, (TOMLParser.digit(first) ?? 99) < 10 || word.hasPrefix("v") {
      return PythonSpecifierSet("==" + word).map { .specifier($0) }
    }
    if word.hasPrefix("="), !word.hasPrefix("==") {
      return PythonSpecifierSet("=" + word).map { .specifier($0) }
    }
    return PythonSpecifierSet(word).map { .specifier($0) }
  }

  /// The part that `^` lets grow no further: the first that is not zero.
  private static func caretIndex(_ version: PythonVersion) -> Int {
    version.release.firstIndex { !$0.isZero } ?? version.release.count - 1
  }

  private static func ceiling(of version: PythonVersion, keeping index: Int) -> PythonVersion {
    var release = Array(version.release.prefix(index + 1))
    if !release.isEmpty { release[release.count - 1] = release[release.count - 1].successor }
    var bound = PythonVersion(release: release)
    bound.epoch = version.epoch
    return bound
  }
}
