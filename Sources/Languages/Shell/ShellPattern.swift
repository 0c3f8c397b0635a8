/// Shell patterns (`*`, `?`, `[…]`) and the expansions that use them, over bytes.
package enum ShellPattern {
  /// One element of a pattern.
  private enum Element {
    case byte(UInt8), any, star
    case set([ClosedRange<UInt8>], negated: Bool)
  }

  /// Whether all of `text` matches `pattern`. Linear in the product of both lengths at worst.
  package static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    matches(compile(pattern), text)
  }

  private static func matches(_ elements: [Element], _ text: ArraySlice<UInt8>) -> Bool {
    var element = 0
    var index = text.startIndex
    var star: (element: Int, index: Int)?
    while index < text.endIndex {
      if element < elements.count {
        if case .star = elements[element] {
          star = (element, index)
          element += 1
          continue
        }
        if matchesOne(elements[element], text[index]) {
          element += 1
          index += 1
          continue
        }
      }
      guard let last = star else { return false }
      element = last.element + 1
      index = last.index + 1
      star = (last.element, index)
    }
    while element < elements.count {
      guard case .star = elements[element] else { return false }
      element += 1
    }
    return true
  }

  private static func matchesOne(_ element: Element, _ byte: UInt8) -> Bool {
    switch element {
    case .byte(let wanted): byte == wanted
    case .any, .star: true
    case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
    }
  }

  private static func compile(_ pattern: ArraySlice<UInt8>) -> [Element] {
    var elements: [Element] = []
    var index = pattern.startIndex
    while index < pattern.endIndex {
      let byte = pattern[index]
      index += 1
      switch byte {
      case UInt8(ascii: "*"):
        if case .star = elements.last {} else { elements.append(.star) }
      case UInt8(ascii: "?"): elements.append(.any)
      case UInt8(ascii: "\\") where index < pattern.endIndex:
        elements.append(.byte(pattern[index]))
        index += 1
      case UInt8(ascii: "["):
        if let (set, next) = set(in: pattern, from: index) {
          elements.append(set)
          index = next
        } else {
          elements.append(.byte(byte))
        }
      default: elements.append(.byte(byte))
      }
    }
    return elements
  }

  private static func set(in pattern: ArraySlice<UInt8>, from start: Int) -> (Element, Int)? {
    var index = start
    var negated = false
    if index < pattern.endIndex,
      pattern[index] == UInt8(ascii: "!") || pattern[index] == UInt8(ascii: "^")
    {
      negated = true
      index += 1
    }
    var ranges: [ClosedRange<UInt8>] = []
    let first = index
    // A set longer than this is no set anybody writes; the bound keeps `[[[[…` linear.
    let limit = min(pattern.endIndex, start + 128)
    while index < limit {
      let byte = pattern[index]
      if byte == UInt8(ascii: "]"), index > first {
        return (.set(ranges, negated: negated), index + 1)
      }
      if byte == UInt8(ascii: "["), index + 1 < limit, pattern[index + 1] == UInt8(ascii: ":"),
        let (more, next) = characterClass(in: pattern, from: index + 2, limit: limit)
      {
        ranges += more
        index = next
        continue
      }
      if index + 2 < limit, pattern[index + 1] == UInt8(ascii: "-"),
        pattern[index + 2] != UInt8(ascii: "]"), byte <= pattern[index + 2]
      {
        ranges.append(byte...pattern[index + 2])
        index += 3
      } else {
        ranges.append(byte...byte)
        index += 1
      }
    }
    return nil
  }

  private static func characterClass(
    in pattern: ArraySlice<UInt8>, from start: Int, limit: Int
  ) -> ([ClosedRange<UInt8>], Int)? {
    let name = pattern[start..<limit].prefix { $0.isNameStart }
    guard name.endIndex + 1 < limit, pattern[name.endIndex] == UInt8(ascii: ":"),
      pattern[name.endIndex + 1] == UInt8(ascii: "]")
    else { return nil }
    let lower: ClosedRange<UInt8> = UInt8(ascii: "a")...UInt8(ascii: "z")
    let upper: ClosedRange<UInt8> = UInt8(ascii: "A")...UInt8(ascii: "Z")
    let digit: ClosedRange<UInt8> = UInt8(ascii: "0")...UInt8(ascii: "9")
    let ranges: [ClosedRange<UInt8>]
    switch String(decoding: name, as: UTF8.self) {
    case "alpha": ranges = [lower, upper]
    case "alnum": ranges = [lower, upper, digit]
    case "digit": ranges = [digit]
    case "lower": ranges = [lower]
    case "upper": ranges = [upper]
    case "space": ranges = [0x09...0x0D, 0x20...0x20]
    case "punct": ranges = [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
    default: return nil
    }
    return (ranges, name.endIndex + 2)
  }

  /// Longer values are not cut or replaced in: their result counts as unknown.
  private static let limit = 1024

  /// The lengths of prefixes of `text` that match, ascending; nil for patterns too long to follow.
  ///
  /// All lengths in one pass: bit i of `states` says that the first i elements have matched.
  private static func matchingPrefixes(
    _ elements: [Element], _ text: some Sequence<UInt8>
  ) -> [Int]? {
    guard elements.count < 62 else { return nil }
    let accepted: UInt64 = 1 << UInt64(elements.count)
    func closed(_ states: UInt64) -> UInt64 {
      var states = states
      for (index, element) in elements.enumerated() {
        if case .star = element, states & (1 << UInt64(index)) != 0 {
          states |= 1 << UInt64(index + 1)
        }
      }
      return states
    }
    var states = closed(1)
    var lengths: [Int] = states & accepted != 0 ? [0] : []
    var length = 0
    for byte in text {
      var next: UInt64 = 0
      for (index, element) in elements.enumerated() where states & (1 << UInt64(index)) != 0 {
        if case .star = element {
          next |= 1 << UInt64(index)
        } else if matchesOne(element, byte) {
          next |= 1 << UInt64(index + 1)
        }
      }
      states = closed(next)
      length += 1
      if states == 0 { break }
      if states & accepted != 0 { lengths.append(length) }
    }
    return lengths
  }

  /// What is left of `text` after removing the shortest or longest match of `pattern` from the
  /// front (`#`, `##`) or the back (`%`, `%%`); nil when it is too long to say.
  package static func removing(
    _ pattern: ArraySlice<UInt8>, from text: [UInt8], atEnd: Bool, longest: Bool
  ) -> [UInt8]? {
    guard text.count <= limit else { return nil }
    let elements = compile(pattern)
    let lengths =
      atEnd
      ? matchingPrefixes(elements.reversed(), text.reversed())
      : matchingPrefixes(elements, text)
    guard let lengths else { return nil }
    guard let length = longest ? lengths.last : lengths.first else { return text }
    return Array(atEnd ? text.dropLast(length) : text.dropFirst(length))
  }

  /// `text` with the first match (or all) of `pattern` replaced, longest match at each place; nil
  /// when it is too long to say.
  package static func replacing(
    _ pattern: ArraySlice<UInt8>, with replacement: [UInt8], in text: [UInt8], all: Bool,
    anchor: UInt8? = nil
  ) -> [UInt8]? {
    guard text.count <= limit, replacement.count <= limit else { return nil }
    guard !pattern.isEmpty else { return text }
    let elements = compile(pattern)
    // A star makes each place look at all the rest.
    let hasStar = elements.contains { if case .star = $0 { true } else { false } }
    guard !hasStar || text.count <= 256 else { return nil }
    for case .byte(let wanted) in elements where !text.contains(wanted) { return text }
    if anchor == UInt8(ascii: "%") {
      guard let lengths = matchingPrefixes(elements.reversed(), text.reversed()) else { return nil }
      return lengths.last.map { Array(text.dropLast($0)) + replacement } ?? text
    }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      guard let lengths = matchingPrefixes(elements, text[index...]) else { return nil }
      if let length = lengths.last, length > 0 {
        result += replacement
        index += length
        if !all { return result + text[index...] }
      } else {
        result.append(text[index])
        index += 1
      }
      if anchor == UInt8(ascii: "#") { return result + text[index...] }
    }
    return result
  }

  /// `${name OPERATION}` for the operations that cut and replace: `#p`, `##p`, `%p`, `%%p`, `/p/r`,
  /// `//p/r`, `/#p/r`, `/%p/r`, `^`, `^^`, `,`, `,,`; nil for any other.
  ///
  /// - Parameter expand: gives the text of a pattern or replacement.
  static func modify(
    _ value: [UInt8], operation: ArraySlice<UInt8>, expand: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8]? {
    guard let first = operation.first else { return value }
    var rest = operation.dropFirst()
    let doubled = rest.first == first
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "%"):
      if doubled { rest = rest.dropFirst() }
      return removing(
        expand(rest)[...], from: value, atEnd: first == UInt8(ascii: "%"), longest: doubled)
    case UInt8(ascii: "^"), UInt8(ascii: ","):
      if doubled { rest = rest.dropFirst() }
      guard rest.isEmpty else { return nil }
      let upper = first == UInt8(ascii: "^")
      var changed = value
      for index in changed.indices where doubled || index == 0 {
        changed[index] = upper ? changed[index].uppercased : changed[index].lowercased
      }
      return changed
    case UInt8(ascii: "/"):
      var anchor: UInt8?
      if doubled {
        rest = rest.dropFirst()
      } else if rest.first == UInt8(ascii: "#") || rest.first == UInt8(ascii: "%") {
        anchor = rest.first
        rest = rest.dropFirst()
      }
      let (pattern, replacement) = splitReplacement(rest)
      return replacing(
        expand(pattern)[...], with: expand(replacement), in: value, all: doubled, anchor: anchor)
    default: return nil
    }
  }

  /// The pattern and the replacement around the first `/` outside of quotes and braces.
  private static func splitReplacement(
    _ text: ArraySlice<UInt8>
  ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
    var index = text.startIndex
    var quote: UInt8?
    var depth = 0
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
        index += 2
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"): depth -= 1
        case UInt8(ascii: "/") where depth == 0: return (text[..<index], text[(index + 1)...])
        default: break
        }
      }
      index += 1
    }
    return (text, text[text.endIndex...])
  }
}

extension UInt8 {
  /// ASCII letters in capitals.
  var uppercased: UInt8 {
    self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") ? self - 32 : self
  }

  /// ASCII letters in small.
  var lowercased: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self + 32 : self
  }
}
