/// What stands behind `$`, in backquotes and in `<( )`.
extension ShellParser {
  /// What a `$` or a backquote begins; nil when it stands for itself.
  mutating func parseDollar(isQuoted: Bool) -> [ShellSyntaxPart]? {
    let start = position
    if byte() == UInt8(ascii: "`") { return parseBackquotes(isQuoted: isQuoted).map { [$0] } }
    guard let next = byte(1) else { return nil }
    switch next {
    case UInt8(ascii: "'") where !isQuoted: return [takeEscapedQuotes()]
    case UInt8(ascii: "\"") where !isQuoted:
      position += 2
      let inside = parseQuotedParts(until: UInt8(ascii: "\""), isHereDocument: false)
      return inside.isEmpty ? [.quoted([], start: outer(position))] : inside
    case UInt8(ascii: "("):
      if byte(2) == UInt8(ascii: "("), let end = arithmeticEnd(from: position + 3) {
        position += 3
        let parts = nested { $0.parseQuotedParts(until: nil, isHereDocument: true, endingAt: end) }
        position = end + 2
        return [.arithmetic(parts, isQuoted: isQuoted, start: outer(start))]
      }
      position += 2
      let body = nestedList()
      return [
        .command(
          body, text: sourceText(from: start), isQuoted: isQuoted, start: outer(start))
      ]
    case UInt8(ascii: "["):
      guard let close = subscriptEnd(from: position + 2) else { return nil }
      position += 2
      let parts = nested { $0.parseQuotedParts(until: nil, isHereDocument: true, endingAt: close) }
      position = close + 1
      return [.arithmetic(parts, isQuoted: isQuoted, start: outer(start))]
    case UInt8(ascii: "{"):
      if byte(2) == UInt8(ascii: "{"), let expression = parseExpression() { return [expression] }
      return parseBraces(isQuoted: isQuoted).map { [$0] }
    default:
      var end = position + 1
      if next.isNameStart {
        while end < bytes.count, bytes[end].isNameByte { end += 1 }
      } else if next.isDigit || "@*#?$!-".utf8.contains(next) {
        end += 1
      } else {
        return nil
      }
      let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
      position = end
      return [
        .parameter(ShellSyntaxParameter(name: name, start: outer(start)), isQuoted: isQuoted)
      ]
    }
  }

  /// Runs `body` on another text, whose bytes stand at `places`, one level deeper.
  mutating func within<Result>(
    _ text: [UInt8], _ places: [Int], _ body: (inout ShellParser) -> Result
  ) -> Result {
    var inner = ShellParser(text, offsets: places, depth: depth + 1)
    // Here-documents are numbered through all texts.
    inner.hereDocuments = hereDocuments
    hereDocuments = []
    let result = body(&inner)
    inner.readPendingHereDocuments()
    hereDocuments = inner.hereDocuments
    problems += inner.problems.prefix(2)
    if let limit = inner.problems.first(where: \.isLimit), !problems.contains(where: \.isLimit) {
      problems.append(limit)
    }
    return result
  }

  /// Runs `body` one level deeper, or skips it when that is too deep.
  private mutating func nested(
    _ body: (inout ShellParser) -> [ShellSyntaxPart]
  ) -> [ShellSyntaxPart] {
    guard depth < Self.maximumDepth else {
      noteDepth()
      return [.quoted(ShellValue.unknown("nested").bytes, start: outer(position))]
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  /// Commands up to the closing parenthesis.
  private mutating func nestedList() -> ShellSyntaxNode {
    guard depth < Self.maximumDepth else {
      noteDepth()
      return .list([])
    }
    depth += 1
    defer { depth -= 1 }
    var items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)] = []
    while true {
      if case .list(let more) = parseList(until: []) { items += more }
      skipSpace(newlines: true)
      guard let next = byte() else {
        note("`)` is missing")
        break
      }
      position += 1
      if next == UInt8(ascii: ")") { break }
    }
    return .list(items)
  }

  private func sourceText(from start: Int) -> [UInt8] {
    bytes[start..<min(position, bytes.count, start + 200)].filter { $0 < ShellValue.unknownEnd }
  }

  mutating func parseProcess(isInput: Bool) -> ShellSyntaxPart {
    let start = position
    position += 2
    let body = nestedList()
    return .process(
      body, text: sourceText(from: start), isInput: isInput, start: outer(start))
  }

