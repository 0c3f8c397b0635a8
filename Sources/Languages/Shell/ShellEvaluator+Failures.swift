/// What becomes of a script when a command in it fails.
extension ShellEvaluator {
  /// Marks the commands of a list whose failure the list itself passes over: `check || true`,
  /// `! check && echo bad`, `check; true`.
  ///
  /// - Parameters:
  ///   - starts: for each item the place of its first command.
  ///   - stopping: for each item whether the shell stops at failures where it begins.
  mutating func markIgnoredFailures(
    _ items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)], starts: [Int],
    stopping: [Bool]
  ) {
    guard items.count > 1, starts.count == items.count, stopping.count == items.count else {
      return
    }
    let last = lastConsequence(items)
    // The failure of an item goes to the next `||` of its chain.
    var first = 0
    for index in items.indices.dropFirst() {
      let (joint, node) = items[index]
      switch joint {
      case .or:
        if !stops(rightSide(of: items, at: index)) {
          ignoreFailures(in: starts[first]..<starts[index])
        }
        first = index
      case .and:
        if case .negated = items[index - 1].node, !stops(rightSide(of: items, at: index)) {
          ignoreFailures(in: starts[index - 1]..<starts[index])
        }
      case .always:
        if !stopsOnFailure, Self.isNothing(node) {
          ignoreFailures(in: starts[first]..<starts[index])
        } else if !stopping[index - 1], index <= last {
          // `check; use`: what follows runs all the same.
          for place in first..<index where Self.isPlain(items[place].node) {
            ignoreOwnFailures(in: starts[place]..<starts[place + 1])
          }
        }
        first = index
      }
    }
  }

  /// The last item behind which a failure no longer matters to this text: what follows only prints.
  /// Where more text follows elsewhere, even printing hides a failure.
  private mutating func lastConsequence(
    _ items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)]
  ) -> Int {
    switch fragment.place {
    case .dockerfile, .recipe: return items.count - 1
    default:
      var last = items.count - 1
      while last > 0, onlyPrints(items[last].node, depth: 0) { last -= 1 }
      return last
    }
  }

  /// Whether a node runs commands and decides nothing.
  private static func isPlain(_ node: ShellSyntaxNode) -> Bool {
    switch node {
    case .command, .pipeline, .test: return true
    case .redirected(let inner, _):
      if case .command = inner { return true }
      return false
    default: return false
    }
  }

  /// Marks the commands that stand here, not those of functions and of other shells.
  private mutating func ignoreOwnFailures(in range: Range<Int>) {
    steps += range.count
    for index in range where commands.indices.contains(index) {
      guard commands[index].function == function, commands[index].isNested == (nesting > 0) else {
        continue
      }
      commands[index].isFailureIgnored = true
    }
  }

  /// Marks the commands of a condition that decides nothing but what is printed.
  mutating func markIgnoredFailures(
    _ condition: ShellSyntaxNode, _ commands: Range<Int>, then body: ShellSyntaxNode,
    otherwise: ShellSyntaxNode?
  ) {
    guard !commands.isEmpty else { return }
    let isIgnored: Bool
    if Self.isInverted(condition) {
      // What stands behind `else` runs only when the check has passed.
      isIgnored = !stops([body]) && (otherwise.map { onlyPrints($0, depth: 0) } ?? true)
    } else {
      isIgnored = !(otherwise.map { stops([$0]) } ?? false) && onlyPrints(body, depth: 0)
    }
    if isIgnored { ignoreFailures(in: commands) }
  }

  /// Marks what stands in a pipeline before a command that succeeds whatever it reads.
  mutating func markIgnoredFailures(_ nodes: [ShellSyntaxNode], before last: Int, from first: Int) {
    guard !failsWithPipeline, nodes.count > 1, case .command(let command)? = nodes.last,
      let name = command.words.first?.plain,
      Self.readers.contains(String(decoding: name, as: UTF8.self))
    else { return }
    ignoreFailures(in: first..<last)
  }

  private mutating func ignoreFailures(in range: Range<Int>) {
    steps += range.count
    for index in range where commands.indices.contains(index) {
      commands[index].isFailureIgnored = true
    }
  }

  /// The item at `index` with what is joined to it by `&&`.
  private func rightSide(
    of items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)], at index: Int
  ) -> [ShellSyntaxNode] {
    var nodes = [items[index].node]
    var next = index + 1
    while next < items.count, items[next].joint == .and, nodes.count < 8 {
      nodes.append(items[next].node)
      next += 1
    }
    return nodes
  }

  // MARK: What nodes do

  private static let readers: Set<String> = ["tee", "cat", "head", "tail", "sed", "logger", "ts"]
  private static let printers: Set<String> = [
    "echo", "printf", "true", ":", "cat", "logger", "sleep", "date",
  ]
  /// Commands after which the script does not go on as if nothing had happened: it ends, or what
  /// was checked is gone.
  private static let stoppers: Set<String> = [
    "exit", "return", "false", "kill", "pkill", "break", "continue", "exec", "rm", "unlink", "mv",
    "shred",
  ]
  /// Parts of names by which scripts call the functions that end them.
  private static let endings = ["die", "fail", "abort", "exit", "fatal", "panic", "err", "bail"]

  private static func isNothing(_ node: ShellSyntaxNode) -> Bool {
    guard case .command(let command) = node, command.words.count == 1,
      let name = command.words[0].plain
    else { return false }
    return name == Array("true".utf8) || name == [UInt8(ascii: ":")]
  }

  /// Whether a condition holds when what it runs has failed: `! check`, `[ a != b ]`.
  private static func isInverted(_ node: ShellSyntaxNode) -> Bool {
    func compares(_ words: [ShellSyntaxWord]) -> Bool {
      words.contains { $0.plain == Array("!=".utf8) }
    }
    switch node {
    case .negated(let inner): return !isInverted(inner)
    case .test(let words): return compares(words)
    case .command(let command):
      let name = command.words.first?.plain.map { String(decoding: $0, as: UTF8.self) }
      return (name == "[" || name == "test") && compares(command.words)
    case .list(let items): return items.count == 1 && isInverted(items[0].node)
    case .redirected(let inner, _): return isInverted(inner)
    default: return false
    }
  }

  /// Whether the script ends, or leaves what it is doing, in one of `nodes`.
  private mutating func stops(_ nodes: [ShellSyntaxNode]) -> Bool {
    for node in nodes where stops(node, depth: 0) { return true }
    return false
  }

  private mutating func stops(_ node: ShellSyntaxNode, depth: Int) -> Bool {
    steps += 1
    // What is too deep to look at must not be taken for nothing: it counts as going on.
    guard depth < 24, steps < limit else { return false }
    switch node {
    case .command(let command): return stops(command, depth: depth)
    case .pipeline(let nodes):
      for inner in nodes where stops(inner, depth: depth + 1) { return true }
      return false
    case .list(let items):
      for item in items where stops(item.node, depth: depth + 1) { return true }
      return false
    case .negated(let inner), .subshell(let inner), .redirected(let inner, _),
      .loop(_, let inner), .forEach(_, _, let inner):
      return stops(inner, depth: depth + 1)
    case .branches(let branches, let otherwise):
      for branch in branches where stops(branch.body, depth: depth + 1) { return true }
      return otherwise.map { stops($0, depth: depth + 1) } ?? false
    case .choice(_, let items):
      for item in items where stops(item.body, depth: depth + 1) { return true }
      return false
    case .function, .test, .arithmetic: return false
    }
  }

  private mutating func stops(_ command: ShellSyntaxCommand, depth: Int) -> Bool {
    let words = command.words.prefix(2).compactMap(\.plain).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let first = words.first else { return false }
    let name = first == "sudo" || first == "command" ? words.last ?? first : first
    if Self.stoppers.contains(name) { return true }
    if let function = functions[name] { return stops(function.body, depth: depth + 8) }
    if Self.printers.contains(name) { return false }
    let lower = name.lowercased()
    return Self.endings.contains { lower.contains($0) }
  }

  private mutating func onlyPrints(_ node: ShellSyntaxNode, depth: Int) -> Bool {
    steps += 1
    guard depth < 24, steps < limit else { return false }
    switch node {
    case .command(let command):
      guard let name = command.words.first?.plain else { return command.words.isEmpty }
      return Self.printers.contains(String(decoding: name, as: UTF8.self))
    case .pipeline(let nodes):
      for inner in nodes where !onlyPrints(inner, depth: depth + 1) { return false }
      return true
    case .list(let items):
      for item in items where !onlyPrints(item.node, depth: depth + 1) { return false }
      return true
    case .negated(let inner), .subshell(let inner), .redirected(let inner, _):
      return onlyPrints(inner, depth: depth + 1)
    default: return false
    }
  }

  // MARK: Options of the shell

  /// `set -e`, `set -euo pipefail`, `set +e`.
  mutating func applyOptions(_ words: [String]) {
    var words = words[...]
    while let word = words.popFirst(), word.hasPrefix("-") || word.hasPrefix("+"), word != "--" {
      let isOn = word.hasPrefix("-")
      if word.contains("e") { stopsOnFailure = isOn }
      guard word.hasSuffix("o"), let option = words.popFirst() else { continue }
      if option == "errexit" { stopsOnFailure = isOn }
      if option == "pipefail" { failsWithPipeline = isOn }
    }
  }

  /// What the fragment's place and first line say of the shell that reads it.
  mutating func readOptions() {
    // Runners of workflows stop at the first command that fails.
    if let options = fragment.options {
      applyOptions(options)
    } else if case .workflow = fragment.place {
      stopsOnFailure = true
      failsWithPipeline = true
    }
    guard case .text(let bytes) = fragment.body, bytes.starts(with: "#!".utf8) else { return }
    let line = bytes.prefix(256).prefix { $0 != 0x0A && $0 != 0x0D }
    let words = line.split(separator: 0x20).dropFirst().map {
      String(decoding: $0, as: UTF8.self)
    }
    applyOptions(words.filter { $0.hasPrefix("-") })
  }
}
