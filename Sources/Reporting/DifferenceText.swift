import Core
import Engine
import Lockfile

/// Differences between entries as lines for people.
enum DifferenceText {
  /// Every difference, one after the other.
  static func render(
    _ differences: [EntryDifference], details: [RelativePath: ContentDetail] = [:],
    style: TextStyle
  ) -> String {
    differences.map { line($0, details[$0.path], style) }.joined()
  }

  private static func line(
    _ difference: EntryDifference, _ detail: ContentDetail?, _ style: TextStyle
  ) -> String {
    let path = Printable.line(difference.path.description)
    switch difference.kind {
    case .content(let expected, let found):
      var text = entry("changed", style.bad, path, about(found))
      text += field("expected", "sha256:\(expected.digest)  \(Amount.bytes(expected.size))")
      text += field("found", "sha256:\(found.digest)  \(Amount.bytes(found.size))")
      if let detail { text += ranges(detail, size: found.size) }
      return text
    case .missing(let content): return entry("missing", style.bad, path, about(content))
    case .extra(let content): return entry("extra", style.bad, path, about(content))
    case .type(let expected, let found):
      return entry("type", style.bad, path, nil)
        + field("expected", describe(expected)) + field("found", describe(found))
    case .executable(let found):
      return entry(
        "mode", style.bad, path, found ? "is executable now" : "is no longer executable")
    case .target(let expected, let found):
      return entry("link", style.bad, path, nil) + field("expected", "to \(target(expected))")
        + field("found", "to \(target(found))")
    case .renamed(let from, let content):
      return entry("renamed", style.bad, path, about(content))
        + field("from", Printable.line(from.description))
    }
  }

  private static func entry(
    _ word: String, _ mark: (String) -> String, _ path: String, _ about: String?
  ) -> String {
    let space = String(repeating: " ", count: max(1, 9 - word.count))
    return "  \(mark(word))\(space)\(path)" + (about.map { "  (\($0))" } ?? "") + "\n"
  }

  private static func field(_ name: String, _ value: String) -> String {
    "             \(name)\(String(repeating: " ", count: max(1, 10 - name.count)))\(value)\n"
  }

  private static func about(_ content: Entry.Content) -> String {
    switch content {
    case .file(let record): about(record)
    case .link(let target): "link to \(self.target(target))"
    }
  }

  private static func about(_ record: FileRecord) -> String {
    "\(record.role.rawValue), \(Amount.bytes(record.size))"
  }

  private static func describe(_ content: Entry.Content) -> String {
    switch content {
    case .file(let record): "a file, \(Amount.bytes(record.size))"
    case .link(let target): "a link to \(self.target(target))"
    }
  }

  /// A link's target text, which need not be UTF-8.
  static func target(_ bytes: [UInt8]) -> String {
    Printable.line(String(decoding: bytes, as: UTF8.self))
  }

  /// Where a file differs, unless that is simply everywhere.
  private static func ranges(_ detail: ContentDetail, size: UInt64) -> String {
    var text = ""
    let isEverything = detail.ranges == [0..<size]
    if !isEverything {
      for range in detail.ranges.prefix(8) {
        text += field("within", "bytes \(range.lowerBound) to \(range.upperBound)")
      }
      if detail.ranges.count > 8 {
        text += field("within", "\(detail.ranges.count - 8) more ranges")
      }
    }
    if !detail.parts.isEmpty {
      let names = detail.parts.prefix(12).map { Printable.line($0.name) }
      let rest = detail.parts.count > 12 ? " and \(detail.parts.count - 12) more" : ""
      text += field("holds", names.joined(separator: ", ") + rest)
    }
    return text
  }
}
