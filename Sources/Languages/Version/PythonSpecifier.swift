/// One clause of a version specifier, by PEP 440: an operator and a version.
package struct PythonSpecifier: Hashable, Sendable {
  package enum Comparison: String, Sendable {
    case compatible = "~="
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
    /// Compares the texts.
    case identical = "==="
  }

  package let comparison: Comparison
  /// The version as written, with `.*` if it is a prefix.
  package let text: String
  /// What the version means; nil only for `===` with text that is no version.
  package let version: PythonVersion?
  /// Whether the version stands for everything that begins with it.
  package let isPrefix: Bool

  init(_ comparison: Comparison, text: String, version: PythonVersion?, isPrefix: Bool) {
    self.comparison = comparison
    self.text = text
    self.version = version
    self.isPrefix = isPrefix
  }

  /// Whether exactly one version fits, local labels aside.
  package var isExact: Bool {
    switch comparison {
    case .equal: !isPrefix
    case .identical: !text.isEmpty
    default: false
    }
  }

  /// Whether `candidate` fits, pre-releases not treated apart.
  package func admits(_ candidate: PythonVersion) -> Bool {
    if comparison == .identical {
      return candidate.description == text.lowercased()
    }
    guard let version else { return false }
    switch comparison {
    case .identical: return false
    case .equal: return equals(version, candidate)
    case .notEqual: return !equals(version, candidate)
    case .atLeast: return candidate >= version
    case .atMost: return candidate <= version || candidate.publicVersion == version
    case .compatible:
      return candidate >= version && candidate.epoch == version.epoch
        && candidate.releaseBegins(with: Array(version.release.dropLast()))
    case .less:
      // What leads up to a version does not count as less than it.
      var bound = version
      if !version.isPrerelease { bound.development = 0 }
      return candidate < bound
    case .greater:
      guard candidate > version else { return false }
      if version.development != nil || version.post != nil {
        return candidate.publicVersion != version
      }
      // Neither local builds nor post-releases of a version count as greater than it.
      let isSameBase =
        candidate.epoch == version.epoch && candidate.prerelease == version.prerelease
        && candidate.trimmedRelease.elementsEqual(version.trimmedRelease)
      return !(isSameBase && (candidate.development == nil || candidate.post != nil))
    }
  }

  private func equals(_ version: PythonVersion, _ candidate: PythonVersion) -> Bool {
    if isPrefix {
      return candidate.epoch == version.epoch && candidate.releaseBegins(with: version.release)
    }
    return version.local.isEmpty
      ? candidate.publicVersion == version : candidate == version
  }
}

extension PythonSpecifier: CustomStringConvertible {
  package var description: String { comparison.rawValue + text }
}

/// A list of clauses that must all hold.
package struct PythonSpecifierSet: Hashable, Sendable {
  package let clauses: [PythonSpecifier]

  package init(_ clauses: [PythonSpecifier]) {
    self.clauses = clauses
  }

  /// Reads a specifier as a whole: `>=1.0,<2`, perhaps empty; nil when PEP 440 does not know it.
  package init?(_ text: some StringProtocol) {
    var clauses: [PythonSpecifier] = []
    for piece in text.utf8.split(separator: UInt8(ascii: ",")) {
      let bytes = Array(piece)
      guard let start = bytes.firstIndex(where: { !PythonVersion.isSpace($0) }) else { continue }
      let end = bytes.lastIndex { !PythonVersion.isSpace($0) } ?? start
      var scanner = PythonSpecifierScanner(bytes[start...end])
      clauses += scanner.clauses()
      guard scanner.isAtEnd else { return nil }
    }
    self.clauses = clauses
  }

  package var isEmpty: Bool { clauses.isEmpty }

  /// The version that alone fits, if one clause names it exactly: `==1.0`, `==1.0,!=1.1`.
  package var exactVersion: String? {
    clauses.first(where: \.isExact)?.text
  }

  /// Whether `candidate` fits every clause, pre-releases not treated apart.
  package func admits(_ candidate: PythonVersion) -> Bool {
    clauses.allSatisfy { $0.admits(candidate) }
  }
}

extension PythonSpecifierSet: CustomStringConvertible {
  package var description: String {
    clauses.map(\.description).joined(separator: ",")
  }
}
