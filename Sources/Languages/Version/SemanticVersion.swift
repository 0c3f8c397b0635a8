/// A version of Semantic Versioning 2.0, as npm and Cargo use it.
package struct SemanticVersion: Hashable, Sendable {
  package enum Identifier: Hashable, Comparable, Sendable {
    case number(VersionNumber)
    case text(String)

    package static func < (left: Identifier, right: Identifier) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)): left < right
      case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
      case (.number, .text): true
      case (.text, .number): false
      }
    }
  }

  package let major: VersionNumber
  package let minor: VersionNumber
  package let patch: VersionNumber
  package let prerelease: [Identifier]

  init(
    _ major: VersionNumber, _ minor: VersionNumber, _ patch: VersionNumber,
    prerelease: [Identifier] = []
  ) {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
  }

  /// Reads `1.2.3-rc.1+build` with an optional `v` or `=` before it; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard let partial = PartialVersion(text), let minor = partial.minor, let patch = partial.patch,
      let major = partial.major
    else { return nil }
    self.init(major, minor, patch, prerelease: partial.prerelease)
  }
}

extension SemanticVersion: Comparable {
  package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
    if left.major != right.major { return left.major < right.major }
    if left.minor != right.minor { return left.minor < right.minor }
    if left.patch != right.patch { return left.patch < right.patch }
    if left.prerelease.isEmpty || right.prerelease.isEmpty {
      return !left.prerelease.isEmpty && right.prerelease.isEmpty
    }
    return left.prerelease.lexicographicallyPrecedes(right.prerelease)
  }
}

/// A version of which parts may be left out or written `x` or `*`.
struct PartialVersion: Hashable, Sendable {
  let major: VersionNumber?
  let minor: VersionNumber?
  let patch: VersionNumber?
  let prerelease: [SemanticVersion.Identifier]

  init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first,
      first == UInt8(ascii: "v") || first == UInt8(ascii: "=") || first == UInt8(ascii: "V")
        || first == 0x20
    { bytes = bytes.dropFirst() }
    if let plus = bytes.firstIndex(of: UInt8(ascii: "+")) { bytes = bytes[..<plus] }
    var identifiers: [SemanticVersion.Identifier] = []
    if let dash = bytes.firstIndex(of: UInt8(ascii: "-")) {
      for part in bytes[(dash + 1)...].split(
        separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      {
        guard !part.isEmpty,
          part.allSatisfy({ TOMLParser.digit($0) != nil || $0 == UInt8(ascii: "-") })
        else { return nil }
        let isNumber = part.allSatisfy { (TOMLParser.digit($0) ?? 99) < 10 }
        identifiers.append(
          isNumber
            ? .number(VersionNumber(digits: part)) : .text(String(decoding: part, as: UTF8.self)))
      }
      bytes = bytes[..<dash]
    }
    var numbers: [VersionNumber?] = []
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    for part in parts {
      switch String(decoding: part, as: UTF8.self) {
      case "x", "X", "*": numbers.append(nil)
      default:
        guard !part.isEmpty, part.allSatisfy({ (TOMLParser.digit($0) ?? 99) < 10 }) else {
          return nil
        }
        numbers.append(VersionNumber(digits: part))
      }
    }
    major = numbers[0]
    // Behind a part left open, everything is open.
    minor = major == nil || numbers.count < 2 ? nil : numbers[1]
    patch = minor == nil || numbers.count < 3 ? nil : numbers[2]
    prerelease = patch == nil ? [] : identifiers
  }

  /// The lowest version that begins like this.
  var floor: SemanticVersion {
    SemanticVersion(major ?? 0, minor ?? 0, patch ?? 0, prerelease: prerelease)
  }

  /// One past the highest version that begins like this; nil when everything does.
  var ceiling: SemanticVersion? {
    guard let major else { return nil }
    guard let minor else { return SemanticVersion(major.successor, 0, 0) }
    guard let patch else { return SemanticVersion(major, minor.successor, 0) }
    return SemanticVersion(major, minor, patch.successor)
  }

  /// One past what `^` allows: the first part that is not zero stays.
  var caretCeiling: SemanticVersion? {
    guard let major else { return nil }
    guard let minor else { return SemanticVersion(major.successor, 0, 0) }
    if !major.isZero { return SemanticVersion(major.successor, 0, 0) }
    guard let patch else { return SemanticVersion(0, minor.successor, 0) }
    if !minor.isZero { return SemanticVersion(0, minor.successor, 0) }
    return SemanticVersion(0, 0, patch.successor)
  }

  /// One past what `~` allows: the minor version stays where one is given.
  var tildeCeiling: SemanticVersion? {
    guard let major else { return nil }
    guard let minor else { return SemanticVersion(major.successor, 0, 0) }
    return SemanticVersion(major, minor.successor, 0)
  }

  var isComplete: Bool { patch != nil }
}
