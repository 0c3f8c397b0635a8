/// Commands that programs of languages without a reader hand to a shell: `system("…")`,
/// `execSync('…')`, backquotes, `"…" | getline`.
struct ForeignProgram {
  private let text: ShellTextBuilder
  private let bytes: [UInt8]

  /// Functions that run their first argument, in lower case.
  private static let runners: Set<String> = [
    "system", "exec", "execsync", "shell_exec", "passthru", "popen", "spawn", "spawnsync", "qx",
    "script", "run", "execute",
  ]

  init(_ text: ShellTextBuilder) {
    self.text = text
    bytes = text.bytes
  }

  /// The texts in order, at most 32.
  ///
  /// - Parameter hasBackquotes: whether the language runs what stands in backquotes.
  func commands(hasBackquotes: Bool) -> [ShellTextBuilder] {
    var found: [ShellTextBuilder] = []
    var index = 0
    var word = 0..<0
    while index < bytes.count, found.count < 32 {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = literalEnd(index)
        if calls(word, before: index) || isRead(end) || isWritten(index) {
          found.append(literal(index..<end))
        }
        index = end
        word = index..<index
      case UInt8(ascii: "`"):
        let end = literalEnd(index)
        if hasBackquotes { found.append(literal(index..<end)) }
        index = end
        word = index..<index
      case _ where byte.isNameByte:
        let start = index
        while index < bytes.count, bytes[index].isNameByte { index += 1 }
        word = start..<index
      default: index += 1
      }
    }
    return found
  }

  /// One past the quote that closes the literal at `start`.
  private func literalEnd(_ start: Int) -> Int {
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == bytes[start] { return index + 1 }
      index += 1
    }
    return bytes.count
  }

  /// Whether nothing but a parenthesis and blanks stand between the word and the literal.
  private func calls(_ word: Range<Int>, before index: Int) -> Bool {
    guard !word.isEmpty, index - word.upperBound <= 4,
      bytes[word.upperBound..<index].allSatisfy({ $0.isBlank || $0 == UInt8(ascii: "(") })
    else { return false }
    return Self.runners.contains(String(decoding: bytes[word], as: UTF8.self).lowercased())
  }

  /// `"command" | getline`.
  private func isRead(_ end: Int) -> Bool {
    let rest = bytes[min(end, bytes.count)...].drop { $0.isBlank }
    guard rest.first == UInt8(ascii: "|") else { return false }
    return rest.dropFirst().drop { $0.isBlank || $0 == UInt8(ascii: "&") }
      .starts(with: "getline".utf8)
  }

  /// `print … | "command"`.
  private func isWritten(_ start: Int) -> Bool {
    var index = start
    while index > 0, bytes[index - 1].isBlank, start - index < 4 { index -= 1 }
    return index > 1 && bytes[index - 1] == UInt8(ascii: "|")
      && bytes[index - 2] != UInt8(ascii: "|")
  }

  private func literal(_ range: Range<Int>) -> ShellTextBuilder {
    var result = ShellTextBuilder()
    var index = range.lowerBound + 1
    let end = max(index, range.upperBound - 1)
    var start = index
    while index < end {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < end else {
        index += 1
        continue
      }
      result.append(bytes[start..<index], mappedBy: text.positions)
      let next = bytes[index + 1]
      let decoded: UInt8 =
        next == UInt8(ascii: "n") ? 0x0A : next == UInt8(ascii: "t") ? 0x09 : next
      result.append(decoded: [decoded], at: text.positions.position(index))
      index += 2
      start = index
    }
    if start < end { result.append(bytes[start..<end], mappedBy: text.positions) }
    return result
  }
}
