/// Batch files: what cmd reads.
extension WindowsShellText {
  /// The commands of a batch text: `set` as assignment, `%NAME%` as a variable, conditions left
  /// out, so that every command counts.
  mutating func batch() -> ShellTextBuilder {
    while index < bytes.count { batchStep() }
    flush()
    return result
  }

  private mutating func batchStep() {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case UInt8(ascii: "^"):
      let isLineEnd = next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")
      write(UInt8(ascii: isLineEnd ? "\\" : " "))
      index += 1
    case UInt8(ascii: "\\"): backslashes()
    case UInt8(ascii: "\""):
      isQuoted.toggle()
      isAtStart = false
      copy(1)
    case UInt8(ascii: "\n") where isQuoted:
      // No quoted text goes on over the end of its line.
      write(UInt8(ascii: "\""))
      isQuoted = false
    case UInt8(ascii: "%"): percent()
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      guard !isQuoted, isAtStart || byte == UInt8(ascii: ")") else { return copy(1) }
      write(UInt8(ascii: ";"))
      index += 1
      isAtStart = true
    case UInt8(ascii: "@") where isAtStart, UInt8(ascii: "$"), UInt8(ascii: "`"):
      write(UInt8(ascii: " "))
      index += 1
    case UInt8(ascii: ":") where isAtStart: skipLine()
    case _ where isAtStart && byte.isNameStart: statement()
    default:
      isAtStart =
        byte == UInt8(ascii: "\n")
        || !isQuoted && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"))
        || isAtStart && (byte.isBlank || byte == 0x0D)
      copy(1)
    }
  }

  /// An odd number of backslashes before a quote hands the quote to the program that is called.
  private mutating func backslashes() {
    var end = index
    while end < bytes.count, bytes[end] == UInt8(ascii: "\\") { end += 1 }
    let isEscape = end < bytes.count && bytes[end] == UInt8(ascii: "\"") && (end - index) % 2 == 1
    while index < (isEscape ? end - 1 : end) {
      write(UInt8(ascii: "/"))
      index += 1
    }
    if isEscape { copy(2) }
    isAtStart = false
  }

  private mutating func skipLine() {
    flush()
    while index < bytes.count, bytes[index] != 0x0A { index += 1 }
  }

  /// `%NAME%`, `%1`, `%~dp0`, `%%x` as a variable of ours.
  private mutating func percent() {
    var start = index + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "%") { start += 1 }
    let isArgument = start < bytes.count && bytes[start] == UInt8(ascii: "~")
    if isArgument { start += 1 }
    var end = start
    while end < bytes.count, end - start < 64, bytes[end].isNameByte { end += 1 }
    guard end > start else { return copy(1) }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "%") && start == index + 1
    flush()
    let name = bytes[start..<end]
    result.append(decoded: "${".utf8, at: place)
    if !isClosed || name.first?.isDigit ?? false { result.append(decoded: "arg_".utf8, at: place) }
    result.append(decoded: name, at: place)
    result.append(decoded: "}".utf8, at: place)
    index = isClosed ? end + 1 : end
    isAtStart = false
  }

  private func word(at start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] > 0x20, !"()&|".utf8.contains(bytes[end]) { end += 1 }
    return start..<end
  }

  private func afterBlanks(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].prefix(32), as: UTF8.self).lowercased()
  }

  /// Where the command begins behind `start`, its title in quotes and its switches.
  private func started(from first: Int) -> Int {
    var next = first
    for count in 0..<16 where next < bytes.count {
      if bytes[next] == UInt8(ascii: "\""), count == 0 {
        let end = bytes[(next + 1)...].firstIndex { $0 == UInt8(ascii: "\"") || $0 == 0x0A }
        guard let end, bytes[end] == UInt8(ascii: "\"") else { return next }
        next = afterBlanks(end + 1)
      } else if bytes[next] == UInt8(ascii: "/") {
        next = afterBlanks(word(at: next).upperBound)
      } else {
        break
      }
    }
    return next
  }

  /// The first word of a command.
  private mutating func statement() {
    let first = word(at: index)
    switch text(first) {
    case "rem": skipLine()
    case "set": assignment(from: afterBlanks(first.upperBound))
    case "if": condition(from: afterBlanks(first.upperBound))
    case "else", "call", "do": pass(to: afterBlanks(first.upperBound))
    case "start": pass(to: started(from: afterBlanks(first.upperBound)))
    case "for":
      // Everything up to `do` says how often.
      var next = afterBlanks(first.upperBound)
      for _ in 0..<64 where next < bytes.count && bytes[next] != 0x0A {
        let found = word(at: next)
        if text(found) == "do" { return pass(to: afterBlanks(found.upperBound)) }
        next = afterBlanks(max(found.upperBound, next + 1))
      }
      pass(to: next)
    default:
      isAtStart = false
      copy(first.count)
    }
  }

  private mutating func pass(to place: Int) {
    flush()
    index = place
  }

  /// `if [not] exist name`, `if a==b`, `if a equ b`: what follows is a command.
  private mutating func condition(from start: Int) {
    var next = start
    func take() -> String {
      // A quoted operand may hold blanks.
      var end = next
      var isQuoted = false
      while end < bytes.count, bytes[end] != 0x0A, isQuoted || bytes[end] > 0x20 {
        if bytes[end] == UInt8(ascii: "\"") { isQuoted.toggle() }
        if !isQuoted, bytes[end] == UInt8(ascii: "("), end > next { break }
        end += 1
      }
      let found = text(next..<end)
      next = afterBlanks(end)
      return found
    }
    var first = take()
    while first == "not" || first == "/i" { first = take() }
    if ["exist", "defined", "errorlevel", "cmdextversion"].contains(first) {
      _ = take()
    } else if !first.contains("==") {
      let sign = take()
      if sign.hasSuffix("==") || sign == "==" || sign.count == 3 { _ = take() }
    } else if first.hasSuffix("==") {
      _ = take()
    }
    pass(to: next)
  }

  /// `set NAME=value`, `set "NAME=value"`.
  private mutating func assignment(from start: Int) {
    var name = start
    while name < bytes.count, bytes[name] == UInt8(ascii: "/") {
      name = afterBlanks(word(at: name).upperBound)
    }
    if name < bytes.count, bytes[name] == UInt8(ascii: "\"") { name += 1 }
    var end = name
    while end < bytes.count, bytes[end].isNameByte { end += 1 }
    guard end > name, end < bytes.count, bytes[end] == UInt8(ascii: "=") else {
      isAtStart = false
      return copy(3)
    }
    flush()
    index = name
    copy(end - name)
    flush()
    result.append(decoded: "=\"".utf8, at: place)
    index = end + 1
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D,
      bytes[index] != UInt8(ascii: "&")
    {
      switch bytes[index] {
      case UInt8(ascii: "%"): percent()
      case UInt8(ascii: "\\"):
        write(UInt8(ascii: "/"))
        index += 1
      case UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"):
        flush()
        index += 1
      default: copy(1)
      }
    }
    write(UInt8(ascii: "\""))
    isAtStart = true
  }
}
