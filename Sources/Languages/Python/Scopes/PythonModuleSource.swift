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
    self.path = path
    self.name = name
    self.isPackage = isPackage
    self.kind = kind
    self.text = text
    self.map = map
    self.allowsMagics = allowsMagics
    self.foreign = foreign
  }
}
