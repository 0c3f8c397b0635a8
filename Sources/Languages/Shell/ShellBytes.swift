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
