package import Core

/// Lists code in languages that have no reader here.
package struct UnreadLanguage: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/unread-language",
    severity: .medium,
    summary: "Code in a language that has no reader here was not examined.",
    why: """
      JavaScript, R, PowerShell, Perl, C++, CUDA and the like can fetch and run anything. The file is \
      hashed, but what it would do is unknown; it matters where something in the tree runs it.
      """,
    fix: "Review the file by hand and accept the finding, or remove it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let unread = subject.repository.sources.filter { source in
      source.claims.contains(.foreignCode) && source.claims.isDisjoint(with: [.python, .shell])
    }
    guard !unread.isEmpty else { return [] }
    let named = Self.namesMentioned(
      among: Set(unread.map(\.path.name)), in: subject.repository.sources)
    return unread.map { source in
      let language = source.format?.name ?? "a language without a reader"
      let caller = named[source.path.name].flatMap { callers in
        callers.first { $0 != source.path }
      }
      return Finding(
        Self.id, caller == nil ? .info : Self.documentation.severity, at: Location(source.path),
        .notExamined(language, caller), fix: Self.documentation.fix, construct: language)
    }
  }

  /// For each file name: the sources that mention it as a word, at most a few.
  private static func namesMentioned(
    among names: Set<String>, in sources: [SourceFile]
  ) -> [String: [RelativePath]] {
    var found: [String: [RelativePath]] = [:]
    let calling: FileClaims = [.python, .shell, .manifest, .notebook]
    for source in sources where !source.claims.isDisjoint(with: calling) {
      // Words of the characters that file names have; one look-up each keeps this linear.
      for word in source.bytes.split(whereSeparator: { !isNameCharacter($0) })
      where word.count <= 255 {
        let name = String(decoding: word, as: UTF8.self)
        guard names.contains(name), found[name, default: []].count < 2 else { continue }
        found[name, default: []].append(source.path)
      }
    }
    return found
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), 0x80...0xFF:
      true
    default: false
    }
  }
}

extension String {
  fileprivate static func notExamined(_ language: String, _ caller: RelativePath?) -> String {
    let end = caller.map { ", and \($0) names it" } ?? ""
    return "\(language) has no reader here: what the file would fetch or run is unknown\(end)"
  }
}
