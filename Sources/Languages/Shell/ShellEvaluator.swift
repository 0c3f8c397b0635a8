import Core

extension ShellAnalysis {
  /// Finds what `fragment` runs.
  ///
  /// - Parameter libraries: what the fragment may take in from other files.
  package init(_ fragment: ShellFragment, _ libraries: ShellLibraries = ShellLibraries()) {
    var evaluator = ShellEvaluator(fragment)
    evaluator.libraries = libraries
    evaluator.run()
    self.init(
      fragment: fragment, commands: evaluator.commands, exports: evaluator.exports,
      origins: evaluator.origins,
      programs: evaluator.programs, problems: evaluator.problems, limits: evaluator.limits,
      isComplete: evaluator.steps < evaluator.limit, steps: evaluator.steps)
  }
}

/// Goes through a fragment's commands the way a shell does, with every value a variable may have.
///
/// Both sides of a branch are taken and joined, a loop's body is gone through once with all values
/// of its variable, a function's body once for each call (so many at most).
struct ShellEvaluator {
  let fragment: ShellFragment
  var state = ShellState()
  var commands: [ShellCommand] = []
  var origins: [String: Range<Int>] = [:]
  var programs: [ShellProgram] = []
  var problems: [(position: TextPosition, text: String)] = []
  /// What `export` gives to the commands behind it.
  var exports: [ShellCommand] = []
  /// Where something was left out because of a bound.
  var limits: [(position: TextPosition, text: String)] = []
  var steps = 0
  let limit: Int

  /// A text being gone through: the fragment's own, or a nested string.
  struct Source {
    let positions: ShellPositionMap
    let hereDocuments: [ShellSyntaxWord]
    /// Whether it is the text of another file, whose places mean nothing in this one.
    var isForeign = false
  }

  var libraries = ShellLibraries()
  /// How many libraries were taken in.
  var taken = 0
  /// Where the text of another file is called from.
  var callSite = TextPosition(line: 1, column: 1)
  /// Where the function that is being gone through was called, nil when nobody calls it.
  var callPlace: (start: TextPosition, end: TextPosition)?

  var sources: [Source] = []
  var source = 0
  /// A function of the script.
  struct Function {
    let body: ShellSyntaxNode
    let source: Int
    var calls = 0
    /// Whether it only prints and decides, once that was asked.
    var isQuiet: Bool?
  }

  var functions: [String: Function] = [:]
  /// In the order of their definition.
  var functionNames: [String] = []
  var aliases: [String: [String]] = [:]
  var function: String?
  /// The functions whose bodies are being gone through, the outermost first.
  var calling: [String] = []
  /// A call of a function with certain words.
  struct Call: Hashable {
    let name: String
    let arguments: [[ShellValue]]?
  }

  /// The calls that were gone through.
  var called: Set<Call> = []
  /// Variables of loops over more values than are told apart.
  var manyValued: Set<String> = []
  var conditions = 0
  /// `set -e` and `set -o pipefail`, as the last command that was gone through left them.
  var stopsOnFailure = false
  var failsWithPipeline = false
  var nesting = 0
  var level = 0
  /// Commands inside `>(…)` that wait for the command that writes to them.
  var waitingReaders: [Range<Int>] = []

  static let maximumLevel = 160
  static let maximumNesting = 6
  /// Calls of a function that are gone through whatever it does.
  static let maximumCalls = 12
  /// Elements of an array; the rest is left out, and told.
  static let maximumItems = 512
  /// Calls of a function that may do more than print.
  static let maximumTellingCalls = 1024
  /// How often a function may stand in its own chain of calls.
  static let maximumRecursion = 3

  init(_ fragment: ShellFragment) {
    self.fragment = fragment
    let size =
      switch fragment.body {
      case .text(let bytes): bytes.count
      case .arguments(let words): words.reduce(0) { $0 + ($1.values.first?.bytes.count ?? 0) + 8 }
      }
    limit = 20_000 + (size < 1 << 40 ? size * 40 : size)
    for (name, values) in fragment.variables where !values.isEmpty {
      state.set(name, .scalar(ShellState.merged(values, name)))
    }
    readOptions()
  }

