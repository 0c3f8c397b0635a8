import Core
import Testing

@Suite struct SHA256DigestTests {
  static let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  @Test func `hex and bytes go round`() throws {
    let digest = try #require(SHA256Digest(hex: Self.hex))
    #expect(digest.hex == Self.hex)
    #expect(digest.bytes.first == 0xE3)
    #expect(SHA256Digest(digest.bytes) == digest)
  }

  @Test(arguments: ["", "e3", String(hex.dropLast()), hex + "0", hex.uppercased(), hex + hex])
  func `anything but 64 lower-case digits is refused`(text: String) {
    #expect(SHA256Digest(hex: text) == nil)
    #expect(SHA256Digest(hexBytes: Array(text.utf8)[...]) == nil)
  }

  @Test func `every byte at every place of the digits is taken as text would be`() throws {
    let digits = Array(Self.hex.utf8)
    for place in digits.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = [0] + digits
        changed[place + 1] = byte
        let isDigit = "0123456789abcdef".utf8.contains(byte)
        let found = SHA256Digest(hexBytes: changed[1...])
        #expect((found != nil) == isDigit)
        if isDigit {
          #expect(found == SHA256Digest(hex: String(decoding: changed[1...], as: UTF8.self)))
        }
      }
    }
  }
}
