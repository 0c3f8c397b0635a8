import Core

extension TOMLParser {
  /// A string, boolean, number, date or time.
  mutating func scalar() throws(SyntaxError) -> TOMLValue.Content {
    guard let byte = peek() else { throw failure("expected a value", at: offset) }
    switch byte {
    case UInt8(ascii: "\""):
      return .string(String(decoding: try string(quote: byte), as: UTF8.self))
    case UInt8(ascii: "'"):
      return .string(String(decoding: try string(quote: byte), as: UTF8.self))
    default:
      return try word()
    }
  }

  // MARK: Strings

  private mutating func string(quote: UInt8) throws(SyntaxError) -> [UInt8] {
    let isBasic = quote == UInt8(ascii: "\"")
    if peek(1) == quote, peek(2) == quote {
      return try multiLineString(quote: quote, hasEscapes: isBasic)
    }
    return isBasic ? try basicString() : try literalString()
  }

  /// `"…"` on one line, unescaped.
  mutating func basicString() throws(SyntaxError) -> [UInt8] {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return text
      case UInt8(ascii: "\\"):
        try escape(into: &text)
      case 0x0A, 0x0D:
        throw failure("a string that does not end on its line", at: start)
      default:
        text.append(byte)
        offset += 1
      }
    }
    throw failure("a string that does not end", at: start)
  }

  /// `'…'` on one line, taken as it stands.
  mutating func literalString() throws(SyntaxError) -> [UInt8] {
    let start = offset
    offset += 1
    while let byte = peek(), byte != 0x0A, byte != 0x0D {
      offset += 1
      if byte == UInt8(ascii: "'") { return Array(bytes[(start + 1)..<(offset - 1)]) }
    }
    throw failure("a string that does not end on its line", at: start)
  }

  private mutating func multiLineString(
    quote: UInt8, hasEscapes: Bool
  ) throws(SyntaxError) -> [UInt8] {
    let start = offset
    offset += 3
    _ = skipNewline()
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == quote, peek(1) == quote, peek(2) == quote {
        // Up to two quotes may stand before the three that close.
        var count = 3
        while count < 5, peek(count) == quote { count += 1 }
        text.append(contentsOf: repeatElement(quote, count: count - 3))
        offset += count
        return text
      }
      if hasEscapes, byte == UInt8(ascii: "\\") {
        if !skipLineContinuation() { try escape(into: &text) }
        continue
      }
      text.append(byte)
      offset += 1
    }
    throw failure("a string that does not end", at: start)
  }

  /// A backslash that ends its line swallows all white space up to the next text.
  private mutating func skipLineContinuation() -> Bool {
    var ahead = 1
    while let byte = peek(ahead), byte == 0x20 || byte == 0x09 { ahead += 1 }
    guard peek(ahead) == 0x0A || (peek(ahead) == 0x0D && peek(ahead + 1) == 0x0A) else {
      return false
    }
    offset += ahead
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      offset += 1
    }
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(SyntaxError) {
    let start = offset
    offset += 1
    guard let byte = peek() else { throw failure("an escape that does not end", at: start) }
    offset += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "u"): try unicodeEscape(digits: 4, from: start, into: &text)
    case UInt8(ascii: "U"): try unicodeEscape(digits: 8, from: start, into: &text)
    default: throw failure("an escape that TOML does not have", at: start)
    }
  }

  private mutating func unicodeEscape(
    digits: Int, from start: Int, into text: inout [UInt8]
  ) throws(SyntaxError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = peek(), let digit = Self.digit(byte), digit < 16 else {
        throw failure("expected \(digits) hexadecimal digits", at: start)
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw failure("an escape that is no Unicode scalar value", at: start)
    }
    text.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  /// The value of a letter or digit as a digit of base 36.
  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  // MARK: Words

  /// Everything up to a character that no number, date or boolean has.
  private mutating func word() throws(SyntaxError) -> TOMLValue.Content {
    let start = offset
    func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"),
        UInt8(ascii: "_"):
        true
      default: Self.digit(byte) != nil
      }
    }
    while let byte = peek(), isWord(byte) { offset += 1 }
    // A date and a time may be joined by one space.
    if offset - start == 10, peek() == 0x20, let digit = peek(1),
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), bytes[start + 4] == UInt8(ascii: "-")
    {
      offset += 1
      while let byte = peek(), isWord(byte) { offset += 1 }
    }
    let text = Array(bytes[start..<offset])
    if text.isEmpty { throw failure("expected a value", at: start) }
    if text.elementsEqual("true".utf8) { return .boolean(true) }
    if text.elementsEqual("false".utf8) { return .boolean(false) }
    if let content = TOMLNumber.parse(text) { return content }
    if let moment = TOMLMoment.parse(text) { return .dateTime(moment) }
    throw failure("expected a value", at: start)
  }
}
