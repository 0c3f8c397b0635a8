/// The codecs that CPython accepts for source and that make other text out of ASCII: what a reader
/// sees of the file is not what runs.
enum PythonTransformingCodec {
  case utf7, unicodeEscape, rawUnicodeEscape, rot13

  /// Nil for codecs that are not followed.
  init?(_ codec: String) {
    switch codec {
    case "utf_7": self = .utf7
    case "unicode_escape": self = .unicodeEscape
    case "raw_unicode_escape": self = .rawUnicodeEscape
    case "rot_13": self = .rot13
    default: return nil
    }
  }

  /// The text in UTF-8, with the places where its parts stand in the file.
  func decode(_ file: [UInt8], _ places: inout PythonSourcePlaces?) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(file.count)
    var index = 0
    while index < file.count {
      let byte = file[index]
      let piece = escape(file, index)
      places?.note(text.count, index, isVerbatim: piece == nil && byte < 0x80)
      guard let piece else {
        // Bytes beyond ASCII are Latin-1 to the escaping codecs, and an error to UTF-7.
        if byte < 0x80 {
          text.append(byte)
        } else {
          text += String(Unicode.Scalar(self == .utf7 ? 0xFFFD : UInt32(byte)) ?? "?").utf8
        }
        index += 1
        continue
      }
      text += piece.text
      index += max(1, piece.length)
    }
    return text
  }

  /// What the bytes at `index` are turned into, and how many they are; nil when they stay.
  private func escape(_ file: [UInt8], _ index: Int) -> (text: [UInt8], length: Int)? {
    let byte = file[index]
    switch self {
    case .rot13:
      let letter = byte | 0x20
      guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "z") else { return nil }
      let turned = (letter - UInt8(ascii: "a") + 13) % 26 + UInt8(ascii: "a")
      return ([turned & ~(~byte & 0x20)], 1)
    case .utf7:
      return byte == UInt8(ascii: "+") ? Self.shifted(file, index + 1) : nil
    case .unicodeEscape:
      return byte == UInt8(ascii: "\\") ? Self.escaped(file, index + 1) : nil
    case .rawUnicodeEscape:
      guard byte == UInt8(ascii: "\\") else { return nil }
      guard index + 1 < file.count else { return nil }
      // A backslash behind a backslash escapes nothing.
      if file[index + 1] == byte { return ([byte, byte], 2) }
      return Self.hexadecimal(file, index + 1, raw: true)
    }
  }

  // MARK: UTF-7

  /// The text of a stretch of Base64 in UTF-16 behind a `+`.
  private static func shifted(_ file: [UInt8], _ start: Int) -> (text: [UInt8], length: Int) {
    if start < file.count, file[start] == UInt8(ascii: "-") { return ([UInt8(ascii: "+")], 2) }
    var units: [UInt16] = []
    var bits: UInt32 = 0
    var count = 0
    var index = start
    while index < file.count, let value = sextet(file[index]) {
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 16 {
        count -= 16
        units.append(UInt16(truncatingIfNeeded: bits >> UInt32(count)))
        bits &= (1 << UInt32(count)) - 1
      }
      index += 1
    }
    if index < file.count, file[index] == UInt8(ascii: "-") { index += 1 }
    return (Array(String(decoding: units, as: UTF16.self).utf8), index - start + 1)
  }

  private static func sextet(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  // MARK: Escapes

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "'"): 0x27, UInt8(ascii: "\""): 0x22,
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0B,
  ]

  /// What an escape is worth whose character behind the backslash stands at `index`.
  private static func escaped(_ file: [UInt8], _ index: Int) -> (text: [UInt8], length: Int)? {
    guard index < file.count else { return nil }
    let byte = file[index]
    if byte == 0x0A { return ([], 2) }
    if let plain = simple[byte] { return ([plain], 2) }
    if (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) {
      var value: UInt32 = 0
      var end = index
      while end < file.count, end - index < 3,
        (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(file[end])
      {
        value = value * 8 + UInt32(file[end] - UInt8(ascii: "0"))
        end += 1
      }
      return (utf8(value), end - index + 1)
    }
    return hexadecimal(file, index, raw: false)
  }

  /// `x41`, `u0041` or `U00000041` at `index`.
  private static func hexadecimal(
    _ file: [UInt8], _ index: Int, raw: Bool
  ) -> (text: [UInt8], length: Int)? {
    let digits: Int
    switch file[index] {
    case UInt8(ascii: "x") where !raw: digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    default: return nil
    }
    guard index + digits < file.count else { return nil }
    var value: UInt32 = 0
    for byte in file[index + 1...index + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt32(truncatingIfNeeded: digit)
    }
    return (utf8(value), digits + 2)
  }

  private static func utf8(_ value: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }
}
