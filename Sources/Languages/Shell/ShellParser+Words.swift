extension ShellParser {
  /// The word at the position, or nil when none begins there.
  ///
  /// - Parameter limit: where the word ends at the latest; blanks and operators before it belong
  ///   to the word then.
  mutating func parseWord(endingAt limit: Int? = nil) -> ShellSyntaxWord? {
    let start = position
    var parts: [ShellSyntaxPart] = []
    var literal: [UInt8] = []
    var literalStart = position
    func flush() {
      guard !literal.isEmpty else { return }
      parts.append(.literal(literal, start: outer(literalStart)))
      literal = []
    }
    let end = min(limit ?? bytes.count, bytes.count)
    scan: while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\\"):
        if at("\\\n") {
          position += 2
          continue
        }
        flush()
        guard position + 1 < bytes.count else {
          position += 1
          break
        }
        parts.append(.quoted([bytes[position + 1]], start: outer(position + 1)))
        position += 2
      case UInt8(ascii: "'"):
        flush()
        parts.append(takeSingleQuotes())
      case UInt8(ascii: "\""):
        flush()
        position += 1
        let inside = parseQuotedParts(until: UInt8(ascii: "\""), isHereDocument: false)
        parts += inside.isEmpty ? [.quoted([], start: outer(position))] : inside
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        if let part = parseDollar(isQuoted: false) {
          flush()
          parts += part
        } else {
          if literal.isEmpty { literalStart = position }
          literal.append(byte)
          position += 1
        }
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if self.byte(1) == UInt8(ascii: "("), limit == nil {
          flush()
          parts.append(parseProcess(isInput: byte == UInt8(ascii: "<")))
        } else if limit == nil {
          break scan
        } else {
          if literal.isEmpty { literalStart = position }
          literal.append(byte)
          position += 1
        }
      case UInt8(ascii: "(") where limit == nil:
        // Extended patterns: `@(a|b)`, `!(x)`.
        guard let last = literal.last, "@?*+!".utf8.contains(last),
          let close = closing(UInt8(ascii: "("), UInt8(ascii: ")"), from: position)
        else { break scan }
        literal += bytes[position...close]
        position = close + 1
      case ShellValue.unknownStart:
        flush()
        parts.append(takeUnknown())
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
        UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ")"):
        if limit == nil { break scan }
        fallthrough
      default:
        if literal.isEmpty { literalStart = position }
        literal.append(byte)
        position += 1
      }
    }
    if limit != nil { position = max(position, min(end, bytes.count)) }
    flush()
    guard position > start || limit != nil else { return nil }
    return ShellSyntaxWord(parts: parts, start: outer(start), end: outer(position))
  }

  /// An unknown part that whoever handed over the text marked.
  mutating func takeUnknown() -> ShellSyntaxPart {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != ShellValue.unknownEnd,
      bytes[position] != ShellValue.unknownStart, position - start < 256
    {
      position += 1
    }
    if position < bytes.count, bytes[position] == ShellValue.unknownEnd { position += 1 }
    var text = Array(bytes[start..<position])
    if text.last != ShellValue.unknownEnd { text.append(ShellValue.unknownEnd) }
    return .quoted(text, start: outer(start))
  }

  mutating func takeSingleQuotes() -> ShellSyntaxPart {
    position += 1
    let start = position
    while let byte = byte(), byte != UInt8(ascii: "'") { position += 1 }
    let text = Array(bytes[start..<position])
    if position < bytes.count { position += 1 } else { note("`'` is missing") }
    return .quoted(text, start: outer(start))
  }

  /// `$'…'`.
  mutating func takeEscapedQuotes() -> ShellSyntaxPart {
    position += 2
    let start = position
    var text: [UInt8] = []
    while let byte = byte(), byte != UInt8(ascii: "'") {
      position += 1
      guard byte == UInt8(ascii: "\\"), let next = self.byte() else {
        text.append(byte)
        continue
      }
      position += 1
      switch next {
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "a"): text.append(0x07)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "e"), UInt8(ascii: "E"): text.append(0x1B)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "v"): text.append(0x0B)
      case UInt8(ascii: "x"): text += takeCode(radix: 16, digits: 2)
      case UInt8(ascii: "u"): text += takeCode(radix: 16, digits: 4, isScalar: true)
      case UInt8(ascii: "U"): text += takeCode(radix: 16, digits: 8, isScalar: true)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        position -= 1
        text += takeCode(radix: 8, digits: 3)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
        text.append(next)
      default: text += [byte, next]
      }
    }
    if position < bytes.count { position += 1 } else { note("`'` is missing") }
    return .quoted(text, start: outer(start))
  }

  private mutating func takeCode(radix: UInt32, digits: Int, isScalar: Bool = false) -> [UInt8] {
    var value: UInt32 = 0
    var count = 0
    while count < digits, let byte = byte(),
      let digit = UInt32(String(UnicodeScalar(byte)), radix: Int(radix))
    {
      value = value &* radix &+ digit
      position += 1
      count += 1
    }
    if isScalar { return Array(String(UnicodeScalar(value).map(Character.init) ?? "?").utf8) }
    return [UInt8(truncatingIfNeeded: value)]
  }

  /// Parts until the closing quote, or to the end of the text for a here-document.
  mutating func parseQuotedParts(
    until close: UInt8?, isHereDocument: Bool, endingAt limit: Int? = nil
  ) -> [ShellSyntaxPart] {
    var parts: [ShellSyntaxPart] = []
    var run: [UInt8] = []
    var runStart = position
    func flush() {
      if !run.isEmpty { parts.append(.quoted(run, start: outer(runStart))) }
      run = []
    }
    func add(_ byte: UInt8, at index: Int) {
      // Stretches are cut where neighbouring bytes are no neighbours in the file.
      if run.isEmpty || outer(runStart) + run.count != outer(index) {
        flush()
        runStart = index
      }
      run.append(byte)
    }
    let end = min(limit ?? bytes.count, bytes.count)
    while position < end {
      let byte = bytes[position]
      if byte == close {
        position += 1
        flush()
        return parts
      }
      switch byte {
      case UInt8(ascii: "\\"):
        guard let next = self.byte(1) else {
          add(byte, at: position)
          position += 1
          continue
        }
        if next == UInt8(ascii: "\n") {
          position += 2
        } else if next == UInt8(ascii: "$") || next == UInt8(ascii: "`")
          || next == UInt8(ascii: "\\") || (next == UInt8(ascii: "\"") && !isHereDocument)
        {
          add(next, at: position + 1)
          position += 2
        } else {
          add(byte, at: position)
          add(next, at: position + 1)
          position += 2
        }
      case UInt8(ascii: "$"), UInt8(ascii: "`"):
        if let more = parseDollar(isQuoted: true) {
          flush()
          parts += more
        } else {
          add(byte, at: position)
          position += 1
        }
      case ShellValue.unknownStart:
        flush()
        parts.append(takeUnknown())
      default:
        add(byte, at: position)
        position += 1
      }
    }
    flush()
    if close != nil, limit == nil { note("`\"` is missing") }
    return parts
  }
}
