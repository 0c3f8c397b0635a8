import Core

extension PythonModuleSource {
  /// The Python that commands hand to an interpreter: `python -c '…'`, here-documents, steps of
  /// workflows with `shell: python`. Each text of a file once.
  static func programs(of analyses: some Sequence<ShellAnalysis>) -> [PythonModuleSource] {
    var seen: Set<Program> = []
    var found: [PythonModuleSource] = []
    for analysis in analyses {
      for program in analysis.programs where program.interpreter == .python {
        let fragment = analysis.fragment
        let key = Program(
          path: fragment.path, position: program.position, text: program.text.bytes)
        guard !program.text.isOneUnknownPart, seen.insert(key).inserted else { continue }
        let text = PythonEmbedding(program.text).builder
        found.append(
          PythonModuleSource(
            path: fragment.path, name: moduleName(fragment.path).0 + " (program)",
            kind: Self.kind(fragment.place), text: text.bytes, map: text.positions))
      }
    }
    return found
  }

  private struct Program: Hashable {
    let path: RelativePath
    let position: TextPosition
    let text: [UInt8]
  }

  private static func kind(_ place: ShellPlace) -> PythonProgram.Module.Kind {
    switch place {
    case .markdown: .documentation
    case .notebook: .notebook
    default: .executedData
    }
  }
}

/// Text out of another language as a Python module of its own.
///
/// Parts that are not known become names that nothing binds, so that a string around them is a sum
/// with an unknown term; code that is indented as a whole moves to the margin.
struct PythonEmbedding {
  private(set) var builder: ShellTextBuilder

  init(_ text: ShellTextBuilder) {
    builder = text
    if !ShellValue(bytes: text.bytes).isKnown { builder = Self.naming(builder) }
    if let margin = Self.margin(of: builder.bytes) {
      builder = Self.dropping(margin, from: builder)
    }
  }

  // MARK: Unknown parts

  /// A string literal that is being read.
  private struct Literal {
    let start: Int
    /// `r`, `b`, `f` and the quotes.
    let opening: [UInt8]
    let quotes: [UInt8]
    var isBroken = false
  }

  private static func naming(_ text: ShellTextBuilder) -> ShellTextBuilder {
    let bytes = text.bytes
    var result = ShellTextBuilder()
    var copied = 0
    func copy(to end: Int) {
      if copied < end { result.append(bytes[copied..<end], mappedBy: text.positions) }
      copied = end
    }
    func insert(_ inserted: [UInt8]) {
      result.append(decoded: inserted, at: text.positions.position(copied))
    }
    var literal: Literal?
    // What a literal with unknown parts begins with is copied when its first such part is met.
    var isComment = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == ShellValue.unknownStart {
        let end = bytes[index...].firstIndex(of: ShellValue.unknownEnd) ?? bytes.count - 1
        let name = Self.name(bytes[index...end])
        if var open = literal {
          if !open.isBroken {
            copy(to: open.start)
            insert([UInt8(ascii: "(")])
            open.isBroken = true
            literal = open
          }
          copy(to: index)
          insert(open.quotes + " + ".utf8 + name + " + ".utf8 + open.opening)
        } else {
          copy(to: index)
          insert(name)
        }
        copied = end + 1
        index = end + 1
        continue
      }
      if let open = literal {
        if byte == UInt8(ascii: "\\") {
          index += 2
          continue
        }
        let isOver = byte == 0x0A && open.quotes.count == 1
        if isOver || bytes[index...].starts(with: open.quotes) {
          if !isOver { index += open.quotes.count }
          if open.isBroken {
            copy(to: min(index, bytes.count))
            insert([UInt8(ascii: ")")])
          }
          literal = nil
          continue
        }
      } else if isComment {
        isComment = byte != 0x0A
      } else if byte == UInt8(ascii: "#") {
        isComment = true
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        let isTriple = bytes[index...].starts(with: [byte, byte, byte])
        let quotes = [UInt8](repeating: byte, count: isTriple ? 3 : 1)
        var start = index
        while start > 0, index - start < 2, Self.prefixes.contains(bytes[start - 1] | 0x20) {
          start -= 1
        }
        if start > 0, bytes[start - 1].isNameByte { start = index }
        literal = Literal(
          start: start, opening: Array(bytes[start..<index]) + quotes, quotes: quotes)
        index += quotes.count
        continue
      }
      index += 1
    }
    copy(to: bytes.count)
    return result
  }

  private static let prefixes = Set("rbfu".utf8)

  /// A name for an unknown part that no program binds.
  private static func name(_ marked: ArraySlice<UInt8>) -> [UInt8] {
    let written = marked.prefix(48).map { $0.isNameByte ? $0 : UInt8(ascii: "_") }
    return Array("shell".utf8) + written.dropLast()
  }

  // MARK: Indentation

  /// The blanks before every line that has text, nil when there are none.
  private static func margin(of bytes: [UInt8]) -> Int? {
    var margin: Int?
    for line in bytes.split(separator: 0x0A) {
      let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }.count
      guard blanks < line.count, line[line.startIndex + blanks] != 0x0D else { continue }
      margin = min(margin ?? blanks, blanks)
      if margin == 0 { return nil }
    }
    return margin
  }

  private static func dropping(_ margin: Int, from text: ShellTextBuilder) -> ShellTextBuilder {
    var result = ShellTextBuilder()
    let bytes = text.bytes
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      let blanks = bytes[start..<end].prefix(margin).prefix { $0 == 0x20 || $0 == 0x09 }.count
      result.append(bytes[(start + blanks)..<end], mappedBy: text.positions)
      start = end
    }
    return result
  }
}

extension ShellTextBuilder {
  /// Whether nothing at all is known of the text.
  fileprivate var isOneUnknownPart: Bool {
    bytes.first == ShellValue.unknownStart
      && bytes.firstIndex(of: ShellValue.unknownEnd) == bytes.count - 1
  }
}