  mutating func run() {
    runBody()
    guard fragment.isFailureIgnored else { return }
    for index in commands.indices { commands[index].isFailureIgnored = true }
  }

  private mutating func runBody() {
    switch fragment.body {
    case .arguments(let words):
      let fields = words.map {
        ShellField(
          values: $0.values.isEmpty ? [.unknown("argument")] : $0.values, start: $0.position,
          end: $0.position)
      }
      sources.append(Source(positions: ShellPositionMap(), hereDocuments: []))
      guard let first = fields.first, let last = fields.last else { return }
      runFields(fields, .init(position: first.start, end: last.end))
    case .text(let bytes):
      switch fragment.interpreter {
      case .sh, .bash, .zsh: runText(bytes, fragment.positions)
      case .powershell, .cmd:
        var text = ShellTextBuilder()
        text.append(bytes[...], mappedBy: fragment.positions)
        let posix = Self.posix(text, fragment.interpreter)
        runText(posix.bytes, posix.positions)
      case .python, .other:
        programs.append(
          ShellProgram(
            interpreter: fragment.interpreter, text: filled(bytes),
            position: fragment.positions.position(0), command: nil))
      }
    }
  }

  /// The fragment's text with the expressions of workflows in it, `${{ … }}`, as their values.
  private func filled(_ bytes: [UInt8]) -> ShellTextBuilder {
    var builder = ShellTextBuilder()
    var copied = 0
    while let open = bytes[copied...].firstRange(of: "${{".utf8),
      let close = bytes[open.upperBound...].firstRange(of: "}}".utf8)
    {
      builder.append(bytes[copied..<open.lowerBound], mappedBy: fragment.positions)
      let name = String(decoding: bytes[open.upperBound..<close.lowerBound].trimmed, as: UTF8.self)
      var value = ShellValue.unknown(name)
      if case .scalar(let values)? = state.variables[name], values.count == 1 { value = values[0] }
      builder.append(decoded: value.bytes, at: fragment.positions.position(open.lowerBound))
      copied = close.upperBound
    }
    builder.append(bytes[copied...], mappedBy: fragment.positions)
    return builder
  }

  /// Parses and goes through `bytes`, functions that nobody calls included.
  mutating func runText(_ bytes: [UInt8], _ positions: ShellPositionMap) {
    evaluate(bytes, positions)
    for name in functionNames {
      guard let definition = functions[name], definition.calls == 0 else { continue }
      let mark = state.mark
      state.positional = nil
      call(name, arguments: nil, at: self.position(0))
      _ = state.undo(to: mark)
    }
  }

  /// Parses and goes through `bytes`.
  mutating func evaluate(_ bytes: [UInt8], _ positions: ShellPositionMap) {
    var parser = ShellParser(bytes)
    let node = parser.parse()
    steps += bytes.count / 16
    for problem in parser.problems where problems.count < 40 {
      if problem.isLimit {
        noteLimit(problem.text, at: positions.position(problem.offset))
      } else {
        problems.append((positions.position(problem.offset), problem.text))
      }
    }
    let outer = source
    source = sources.count
    sources.append(Source(positions: positions, hereDocuments: parser.hereDocuments))
    evaluate(node)
    source = outer
  }

  func position(_ offset: Int) -> TextPosition {
    sources[source].isForeign ? callSite : sources[source].positions.position(offset)
  }

  /// The places of the text that is being gone through.
  var currentPositions: ShellPositionMap {
    guard sources[source].isForeign else { return sources[source].positions }
    var positions = ShellPositionMap()
    positions.mark(0, at: callSite, isVerbatim: false)
    return positions
  }

  /// One past the byte before `offset`, so that the end of a line does not become the next line.
  func endPosition(_ offset: Int) -> TextPosition {
    if sources[source].isForeign { return callSite }
    let last = sources[source].positions.position(max(0, offset - 1))
    return TextPosition(line: last.line, column: last.column + 1)
  }

  // MARK: Nodes

