import FileSystem
import Testing

@Suite struct SystemPathTests {
  @Test(arguments: [
    ("model", "model", "."), ("a/b", "b", "a"), ("/a", "a", "/"), ("/", "", "/"),
    ("a/b//", "b", "a"), ("a//b", "b", "a"), ("//a", "a", "/"), (".", ".", "."),
  ])
  func `name and parent`(path: String, name: String, parent: String) throws {
    let path = try #require(SystemPath(path))
    #expect(String(decoding: path.name, as: UTF8.self) == name)
    #expect(path.parent.description == parent)
  }

  @Test func `no system call could express these`() {
    #expect(SystemPath("") == nil)
    #expect(SystemPath("a\0b") == nil)
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62], #"a\x0Ab"#), ([0xFF, 0x61], #"\xFFa"#), ([0xC3, 0xA9], "é"),
      ([0xC3], #"\xC3"#), ([0x1B, 0x5B], #"\x1B["#), ([0xE2, 0x80, 0xAE], #"\xE2\x80\xAE"#),
      ([0xF0, 0x9F, 0x98, 0x80], "😀"), ([0xE9, 0x80], #"\xE9\x80"#), ([], ""),
    ] as [([UInt8], String)])
  func `messages cannot be driven by names`(bytes: [UInt8], text: String) {
    #expect(escapedText(bytes) == text)
  }
}
