/// One option as data: parsing, help, completions and the README come from it.
package struct OptionDeclaration: Hashable, Sendable {
  /// What follows the option.
  package enum Value: Hashable, Sendable {
    /// Nothing: it is a switch.
    case none
    /// Any text, shown in help under this name.
    case text(String)
    /// A whole number of at least one.
    case count(String)
    case file(String)
    case folder(String)
    /// One of these words.
    case choice(String, [String])
  }

  /// The long name with its dashes: `--output`.
  package let name: String
  /// The short name with its dash, `-q`, where there is one.
  package let short: String?
  package let value: Value
  /// Whether it may be given more than once.
  package let repeats: Bool
  /// What it does, for help: a phrase without a full stop.
  package let summary: String

  package init(
    _ name: String, short: String? = nil, value: Value = .none, repeats: Bool = false,
    _ summary: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.repeats = repeats
    self.summary = summary
  }

  /// The value's name in help; nil for a switch.
  package var valueName: String? {
    switch value {
    case .none: nil
    case .text(let name), .count(let name), .file(let name), .folder(let name): name
    case .choice(let name, let words):
      hasManyChoices ? name : words.joined(separator: "|")
    }
  }

  /// Whether the words to choose from are too long for a usage line.
  private var hasManyChoices: Bool {
    if case .choice(_, let words) = value { words.count > 4 } else { false }
  }

  /// The summary as help shows it: with the words to choose from, where the usage does not list
  /// them.
  package var details: String {
    var text = summary
    if case .choice(_, let words) = value, hasManyChoices {
      text += ": \(words.joined(separator: ", "))"
    }
    return text + (repeats ? "; repeatable" : "")
  }

  /// As in a usage line: `[--exclude GLOB]…`.
  package var usage: String {
    let inner = valueName.map { "\(name) \($0)" } ?? name
    return "[\(inner)]" + (repeats ? "…" : "")
  }
}

/// One operand as data.
package struct OperandDeclaration: Hashable, Sendable {
  /// What completion offers for it.
  package enum Kind: Hashable, Sendable {
    case text
    case path
    case choice([String])
  }

  /// In capitals, as help shows it.
  package let name: String
  package let kind: Kind
  package let isOptional: Bool
  package let summary: String

  package init(_ name: String, _ kind: Kind, optional: Bool = false, _ summary: String) {
    self.name = name
    self.kind = kind
    isOptional = optional
    self.summary = summary
  }

  package var usage: String { isOptional ? "[\(name)]" : name }
}

/// One command as data.
package struct CommandDeclaration: Sendable {
  package let name: String
  /// What it does: a sentence without its full stop, for lists.
  package let summary: String
  /// Paragraphs for its own help page.
  package let discussion: String
  package let operands: [OperandDeclaration]
  /// Its own options; those of every command are in `OptionDeclaration.common`.
  package let options: [OptionDeclaration]
  /// Command lines worth showing, with what they do.
  package let examples: [(line: String, does: String)]

  package init(
    _ name: String, summary: String, discussion: String = "", operands: [OperandDeclaration] = [],
    options: [OptionDeclaration] = [], examples: [(line: String, does: String)] = []
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.operands = operands
    self.options = options
    self.examples = examples
  }

  /// Everything that may be given: the command's own options, then those of every command.
  package var allOptions: [OptionDeclaration] { options + OptionDeclaration.common }

  /// The usage line without `usage:`.
  package var usage: String {
    (["modelpin", name] + operands.map(\.usage) + options.map(\.usage)).joined(separator: " ")
  }
}
