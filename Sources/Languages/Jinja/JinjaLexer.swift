import Core

/// A token of a Jinja template's code; text between the tags is left out.
package struct JinjaToken: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `{%`, with its statement's name as the next token.
    case statementStart
    case statementEnd
    /// `{{`
    case expressionStart
    case expressionEnd
    case name(String)
    /// A string literal with its escapes resolved.
    case string(String)
    case number(String)
    case symbol(Character)
  }

  package let kind: Kind
  /// Bytes from the start of the template.
  package let offset: Int

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

/// Splits a Jinja template into the tokens of its statements and expressions.
///
/// Follows the lexer of Jinja 3: comments `{# #}`, raw blocks, strings with Python's escapes. Text
/// that is not closed is read to its end, as an analysis should, where Jinja would refuse it.
package struct JinjaLexer {
  private let bytes: [UInt8]
  private var offset = 0
  private var tokens: [JinjaToken] = []

  package static func tokens(of template: [UInt8]) -> [JinjaToken] {
    var lexer = JinjaLexer(bytes: template)
    lexer.run()
    return lexer.tokens
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private func starts(_ text: StaticString, at position: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    var index = position
    for scalar in text.description.utf8 {
      if bytes[index] != scalar { return false }
      index += 1
    }
    return true
  }

  private mutating func run() {
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "{"), offset + 1 < bytes.count else {
        offset += 1
        continue
      }
      switch bytes[offset + 1] {
      case UInt8(ascii: "#"):
        skip(past: "#}")
      case UInt8(ascii: "%"):
        let before = tokens.count
        code(from: .statementStart, to: .statementEnd, closing: UInt8(ascii: "%"))
        if tokens.count > before + 1, tokens[before + 1].kind == .name("raw") { skipRaw() }
      case UInt8(ascii: "{"):
        code(from: .expressionStart, to: .expressionEnd, closing: UInt8(ascii: "}"))
      default: offset += 1
      }
    }
  }

  private mutating func skip(past end: StaticString) {
    offset += 2
    while offset < bytes.count, !starts(end, at: offset) { offset += 1 }
    offset = min(bytes.count, offset + end.utf8CodeUnitCount)
  }

  /// Behind `{% raw %}`: to the end of `{% endraw %}`.
  private mutating func skipRaw() {
    while offset < bytes.count {
      if starts("{%", at: offset) {
        var position = offset + 2
        while position < bytes.count,
          bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
            || Self.isSpace(bytes[position])
        { position += 1 }
        if starts("endraw", at: position) {
          skip(past: "%}")
          return
        }
      }
      offset += 1
    }
  }

  private mutating func code(
    from start: JinjaToken.Kind, to end: JinjaToken.Kind, closing: UInt8
  ) {
    tokens.append(JinjaToken(start, at: offset))
    offset += 2
    // Inside an expression `}` also closes dictionaries.
    var braces = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte == closing, braces == 0, offset + 1 < bytes.count,
        bytes[offset + 1] == UInt8(ascii: "}")
      {
        tokens.append(JinjaToken(end, at: offset))
        offset += 2
        return
      }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): string(quote: byte)
      case _ where Self.isNameStart(byte): name()
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
      case _ where Self.isSpace(byte): offset += 1
      default:
        if byte == UInt8(ascii: "{") { braces += 1 }
        if byte == UInt8(ascii: "}") { braces = max(0, braces - 1) }
        tokens.append(JinjaToken(.symbol(Character(Unicode.Scalar(byte))), at: offset))
        offset += 1
      }
    }
    tokens.append(JinjaToken(end, at: offset))
  }

  private mutating func name() {
    let start = offset
    while offset < bytes.count,
      Self.isNameStart(bytes[offset]) || Self.isDigit(bytes[offset])
    { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    tokens.append(JinjaToken(.name(text), at: start))
  }

  private mutating func number() {
    let start = offset
    while offset < bytes.count,
      Self.isDigit(bytes[offset]) || Self.isNameStart(bytes[offset])
    { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    tokens.append(JinjaToken(.number(text), at: start))
  }

  private mutating func string(quote: UInt8) {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while offset < bytes.count, bytes[offset] != quote {
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count {
        escape(into: &text)
      } else {
        text.append(bytes[offset])
        offset += 1
      }
    }
    offset = min(bytes.count, offset + 1)
    tokens.append(JinjaToken(.string(String(decoding: text, as: UTF8.self)), at: start))
  }

  /// At a backslash: Python's escapes of characters; others stay as they are.
  private mutating func escape(into text: inout [UInt8]) {
    let kind = bytes[offset + 1]
    offset += 2
    switch kind {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "x"): hexadecimal(digits: 2, into: &text)
    case UInt8(ascii: "u"): hexadecimal(digits: 4, into: &text)
    case UInt8(ascii: "U"): hexadecimal(digits: 8, into: &text)
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = UInt32(kind - UInt8(ascii: "0"))
      var count = 1
      while count < 3, offset < bytes.count, (0x30...0x37).contains(bytes[offset]) {
        value = value * 8 + UInt32(bytes[offset] - 0x30)
        offset += 1
        count += 1
      }
      append(value, to: &text)
    default: text.append(kind)
    }
  }

  private mutating func hexadecimal(digits: Int, into text: inout [UInt8]) {
    var value: UInt32 = 0
    var count = 0
    while count < digits, offset < bytes.count,
      let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue
    {
      value = value << 4 | UInt32(digit)
      offset += 1
      count += 1
    }
    append(value, to: &text)
  }

  private func append(_ value: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(value) else { return }
    text.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }
}