  mutating func parseBackquotes(isQuoted: Bool) -> ShellSyntaxPart? {
    let start = position
    var inner: [UInt8] = []
    var places: [Int] = []
    var index = position + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "`") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
        "`$\\".utf8.contains(bytes[index + 1])
          || isQuoted && bytes[index + 1] == UInt8(ascii: "\"")
      {
        index += 1
      }
      inner.append(bytes[index])
      places.append(outer(index))
      index += 1
    }
    guard index < bytes.count else {
      note("a backquote is missing")
      position += 1
      return .quoted(ShellValue.unknown("`").bytes, start: outer(start))
    }
    position = index + 1
    guard depth < Self.maximumDepth else {
      noteDepth()
      return .quoted(ShellValue.unknown("`").bytes, start: outer(start))
    }
    let node = within(inner, places) { $0.parse() }
    return .command(
      node, text: sourceText(from: start), isQuoted: isQuoted, start: outer(start))
  }

  /// The offset of the `))` that closes an arithmetic expansion.
  ///
  /// Looks only so far: longer ones are read as a subshell within a command substitution.
  func arithmeticEnd(from start: Int) -> Int? {
    var depth = 0
    var index = start
    let limit = min(bytes.count, start + 2048)
    while index < limit {
      switch bytes[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        if depth == 0 {
          return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: ")") ? index : nil
        }
        depth -= 1
      default: break
      }
      index += 1
    }
    return nil
  }

  /// `(( … ))` as a command.
  mutating func parseArithmeticCommand() -> ShellSyntaxNode? {
    guard let end = arithmeticEnd(from: position + 2) else { return nil }
    position += 2
    let parts = nested { $0.parseQuotedParts(until: nil, isHereDocument: true, endingAt: end) }
    position = end + 2
    return .arithmetic(parts)
  }

  mutating func parseExpression() -> ShellSyntaxPart? {
    let start = position
    var index = position + 3
    let limit = min(bytes.count, index + 512)
    while index + 1 < limit {
      if bytes[index] == UInt8(ascii: "}"), bytes[index + 1] == UInt8(ascii: "}") {
        let text = String(decoding: bytes[(start + 3)..<index].trimmed, as: UTF8.self)
        position = index + 2
        return .expression(text, start: outer(start))
      }
      index += 1
    }
    return nil
  }

  // MARK: ${…}

  private mutating func parseBraces(isQuoted: Bool) -> ShellSyntaxPart? {
    let start = position
    position += 2
    var parameter = ShellSyntaxParameter(name: "", start: outer(start))
    if byte() == UInt8(ascii: "#"), let next = byte(1), next != UInt8(ascii: "}") {
      parameter.isLength = true
      position += 1
    } else if byte() == UInt8(ascii: "!") {
      parameter.isIndirect = true
      position += 1
    }
    let nameStart = position
    if let first = byte(), first.isNameStart {
      while let byte = byte(), byte.isNameByte { position += 1 }
    } else if let first = byte(), first.isDigit {
      while let byte = byte(), byte.isDigit { position += 1 }
    } else if let first = byte(), "@*#?$!-".utf8.contains(first) {
      position += 1
    }
    parameter.name = String(decoding: bytes[nameStart..<position], as: UTF8.self)
    if byte() == UInt8(ascii: "["), let close = subscriptEnd(from: position + 1) {
      position += 1
      parameter.index = parseWord(endingAt: close)
      position = close + 1
    }
    guard let end = closingBrace(from: position) else {
      note("`}` is missing")
      return .quoted(ShellValue.unknown(parameter.name).bytes, start: outer(start))
    }
    parseOperation(&parameter, endingAt: end, isQuoted: isQuoted)
    position = end + 1
    return .parameter(parameter, isQuoted: isQuoted)
  }

  private mutating func parseOperation(
    _ parameter: inout ShellSyntaxParameter, endingAt end: Int, isQuoted: Bool
  ) {
    guard position < end, depth < Self.maximumDepth else {
      if position < end {
        noteDepth()
        parameter.modification = [UInt8(ascii: "@")]
      }
      return
    }
    depth += 1
    defer { depth -= 1 }
    let hasColon = byte() == UInt8(ascii: ":")
    let sign = hasColon ? byte(1) : byte()
    if let sign, "-=?+".utf8.contains(sign), !hasColon || position + 1 < end {
      parameter.defaultOperation = (hasColon ? ":" : "") + String(UnicodeScalar(sign))
      position += hasColon ? 2 : 1
      parameter.word = operand(endingAt: end, isQuoted: isQuoted)
      return
    }
    parameter.modification = Array(bytes[position..<end])
    var cuts: [Range<Int>] = []
    switch sign {
    case UInt8(ascii: "#"), UInt8(ascii: "%"):
      cuts = [(position + (byte(1) == sign ? 2 : 1))..<end]
    case UInt8(ascii: "/"):
      var from = position + 1
      if let next = byte(1), "/#%".utf8.contains(next), from < end { from += 1 }
      let slash = replacementSlash(from: from, to: end)
      cuts = [from..<slash, min(slash + 1, end)..<end]
    default: return
    }
    for cut in cuts where cut.lowerBound <= cut.upperBound {
      position = cut.lowerBound
      let word = operand(endingAt: cut.upperBound, isQuoted: false)
      parameter.operands.append(word)
    }
  }

  /// The word of an operation, up to `end`.
  private mutating func operand(endingAt end: Int, isQuoted: Bool) -> ShellSyntaxWord {
    // The text is looked at with its own end, so that nothing in it reaches beyond the brace.
    let start = position
    let places = (start..<end).map { outer($0) }
    let (first, last) = (outer(start), outer(end))
    let word: ShellSyntaxWord? = within(Array(bytes[start..<end]), places) { inner in
      guard isQuoted else { return inner.parseWord(endingAt: inner.bytes.count) }
      var parts: [ShellSyntaxPart] = []
      // Within double quotes, double quotes inside the operand only group.
      while inner.position < inner.bytes.count {
        parts += inner.parseQuotedParts(until: UInt8(ascii: "\""), isHereDocument: false)
      }
      inner.problems.removeAll { $0.text.contains("\"") }
      return ShellSyntaxWord(parts: parts, start: first, end: last)
    }
    position = end
    return word ?? ShellSyntaxWord(start: outer(start), end: outer(end))
  }

  private func replacementSlash(from start: Int, to end: Int) -> Int {
    var index = start
    var quote: UInt8?
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        index += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "/") {
        return index
      }
      index += 1
    }
    return end
  }

  /// The brace that closes `${`; looks only so far, so that a row of open ones stays linear.
  private func closingBrace(from start: Int) -> Int? {
    var depth = 0
    var index = start
    var quote: UInt8?
    let limit = min(bytes.count, start + 1024)
    while index < limit {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        index += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
          // A single apostrophe within double quotes is just that; look for its partner.
          if bytes[(index + 1)..<limit].contains(byte) { quote = byte }
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"):
          if depth == 0 { return index }
          depth -= 1
        default: break
        }
      }
      index += 1
    }
    return nil
  }
}
