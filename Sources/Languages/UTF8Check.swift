/// Finds out whether bytes are UTF-8.
package enum UTF8Check {
  /// The offset of the first byte that belongs to no well-formed sequence; nil if all do.
  ///
  /// Overlong forms, surrogates and values above U+10FFFF are not well-formed.
  package static func firstInvalidOffset(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let length: Int
      let second: ClosedRange<UInt8>
      switch lead {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
      for position in 2..<max(length, 3) where position < length {
        guard (0x80...0xBF).contains(bytes[index + position]) else { return index }
      }
      index += length
    }
    return nil
  }
}