  mutating func evaluate(_ node: ShellSyntaxNode) {
    steps += 1
    guard steps < limit else { return }
    guard level < Self.maximumLevel else {
      noteLimit("nested too deeply", at: commands.last?.position ?? position(0))
      return
    }
    level += 1
    defer { level -= 1 }
    switch node {
    case .command(let command): evaluate(command)
    case .list(let items): evaluate(items)
    case .pipeline(let nodes): evaluatePipeline(nodes)
    case .negated(let inner): evaluate(inner)
    case .subshell(let inner): inSubshell { $0.evaluate(inner) }
    case .redirected(let inner, let redirects): evaluate(inner, redirects)
    case .branches(let branches, let otherwise): evaluate(branches, otherwise: otherwise)
    case .loop(let condition, let body):
      forgetAssigned(in: body)
      if let condition { evaluate(condition) }
      branch([body], mayRunNone: true)
    case .forEach(let name, let words, let body): evaluateFor(name, words, body)
    case .choice(let subject, let items): evaluateCase(subject, items)
    case .function(let name, let body):
      if functions[name] == nil, !sources[source].isForeign { functionNames.append(name) }
      functions[name] = Function(
        body: body, source: source, calls: functions[name]?.calls ?? 0)
    case .test(let words):
      // Tests stand among the commands: some compare the digest of what was fetched.
      guard let first = words.first, let last = words.last else { return }
      let (start, end) = (position(first.start), endPosition(last.end))
      var fields = [ShellField(values: [ShellValue("[[")], start: start, end: start)]
      for word in words {
        fields.append(
          ShellField(
            values: values(of: word), start: position(word.start), end: endPosition(word.end)))
      }
      runFields(fields, Surroundings(position: start, end: end))
    case .arithmetic(let parts):
      _ = arithmetic(parts)
    }
  }

  private mutating func evaluate(
    _ items: [(joint: ShellSyntaxNode.Joint, node: ShellSyntaxNode)]
  ) {
    var isAfterTest = false
    var starts: [Int] = []
    var stopping: [Bool] = []
    defer { markIgnoredFailures(items, starts: starts, stopping: stopping) }
    for (index, item) in items.enumerated() {
      guard steps < limit else { return }
      starts.append(commands.count)
      stopping.append(stopsOnFailure)
      switch item.joint {
      case .always:
        isAfterTest = false
        evaluate(item.node)
      case .and:
        isAfterTest = isAfterTest || index > 0 && Self.isTest(items[index - 1].node)
        if isAfterTest { branch([item.node], mayRunNone: true) } else { evaluate(item.node) }
      case .or:
        isAfterTest = true
        branch([item.node], mayRunNone: true)
      }
    }
  }

  /// Whether the node only decides something, so that what follows `&&` may well not run.
  private static func isTest(_ node: ShellSyntaxNode) -> Bool {
    switch node {
    case .test, .negated: return true
    case .command(let command):
      guard let name = command.words.first?.plain else { return false }
      return ["[", "test", "grep", "command", "which", "type", "hash"]
        .contains(String(decoding: name, as: UTF8.self))
    default: return false
    }
  }

  mutating func inSubshell(_ body: (inout ShellEvaluator) -> Void) {
    let mark = state.mark
    body(&self)
    _ = state.undo(to: mark)
  }

  /// Goes through nodes of which one runs, or none.
  private mutating func branch(_ nodes: [ShellSyntaxNode], mayRunNone: Bool) {
    conditions += 1
    defer { conditions -= 1 }
    var outcomes: [ShellState.Outcome] = []
    for node in nodes {
      let mark = state.mark
      evaluate(node)
      outcomes.append(state.undo(to: mark))
    }
    if mayRunNone {
      outcomes.append(
        ShellState.Outcome(changes: [:], directory: state.directory, hasEnded: state.hasEnded))
    }
    for outcome in outcomes { steps += outcome.changes.count }
    state.join(outcomes)
  }

  private mutating func evaluate(
    _ branches: [(condition: ShellSyntaxNode, body: ShellSyntaxNode)],
    otherwise: ShellSyntaxNode?
  ) {
    var bodies: [ShellSyntaxNode] = []
    for (index, item) in branches.enumerated() {
      if index > 0 { conditions += 1 }
      let start = commands.count
      evaluate(item.condition)
      if index > 0 { conditions -= 1 }
      if branches.count == 1 {
        markIgnoredFailures(
          item.condition, start..<commands.count, then: item.body, otherwise: otherwise)
      }
      bodies.append(item.body)
    }
    if let otherwise { bodies.append(otherwise) }
    branch(bodies, mayRunNone: otherwise == nil)
  }

