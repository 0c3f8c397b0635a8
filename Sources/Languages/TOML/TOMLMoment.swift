/// Dates and times of TOML, in the form of RFC 3339.
enum TOMLMoment {
  /// The date, time or both that `text` writes, or nil if it writes none.
  static func parse(_ text: [UInt8]) -> TOMLDateTime? {
    var reader = Reader(text: text)
    guard text.count > 4, text[4] == UInt8(ascii: "-") else {
      guard let time = reader.time(), reader.isAtEnd else { return nil }
      return TOMLDateTime(date: nil, time: time, offset: nil)
    }
    guard let date = reader.date() else { return nil }
    if reader.isAtEnd { return TOMLDateTime(date: date, time: nil, offset: nil) }
    guard reader.take("T") || reader.take("t") || reader.take(" "), let time = reader.time() else {
      return nil
    }
    if reader.isAtEnd { return TOMLDateTime(date: date, time: time, offset: nil) }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    return TOMLDateTime(date: date, time: time, offset: offset)
  }

  private struct Reader {
    let text: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func digit() -> UInt8? {
      guard index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index])
      else { return nil }
      index += 1
      return text[index - 1]
    }

    mutating func number(digits: Int, in range: ClosedRange<Int>) -> Int? {
      var value = 0
      for _ in 0..<digits {
        guard let digit = digit() else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
      }
      return range.contains(value) ? value : nil
    }

    mutating func date() -> TOMLDateTime.Date? {
      guard let year = number(digits: 4, in: 0...9999), take("-"),
        let month = number(digits: 2, in: 1...12), take("-"),
        let day = number(digits: 2, in: 1...TOMLMoment.days(in: month, of: year))
      else { return nil }
      return TOMLDateTime.Date(year: year, month: month, day: day)
    }

    mutating func time() -> TOMLDateTime.Time? {
      // A second 60 is a leap second.
      guard let hour = number(digits: 2, in: 0...23), take(":"),
        let minute = number(digits: 2, in: 0...59), take(":"),
        let second = number(digits: 2, in: 0...60)
      else { return nil }
      var fraction: [UInt8] = []
      if take(".") {
        while let digit = digit() { fraction.append(digit) }
        if fraction.isEmpty { return nil }
      }
      return TOMLDateTime.Time(
        hour: hour, minute: minute, second: second,
        fraction: String(decoding: fraction, as: UTF8.self))
    }

    mutating func offset() -> Int? {
      if take("Z") || take("z") { return 0 }
      let isWest = take("-")
      guard isWest || take("+"), let hours = number(digits: 2, in: 0...23), take(":"),
        let minutes = number(digits: 2, in: 0...59)
      else { return nil }
      let offset = hours * 60 + minutes
      return isWest ? -offset : offset
    }
  }

  /// The number of days of a month in the Gregorian calendar.
  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    default: 31
    }
  }
}
