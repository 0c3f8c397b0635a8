/// The text of a line that IPython hands to a shell, with what IPython fills in before.
enum PythonMagicText {
  /// A part of such a line.
  enum Piece {
    /// As it stands.
    case text(ArraySlice<UInt8>)
    /// `{name}` or `$name`, with the bytes that it is written in; no name for `$$` and the like.
    case name(String?, ArraySlice<UInt8>)
    /// `{expression}`: the expression's text, and the bytes with the braces.
    case expression(String, ArraySlice<UInt8>)
  }

  /// The parts of `line` in order.
  ///
  /// Braces that hold no expression of Python are left to the shell: `{a,b}`, `{1..5}`, `${HOME}`.
  static func pieces(_ line: ArraySlice<UInt8>) -> [Piece] {
    var found: [Piece] = []
    var start = line.startIndex
    var index = line.startIndex
    func flush(to end: Int) {
      if start < end { found.append(.text(line[start..<end])) }
    }
    while index < line.endIndex {
      let byte = line[index]
      var piece: Piece?
      var end = index + 1
      if byte == UInt8(ascii: "{"), index == line.startIndex || line[index - 1] != dollar,
        let close = closing(line, from: index + 1)
      {
        let inner = line[(index + 1)..<close]
        end = close + 1
        if inner.allSatisfy(\.isNameByte) {
          piece = .name(String(decoding: inner, as: UTF8.self), line[index..<end])
        } else {
          piece = .expression(String(decoding: inner, as: UTF8.self), line[index..<end])
        }
      } else if byte == dollar {
        let name = line[(index + 1)...].prefix(while: \.isNameByte)
        if let first = name.first, !(0x30...0x39).contains(first) {
          end = name.endIndex
          piece = .name(String(decoding: name, as: UTF8.self), line[index..<end])
        }
      }
      if let piece {
        flush(to: index)
        found.append(piece)
        index = end
        start = end
      } else {
        index += 1
      }
    }
    flush(to: line.endIndex)
    return found
  }

  private static let dollar = UInt8(ascii: "$")

  /// Where the braces of an expression of Python end; nil when they hold something else.
  private static func closing(_ line: ArraySlice<UInt8>, from start: Int) -> Int? {
    guard start < line.endIndex, line[start].isNameByte, !(0x30...0x39).contains(line[start]) else {
      return nil
    }
    var depth = 0
    var previous: UInt8 = 0
    for index in start..<min(line.endIndex, start + 512) {
      let byte = line[index]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "}"):
        if depth == 0 { return index }
        depth -= 1
      case 0x0A: return nil
      case UInt8(ascii: ".") where previous == byte: return nil
      // Names, attributes, subscripts, calls: `{print $1}` is awk's.
      case _ where depth == 0 && !byte.isNameByte && byte != UInt8(ascii: "."): return nil
      default: break
      }
      previous = byte
    }
    return nil
  }
}
