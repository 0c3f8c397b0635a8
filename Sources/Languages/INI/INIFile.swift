package import Core

/// A file of sections and options as Python's `configparser` reads setup.cfg and tox.ini.
package struct INIFile: Sendable {
  /// One physical line of a value, blanks around it taken off.
  package struct Line: Sendable {
    package let text: String
    package let start: TextPosition
    package let end: TextPosition
  }

  package struct Option: Sendable {
    /// Lower case, as configparser keeps it.
    package let name: String
    package let start: TextPosition
    /// The value's lines that are not empty; the first stands behind the `=`.
    package let lines: [Line]

    /// The lines joined by line breaks.
    package var value: String { lines.map(\.text).joined(separator: "\n") }
  }

  package struct Section: Sendable {
    package let name: String
    package let start: TextPosition
    package let options: [Option]

    /// The last option of this name, as readers take it.
    package subscript(_ name: String) -> Option? { options.last { $0.name == name } }
  }

  package let sections: [Section]

  /// All options of this name in the section of this name.
  package func option(_ name: String, in section: String) -> Option? {
    sections.last { $0.name == section && $0[name] != nil }?[name]
  }

  /// Reads a file; lines that configparser would refuse are left out.
  package init(_ raw: [UInt8]) {
    let bytes = SourceText.utf8(raw)
    var sections: [Section] = []
    var name: String?
    var sectionStart = TextPosition(line: 1, column: 1)
    var options: [Option] = []
    var current: (name: String, start: TextPosition, indent: Int, lines: [Line])?

    func closeOption() {
      if let option = current {
        options.append(Option(name: option.name, start: option.start, lines: option.lines))
      }
      current = nil
    }
    func closeSection() {
      closeOption()
      if let name { sections.append(Section(name: name, start: sectionStart, options: options)) }
      options = []
    }

    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      var end = line.endIndex
      while end > line.startIndex, PythonVersion.isSpace(line[end - 1]) { end -= 1 }
      var start = line.startIndex
      while start < end, PythonVersion.isSpace(line[start]) { start += 1 }
      guard start < end else { continue }
      let indent = start - line.startIndex
      let text = line[start..<end]
      if text.first == UInt8(ascii: "#") || text.first == UInt8(ascii: ";") { continue }
      func piece(_ range: Range<Int>) -> Line {
        Line(
          text: String(decoding: line[range], as: UTF8.self),
          start: TextPosition(line: number, column: range.lowerBound - line.startIndex + 1),
          end: TextPosition(line: number, column: range.upperBound - line.startIndex + 1))
      }
      if let option = current, indent > option.indent {
        current?.lines.append(piece(start..<end))
        continue
      }
      if text.first == UInt8(ascii: "["), let close = text.lastIndex(of: UInt8(ascii: "]")) {
        closeSection()
        name = String(decoding: text[(start + 1)..<close], as: UTF8.self)
        sectionStart = TextPosition(line: number, column: indent + 1)
        continue
      }
      guard name != nil,
        let mark = text.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") })
      else { continue }
      closeOption()
      var keyEnd = mark
      while keyEnd > start, PythonVersion.isSpace(line[keyEnd - 1]) { keyEnd -= 1 }
      var valueStart = mark + 1
      while valueStart < end, PythonVersion.isSpace(line[valueStart]) { valueStart += 1 }
      current = (
        String(decoding: line[start..<keyEnd], as: UTF8.self).lowercased(),
        TextPosition(line: number, column: indent + 1), indent,
        valueStart < end ? [piece(valueStart..<end)] : []
      )
    }
    closeSection()
    self.sections = sections
  }
}
