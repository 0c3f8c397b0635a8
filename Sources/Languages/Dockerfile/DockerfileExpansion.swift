import Core

/// Variables of a Dockerfile and the words that they stand in.
struct DockerfileExpansion {
  /// What a name may stand for; `ENV` covers `ARG`.
  var arguments: [String: [ShellValue]] = [:]
  var environment: [String: [ShellValue]] = [:]
  let escape: UInt8

  init(escape: UInt8) {
    self.escape = escape
  }

  /// The values of `name`, or nil when it is not set.
  func values(_ name: String) -> [ShellValue]? {
    environment[name] ?? arguments[name]
  }

  /// Splits `text` at blanks outside of quotes, into at most `limit` words; quotes stay in them.
  func split(_ text: ArraySlice<UInt8>, limit: Int = .max) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var index = text.startIndex
    while index < text.endIndex, words.count < limit {
      while index < text.endIndex, text[index].isBlank { index += 1 }
      let start = index
      var quote: UInt8?
      while index < text.endIndex {
        let byte = text[index]
        if byte == escape, quote != UInt8(ascii: "'"), index + 1 < text.endIndex {
          index += 2
          continue
        }
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte.isBlank {
          break
        }
        index += 1
      }
      if index > start { words.append(text[start..<min(index, text.endIndex)]) }
    }
    return words
  }

  /// `word` with quotes removed and variables filled in, as each of the values it may have.
  func expand(_ word: ArraySlice<UInt8>, depth: Int = 0) -> [ShellValue] {
    var result: [[UInt8]] = [[]]
    var index = word.startIndex
    var quote: UInt8?
    func append(_ byte: UInt8) {
      for position in result.indices { result[position].append(byte) }
    }
    while index < word.endIndex {
      let byte = word[index]
      if byte == escape, quote != UInt8(ascii: "'"), index + 1 < word.endIndex {
        append(word[index + 1])
        index += 2
      } else if byte == quote {
        quote = nil
        index += 1
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        index += 1
      } else if byte == UInt8(ascii: "$"), quote != UInt8(ascii: "'"),
        let (values, next) = variable(in: word, at: index, depth: depth)
      {
        var joined: [[UInt8]] = []
        for prefix in result {
          for value in values where joined.count < 8 && prefix.count + value.bytes.count < 65536 {
            joined.append(prefix + value.bytes)
          }
        }
        result = joined.isEmpty ? [ShellValue.unknown("too long").bytes] : joined
        index = next
      } else {
        append(byte)
        index += 1
      }
    }
    return result.map { ShellValue(bytes: $0) }
  }

  /// The variable that begins at `start` and where the text after it begins.
  private func variable(
    in word: ArraySlice<UInt8>, at start: Int, depth: Int
  ) -> ([ShellValue], Int)? {
    var index = start + 1
    guard index < word.endIndex else { return nil }
    if word[index].isNameStart {
      let name = word[index...].prefix { $0.isNameByte }
      return (known(name), name.endIndex)
    }
    guard word[index] == UInt8(ascii: "{") else { return nil }
    index += 1
    let name = word[index...].prefix { $0.isNameByte }
    guard !name.isEmpty, let close = closingBrace(in: word, from: name.endIndex) else { return nil }
    let rest = word[name.endIndex..<close]
    let values = modified(name, by: rest, depth: depth)
    return (values, close + 1)
  }

  private func closingBrace(in word: ArraySlice<UInt8>, from start: Int) -> Int? {
    var depth = 1
    var index = start
    // A name and its default are short; the bound keeps a row of open braces linear.
    let limit = min(word.endIndex, start + 1024)
    while index < limit {
      switch word[index] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  private func known(_ name: ArraySlice<UInt8>) -> [ShellValue] {
    let text = String(decoding: name, as: UTF8.self)
    return values(text) ?? [.unknown(text)]
  }

  private func modified(
    _ name: ArraySlice<UInt8>, by rest: ArraySlice<UInt8>, depth: Int
  ) -> [ShellValue] {
    guard !rest.isEmpty, depth < 8 else { return known(name) }
    let text = String(decoding: name, as: UTF8.self)
    var operation = rest
    let colon = operation.first == UInt8(ascii: ":")
    if colon { operation = operation.dropFirst() }
    let word = operation.dropFirst()
    let current = values(text)
    let isSet = current.map { !(colon && $0.allSatisfy { $0.bytes.isEmpty }) } ?? false
    switch operation.first {
    case UInt8(ascii: "-"):
      return isSet ? current ?? [] : expand(word, depth: depth + 1)
    case UInt8(ascii: "+"):
      return isSet ? expand(word, depth: depth + 1) : [ShellValue(bytes: [])]
    case UInt8(ascii: "?"): return known(name)
    default:
      return known(name).map { value in
        value.isKnown
          ? ShellValue(
            bytes: ShellPattern.modify(value.bytes, operation: rest) {
              expand($0, depth: depth + 1).first?.bytes ?? []
            } ?? ShellValue.unknown(text).bytes)
          : value
      }
    }
  }
}
