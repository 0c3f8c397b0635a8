/// What a scalar means in YAML 1.1, as PyYAML's safe loader resolves it.
package enum YAMLScalar: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// The integer's text; `value` is nil where 64 bits do not hold it.
  case integer(String, value: Int64?)
  case float(String)
  case timestamp(String)
  case string(String)

  /// Resolves a scalar by its tag or, where it is plain, by its form.
  static func resolve(_ text: String, isPlain: Bool, tag: String?) -> YAMLScalar {
    if let tag {
      switch tag {
      case "tag:yaml.org,2002:null": return .null
      case "tag:yaml.org,2002:bool": return boolean(text.lowercased()) ?? .string(text)
      case "tag:yaml.org,2002:int": return integer(Array(text.utf8)) ?? .string(text)
      case "tag:yaml.org,2002:float": return .float(text)
      case "tag:yaml.org,2002:timestamp": return .timestamp(text)
      default: return .string(text)
      }
    }
    guard isPlain else { return .string(text) }
    return plain(text)
  }

  private static func boolean(_ lower: String) -> YAMLScalar? {
    switch lower {
    case "yes", "true", "on": .boolean(true)
    case "no", "false", "off": .boolean(false)
    default: nil
    }
  }

  private static func plain(_ text: String) -> YAMLScalar {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    default: break
    }
    guard let first = text.utf8.first, text.utf8.count <= 256 else { return .string(text) }
    switch first {
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"),
      UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "o"), UInt8(ascii: "O"):
      // Only wholly lower, wholly upper and capitalised spellings count.
      let lower = text.lowercased()
      let capital = lower.prefix(1).uppercased() + lower.dropFirst()
      guard text == lower || text == lower.uppercased() || text == capital else { break }
      if let boolean = boolean(lower) { return boolean }
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      let bytes = Array(text.utf8)
      if let integer = integer(bytes) { return integer }
      if isFloat(bytes) { return .float(text) }
      if isTimestamp(bytes) { return .timestamp(text) }
    default: break
    }
    return .string(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Integers

  /// Binary, octal with a leading 0, decimal, hexadecimal and base 60.
  private static func integer(_ bytes: [UInt8]) -> YAMLScalar? {
    var body = bytes[...]
    let isNegative = body.first == UInt8(ascii: "-")
    if isNegative || body.first == UInt8(ascii: "+") { body = body.dropFirst() }
    guard let first = body.first, isDigit(first) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    func number(_ digits: ArraySlice<UInt8>, _ radix: Int64) -> YAMLScalar? {
      guard !digits.isEmpty else { return nil }
      for byte in digits where byte != UInt8(ascii: "_") {
        guard let digit = TOMLParser.digit(byte), Int64(digit) < radix else { return nil }
      }
      let spelled = digits.filter { $0 != UInt8(ascii: "_") }
      let magnitude = Int64(String(decoding: spelled, as: UTF8.self), radix: Int(radix))
      return .integer(text, value: magnitude.map { isNegative ? -$0 : $0 })
    }
    if first == UInt8(ascii: "0") {
      guard body.count > 1 else { return .integer(text, value: 0) }
      let rest = body.dropFirst()
      if rest.first == UInt8(ascii: "b") { return number(rest.dropFirst(), 2) }
      if rest.first == UInt8(ascii: "x") { return number(rest.dropFirst(), 16) }
      return number(rest, 8)
    }
    if body.contains(UInt8(ascii: ":")) { return base60(body, text, isNegative: isNegative) }
    return number(body, 10)
  }

  private static func base60(
    _ body: ArraySlice<UInt8>, _ text: String, isNegative: Bool
  ) -> YAMLScalar? {
    let parts = body.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard let head = parts.first, head.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) else {
      return nil
    }
    var value = Int64(String(decoding: head.filter(isDigit), as: UTF8.self))
    for part in parts.dropFirst() {
      guard part.count <= 2, part.allSatisfy(isDigit),
        let number = Int64(String(decoding: part, as: UTF8.self)), number < 60
      else { return nil }
      if let known = value {
        let (scaled, first) = known.multipliedReportingOverflow(by: 60)
        let (sum, second) = scaled.addingReportingOverflow(number)
        value = first || second ? nil : sum
      }
    }
    return .integer(text, value: value.map { isNegative ? -$0 : $0 })
  }

  // MARK: Floats and dates

  private static func isFloat(_ bytes: [UInt8]) -> Bool {
    var body = bytes[...]
    if body.first == UInt8(ascii: "-") || body.first == UInt8(ascii: "+") {
      body = body.dropFirst()
    }
    for special in [".inf", ".Inf", ".INF"] where body.elementsEqual(special.utf8) { return true }
    if body.count == bytes.count {
      for special in [".nan", ".NaN", ".NAN"] where body.elementsEqual(special.utf8) {
        return true
      }
    }
    func isMember(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
    let whole = body.prefix(while: isMember)
    var rest = body[whole.endIndex...]
    if let first = whole.first, !isDigit(first) { return false }
    if rest.first == UInt8(ascii: ":") { return isBase60Float(rest, whole: whole) }
    guard rest.first == UInt8(ascii: ".") else { return false }
    rest = rest.dropFirst()
    let fraction = rest.prefix(while: isMember)
    rest = rest[fraction.endIndex...]
    if whole.isEmpty, fraction.isEmpty { return false }
    if rest.isEmpty { return true }
    guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return false }
    rest = rest.dropFirst()
    guard let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
      return false
    }
    rest = rest.dropFirst()
    return !rest.isEmpty && rest.allSatisfy(isDigit)
  }

  /// `1:30.5`: digits, then groups below 60, then a fraction.
  private static func isBase60Float(_ rest: ArraySlice<UInt8>, whole: ArraySlice<UInt8>) -> Bool {
    guard !whole.isEmpty, let dot = rest.firstIndex(of: UInt8(ascii: ".")) else { return false }
    let groups = rest[..<dot].split(
      separator: UInt8(ascii: ":"), omittingEmptySubsequences: false
    ).dropFirst()
    for group in groups {
      guard (1...2).contains(group.count), group.allSatisfy(isDigit),
        group.count == 1 || (group.first ?? 0) <= UInt8(ascii: "5")
      else { return false }
    }
    return rest[(dot + 1)...].allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }
  }

  /// `2026-01-31`, or a date and time in the wider forms of YAML 1.1.
  private static func isTimestamp(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func digits(_ range: ClosedRange<Int>) -> Int? {
      let run = rest.prefix(while: isDigit)
      guard range.contains(run.count) else { return nil }
      rest = rest[run.endIndex...]
      return run.count
    }
    func take(_ choices: String) -> Bool {
      guard let byte = rest.first, choices.utf8.contains(byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard digits(4...4) != nil, take("-"), let month = digits(1...2), take("-"),
      let day = digits(1...2)
    else { return false }
    if rest.isEmpty { return month == 2 && day == 2 }
    if !take("Tt") {
      guard take(" \t") else { return false }
      while take(" \t") {}
    }
    guard digits(1...2) != nil, take(":"), digits(2...2) != nil, take(":"), digits(2...2) != nil
    else { return false }
    if take(".") { _ = digits(0...bytes.count) }
    if rest.isEmpty { return true }
    while take(" \t") {}
    if take("Z") { return rest.isEmpty }
    guard take("+-"), digits(1...2) != nil else { return false }
    if take(":") { guard digits(2...2) != nil else { return false } }
    return rest.isEmpty
  }
}
