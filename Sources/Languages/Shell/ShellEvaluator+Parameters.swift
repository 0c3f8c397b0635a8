/// The values of `$name` and `${name…}`.
extension ShellEvaluator {
  /// The variable of this name, positional parameters included; nil when it is not set here.
  private func variable(_ name: String) -> ShellState.Variable? {
    if name == "@" || name == "*" {
      return state.positional.map { .array($0) }
    }
    if let number = Int(name) {
      guard number > 0, let positional = state.positional else { return nil }
      return .scalar(number <= positional.count ? positional[number - 1] : [ShellValue(bytes: [])])
    }
    if name == "#", let positional = state.positional {
      return .scalar([ShellValue(String(positional.count))])
    }
    return state.variables[name]
  }

  mutating func value(
    of parameter: ShellSyntaxParameter, isQuoted: Bool
  ) -> PartValue {
    var name = parameter.name
    steps += 1
    if parameter.isIndirect {
      guard parameter.index == nil, case .scalar(let names)? = variable(name), names.count == 1,
        let target = names[0].text
      else { return .text([.unknown("!" + name)]) }
      name = target
    }
    let current = selected(variable(name), parameter.index, name)
    if parameter.isLength {
      switch current {
      case .list(let items)?: return .text([ShellValue(String(items.count))])
      case .text(let values)?:
        return .text(
          values.map { $0.isKnown ? ShellValue(String($0.bytes.count)) : .unknown("#" + name) })
      case nil: return .text([.unknown("#" + name)])
      }
    }
    if !parameter.defaultOperation.isEmpty {
      return withDefault(current, parameter, name, isQuoted: isQuoted)
    }
    guard let current else {
      if name == "@" || name == "*" { return .text([.unknown("@")]) }
      return .text([.unknown(name.isEmpty ? "parameter" : name)])
    }
    guard !parameter.modification.isEmpty else {
      if case .list(let items) = current, name == "*" || isStar(parameter), isQuoted {
        return .text(Self.joined(items))
      }
      return current
    }
    let operands = parameter.operands.map { pattern(of: $0) }
    switch current {
    case .text(let values):
      return .text(values.map { modify($0, parameter, operands, name) })
    case .list(let items):
      if parameter.modification.first == UInt8(ascii: ":") {
        return .list(slice(items, parameter.modification.dropFirst()) ?? [[.unknown(name)]])
      }
      return .list(items.map { $0.map { modify($0, parameter, operands, name) } })
    }
  }

  /// The words that stand in an unquoted `${name:+--header "two words"}`, whose own quotes hold
  /// together what belongs together; nil where the value is split as usual.
  mutating func fields(insteadOf parameter: ShellSyntaxParameter) -> [[ShellValue]]? {
    guard let word = parameter.word, parameter.index == nil, !parameter.isIndirect,
      word.parts.count > 1,
      word.parts.contains(where: { if case .quoted = $0 { true } else { false } })
    else { return nil }
    let isSet = variable(parameter.name) != nil
    switch parameter.defaultOperation.last {
    case "+":
      if case .scalar(let values)? = variable(parameter.name),
        values.allSatisfy({ $0.bytes.isEmpty })
      {
        return nil
      }
    case "-" where !isSet: break
    default: return nil
    }
    return expand(word).map(\.values)
  }

  private func isStar(_ parameter: ShellSyntaxParameter) -> Bool {
    parameter.index?.plain == [UInt8(ascii: "*")]
  }

  private mutating func selected(
    _ variable: ShellState.Variable?, _ index: ShellSyntaxWord?, _ name: String
  ) -> PartValue? {
    switch variable {
    case nil: return nil
    case .scalar(let values): return .text(values)
    case .array(let items):
      if name == "@" || name == "*" { return .list(items) }
      guard let index else { return items.first.map { .text($0) } ?? .text([ShellValue("")]) }
      if let plain = index.plain, plain == [UInt8(ascii: "@")] || plain == [UInt8(ascii: "*")] {
        return .list(items)
      }
      let values = values(of: index)
      if values.count == 1, let text = values[0].text, let number = Int(text) {
        let place = number < 0 ? items.count + number : number
        return items.indices.contains(place) ? .text(items[place]) : .text([ShellValue("")])
      }
      // Any of them.
      return .text(ShellState.merged(items.flatMap { $0 }, name))
    }
  }

