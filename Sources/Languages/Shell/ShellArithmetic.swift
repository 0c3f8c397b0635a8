/// Integer arithmetic of the shell: `+ - * / % ( )` and names; nothing for any other operator.
struct ShellArithmetic {
  private let text: [UInt8]
  private let lookup: (String) -> Int?
  private var index = 0
  private var depth = 0

  init(_ text: [UInt8], lookup: @escaping (String) -> Int?) {
    self.text = text
    self.lookup = lookup
  }

  /// The result, nil when something is unknown, overflows or is not understood.
  mutating func value() -> Int? {
    guard let result = sum() else { return nil }
    skipBlanks()
    return index == text.count ? result : nil
  }

  private mutating func skipBlanks() {
    while index < text.count, text[index].isBlank || text[index] == UInt8(ascii: "\n") {
      index += 1
    }
  }

  private mutating func sum() -> Int? {
    guard var result = product() else { return nil }
    while true {
      skipBlanks()
      guard index < text.count, "+-".utf8.contains(text[index]) else { return result }
      let isPlus = text[index] == UInt8(ascii: "+")
      index += 1
      guard let next = product() else { return nil }
      let (value, overflow) =
        isPlus ? result.addingReportingOverflow(next) : result.subtractingReportingOverflow(next)
      guard !overflow else { return nil }
      result = value
    }
  }

  private mutating func product() -> Int? {
    guard var result = operand() else { return nil }
    while true {
      skipBlanks()
      guard index < text.count, "*/%".utf8.contains(text[index]) else { return result }
      let operation = text[index]
      index += 1
      guard index < text.count, text[index] != UInt8(ascii: "*"), let next = operand() else {
        return nil
      }
      let outcome: (partialValue: Int, overflow: Bool)
      switch operation {
      case UInt8(ascii: "*"): outcome = result.multipliedReportingOverflow(by: next)
      case UInt8(ascii: "/"): outcome = result.dividedReportingOverflow(by: next)
      default: outcome = result.remainderReportingOverflow(dividingBy: next)
      }
      guard !outcome.overflow else { return nil }
      result = outcome.partialValue
    }
  }

  private mutating func operand() -> Int? {
    skipBlanks()
    guard index < text.count, depth < 32 else { return nil }
    depth += 1
    defer { depth -= 1 }
    let byte = text[index]
    if byte == UInt8(ascii: "(") {
      index += 1
      let inner = sum()
      skipBlanks()
      guard index < text.count, text[index] == UInt8(ascii: ")") else { return nil }
      index += 1
      return inner
    }
    if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
      index += 1
      guard let inner = operand() else { return nil }
      return byte == UInt8(ascii: "-") ? 0.subtractingReportingOverflow(inner).partialValue : inner
    }
    let word = text[index...].prefix { $0.isNameByte }
    guard let first = word.first else { return nil }
    index = word.endIndex
    let name = String(decoding: word, as: UTF8.self)
    if first.isDigit { return first == UInt8(ascii: "0") && word.count > 1 ? nil : Int(name) }
    return lookup(name)
  }
}
