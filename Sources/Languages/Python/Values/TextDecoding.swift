/// The text transformations that code uses to spell a constant in another way.
enum TextDecoding {
  /// Base64 as Python's `b64decode` reads it: characters outside of the alphabet are skipped; nil
  /// when the padding is wrong.
  static func base64(_ input: some Collection<UInt8>, isURLSafe: Bool) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(input.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in input {
      let value: UInt32
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(byte - UInt8(ascii: "A"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(byte - UInt8(ascii: "a")) + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt32(byte - UInt8(ascii: "0")) + 52
      case UInt8(ascii: "+") where !isURLSafe, UInt8(ascii: "-") where isURLSafe: value = 62
      case UInt8(ascii: "/") where !isURLSafe, UInt8(ascii: "_") where isURLSafe: value = 63
      default: continue
      }
      bits = bits << 6 | value
      count += 1
      if count == 4 {
        result.append(UInt8(truncatingIfNeeded: bits >> 16))
        result.append(UInt8(truncatingIfNeeded: bits >> 8))
        result.append(UInt8(truncatingIfNeeded: bits))
        bits = 0
        count = 0
      }
    }
    switch count {
    case 0: break
    case 2: result.append(UInt8(truncatingIfNeeded: bits >> 4))
    case 3:
      result.append(UInt8(truncatingIfNeeded: bits >> 10))
      result.append(UInt8(truncatingIfNeeded: bits >> 2))
    default: return nil
    }
    return result
  }

  /// Base32 of RFC 4648, padding ignored; nil for other characters.
  static func base32(_ input: some Collection<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in input {
      let value: UInt32
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = UInt32(byte - UInt8(ascii: "A"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = UInt32(byte - UInt8(ascii: "a"))
      case UInt8(ascii: "2")...UInt8(ascii: "7"): value = UInt32(byte - UInt8(ascii: "2")) + 26
      case UInt8(ascii: "="): continue
      default: return nil
      }
      bits = (bits << 5 | value) & 0xFFFF
      count += 5
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return result
  }

  /// Pairs of hexadecimal digits, blanks between them allowed; nil for anything else.
  static func hex(_ input: some Collection<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var high: UInt8?
    for byte in input {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      case _ where high == nil && (byte == 0x20 || byte >= 0x09 && byte <= 0x0D): continue
      default: return nil
      }
      if let first = high {
        result.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return high == nil ? result : nil
  }

  /// Letters moved by 13.
  static func rot13(_ text: String) -> String {
    String(
      decoding: text.utf8.map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
          (byte - UInt8(ascii: "a") + 13) % 26 + UInt8(ascii: "a")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
          (byte - UInt8(ascii: "A") + 13) % 26 + UInt8(ascii: "A")
        default: byte
        }
      }, as: UTF8.self)
  }

  /// Escapes of `unicode_escape` and `%xx`-quoting are undone elsewhere; here: `%41` to `A`.
  static func unquote(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = hex(bytes[index + 1...index + 2])?.first
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether Python's `str.strip()` takes the character away.
  static func isBlank(_ character: Unicode.Scalar) -> Bool {
    character.properties.isWhitespace || (0x1C...0x1F).contains(character.value)
  }

  /// `text[lower:upper:step]` with Python's rules; nil for a step of zero.
  static func slice<Element>(
    _ items: [Element], lower: Int?, upper: Int?, step: Int?
  ) -> [Element]? {
    let step = step ?? 1
    guard step != 0, step != Int.min else { return nil }
    let count = items.count
    func clamp(_ value: Int, _ low: Int, _ high: Int) -> Int {
      let absolute = value < 0 ? (value < -count ? -1 : value + count) : value
      return min(max(absolute, low), high)
    }
    var result: [Element] = []
    if step > 0 {
      var index = lower.map { clamp($0, 0, count) } ?? 0
      let end = upper.map { clamp($0, 0, count) } ?? count
      while index < end {
        result.append(items[index])
        let (next, overflow) = index.addingReportingOverflow(step)
        if overflow { break }
        index = next
      }
    } else {
      var index = lower.map { clamp($0, -1, count - 1) } ?? count - 1
      let end = upper.map { clamp($0, -1, count - 1) } ?? -1
      while index > end, index >= 0 {
        result.append(items[index])
        let (next, overflow) = index.addingReportingOverflow(step)
        if overflow { break }
        index = next
      }
    }
    return result
  }
}
