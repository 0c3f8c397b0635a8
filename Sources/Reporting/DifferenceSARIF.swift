import Core
import Engine
import Lockfile

/// Differences between a tree and what was locked as SARIF results.
enum DifferenceSARIF {
  /// What differs, as a rule's name and what it means.
  private static let kinds: [(name: String, summary: String)] = [
    ("changed", "The bytes of a file are not those that were locked."),
    ("extra", "An entry was not there when the tree was locked."),
    ("link", "A symbolic link leads elsewhere than it did."),
    ("missing", "An entry that was locked is missing."),
    ("mode", "A file's executable bit is not what it was."),
    ("pin", "The content is not what the pin names."),
    ("renamed", "A file has another path than when the tree was locked."),
    ("type", "A file became a link, or a link a file."),
  ]

  /// Descriptors of the rules, sorted by name.
  static var rules: [JSONOutput] {
    kinds.map { kind in
      .object([
        ("id", .string("verify/\(kind.name)")),
        ("shortDescription", .object([("text", .string(kind.summary))])),
        (
          "help",
          .object([
            (
              "text",
              .string(
                "Restore what was locked, or review the change and run `modelpin lock --update`.")
            )
          ])
        ),
        ("defaultConfiguration", .object([("level", "error")])),
      ])
    }
  }

  static func results(_ outcome: Verify.Outcome) -> [JSONOutput] {
    var results = outcome.differences.map { difference in
      let (name, message) = sentence(difference)
      return result(name, message, SARIF.artifact(difference.path))
    }
    if outcome.hasForbiddenGit {
      results.append(
        result("extra", "a .git folder stands at the root, which no pin covers", root))
    }
    if let pin = outcome.pin, !pin.holds {
      results.append(
        result("pin", "the content has the pin sha256:\(pin.computed), not \(pin.expected)", root))
    }
    return results
  }

  /// The tree itself.
  private static let root = JSONOutput.object([
    ("uri", "./"), ("uriBaseId", .string(SARIF.baseID)),
  ])

  private static func sentence(_ difference: EntryDifference) -> (String, String) {
    switch difference.kind {
    case .content(let expected, let found):
      ("changed", "the file's SHA-256 is \(found.digest), not \(expected.digest)")
    case .missing: ("missing", "the entry is missing")
    case .extra: ("extra", "the entry was not there when the tree was locked")
    case .type: ("type", "the entry was a file and is a link, or the other way round")
    case .executable(let found):
      ("mode", found ? "the file is executable now" : "the file is no longer executable")
    case .target(let expected, let found):
      (
        "link",
        "the link leads to \(DifferenceText.target(found)), "
          + "not to \(DifferenceText.target(expected))"
      )
    case .renamed(let from, _): ("renamed", "the file was called \(from)")
    }
  }

  private static func result(
    _ name: String, _ message: String, _ artifact: JSONOutput
  ) -> JSONOutput {
    .object([
      ("ruleId", .string("verify/\(name)")),
      ("ruleIndex", kinds.firstIndex { $0.name == name }.map { .integer($0) }),
      ("kind", "fail"), ("level", "error"),
      ("message", .object([("text", .string(message))])),
      (
        "locations",
        [.object([("physicalLocation", .object([("artifactLocation", artifact)]))])]
      ),
    ])
  }
}
