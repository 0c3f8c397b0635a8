/// The numbers of TOML: integers of 64 bits, and floats.
enum TOMLNumber {
  /// The number that `text` writes, or nil if it writes none.
  static func parse(_ text: [UInt8]) -> TOMLValue.Content? {
    if let value = prefixed(text) { return .integer(value) }
    var body = text[...]
    let isNegative = body.first == UInt8(ascii: "-")
    if isNegative || body.first == UInt8(ascii: "+") { body = body.dropFirst() }
    if body.elementsEqual("inf".utf8) { return .float(isNegative ? -.infinity : .infinity) }
    if body.elementsEqual("nan".utf8) { return .float(.nan) }
    return decimal(body, isNegative: isNegative)
  }

  /// `0x`, `0o` and `0b` integers, which take no sign.
  private static func prefixed(_ text: [UInt8]) -> Int64? {
    guard text.count > 2, text[0] == UInt8(ascii: "0") else { return nil }
    let radix: Int64
    switch text[1] {
    case UInt8(ascii: "x"): radix = 16
    case UInt8(ascii: "o"): radix = 8
    case UInt8(ascii: "b"): radix = 2
    default: return nil
    }
    guard let digits = digits(text[2...], radix: UInt8(radix)) else { return nil }
    return accumulate(digits, radix: radix, isNegative: false)
  }

  private static func decimal(_ text: ArraySlice<UInt8>, isNegative: Bool) -> TOMLValue.Content? {
    let whole = text.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
    guard let wholeDigits = digits(whole, radix: 10), hasNoLeadingZero(wholeDigits) else {
      return nil
    }
    var rest = text[whole.endIndex...]
    if rest.isEmpty {
      return accumulate(wholeDigits, radix: 10, isNegative: isNegative).map { .integer($0) }
    }
    var spelled = isNegative ? [UInt8(ascii: "-")] : []
    spelled += whole.filter(isDigit)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      let fraction = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
      guard digits(fraction, radix: 10) != nil else { return nil }
      spelled += [UInt8(ascii: ".")] + fraction.filter(isDigit)
      rest = rest[fraction.endIndex...]
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      spelled.append(UInt8(ascii: "e"))
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        spelled.append(sign)
        rest = rest.dropFirst()
      }
      guard digits(rest, radix: 10) != nil else { return nil }
      spelled += rest.filter(isDigit)
      rest = []
    }
    guard rest.isEmpty else { return nil }
    return Double(String(decoding: spelled, as: UTF8.self)).map { .float($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func hasNoLeadingZero(_ digits: [UInt8]) -> Bool {
    digits.count == 1 || digits.first != 0
  }

  /// The digits' values; nil if there are none, one is too large, or an underscore stands anywhere
  /// but between two digits.
  private static func digits(_ text: ArraySlice<UInt8>, radix: UInt8) -> [UInt8]? {
    var digits: [UInt8] = []
    var afterDigit = false
    for byte in text {
      if byte == UInt8(ascii: "_") {
        guard afterDigit else { return nil }
        afterDigit = false
        continue
      }
      guard let digit = TOMLParser.digit(byte), digit < radix else { return nil }
      digits.append(digit)
      afterDigit = true
    }
    return afterDigit ? digits : nil
  }

  private static func accumulate(_ digits: [UInt8], radix: Int64, isNegative: Bool) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      let (scaled, overflow) = value.multipliedReportingOverflow(by: radix)
      if overflow { return nil }
      let step = Int64(digit)
      let (next, overflows) =
        isNegative
        ? scaled.subtractingReportingOverflow(step) : scaled.addingReportingOverflow(step)
      if overflows { return nil }
      value = next
    }
    return value
  }
}
