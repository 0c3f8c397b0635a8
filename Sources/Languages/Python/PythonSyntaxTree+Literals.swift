extension PythonSyntaxTree {
  /// The value of a `string`, `stringChunk`, or `stringConcatenation` of plain text, escapes
  /// resolved; nil for bytes and for anything formatted. A lone surrogate becomes U+FFFD.
  package func stringValue(_ node: PythonNode) -> String? { nil }

  /// The value of a `string` or `stringConcatenation` of bytes; nil otherwise.
  package func bytesValue(_ node: PythonNode) -> [UInt8]? { nil }

  /// The value of an integer literal (any base, underscores, Python 2's `0777` and `1L`); nil for
  /// other nodes and for values beyond 64 bits.
  package func integerValue(_ node: PythonNode) -> Int? { nil }
}
