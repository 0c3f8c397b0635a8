package import Core

/// A file in the format of git's own configuration, as `.lfsconfig` and `.gitmodules` are.
///
/// Follows git's reader: names without regard to case, subsections in quotes, values that go on
/// behind a backslash, comments, an option on the line of its section's header. What git would
/// refuse is left out up to the end of its line.
package struct GitConfigurationFile: Sendable {
  package struct Option: Sendable {
    /// Section, subsection and name with dots between: `lfs.url`, `remote.origin.lfsurl`. Section
    /// and name are in lower case, the subsection is as written.
    package let name: String
    /// The value with quotes and escapes resolved; empty for an option without one.
    package let value: String
    /// The first byte of the option's name.
    package let start: TextPosition
    /// One past the last byte of its value.
    package let end: TextPosition
  }

  /// All options in the order of the file.
  package let options: [Option]

  package init(_ raw: [UInt8]) {
    var reader = Reader(bytes: SourceText.utf8(raw))
    reader.run()
    options = reader.options
  }

  private struct Reader {
    let bytes: [UInt8]
    var options: [Option] = []
    private let lines: LineTable
    private var offset = 0
    private var section: String?

    init(bytes: [UInt8]) {
      self.bytes = bytes
      lines = LineTable(bytes)
    }

    private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func run() {
      while let byte = current {
        switch byte {
        case 0x09...0x0D, 0x20: offset += 1
        case UInt8(ascii: "#"), UInt8(ascii: ";"): skipLine()
        case UInt8(ascii: "["): header()
        default: option()
        }
      }
    }

    private mutating func skipLine() {
      offset = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    }

    private mutating func skipBlanks() {
      while current == 0x20 || current == 0x09 { offset += 1 }
    }

    /// `[section]`, `[section "subsection"]`.
    private mutating func header() {
      section = nil
      offset += 1
      let name = word { $0 == UInt8(ascii: ".") }
      skipBlanks()
      var subsection: [UInt8]?
      if current == UInt8(ascii: "\"") {
        offset += 1
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\""), byte != 0x0A {
          if byte == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
          text.append(bytes[offset])
          offset += 1
        }
        guard current == UInt8(ascii: "\"") else { return skipLine() }
        offset += 1
        subsection = text
        skipBlanks()
      }
      guard current == UInt8(ascii: "]"), !name.isEmpty else { return skipLine() }
      offset += 1
      section = name + (subsection.map { "." + String(decoding: $0, as: UTF8.self) } ?? "")
    }

    /// Letters, digits, dashes and what `isAlso` allows, in lower case.
    private mutating func word(_ isAlso: (UInt8) -> Bool = { _ in false }) -> String {
      let start = offset
      while let byte = current,
        byte.isNameByte && byte != UInt8(ascii: "_") || byte == UInt8(ascii: "-") || isAlso(byte)
      {
        offset += 1
      }
      return String(decoding: bytes[start..<offset], as: UTF8.self).lowercased()
    }

    private mutating func option() {
      let start = offset
      let name = word()
      var end = offset
      guard !name.isEmpty, let section else { return skipLine() }
      skipBlanks()
      var value: [UInt8] = []
      if current == UInt8(ascii: "=") {
        offset += 1
        skipBlanks()
        (value, end) = self.value()
      } else if let byte = current, byte != 0x0A, byte != 0x0D, byte != UInt8(ascii: "#"),
        byte != UInt8(ascii: ";")
      {
        return skipLine()
      }
      options.append(
        Option(
          name: "\(section).\(name)", value: String(decoding: value, as: UTF8.self),
          start: lines.position(of: start), end: lines.position(of: end)))
    }

    private mutating func value() -> ([UInt8], end: Int) {
      var text: [UInt8] = []
      // Blanks at the end count only inside quotes.
      var kept = 0
      var end = offset
      var isQuoted = false
      while let byte = current, byte != 0x0A {
        offset += 1
        switch byte {
        case UInt8(ascii: "\""):
          isQuoted.toggle()
          kept = text.count
        case UInt8(ascii: "#") where !isQuoted, UInt8(ascii: ";") where !isQuoted:
          skipLine()
          return (Array(text[..<kept]), end)
        case UInt8(ascii: "\\"):
          escape(into: &text)
          kept = text.count
        case 0x20, 0x09, 0x0D:
          text.append(byte)
          if !isQuoted { continue }
          kept = text.count
        default:
          text.append(byte)
          kept = text.count
        }
        end = offset
      }
      return (Array(text[..<kept]), end)
    }

    /// Behind a backslash; before a line break it joins the lines.
    private mutating func escape(into text: inout [UInt8]) {
      if current == 0x0D, offset + 1 < bytes.count, bytes[offset + 1] == 0x0A { offset += 1 }
      guard let byte = current else { return }
      offset += 1
      switch byte {
      case 0x0A: break
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "b"): text.append(0x08)
      default: text.append(byte)
      }
    }
  }
}
