import Core

/// How a text report marks things up: not at all, or with a terminal's colours.
package struct TextStyle: Sendable {
  package static let plain = TextStyle(isColored: false)
  package static let colored = TextStyle(isColored: true)

  package let isColored: Bool

  /// How the word before an error looks.
  package func error(_ text: String) -> String { wrap(text, "1;31") }
  /// How the word before a warning looks.
  package func warning(_ text: String) -> String { wrap(text, "1;33") }

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func good(_ text: String) -> String { wrap(text, "32") }
  func bad(_ text: String) -> String { wrap(text, "31") }

  func severity(_ severity: Severity) -> String {
    switch severity {
    case .critical: wrap(severity.rawValue, "1;31")
    case .high: wrap(severity.rawValue, "31")
    case .medium: wrap(severity.rawValue, "33")
    case .low: wrap(severity.rawValue, "36")
    case .info: wrap(severity.rawValue, "2")
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
