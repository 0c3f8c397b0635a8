package import Core

/// Something that a build, deployment or web file names to be fetched, together with whatever fixes
/// it in the same declaration.
package struct DeclaredDownload: Sendable {
  /// What arrives, and what is done with it.
  package enum Kind: Sendable {
    /// A file that is kept as it is.
    case file
    /// Sources or an archive that is unpacked and built.
    case code
    /// A repository.
    case repository
    /// A script that a browser runs.
    case script
    /// What a browser shows.
    case style
  }

  package let kind: Kind
  /// The address, as far as known.
  package let target: String
  /// The commit, tag or branch; empty when none is named.
  package let revision: String
  package let level: Dependency.Level
  package let location: Location
  /// What names it, as written: `FetchContent_Declare`, `get_url`.
  package let cause: String

  /// A file at an address; a digest that is complete fixes its content.
  static func file(
    _ target: String, digest: String?, kind: Kind = .code, at location: Location, cause: String
  ) -> DeclaredDownload? {
    guard isRemote(target) else { return nil }
    let isKnown = !target.contains("${") && !target.contains("{{") && !target.contains("$(")
    let level: Dependency.Level =
      digest.map(isDigest) ?? false ? .content : isKnown ? .branch : .dynamic
    return DeclaredDownload(
      kind: kind, target: target, revision: "", level: level, location: location, cause: cause)
  }

  /// The same, fixed as firmly as something beside it says.
  func fixed(_ level: Dependency.Level) -> DeclaredDownload {
    DeclaredDownload(
      kind: kind, target: target, revision: revision, level: level, location: location,
      cause: cause)
  }

  /// A repository at a commit, tag or branch.
  static func repository(
    _ target: String, revision: String?, at location: Location, cause: String
  ) -> DeclaredDownload? {
    guard isRemote(target) || target.hasPrefix("git@") else { return nil }
    let text = revision ?? ""
    let level: Dependency.Level =
      text.isEmpty ? .nothing : Dependency.Level(Pinning(git: text))
    return DeclaredDownload(
      kind: .repository, target: target, revision: text,
      level: text.contains("${") ? .dynamic : level, location: location, cause: cause)
  }

  /// An address of another machine.
  private static func isRemote(_ target: String) -> Bool {
    guard let mark = target.firstRange(of: "://") else { return false }
    let scheme = target[..<mark.lowerBound].lowercased()
    guard scheme != "file" else { return false }
    let host = target[mark.upperBound...].prefix { $0 != "/" && $0 != ":" }.lowercased()
    return host != "localhost" && !host.hasPrefix("127.")
  }

  /// `SHA256=<hex>`, `sha256:<hex>`, `sha256-<base64>` or the bare hex digits, of SHA-256 or longer.
  static func isDigest(_ text: String) -> Bool {
    let words = text.split { $0 == "=" || $0 == ":" }
    let last = words.last.map(String.init) ?? ""
    if let dash = text.firstIndex(of: "-") {
      let name = text[..<dash].lowercased()
      let length = ["sha256": 43, "sha384": 64, "sha512": 86][name]
      let value = text[text.index(after: dash)...].prefix { $0 != " " }
      if let length { return value.drop { $0 == "=" }.filter { $0 != "=" }.count == length }
    }
    return last.utf8.count >= 64 && last.utf8.allSatisfy(\.isHexadecimal)
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    isDigit || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "f")
  }
}
