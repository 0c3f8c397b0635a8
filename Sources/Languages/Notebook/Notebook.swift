package import Core
import JSON

/// A Jupyter notebook's code: its cells in order, as Python and as text for other interpreters.
package struct Notebook: Sendable {
  /// A cell that is not Python: `%%bash`, `%%writefile`, …
  package struct ForeignCell: Sendable {
    /// The cell's number, counted over all cells from 0.
    package let cell: Int
    /// The magic's name and arguments: `bash`, `writefile train.py`.
    package let magic: String
    /// What stands below the magic.
    package let text: ShellTextBuilder
    package let position: TextPosition
  }

  /// The Python cells, one after another.
  package let python: ShellTextBuilder
  /// Where each Python cell begins in `python`, with the cell's number.
  package let cells: [(offset: Int, cell: Int)]
  package let foreign: [ForeignCell]

  /// Reads a notebook of format 3 or 4; nil when the document is no notebook, or its language is
  /// not Python.
  package init?(_ document: [UInt8]) {
    // What Jupyter itself refuses, an editor may still open and run.
    guard
      let root = (try? JSONParser.parse(document, .lenient))
        ?? (try? JSONParser.parse(JSONComments.blanked(document), .lenient))
    else { return nil }
    let language =
      root["metadata"]?["kernelspec"]?["language"]?.string
      ?? root["metadata"]?["language_info"]?["name"]?.string
      ?? root["metadata"]?["language"]?.string
    if let language, !language.lowercased().hasPrefix("python"),
      !language.lowercased().hasPrefix("ipython")
    {
      return nil
    }
    var all = root["cells"]?.array
    if all == nil, let sheets = root["worksheets"]?.array {
      all = sheets.flatMap { $0["cells"]?.array ?? [] }
    }
    guard let all else { return nil }
    let lines = LineTable(document)
    var python = ShellTextBuilder()
    var cells: [(offset: Int, cell: Int)] = []
    var foreign: [ForeignCell] = []
    for (number, cell) in all.enumerated() where cell["cell_type"]?.string == "code" {
      guard let source = cell["source"] ?? cell["input"] else { continue }
      let strings = source.array ?? [source]
      var text = ShellTextBuilder()
      for string in strings { Self.append(string, document, lines, to: &text) }
      if text.bytes.last != 0x0A {
        // What ends with the cell ends behind its last byte.
        var end = source.position
        if !text.bytes.isEmpty {
          end = text.positions.position(text.bytes.count - 1)
          end = TextPosition(line: end.line, column: end.column + 1)
        }
        text.append(decoded: [0x0A], at: end)
      }
      if let magic = Self.magic(text.bytes) {
        if Self.pythonMagics.contains(magic.name) {
          cells.append((python.bytes.count, number))
          Self.append(text, dropping: magic.end, to: &python)
        } else {
          var rest = ShellTextBuilder()
          Self.append(text, dropping: magic.end, to: &rest)
          foreign.append(
            ForeignCell(
              cell: number, magic: magic.line, text: rest, position: text.positions.position(0)))
        }
        continue
      }
      cells.append((python.bytes.count, number))
      Self.append(text, dropping: 0, to: &python)
    }
    self.python = python
    self.cells = cells
    self.foreign = foreign
  }

  /// Magics over a whole cell below which Python follows.
  private static let pythonMagics: Set<String> = [
    "time", "timeit", "capture", "prun", "python", "python3", "debug", "memit", "mprun",
    "cython", "snakeviz", "notify", "skip", "cell_magic", "px", "local", "spark",
  ]

  /// A `%%magic` on the first line that is neither empty nor a comment: the titles of forms stand
  /// before it.
  private static func magic(_ text: [UInt8]) -> (name: String, line: String, end: Int)? {
    var start = 0
    while start < text.count {
      if text[start] <= 0x20 {
        start += 1
      } else if text[start] == UInt8(ascii: "#") {
        start = text[start...].firstIndex(of: 0x0A) ?? text.count
      } else {
        break
      }
    }
    guard start + 2 < text.count, text[start] == UInt8(ascii: "%"),
      text[start + 1] == UInt8(ascii: "%")
    else { return nil }
    let end = text[start...].firstIndex(of: 0x0A) ?? text.count - 1
    let line = String(decoding: text[(start + 2)..<end], as: UTF8.self)
    let name = line.prefix { !$0.isWhitespace }
    // Colab's name for what IPython calls `%%bash`.
    if name == "shell" { return ("bash", "bash" + line.dropFirst(5), end + 1) }
    return (String(name), line, end + 1)
  }

  /// Whether a line magic of Colab, `%shell`, stands at `index`: IPython's `!` under another name.
  private static func isShellMagic(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
    guard text[index] == UInt8(ascii: "%"), text[(index + 1)...].starts(with: "shell ".utf8) else {
      return false
    }
    let before = text[..<index].reversed().prefix { $0 == 0x20 || $0 == 0x09 }
    let place = index - before.count
    return place == text.startIndex || text[place - 1] == 0x0A
  }

  /// Appends the rest of a text with its places, line by line.
  private static func append(
    _ text: ShellTextBuilder, dropping count: Int, to result: inout ShellTextBuilder
  ) {
    let bytes = text.bytes[min(count, text.bytes.count)...]
    var copied = bytes.startIndex
    var index = copied
    while let sign = bytes[index...].firstIndex(of: UInt8(ascii: "%")) {
      index = sign + 1
      guard isShellMagic(bytes, at: sign) else { continue }
      result.append(part: bytes[copied..<sign], mappedBy: text.positions)
      result.append(decoded: "!".utf8, at: text.positions.position(sign))
      copied = sign + 6
      index = copied
    }
    result.append(part: bytes[copied...], mappedBy: text.positions)
  }

  /// Appends a JSON string, its escapes resolved.
  private static func append(
    _ value: JSONValue, _ document: [UInt8], _ lines: LineTable, to text: inout ShellTextBuilder
  ) {
    guard let string = value.text(in: document) else { return }
    let decoded = string.utf8(in: document)
    var offset = 0
    var source = value.range.lowerBound + 1
    for escape in string.escapes(in: document) {
      if escape.decoded > offset {
        text.append(verbatim: decoded[offset..<escape.decoded], at: lines.position(of: source))
      }
      let end = escape.decoded + escape.decodedLength
      text.append(
        decoded: decoded[escape.decoded..<end], at: lines.position(of: escape.source))
      offset = end
      source = escape.source + escape.sourceLength
    }
    if offset < decoded.count {
      text.append(verbatim: decoded[offset...], at: lines.position(of: source))
    }
  }
}
