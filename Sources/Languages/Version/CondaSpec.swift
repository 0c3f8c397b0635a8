/// A package specification of conda: `channel::name[version='…'] version build`, `name=1.2=build`.
package struct CondaSpec: Hashable, Sendable {
  package let channel: String?
  package let name: String
  /// The version part as written, operators included; empty if there is none.
  package let version: String
  package let build: String?
  /// A digest given in brackets or behind `#`.
  package let digest: String?

  /// Whether one version of one build is named: `name=1.2.3=h123_0`.
  package var isExactBuild: Bool {
    guard let build, !build.isEmpty, !build.contains("*") else { return false }
    return CondaSpec.isPlain(CondaSpec.unmarked(version))
  }

  /// The version that alone fits: `==1.2.3`, or `=1.2.3` with a build. A single `=` is a prefix.
  package var exactVersion: String? {
    let plain = CondaSpec.unmarked(version)
    guard CondaSpec.isPlain(plain) else { return nil }
    if version.hasPrefix("==") || isExactBuild { return plain }
    return nil
  }

  private static func unmarked(_ version: String) -> String {
    String(version.drop { $0 == "=" || $0 == " " })
  }

  private static func isPlain(_ version: String) -> Bool {
    !version.isEmpty && !version.contains { "<>!~*|,^ ".contains($0) }
  }

  /// Reads a specification; nil when it names no package.
  package init?(_ text: some StringProtocol) {
    var rest = String(text)
    var digest: String?
    if let hash = rest.firstIndex(of: "#") {
      let tail = String(rest[rest.index(after: hash)...])
      if !tail.isEmpty, tail.utf8.allSatisfy({ (TOMLParser.digit($0) ?? 99) < 16 }) {
        digest = tail
      }
      rest = String(rest[..<hash])
    }
    var fields: [String: String] = [:]
    if let open = rest.firstIndex(of: "["), let close = rest.lastIndex(of: "]"), open < close {
      for field in rest[rest.index(after: open)..<close].split(separator: ",") {
        let pair = field.split(separator: "=", maxSplits: 1)
        guard pair.count == 2 else { continue }
        let strip: (Substring) -> String = { String($0.filter { !" '\"".contains($0) }) }
        fields[strip(pair[0])] = strip(pair[1])
      }
      rest = String(rest[..<open]) + String(rest[rest.index(after: close)...])
    }
    if let separator = rest.firstRange(of: "::") {
      channel = String(rest[..<separator.lowerBound])
      rest = String(rest[separator.upperBound...])
    } else {
      channel = fields["channel"]
    }
    rest = String(rest.drop { $0 == " " || $0 == "\t" })
    let name = rest.prefix { !" \t=<>!~".contains($0) }
    guard !name.isEmpty,
      name.utf8.allSatisfy({
        TOMLParser.digit($0) != nil || "_-.*".utf8.contains($0)
      })
    else { return nil }
    self.name = name.lowercased()
    var tail = rest.dropFirst(name.count).drop { $0 == " " || $0 == "\t" }
    while let last = tail.last, last == " " || last == "\t" { tail = tail.dropLast() }
    var version = String(tail)
    var build: String? = nil
    if !tail.contains(where: { "<>!~|,".contains($0) }) {
      // `=1.2=build`, `==1.2=build`, `1.2 build`, `=1.2 build`.
      let mark = tail.prefix { $0 == "=" }
      let parts = tail.dropFirst(mark.count).split(maxSplits: 1) { $0 == "=" || $0 == " " }
      if parts.count == 2 {
        version = mark + String(parts[0])
        build = String(parts[1].filter { $0 != " " })
      }
    }
    self.version = fields["version"] ?? version
    self.build = fields["build"] ?? build
    self.digest = fields["sha256"] ?? fields["md5"] ?? digest
  }
}
