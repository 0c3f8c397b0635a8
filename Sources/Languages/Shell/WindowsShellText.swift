import Core

extension ShellEvaluator {
  /// Text of PowerShell or cmd as the commands in it would stand in a POSIX shell.
  ///
  /// What decides whether a command runs is dropped (every command counts), what it is called with
  /// is kept: `iex ((New-Object Net.WebClient).DownloadString('…'))` reads as
  /// `iex $(Invoke-WebRequest '…')`.
  static func posix(
    _ text: ShellTextBuilder, _ interpreter: ShellInterpreter
  ) -> ShellTextBuilder {
    var reader = WindowsShellText(text)
    return interpreter == .powershell ? reader.powershell() : reader.batch()
  }
}

/// Rewrites the text of a shell of Windows, keeping the places of what stays.
struct WindowsShellText {
  let text: ShellTextBuilder
  let bytes: [UInt8]
  var result = ShellTextBuilder()
  var index = 0
  /// For each open parenthesis: whether one was written.
  private var open: [Bool] = []
  var isAtStart = true
  /// Whether the place stands in quotes, in batch files.
  var isQuoted = false
  /// Where the bytes begin that are copied and not yet written.
  private var pending: Int?

  init(_ text: ShellTextBuilder) {
    self.text = text
    bytes = text.bytes
  }

  // MARK: PowerShell

  /// Words before a parenthesis or a block that only decide what runs.
  private static let keywords: Set<String> = [
    "if", "elseif", "else", "while", "for", "foreach", "do", "until", "switch", "try", "catch",
    "finally", "function", "filter", "param", "begin", "process", "end", "trap", "return",
  ]

  /// The commands of a PowerShell text.
  mutating func powershell() -> ShellTextBuilder {
    while index < bytes.count { step() }
    flush()
    return result
  }

