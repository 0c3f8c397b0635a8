/// A pattern over paths, anchored at the root and compared by bytes.
///
/// `*` is any run of characters within a component, `?` one character, `[a-z]` and `[!a-z]` sets,
/// `**` as a whole component any number of components, `\` takes the next character literally. A
/// pattern that matches a folder takes everything below it. `/` at the start is allowed and says
/// nothing new; at the end it restricts the pattern to folders.
package struct Glob: Hashable, Sendable {
  /// The pattern as written.
  package let pattern: String
  private let components: [Component]
  private let isForFolders: Bool

  private enum Component: Hashable, Sendable {
    case anyDepth
    case name([Token])
  }

  private enum Token: Hashable, Sendable {
    case byte(UInt8)
    case anyScalar
    case anyRun
    case set(ranges: [ClosedRange<UInt8>], isNegated: Bool)
  }

  /// - Throws: `GlobError`, saying what is wrong with the pattern.
  package init(_ pattern: String) throws(GlobError) {
    self.pattern = pattern
    var bytes = Array(pattern.utf8)[...]
    guard bytes.count <= 4096 else { throw .tooLong }
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { throw .controlCharacter }
    if bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
    var isForFolders = false
    if bytes.last == UInt8(ascii: "/") {
      isForFolders = true
      bytes = bytes.dropLast()
    }
    guard !bytes.isEmpty else { throw .empty }
    var components: [Component] = []
    for part in Self.split(bytes) {
      if part.isEmpty { throw .emptyComponent }
      if part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8) { throw .dotComponent }
      if part.elementsEqual("**".utf8) {
        if components.last != .anyDepth { components.append(.anyDepth) }
      } else {
        components.append(.name(try Self.tokens(of: part)))
      }
    }
    self.components = components
    self.isForFolders = isForFolders
  }

  /// Whether the pattern takes the file at `path`, by itself or with a folder above it.
  package func matches(file path: [UInt8]) -> Bool {
    matches(path, isFolder: false)
  }

  /// Whether the pattern takes the whole folder at `path`.
  package func matches(folder path: [UInt8]) -> Bool {
    matches(path, isFolder: true)
  }

  private func matches(_ path: [UInt8], isFolder: Bool) -> Bool {
    // States: which prefixes of the pattern's components match the path's first components.
    // Work is at most pattern components times path bytes times tokens of a component.
    let count = components.count
    var states = [Bool](repeating: false, count: count + 1)
    states[0] = true
    close(&states)
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
    for (index, part) in parts.enumerated() {
      var next = [Bool](repeating: false, count: count + 1)
      var isAlive = false
      for state in 0..<count where states[state] {
        switch components[state] {
        case .anyDepth:
          next[state] = true
          if state == count - 1 { next[count] = true }
          isAlive = true
        case .name(let tokens) where Self.match(tokens, part):
          next[state + 1] = true
          isAlive = true
        case .name: break
        }
      }
      guard isAlive else { return false }
      close(&next)
      // What is above the last component is a folder by its position.
      let isMatch = next[count] && (index < parts.count - 1 || isFolder || !isForFolders)
      if isMatch { return true }
      states = next
    }
    return false
  }

  /// Adds the states reached by taking `**` for nothing; at the end of a pattern it takes at least
  /// one component.
  private func close(_ states: inout [Bool]) {
    for state in 0..<(components.count - 1) where states[state] && components[state] == .anyDepth {
      states[state + 1] = true
    }
  }

  private static func split(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex {
        index += 2
      } else if bytes[index] == UInt8(ascii: "/") {
        parts.append(bytes[start..<index])
        index += 1
        start = index
      } else {
        index += 1
      }
    }
    parts.append(bytes[start..<bytes.endIndex])
    return parts
  }
}

