import Core

extension PythonModuleSource {
  /// All Python of the files of a repository, in path order.
  static func all(in sources: [SourceFile]) -> [PythonModuleSource] {
    sources.flatMap { source -> [PythonModuleSource] in
      guard source.isWhole else { return [] }
      if source.claims.contains(.notebook) || source.path.suffix == "ipynb" {
        return notebook(source)
      }
      if source.claims.contains(.python) || ["py", "pyw"].contains(source.path.suffix) {
        return [file(source)]
      }
      if source.claims.contains(.pathLines) || source.path.suffix == "pth" {
        return pathLines(source).map { [$0] } ?? []
      }
      if Snakefile.isNamed(source.path) {
        let text = Snakefile(path: source.path, bytes: source.bytes).python
        return [
          PythonModuleSource(
            path: source.path, name: moduleName(source.path).0, kind: .executedData,
            text: text.bytes, map: text.positions)
        ]
      }
      if source.path.suffix == "yaml" || source.path.suffix == "yml" {
        return TargetConfiguration.python(source.bytes).map {
          [
            PythonModuleSource(
              path: source.path, name: moduleName(source.path).0 + " (targets)",
              kind: .executedData, text: $0.bytes, map: $0.positions)
          ]
        } ?? []
      }
      if source.claims.contains(.markdown) || source.path.suffix == "md" {
        return fences(source).map { [$0] } ?? []
      }
      return []
    }
  }

  private static func file(_ source: SourceFile) -> PythonModuleSource {
    let (name, isPackage) = moduleName(source.path)
    return PythonModuleSource(
      path: source.path, name: name, isPackage: isPackage, file: source.bytes)
  }

  /// The dotted name of a file below its root, and whether it is a package's `__init__`.
  static func moduleName(_ path: RelativePath) -> (String, Bool) {
    var parts = path.components.map { String(decoding: $0, as: UTF8.self) }
    // Members of archives count from the archive's root.
    if let archive = parts.lastIndex(where: { $0.hasSuffix("!") }) {
      parts.removeFirst(archive + 1)
    }
    guard var last = parts.popLast() else { return ("", false) }
    if let dot = last.lastIndex(of: "."), dot != last.startIndex { last = String(last[..<dot]) }
    if last == "__init__", !parts.isEmpty { return (parts.joined(separator: "."), true) }
    parts.append(last)
    return (parts.joined(separator: "."), false)
  }

  private static func notebook(_ source: SourceFile) -> [PythonModuleSource] {
    guard let notebook = Notebook(source.bytes) else { return [] }
    let name = moduleName(source.path).0
    var found = [
      PythonModuleSource(
        path: source.path, name: name, kind: .notebook, text: notebook.python.bytes,
        map: notebook.python.positions, allowsMagics: true, foreign: notebook.foreign)
    ]
    for cell in notebook.foreign {
      let words = cell.magic.split(separator: " ")
      guard words.first == "writefile" || words.first == "file",
        let target = words.last, target.hasSuffix(".py")
      else { continue }
      found.append(
        PythonModuleSource(
          path: source.path, name: String(target.dropLast(3)), kind: .notebook,
          text: cell.text.bytes, map: cell.text.positions))
    }
    return found
  }

  /// The lines of a `.pth` file that `site` executes; the others as blanks, so that places hold.
  private static func pathLines(_ source: SourceFile) -> PythonModuleSource? {
    var text = source.bytes
    var start = 0
    var hasCode = false
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      let line = text[start..<end]
      if line.starts(with: "import ".utf8) || line.starts(with: "import\t".utf8) {
        hasCode = true
      } else {
        for index in start..<end { text[index] = 0x20 }
      }
      start = end + 1
    }
    guard hasCode else { return nil }
    return PythonModuleSource(
      path: source.path, name: moduleName(source.path).0 + ".pth", kind: .executedData, text: text)
  }

  /// The Python fences of a Markdown document as one module; everything else as blanks.
  private static func fences(_ source: SourceFile) -> PythonModuleSource? {
    guard source.bytes.count <= 4 << 20 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(source.bytes.count)
    var fence: (mark: UInt8, length: Int, indent: Int)?
    var isPython = false
    var hasCode = false
    var start = 0
    let bytes = source.bytes
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      let indent = line.prefix { $0 == 0x20 }.count
      let body = line.dropFirst(indent)
      let mark = body.first ?? 0
      let length = body.prefix { $0 == mark }.count
      let isFence = length >= 3 && (mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"))
      if let open = fence {
        if isFence, mark == open.mark, length >= open.length,
          body.dropFirst(length).allSatisfy({ $0 <= 0x20 })
        {
          fence = nil
          isPython = false
          text += repeatElement(0x20, count: line.count)
        } else if isPython {
          // Fences in lists are indented; prompts of a console are no code.
          let cut = min(indent, open.indent)
          var content = line.dropFirst(cut)
          if content.starts(with: ">>> ".utf8) || content.starts(with: "... ".utf8) {
            content = content.dropFirst(4)
            text += repeatElement(0x20, count: 0)
          }
          text += content
          hasCode = true
        } else {
          text += repeatElement(0x20, count: line.count)
        }
      } else {
        if isFence {
          fence = (mark, length, indent)
          let info = String(decoding: body.dropFirst(length), as: UTF8.self).lowercased()
          let language = info.drop { $0 == " " || $0 == "{" || $0 == "." }
            .prefix { $0.isLetter || $0.isNumber }
          isPython = ["python", "py", "python3", "pycon", "ipython"].contains(language)
        }
        text += repeatElement(0x20, count: line.count)
      }
      text.append(0x0A)
      start = end + 1
    }
    guard hasCode else { return nil }
    return PythonModuleSource(
      path: source.path, name: moduleName(source.path).0 + ".md", kind: .documentation,
      text: text, allowsMagics: true)
  }
}
