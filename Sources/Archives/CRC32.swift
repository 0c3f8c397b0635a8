/// The cyclic redundancy check of gzip and zip (polynomial 0xEDB88320), eight bytes at a step.
package struct CRC32: Sendable {
  private var state: UInt32 = 0xFFFF_FFFF

  package init() {}

  /// The checksum of everything taken in so far.
  package var value: UInt32 { ~state }

  /// Takes in the first `count` bytes of `bytes`.
  package mutating func update(_ bytes: [UInt8], count: Int) {
    let count = min(count, bytes.count)
    var state = self.state
    unsafe Self.table.withUnsafeBufferPointer { table in
      unsafe bytes.withUnsafeBytes { bytes in
        var index = 0
        while index + 8 <= count {
          let word = unsafe UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
          let low = UInt32(truncatingIfNeeded: word) ^ state
          let high = UInt32(truncatingIfNeeded: word >> 32)
          state =
            unsafe table[0x700 + Int(low & 0xFF)] ^ table[0x600 + Int(low >> 8 & 0xFF)]
            ^ table[0x500 + Int(low >> 16 & 0xFF)] ^ table[0x400 + Int(low >> 24)]
            ^ table[0x300 + Int(high & 0xFF)] ^ table[0x200 + Int(high >> 8 & 0xFF)]
            ^ table[0x100 + Int(high >> 16 & 0xFF)] ^ table[Int(high >> 24)]
          index += 8
        }
        while index < count {
          state = unsafe table[Int((state ^ UInt32(bytes[index])) & 0xFF)] ^ state >> 8
          index += 1
        }
      }
    }
    self.state = state
  }

  private static let table: [UInt32] = {
    var table = [UInt32](repeating: 0, count: 8 * 256)
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
      table[index] = value
    }
    for index in 256..<table.count {
      let previous = table[index - 256]
      table[index] = table[Int(previous & 0xFF)] ^ previous >> 8
    }
    return table
  }()
}