  private mutating func step() {
    let byte = bytes[index]
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case UInt8(ascii: "`"):
      let isLineEnd = next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")
      write(isLineEnd ? UInt8(ascii: "\\") : UInt8(ascii: " "))
      index += 1
    case UInt8(ascii: "'"), UInt8(ascii: "\""): quoted(byte)
    case UInt8(ascii: "#"): comment(until: [UInt8(ascii: "\n")], keepsEnd: true)
    case UInt8(ascii: "<") where next == UInt8(ascii: "#"):
      comment(until: Array("#>".utf8), keepsEnd: false)
    case UInt8(ascii: "\\"):
      write(UInt8(ascii: "/"))
      index += 1
    case UInt8(ascii: "{"), UInt8(ascii: "}"):
      write(UInt8(ascii: ";"))
      index += 1
      isAtStart = true
    case UInt8(ascii: "("): parenthesis()
    case UInt8(ascii: ")"):
      if open.popLast() ?? false { write(byte) } else { write(UInt8(ascii: ";")) }
      index += 1
      methodCall()
    case UInt8(ascii: "@") where next == UInt8(ascii: "(") || next == UInt8(ascii: "{"):
      flush()
      index += 1
    case UInt8(ascii: ","):
      write(UInt8(ascii: " "))
      index += 1
    case UInt8(ascii: "."), UInt8(ascii: "&"):
      if isAtStart, next.isBlank {
        // Both call the command that follows.
        write(UInt8(ascii: " "))
        index += 1
      } else if byte == UInt8(ascii: ".") {
        methodCall()
      } else {
        copy(1)
      }
    case UInt8(ascii: "$") where next == UInt8(ascii: "{"): braces()
    case UInt8(ascii: "$") where isAtStart: variable()
    case _ where isAtStart && byte.isNameStart: word()
    default:
      isAtStart =
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
        || isAtStart && (byte.isBlank || byte == 0x0D)
      copy(1)
    }
  }

  /// `${name}`, and `${{ expression }}` of a workflow, as they are.
  private mutating func braces() {
    let isExpression = bytes[index...].starts(with: "${{".utf8)
    let end = Array((isExpression ? "}}" : "}").utf8)
    copy(isExpression ? 3 : 2)
    isAtStart = false
    while index < bytes.count, bytes[index] != 0x0A {
      if bytes[index...].starts(with: end) {
        copy(end.count)
        return
      }
      copy(1)
    }
  }

  /// A string; its backquotes and backslashes mean something else here.
  private mutating func quoted(_ quote: UInt8) {
    isAtStart = false
    copy(1)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "`"), quote == UInt8(ascii: "\"") {
        write(UInt8(ascii: "\\"))
        index += 1
        if index < bytes.count { copy(1) }
      } else if byte == UInt8(ascii: "\\") {
        write(UInt8(ascii: "/"))
        index += 1
      } else {
        copy(1)
        if byte == quote { return }
      }
    }
  }

  private mutating func comment(until end: [UInt8], keepsEnd: Bool) {
    flush()
    while index < bytes.count, !bytes[index...].starts(with: end) {
      if bytes[index] == 0x0A { write(0x0A) }
      index += 1
    }
    if !keepsEnd { index = min(bytes.count, index + end.count) }
  }

  /// `(command)` is what the command puts out; behind a keyword it is a condition.
  private mutating func parenthesis() {
    flush()
    let last = result.bytes.last ?? UInt8(ascii: " ")
    if last == UInt8(ascii: "$") {
      copy(1)
      open.append(true)
    } else {
      result.append(decoded: "$(".utf8, at: place)
      index += 1
      open.append(true)
    }
    isAtStart = true
  }

  /// `$name = value` as an assignment, where the value is one word.
  private mutating func variable() {
    var end = index + 1
    while end < bytes.count, bytes[end].isNameByte || bytes[end] == UInt8(ascii: ":") { end += 1 }
    var sign = end
    while sign < bytes.count, bytes[sign].isBlank { sign += 1 }
    guard sign < bytes.count, bytes[sign] == UInt8(ascii: "="), end > index + 1 else {
      isAtStart = false
      copy(1)
      return
    }
    var value = sign + 1
    while value < bytes.count, bytes[value].isBlank { value += 1 }
    let first = value < bytes.count ? bytes[value] : 0
    let isWord = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    flush()
    if isWord {
      index += 1
      copy(end - index)
      write(UInt8(ascii: "="))
    }
    index = value
    isAtStart = !isWord
  }

  /// The first word of a statement: a keyword goes, with the parenthesis behind it as commands.
  private mutating func word() {
    var end = index
    while end < bytes.count, bytes[end].isNameByte || bytes[end] == UInt8(ascii: "-") { end += 1 }
    let name = String(decoding: bytes[index..<end].prefix(32), as: UTF8.self).lowercased()
    guard Self.keywords.contains(name) else {
      isAtStart = false
      copy(end - index)
      return
    }
    flush()
    index = end
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "(") else { return }
    write(UInt8(ascii: ";"))
    open.append(false)
    index += 1
  }

  private static let methods: [String: String] = [
    "downloadstring": "Invoke-WebRequest -Uri", "downloaddata": "Invoke-WebRequest -Uri",
    "downloadfile": "Invoke-WebRequest -Uri", "openread": "Invoke-WebRequest -Uri",
    "downloadstringtaskasync": "Invoke-WebRequest -Uri",
    "downloadfileasync": "Invoke-WebRequest -Uri",
    "downloadfiletaskasync": "Invoke-WebRequest -Uri", "getstringasync": "Invoke-WebRequest -Uri",
    "getbytearrayasync": "Invoke-WebRequest -Uri",
  ]

  /// `.DownloadString(address)` behind an object; other members are left out.
  private mutating func methodCall() {
    guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return }
    var end = index + 1
    while end < bytes.count, bytes[end].isNameByte { end += 1 }
    let name = String(decoding: bytes[(index + 1)..<end].prefix(40), as: UTF8.self).lowercased()
    guard end < bytes.count, bytes[end] == UInt8(ascii: "("), let command = Self.methods[name]
    else {
      isAtStart = false
      copy(1)
      return
    }
    flush()
    result.append(decoded: " $(\(command) ".utf8, at: place)
    index = end + 1
    open.append(true)
    isAtStart = false
    guard name.hasPrefix("downloadfile") else { return }
    // The second argument is the file.
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ","), depth == 0 {
        flush()
        result.append(decoded: " -OutFile ".utf8, at: place)
        index += 1
        return
      }
      if byte == UInt8(ascii: ")"), depth == 0 || byte == 0x0A { return }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quoted(byte)
        continue
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
      if byte == UInt8(ascii: "\\") {
        write(UInt8(ascii: "/"))
        index += 1
      } else {
        copy(1)
      }
    }
  }

  // MARK: Writing

  var place: TextPosition { text.positions.position(index) }

  /// Copies so many bytes as they are.
  mutating func copy(_ count: Int) {
    if pending == nil { pending = index }
    index = min(bytes.count, index + max(0, count))
  }

  /// Writes what was copied before the index moves on without.
  mutating func flush() {
    if let pending, pending < index {
      result.append(bytes[pending..<index], mappedBy: text.positions)
    }
    pending = nil
  }

  /// Writes a byte instead of the one at the index.
  mutating func write(_ byte: UInt8) {
    flush()
    result.append(decoded: [byte], at: place)
  }
}
