/// Which semantic versions a requirement of npm or Cargo admits.
package struct SemanticRange: Hashable, Sendable {
  /// Bounds that must both hold.
  private struct Interval: Hashable, Sendable {
    /// The least version that fits; nil for none.
    var floor: SemanticVersion?
    /// The least version above that does not fit; nil for none.
    var ceiling: SemanticVersion?
    /// Above `floor` only.
    var excludesFloor = false
    /// Up to and with `ceiling`.
    var includesCeiling = false

    func admits(_ version: SemanticVersion) -> Bool {
      if let floor {
        if version < floor || (excludesFloor && version == floor) { return false }
      }
      if let ceiling {
        if includesCeiling ? version > ceiling : version >= ceiling { return false }
      }
      return true
    }
  }

  /// Alternatives, each a list of intervals that must all hold.
  private let alternatives: [[Interval]]
  /// The version that alone fits, where the requirement names one completely.
  package let exactVersion: String?

  /// Whether `version` fits, pre-releases not treated apart.
  package func admits(_ version: SemanticVersion) -> Bool {
    alternatives.contains { $0.allSatisfy { $0.admits(version) } }
  }

  /// Whether every version fits.
  package var isAny: Bool {
    alternatives.contains { $0.allSatisfy { $0.floor == nil && $0.ceiling == nil } }
  }

  /// Reads a range of npm: `^1.2`, `1.x || >=2 <3`, `1 - 2`; nil for anything else (a tag, an
  /// address).
  package static func npm(_ text: some StringProtocol) -> SemanticRange? {
    var alternatives: [[Interval]] = []
    var exact: String?
    let pieces = split(String(text), separator: "||")
    for piece in pieces {
      let words = joined(piece)
      var intervals: [Interval] = []
      var index = 0
      while index < words.count {
        if index + 2 < words.count, words[index + 1] == "-" {
          guard let low = PartialVersion(words[index]), let high = PartialVersion(words[index + 2])
          else { return nil }
          intervals.append(Interval(floor: low.floor))
          intervals.append(
            high.isComplete
              ? Interval(ceiling: high.floor, includesCeiling: true)
              : Interval(ceiling: high.ceiling))
          index += 3
          continue
        }
        guard let interval = comparator(words[index], bareIsCaret: false) else { return nil }
        intervals.append(interval)
        index += 1
      }
      if pieces.count == 1, words.count == 1, let version = SemanticVersion(words[0]),
        words[0].first != ">", words[0].first != "<"
      {
        exact = words[0]
        _ = version
      }
      alternatives.append(intervals)
    }
    return SemanticRange(alternatives: alternatives, exactVersion: exact)
  }

  /// Reads a requirement of Cargo: `1.2` (like `^1.2`), `=1.2.3`, `~1`, `>=1, <2`, `*`.
  package static func cargo(_ text: some StringProtocol) -> SemanticRange? {
    var intervals: [Interval] = []
    let pieces = text.split(separator: ",").map { trimmed(String($0)) }
    guard !pieces.isEmpty else { return nil }
    var exact: String?
    for piece in pieces {
      guard let interval = comparator(piece, bareIsCaret: true) else { return nil }
      intervals.append(interval)
      if piece.hasPrefix("="), SemanticVersion(piece) != nil {
        exact = trimmed(String(piece.dropFirst()))
      }
    }
    return SemanticRange(alternatives: [intervals], exactVersion: exact)
  }

  private static func comparator(_ text: String, bareIsCaret: Bool) -> Interval? {
    let mark = text.prefix { "<>=~^".contains($0) }
    guard let version = PartialVersion(trimmed(String(text.dropFirst(mark.count)))) else {
      return nil
    }
    switch mark {
    case "", "=":
      if mark.isEmpty, bareIsCaret, version.major != nil {
        let hasWildcard = text.contains("*") || text.contains("x")
        return Interval(
          floor: version.floor, ceiling: hasWildcard ? version.ceiling : version.caretCeiling)
      }
      if version.isComplete {
        return Interval(floor: version.floor, ceiling: version.floor, includesCeiling: true)
      }
      return version.major == nil
        ? Interval() : Interval(floor: version.floor, ceiling: version.ceiling)
    case "^": return Interval(floor: version.floor, ceiling: version.caretCeiling)
    case "~", "~>": return Interval(floor: version.floor, ceiling: version.tildeCeiling)
    case ">=": return Interval(floor: version.floor)
    case ">":
      return version.isComplete
        ? Interval(floor: version.floor, excludesFloor: true) : Interval(floor: version.ceiling)
    case "<": return Interval(ceiling: version.floor)
    case "<=":
      return version.isComplete
        ? Interval(ceiling: version.floor, includesCeiling: true)
        : Interval(ceiling: version.ceiling)
    default: return nil
    }
  }

  // MARK: Words

  private static func split(_ text: String, separator: String) -> [String] {
    var pieces: [String] = []
    var rest = text[...]
    while let range = rest.firstRange(of: separator) {
      pieces.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    pieces.append(String(rest))
    return pieces
  }

  /// Words between blanks, an operator joined to the version behind it.
  private static func joined(_ text: String) -> [String] {
    var words: [String] = []
    var pending = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," }) {
      if word.allSatisfy({ "<>=~^".contains($0) }) {
        pending += word
      } else {
        words.append(pending + word)
        pending = ""
      }
    }
    return words
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.first == " " || text.first == "\t" { text = text.dropFirst() }
    while text.last == " " || text.last == "\t" { text = text.dropLast() }
    return String(text)
  }
}
