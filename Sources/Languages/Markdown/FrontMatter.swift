package import Core

/// The YAML between two lines `---` at the beginning of a model card.
package enum FrontMatter {
  /// The document with places in the whole file; nil when there is none or it cannot be read.
  package static func read(_ bytes: [UInt8]) -> YAMLNode? {
    var start = 0
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    guard bytes[start...].starts(with: "---".utf8),
      let end = bytes.dropFirst(start + 3).firstRange(of: "\n---".utf8)
    else { return nil }
    return YAMLStream(Array(bytes[..<end.lowerBound])).documents.first
  }

  /// Whether a file of this name is a model card, a data set's card or a Space's description.
  package static func isCard(_ path: RelativePath) -> Bool {
    path.name.lowercased() == "readme.md"
  }
}