  private mutating func evaluateFor(
    _ name: String, _ words: [ShellSyntaxWord]?, _ body: ShellSyntaxNode
  ) {
    var fields: [ShellField] = []
    var values: [ShellValue] = []
    if let words {
      for word in words { fields += expand(word) }
      values = fields.flatMap(\.values)
    } else {
      values = state.positional?.flatMap { $0 } ?? [.unknown("@")]
    }
    guard !values.isEmpty else { return }
    forgetAssigned(in: body)
    if values.count > ShellState.maximumValues { manyValued.insert(name) }
    state.set(name, .scalar(ShellState.merged(values, name)))
    conditions += 1
    evaluate(body)
    conditions -= 1
  }

  private mutating func evaluateCase(
    _ subject: ShellSyntaxWord, _ items: [(patterns: [ShellSyntaxWord], body: ShellSyntaxNode)]
  ) {
    let subjects = values(of: subject)
    let areKnown = subjects.allSatisfy(\.isKnown)
    var bodies: [ShellSyntaxNode] = []
    var open = subjects
    var isExhaustive = false
    for item in items {
      var isChosen = !areKnown
      for pattern in item.patterns {
        if pattern.plain == [UInt8(ascii: "*")] {
          isChosen = isChosen || !open.isEmpty
          isExhaustive = true
        }
        guard areKnown else { continue }
        for value in values(of: pattern) {
          guard value.isKnown else {
            isChosen = true
            continue
          }
          steps += 1 + value.bytes.count / 16
          let matching = open.filter { ShellPattern.matches(value.bytes[...], $0.bytes[...]) }
          if !matching.isEmpty {
            isChosen = true
            open.removeAll { matching.contains($0) }
          }
        }
      }
      if isChosen { bodies.append(item.body) }
    }
    guard !bodies.isEmpty else { return }
    if areKnown, open.isEmpty { isExhaustive = true }
    branch(bodies, mayRunNone: !isExhaustive)
  }

  /// Variables that a loop's body assigns may hold what an earlier turn left.
  private mutating func forgetAssigned(in body: ShellSyntaxNode) {
    var names: Set<String> = []
    collectAssigned(body, &names, depth: 0)
    for name in names.sorted() {
      switch state.variables[name] {
      case .scalar(let values):
        state.set(name, .scalar(ShellState.merged(values + [.unknown(name)], name)))
      case .array: state.set(name, .scalar([.unknown(name)]))
      case nil: break
      }
    }
  }

  private mutating func collectAssigned(
    _ node: ShellSyntaxNode, _ names: inout Set<String>, depth: Int
  ) {
    steps += 1
    guard depth < ShellParser.maximumDepth * 2, steps < limit else { return }
    switch node {
    case .command(let command):
      for assignment in command.assignments + command.declarations {
        names.insert(assignment.name)
      }
    case .list(let items):
      for item in items { collectAssigned(item.node, &names, depth: depth + 1) }
    case .branches(let branches, let otherwise):
      for item in branches { collectAssigned(item.body, &names, depth: depth + 1) }
      if let otherwise { collectAssigned(otherwise, &names, depth: depth + 1) }
    case .loop(_, let inner), .forEach(_, _, let inner):
      collectAssigned(inner, &names, depth: depth + 1)
    case .redirected(let inner, _), .negated(let inner):
      collectAssigned(inner, &names, depth: depth + 1)
    case .choice(_, let items):
      for item in items { collectAssigned(item.body, &names, depth: depth + 1) }
    case .arithmetic(let parts):
      for part in parts {
        if case .quoted(let text, _) = part { Self.collectNames(text, &names) }
      }
    case .pipeline, .subshell, .function, .test: break
    }
  }

  /// Every name in an arithmetic command: it may be assigned.
  static func collectNames(_ text: [UInt8], _ names: inout Set<String>) {
    var index = 0
    while index < text.count {
      let word = text[index...].prefix { $0.isNameByte }
      if let first = word.first, first.isNameStart {
        names.insert(String(decoding: word, as: UTF8.self))
      }
      index = max(word.endIndex, index + 1)
    }
  }

