/// Text broken into lines.
package enum Paragraph {
  /// Breaks `text` between words so that no line passes `width` columns, a longer word aside.
  ///
  /// - Parameters:
  ///   - indent: Spaces before every line.
  ///   - hanging: Further spaces before every line but the first.
  package static func wrap(
    _ text: String, width: Int = 80, indent: Int = 0, hanging: Int = 0
  ) -> String {
    wrap(text.split { $0 == " " || $0 == "\n" }.map(String.init), width, indent, hanging)
  }

  /// The same for words that must not be broken, though they may hold spaces.
  package static func wrap(
    _ words: [String], _ width: Int, _ indent: Int, _ hanging: Int
  ) -> String {
    var text = ""
    var line = String(repeating: " ", count: indent)
    var isEmpty = true
    for word in words {
      if !isEmpty, line.count + 1 + word.count > width {
        text += line + "\n"
        line = String(repeating: " ", count: indent + hanging)
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return text + line + "\n"
  }
}