  private mutating func withDefault(
    _ current: PartValue?, _ parameter: ShellSyntaxParameter, _ name: String, isQuoted: Bool
  ) -> PartValue {
    let operation = parameter.defaultOperation
    let testsEmpty = operation.hasPrefix(":")
    let alternatives = parameter.word.map { values(of: $0) } ?? [ShellValue(bytes: [])]
    var known: [ShellValue]
    switch current {
    case .text(let values)?: known = values
    case .list(let items)?:
      if operation.hasSuffix("+") { return .text(items.isEmpty ? [ShellValue("")] : alternatives) }
      return items.isEmpty && !operation.hasSuffix("?") ? .text(alternatives) : .list(items)
    case nil:
      // The environment decides; a default is what happens unless somebody sets it.
      switch operation.last {
      case "-": return .text(alternatives)
      case "=":
        state.set(name, .scalar(alternatives))
        return .text(alternatives)
      case "+": return .text(ShellState.merged(alternatives + [ShellValue("")], name))
      default: return .text([.unknown(name)])
      }
    }
    let hasEmpty = testsEmpty && known.contains { $0.bytes.isEmpty }
    let mayBeEmpty =
      hasEmpty || testsEmpty && known.contains { !$0.isKnown && $0.knownPrefix.isEmpty }
    switch operation.last {
    case "+":
      if !mayBeEmpty { return .text(alternatives) }
      return .text(
        known.allSatisfy { $0.bytes.isEmpty }
          ? [ShellValue("")] : ShellState.merged(alternatives + [ShellValue("")], name))
    case "-", "=":
      if mayBeEmpty {
        known.removeAll { $0.bytes.isEmpty }
        known = ShellState.merged(known + alternatives, name)
        if operation.last == "=" { state.set(name, .scalar(known)) }
      }
      return .text(known)
    default: return .text(known)
    }
  }

  /// A pattern or replacement: quoted characters lose their special meaning.
  private mutating func pattern(of word: ShellSyntaxWord) -> [UInt8]? {
    var pattern: [UInt8] = []
    for part in word.parts {
      switch part {
      case .literal(let bytes, _): pattern += bytes
      case .quoted(let bytes, _):
        for byte in bytes {
          if "*?[\\".utf8.contains(byte) { pattern.append(UInt8(ascii: "\\")) }
          pattern.append(byte)
        }
      default:
        let values = values(of: ShellSyntaxWord(parts: [part], start: word.start, end: word.end))
        guard values.count == 1, values[0].isKnown else { return nil }
        pattern += values[0].bytes
      }
    }
    return pattern
  }

  private mutating func modify(
    _ value: ShellValue, _ parameter: ShellSyntaxParameter, _ operands: [[UInt8]?], _ name: String
  ) -> ShellValue {
    let operation = parameter.modification
    steps += 1 + value.bytes.count / 4
    guard operation.first != UInt8(ascii: ":") else {
      guard value.isKnown,
        let cut = slice(value.bytes.map { $0 }, operation.dropFirst())
      else { return .unknown(name) }
      return ShellValue(bytes: cut)
    }
    guard value.isKnown else {
      // The name still leads to where the value comes from.
      return value.bytes.count < 300 && value.bytes.first == ShellValue.unknownStart
        ? value : .unknown(name)
    }
    var texts: [[UInt8]] = []
    for operand in operands {
      guard let operand else { return .unknown(name) }
      texts.append(operand)
    }
    let doubled = operation.count > 1 && operation[0] == operation[1]
    let changed: [UInt8]?
    switch operation.first {
    case UInt8(ascii: "#"), UInt8(ascii: "%"):
      changed = ShellPattern.removing(
        (texts.first ?? [])[...], from: value.bytes,
        atEnd: operation.first == UInt8(ascii: "%"), longest: doubled)
    case UInt8(ascii: "/"):
      steps += value.bytes.count
      let anchor = operation.count > 1 && "#%".utf8.contains(operation[1]) ? operation[1] : nil
      changed = ShellPattern.replacing(
        (texts.first ?? [])[...], with: texts.count > 1 ? Self.unescaped(texts[1]) : [],
        in: value.bytes, all: doubled, anchor: anchor)
    default:
      changed = ShellPattern.modify(value.bytes, operation: operation[...]) { Array($0) }
    }
    return changed.map { ShellValue(bytes: $0) } ?? .unknown(name)
  }

  private static func unescaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "\\"), index + 1 < text.count { index += 1 }
      result.append(text[index])
      index += 1
    }
    return result
  }

  /// `offset:length` of a text or a list; nil when it is not plain numbers.
  private func slice<Element>(_ items: [Element], _ operation: ArraySlice<UInt8>) -> [Element]? {
    let fields = operation.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let numbers = fields.map { field in
      Int(String(decoding: Array(field).filter { !$0.isBlank }, as: UTF8.self))
    }
    guard let first = numbers.first, let offset = first, numbers.count <= 2 else { return nil }
    let start = offset < 0 ? items.count + offset : offset
    guard start >= 0, start <= items.count else { return [] }
    guard numbers.count == 2 else { return Array(items[start...]) }
    guard let length = numbers[1] else { return nil }
    let end = length < 0 ? items.count + length : min(items.count, start &+ length)
    return end >= start ? Array(items[start..<end]) : []
  }
}