extension Glob {
  private static func tokens(of part: ArraySlice<UInt8>) throws(GlobError) -> [Token] {
    var tokens: [Token] = []
    var index = part.startIndex
    while index < part.endIndex {
      let byte = part[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard index < part.endIndex else { throw .danglingEscape }
        tokens.append(.byte(part[index]))
        index += 1
      case UInt8(ascii: "?"): tokens.append(.anyScalar)
      case UInt8(ascii: "*"): if tokens.last != .anyRun { tokens.append(.anyRun) }
      case UInt8(ascii: "["): tokens.append(try set(in: part, from: &index))
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  private static func set(
    in part: ArraySlice<UInt8>, from index: inout Int
  ) throws(GlobError) -> Token {
    var isNegated = false
    if index < part.endIndex, part[index] == UInt8(ascii: "!") || part[index] == UInt8(ascii: "^") {
      isNegated = true
      index += 1
    }
    var ranges: [ClosedRange<UInt8>] = []
    while true {
      guard index < part.endIndex else { throw .unclosedSet }
      var low = part[index]
      if low == UInt8(ascii: "]"), !ranges.isEmpty { break }
      if low == UInt8(ascii: "\\"), index + 1 < part.endIndex {
        index += 1
        low = part[index]
      }
      guard low < 0x80 else { throw .setBeyondASCII }
      index += 1
      var high = low
      if index + 1 < part.endIndex, part[index] == UInt8(ascii: "-"),
        part[index + 1] != UInt8(ascii: "]")
      {
        high = part[index + 1]
        index += 2
        guard high < 0x80 else { throw .setBeyondASCII }
        guard low <= high else { throw .emptyRange }
      }
      ranges.append(low...high)
    }
    index += 1
    return .set(ranges: ranges, isNegated: isNegated)
  }

  /// Matches one component; on a mismatch only the latest `*` is retried, so the work is at most
  /// tokens times bytes.
  private static func match(_ tokens: [Token], _ name: ArraySlice<UInt8>) -> Bool {
    var token = 0
    var index = name.startIndex
    var retry: (token: Int, index: Int)?
    while index < name.endIndex {
      if token < tokens.count {
        if tokens[token] == .anyRun {
          retry = (token + 1, index)
          token += 1
          continue
        }
        if let next = step(tokens[token], name, index) {
          token += 1
          index = next
          continue
        }
      }
      guard let back = retry else { return false }
      token = back.token
      index = back.index + 1
      retry = (back.token, index)
    }
    while token < tokens.count, tokens[token] == .anyRun { token += 1 }
    return token == tokens.count
  }

  /// The index after the token's match at `index`, or nil.
  private static func step(_ token: Token, _ name: ArraySlice<UInt8>, _ index: Int) -> Int? {
    let byte = name[index]
    switch token {
    case .byte(let wanted): return byte == wanted ? index + 1 : nil
    case .anyRun: return nil
    case .anyScalar: return scalarEnd(name, index)
    case .set(let ranges, let isNegated):
      let isIn = ranges.contains { $0.contains(byte) }
      guard isIn != isNegated else { return nil }
      return isNegated ? scalarEnd(name, index) : index + 1
    }
  }

  private static func scalarEnd(_ name: ArraySlice<UInt8>, _ index: Int) -> Int? {
    // Not inside a scalar: a retried `*` may stop between the bytes of one.
    if name[index] & 0xC0 == 0x80 { return nil }
    var end = index + 1
    while end < name.endIndex, name[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}

/// Why a pattern is not valid.
package enum GlobError: Error, Equatable, Sendable {
  case empty
  case tooLong
  case controlCharacter
  case emptyComponent
  case dotComponent
  case danglingEscape
  case unclosedSet
  case emptyRange
  case setBeyondASCII
}

extension GlobError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the pattern is empty"
    case .tooLong: "the pattern is longer than 4096 bytes"
    case .controlCharacter: "the pattern holds a control character"
    case .emptyComponent: "the pattern has an empty component"
    case .dotComponent: "the pattern has a component `.` or `..`; it is anchored at the root"
    case .danglingEscape: "the pattern ends in `\\`"
    case .unclosedSet: "a `[` is not closed by `]`"
    case .emptyRange: "a range in `[…]` runs backwards"
    case .setBeyondASCII: "a set `[…]` may hold ASCII characters only"
    }
  }
}
