import Core

/// What the bounds of the analysis leave out is told, never dropped in silence.
extension ShellEvaluator {
  /// The name of an unknown part that stands for text longer than is kept.
  static let cutName = "text that is too long"

  /// The name of an unknown part that stands for more values than are kept.
  static let crowdName = "more values than are kept"

  private static let crowdMark = [ShellValue.unknownStart] + Array(crowdName.utf8)
  private static let cutMark = [ShellValue.unknownStart] + Array(cutName.utf8)

  /// Tells that something was left out.
  mutating func noteLimit(_ text: String, at position: TextPosition) {
    // The first is reported; a few more serve whoever looks at the analysis.
    if limits.count < 8 { limits.append((position, text)) }
  }

  /// Tells that text which is to be run is known in part only because of a bound.
  mutating func noteCut(_ bytes: [UInt8], at position: TextPosition) {
    guard let first = bytes.firstIndex(of: ShellValue.unknownStart) else { return }
    if bytes[first...].firstRange(of: Self.cutMark) != nil {
      noteLimit("text of a command that is too long", at: position)
    } else if bytes.starts(with: Self.crowdMark) {
      noteLimit("more commands in one variable than are told apart", at: position)
    } else if !manyValued.isEmpty, first == 0 {
      let name = bytes.dropFirst().prefix { $0 != ShellValue.unknownEnd }
      if manyValued.contains(String(decoding: name, as: UTF8.self)) {
        noteLimit("more commands in one variable than are told apart", at: position)
      }
    }
  }

  /// Commands that tell or decide something and run nothing.
  private static let quiet: Set<String> = [
    "echo", "printf", "true", "false", ":", "cat", "logger", "sleep", "date", "[", "test", "exit",
    "return", "local", "declare", "export", "readonly", "unset", "shift", "set", "read", "tput",
    "basename", "dirname", "break", "continue", "wait", "grep", "tr", "cut", "head", "tail", "wc",
  ]

  /// Whether a function's body runs nothing but commands that print or decide, all written out.
  mutating func isQuiet(_ node: ShellSyntaxNode, depth: Int) -> Bool {
    steps += 1
    guard depth < 24, steps < limit else { return false }
    switch node {
    case .command(let command):
      guard let word = command.words.first else { return true }
      guard let name = word.plain else { return false }
      return Self.quiet.contains(String(decoding: name, as: UTF8.self))
    case .pipeline(let nodes):
      for inner in nodes where !isQuiet(inner, depth: depth + 1) { return false }
    case .list(let items):
      for item in items where !isQuiet(item.node, depth: depth + 1) { return false }
    case .negated(let inner), .subshell(let inner), .redirected(let inner, _),
      .forEach(_, _, let inner):
      return isQuiet(inner, depth: depth + 1)
    case .loop(let condition, let inner):
      if let condition, !isQuiet(condition, depth: depth + 1) { return false }
      return isQuiet(inner, depth: depth + 1)
    case .branches(let branches, let otherwise):
      for branch in branches {
        guard isQuiet(branch.condition, depth: depth + 1), isQuiet(branch.body, depth: depth + 1)
        else { return false }
      }
      if let otherwise { return isQuiet(otherwise, depth: depth + 1) }
    case .choice(_, let items):
      for item in items where !isQuiet(item.body, depth: depth + 1) { return false }
    case .function, .test, .arithmetic: break
    }
    return true
  }
}
