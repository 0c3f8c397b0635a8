/// TOML 1.0: the whole language, read into values with positions.
package enum TOML {
  /// Tables and arrays within each other, dotted keys included; deeper documents are refused.
  package static let maximumDepth = 96

  /// Reads a document; its content is always a table.
  ///
  /// - Throws: `SyntaxError` at the first thing that TOML 1.0 does not allow.
  package static func parse(_ bytes: [UInt8]) throws(SyntaxError) -> TOMLValue {
    var parser = TOMLParser(bytes)
    return try parser.document()
  }

  /// Reads a document given as text.
  package static func parse(_ text: String) throws(SyntaxError) -> TOMLValue {
    try parse(Array(text.utf8))
  }
}
