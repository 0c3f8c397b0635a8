/// What a command line says, checked against a command's declaration.
package struct Arguments: Sendable {
  /// The command's operands, in order.
  package private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]

  package init() {}

  /// Whether a switch is given.
  package func has(_ option: OptionDeclaration) -> Bool {
    values[option.name] != nil
  }

  /// The option's value, or nil when it is not given.
  package func value(of option: OptionDeclaration) -> String? {
    values[option.name]?.last
  }

  /// Every value of an option that may be repeated, in the order given.
  package func values(of option: OptionDeclaration) -> [String] {
    values[option.name] ?? []
  }

  /// The number that an option gives; parsing has checked it.
  package func count(of option: OptionDeclaration) -> Int? {
    value(of: option).flatMap { Int($0) }
  }

  /// The operand at `index`, or nil when it is not given.
  package func operand(_ index: Int) -> String? {
    index < operands.count ? operands[index] : nil
  }
}

extension Arguments {
  /// Takes options off the front of `words` until the first operand, which is left there: the
  /// options of every command may stand before its name.
  package mutating func parseLeading(_ words: inout ArraySlice<String>) throws(UsageError) {
    while let word = words.first, word.hasPrefix("-"), word != "-", word != "--" {
      words.removeFirst()
      try parseOption(word, &words, among: OptionDeclaration.common, command: nil)
    }
  }

  /// Reads everything after a command's name.
  package mutating func parse(
    _ words: ArraySlice<String>, for command: CommandDeclaration
  ) throws(UsageError) {
    var words = words
    var optionsEnded = false
    while let word = words.popFirst() {
      if optionsEnded || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        optionsEnded = true
      } else {
        try parseOption(word, &words, among: command.allOptions, command: command.name)
      }
    }
    // Somebody who asks for help need not have the rest right.
    if has(.help) || has(.version) { return }
    try checkOperands(command)
  }

  private func checkOperands(_ command: CommandDeclaration) throws(UsageError) {
    if operands.count > command.operands.count {
      throw .operandUnexpected(operands[command.operands.count], command: command.name)
    }
    for (index, declared) in command.operands.enumerated() {
      guard index < operands.count else {
        if declared.isOptional { continue }
        throw .operandMissing(declared.name, command: command.name)
      }
      if case .choice(let words) = declared.kind, !words.contains(operands[index]) {
        throw .operandNotValid(
          declared.name.lowercased(), value: operands[index],
          nearest: Suggestion.nearest(to: operands[index], among: words))
      }
      if operands[index].isEmpty {
        throw .operandNotValid(declared.name.lowercased(), value: "", nearest: nil)
      }
    }
  }

  private mutating func parseOption(
    _ word: String, _ words: inout ArraySlice<String>, among options: [OptionDeclaration],
    command: String?
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count == 2 ? String(parts[1]) : nil
    guard let option = options.first(where: { $0.name == name || $0.short == name }) else {
      throw .unknownOption(
        name, command: command, nearest: Suggestion.nearest(to: name, among: options.map(\.name)))
    }
    if values[option.name] != nil, !option.repeats, option.value != .none {
      throw .givenTwice(option: option.name)
    }
    guard let valueName = option.valueName else {
      if attached != nil { throw .valueUnexpected(option: option.name) }
      values[option.name] = []
      return
    }
    // A value may begin with a dash only when it is attached, so that `--output --update` is
    // noticed; a lone dash is a value.
    var value = attached
    if value == nil, let next = words.first, next == "-" || !next.hasPrefix("-") {
      value = words.popFirst()
    }
    guard let value, !value.isEmpty else {
      throw .valueMissing(option: option.name, value: valueName)
    }
    try check(value, of: option)
    values[option.name, default: []].append(value)
  }

  private func check(_ value: String, of option: OptionDeclaration) throws(UsageError) {
    switch option.value {
    case .count:
      guard let number = Int(value), (1...1024).contains(number) else {
        throw .notACount(option: option.name, value: value)
      }
    case .choice(_, let words):
      guard words.contains(value) else {
        throw .notAChoice(
          option: option.name, value: value, choices: words,
          nearest: Suggestion.nearest(to: value, among: words))
      }
    case .none, .text, .file, .folder: break
    }
  }
}
