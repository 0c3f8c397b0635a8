package import Core

/// A fenced block of code in a Markdown document.
package struct MarkdownFence: Sendable {
  /// The first word of the info string in lower case, `{bash}` as `bash`; empty for none.
  package let language: String
  /// The lines inside without the fence's indentation and without line breaks, as offsets.
  package let lines: [Range<Int>]
  /// The number of the first line inside, counted from 1.
  package let firstLine: Int

  /// The fences of a document in order; one that is not closed ends with the document.
  package static func all(in bytes: [UInt8]) -> [MarkdownFence] {
    var found: [MarkdownFence] = []
    var open: (mark: UInt8, length: Int, indent: Int, quotes: Int, language: String)?
    var lines: [Range<Int>] = []
    var number = 0
    var firstLine = 1
    var start = 0
    func close() {
      if let fence = open {
        found.append(
          MarkdownFence(language: fence.language, lines: lines, firstLine: firstLine))
      }
      open = nil
      lines = []
    }
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let whole = bytes[start..<end]
      var (line, quotes) = unquoted(whole, atMost: open?.quotes ?? maximumQuotes)
      // The end of a block quote ends the fence in it.
      if let fence = open, quotes < fence.quotes {
        close()
        (line, quotes) = unquoted(whole, atMost: maximumQuotes)
      }
      let indent = line.prefix { $0 == 0x20 }.count
      let body = line.dropFirst(indent)
      let mark = body.first ?? 0
      let isMark = mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
      let length = isMark ? body.prefix { $0 == mark }.count : 0
      if let fence = open {
        if length >= fence.length, mark == fence.mark,
          body.dropFirst(length).allSatisfy({ $0 <= 0x20 })
        {
          close()
        } else {
          lines.append((line.startIndex + min(indent, fence.indent))..<end)
        }
      } else if length >= 3 {
        open = (mark, length, indent, quotes, language(body.dropFirst(length)))
        firstLine = number + 1
      }
      start = end + 1
    }
    close()
    return found
  }

  private static let maximumQuotes = 8

  /// A line without the marks of at most so many block quotes before it, and their number.
  private static func unquoted(
    _ line: ArraySlice<UInt8>, atMost limit: Int
  ) -> (line: ArraySlice<UInt8>, quotes: Int) {
    var rest = line
    var count = 0
    while count < limit {
      let body = rest.drop { $0 == 0x20 }
      guard body.startIndex - rest.startIndex < 4, body.first == UInt8(ascii: ">") else { break }
      rest = body.dropFirst()
      if rest.first == 0x20 { rest = rest.dropFirst() }
      count += 1
    }
    return (rest, count)
  }

  private static func language(_ info: ArraySlice<UInt8>) -> String {
    let text = String(decoding: info.prefix(64), as: UTF8.self).lowercased()
    return String(
      text.drop { $0 == " " || $0 == "{" || $0 == "." }
        .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
  }
}

extension MarkdownFence {
  /// Languages of blocks that hold commands alone.
  private static let shells: Set<String> = ["bash", "sh", "shell", "zsh", "ksh"]
  /// Languages of blocks that show commands behind a prompt, with what they print.
  private static let consoles: Set<String> = [
    "console", "terminal", "shell-session", "shellsession", "sh-session", "bash-session",
  ]
  /// Larger documents hold data, in bytes.
  private static let limit = 4 << 20

  /// The commands that a document tells its readers to run, one fragment for each fence.
  package static func shell(path: RelativePath, bytes: [UInt8]) -> [ShellFragment] {
    guard bytes.count <= limit else { return [] }
    return all(in: bytes).compactMap { $0.shell(path: path, bytes: bytes) }
  }

  private func shell(path: RelativePath, bytes: [UInt8]) -> ShellFragment? {
    let isConsole = Self.consoles.contains(language)
    guard isConsole || Self.shells.contains(language) else { return nil }
    func isPrompt(_ line: Range<Int>) -> Bool { bytes[line].starts(with: "$ ".utf8) }
    let hasPrompts = isConsole || lines.contains(where: isPrompt)
    var number = firstLine
    var text = ShellTextBuilder()
    var goesOn = false
    for line in lines {
      defer { number += 1 }
      var start = line.lowerBound
      let isCommand = !hasPrompts || isPrompt(line) || goesOn
      guard isCommand else { continue }
      if hasPrompts, isPrompt(line) || goesOn && bytes[line].starts(with: "> ".utf8) { start += 2 }
      var end = line.upperBound
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      goesOn = end > start && bytes[end - 1] == UInt8(ascii: "\\")
      let lineStart = bytes[..<line.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let position = TextPosition(line: number, column: start - lineStart + 1)
      text.append(verbatim: bytes[start..<end], at: position)
      text.append(
        decoded: [0x0A], at: TextPosition(line: number, column: end - lineStart + 1))
    }
    guard !text.bytes.isEmpty else { return nil }
    return ShellFragment(
      path: path, place: .markdown, interpreter: .bash, text: text, sequence: "fences")
  }
}
