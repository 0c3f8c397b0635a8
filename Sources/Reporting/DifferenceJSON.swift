import Core
import Engine
import Lockfile

/// Differences between entries as JSON.
enum DifferenceJSON {
  static func object(_ difference: EntryDifference, _ detail: ContentDetail?) -> JSONOutput {
    let path: [(String, JSONOutput?)] = [("path", .string(difference.path.description))]
    switch difference.kind {
    case .content(let expected, let found):
      return .object(
        [("kind", "changed")] + path + [
          ("expected", self.content(.file(expected))), ("found", self.content(.file(found))),
          ("ranges", detail.map { .array($0.ranges.map(range)) }),
          (
            "parts",
            detail.flatMap { detail in
              detail.parts.isEmpty
                ? nil
                : .array(
                  detail.parts.map {
                    .object([("name", .string($0.name)), ("range", range($0.range))])
                  })
            }
          ),
        ])
    case .missing(let content):
      return .object([("kind", "missing")] + path + [("expected", self.content(content))])
    case .extra(let content):
      return .object([("kind", "extra")] + path + [("found", self.content(content))])
    case .type(let expected, let found):
      return .object(
        [("kind", "type")] + path + [
          ("expected", self.content(expected)), ("found", self.content(found)),
        ])
    case .executable(let found):
      return .object([("kind", "mode")] + path + [("executable", .boolean(found))])
    case .target(let expected, let found):
      return .object(
        [("kind", "link")] + path + [
          ("expected", self.content(.link(target: expected))),
          ("found", self.content(.link(target: found))),
        ])
    case .renamed(let from, let content):
      return .object(
        [("kind", "renamed")] + path + [
          ("from", .string(from.description)), ("found", self.content(content)),
        ])
    }
  }

  private static func range(_ range: Range<UInt64>) -> JSONOutput {
    .array([.unsigned(range.lowerBound), .unsigned(range.upperBound)])
  }

  private static func content(_ content: Entry.Content) -> JSONOutput {
    switch content {
    case .file(let record):
      .object([
        ("type", "file"), ("role", .string(record.role.rawValue)),
        ("size", .unsigned(record.size)), ("executable", .boolean(record.isExecutable)),
        ("sha256", .string(record.digest.hex)),
      ])
    case .link(let target):
      .object([
        ("type", "link"), ("target", .string(String(decoding: target, as: UTF8.self))),
      ])
    }
  }
}
