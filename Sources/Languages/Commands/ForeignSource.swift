package import Core

/// Sources in languages that have no reader: the commands that they hand to a shell in so many
/// words. The rest of such a file stays unexamined, and is listed so.
package enum ForeignSource {
  /// Larger files are bundles, in bytes.
  private static let limit = 1 << 20

  /// The commands in a source, in order.
  ///
  /// - Parameter suffix: the name's suffix in lower case, or the whole name where there is none.
  package static func shell(
    path: RelativePath, bytes: [UInt8], suffix: String
  ) -> [ShellFragment] {
    guard bytes.count <= limit else { return [] }
    var text = ShellTextBuilder(file: bytes)
    let isWhole = ["xsh", "fish", "csh", "tcsh", "nu"].contains(suffix)
    if isWhole {
      return [
        ShellFragment(
          path: path, place: .foreign(language: suffix), interpreter: .bash, text: text)
      ]
    }
    let isPipeline = suffix == "nf" || suffix == "jenkinsfile" || suffix == "vagrantfile"
    if suffix == "vagrantfile" || suffix == "rb" { text = documents(in: text) }
    let program = ForeignProgram(text)
    let hasBackquotes = ["pl", "pm", "rb", "php", "vagrantfile", "rakefile"].contains(suffix)
    return program.commands(
      hasBackquotes: hasBackquotes, hasTripleQuotes: isPipeline || suffix == "groovy",
      takesBlocks: suffix == "nf", endsWithLine: !manyLines.contains(suffix),
      assigns: suffix == "tf", limit: 512
    ).map {
      ShellFragment(
        path: path, place: .foreign(language: suffix), interpreter: .bash, text: $0,
        sequence: isPipeline ? "commands" : nil)
    }
  }

  /// Languages whose quoted texts go on over line breaks.
  private static let manyLines: Set<String> = [
    "pl", "pm", "rb", "php", "r", "jl", "lua", "vagrantfile", "rakefile", "gemspec", "tcl", "awk",
    "nix", "sql",
  ]

  /// A text with Ruby's here-documents in quotes, of the same length as far as it goes.
  private static func documents(in text: ShellTextBuilder) -> ShellTextBuilder {
    let bytes = text.bytes
    var result = ShellTextBuilder()
    var copied = 0
    var index = 0
    // Each mark without an end costs a way through the rest.
    var misses = 0
    while let mark = bytes[index...].firstRange(of: "<<".utf8), misses < 16 {
      var start = mark.upperBound
      if start < bytes.count, bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "~")
      {
        start += 1
      }
      let isQuoted = start < bytes.count && "'\"".utf8.contains(bytes[start])
      if isQuoted { start += 1 }
      let name = bytes[start...].prefix { $0.isNameByte }
      guard !name.isEmpty, name.count < 32,
        let line = bytes[name.endIndex...].firstIndex(of: 0x0A)
      else {
        index = mark.upperBound
        continue
      }
      // The line that holds nothing but the name.
      var bodyEnd = line + 1
      var end: Int?
      while bodyEnd < bytes.count {
        let next = bytes[bodyEnd...].firstIndex(of: 0x0A) ?? bytes.count
        if bytes[bodyEnd..<next].trimmed.elementsEqual(name) {
          end = next
          break
        }
        bodyEnd = min(next + 1, bytes.count)
      }
      guard let end else {
        misses += 1
        index = mark.upperBound
        continue
      }
      result.append(bytes[copied..<mark.lowerBound], mappedBy: text.positions)
      let place = text.positions.position(mark.lowerBound)
      result.append(decoded: [UInt8(ascii: "'")], at: place)
      let body = bytes[(line + 1)..<bodyEnd]
      var from = body.startIndex
      for position in body.indices where body[position] == UInt8(ascii: "'") {
        result.append(bytes[from..<position], mappedBy: text.positions)
        result.append(decoded: Array("\\'".utf8), at: text.positions.position(position))
        from = position + 1
      }
      result.append(bytes[from..<body.endIndex], mappedBy: text.positions)
      result.append(decoded: [UInt8(ascii: "'")], at: place)
      result.append(bytes[name.endIndex..<line], mappedBy: text.positions)
      copied = end
      index = end
    }
    result.append(bytes[copied...], mappedBy: text.positions)
    return result
  }
}
