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
  }
}
