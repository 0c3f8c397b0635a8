extension SHA256Digest {
  /// Appends 64 lower-case hexadecimal digits, without a string in between.
  package func appendHex(to text: inout [UInt8]) {
    let words = stateWords
    Self.append(words.0, to: &text)
    Self.append(words.1, to: &text)
    Self.append(words.2, to: &text)
    Self.append(words.3, to: &text)
    Self.append(words.4, to: &text)
    Self.append(words.5, to: &text)
    Self.append(words.6, to: &text)
    Self.append(words.7, to: &text)
  }

  private static func append(_ word: UInt32, to text: inout [UInt8]) {
    var shift: UInt32 = 32
    while shift > 0 {
      shift -= 4
      let value = UInt8(truncatingIfNeeded: word >> shift & 15)
      text.append(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10)
    }
  }

  /// Reads 64 lower-case hexadecimal digits given as bytes; nil for anything else.
  package init?(hexBytes: ArraySlice<UInt8>) {
    guard hexBytes.count == 64 else { return nil }
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var word: UInt64 = 0
    var place = 0
    for digit in hexBytes {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      word = word << 4 | UInt64(value)
      place += 1
      switch place {
      case 16: words.0 = word
      case 32: words.1 = word
      case 48: words.2 = word
      case 64: words.3 = word
      default: break
      }
    }
    self.init(words: words)
  }
}
