import Core

/// A reference to a container image: `registry/name:tag@sha256:…`.
package struct ImageReference: Hashable, Sendable {
  /// Registry and repository.
  package let name: String
  package let tag: String?
  /// `sha256:…` in full, only where it is whole.
  package let digest: String?

  /// Reads a reference without unknown parts; nil for text that names no image.
  package init?(_ text: some StringProtocol) {
    var rest = String(text)
    if let scheme = rest.firstRange(of: "docker://"), scheme.lowerBound == rest.startIndex {
      rest = String(rest[scheme.upperBound...])
    }
    var digest: String?
    if let at = rest.lastIndex(of: "@") {
      let tail = rest[rest.index(after: at)...]
      let hex = tail.hasPrefix("sha256:") ? tail.dropFirst(7) : ""
      if hex.utf8.count == 64, hex.utf8.allSatisfy({ (TOMLParser.digit($0) ?? 99) < 16 }) {
        digest = String(tail)
      }
      rest = String(rest[..<at])
    }
    var tag: String?
    if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
      let written = String(rest[rest.index(after: colon)...])
      if !written.isEmpty { tag = written }
      rest = String(rest[..<colon])
    }
    guard let first = rest.utf8.first, TOMLParser.digit(first) != nil,
      rest.utf8.allSatisfy({ TOMLParser.digit($0) != nil || "._-/:".utf8.contains($0) })
    else { return nil }
    name = rest
    self.tag = tag
    self.digest = digest
  }

  /// How firmly the reference fixes the image; `latest` says no more than no tag.
  package var level: Dependency.Level {
    if digest != nil { return .content }
    return tag == nil || tag == "latest" ? .nothing : .tag
  }

  /// The dependency that the text of a reference means, unknown parts (`$`, `{{`) and all; nil for
  /// text that names no image.
  static func dependency(_ text: String, at location: Location, group: String?) -> Dependency? {
    if let image = ImageReference(text) {
      let requirement = [image.tag, image.digest].compactMap { $0 }.joined(separator: "@")
      return Dependency(
        .docker, image.name, requirement, image.level, at: location, group: group, construct: text)
    }
    guard text.contains("$") || text.contains("{") || text.contains("<") else { return nil }
    // A whole digest behind a name with a variable in it still fixes the content.
    var level = Dependency.Level.dynamic
    if let at = text.lastIndex(of: "@"),
      let image = ImageReference("x" + text[at...]), image.digest != nil
    {
      level = .content
    }
    return Dependency(
      .docker, Construct.normalised(text), "", level, at: location, group: group, construct: text)
  }
}
