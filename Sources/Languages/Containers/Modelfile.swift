package import Core

/// Ollama's recipe for a model: lines of an instruction and its value.
package struct Modelfile: Sendable {
  /// The value of a `FROM`: a file, a folder, or a model's name with its tag.
  package struct Base: Sendable {
    package let name: String
    package let start: TextPosition
    /// One past its last byte.
    package let end: TextPosition
  }

  package let bases: [Base]

  /// Whether a file of this name is one by custom: `Modelfile`, `Modelfile.q4`, `x.modelfile`.
  package static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    return name == "modelfile" || name.hasPrefix("modelfile.") || name.hasSuffix(".modelfile")
  }

  /// Reads the `FROM` lines; texts in triple quotes are passed over.
  package init(_ bytes: [UInt8]) {
    var bases: [Base] = []
    var number = 0
    var isInText = false
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let marks = Self.count(of: "\"\"\"", in: line)
      defer { if marks % 2 == 1 { isInText.toggle() } }
      guard !isInText, marks == 0 else { continue }
      let text = line.trimmed
      guard text.count > 5, text.prefix(4).elementsEqual("from".utf8, by: { $0 | 0x20 == $1 }),
        text[text.startIndex + 4].isBlank
      else { continue }
      var name = text.dropFirst(5).trimmed
      if name.count >= 2, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") {
        name = name.dropFirst().dropLast()
      }
      guard !name.isEmpty else { continue }
      func position(_ offset: Int) -> TextPosition {
        TextPosition(line: number, column: offset - line.startIndex + 1)
      }
      bases.append(
        Base(
          name: String(decoding: name, as: UTF8.self), start: position(name.startIndex),
          end: position(name.endIndex)))
    }
    self.bases = bases
  }

  private static func count(of text: StaticString, in line: ArraySlice<UInt8>) -> Int {
    line.ranges(of: text.description.utf8).count
  }
}
