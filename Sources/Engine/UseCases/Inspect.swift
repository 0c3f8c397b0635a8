package import Core
import FileSystem

/// `inspect`: what a weight file holds.
package enum Inspect {
  /// A tensor as the file's header declares it.
  package struct Tensor: Hashable, Sendable {
    package let name: String
    /// The element type as the format names it: `F16`, `Q4_K`, …
    package let type: String
    package let shape: [UInt64]
    /// Its bytes in the file; nil where the format does not tell.
    package let range: Range<UInt64>?

    package init(name: String, type: String, shape: [UInt64], range: Range<UInt64>?) {
      self.name = name
      self.type = type
      self.shape = shape
      self.range = range
    }
  }

  /// What the file's header says of the model.
  package struct Metadata: Hashable, Sendable {
    package let key: String
    /// As text; long values are cut by whoever shows them.
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package struct Outcome: Sendable {
    package let path: String
    package let role: Role
    package let format: FileFormat?
    /// Bytes.
    package let size: UInt64
    package let tensors: [Tensor]
    package let metadata: [Metadata]
    /// Names that loading the file imports, `module.name`, in byte order.
    package let imports: [String]
    /// What could not be examined, and why.
    package let remarks: [String]
  }

  /// Looks into the file at `path`.
  package static func run(_ path: String, in context: RunContext) throws(EngineError) -> Outcome {
    throw .argument("no reader of this format is built yet")
  }
}
