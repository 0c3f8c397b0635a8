/// A tensor as a weight file's header declares it.
package struct TensorRecord: Hashable, Sendable {
  package let name: String
  /// The element type as the format names it: `F16`, `Q4_K`, …
  package let type: String
  /// The sizes of the dimensions, outermost first as the format lists them.
  package let shape: [UInt64]
  /// Its bytes in the file; nil where the header does not tell how many they are.
  package let range: Range<UInt64>?

  package init(name: String, type: String, shape: [UInt64], range: Range<UInt64>?) {
    self.name = name
    self.type = type
    self.shape = shape
    self.range = range
  }
}

/// Why a weight file's header could not be read.
package struct HeaderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Bytes from the start of the file.
  package let offset: UInt64
  /// What is wrong, lower case, no full stop.
  package let reason: String

  package init(_ reason: String, at offset: UInt64) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "at byte \(offset): \(reason)" }
}
