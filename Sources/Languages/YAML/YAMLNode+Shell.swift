package import Core

extension YAMLNode {
  /// The text of a scalar for the shell front end, each part with its place in the file.
  package var shellText: ShellTextBuilder? {
    guard let text, let map = textMap else { return nil }
    let bytes = Array(text.utf8)
    var builder = ShellTextBuilder()
    let segments = map.segments
    if let first = segments.first, first.text > 0 {
      builder.append(decoded: bytes[..<min(first.text, bytes.count)], at: start)
    }
    for (index, segment) in segments.enumerated() {
      let end = index + 1 < segments.count ? segments[index + 1].text : bytes.count
      guard segment.text < end, end <= bytes.count else { continue }
      builder.append(bytes[segment.text..<end], at: map.position(of: segment.text))
    }
    return builder
  }

  /// A command that is written as a text or as a list of words.
  package func shellFragment(
    _ path: RelativePath, _ place: ShellPlace, interpreter: ShellInterpreter = .sh,
    variables: [String: [ShellValue]] = [:], sequence: String? = nil
  ) -> ShellFragment? {
    if kind == .sequence {
      let words = items.compactMap { item in
        item.text.map { ShellArgument(ShellValue($0), at: item.start) }
      }
      guard !words.isEmpty else { return nil }
      return ShellFragment(
        path: path, place: place, interpreter: interpreter, body: .arguments(words),
        variables: variables, sequence: sequence)
    }
    guard !isNull, let shellText, !shellText.bytes.isEmpty else { return nil }
    return ShellFragment(
      path: path, place: place, interpreter: interpreter, text: shellText, variables: variables,
      sequence: sequence)
  }

  /// The text of a scalar with blanks and line breaks in front, so that each of its lines stands at
  /// its own line and column; nil where lines do not follow one another as they do in the file.
  var textInPlace: [UInt8]? {
    guard let text = shellText else { return nil }
    var result: [UInt8] = []
    var line = 1
    var start = 0
    let bytes = text.bytes
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let place = text.positions.position(start)
      guard place.line >= line, place.line - line < 1 << 20, place.column < 1 << 12 else {
        return nil
      }
      result += Array(repeating: UInt8(ascii: "\n"), count: place.line - line)
      result += Array(repeating: UInt8(ascii: " "), count: max(0, place.column - 1))
      result += bytes[start..<end]
      line = place.line
      start = end + 1
    }
    return result
  }
}
