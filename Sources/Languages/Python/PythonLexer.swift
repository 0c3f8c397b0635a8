/// Splits a text into tokens on demand, with indentation, brackets and formatted strings as
/// CPython's tokenizer has them since 3.12.
///
/// The tokens and what lies between them (blanks, comments, line ends within brackets, line
/// continuations) make up every byte of the text.
struct PythonLexer {
  /// What is open around the next token.
  enum Bracket: UInt8 {
    case parenthesis, square, curly
    /// Within a formatted string's quotes.
    case quotes
    /// Within the braces of a field.
    case field
    /// Behind the colon of a field.
    case format
  }

  /// A formatted string that is open.
  struct Quotes {
    let quote: UInt8
    let isTriple: Bool
    let flags: UInt8
  }

  /// Limits as in CPython: indentation 100, brackets 200.
  static let deepestIndentation = 100
  static let deepestBracket = 200
  /// The most bytes of a file that are read.
  static let longestText = 16 << 20
  static let mostDamages = 64

  let text: [UInt8]
  /// The end of what is read.
  let end: Int
  let isNameByte: [Bool]
  let secret: UInt64
  var names: PythonNameTable
  var damages: [PythonDamage] = []

  /// The next byte to read.
  private(set) var position = 0
  var brackets: [Bracket] = []
  var quotes: [Quotes] = []
  /// Columns with tabs to the next multiple of 8, and with tabs as 1.
  private var indents: [(column: Int, alternative: Int)] = [(0, 0)]
  private var pendingDedents = 0
  private var isAtLineStart = true
  /// Whether a logical line has begun that no newline token has ended.
  private var isLineOpen = false
  /// Whether no token was met since the physical line began.
  private var isFirst = true
  var steps = 0
  private var hasMixedTabs = false
  private var hasLegacySyntax = false

