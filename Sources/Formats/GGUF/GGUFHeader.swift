/// The header of a GGUF file, versions 1 to 3, little-endian and (version 3) big-endian.
///
/// Format: `GGUF`, version, counts of tensors and of metadata, the metadata as typed values, the
/// tensors' names, dimensions, types and offsets, then, aligned, their bytes.
package struct GGUFHeader: Sendable {
  /// A metadata value: scalars and texts as text, arrays by their length.
  package struct Metadata: Hashable, Sendable {
    package let key: String
    package let value: String
    /// Whether the value is one text (not an array or a number).
    package let isText: Bool
  }

  package let version: UInt32
  package let metadata: [Metadata]
  /// In the order of the header.
  package let tensors: [TensorRecord]
  /// Where the tensors' bytes begin.
  package let dataStart: UInt64

  /// Reads the header out of the file's first bytes.
  ///
  /// - Parameters:
  ///   - head: the whole header, or more.
  ///   - size: the whole file's bytes.
  package init(_ head: [UInt8], size: UInt64) throws(HeaderError) {
    var reader = GGUFReader(bytes: head)
    let (version, tensorCount, metadataCount) = try reader.start()
    self.version = version
    var alignment: UInt64 = 32
    var metadata: [Metadata] = []
    for _ in 0..<metadataCount {
      let entry = try reader.metadata()
      if entry.key == "general.alignment", let given = UInt64(entry.value), given > 0,
        given <= 1 << 20
      {
        alignment = given
      }
      metadata.append(entry)
    }
    var declared: [(name: String, type: UInt32, shape: [UInt64], offset: UInt64)] = []
    for _ in 0..<tensorCount {
      let name = try reader.text()
      let dimensions = try reader.unsigned32()
      guard dimensions <= 8 else { throw reader.error("a tensor has \(dimensions) dimensions") }
      var shape: [UInt64] = []
      for _ in 0..<dimensions { shape.append(try reader.length()) }
      let type = try reader.unsigned32()
      declared.append((name, type, shape, try reader.unsigned64()))
    }
    let end = UInt64(reader.offset)
    let start = (end + alignment - 1) / alignment * alignment
    dataStart = start
    self.metadata = metadata
    var tensors: [TensorRecord] = []
    for tensor in declared {
      let type = GGUFType.known[tensor.type]
      let bytes = type.flatMap { $0.bytes(of: tensor.shape) }
      let (from, overflow) = start.addingReportingOverflow(tensor.offset)
      var range: Range<UInt64>?
      if let bytes {
        let (to, endOverflow) = from.addingReportingOverflow(bytes)
        guard !overflow, !endOverflow, to <= size else {
          throw HeaderError("the bytes of `\(tensor.name)` go beyond the file", at: end)
        }
        range = from..<to
      }
      tensors.append(
        TensorRecord(
          name: tensor.name, type: type?.name ?? "type \(tensor.type)", shape: tensor.shape,
          range: range))
    }
    self.tensors = tensors
  }
}

extension GGUFHeader {
  /// The metadata in the file's first bytes, as far as they reach.
  package static func metadata(inHead head: [UInt8]) -> (entries: [Metadata], isComplete: Bool) {
    var reader = GGUFReader(bytes: head)
    var entries: [Metadata] = []
    do {
      let count = try reader.start().metadata
      while entries.count < count { entries.append(try reader.metadata()) }
      return (entries, true)
    } catch {
      return (entries, false)
    }
  }
}

/// An element type of GGUF: blocks of so many elements in so many bytes.
private struct GGUFType {
  let name: String
  let elements: UInt64
  let size: UInt64

  func bytes(of shape: [UInt64]) -> UInt64? {
    var count: UInt64 = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      count = product
    }
    guard count % elements == 0 else { return nil }
    let (bytes, overflow) = (count / elements).multipliedReportingOverflow(by: size)
    return overflow ? nil : bytes
  }

  static let known: [UInt32: GGUFType] = [
    0: .init(name: "F32", elements: 1, size: 4), 1: .init(name: "F16", elements: 1, size: 2),
    2: .init(name: "Q4_0", elements: 32, size: 18), 3: .init(name: "Q4_1", elements: 32, size: 20),
    6: .init(name: "Q5_0", elements: 32, size: 22), 7: .init(name: "Q5_1", elements: 32, size: 24),
    8: .init(name: "Q8_0", elements: 32, size: 34), 9: .init(name: "Q8_1", elements: 32, size: 36),
    10: .init(name: "Q2_K", elements: 256, size: 84),
    11: .init(name: "Q3_K", elements: 256, size: 110),
    12: .init(name: "Q4_K", elements: 256, size: 144),
    13: .init(name: "Q5_K", elements: 256, size: 176),
    14: .init(name: "Q6_K", elements: 256, size: 210),
    15: .init(name: "Q8_K", elements: 256, size: 292),
    16: .init(name: "IQ2_XXS", elements: 256, size: 66),
    17: .init(name: "IQ2_XS", elements: 256, size: 74),
    18: .init(name: "IQ3_XXS", elements: 256, size: 98),
    19: .init(name: "IQ1_S", elements: 256, size: 50),
    20: .init(name: "IQ4_NL", elements: 32, size: 18),
    21: .init(name: "IQ3_S", elements: 256, size: 110),
    22: .init(name: "IQ2_S", elements: 256, size: 82),
    23: .init(name: "IQ4_XS", elements: 256, size: 136),
    24: .init(name: "I8", elements: 1, size: 1), 25: .init(name: "I16", elements: 1, size: 2),
    26: .init(name: "I32", elements: 1, size: 4), 27: .init(name: "I64", elements: 1, size: 8),
    28: .init(name: "F64", elements: 1, size: 8),
    29: .init(name: "IQ1_M", elements: 256, size: 56),
    30: .init(name: "BF16", elements: 1, size: 2),
    34: .init(name: "TQ1_0", elements: 256, size: 54),
    35: .init(name: "TQ2_0", elements: 256, size: 66),
    39: .init(name: "MXFP4", elements: 32, size: 17),
  ]
}

