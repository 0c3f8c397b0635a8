/// A Python file as text in UTF-8, and how it came to be that.
package struct PythonSource: Sendable {
  /// The text in UTF-8. The file's own bytes when it is valid UTF-8 or claims nothing that could be
  /// decoded; a byte-order mark is kept.
  package let text: [UInt8]
  /// What the file declares, or UTF-8.
  package let encoding: PythonEncoding
  /// What CPython would refuse in it; the text is there all the same.
  package let damages: [PythonDamage]
  /// Where the file's own bytes stand in the text; nil when the text is the file.
  let places: PythonSourcePlaces?

  /// Decodes a file as CPython does, except that nothing is fatal.
  package init(_ file: [UInt8]) {
    let encoding = PythonEncoding.declared(in: file)
    self.encoding = encoding
    let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
    let place = encoding.range?.lowerBound ?? 0
    var damages: [PythonDamage] = []
    if hasMark, encoding.kind != .utf8 {
      damages.append(
        PythonDamage(
          offset: place, reason: "byte-order mark of UTF-8 in a file of another encoding"))
    } else {
      switch encoding.kind {
      case .refused:
        damages.append(PythonDamage(offset: place, reason: "encoding that Python does not read"))
      case .unknown:
        damages.append(PythonDamage(offset: place, reason: "encoding that Python does not know"))
      default: break
      }
    }
    var places: PythonSourcePlaces? = PythonSourcePlaces()
    if file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      damages.append(PythonDamage(offset: 0, reason: "UTF-16, which Python does not read"))
      text = Self.decodeUTF16(file)
      places = nil
    } else if hasMark {
      text = file
      places = nil
    } else {
      switch encoding.kind {
      case .singleByte where file.contains(where: { $0 >= 0x80 }):
        text = Self.decode(file, singleByte: encoding.codec, &damages, &places)
      case .multiByte where file.contains(where: { $0 >= 0x80 }):
        text = Self.decode(file, multiByte: encoding.codec, &places)
      case .transforming:
        text = PythonTransformingCodec(encoding.codec)?.decode(file, &places) ?? file
      default:
        text = file
        places = nil
      }
    }
    self.places = text == file ? nil : places
    if encoding.kind == .utf8, damages.isEmpty, let bad = UTF8Check.firstInvalidOffset(text) {
      damages.append(PythonDamage(offset: bad, reason: "text that is not UTF-8"))
    }
    self.damages = damages
  }

  private static let replacement = Array("\u{FFFD}".utf8)

  private static func decode(
    _ file: [UInt8], singleByte codec: String, _ damages: inout [PythonDamage],
    _ places: inout PythonSourcePlaces?
  ) -> [UInt8] {
    let isLatin = codec == "latin_1"
    let table = PythonSingleByteTable.upperHalf(of: codec)
    var text: [UInt8] = []
    text.reserveCapacity(file.count + file.count / 8)
    for (index, byte) in file.enumerated() {
      places?.note(text.count, index, isVerbatim: byte < 0x80)
      if byte < 0x80 {
        text.append(byte)
        continue
      }
      let value = isLatin ? UInt32(byte) : table?[Int(byte) - 0x80] ?? 0xFFFD
      if value == 0xFFFD, damages.isEmpty, table != nil || codec == "ascii" {
        damages.append(PythonDamage(offset: text.count, reason: "byte outside of the encoding"))
      }
      text += Unicode.Scalar(value).map { Array(String($0).utf8) } ?? replacement
    }
    return text
  }

  /// Keeps ASCII and replaces every other character, so that a second byte such as `\` is not taken
  /// for ASCII.
  private static func decode(
    _ file: [UInt8], multiByte codec: String, _ places: inout PythonSourcePlaces?
  ) -> [UInt8] {
    let isShiftJIS = codec == "cp932" || codec.hasPrefix("shift_jis")
    var text: [UInt8] = []
    text.reserveCapacity(file.count + file.count / 2)
    var index = 0
    while index < file.count {
      let byte = file[index]
      places?.note(text.count, index, isVerbatim: byte < 0x80)
      index += 1
      guard byte >= 0x80 else {
        text.append(byte)
        continue
      }
      text += replacement
      if isShiftJIS, byte == 0x80 || (byte >= 0xA0 && byte <= 0xDF) { continue }
      guard index < file.count else { break }
      let next = file[index]
      if next >= 0x40 {
        index += byte == 0x8F && codec.hasPrefix("euc_j") && index + 1 < file.count ? 2 : 1
      } else if codec == "gb18030", next >= 0x30, next <= 0x39, index + 2 < file.count {
        index += 3
      }
    }
    return text
  }

  private static func decodeUTF16(_ file: [UInt8]) -> [UInt8] {
    let isLittle = file[0] == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(file.count / 2)
    var index = 2
    while index + 1 < file.count {
      let (first, second) = (UInt16(file[index]), UInt16(file[index + 1]))
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      index += 2
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

extension PythonSyntaxTree {
  /// Decodes and parses a file; what the encoding breaks is damage too.
  package static func parse(
    file: [UInt8], options: PythonParserOptions = PythonParserOptions()
  ) -> PythonSyntaxTree {
    parse(PythonSource(file), options: options)
  }

  /// Parses a decoded file.
  package static func parse(
    _ source: PythonSource, options: PythonParserOptions = PythonParserOptions()
  ) -> PythonSyntaxTree {
    parse(source.text, encoding: source.encoding, damages: source.damages, options: options)
  }

  /// Parses text that was decoded before, with what the decoding met.
  static func parse(
    _ text: [UInt8], encoding: PythonEncoding, damages: [PythonDamage],
    options: PythonParserOptions
  ) -> PythonSyntaxTree {
    var parser = PythonParser(text, options, encoding: encoding)
    parser.lexer.damages = damages
    return parser.module()
  }
}
