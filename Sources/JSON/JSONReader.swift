package import Core

/// A string of the document: its bytes between the quotes, still escaped.
package struct JSONText: Hashable, Sendable {
  /// Offsets of the bytes between the quotes.
  package let range: Range<Int>
  /// Whether the bytes hold no escape, so that they are the string.
  package let isPlain: Bool
}

/// One step through a document.
package enum JSONEvent: Hashable, Sendable {
  case beginObject, endObject, beginArray, endArray
  /// A member's name; its value comes next.
  case key(JSONText)
  case string(JSONText)
  /// A number's text, kept as it is; with `allowsNonFinite` also `NaN` and the infinities.
  case number(Range<Int>)
  case bool(Bool)
  case null
  /// The document is complete and nothing follows it.
  case end
}

/// Reads a JSON document event by event, in linear time and without recursion.
///
/// Checks the grammar, UTF-8, depth and size; duplicate keys are for whoever collects the members.
package struct JSONReader: Sendable {
  package let bytes: [UInt8]
  package let options: JSONOptions
  /// Where the last event's text begins: a string's at its quote.
  package private(set) var start = 0
  /// The offset after the last event's text.
  package private(set) var offset = 0

  private enum Expectation {
    case value
    /// A value or the end of an array just opened.
    case valueOrEnd
    /// A key or the end of an object just opened.
    case keyOrEnd
    /// A comma or the end of the innermost object or array; at depth 0 the end of the document.
    case next
  }

  private var expectation = Expectation.value
  /// The open objects (true) and arrays (false), innermost last.
  private var open: [Bool] = []
  private var line = 1
  private var lineStart = 0

  /// Begins at the first byte of `bytes`.
  ///
  /// - Throws: `JSONError` when the document exceeds `options.sizeLimit`.
  package init(_ bytes: [UInt8], _ options: JSONOptions) throws(JSONError) {
    self.bytes = bytes
    self.options = options
    if bytes.count > options.sizeLimit {
      throw JSONError(.tooLarge(limit: options.sizeLimit), at: TextPosition(line: 1, column: 1))
    }
    if options.allowsByteOrderMark, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      start = 3
    }
  }

  /// How many objects and arrays are open.
  package var depth: Int { open.count }

  /// The line and column at which the last event begins.
  package var position: TextPosition { position(of: start) }

  /// Moves to the next event; after `.end` it stays there.
  package mutating func next() throws(JSONError) -> JSONEvent {
    skipSpace()
    start = offset
    switch expectation {
    case .value:
      return try value()
    case .valueOrEnd:
      if peek == UInt8(ascii: "]") { return close() }
      return try value()
    case .keyOrEnd:
      if peek == UInt8(ascii: "}") { return close() }
      return try key()
    case .next:
      guard let isObject = open.last else {
        guard offset == bytes.count else { throw error(.trailingContent, at: offset) }
        return .end
      }
      if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
      guard peek == UInt8(ascii: ",") else {
        throw unexpected(isObject ? "`,` or `}`" : "`,` or `]`")
      }
      offset += 1
      skipSpace()
      start = offset
      return isObject ? try key() : try value()
    }
  }

  /// Passes over the value that begins with `event`, the one last returned.
  package mutating func skip(_ event: JSONEvent) throws(JSONError) {
    switch event {
    case .beginObject, .beginArray:
      let outside = depth - 1
      while depth > outside { _ = try next() }
    default: break
    }
  }

  /// The last event's position, for an error of the caller's.
  package func error(_ reason: JSONError.Reason) -> JSONError {
    JSONError(reason, at: position)
  }

  // MARK: Parts of the grammar

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0D: offset += 1
      case 0x0A:
        offset += 1
        line += 1
        lineStart = offset
      default: return
      }
    }
  }

  private mutating func close() -> JSONEvent {
    offset += 1
    expectation = .next
    return open.popLast() == true ? .endObject : .endArray
  }

  private mutating func key() throws(JSONError) -> JSONEvent {
    guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
    let text = try string()
    skipSpace()
    guard peek == UInt8(ascii: ":") else { throw unexpected("`:`") }
    offset += 1
    expectation = .value
    return .key(text)
  }

  private mutating func value() throws(JSONError) -> JSONEvent {
    guard let first = peek else { throw unexpected("a value") }
    switch first {
    case UInt8(ascii: "{"):
      try push(isObject: true)
      return .beginObject
    case UInt8(ascii: "["):
      try push(isObject: false)
      return .beginArray
    case UInt8(ascii: "\""):
      let text = try string()
      expectation = .next
      return .string(text)
    case UInt8(ascii: "t"):
      try word("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try word("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try word("null")
      return .null
    case UInt8(ascii: "N") where options.allowsNonFinite:
      try word("NaN")
      return .number(start..<offset)
    case UInt8(ascii: "I") where options.allowsNonFinite:
      try word("Infinity")
      return .number(start..<offset)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
      expectation = .next
      return .number(start..<offset)
    default:
      throw unexpected("a value")
    }
  }

  private mutating func push(isObject: Bool) throws(JSONError) {
    if open.count >= options.depthLimit {
      throw error(.tooDeep(limit: options.depthLimit), at: offset)
    }
    open.append(isObject)
    offset += 1
    expectation = isObject ? .keyOrEnd : .valueOrEnd
  }

  private mutating func word(_ word: StaticString) throws(JSONError) {
    for expected in word.description.utf8 {
      guard peek == expected else { throw unexpected("`\(word)`") }
      offset += 1
    }
    expectation = .next
  }

  private mutating func number() throws(JSONError) {
    if peek == UInt8(ascii: "-") {
      offset += 1
      if options.allowsNonFinite, peek == UInt8(ascii: "I") { return try word("Infinity") }
    }
    if peek == UInt8(ascii: "0") {
      offset += 1
    } else {
      try digits()
    }
    if peek == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      offset += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
    // `01`, `1x`: whatever follows belongs to the number that somebody meant.
    if let after = peek, after.isNumberLike { throw error(.badNumber, at: start) }
  }

  private mutating func digits() throws(JSONError) {
    let first = offset
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { offset += 1 }
    if offset == first { throw error(.badNumber, at: start) }
  }

  private mutating func string() throws(JSONError) -> JSONText {
    offset += 1
    let first = offset
    var isPlain = true
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return JSONText(range: first..<offset - 1, isPlain: isPlain)
      case UInt8(ascii: "\\"):
        isPlain = false
        try escape()
      case 0..<0x20:
        throw error(.controlCharacter, at: offset)
      case 0..<0x80:
        offset += 1
      default:
        guard let length = UTF8Check.length(of: bytes, at: offset) else {
          throw error(.notUTF8, at: offset)
        }
        offset += length
      }
    }
    throw error(.unexpectedEnd(expected: "the closing quote of a string"), at: start)
  }

  private mutating func escape() throws(JSONError) {
    let backslash = offset
    offset += 1
    guard let byte = peek else {
      throw error(.unexpectedEnd(expected: "the rest of an escape"), at: backslash)
    }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      guard let unit = bytes.hexUnit(at: offset) else { throw error(.badEscape, at: backslash) }
      offset += 4
      guard unit & 0xF800 == 0xD800, !options.replacesLoneSurrogates else { return }
      guard unit < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
        bytes[offset + 1] == UInt8(ascii: "u"), let low = bytes.hexUnit(at: offset + 2),
        low & 0xFC00 == 0xDC00
      else { throw error(.loneSurrogate, at: backslash) }
      offset += 6
    default:
      throw error(.badEscape, at: backslash)
    }
  }

  // MARK: Places and errors

  /// The line and column of an offset on the line that is being read.
  private func position(of offset: Int) -> TextPosition {
    TextPosition(line: line, column: offset - lineStart + 1)
  }

  private func error(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
    JSONError(reason, at: position(of: offset))
  }

  private func unexpected(_ expected: String) -> JSONError {
    guard offset < bytes.count else { return error(.unexpectedEnd(expected: expected), at: offset) }
    return error(.unexpected(bytes[offset], expected: expected), at: offset)
  }
}

extension UInt8 {
  /// Whether the byte, right after a number, shows that the number goes on and is malformed.
  fileprivate var isNumberLike: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
