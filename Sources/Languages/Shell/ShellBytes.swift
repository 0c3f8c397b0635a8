extension UInt8 {
  /// A letter, a digit or `_`: what names of variables are made of.
  var isNameByte: Bool {
    isNameStart || isDigit
  }

  /// A letter or `_`.
  var isNameStart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// `0` to `9`.
  var isDigit: Bool {
    self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9")
  }

  /// A space or a tab.
  var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t")
  }
}

extension [UInt8] {
  /// Where `pattern`, which must not be empty, occurs next at or behind `start`.
  func offset(of pattern: StaticString, from start: Int = 0) -> Int? {
    offset(of: Array(pattern.description.utf8), from: start)
  }

  private func offset(of pattern: [UInt8], from start: Int) -> Int? {
    guard let first = pattern.first else { return nil }
    var index = Swift.max(0, start)
    while index + pattern.count <= count {
      guard let next = self[index...].firstIndex(of: first), next + pattern.count <= count else {
        return nil
      }
      if self[next...].starts(with: pattern) { return next }
      index = next + 1
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks, tabs and carriage returns at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isBlank || first == UInt8(ascii: "\r") {
      slice = slice.dropFirst()
    }
    while let last = slice.last, last.isBlank || last == UInt8(ascii: "\r") {
      slice = slice.dropLast()
    }
    return slice
  }
}
