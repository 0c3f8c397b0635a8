import JSON

/// The header of a safetensors file.
///
/// Format: eight bytes with the header's length, little-endian; that many bytes of JSON, an object
/// of tensors (`dtype`, `shape`, `data_offsets` relative to the header's end) and `__metadata__`;
/// then the tensors' bytes without gaps or overlap.
package struct SafetensorsHeader: Sendable {
  /// In the order of their bytes.
  package let tensors: [TensorRecord]
  /// The texts of `__metadata__`, in the order of the header.
  package let metadata: [(key: String, value: String)]
  /// Where the tensors' bytes begin.
  package let dataStart: UInt64

  /// The library refuses longer headers.
  package static let lengthLimit: UInt64 = 100_000_000

  /// Reads the header out of the file's first bytes.
  ///
  /// - Parameters:
  ///   - head: at least the header; see `length(of:)`.
  ///   - size: the whole file's bytes.
  /// - Throws: what the library would refuse, too: a length beyond the file, JSON that is none,
  ///   duplicate names, unknown types, offsets that overlap, leave gaps or end elsewhere.
  package init(_ head: [UInt8], size: UInt64) throws(HeaderError) {
    let length = try Self.length(of: head)
    let (start, overflow) = length.addingReportingOverflow(8)
    guard !overflow, start <= size else {
      throw HeaderError("the header's length \(length) goes beyond the file", at: 0)
    }
    guard start <= UInt64(head.count) else {
      throw HeaderError("the header of \(length) bytes is longer than what was read", at: 0)
    }
    dataStart = start
    let text = Array(head[8..<Int(start)])
    guard text.first == UInt8(ascii: "{") else {
      throw HeaderError("the header does not begin with `{`", at: 8)
    }
    let document: JSONValue
    do {
      document = try JSONParser.parse(text, .strict)
    } catch {
      throw HeaderError("the header is no JSON: \(error)", at: 8)
    }
    guard let members = document.object?.members else {
      throw HeaderError("the header is no JSON object", at: 8)
    }
    var tensors: [TensorRecord] = []
    var metadata: [(key: String, value: String)] = []
    for member in members {
      let place = 8 + UInt64(member.value.range.lowerBound)
      if member.key == "__metadata__" {
        for entry in member.value.object?.members ?? [] {
          guard let value = entry.value.string else {
            throw HeaderError("the metadata `\(entry.key)` is no string", at: place)
          }
          metadata.append((entry.key, value))
        }
      } else {
        tensors.append(try Self.tensor(member, from: start, size: size, at: place))
      }
    }
    self.metadata = metadata
    self.tensors = tensors.sorted {
      ($0.range?.lowerBound ?? 0, $0.range?.upperBound ?? 0)
        < ($1.range?.lowerBound ?? 0, $1.range?.upperBound ?? 0)
    }
    var end = start
    for tensor in self.tensors {
      guard let range = tensor.range, range.lowerBound == end else {
        throw HeaderError("the bytes of `\(tensor.name)` leave a gap or overlap others", at: end)
      }
      end = range.upperBound
    }
    guard end == size else {
      throw HeaderError("the tensors end here, but the file has \(size) bytes", at: end)
    }
  }

  /// The length of the JSON header that the first eight bytes tell.
  package static func length(of head: [UInt8]) throws(HeaderError) -> UInt64 {
    guard head.count >= 8 else { throw HeaderError("the file is shorter than 8 bytes", at: 0) }
    var length: UInt64 = 0
    for byte in head[..<8].reversed() { length = length << 8 | UInt64(byte) }
    guard length <= lengthLimit else {
      throw HeaderError("a header of \(length) bytes is longer than the format allows", at: 0)
    }
    return length
  }

  private static func tensor(
    _ member: JSONMember, from start: UInt64, size: UInt64, at place: UInt64
  ) throws(HeaderError) -> TensorRecord {
    guard let type = member.value["dtype"]?.string, let bits = bitsOfType[type] else {
      throw HeaderError("the tensor `\(member.key)` has no known dtype", at: place)
    }
    var shape: [UInt64] = []
    var elements: UInt64 = 1
    for dimension in member.value["shape"]?.array ?? [] {
      guard let extent = dimension.number?.unsigned else {
        throw HeaderError("the shape of `\(member.key)` is not a list of sizes", at: place)
      }
      shape.append(extent)
      let (product, overflow) = elements.multipliedReportingOverflow(by: extent)
      guard !overflow else {
        throw HeaderError("the shape of `\(member.key)` is too large", at: place)
      }
      elements = product
    }
    guard let offsets = member.value["data_offsets"]?.array, offsets.count == 2,
      let first = offsets[0].number?.unsigned, let last = offsets[1].number?.unsigned,
      first <= last
    else {
      throw HeaderError("the tensor `\(member.key)` has no valid data_offsets", at: place)
    }
    let (from, firstOverflow) = start.addingReportingOverflow(first)
    let (to, lastOverflow) = start.addingReportingOverflow(last)
    guard !firstOverflow, !lastOverflow, to <= size else {
      throw HeaderError("the bytes of `\(member.key)` go beyond the file", at: place)
    }
    let (allBits, bitOverflow) = elements.multipliedReportingOverflow(by: bits)
    guard !bitOverflow, allBits % 8 == 0, allBits / 8 == last - first else {
      throw HeaderError("`\(member.key)` has another size than its shape and dtype", at: place)
    }
    return TensorRecord(name: member.key, type: type, shape: shape, range: from..<to)
  }

  /// Bits an element, by the format's names.
  private static let bitsOfType: [String: UInt64] = [
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8,
    "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16,
    "I32": 32, "U32": 32, "F32": 32, "C64": 64, "F64": 64, "I64": 64, "U64": 64,
  ]
}
