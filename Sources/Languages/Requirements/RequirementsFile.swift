package import Core

/// A requirements or constraints file as pip reads it.
package struct RequirementsFile: Sendable {
  /// One requirement.
  package struct Entry: Sendable {
    package enum Target: Sendable {
      /// A name for an index, or `name @ address`.
      case requirement(PythonRequirement)
      /// A bare address or path.
      case reference(DirectReference)
      /// Text that pip would refuse.
      case malformed
    }

    package let target: Target
    /// Values of `--hash`: `sha256:…`.
    package let hashes: [String]
    package let isEditable: Bool
    /// The requirement without options, environment variables as written.
    package let text: String
    /// Where the line's text begins.
    package let start: TextPosition
    /// One past the last character of the requirement's last physical line.
    package let end: TextPosition
  }

  /// An option that stands on a line of its own.
  package struct Option: Sendable {
    /// The long name without dashes: `index-url`, `requirement`, …
    package let name: String
    /// The argument; empty for flags.
    package let value: String
    package let start: TextPosition
    package let end: TextPosition
  }

  package let entries: [Entry]
  package let options: [Option]

  /// Reads a file; pip takes UTF-8 and, with a byte order mark, UTF-16.
  package init(_ bytes: [UInt8]) {
    var reader = RequirementsReader(bytes)
    reader.run()
    entries = reader.entries
    options = reader.options
  }

  /// Files that this one takes in: the path or address as written, and whether it constrains only.
  package var includes: [(path: String, isConstraint: Bool, option: Option)] {
    options.compactMap { option in
      switch option.name {
      case "requirement": (option.value, false, option)
      case "constraint": (option.value, true, option)
      default: nil
      }
    }
  }

  /// Whether pip demands a hash of everything: one hash or the flag turns that on for all.
  package var requiresHashes: Bool {
    options.contains { $0.name == "require-hashes" } || entries.contains { !$0.hashes.isEmpty }
  }
}
