import Formats
import TestSupport
import Testing

@Suite struct GGUFHeaderTests {
  /// Writes the integers of a GGUF file in one byte order.
  struct Builder {
    var bytes: [UInt8] = Array("GGUF".utf8)
    var isBigEndian = false

    mutating func integer(_ value: UInt64, _ size: Int) {
      let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
      bytes += isBigEndian ? little.reversed() : little
    }

    mutating func text(_ text: String) {
      integer(UInt64(text.utf8.count), 8)
      bytes += Array(text.utf8)
    }

    /// Two metadata values and two tensors of 64 and 18 bytes.
    static func sample(bigEndian: Bool = false) -> [UInt8] {
      var builder = Builder(isBigEndian: bigEndian)
      builder.integer(3, 4)
      builder.integer(2, 8)
      builder.integer(3, 8)
      builder.text("general.architecture")
      builder.integer(8, 4)
      builder.text("llama")
      builder.text("tokenizer.ggml.tokens")
      builder.integer(9, 4)
      builder.integer(8, 4)
      builder.integer(2, 8)
      builder.text("a")
      builder.text("b")
      builder.text("general.alignment")
      builder.integer(4, 4)
      builder.integer(64, 4)
      builder.text("token_embd.weight")
      builder.integer(2, 4)
      builder.integer(8, 8)
      builder.integer(2, 8)
      builder.integer(0, 4)
      builder.integer(0, 8)
      builder.text("blk.0")
      builder.integer(1, 4)
      builder.integer(32, 8)
      builder.integer(2, 4)
      builder.integer(64, 8)
      while builder.bytes.count % 64 != 0 { builder.bytes.append(0) }
      return builder.bytes + [UInt8](repeating: 1, count: 82)
    }
  }

  @Test(arguments: [false, true])
  func `metadata and tensors are read in both byte orders`(bigEndian: Bool) throws {
    let file = Builder.sample(bigEndian: bigEndian)
    let header = try GGUFHeader(file, size: UInt64(file.count))
    #expect(header.version == 3)
    #expect(header.metadata.map(\.value) == ["llama", "2 values", "64"])
    #expect(header.tensors.map(\.type) == ["F32", "Q4_0"])
    #expect(header.dataStart % 64 == 0)
    #expect(header.tensors.map(\.range?.count) == [64, 18])
    #expect(header.tensors[1].range?.upperBound == UInt64(file.count))
  }

  @Test func `tensors beyond the file are refused`() {
    let file = Builder.sample()
    let error = #expect(throws: HeaderError.self) {
      try GGUFHeader(file, size: UInt64(file.count - 1))
    }
    #expect(error?.reason.contains("blk.0") == true)
  }

  @Test func `counts and lengths beyond the file are refused before anything is allocated`() {
    var builder = Builder()
    builder.integer(3, 4)
    builder.integer(.max, 8)
    builder.integer(1, 8)
    #expect(throws: HeaderError.self) { try GGUFHeader(builder.bytes, size: 100) }
    builder = Builder()
    builder.integer(3, 4)
    builder.integer(0, 8)
    builder.integer(1, 8)
    builder.integer(.max, 8)
    #expect(throws: HeaderError.self) { try GGUFHeader(builder.bytes, size: 100) }
  }

  @Test func `every cut of a file is an error, not a crash`() {
    let file = Builder.sample()
    for length in 0..<file.count - 100 {
      #expect(throws: HeaderError.self) {
        try GGUFHeader(Array(file.prefix(length)), size: UInt64(length))
      }
    }
  }

  @Test func `mutated files never crash`() {
    var random = TestRandom(seed: 3)
    let sample = Builder.sample()
    for _ in 0..<3000 {
      var file = sample
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        file[Int.random(in: file.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = try? GGUFHeader(file, size: UInt64(file.count))
    }
  }
}