  // MARK: Pipelines and redirected groups

  private mutating func evaluatePipeline(_ nodes: [ShellSyntaxNode]) {
    var before: Range<Int>?
    let first = commands.count
    defer {
      if let before { markIgnoredFailures(nodes, before: before.lowerBound, from: first) }
    }
    for node in nodes {
      let start = commands.count
      inSubshell { $0.evaluate(node) }
      let range = start..<commands.count
      if let before, !before.isEmpty {
        for command in range where commands[command].input == nil {
          commands[command].input = before
        }
        for command in before where commands[command].output == nil {
          commands[command].output = range
        }
        steps += range.count + before.count
        feed(range, from: before)
      }
      before = start..<commands.count
    }
  }

  private mutating func evaluate(
    _ inner: ShellSyntaxNode, _ redirects: [ShellSyntaxRedirect]
  ) {
    let expanded = redirects.map { expand($0) }
    let start = commands.count
    evaluate(inner)
    steps += commands.count - start
    for index in start..<max(start, commands.count) {
      commands[index].redirects += expanded
    }
    runWritten(by: start..<max(start, commands.count), to: expanded)
  }

  // MARK: Functions

  /// Goes through the body of a function.
  ///
  /// - Parameter arguments: the values of its parameters, nil when nothing is known of them.
  mutating func call(
    _ name: String, arguments: [[ShellValue]]?, at position: TextPosition,
    until end: TextPosition? = nil
  ) {
    guard var definition = functions[name] else { return }
    // What calls itself was gone through already, with the words of the calls before.
    let depth = calling.reduce(0) { $0 + ($1 == name ? 1 : 0) }
    guard depth < Self.maximumRecursion else { return }
    steps += 4 + calling.count
    if definition.calls >= Self.maximumCalls {
      if definition.isQuiet == nil {
        definition.isQuiet = isQuiet(definition.body, depth: 0)
        functions[name] = definition
      }
      guard definition.isQuiet == false else { return }
    }
    guard definition.calls < Self.maximumTellingCalls, level < Self.maximumLevel / 2 else {
      // With the same words it was gone through elsewhere.
      let isKnown = called.contains(Call(name: name, arguments: arguments))
      if depth == 0, !isKnown { noteLimit("a call of `\(name)` too many", at: position) }
      return
    }
    if called.count < 4_096 { called.insert(Call(name: name, arguments: arguments)) }
    definition.calls += 1
    functions[name] = definition
    calling.append(name)
    defer { calling.removeLast() }
    let (outerFunction, outerSource, outerPositional, outerEnded) =
      (function, source, state.positional, state.hasEnded)
    let isEntered = sources[definition.source].isForeign && !sources[source].isForeign
    let (outerSite, outerPlace) = (callSite, callPlace)
    let first = commands.count
    if isEntered { callSite = position }
    callPlace = end.map { (position, $0) }
    function = name
    source = definition.source
    state.positional = arguments
    level += 8
    evaluate(definition.body)
    level -= 8
    (callSite, callPlace) = (outerSite, outerPlace)
    if isEntered { markElsewhere(from: first, arguments: arguments) }
    function = outerFunction
    source = outerSource
    state.positional = outerPositional
    state.hasEnded = outerEnded
  }

  /// Goes through text that a command hands to a shell.
  mutating func runNested(_ text: ShellTextBuilder, positional: [[ShellValue]]? = nil) {
    noteCut(text.bytes, at: text.positions.position(0))
    // Wholly unknown text holds no command to name.
    guard
      !text.bytes.starts(with: [ShellValue.unknownStart])
        || text.bytes.firstIndex(of: ShellValue.unknownEnd) != text.bytes.count - 1
    else { return }
    guard nesting < Self.maximumNesting, level < Self.maximumLevel / 2 else {
      if text.bytes.contains(where: { !$0.isBlank }) {
        noteLimit("commands in commands too deep", at: text.positions.position(0))
      }
      return
    }
    nesting += 1
    level += 8
    let outer = state.positional
    if positional != nil { state.positional = positional }
    evaluate(text.bytes, text.positions)
    state.positional = outer
    level -= 8
    nesting -= 1
  }
}
