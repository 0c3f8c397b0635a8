import Formats
import TestSupport
import Testing

@Suite struct PickleImportsTests {
  /// `[OrderedDict(a=1), <reduces to os.system("id")>]` as CPython writes it, by protocol.
  static let written: [(Int, String)] = [
    (
      0,
      "286c70300a63636f6c6c656374696f6e730a4f726465726564446963740a70310a28745270320a56610a"
        + "70330a49310a736163706f7369780a73797374656d0a70340a285669640a70350a7470360a5270370a61"
        + "2e"
    ),
    (
      1,
      "5d71002863636f6c6c656374696f6e730a4f726465726564446963740a71012952710258010000006171"
        + "034b017363706f7369780a73797374656d0a710428580200000069647105747106527107652e"
    ),
    (
      2,
      "80025d71002863636f6c6c656374696f6e730a4f726465726564446963740a7101295271025801000000"
        + "6171034b017363706f7369780a73797374656d0a7104580200000069647105857106527107652e"
    ),
    (
      3,
      "80035d71002863636f6c6c656374696f6e730a4f726465726564446963740a7101295271025801000000"
        + "6171034b017363706f7369780a73797374656d0a7104580200000069647105857106527107652e"
    ),
    (
      4,
      "80049549000000000000005d94288c0b636f6c6c656374696f6e73948c0b4f7264657265644469637494"
        + "93942952948c0161944b01738c05706f736978948c0673797374656d9493948c0269649485945294652e"
    ),
    (
      5,
      "80059549000000000000005d94288c0b636f6c6c656374696f6e73948c0b4f7264657265644469637494"
        + "93942952948c0161944b01738c05706f736978948c0673797374656d9493948c0269649485945294652e"
    ),
  ]

  @Test(arguments: written)
  func `imports are found in every protocol`(version: Int, hex: String) {
    let imports = PickleImports(bytes(hex))
    #expect(imports.names == ["collections.OrderedDict", "posix.system"])
    #expect(imports.problem == nil)
    #expect(imports.end == hex.utf8.count / 2)
  }

  @Test func `names that come out of the memo are found`() {
    // 'os' and 'system' are pushed, memorized and popped; STACK_GLOBAL takes them from the memo.
    let pickle =
      [0x80, 4, 0x8C, 2] + Array("os".utf8) + [0x94, 0x30, 0x8C, 6] + Array("system".utf8)
      + [0x94, 0x30, 0x68, 0, 0x68, 1, 0x93, 0x2E]
    #expect(PickleImports(pickle).names == ["os.system"])
  }

  @Test func `several pickles in a row are all read`() {
    let one = Array("cos\nsystem\n.".utf8)
    let two = Array("cbuiltins\neval\n.".utf8)
    #expect(PickleImports(one + two).names == ["builtins.eval", "os.system"])
  }

  @Test func `computed names are said to be unknown`() {
    #expect(PickleImports([0x4E, 0x4E, 0x93, 0x2E]).names == ["?.?"])
  }

  @Test(arguments: ["", "ff", "80", "8c05", "8dffffffffffffffff61", "636f730a", "93", "4e"])
  func `damage is a problem with a place, never a crash`(hex: String) {
    let imports = PickleImports(bytes(hex))
    #expect(hex.isEmpty || imports.problem != nil)
  }

  @Test(arguments: [
    ("80042e", false), ("8004", true), ("8c05", true), ("636f730a", true), ("4e", true),
    ("ff", false), ("80045dff", false), ("", false),
  ])
  func `the end of the bytes is no damage`(hex: String, isCutShort: Bool) {
    #expect(PickleImports(bytes(hex)).isCutShort == isCutShort)
  }

  @Test func `mutated pickles never crash`() {
    var random = TestRandom(seed: 11)
    for _ in 0..<2000 {
      guard let sample = Self.written.randomElement(using: &random) else { continue }
      var pickle = bytes(sample.1)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        pickle[Int.random(in: pickle.indices, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      _ = PickleImports(pickle)
    }
  }
}

/// The bytes that hexadecimal digits stand for.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
}
