import Core
import FileSystem
import Formats

/// What the header of a safetensors or GGUF file declares, read from an open file.
struct WeightHeader {
  let tensors: [TensorRecord]
  let metadata: [Inspect.Metadata]
  /// Where the tensors' bytes begin: everything before is the header.
  let dataStart: UInt64

  /// Reads the header of `file`; nil when the file is of another format.
  static func read(_ file: borrowing OpenFile, path: String) throws -> WeightHeader? {
    let size = file.facts.size
    let head = try file.bytes(in: 0..<min(size, 8), path)
    if head.starts(with: "GGUF".utf8) { return try gguf(file, size: size, path: path) }
    guard let length = try? SafetensorsHeader.length(of: head), length > 1 else { return nil }
    let (end, overflow) = length.addingReportingOverflow(8)
    guard !overflow, end <= size else { return nil }
    guard try file.bytes(in: 8..<9, path) == [UInt8(ascii: "{")] else { return nil }
    let header = try SafetensorsHeader(try file.bytes(in: 0..<end, path), size: size)
    return WeightHeader(
      tensors: header.tensors,
      metadata: header.metadata.map { Inspect.Metadata(key: $0.key, value: $0.value) },
      dataStart: header.dataStart)
  }

  /// The header's length is only known once it is read: reads more until it is whole.
  private static func gguf(
    _ file: borrowing OpenFile, size: UInt64, path: String
  ) throws -> WeightHeader {
    var length = min(size, 1 << 20)
    while true {
      do {
        let header = try GGUFHeader(try file.bytes(in: 0..<length, path), size: size)
        return WeightHeader(
          tensors: header.tensors,
          metadata: header.metadata.map { Inspect.Metadata(key: $0.key, value: $0.value) },
          dataStart: header.dataStart)
      } catch let error as HeaderError {
        guard length < size, length < headerLimit else { throw error }
        length = min(size, length * 4)
      }
    }
  }

  private static let headerLimit: UInt64 = 256 << 20

  /// The parts that touch `ranges`, in file order.
  func parts(touching ranges: [Range<UInt64>]) -> [ContentDetail.Part] {
    let header = ContentDetail.Part(name: "the header", range: 0..<dataStart)
    let named = tensors.compactMap { tensor in
      tensor.range.map { ContentDetail.Part(name: tensor.name, range: $0) }
    }
    return ([header] + named.sorted { $0.range.lowerBound < $1.range.lowerBound })
      .filter { part in ranges.contains { $0.overlaps(part.range) } }
  }
}
