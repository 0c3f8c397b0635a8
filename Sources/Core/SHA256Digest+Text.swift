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
    guard hexBytes.count == 64,
      let first = Self.word(hexBytes[hexBytes.startIndex..<hexBytes.startIndex + 16]),
      let second = Self.word(hexBytes[hexBytes.startIndex + 16..<hexBytes.startIndex + 32]),
      let third = Self.word(hexBytes[hexBytes.startIndex + 32..<hexBytes.startIndex + 48]),
      let fourth = Self.word(hexBytes[hexBytes.startIndex + 48..<hexBytes.startIndex + 64])
    else { return nil }
    self.init(words: (first, second, third, fourth))
  }

  /// The value of 16 digits. They are as good as random, so that nothing branches on one.
  private static func word(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    var isSound = true
    for digit in digits {
      let isNumber = digit &- UInt8(ascii: "0") < 10
      let isLetter = digit &- UInt8(ascii: "a") < 6
      isSound = isSound && (isNumber != isLetter)
      value = value << 4 | UInt64(digit & 15 &+ (isLetter ? 9 : 0))
    }
    return isSound ? value : nil
  }
}
