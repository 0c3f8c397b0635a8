import Core

/// Acceptances as TOML text, put into a configuration that somebody wrote by hand.
enum AcceptanceText {
  /// The table, ended by a newline.
  static func table(_ acceptance: Configuration.Acceptance) -> String {
    var lines = [
      "[[accept]]",
      "fingerprint = \(quoted(acceptance.fingerprint))",
      "rule = \(quoted(acceptance.rule.text))",
      "path = \(quoted(acceptance.path))",
      "reason = \(quoted(acceptance.reason))",
    ]
    if let reviewed = acceptance.reviewed { lines.append("reviewed = \(reviewed)") }
    lines.append("expires = \(acceptance.expires)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// `configuration` with `table` at its end; an expired acceptance of the same fingerprint, which
  /// would be a duplicate, gives way: its lines up to the next table are taken out, comments stay.
  static func adding(
    _ table: String, to configuration: [UInt8], replacing old: Configuration.Acceptance?
  ) -> [UInt8] {
    var text = configuration
    if let old, old.line > 0 { text = removing(tableAt: old.line, from: text) }
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
    return text + Array(table.utf8)
  }

  /// Takes out the table whose header stands on `line`, and its keys; not what follows a blank line
  /// or is a comment.
  private static func removing(tableAt line: Int, from text: [UInt8]) -> [UInt8] {
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard line <= lines.count else { return text }
    var place = line - 1
    lines.remove(at: place)
    while place < lines.count {
      let first = lines[place].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
      guard let first, first != UInt8(ascii: "[") else { break }
      if first == UInt8(ascii: "#") { place += 1 } else { lines.remove(at: place) }
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// A TOML basic string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
