/// Parses POSIX shell and bash, never giving up: what does not close is closed at the end, what
/// makes no sense is skipped, and both are told in `problems`.
///
/// Each byte is looked at a bounded number of times, and nesting is bounded.
struct ShellParser {
  struct Problem {
    let offset: Int
    let text: String
    /// Whether a bound of the parser left something out, which the text itself may well allow.
    var isLimit = false
  }

  /// Deeper nesting is skipped, and told.
  static let maximumDepth = 64

  let bytes: [UInt8]
  /// Where each byte stands in the outermost text; nil: at its own offset.
  let offsets: [Int]?
  var position = 0
  var depth: Int
  var problems: [Problem] = []
  /// Bodies of here-documents, filled in when their line ends.
  var hereDocuments: [ShellSyntaxWord] = []
  var pendingHereDocuments: [(index: Int, name: [UInt8], isQuoted: Bool, stripsTabs: Bool)] = []

  init(_ bytes: [UInt8], offsets: [Int]? = nil, depth: Int = 0) {
    self.bytes = bytes
    self.offsets = offsets
    self.depth = depth
  }

  /// The whole text.
  mutating func parse() -> ShellSyntaxNode {
    var items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)] = []
    while true {
      let before = position
      if case .list(let more) = parseList(until: []) { items += more }
      skipSpace(newlines: true)
      guard position < bytes.count else { break }
      // A closing word or bracket that nothing opened.
      note("unexpected `\(shownByte)`")
      if position == before { position += 1 }
      while position < bytes.count, bytes[position].isNameByte { position += 1 }
    }
    readPendingHereDocuments()
    return .list(items)
  }

  /// Where the byte at `index` stands in the outermost text.
  func outer(_ index: Int) -> Int {
    guard let offsets else { return index }
    if index < offsets.count { return offsets[index] }
    return (offsets.last ?? -1) + 1
  }

  mutating func note(_ text: String) {
    // Enough to say that the text was not understood.
    if problems.count < 20 { problems.append(Problem(offset: outer(position), text: text)) }
  }

  /// Tells that nesting beyond the bound was skipped.
  mutating func noteDepth() {
    guard !problems.contains(where: \.isLimit) else { return }
    problems.append(
      Problem(offset: outer(position), text: "nested too deeply", isLimit: true))
  }

  private var shownByte: String {
    position < bytes.count && bytes[position] < 0x7F && bytes[position] >= 0x20
      ? String(UnicodeScalar(bytes[position])) : "byte"
  }

  // MARK: Looking at bytes

  func byte(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  func at(_ text: String, offset: Int = 0) -> Bool {
    var index = position + offset
    for byte in text.utf8 {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// Skips blanks, escaped line ends, comments, and line ends if asked to.
  mutating func skipSpace(newlines: Bool) {
    while let byte = byte() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "\\") where self.byte(1) == UInt8(ascii: "\n"): position += 2
      case UInt8(ascii: "\\") where at("\\\r\n"): position += 3
      case UInt8(ascii: "#"):
        while let byte = self.byte(), byte != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "\n") where newlines: takeNewline()
      default: return
      }
    }
  }

  /// Takes the line end; here-documents announced on the line follow it.
  mutating func takeNewline() {
    position += 1
    if !pendingHereDocuments.isEmpty { readPendingHereDocuments() }
  }

  /// The unquoted word at the position if it could be a reserved word, without taking it.
  func reservedWord() -> String? {
    guard let first = byte() else { return nil }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "}") || first == UInt8(ascii: "!") {
      guard endsWord(position + 1) else { return nil }
      return String(UnicodeScalar(first))
    }
    if at("[[") { return endsWord(position + 2) ? "[[" : nil }
    guard first.isNameStart else { return nil }
    var end = position
    while end < bytes.count, end - position <= 8, bytes[end].isNameByte { end += 1 }
    guard endsWord(end) else { return nil }
    let word = String(decoding: bytes[position..<end], as: UTF8.self)
    return Self.reserved.contains(word) ? word : nil
  }

  private static let reserved: Set<String> = [
    "if", "then", "elif", "else", "fi", "while", "until", "do", "done", "for", "select", "in",
    "case", "esac", "function", "time", "coproc",
  ]

  func endsWord(_ index: Int) -> Bool {
    guard index < bytes.count else { return true }
    switch bytes[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
      UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
      return true
    default: return false
    }
  }

  // MARK: Lists and pipelines

  /// Commands until one of the reserved words, a closing bracket, `;;`, or the end.
  mutating func parseList(until stops: Set<String>) -> ShellSyntaxNode {
    var items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)] = []
    var joint = ShellSyntaxNode.Joint.always
    while true {
      skipSpace(newlines: true)
      guard let next = byte() else { break }
      if next == UInt8(ascii: ")") || at(";;") || at(";&") { break }
      if let word = reservedWord(), Self.closing.contains(word) {
        break
      }
      let before = position
      if let node = parsePipeline() { items.append((joint, node)) }
      joint = .always
      skipSpace(newlines: false)
      guard let separator = byte() else { break }
      if at("&&") {
        position += 2
        joint = .and
      } else if at("||") {
        position += 2
        joint = .or
      } else if at(";;") || at(";&") {
        break
      } else if separator == UInt8(ascii: ";") || separator == UInt8(ascii: "&") {
        position += 1
      } else if separator == UInt8(ascii: "\n") {
        takeNewline()
      } else if separator == UInt8(ascii: ")") {
        break
      } else if position == before {
        note("unexpected `\(shownByte)`")
        position += 1
      }
    }
    return .list(items)
  }

  private static let closing: Set<String> = [
    "then", "elif", "else", "fi", "do", "done", "esac", "}",
  ]

  private mutating func parsePipeline() -> ShellSyntaxNode? {
    var isNegated = false
    while let word = reservedWord() {
      if word == "!" {
        position += 1
        isNegated.toggle()
      } else if word == "time" || word == "coproc" {
        position += word.utf8.count
        skipSpace(newlines: false)
        if at("-p"), endsWord(position + 2) { position += 2 }
      } else {
        break
      }
      skipSpace(newlines: false)
    }
    var nodes: [ShellSyntaxNode] = []
    while true {
      if let node = parseCommand() { nodes.append(node) }
      skipSpace(newlines: false)
      guard byte() == UInt8(ascii: "|"), byte(1) != UInt8(ascii: "|") else { break }
      position += byte(1) == UInt8(ascii: "&") ? 2 : 1
      skipSpace(newlines: true)
      guard byte() != nil else { break }
    }
    guard let first = nodes.first else { return nil }
    let node = nodes.count == 1 ? first : .pipeline(nodes)
    return isNegated ? .negated(node) : node
  }

  private mutating func parseCommand() -> ShellSyntaxNode? {
    guard depth < Self.maximumDepth else {
      noteDepth()
      while let byte = byte(), byte != UInt8(ascii: "\n") { position += 1 }
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    guard let node = parseCompound() else { return parseSimple() }
    var redirects: [ShellSyntaxRedirect] = []
    while true {
      skipSpace(newlines: false)
      guard let redirect = parseRedirect() else { break }
      redirects.append(redirect)
    }
    return redirects.isEmpty ? node : .redirected(node, redirects)
  }

  private mutating func parseCompound() -> ShellSyntaxNode? {
    if at("(("), let arithmetic = parseArithmeticCommand() { return arithmetic }
    if byte() == UInt8(ascii: "(") {
      position += 1
      let body = parseList(until: [])
      close(")")
      return .subshell(body)
    }
    guard let word = reservedWord() else { return nil }
    switch word {
    case "{":
      position += 1
      let body = parseList(until: [])
      close("}")
      return body
    case "[[":
      position += 2
      return parseTest()
    case "if":
      position += 2
      return parseIf()
    case "while", "until":
      position += 5
      let condition = parseList(until: [])
      return .loop(condition: condition, body: parseLoopBody())
    case "for", "select":
      position += word.utf8.count
      return parseFor()
    case "case":
      position += 4
      return parseCase()
    case "function":
      position += 8
      return parseFunction()
    default: return nil
    }
  }

  /// Takes a closing word or bracket, or notes that it is missing.
  private mutating func close(_ word: String) {
    skipSpace(newlines: true)
    if bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
    } else {
      note("`\(word)` is missing")
    }
  }

  private mutating func takeReserved(_ word: String) -> Bool {
    skipSpace(newlines: true)
    guard reservedWord() == word else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func parseIf() -> ShellSyntaxNode {
    var branches: [(condition: ShellSyntaxNode, body: ShellSyntaxNode)] = []
    var otherwise: ShellSyntaxNode?
    repeat {
      let condition = parseList(until: ["then"])
      if !takeReserved("then") { note("`then` is missing") }
      branches.append((condition, parseList(until: ["elif", "else", "fi"])))
    } while takeReserved("elif")
    if takeReserved("else") { otherwise = parseList(until: ["fi"]) }
    if !takeReserved("fi") { note("`fi` is missing") }
    return .branches(branches, otherwise: otherwise)
  }

  private mutating func parseLoopBody() -> ShellSyntaxNode {
    skipSpace(newlines: true)
    if byte() == UInt8(ascii: ";") {
      position += 1
      skipSpace(newlines: true)
    }
    if reservedWord() == "{" {
      position += 1
      let body = parseList(until: [])
      close("}")
      return body
    }
    if !takeReserved("do") { note("`do` is missing") }
    let body = parseList(until: ["done"])
    if !takeReserved("done") { note("`done` is missing") }
    return body
  }

  private mutating func parseFor() -> ShellSyntaxNode {
    skipSpace(newlines: false)
    if at("(("), let arithmetic = parseArithmeticCommand() {
      return .loop(condition: arithmetic, body: parseLoopBody())
    }
    let start = position
    while let byte = byte(), byte.isNameByte { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    var words: [ShellSyntaxWord]?
    if takeReserved("in") {
      var list: [ShellSyntaxWord] = []
      while true {
        skipSpace(newlines: false)
        guard let word = parseWord() else { break }
        list.append(word)
      }
      words = list
    }
    return .forEach(name, words, body: parseLoopBody())
  }

  private mutating func parseCase() -> ShellSyntaxNode {
    skipSpace(newlines: false)
    let subject = parseWord() ?? ShellSyntaxWord(start: outer(position), end: outer(position))
    if !takeReserved("in") { note("`in` is missing") }
    var items: [(patterns: [ShellSyntaxWord], body: ShellSyntaxNode)] = []
    while true {
      skipSpace(newlines: true)
      guard byte() != nil else {
        note("`esac` is missing")
        break
      }
      if reservedWord() == "esac" {
        position += 4
        break
      }
      let before = position
      if byte() == UInt8(ascii: "(") { position += 1 }
      var patterns: [ShellSyntaxWord] = []
      while true {
        skipSpace(newlines: false)
        if let word = parseWord() { patterns.append(word) }
        skipSpace(newlines: false)
        guard byte() == UInt8(ascii: "|") else { break }
        position += 1
      }
      if byte() == UInt8(ascii: ")") { position += 1 } else { note("`)` is missing") }
      items.append((patterns, parseList(until: ["esac"])))
      if at(";;&") { position += 3 } else if at(";;") || at(";&") { position += 2 }
      if position == before { position += 1 }
    }
    return .choice(subject, items)
  }

  private mutating func parseFunction() -> ShellSyntaxNode {
    skipSpace(newlines: false)
    let start = position
    while position < bytes.count, !endsWord(position) { position += 1 }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    skipSpace(newlines: false)
    if byte() == UInt8(ascii: "(") {
      position += 1
      close(")")
    }
    return functionBody(name)
  }

  mutating func functionBody(_ name: String) -> ShellSyntaxNode {
    skipSpace(newlines: true)
    return .function(name, body: parseCommand() ?? .list([]))
  }

  private mutating func parseTest() -> ShellSyntaxNode {
    var words: [ShellSyntaxWord] = []
    while true {
      skipSpace(newlines: true)
      guard let next = byte() else {
        note("`]]` is missing")
        break
      }
      if at("]]"), endsWord(position + 2) {
        position += 2
        break
      }
      let before = position
      if let word = parseWord() { words.append(word) }
      // Operators and the brackets of regular expressions.
      if position == before { position += next == UInt8(ascii: "\n") ? 0 : 1 }
    }
    return .test(words)
  }
}
