import Languages

/// The arguments of a command, options apart from the rest.
struct ShellOptions {
  /// Which options take a value in the next word.
  struct Grammar {
    /// Long ones with their dashes, and short ones of more than one letter (`-nv`).
    var long: Set<String> = []
    /// Letters of short ones that take a value, at once or in the next word.
    var letters: Set<Character> = []
    /// Whether short options can be put together (`-fsSLo file`).
    var combines = true
  }

  struct Option {
    /// With its dashes: `-o`, `--output`.
    let name: String
    let value: ShellField?
  }

  private(set) var options: [Option] = []
  private(set) var rest: [ShellField] = []

  init(_ arguments: some Sequence<ShellField>, _ grammar: Grammar) {
    let words = Array(arguments)
    var index = 0
    var isOver = false
    while index < words.count {
      let word = words[index]
      let text = word.display
      index += 1
      guard !isOver, text.hasPrefix("-"), text.count > 1 else {
        rest.append(word)
        continue
      }
      if text == "--" {
        isOver = true
      } else if text.hasPrefix("--") || !grammar.combines || grammar.long.contains(text) {
        if let equals = text.firstIndex(of: "=") {
          let value = text[text.index(after: equals)...]
          options.append(Option(name: String(text[..<equals]), value: word.tail(value)))
        } else if grammar.long.contains(text), index < words.count {
          options.append(Option(name: text, value: words[index]))
          index += 1
        } else {
          options.append(Option(name: text, value: nil))
        }
      } else {
        readLetters(text.dropFirst(), of: word, words, &index, grammar)
      }
    }
  }

  private mutating func readLetters(
    _ letters: Substring, of word: ShellField, _ words: [ShellField], _ index: inout Int,
    _ grammar: Grammar
  ) {
    var letters = letters
    while let letter = letters.popFirst() {
      guard grammar.letters.contains(letter) else {
        options.append(Option(name: "-\(letter)", value: nil))
        continue
      }
      if letters.isEmpty {
        options.append(Option(name: "-\(letter)", value: index < words.count ? words[index] : nil))
        index += 1
      } else {
        let value = letters.first == "=" ? letters.dropFirst() : letters
        options.append(Option(name: "-\(letter)", value: word.tail(value)))
      }
      return
    }
  }

  /// Whether one of the options is given.
  func has(_ names: String...) -> Bool {
    options.contains { names.contains($0.name) }
  }

  /// The last value of one of the options.
  func value(_ names: String...) -> ShellField? {
    options.last { names.contains($0.name) && $0.value != nil }?.value
  }

  /// All values of the options.
  func values(_ names: String...) -> [ShellField] {
    options.filter { names.contains($0.name) }.compactMap(\.value)
  }
}

extension ShellField {
  /// The field with what stands behind an option's name or letter, in each of its values.
  func tail(_ text: Substring) -> ShellField {
    let dropped = display.utf8.count - text.utf8.count
    let all = values.map { value in
      value.isKnown && value.bytes.count >= dropped
        ? ShellValue(bytes: Array(value.bytes.dropFirst(dropped))) : ShellValue(String(text))
    }
    // A value with unknown parts keeps them, where the known part before them is long enough.
    let first = values[0]
    if !first.isKnown, first.knownPrefix.utf8.count >= dropped {
      return ShellField(
        values: [ShellValue(bytes: Array(first.bytes.dropFirst(dropped)))], start: start, end: end)
    }
    return ShellField(values: all, start: start, end: end)
  }
}
