import Core

extension ShellEvaluator {
  /// One way in which a word may come out.
  private struct Draft {
    var fields: [[UInt8]] = []
    var current: [UInt8] = []
    /// Whether `current` counts as a field even when it is empty.
    var isOpen = false
  }

  /// What a part of a word stands for.
  enum PartValue {
    /// One text, with each value that it may have.
    case text([ShellValue])
    /// Several words: `"$@"`, `"${array[@]}"`.
    case list([[ShellValue]])
  }

  /// A value longer than this counts as unknown.
  static let maximumLength = 32 * 1024

  /// The words that `word` becomes: braces, variables, substitutions, splitting. Where its values
  /// split into different numbers of words, the most of them.
  mutating func expand(_ word: ShellSyntaxWord) -> [ShellField] {
    shapes(word).last ?? []
  }

  /// The words that `word` becomes, one list for each number of words that its values split into,
  /// the shortest first; never empty.
  mutating func shapes(_ word: ShellSyntaxWord) -> [[ShellField]] {
    steps += 1
    let start = position(word.start)
    let end = endPosition(word.end)
    var shapes: [[ShellField]] = [[]]
    for parts in ShellBraces.expand(word.parts) {
      steps += 1
      let drafts = drafts(parts, splits: true)
      let counts = Set(drafts.map(\.fields.count)).sorted()
      var next: [[ShellField]] = []
      for (place, count) in counts.enumerated() {
        let chosen = drafts.filter { $0.fields.count == count }
        let fields = (0..<count).map { index in
          let values = chosen.map { ShellValue(bytes: $0.fields[index]) }
          return ShellField(
            values: ShellState.merged(values, "word"), start: start, end: end)
        }
        next.append(shapes[min(place, shapes.count - 1)] + fields)
      }
      steps += next.reduce(0) { $0 + $1.count } / 4
      if !next.isEmpty { shapes = next }
    }
    return shapes
  }

  /// The values of a word that is not split: in assignments, tests, redirections.
  mutating func values(of word: ShellSyntaxWord) -> [ShellValue] {
    steps += 1
    let values = drafts(word.parts, splits: false).map {
      ShellValue(bytes: $0.fields.first ?? [])
    }
    return values.isEmpty ? [ShellValue(bytes: [])] : ShellState.merged(values, "word")
  }

  private mutating func drafts(_ parts: [ShellSyntaxPart], splits: Bool) -> [Draft] {
    var drafts = [Draft()]
    for (index, part) in parts.enumerated() {
      guard steps < limit else { break }
      let (value, isQuoted) = value(
        of: part, isFirst: index == 0, isOnly: parts.count == 1)
      switch value {
      case .text(let values):
        drafts = Self.appending(
          values, to: drafts, splits: splits && !isQuoted && !Self.isLiteral(part),
          opens: isQuoted)
      case .list(let items) where splits:
        drafts = Self.appending(items, to: drafts, splits: !isQuoted)
      case .list(let items):
        let texts = Self.joined(items)
        drafts = Self.appending(texts, to: drafts, splits: false, opens: isQuoted)
      }
      if drafts.count > ShellState.maximumValues {
        drafts = Array(drafts.prefix(ShellState.maximumValues))
      }
      steps += drafts.reduce(0) { $0 + $1.current.count } / 32
    }
    for index in drafts.indices {
      let draft = drafts[index]
      if draft.isOpen || !draft.current.isEmpty || !splits && draft.fields.isEmpty {
        drafts[index].fields.append(draft.current)
      }
    }
    return drafts
  }

  private static func isLiteral(_ part: ShellSyntaxPart) -> Bool {
    if case .literal = part { true } else { false }
  }

  static func joined(_ items: [[ShellValue]]) -> [ShellValue] {
    let count = min(ShellState.maximumValues, items.map(\.count).max() ?? 1)
    return (0..<max(1, count)).map { choice in
      var bytes: [UInt8] = []
      for (index, item) in items.enumerated() where bytes.count < maximumLength {
        if index > 0 { bytes.append(UInt8(ascii: " ")) }
        if let value = item.isEmpty ? nil : item[min(choice, item.count - 1)] {
          bytes += value.bytes
        }
      }
      return ShellValue(bytes: bytes)
    }
  }

  private static func appending(
    _ values: [ShellValue], to drafts: [Draft], splits: Bool, opens: Bool
  ) -> [Draft] {
    var values = values
    if values.count > 1, drafts.count * values.count > ShellState.maximumValues {
      values = [.unknown("several values")]
    }
    var result: [Draft] = []
    for draft in drafts {
      for value in values {
        var next = draft
        let bytes =
          draft.current.count + value.bytes.count > maximumLength
          ? ShellValue.unknown(cutName).bytes : value.bytes
        if draft.current.count > maximumLength { next.current = [] }
        if splits {
          split(bytes, into: &next)
        } else {
          next.current += bytes
          if opens { next.isOpen = true }
        }
        result.append(next)
      }
    }
    return result
  }

