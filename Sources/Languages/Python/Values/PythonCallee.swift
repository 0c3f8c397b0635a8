/// A function, method, class or module by its full name.
package struct PythonCallee: Hashable, Sendable {
  /// `huggingface_hub.hf_hub_download`, `requests.Session.get` for a method of a tracked instance,
  /// `?.from_pretrained` for a method of an object of unknown type, `open` for a builtin,
  /// `pkg.mod.Class.method` for something that the repository defines.
  package let name: String
  /// Whether the repository defines it, and `name` is its module's dotted name and path in it.
  package let isLocal: Bool
  /// For a method that a class of the repository inherits from a known library: the class of the
  /// repository (`name` is then the library's method).
  package let subclass: String?

  /// Where the repository defines it.
  let definition: Definition?

  /// A scope of a module: 0 for the module itself.
  struct Definition: Hashable, Sendable {
    let module: Int
    let scope: Int
  }

  package init(_ name: String, isLocal: Bool = false, subclass: String? = nil) {
    self.name = name
    self.isLocal = isLocal
    self.subclass = subclass
    definition = nil
  }

  init(_ name: String, definition: Definition) {
    self.name = name
    self.definition = definition
    isLocal = true
    subclass = nil
  }

  /// The member `name` of this one.
  func member(_ name: String) -> PythonCallee {
    PythonCallee("\(self.name).\(name)", isLocal: isLocal, subclass: subclass)
  }

  /// The part after the last dot.
  package var last: Substring {
    guard let dot = name.lastIndex(of: ".") else { return name[...] }
    return name[name.index(after: dot)...]
  }

  /// The part before the first dot: the top-level module, `?` for an unknown receiver.
  package var top: Substring {
    name.prefix { $0 != "." }
  }

  /// Whether the receiver's type is unknown: the name alone is no evidence of a network call.
  package var isMethodOfUnknown: Bool { name.utf8.first == UInt8(ascii: "?") }

  /// Whether it belongs to a library that works with numbers, and to no part of it that reaches for
  /// files or the network.
  var calculates: Bool {
    Self.calculating.contains(String(top))
      && !name.split(separator: ".").dropFirst().contains {
        ["hub", "utils", "io", "gfile"].contains($0)
      }
  }

  private static let calculating: Set<String> = [
    "torch", "tensorflow", "numpy", "jax", "flax", "math", "einops", "scipy", "cupy", "mlx",
  ]
}

extension PythonCallee: CustomStringConvertible {
  package var description: String { name }
}