  init(_ text: [UInt8]) {
    self.text = text
    end = min(text.count, Self.longestText)
    isNameByte = Self.nameBytes
    secret = PythonNameTable.secret
    names = .prototype
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  private static let nameBytes: [Bool] = (0..<256).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  mutating func note(_ offset: Int, _ reason: String, legacy: Bool = false) {
    guard damages.count < Self.mostDamages else { return }
    damages.append(PythonDamage(offset: offset, reason: reason, isLegacySyntax: legacy))
  }

  /// Records syntax of Python 2, once a file.
  mutating func noteLegacy(_ offset: Int, _ reason: String) {
    guard !hasLegacySyntax else { return }
    hasLegacySyntax = true
    note(offset, reason, legacy: true)
  }

  /// Drops all open brackets and goes on at the start of a physical line.
  mutating func restart(atLineStart offset: Int) {
    position = offset
    brackets.removeAll(keepingCapacity: true)
    quotes.removeAll(keepingCapacity: true)
    isAtLineStart = true
    isLineOpen = false
    isFirst = true
  }

  /// Goes on at an offset behind the rest of a line that was taken as it is.
  mutating func resume(at offset: Int) {
    position = offset
    isLineOpen = true
  }

  func byte(_ index: Int) -> UInt8 { index < end ? text[index] : 0 }

  /// The next token; `endOfFile` again and again at the end.
  mutating func next() -> PythonToken {
    let before = position
    let token = lex()
    steps += 1 + max(0, position - before)
    return token
  }

  func token(
    _ kind: PythonTokenKind, _ start: Int, flags: UInt8 = 0, value: UInt32 = 0, first: Bool = false
  ) -> PythonToken {
    PythonToken(
      kind: kind, flags: flags, isFirst: first, start: UInt32(truncatingIfNeeded: start),
      end: UInt32(truncatingIfNeeded: position), value: value)
  }

  /// An error token over `start..<stop`.
  mutating func fail(_ error: PythonLexicalError, _ start: Int, to stop: Int) -> PythonToken {
    position = max(position, stop)
    let first = isFirst
    isFirst = false
    return token(.error, start, value: error.rawValue, first: first)
  }

  private mutating func lex() -> PythonToken {
    if pendingDedents > 0 {
      pendingDedents -= 1
      return token(.dedent, position)
    }
    if let inside = brackets.last, inside == .quotes || inside == .format {
      return formattedText(inFormat: inside == .format)
    }
    if isAtLineStart, brackets.isEmpty {
      isAtLineStart = false
      if let token = indentation() { return token }
    }
    if let stop = skipBlanks() { return stop }
    guard position < end else { return atEnd() }
    isLineOpen = true
    let first = isFirst
    let start = position
    let result = tokenProper(text[position], start)
    isFirst = false
    if first {
      if result.kind.isStatementOnly, !brackets.isEmpty {
        var line = start
        while line > 0, text[line - 1] != 0x0A, text[line - 1] != 0x0D { line -= 1 }
        restart(atLineStart: line)
        return PythonToken(
          kind: .unclosed, isFirst: true, start: UInt32(start), end: UInt32(start))
      }
      var marked = result
      marked.isFirst = true
      return marked
    }
    return result
  }

  private mutating func atEnd() -> PythonToken {
    if isLineOpen {
      isLineOpen = false
      if !brackets.isEmpty {
        brackets.removeAll()
        quotes.removeAll()
        return token(.unclosed, position)
      }
      return token(.newline, position)
    }
    if indents.count > 1 {
      pendingDedents = indents.count - 2
      indents.removeLast(indents.count - 1)
      return token(.dedent, position)
    }
    return token(.endOfFile, position)
  }

  /// Skips what stands between tokens; answers a newline token, or an error.
  private mutating func skipBlanks() -> PythonToken? {
    while position < end {
      switch text[position] {
      case 0x20, 0x09, 0x0C, 0x00: position += 1
      case UInt8(ascii: "#"): skipComment()
      case 0x0A, 0x0D:
        let start = position
        position = behindLineEnd(position)
        isFirst = true
        if brackets.isEmpty {
          isAtLineStart = true
          isLineOpen = false
          return token(.newline, start)
        }
      case UInt8(ascii: "\\"):
        let next = byte(position + 1)
        if next == 0x0A || next == 0x0D, position + 1 < end {
          position = behindLineEnd(position + 1)
          isFirst = true
        } else {
          isLineOpen = true
          return fail(.continuation, position, to: position + 1)
        }
      default: return nil
      }
    }
    return nil
  }

  private mutating func skipComment() {
    while position < end, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
  }

  /// The offset behind the line end that begins at `index`.
  func behindLineEnd(_ index: Int) -> Int {
    text[index] == 0x0D && byte(index + 1) == 0x0A ? min(index + 2, end) : index + 1
  }

  /// Reads the blanks of a line's start and skips lines without tokens.
  private mutating func indentation() -> PythonToken? {
    var column = 0
    var alternative = 0
    var continued: (Int, Int)?
    scanning: while position < end {
      switch text[position] {
      case 0x20:
        column += 1
        alternative += 1
        position += 1
      case 0x09:
        column = (column / 8 + 1) * 8
        alternative += 1
        position += 1
      case 0x0C:
        (column, alternative) = (0, 0)
        position += 1
      case 0x00: position += 1
      case UInt8(ascii: "\\"):
        let next = byte(position + 1)
        guard next == 0x0A || next == 0x0D else { break scanning }
        if continued == nil { continued = (column, alternative) }
        position = behindLineEnd(position + 1)
        isFirst = true
      case UInt8(ascii: "#"): skipComment()
      case 0x0A, 0x0D:
        position = behindLineEnd(position)
        (column, alternative) = (0, 0)
        continued = nil
        isFirst = true
      default: break scanning
      }
    }
    guard position < end else { return nil }
    if let continued { (column, alternative) = continued }
    return compareIndentation(column, alternative)
  }

  private mutating func compareIndentation(_ column: Int, _ alternative: Int) -> PythonToken? {
    let top = indents[indents.count - 1]
    if column == top.column {
      if alternative != top.alternative { noteMixedTabs() }
      return nil
    }
    if column > top.column {
      if alternative <= top.alternative { noteMixedTabs() }
      guard indents.count < Self.deepestIndentation else {
        note(position, "blocks nested too deeply")
        return nil
      }
      indents.append((column, alternative))
      return token(.indent, position)
    }
    var count = 0
    while indents.count > 1, indents[indents.count - 1].column > column {
      indents.removeLast()
      count += 1
    }
    let now = indents[indents.count - 1]
    if now.column != column {
      note(position, "indentation that matches no outer block")
    } else if now.alternative != alternative {
      noteMixedTabs()
    }
    pendingDedents = count - 1
    return token(.dedent, position)
  }

  private mutating func noteMixedTabs() {
    guard !hasMixedTabs else { return }
    hasMixedTabs = true
    note(position, "tabs and spaces mixed in indentation")
  }

  /// Moves on by `length` bytes and makes the token of them.
  @inline(__always)
  mutating func take(_ kind: PythonTokenKind, _ length: Int) -> PythonToken {
    let start = position
    position += length
    return token(kind, start)
  }

  mutating func move(to offset: Int) { position = offset }
}
