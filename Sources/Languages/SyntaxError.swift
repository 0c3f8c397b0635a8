package import Core

/// Why a text could not be read as the language it claims to be.
package struct SyntaxError: Error, Hashable, Sendable {
  package let position: TextPosition
  /// What is wrong there, lower case, no full stop.
  package let reason: String

  package init(at position: TextPosition, _ reason: String) {
    self.position = position
    self.reason = reason
  }
}

extension SyntaxError: CustomStringConvertible {
  package var description: String { "\(position.line):\(position.column): \(reason)" }
}
