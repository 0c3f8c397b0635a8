package import Core
import Languages

/// Flags files of the hub that a Space's description has fetched when it is built.
package struct SpacePreload: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/space-preload",
    severity: .high,
    summary: "A Space's header makes its build download from the hub without a commit.",
    why: """
      preload_from_hub names a repository, its files and, as a third word, a commit. Without the \
      commit every build of the Space takes what the default branch holds on that day.
      """,
    fix: "Write the full 40-digit commit as the entry's third word.",
    example: (
      "preload_from_hub:\n  - org/model model.safetensors",
      "preload_from_hub:\n  - org/model model.safetensors <40 hex digits>"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.cards.flatMap { card -> [Finding] in
      guard card.root["sdk"] != nil, let list = card.root["preload_from_hub"] else { return [] }
      return list.itemsOrSelf.compactMap { Self.finding($0, in: card.path) }
    }
  }

  private static func finding(_ node: YAMLNode, in path: RelativePath) -> Finding? {
    let words = node.text?.split { $0 == " " || $0 == "\t" }.map(String.init) ?? []
    guard let target = words.first else { return nil }
    // The second word may be left out, but not when a commit follows.
    let files = words.dropFirst().first.map { $0.split(separator: ",").map(String.init) } ?? []
    let revision = words.count > 2 ? words[2] : nil
    let pinning = revision.map { Revision($0).pinning } ?? .branch
    let bringsData =
      !files.isEmpty && !files.contains { WeightName.isWeights($0) || WeightName.isCode($0) }
    return Finding(
      id, pinning.isFixed ? .info : bringsData ? .medium : documentation.severity,
      at: Location(path, start: node.start, end: node.end),
      .fetches(target, revision, pinning), pinning: pinning,
      reference: .download(target: target, revision: revision), fix: documentation.fix,
      construct: words.joined(separator: " "))
  }
}

extension String {
  fileprivate static func fetches(
    _ target: String, _ revision: String?, _ pinning: Pinning
  ) -> String {
    guard let revision else {
      return "downloads \(target) without a commit when the Space is built"
    }
    return pinning.isFixed
      ? "downloads \(target), fixed at commit \(revision), when the Space is built"
      : "downloads \(target) at `\(revision)`, which can move, when the Space is built"
  }
}
