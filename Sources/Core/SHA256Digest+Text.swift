extension SHA256Digest {
  /// Appends 64 lower-case hexadecimal digits, without a string in between.
  package func appendHex(to text: inout [UInt8]) {
    for byte in bytes {
      text.append(Self.digit(byte >> 4))
      text.append(Self.digit(byte & 15))
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Reads 64 lower-case hexadecimal digits given as bytes; nil for anything else.
  package init?(hexBytes: ArraySlice<UInt8>) {
    guard hexBytes.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8 = 0
    for (place, digit) in hexBytes.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if place % 2 == 0 { high = value << 4 } else { bytes.append(high | value) }
    }
    self.init(bytes)
  }
}
