import Formats
import TestSupport
import Testing

@Suite struct SafetensorsHeaderTests {
  /// A file of this header text and so many bytes of data.
  static func file(_ header: String, data: Int) -> [UInt8] {
    let text = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return length + text + [UInt8](repeating: 7, count: data)
  }

  static let valid = """
    {"__metadata__":{"format":"pt"},\
    "b":{"dtype":"F16","shape":[2,3],"data_offsets":[8,20]},\
    "a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}
    """

  private func read(_ file: [UInt8]) throws -> SafetensorsHeader {
    try SafetensorsHeader(file, size: UInt64(file.count))
  }

  @Test func `tensors come in the order of their bytes`() throws {
    let header = try read(Self.file(Self.valid, data: 20))
    #expect(header.tensors.map(\.name) == ["a", "b"])
    #expect(header.tensors.map(\.type) == ["F32", "F16"])
    #expect(header.tensors[1].shape == [2, 3])
    #expect(header.tensors[0].range == header.dataStart..<header.dataStart + 8)
    #expect(header.metadata.map(\.key) == ["format"])
  }

  @Test func `an empty header is a file without tensors`() throws {
    #expect(try read(Self.file("{}", data: 0)).tensors.isEmpty)
  }

  @Test(arguments: [
    ("", 0, "begin"), ("[]", 0, "begin"), ("{", 0, "JSON"), ("{}", 4, "end here"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "beyond"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "another size"),
    (#"{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}"#, 8, "dtype"),
    (#"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,8]}}"#, 8, "shape"),
    (#"{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}"#, 8, "data_offsets"),
    (
      #"{"a":{"dtype":"U8","shape":[18446744073709551615,2],"data_offsets":[0,8]}}"#, 8,
      "too large"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,18446744073709551615]}}"#, 8, "beyond"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
        + #""b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}"#, 6, "overlap"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"#
        + #""a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#, 8, "JSON"
    ),
    (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}"#, 8, "gap"),
  ])
  func `what the library refuses is refused`(header: String, data: Int, reason: String) {
    let error = #expect(throws: HeaderError.self) { try read(Self.file(header, data: data)) }
    #expect(error?.reason.contains(reason) == true)
  }

  @Test func `lengths beyond the file and the format are refused`() {
    #expect(throws: HeaderError.self) { try read([1, 2, 3]) }
    #expect(throws: HeaderError.self) { try read([UInt8](repeating: 0xFF, count: 16)) }
    #expect(throws: HeaderError.self) { try read([200, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D]) }
  }

  @Test func `mutated files never crash`() {
    var random = TestRandom(seed: 5)
    let sample = Self.file(Self.valid, data: 20)
    for _ in 0..<3000 {
      var file = sample
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        file[Int.random(in: file.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = try? read(file)
    }
  }
}
