package import Core

/// Why bytes are no JSON document, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Reason: Hashable, Sendable {
    /// The text ended where something else had to follow.
    case unexpectedEnd(expected: String)
    /// A byte that cannot stand here.
    case unexpected(UInt8, expected: String)
    /// A backslash with something that JSON does not know behind it.
    case badEscape
    /// Half of a surrogate pair, which is no character.
    case loneSurrogate
    /// A raw control character inside a string.
    case controlCharacter
    case notUTF8
    case badNumber
    /// Objects and arrays nested deeper than the limit.
    case tooDeep(limit: Int)
    /// A member named twice in one object.
    case duplicateKey(String)
    /// Something after the document's end.
    case trailingContent
    /// More bytes than the limit.
    case tooLarge(limit: Int)
  }

  package let position: TextPosition
  package let reason: Reason

  package init(_ reason: Reason, at position: TextPosition) {
    self.reason = reason
    self.position = position
  }
}

extension JSONError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpectedEnd(let expected): "the text ends where \(expected) has to follow"
    case .unexpected(let byte, let expected):
      byte >= 0x21 && byte < 0x7F
        ? "`\(Character(Unicode.Scalar(byte)))` stands where \(expected) has to"
        : "byte \(byte) stands where \(expected) has to"
    case .badEscape: "a backslash is followed by no known escape"
    case .loneSurrogate: "an escape names half of a surrogate pair"
    case .controlCharacter: "a string holds a raw control character"
    case .notUTF8: "the text is not UTF-8"
    case .badNumber: "a number is malformed"
    case .tooDeep(let limit): "objects and arrays nest deeper than \(limit)"
    case .duplicateKey(let key): "the key `\(key)` stands twice in one object"
    case .trailingContent: "something follows the end of the document"
    case .tooLarge(let limit): "the text is larger than \(limit) bytes"
    }
  }
}

extension JSONError: CustomStringConvertible {
  package var description: String {
    "line \(position.line), column \(position.column): \(reason)"
  }
}