  /// Splits at blanks outside of unknown parts.
  private static func split(_ bytes: [UInt8], into draft: inout Draft) {
    var isUnknown = false
    for byte in bytes {
      if byte == ShellValue.unknownStart { isUnknown = true }
      if byte == ShellValue.unknownEnd { isUnknown = false }
      let isBlank =
        !isUnknown
        && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n"))
      if isBlank {
        if draft.isOpen || !draft.current.isEmpty {
          draft.fields.append(draft.current)
          draft.current = []
          draft.isOpen = false
        }
      } else {
        draft.current.append(byte)
      }
    }
  }

  private static func appending(
    _ items: [[ShellValue]], to drafts: [Draft], splits: Bool
  ) -> [Draft] {
    guard !items.isEmpty else { return drafts }
    let count = min(ShellState.maximumValues, items.map(\.count).max() ?? 1)
    var result: [Draft] = []
    for draft in drafts {
      for choice in 0..<max(1, drafts.count == 1 ? count : 1) {
        var next = draft
        for (index, item) in items.enumerated() where next.fields.count < 512 {
          if index > 0, next.isOpen || !next.current.isEmpty {
            next.fields.append(next.current)
            next.current = []
            next.isOpen = false
          }
          guard !item.isEmpty else { continue }
          let bytes = item[min(choice, item.count - 1)].bytes
          if splits {
            split(bytes, into: &next)
          } else {
            next.current += bytes
            next.isOpen = true
          }
        }
        result.append(next)
      }
    }
    return result
  }

  private mutating func value(
    of part: ShellSyntaxPart, isFirst: Bool, isOnly: Bool
  ) -> (PartValue, isQuoted: Bool) {
    switch part {
    case .literal(let bytes, _):
      if isFirst, bytes.first == UInt8(ascii: "~"), isOnly || bytes.count > 1 {
        return (.text([tilde(bytes)]), false)
      }
      return (.text([ShellValue(bytes: bytes)]), false)
    case .quoted(let bytes, _): return (.text([ShellValue(bytes: bytes)]), true)
    case .parameter(let parameter, let isQuoted):
      if !isQuoted, let fields = fields(insteadOf: parameter) { return (.list(fields), true) }
      return (value(of: parameter, isQuoted: isQuoted), isQuoted)
    case .command(let node, let text, let isQuoted, _):
      return (.text(substitution(node, text)), isQuoted)
    case .process(let node, let text, let isInput, _):
      return (.text([process(node, text, isInput: isInput)]), true)
    case .arithmetic(let parts, let isQuoted, _):
      return (.text([arithmetic(parts)]), isQuoted)
    case .expression(let name, _):
      if case .scalar(let values)? = state.variables[name] { return (.text(values), false) }
      if name.hasPrefix("env."),
        case .scalar(let values)? = state.variables[String(name.dropFirst(4))]
      {
        return (.text(values), false)
      }
      return (.text([.unknown(name)]), true)
    }
  }

  private static func withoutQuotes(_ value: ShellValue) -> ShellValue {
    guard value.bytes.count > 1, let quote = value.bytes.first, quote == value.bytes.last,
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { return value }
    return ShellValue(bytes: Array(value.bytes.dropFirst().dropLast()))
  }

  private func tilde(_ bytes: [UInt8]) -> ShellValue {
    guard bytes.count == 1 || bytes[1] == UInt8(ascii: "/") else { return ShellValue(bytes: bytes) }
    let home: ShellValue
    if case .scalar(let values)? = state.variables["HOME"], let first = values.first {
      home = first
    } else {
      home = .unknown("HOME")
    }
    return ShellValue(bytes: home.bytes + bytes.dropFirst())
  }

  // MARK: Arithmetic

  /// The value of an arithmetic expression, when every name in it is a known number.
  mutating func arithmetic(_ parts: [ShellSyntaxPart]) -> ShellValue {
    let values = values(of: ShellSyntaxWord(parts: parts, start: 0, end: 0))
    var names: Set<String> = []
    guard values.count == 1, values[0].isKnown, values[0].bytes.count <= 512 else {
      return .unknown("arithmetic")
    }
    let text = values[0].bytes
    if Self.assigns(text) {
      Self.collectNames(text, &names)
      for name in names.sorted() { state.set(name, .scalar([.unknown(name)])) }
      return .unknown("arithmetic")
    }
    let known = state.variables
    var arithmetic = ShellArithmetic(text) { name in
      guard case .scalar(let values)? = known[name], values.count == 1, let text = values[0].text
      else { return nil }
      return text.isEmpty ? 0 : Int(text)
    }
    return arithmetic.value().map { ShellValue(String($0)) } ?? .unknown("arithmetic")
  }

  /// Whether the expression sets a variable: `=`, `+=`, `++`, `--`.
  private static func assigns(_ text: [UInt8]) -> Bool {
    for index in text.indices {
      let next = index + 1 < text.count ? text[index + 1] : 0
      let before = index > 0 ? text[index - 1] : 0
      switch text[index] {
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        if next == text[index] { return true }
      case UInt8(ascii: "="):
        if next != UInt8(ascii: "="), !"=!<>".utf8.contains(before) { return true }
      default: break
      }
    }
    return false
  }
}
