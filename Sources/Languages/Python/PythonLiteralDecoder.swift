/// Resolves the escapes of one string literal, or of a piece of a formatted one.
struct PythonLiteralDecoder {
  let text: [UInt8]
  let range: Range<Int>
  let flags: PythonStringFlags
  /// Whether it stands between the braces of a formatted string.
  let isChunk: Bool

  private var result: [PythonLiteralPiece] = []
  private var index: Int
  private var verbatimStart: Int

  init(text: [UInt8], range: Range<Int>, flags: PythonStringFlags, isChunk: Bool) {
    self.text = text
    self.range = range
    self.flags = flags
    self.isChunk = isChunk
    index = range.lowerBound
    verbatimStart = range.lowerBound
  }

  mutating func pieces() -> [PythonLiteralPiece] {
    let isRaw = flags.contains(.raw)
    let hasDoubledBraces = isChunk && !flags.contains(.formatSpecification)
    while index < range.upperBound {
      switch text[index] {
      case UInt8(ascii: "\\") where !isRaw: escape()
      case 0x0D:
        // Python reads every line end as one line feed.
        emit(index + 1 < range.upperBound && text[index + 1] == 0x0A ? 2 : 1, [0x0A])
      case UInt8(ascii: "{") where hasDoubledBraces, UInt8(ascii: "}") where hasDoubledBraces:
        if index + 1 < range.upperBound, text[index + 1] == text[index] {
          emit(2, [text[index]])
        } else {
          index += 1
        }
      default: index += 1
      }
    }
    flush()
    return result
  }

  private mutating func flush() {
    if verbatimStart < index { result.append(.verbatim(verbatimStart..<index)) }
  }

  private mutating func emit(_ length: Int, _ bytes: [UInt8]) {
    flush()
    let end = min(index + length, range.upperBound)
    result.append(.escape(index..<end, bytes))
    index = end
    verbatimStart = end
  }

  private mutating func escape() {
    guard index + 1 < range.upperBound else {
      index += 1
      return
    }
    let letter = text[index + 1]
    switch letter {
    case 0x0A: emit(2, [])
    case 0x0D:
      emit(index + 2 < range.upperBound && text[index + 2] == 0x0A ? 3 : 2, [])
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): emit(2, [letter])
    case UInt8(ascii: "a"): emit(2, [0x07])
    case UInt8(ascii: "b"): emit(2, [0x08])
    case UInt8(ascii: "f"): emit(2, [0x0C])
    case UInt8(ascii: "n"): emit(2, [0x0A])
    case UInt8(ascii: "r"): emit(2, [0x0D])
    case UInt8(ascii: "t"): emit(2, [0x09])
    case UInt8(ascii: "v"): emit(2, [0x0B])
    case 0x30...0x37:
      var length = 1
      var value: UInt32 = 0
      while length < 4, index + length < range.upperBound,
        case let digit = text[index + length], digit >= 0x30, digit <= 0x37
      {
        value = value * 8 + UInt32(digit - 0x30)
        length += 1
      }
      emit(length, encode(value))
    case UInt8(ascii: "x"): hexadecimal(2)
    case UInt8(ascii: "u") where !flags.contains(.bytes): hexadecimal(4)
    case UInt8(ascii: "U") where !flags.contains(.bytes): hexadecimal(8)
    case UInt8(ascii: "N") where !flags.contains(.bytes): named()
    case UInt8(ascii: "{"), UInt8(ascii: "}"): index += 1
    default: index += 2
    }
  }

  private mutating func hexadecimal(_ digits: Int) {
    guard index + 2 + digits <= range.upperBound else {
      index += 2
      return
    }
    var value: UInt32 = 0
    for byte in text[index + 2..<index + 2 + digits] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        index += 2
        return
      }
      value = value << 4 | UInt32(truncatingIfNeeded: digit)
    }
    emit(2 + digits, encode(value))
  }

  /// `\N{NAME}`
  private mutating func named() {
    let start = index + 3
    guard index + 2 < range.upperBound, text[index + 2] == UInt8(ascii: "{"),
      let end = text[start..<range.upperBound].prefix(100).firstIndex(of: UInt8(ascii: "}")),
      let scalar = PythonCharacterNames.scalar(
        named: String(decoding: text[start..<end], as: UTF8.self))
    else {
      index += 2
      return
    }
    emit(end + 1 - index, Array(String(scalar).utf8))
  }

  private func encode(_ value: UInt32) -> [UInt8] {
    if flags.contains(.bytes) { return [UInt8(truncatingIfNeeded: value)] }
    return Array(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
  }
}

/// The Unicode names of characters, for `\N{…}`.
enum PythonCharacterNames {
  static func scalar(named name: String) -> Unicode.Scalar? {
    let name = name.uppercased()
    let ideograph = "CJK UNIFIED IDEOGRAPH-"
    if name.hasPrefix(ideograph) {
      return UInt32(name.dropFirst(ideograph.count), radix: 16).flatMap(Unicode.Scalar.init)
    }
    return scalars[name]
  }

  /// Made when a file first has `\N{…}`. Ideographs and Hangul syllables are left out.
  private static let scalars: [String: Unicode.Scalar] = {
    var result: [String: Unicode.Scalar] = [:]
    for range in [0x20...0x33FF, 0xA000...0xABFF, 0xF900...0x16FFF, 0x1B000...0x1FFFF] {
      for value in range {
        guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
        if let name = scalar.properties.name { result[name] = scalar }
        if let alias = scalar.properties.nameAlias { result[alias] = scalar }
      }
    }
    return result
  }()
}
