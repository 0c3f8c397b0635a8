package import Core
import Formats

/// Lists code in languages that are not analysed, beyond the commands that stand in plain sight.
package struct UnreadLanguage: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/unread-language",
    severity: .medium,
    summary: "Code in a language that is not analysed here was examined in part at most.",
    why: """
      JavaScript, R, PowerShell, Perl, C++, CUDA, JARs and the like can fetch and run anything. The \
      file is hashed, and commands in plain sight are read, but what else it would do is unknown; it \
      matters where something in the tree runs it.
      """,
    fix: "Review the file by hand and accept the finding, or remove it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    let texts = subject.repository.sources.filter { source in
      source.claims.contains(.foreignCode) && source.claims.isDisjoint(with: [.python, .shell])
    }.map { ($0.path, $0.format) }
    // Byte code has no text for the rules, so it stands among the entries alone.
    let programs = subject.repository.entries.compactMap { entry in
      entry.file?.format.flatMap { Self.byteCode.contains($0) ? (entry.path, $0) : nil }
    }
    let unread = texts + programs
    guard !unread.isEmpty else { return [] }
    let named = Self.namesMentioned(
      among: Set(unread.map(\.0.name)), in: subject.repository.sources)
    return unread.map { path, format in
      let language = format?.name ?? "a language without a reader"
      let caller = named[path.name].flatMap { callers in callers.first { $0 != path } }
      return Finding(
        Self.id, caller == nil ? .info : Self.documentation.severity, at: Location(path),
        .notExamined(language, caller), fix: Self.documentation.fix, construct: language)
    }
  }

  /// Programs for machines that run no file of this machine's own format.
  private static let byteCode: Set<FileFormat> = [.jar, .javaClass, .webAssembly]

  /// For each file name: the sources that mention it as a word, at most a few.
  private static func namesMentioned(
    among names: Set<String>, in sources: [SourceFile]
  ) -> [String: [RelativePath]] {
    var found: [String: [RelativePath]] = [:]
    let calling: FileClaims = [.python, .shell, .manifest, .notebook]
    // Most words leave by their length and last byte, before any text is made of them.
    var ends: Set<Int> = []
    for name in names {
      if let last = name.utf8.last { ends.insert(name.utf8.count << 8 | Int(last)) }
    }
    for source in sources where !source.claims.isDisjoint(with: calling) {
      // Words of the characters that file names have; one look-up each keeps this linear.
      for word in source.bytes.split(whereSeparator: { !isNameCharacter($0) })
      where word.count <= 255 && ends.contains(word.count << 8 | Int(word.last ?? 0)) {
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
    return "\(language) is not analysed here: beyond commands in plain sight, what the file would "
      + "fetch or run is unknown\(end)"
  }
}
