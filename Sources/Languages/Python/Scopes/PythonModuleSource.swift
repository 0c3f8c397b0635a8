import Core

/// The text of one module before it is parsed, and the way back to the file it stands in.
struct PythonModuleSource: Sendable {
  let path: RelativePath
  /// The dotted name under which code imports it.
  let name: String
  /// Whether it is an `__init__.py`: relative imports start in it, not beside it.
  let isPackage: Bool
  let kind: PythonProgram.Module.Kind
  /// UTF-8.
  let text: [UInt8]
  /// What the file's first lines say about its bytes.
  let encoding: PythonEncoding
  /// Where they say it.
  let encodingPlace: TextPosition?
  /// What Python would refuse in how the bytes are encoded.
  let damages: [PythonDamage]
  /// From offsets in `text` to the file, where the text is not the file itself.
  let map: ShellPositionMap?
  let allowsMagics: Bool
  /// Cells of a notebook that are not Python.
  let foreign: [Notebook.ForeignCell]

  init(
    path: RelativePath, name: String, isPackage: Bool = false,
    kind: PythonProgram.Module.Kind = .file, text: [UInt8], map: ShellPositionMap? = nil,
    allowsMagics: Bool = false, foreign: [Notebook.ForeignCell] = []
  ) {
    encoding = .utf8
    encodingPlace = nil
    damages = []
    self.path = path
    self.name = name
    self.isPackage = isPackage
    self.kind = kind
    self.text = text
    self.map = map
    self.allowsMagics = allowsMagics
    self.foreign = foreign
  }

  /// A file as Python reads it: its bytes decoded by the encoding that it declares.
  init(
    path: RelativePath, name: String, isPackage: Bool = false,
    kind: PythonProgram.Module.Kind = .file, file: [UInt8]
  ) {
    let source = PythonSource(file)
    self.path = path
    self.name = name
    self.isPackage = isPackage
    self.kind = kind
    text = source.text
    encoding = source.encoding
    encodingPlace = source.encoding.range.map { range in
      let before = file[..<range.lowerBound]
      let start = before.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
      return TextPosition(line: start == 0 ? 1 : 2, column: range.lowerBound - start + 1)
    }
    damages = source.damages
    map = source.places?.map(over: file)
    allowsMagics = false
    foreign = []
  }

  /// The syntax of the module.
  func parsed() -> PythonSyntaxTree {
    PythonSyntaxTree.parse(
      text, encoding: encoding, damages: damages,
      options: PythonParserOptions(allowsMagics: allowsMagics))
  }
}