/// Reads the typed values of a GGUF header; every length is checked against what is there.
private struct GGUFReader {
  let bytes: [UInt8]
  var offset = 0
  var isBigEndian = false
  /// Version 1 has 32-bit lengths.
  var hasShortLengths = false

  func error(_ reason: String) -> HeaderError { HeaderError(reason, at: UInt64(offset)) }

  /// Reads magic, version and counts.
  mutating func start() throws(HeaderError) -> (version: UInt32, tensors: Int, metadata: Int) {
    guard bytes.starts(with: "GGUF".utf8) else { throw HeaderError("no GGUF magic", at: 0) }
    offset = 4
    var version = try unsigned32()
    if version & 0xFFFF == 0 {
      isBigEndian = true
      version = version.byteSwapped
    }
    guard (1...3).contains(version) else {
      throw HeaderError("GGUF version \(version) is not known", at: 4)
    }
    hasShortLengths = version == 1
    let tensors = try count()
    return (version, tensors, try count())
  }

  mutating func metadata() throws(HeaderError) -> GGUFHeader.Metadata {
    let key = try text()
    let type = try unsigned32()
    return GGUFHeader.Metadata(key: key, value: try value(of: type), isText: type == 8)
  }

  private mutating func take(_ count: Int) throws(HeaderError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - offset else { throw error("the header is cut short") }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }

  private mutating func integer(_ count: Int) throws(HeaderError) -> UInt64 {
    let slice = try take(count)
    var value: UInt64 = 0
    if isBigEndian {
      for byte in slice { value = value << 8 | UInt64(byte) }
    } else {
      for byte in slice.reversed() { value = value << 8 | UInt64(byte) }
    }
    return value
  }

  mutating func unsigned32() throws(HeaderError) -> UInt32 {
    UInt32(truncatingIfNeeded: try integer(4))
  }

  mutating func unsigned64() throws(HeaderError) -> UInt64 { try integer(8) }

  mutating func length() throws(HeaderError) -> UInt64 { try integer(hasShortLengths ? 4 : 8) }

  /// A number of records, each of which takes at least eight bytes.
  mutating func count() throws(HeaderError) -> Int {
    let count = try length()
    guard count <= UInt64(bytes.count - offset) / 8 + 1 else {
      throw error("the header declares \(count) records, more than it can hold")
    }
    return Int(count)
  }

  mutating func text() throws(HeaderError) -> String {
    let length = try length()
    guard length <= UInt64(bytes.count - offset) else {
      throw error("a text of \(length) bytes goes beyond the header")
    }
    return String(decoding: try take(Int(length)), as: UTF8.self)
  }

  /// A value as text. Arrays are skipped, not kept: vocabularies have 100,000 entries and more.
  mutating func value(of type: UInt32) throws(HeaderError) -> String {
    switch type {
    case 0, 2, 4, 10: return String(try integer(Self.sizes[Int(type)]))
    case 1: return String(Int8(truncatingIfNeeded: try integer(1)))
    case 3: return String(Int16(truncatingIfNeeded: try integer(2)))
    case 5: return String(Int32(truncatingIfNeeded: try integer(4)))
    case 11: return String(Int64(bitPattern: try integer(8)))
    case 6: return String(Float(bitPattern: UInt32(truncatingIfNeeded: try integer(4))))
    case 12: return String(Double(bitPattern: try integer(8)))
    case 7: return try integer(1) == 0 ? "false" : "true"
    case 8: return try text()
    case 9:
      // Arrays of arrays are skipped with a list of what is still open, not by recursion.
      let element = try unsigned32()
      let count = try length()
      var open: [(type: UInt32, count: UInt64)] = [(element, count)]
      while let last = open.popLast() {
        guard last.count > 0 else { continue }
        guard last.type == 9 || last.type == 8 else {
          guard last.type < 13 else { throw error("metadata of the unknown type \(last.type)") }
          let (size, overflow) = last.count.multipliedReportingOverflow(
            by: UInt64(Self.sizes[Int(last.type)]))
          guard !overflow, size <= UInt64(bytes.count - offset) else {
            throw error("an array of \(last.count) values goes beyond the header")
          }
          offset += Int(size)
          continue
        }
        guard last.count <= UInt64(bytes.count - offset) else {
          throw error("an array of \(last.count) values goes beyond the header")
        }
        if last.type == 8 {
          for _ in 0..<last.count { _ = try text() }
        } else {
          guard open.count < 16 else { throw error("arrays are nested too deeply") }
          open.append((9, last.count - 1))
          let inner = try unsigned32()
          open.append((inner, try length()))
        }
      }
      return "\(count) values"
    default: throw error("metadata of the unknown type \(type)")
    }
  }

  private static let sizes = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8]
}
