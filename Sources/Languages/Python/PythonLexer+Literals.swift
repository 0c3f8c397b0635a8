extension PythonLexer {
  /// The flags of a string prefix of one or two letters (0 = none), nil when it is no prefix.
  static func prefix(_ first: UInt8, _ second: UInt8) -> PythonStringFlags? {
    func flag(_ letter: UInt8) -> PythonStringFlags? {
      switch letter | 0x20 {
      case UInt8(ascii: "r"): .raw
      case UInt8(ascii: "b"): .bytes
      case UInt8(ascii: "f"): .formatted
      case UInt8(ascii: "t"): .template
      case UInt8(ascii: "u"): .unicode
      default: nil
      }
    }
    guard let one = flag(first) else { return nil }
    if second == 0 { return one }
    // `ur` is Python 2; `u` goes with nothing else, and two of one kind do not go together.
    guard let two = flag(second), one != two, one == .raw || two == .raw else { return nil }
    if two == .unicode { return nil }
    return [one, two]
  }

  /// A string literal; formatted ones only begin here.
  mutating func string(
    _ start: Int, prefix: Int, flags given: PythonStringFlags
  ) -> PythonToken {
    let quote = text[start + prefix]
    var flags = given
    var index = start + prefix + 1
    if byte(index) == quote, byte(index + 1) == quote, index + 1 < end {
      flags.insert(.triple)
      index += 2
    }
    if flags.isSuperset(of: [.unicode, .raw]) {
      noteLegacy(start, "Python 2 syntax: the prefix `ur`")
    }
    if flags.contains(.formatted) || flags.contains(.template) {
      guard brackets.count < Self.deepestBracket else { return fail(.depth, start, to: index) }
      brackets.append(.quotes)
      quotes.append(
        Quotes(quote: quote, isTriple: flags.contains(.triple), flags: flags.rawValue))
      move(to: index)
      return token(.formattedStart, start, flags: flags.rawValue)
    }
    let triple = flags.contains(.triple)
    while index < end {
      let byte = text[index]
      if byte == quote {
        if !triple {
          move(to: index + 1)
          return token(.string, start, flags: flags.rawValue)
        }
        if index + 2 < end, text[index + 1] == quote, text[index + 2] == quote {
          move(to: index + 3)
          return token(.string, start, flags: flags.rawValue)
        }
      } else if byte == UInt8(ascii: "\\") {
        index += 1
        if index + 1 < end, text[index] == 0x0D, text[index + 1] == 0x0A { index += 1 }
      } else if !triple, byte == 0x0A || byte == 0x0D {
        return fail(.string, start, to: index)
      }
      index += 1
    }
    steps += index - start
    return fail(
      triple ? .tripleString : .string, start, to: triple ? lineEnd(from: start) : end)
  }

  private func lineEnd(from start: Int) -> Int {
    var index = start
    while index < end, text[index] != 0x0A, text[index] != 0x0D { index += 1 }
    return index
  }

  /// The next part of an open formatted string: text, the start or end of a field, the end.
  mutating func formattedText(inFormat: Bool) -> PythonToken {
    guard let open = quotes.last else { return fail(.format, position, to: position) }
    let start = position
    var index = start
    let raw = open.flags & PythonStringFlags.raw.rawValue != 0
    let flags = inFormat ? open.flags | PythonStringFlags.formatSpecification.rawValue : open.flags
    while index < end {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "{"):
        if !inFormat, self.byte(index + 1) == byte {
          index += 2
          continue
        }
        if index > start { return chunk(start, index, flags) }
        guard brackets.count < Self.deepestBracket else {
          return fail(.depth, index, to: index + 1)
        }
        brackets.append(.field)
        return take(.fieldOpen, 1)
      case UInt8(ascii: "}"):
        if !inFormat, self.byte(index + 1) == byte {
          index += 2
          continue
        }
        if index > start { return chunk(start, index, flags) }
        guard inFormat else { return fail(.brace, index, to: index + 1) }
        brackets.removeLast()
        return take(.fieldClose, 1)
      case UInt8(ascii: "\\"):
        index += 1
        let next = self.byte(index)
        if next == UInt8(ascii: "{") || next == UInt8(ascii: "}") { continue }
        if !raw, next == UInt8(ascii: "N"), self.byte(index + 1) == UInt8(ascii: "{") {
          while index < end, text[index] != UInt8(ascii: "}"), text[index] != open.quote,
            text[index] != 0x0A
          { index += 1 }
          if index < end, text[index] != UInt8(ascii: "}") { continue }
        } else if next == 0x0D, self.byte(index + 1) == 0x0A {
          index += 1
        }
      case 0x0A, 0x0D:
        if !open.isTriple { return endless(start, index) }
      case open.quote:
        let closes =
          !open.isTriple || (self.byte(index + 1) == byte && self.byte(index + 2) == byte)
        if closes {
          if inFormat { return endless(start, index) }
          if index > start { return chunk(start, index, flags) }
          brackets.removeLast()
          quotes.removeLast()
          return take(.formattedEnd, open.isTriple ? 3 : 1)
        }
      default: break
      }
      index += 1
    }
    steps += index - start
    return endless(start, open.isTriple ? lineEnd(from: start) : end)
  }

  private mutating func chunk(_ start: Int, _ stop: Int, _ flags: UInt8) -> PythonToken {
    move(to: min(stop, end))
    return token(.formattedText, start, flags: flags)
  }

  /// Gives up the innermost formatted string, with the brackets opened in it.
  private mutating func endless(_ start: Int, _ stop: Int) -> PythonToken {
    while let last = brackets.popLast(), last != .quotes {}
    quotes.removeLast()
    return fail(.format, start, to: min(stop, end))
  }

  /// A number in any base, with underscores, exponent, `j`; Python 2's forms are recorded.
  mutating func number(_ start: Int) -> PythonToken {
    var index = start
    let letter = byte(start + 1) | 0x20
    if text[start] == UInt8(ascii: "0"),
      letter == UInt8(ascii: "x") || letter == UInt8(ascii: "o") || letter == UInt8(ascii: "b")
    {
      index = start + 2
      while index < end, Self.isDigit(text[index], base: letter) { index += 1 }
    } else {
      index = digits(from: index)
      var isInteger = true
      if byte(index) == UInt8(ascii: ".") {
        isInteger = false
        index = digits(from: index + 1)
      }
      if byte(index) | 0x20 == UInt8(ascii: "e") {
        var exponent = index + 1
        if byte(exponent) == UInt8(ascii: "+") || byte(exponent) == UInt8(ascii: "-") {
          exponent += 1
        }
        if byte(exponent) >= 0x30, byte(exponent) <= 0x39 {
          isInteger = false
          index = digits(from: exponent)
        }
      }
      if byte(index) | 0x20 == UInt8(ascii: "j") {
        isInteger = false
        index += 1
      }
      if isInteger, text[start] == UInt8(ascii: "0"),
        text[start..<index].contains(where: { $0 > 0x30 && $0 <= 0x39 })
      {
        noteLegacy(start, "Python 2 syntax: octal number without `0o`")
      }
    }
    if byte(index) | 0x20 == UInt8(ascii: "l"), !isNameByte[Int(byte(index + 1))] {
      noteLegacy(start, "Python 2 syntax: long integer")
      index += 1
    }
    move(to: min(index, end))
    return token(.number, start)
  }

  private func digits(from start: Int) -> Int {
    var index = start
    while index < end {
      let byte = text[index]
      guard byte >= 0x30 && byte <= 0x39 || (byte == UInt8(ascii: "_") && index > start) else {
        break
      }
      index += 1
    }
    return index
  }

  private static func isDigit(_ byte: UInt8, base: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "_"): true
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
      base == UInt8(ascii: "x")
    default: false
    }
  }
}
