package import Core

/// How offsets into the text of a scalar correspond to places in the file: escapes, folding and
/// indentation make them differ.
package struct YAMLTextMap: Sendable {
  struct Anchor: Sendable {
    /// An offset into the scalar's text.
    let text: Int
    /// The offset in the file of the same byte.
    let file: Int
  }

  /// Places where the distance between both changes, in order; at least one.
  let anchors: [Anchor]
  let lines: LineTable

  /// The offset in the file of the byte at `offset` of the text.
  package func fileOffset(of offset: Int) -> Int {
    var low = 0
    var high = anchors.count
    while low < high {
      let middle = low + (high - low) / 2
      if anchors[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    let anchor = anchors[max(low - 1, 0)]
    return anchor.file + max(offset - anchor.text, 0)
  }

  /// The place in the file of the byte at `offset` of the text.
  package func position(of offset: Int) -> TextPosition {
    lines.position(of: fileOffset(of: offset))
  }

  /// The places where a run of the text begins that stands in the file byte for byte: offset in
  /// the text, offset in the file.
  package var segments: [(text: Int, file: Int)] {
    anchors.map { ($0.text, $0.file) }
  }
}

extension YAMLTextMap {
  /// Aligns the text of a scalar with its source.
  ///
  /// White space is what folding and indentation change, so the other bytes are matched one after
  /// the other. A source that does not match (it always should) ends the alignment early, and later
  /// offsets count on from the last place known.
  init(
    text: [UInt8], source: ArraySlice<UInt8>, style: YAMLNode.Style, lines: LineTable
  ) {
    var anchors: [Anchor] = []
    var place = source.startIndex
    func anchor(_ offset: Int, _ file: Int) {
      if let last = anchors.last, file - last.file == offset - last.text { return }
      anchors.append(Anchor(text: offset, file: file))
    }
    switch style {
    case .literal, .folded:
      // The header line holds the indicators and perhaps a comment.
      while place < source.endIndex, source[place] != 0x0A { place += 1 }
    case .singleQuoted, .doubleQuoted: place += 1
    case .plain: break
    }
    func isBlank(_ byte: UInt8) -> Bool {
      byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
    var offset = 0
    while offset < text.count {
      if isBlank(text[offset]) {
        offset += 1
        continue
      }
      while place < source.endIndex, isBlank(source[place]) { place += 1 }
      guard place < source.endIndex else { break }
      if style == .doubleQuoted, source[place] == UInt8(ascii: "\\") {
        let escape = YAMLEscape.read(source[place...])
        // An escape for a blank, or for nothing, matches nothing here.
        if let produced = escape.produced, !(produced.count == 1 && isBlank(produced[0])) {
          anchor(offset, place)
          offset += max(produced.count, 1)
        }
        place += escape.length
        continue
      }
      anchor(offset, place)
      guard text[offset] == source[place] else { break }
      if style == .singleQuoted, source[place] == UInt8(ascii: "'") { place += 1 }
      offset += 1
      place += 1
    }
    if anchors.isEmpty { anchors.append(Anchor(text: 0, file: source.startIndex)) }
    self.init(anchors: anchors, lines: lines)
  }
}

/// The escapes of double-quoted scalars.
enum YAMLEscape {
  /// How long the escape at the beginning of `source` is, and the bytes it stands for; nil for an
  /// escaped line break.
  static func read(_ source: ArraySlice<UInt8>) -> (length: Int, produced: [UInt8]?) {
    guard source.count > 1 else { return (max(source.count, 1), nil) }
    let letter = source[source.startIndex + 1]
    let digits: Int
    switch letter {
    case 0x0A, 0x0D: return (2, nil)
    case UInt8(ascii: "x"): digits = 2
    case UInt8(ascii: "u"): digits = 4
    case UInt8(ascii: "U"): digits = 8
    case UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "r"), 0x20, 0x09: return (2, [0x20])
    case UInt8(ascii: "N"): return (2, [0xC2, 0x85])
    case UInt8(ascii: "_"): return (2, [0xC2, 0xA0])
    case UInt8(ascii: "L"): return (2, [0xE2, 0x80, 0xA8])
    case UInt8(ascii: "P"): return (2, [0xE2, 0x80, 0xA9])
    default: return (2, [letter])
    }
    var value: UInt32 = 0
    for byte in source.dropFirst(2).prefix(digits) {
      value = value << 4 | UInt32(TOMLParser.digit(byte) ?? 0) & 15
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    return (min(2 + digits, source.count), Array(String(Character(scalar)).utf8))
  }
}
