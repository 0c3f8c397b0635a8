/// Makes text from a hostile tree safe to print.
package enum Printable {
  /// `text` on one line, with control characters and those that change the direction or the
  /// look of what surrounds them written as `\u{…}`, so that nothing in a tree can move a
  /// terminal's cursor or make a report read differently from what it says.
  package static func line(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result += " "
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default:
        if hides(scalar) {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
