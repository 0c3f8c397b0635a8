/// Commands that programs of languages without a reader hand to a shell: `system("…")`,
/// `execSync('…')`, backquotes, `"…" | getline`.
struct ForeignProgram {
  private let text: ShellTextBuilder
  private let bytes: [UInt8]

  /// Functions that run their first argument, in lower case.
  private static let runners: Set<String> = [
    "system", "exec", "execsync", "shell_exec", "passthru", "popen", "spawn", "spawnsync", "qx",
    "script", "run", "execute", "sh", "bat", "inline", "execfile", "execfilesync", "getoutput",
    "check_output", "os_execute", "shell_command",
  ]

  init(_ text: ShellTextBuilder) {
    self.text = text
    bytes = text.bytes
  }

  /// The texts in order, at most `limit`.
  ///
  /// - Parameters:
  ///   - hasBackquotes: whether the language runs what stands in backquotes.
  ///   - hasTripleQuotes: whether three quotes begin a text of several lines.
  ///   - takesBlocks: whether every text of several lines is run.
  ///   - endsWithLine: whether a quoted text ends with its line at the latest; quotes that do not
  ///     close are apostrophes of comments then.
  ///   - assigns: whether `command = "…"` names what is run.
  func commands(
    hasBackquotes: Bool, hasTripleQuotes: Bool = false, takesBlocks: Bool = false,
    endsWithLine: Bool = false, assigns: Bool = false, limit: Int = 32
  ) -> [ShellTextBuilder] {
    var found: [ShellTextBuilder] = []
    var index = 0
    var word = 0..<0
    while index < bytes.count, found.count < limit {
      let byte = bytes[index]
      switch byte {
      case _ where hasTripleQuotes && isTriple(index):
        let mark = [byte, byte, byte]
        let end = bytes[(index + 3)...].firstRange(of: mark)?.lowerBound ?? bytes.count
        if takesBlocks || calls(word, before: index) {
          found.append(literal((index + 2)..<(end + 1)))
        }
        index = min(end + 3, bytes.count)
        word = index..<index
      case UInt8(ascii: "/") where bytes[index...].starts(with: "//".utf8) && hasTripleQuotes:
        index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let end = literalEnd(index, endsWithLine: endsWithLine)
        guard end > index + 1 else {
          index = end
          continue
        }
        if calls(word, before: index) || isRead(end) || isWritten(index)
          || assigns && isCommand(word, before: index)
        {
          found.append(literal(index..<end))
        }
        index = end
        word = index..<index
      case UInt8(ascii: "`"):
        let end = literalEnd(index)
        if hasBackquotes || calls(word, before: index) { found.append(literal(index..<end)) }
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

  /// Whether three quotes of one kind stand here.
  private func isTriple(_ index: Int) -> Bool {
    let byte = bytes[index]
    return (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"))
      && bytes[index...].starts(with: [byte, byte, byte])
  }

  /// One past the quote that closes the literal at `start`; one past `start` when it is none.
  private func literalEnd(_ start: Int, endsWithLine: Bool = false) -> Int {
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == bytes[start] { return index + 1 }
      if endsWithLine, bytes[index] == 0x0A { return start + 1 }
      index += 1
    }
    return bytes.count
  }

  /// Whether nothing but a parenthesis and blanks stand between the word and the literal.
  private func calls(_ word: Range<Int>, before index: Int) -> Bool {
    guard !word.isEmpty, index - word.upperBound <= 6,
      bytes[word.upperBound..<index].allSatisfy({ $0.isBlank || "(:[".utf8.contains($0) })
    else { return false }
    return Self.runners.contains(String(decoding: bytes[word], as: UTF8.self).lowercased())
  }

  /// `command = "…"`, `inline = ["…"]`.
  private func isCommand(_ word: Range<Int>, before index: Int) -> Bool {
    guard !word.isEmpty, index - word.upperBound <= 24,
      bytes[word.upperBound..<index].allSatisfy({
        $0.isBlank || $0 == 0x0A || "=[".utf8.contains($0)
      })
    else { return false }
    return ["command", "inline", "user_data"].contains(String(decoding: bytes[word], as: UTF8.self))
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
    let end = min(bytes.count, max(index, range.upperBound - 1))
    var start = index
    while index < end {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < end else {
        index += 1
        continue
      }
      let next = bytes[index + 1]
      guard next != 0x0A else {
        // A line that goes on means the same to the shell.
        index += 2
        continue
      }
      result.append(bytes[start..<index], mappedBy: text.positions)
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
