package import Core

/// What was left out of a tree, said.
package enum ExclusionText {
  /// One line a reason; nothing when nothing was left out.
  package static func render(_ exclusions: [Exclusion]) -> String {
    var text = ""
    var patterns: [String: [Exclusion]] = [:]
    for exclusion in exclusions {
      if case .pattern(let pattern) = exclusion.reason {
        patterns[pattern, default: []].append(exclusion)
      }
    }
    for (pattern, matches) in patterns.sorted(by: { $0.key < $1.key }) {
      let names = matches.prefix(3).map { Printable.line($0.path.description) }
      let rest = matches.count > 3 ? " and \(Amount.grouped(matches.count - 3)) more" : ""
      text +=
        "left out by `\(Printable.line(pattern))`: \(names.joined(separator: ", "))\(rest)\n"
    }
    if exclusions.contains(where: { $0.reason == .versionControl }) {
      text += "left out: the .git folder\n"
    }
    let metadata = exclusions.filter { $0.reason == .clientMetadata }
    if !metadata.isEmpty {
      text += "left out: metadata of the Hugging Face client "
      text += "(\(Amount.counted(metadata.count, "entry", "entries")))\n"
    }
    return text
  }

  /// The same for programs.
  static func json(_ exclusions: [Exclusion]) -> JSONOutput {
    .array(
      exclusions.map { exclusion in
        let reason: String
        var pattern: String?
        switch exclusion.reason {
        case .versionControl: reason = "version-control"
        case .lockfile: reason = "lockfile"
        case .clientMetadata: reason = "client-metadata"
        case .pattern(let text):
          reason = "pattern"
          pattern = text
        }
        return .object([
          ("path", .string(exclusion.path.description)),
          ("folder", .boolean(exclusion.isFolder)), ("reason", .string(reason)),
          ("pattern", .optional(pattern)),
        ])
      })
  }
}
