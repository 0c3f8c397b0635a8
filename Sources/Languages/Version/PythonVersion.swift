/// A version of a Python package, by PEP 440.
package struct PythonVersion: Hashable, Sendable {
  package enum Stage: Int, Comparable, Sendable {
    case alpha, beta, candidate

    package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  package struct Prerelease: Hashable, Comparable, Sendable {
    package let stage: Stage
    package let number: VersionNumber

    package static func < (left: Prerelease, right: Prerelease) -> Bool {
      left.stage == right.stage ? left.number < right.number : left.stage < right.stage
    }
  }

  package enum LocalPart: Hashable, Comparable, Sendable {
    case text(String)
    case number(VersionNumber)

    package static func < (left: LocalPart, right: LocalPart) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)): left < right
      case (.text(let left), .text(let right)):
        left.utf8.lexicographicallyPrecedes(right.utf8)
      // A number comes after any text.
      case (.text, .number): true
      case (.number, .text): false
      }
    }
  }

  package var epoch: VersionNumber = 0
  /// `1.0` and `1.0.0` are the same version; zeros at the end are kept as written.
  package var release: [VersionNumber]
  package var prerelease: Prerelease?
  package var post: VersionNumber?
  package var development: VersionNumber?
  /// The label after `+`; empty if there is none.
  package var local: [LocalPart] = []

  /// Reads a version as a whole; nil when PEP 440 does not know it.
  package init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.first, PythonVersion.isSpace(byte) { bytes = bytes.dropFirst() }
    while let byte = bytes.last, PythonVersion.isSpace(byte) { bytes = bytes.dropLast() }
    var scanner = PythonVersionScanner(bytes)
    guard let version = scanner.version(allowsLocal: true), scanner.isAtEnd else { return nil }
    self = version
  }

  init(release: [VersionNumber]) {
    self.release = release
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// Whether this comes before the release it names: a pre-release or a development release.
  package var isPrerelease: Bool { prerelease != nil || development != nil }

  /// The version without its local label.
  package var publicVersion: PythonVersion {
    var version = self
    version.local = []
    return version
  }

  /// The release without zeros at its end.
  var trimmedRelease: ArraySlice<VersionNumber> {
    var trimmed = release[...]
    while trimmed.count > 1, trimmed.last?.isZero == true { trimmed = trimmed.dropLast() }
    return trimmed
  }

  /// Whether the release begins with `prefix`, both filled up with zeros.
  func releaseBegins(with prefix: [VersionNumber]) -> Bool {
    for (index, number) in prefix.enumerated() {
      guard (index < release.count ? release[index] : 0) == number else { return false }
    }
    return true
  }
}

extension PythonVersion: Comparable {
  package static func == (left: PythonVersion, right: PythonVersion) -> Bool {
    left.epoch == right.epoch && left.trimmedRelease.elementsEqual(right.trimmedRelease)
      && left.prerelease == right.prerelease && left.post == right.post
      && left.development == right.development && left.local == right.local
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    for number in trimmedRelease { hasher.combine(number) }
    hasher.combine(prerelease)
    hasher.combine(post)
    hasher.combine(development)
    hasher.combine(local)
  }

  package static func < (left: PythonVersion, right: PythonVersion) -> Bool {
    if left.epoch != right.epoch { return left.epoch < right.epoch }
    if !left.trimmedRelease.elementsEqual(right.trimmedRelease) {
      return left.trimmedRelease.lexicographicallyPrecedes(right.trimmedRelease)
    }
    if left.stageRank != right.stageRank { return left.stageRank < right.stageRank }
    if let first = left.prerelease, let second = right.prerelease, first != second {
      return first < second
    }
    if left.post != right.post {
      guard let first = left.post else { return true }
      guard let second = right.post else { return false }
      return first < second
    }
    if left.development != right.development {
      // A development release comes before what it leads to.
      guard let first = left.development else { return false }
      guard let second = right.development else { return true }
      return first < second
    }
    return left.local.lexicographicallyPrecedes(right.local)
  }

  /// 0 for development releases of the release itself, 1 for pre-releases, 2 for the rest.
  private var stageRank: Int {
    if prerelease != nil { return 1 }
    return post == nil && development != nil ? 0 : 2
  }
}

extension PythonVersion: CustomStringConvertible {
  /// The normal form: `1!2.0rc1.post2.dev3+cu.118`.
  package var description: String {
    var text = epoch.isZero ? "" : "\(epoch)!"
    text += release.map(\.description).joined(separator: ".")
    if let prerelease {
      let letters: [Stage: String] = [.alpha: "a", .beta: "b", .candidate: "rc"]
      text += (letters[prerelease.stage] ?? "") + prerelease.number.description
    }
    if let post { text += ".post\(post)" }
    if let development { text += ".dev\(development)" }
    if !local.isEmpty {
      text +=
        "+"
        + local.map { part in
          switch part {
          case .text(let text): text
          case .number(let number): number.description
          }
        }.joined(separator: ".")
    }
    return text
  }
}
