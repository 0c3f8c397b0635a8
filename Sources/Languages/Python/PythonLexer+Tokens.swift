extension PythonLexer {
  /// The token that begins with `byte` at `start`.
  mutating func tokenProper(_ first: UInt8, _ start: Int) -> PythonToken {
    switch first {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      return name(start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(start)
    case 0x22, 0x27: return string(start, prefix: 0, flags: [])
    case UInt8(ascii: "("): return open(.parenthesis, .leftParenthesis)
    case UInt8(ascii: "["): return open(.square, .leftBracket)
    case UInt8(ascii: "{"): return open(.curly, .leftBrace)
    case UInt8(ascii: ")"): return close(.parenthesis, .rightParenthesis)
    case UInt8(ascii: "]"): return close(.square, .rightBracket)
    case UInt8(ascii: "}"):
      if brackets.last == .field {
        brackets.removeLast()
        return take(.fieldClose, 1)
      }
      return close(.curly, .rightBrace)
    case UInt8(ascii: ","): return take(.comma, 1)
    case UInt8(ascii: "."):
      let next = byte(start + 1)
      if next >= 0x30, next <= 0x39 { return number(start) }
      if next == first, byte(start + 2) == first { return take(.ellipsis, 3) }
      return take(.dot, 1)
    case UInt8(ascii: ":"):
      if brackets.last == .field {
        brackets[brackets.count - 1] = .format
        return take(.fieldColon, 1)
      }
      return byte(start + 1) == UInt8(ascii: "=") ? take(.walrus, 2) : take(.colon, 1)
    case 0x80...: return unicodeName(start)
    default: return operation(first, start)
    }
  }

  private mutating func open(_ bracket: Bracket, _ kind: PythonTokenKind) -> PythonToken {
    guard brackets.count < Self.deepestBracket else {
      return fail(.depth, position, to: position + 1)
    }
    brackets.append(bracket)
    return take(kind, 1)
  }

  private mutating func close(_ bracket: Bracket, _ kind: PythonTokenKind) -> PythonToken {
    guard brackets.last == bracket else { return fail(.bracket, position, to: position + 1) }
    brackets.removeLast()
    return take(kind, 1)
  }

  private mutating func operation(_ first: UInt8, _ start: Int) -> PythonToken {
    let second = byte(start + 1)
    let assigns = second == UInt8(ascii: "=")
    /// A doubled operator, with and without `=`.
    func doubled() -> Bool { second == first }
    let thirdAssigns = doubled() && byte(start + 2) == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "="): return assigns ? take(.equal, 2) : take(.assign, 1)
    case UInt8(ascii: "+"): return assigns ? take(.plusAssign, 2) : take(.plus, 1)
    case UInt8(ascii: "-"):
      if second == UInt8(ascii: ">") { return take(.arrow, 2) }
      return assigns ? take(.minusAssign, 2) : take(.minus, 1)
    case UInt8(ascii: "*"):
      if doubled() { return thirdAssigns ? take(.doubleStarAssign, 3) : take(.doubleStar, 2) }
      return assigns ? take(.starAssign, 2) : take(.star, 1)
    case UInt8(ascii: "/"):
      if doubled() { return thirdAssigns ? take(.doubleSlashAssign, 3) : take(.doubleSlash, 2) }
      return assigns ? take(.slashAssign, 2) : take(.slash, 1)
    case UInt8(ascii: "%"): return assigns ? take(.percentAssign, 2) : take(.percent, 1)
    case UInt8(ascii: "@"): return assigns ? take(.atAssign, 2) : take(.at, 1)
    case UInt8(ascii: "<"):
      if doubled() { return thirdAssigns ? take(.shiftLeftAssign, 3) : take(.shiftLeft, 2) }
      if second == UInt8(ascii: ">") {
        noteLegacy(start, "Python 2 syntax: `<>`")
        return take(.notEqual, 2)
      }
      return assigns ? take(.lessOrEqual, 2) : take(.less, 1)
    case UInt8(ascii: ">"):
      if doubled() { return thirdAssigns ? take(.shiftRightAssign, 3) : take(.shiftRight, 2) }
      return assigns ? take(.greaterOrEqual, 2) : take(.greater, 1)
    case UInt8(ascii: "&"): return assigns ? take(.ampersandAssign, 2) : take(.ampersand, 1)
    case UInt8(ascii: "|"): return assigns ? take(.barAssign, 2) : take(.bar, 1)
    case UInt8(ascii: "^"): return assigns ? take(.caretAssign, 2) : take(.caret, 1)
    case UInt8(ascii: "~"): return take(.tilde, 1)
    case UInt8(ascii: ";"): return take(.semicolon, 1)
    case UInt8(ascii: "`"): return take(.backtick, 1)
    case UInt8(ascii: "!"): return assigns ? take(.notEqual, 2) : take(.exclamation, 1)
    case UInt8(ascii: "?"): return fail(.magic, start, to: start + 1)
    default: return fail(.character, start, to: start + 1)
    }
  }

  private mutating func name(_ start: Int) -> PythonToken {
    var index = start
    var hash = secret
    while index < end {
      let byte = text[index]
      guard isNameByte[Int(byte)] else { break }
      hash = PythonNameTable.mix(hash, byte, secret)
      index += 1
    }
    if index < end {
      let next = text[index]
      if next >= 0x80 { return unicodeName(start) }
      if next == 0x22 || next == 0x27, index - start <= 2,
        let flags = Self.prefix(text[start], index - start == 2 ? text[start + 1] : 0)
      {
        return string(start, prefix: index - start, flags: flags)
      }
    }
    let number = names.intern(text, start, index, hash: UInt32(truncatingIfNeeded: hash))
    move(to: index)
    return named(number, start)
  }

  private mutating func named(_ number: UInt32, _ start: Int) -> PythonToken {
    if number < PythonNameTable.predeclaredCount {
      if number < PythonNameTable.keywordCount {
        let raw = PythonTokenKind.false.rawValue + UInt8(truncatingIfNeeded: number)
        return token(PythonTokenKind(rawValue: raw) ?? .name, start, value: number)
      }
      names.markUsed(number)
    }
    return token(.name, start, value: number)
  }

  /// A name with characters beyond ASCII, normalised as Python does (NFKC).
  private mutating func unicodeName(_ start: Int) -> PythonToken {
    var index = start
    var scalars = String.UnicodeScalarView()
    while index < end {
      if isNameByte[Int(text[index])] {
        scalars.append(Unicode.Scalar(text[index]))
        index += 1
        continue
      }
      guard text[index] >= 0x80, let (scalar, length) = Self.decode(text, index, end),
        index == start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
      else { break }
      scalars.append(scalar)
      index += length
    }
    guard index > start else {
      var stop = start + 1
      while stop < end, text[stop] & 0xC0 == 0x80 { stop += 1 }
      return fail(.character, start, to: stop)
    }
    let number = names.intern(normalised: PythonIdentifier.normalised(scalars), over: text)
    move(to: index)
    return named(number, start)
  }

  /// The scalar of UTF-8 at `index`, nil when the sequence is invalid.
  static func decode(_ text: [UInt8], _ index: Int, _ end: Int) -> (Unicode.Scalar, Int)? {
    let lead = text[index]
    let length =
      lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
    guard length > 0, index + length <= end else { return nil }
    if length == 1 { return (Unicode.Scalar(lead), 1) }
    var value = UInt32(lead & (0xFF >> UInt8(length + 1)))
    for step in 1..<length {
      let byte = text[index + step]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    return (scalar, length)
  }
}
