import Core

/// setup.py: what `setup(…)` is given, as far as the script builds it from constants and files.
enum SetupScript {
  static func isNamed(_ path: RelativePath) -> Bool {
    path.name.hasPrefix("setup") && path.name.hasSuffix(".py")
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let tree = PythonSyntaxTree.parse(context.bytes)
    let module = PythonListModule(tree)
    let own = ownName(module)
    var seen: Set<PythonNode> = []
    for (keyword, purpose, group) in [
      ("install_requires", Dependency.Purpose.run, nil as String?),
      ("extras_require", .run, "extras"), ("setup_requires", .build, "setup"),
      ("tests_require", .development, "tests"),
    ] {
      let roots = module.setupCalls.flatMap { module.arguments(named: keyword, of: $0) }
      let found = module.strings(from: roots)
      for string in found.strings where seen.insert(string.node).inserted {
        for line in string.lines {
          let location = context.location(line.start, line.end)
          guard
            let dependency = PythonDependencies.dependency(
              line.text, at: location, group: group, purpose: purpose),
            dependency.name != own || dependency.level != .nothing
          else { continue }
          collector.dependencies.append(dependency)
        }
      }
      for (index, file) in found.files.enumerated() {
        // Of several names one may be the default of another: only the first is missed.
        collector.include(
          file.name, group: group,
          at: index == 0
            ? context.location(tree.start(file.node), tree.end(file.node)) : nil, from: context)
      }
    }
    let links = module.setupCalls.flatMap { module.arguments(named: "dependency_links", of: $0) }
    for string in module.strings(from: links).strings {
      for line in string.lines {
        link(line.text, at: context.location(line.start, line.end), into: &collector)
      }
    }
  }

  /// An entry of `dependency_links`: `https://…/name-1.0.tar.gz#egg=name-1.0`, or a page of links.
  static func link(
    _ text: String, at location: Location, into collector: inout ManifestCollector
  ) {
    guard text.contains("://") else { return }
    let parts = text.split(separator: "#", maxSplits: 1).map(String.init)
    let egg = parts.count == 2 ? parts[1].split(separator: "&").first { $0.hasPrefix("egg=") } : nil
    guard let egg else {
      collector.sources.append(
        PackageSource(
          kind: .findLinks, ecosystem: .pypi, address: text, location: location, construct: text))
      return
    }
    // The version behind the name is a claim about the file.
    let words = egg.dropFirst(4).split(separator: "-")
    let name = words.prefix { !($0.first?.isNumber ?? false) }.joined(separator: "-")
    PythonDependencies.requirement(
      "\(name) @ \(parts[0])", at: location, group: "dependency_links", purpose: .run,
      into: &collector)
  }

  private static func ownName(_ module: PythonListModule) -> String? {
    let roots = module.setupCalls.flatMap { module.arguments(named: "name", of: $0) }
    return module.strings(from: roots).strings.first.map {
      PythonRequirement.normalize($0.lines.first?.text ?? "")
    }
  }
}

/// tasks.py of Invoke and fabfile.py of Fabric: the commands of tasks.
enum TaskScript {
  /// The calls of methods of what the runner hands over to functions with a decorator of this name:
  /// their first parameter.
  static func calls(_ tree: PythonSyntaxTree, decorator: String) -> Set<PythonNode> {
    var found: Set<PythonNode> = []
    for node in tree.allNodes where tree.kind(node) == .functionDefinition {
      guard case .function(let function)? = tree.statement(node),
        let first = function.parameters.first
      else { continue }
      let isOne = function.decorators.contains { node in
        var name = node
        if case .call(let callee, _)? = tree.expression(node) { name = callee }
        switch tree.expression(name) {
        case .name(let last)?, .attribute(_, let last)?: return tree.string(last) == decorator
        default: return false
        }
      }
      guard isOne else { continue }
      let parameter = tree.parameter(first).name
      tree.walk(from: node) { inner in
        if case .call(let callee, _)? = tree.expression(inner),
          case .attribute(let receiver, _)? = tree.expression(callee),
          case .name(let name)? = tree.expression(receiver), name == parameter
        {
          found.insert(inner)
        }
        return true
      }
    }
    return found
  }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let tree = PythonSyntaxTree.parse(context.bytes)
    let calls = calls(tree, decorator: "task")
    guard !calls.isEmpty else { return }
    let module = PythonListModule(tree)
    for call in tree.allNodes where calls.contains(call) {
      guard case .call(let callee, let arguments)? = tree.expression(call),
        case .attribute(_, let method)? = tree.expression(callee),
        ["run", "sudo", "local"].contains(tree.string(method)), let first = arguments.first
      else { continue }
      for string in module.strings(from: [first]).strings {
        var builder = ShellTextBuilder()
        for line in string.lines {
          builder.append(decoded: (line.text + "\n").utf8, at: line.start)
        }
        collector.fragments.append(
          ShellFragment(
            path: context.path, place: .configuration(key: tree.string(method)), text: builder))
      }
    }
  }
}

/// noxfile.py: what sessions install.
enum NoxScript {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let tree = PythonSyntaxTree.parse(context.bytes)
    let module = PythonListModule(tree)
    let sessions = TaskScript.calls(tree, decorator: "session")
    for call in tree.allNodes where tree.kind(call) == .call {
      guard case .call(let callee, let arguments) = tree.expression(call),
        case .attribute(let receiver, let method) = tree.expression(callee),
        case .name(let name) = tree.expression(receiver),
        sessions.contains(call) || tree.string(name).lowercased().contains("session")
      else { continue }
      switch tree.string(method) {
      case "install": break
      case "run", "run_always", "run_install":
        run(Array(arguments), tree, module, context, into: &collector)
        continue
      case "conda_install":
        for argument in arguments where tree.kind(argument) != .keywordArgument {
          for string in module.strings(from: [argument]).strings {
            guard let text = string.lines.first?.text, !text.hasPrefix("-") else { continue }
            guard let spec = CondaSpec(text) else { continue }
            collector.dependencies.append(
              CondaManifest.dependency(
                spec, text: text,
                at: context.location(tree.start(string.node), tree.end(string.node)), group: "nox"))
          }
        }
        continue
      default: continue
      }
      // The option whose file comes next.
      var option: String?
      for argument in arguments {
        if tree.kind(argument) == .keywordArgument { continue }
        let found = module.strings(from: [argument])
        for string in found.strings {
          let text = string.lines.first?.text ?? ""
          if text.hasPrefix("-") {
            let takesFile = ["-r", "-c", "--requirement", "--constraint"].contains(text)
            option = takesFile ? text : nil
            continue
          }
          if let option {
            collector.include(
              text, isConstraint: option == "-c" || option == "--constraint", group: "nox",
              at: context.location(tree.start(string.node), tree.end(string.node)), from: context)
          } else {
            PythonDependencies.requirement(
              text, at: context.location(tree.start(string.node), tree.end(string.node)),
              group: "nox", purpose: .development, into: &collector)
          }
          option = nil
        }
        for file in found.files {
          option = nil
          collector.include(
            file.name, group: "nox",
            at: context.location(tree.start(file.node), tree.end(file.node)), from: context)
        }
      }
    }
  }
}

extension NoxScript {
  /// `session.run("wget", "https://…")`: the words of a command.
  private static func run(
    _ arguments: [PythonNode], _ tree: PythonSyntaxTree,
    _ module: PythonListModule, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    let words = arguments.filter { tree.kind($0) != .keywordArgument }.map { argument in
      let text = module.strings(from: [argument]).strings.first.map { string in
        string.lines.map(\.text).joined(separator: "\n")
      }
      return ShellArgument(
        text.map { ShellValue($0) } ?? .unknown("value"), at: tree.start(argument))
    }
    guard !words.isEmpty else { return }
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .configuration(key: "session.run"), body: .arguments(words)))
  }
}

/// A Python module seen as lists of strings: which constants can reach an expression through
/// names, additions, comprehensions and the functions of the module itself.
///
/// An over-approximation without order: everything that is ever put into a name counts.
struct PythonListModule {
  struct Line {
    let text: String
    let start: TextPosition
    let end: TextPosition
  }

  struct Text {
    let node: PythonNode
    let lines: [Line]
  }

  private struct Binding {
    /// The key for `name["key"] = value`.
    let key: String?
    let value: PythonNode
  }

  let tree: PythonSyntaxTree
  /// The calls of a function called `setup`.
  private(set) var setupCalls: [PythonNode] = []
  private var bindings: [PythonName: [Binding]] = [:]
  private var functions: [PythonName: PythonNode] = [:]
  /// The entries of lists of requirements, by package.
  private var table: [String: PythonNode] = [:]

  init(_ tree: PythonSyntaxTree) {
    self.tree = tree
    for node in tree.allNodes {
      switch tree.kind(node) {
      case .call:
        guard case .call(let callee, let arguments) = tree.expression(node) else { continue }
        switch tree.expression(callee) {
        case .name(let name) where tree.string(name) == "setup": setupCalls.append(node)
        case .attribute(let receiver, let name):
          let method = tree.string(name)
          if method == "setup" { setupCalls.append(node) }
          if case .name(let list) = tree.expression(receiver),
            ["append", "extend", "insert", "update", "add"].contains(method)
          {
            for argument in arguments {
              bindings[list, default: []].append(Binding(key: nil, value: argument))
            }
          }
        default: break
        }
      case .functionDefinition:
        if case .function(let function) = tree.statement(node) { functions[function.name] = node }
      case .withItem:
        let item = tree.withItem(node)
        if let target = item.target { bind(target, item.context) }
      case .comprehensionClause: break
      default: statement(node)
      }
    }
    collectTable()
  }

  private mutating func statement(_ node: PythonNode) {
    switch tree.statement(node) {
    case .assignment(let targets, let value): for target in targets { bind(target, value) }
    case .annotatedAssignment(let target, _, let value?): bind(target, value)
    case .augmentedAssignment(let target, _, let value): bind(target, value)
    case .for(let loop): bind(loop.target, loop.iterable)
    default: break
    }
  }

  private mutating func bind(_ target: PythonNode, _ value: PythonNode) {
    switch tree.expression(target) {
    case .name(let name): bindings[name, default: []].append(Binding(key: nil, value: value))
    case .subscript(let base, let index):
      guard case .name(let name) = tree.expression(base) else { return }
      bindings[name, default: []].append(Binding(key: tree.stringValue(index) ?? "", value: value))
    default: break
    }
  }

  /// The values of a keyword argument, given by name or in a dictionary behind `**`.
  func arguments(named keyword: String, of call: PythonNode) -> [PythonNode] {
    guard case .call(_, let arguments) = tree.expression(call) else { return [] }
    var found: [PythonNode] = []
    for argument in arguments {
      switch tree.expression(argument) {
      case .keywordArgument(let name, let value) where tree.string(name) == keyword:
        found.append(value)
      case .doubleStarred(let dictionary):
        found += entries(named: keyword, of: dictionary, depth: 0)
      default: break
      }
    }
    return found
  }

  /// What a dictionary that an expression leads to holds under a key.
  private func entries(named key: String, of node: PythonNode, depth: Int) -> [PythonNode] {
    guard depth < 8 else { return [] }
    switch tree.expression(node) {
    case .name(let name):
      return (bindings[name] ?? []).flatMap { binding in
        if let written = binding.key { return written == key ? [binding.value] : [] }
        return entries(named: key, of: binding.value, depth: depth + 1)
      }
    case .dictionary(let pairs):
      return pairs.flatMap { pair -> [PythonNode] in
        switch tree.expression(pair) {
        case .pair(let written, let value): return tree.stringValue(written) == key ? [value] : []
        case .doubleStarred(let inner): return entries(named: key, of: inner, depth: depth + 1)
        default: return []
        }
      }
    case .call(let callee, let arguments):
      guard case .name(let name) = tree.expression(callee), tree.string(name) == "dict" else {
        return []
      }
      return arguments.flatMap { argument -> [PythonNode] in
        guard case .keywordArgument(let name, let value) = tree.expression(argument),
          tree.string(name) == key
        else { return [] }
        return [value]
      }
    default: return []
    }
  }

  // MARK: Strings

  private struct Visit: Hashable {
    let node: PythonNode
    /// Only names of files count: the value of the expression itself is unknown.
    let filesOnly: Bool
  }

  /// The strings that can reach one of `roots`, and the requirements files read on the way.
  func strings(from roots: [PythonNode]) -> (
    strings: [Text], files: [(name: String, node: PythonNode)]
  ) {
    var strings: [Text] = []
    var files: [(name: String, node: PythonNode)] = []
    var seen: Set<Visit> = []
    // A name is followed once, however often it is written: `a += a` a thousand times over.
    var followed: [Bool: Set<PythonName>] = [:]
    var pending = roots.reversed().map { Visit(node: $0, filesOnly: false) }
    while let visit = pending.popLast() {
      guard seen.insert(visit).inserted, seen.count < 20_000 else { continue }
      if let text = tree.stringValue(visit.node) {
        if Self.isList(text) {
          files.append((text, visit.node))
        } else if !visit.filesOnly {
          strings.append(Text(node: visit.node, lines: lines(text, visit.node)))
        }
        continue
      }
      if case .name(let name) = tree.expression(visit.node),
        !followed[visit.filesOnly, default: []].insert(name).inserted
      {
        continue
      }
      let next = reached(from: visit.node).map {
        Visit(node: $0.node, filesOnly: $0.filesOnly || visit.filesOnly)
      }
      if next.isEmpty, !visit.filesOnly, case .formatted = tree.expression(visit.node) {
        strings.append(Text(node: visit.node, lines: lines(formatted(visit.node), visit.node)))
      }
      pending += next.reversed()
    }
    strings.sort { $0.node < $1.node }
    return (strings, files)
  }

  /// Whether a text is the name of a file that lists requirements.
  private static func isList(_ text: String) -> Bool {
    ["txt", "in", "pip", "lst", "list", "reqs"].contains { text.hasSuffix(".\($0)") }
  }

  /// The known text of a formatted string, `{}` for each part that is filled in.
  private func formatted(_ node: PythonNode) -> String {
    guard case .formatted(let parts, _) = tree.expression(node) else { return "" }
    return parts.map { tree.stringValue($0) ?? "{}" }.joined()
  }

  /// A text over several lines is a list, one entry a line.
  private func lines(_ text: String, _ node: PythonNode) -> [Line] {
    let start = tree.start(node)
    guard text.contains("\n") else {
      return [Line(text: text, start: start, end: tree.end(node))]
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      let text = Construct.normalised(line)
      guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
      let indent = line.prefix { $0 == " " }.count
      let place = index == 0 ? start : TextPosition(line: start.line + index, column: indent + 1)
      return Line(
        text: text, start: place,
        end: TextPosition(line: place.line, column: place.column + text.utf8.count))
    }
  }

  private typealias Step = (node: PythonNode, filesOnly: Bool)

  private func reached(from node: PythonNode) -> [Step] {
    func all(_ nodes: some Sequence<PythonNode>) -> [Step] { nodes.map { ($0, false) } }
    switch tree.expression(node) {
    case .name(let name): return all((bindings[name] ?? []).map(\.value))
    case .list(let items), .tuple(let items), .set(let items), .boolean(_, let items):
      return all(items)
    case .starred(let inner), .doubleStarred(let inner), .named(_, let inner), .await(let inner),
      .keywordArgument(_, let inner):
      return all([inner])
    case .binary(let left, .add, let right): return all([left, right])
    case .binary(let left, .modulo, _): return all([left])
    case .conditional(_, let body, let orElse): return all([body, orElse])
    case .dictionary(let pairs):
      return all(
        pairs.compactMap { pair in
          switch tree.expression(pair) {
          case .pair(_, let value): value
          case .doubleStarred(let inner): inner
          default: nil
          }
        })
    case .listComprehension(_, let clauses), .setComprehension(_, let clauses),
      .generator(_, let clauses), .dictionaryComprehension(_, _, let clauses):
      return all(clauses.map { tree.comprehensionClause($0).iterable })
    case .attribute(let base, _): return all([base])
    case .subscript(let base, let index): return subscripted(base, index)
    case .call(let callee, let arguments): return called(callee, arguments)
    default: return []
    }
  }

  /// `table["torch"]`: the entry of that key, or the requirement of that name where the table is
  /// made from a list of requirements.
  private func subscripted(_ base: PythonNode, _ index: PythonNode) -> [Step] {
    guard let key = tree.stringValue(index) else { return [(base, false)] }
    let entries = entries(named: key, of: base, depth: 0)
    return entries.isEmpty ? requirement(named: key) : entries.map { ($0, false) }
  }

  /// The entry of a list of the module that asks for a package of this name.
  private func requirement(named name: String) -> [Step] {
    table[PythonRequirement.normalize(name)].map { [($0, false)] } ?? []
  }

  /// The entries of the module's lists of requirements: those that name a version somewhere.
  private mutating func collectTable() {
    for list in bindings.values.joined() where list.key == nil {
      guard case .list(let items) = tree.expression(list.value) else { continue }
      let parsed = items.compactMap { item in
        tree.stringValue(item).flatMap { PythonRequirement.parse($0) }.map { (item, $0) }
      }
      guard parsed.contains(where: { !$0.1.specifier.isEmpty || $0.1.address != nil }) else {
        continue
      }
      for (item, requirement) in parsed {
        // The first of several lists wins, in the order of the text.
        let known = table[requirement.normalizedName]
        if known.map({ item < $0 }) ?? true { table[requirement.normalizedName] = item }
      }
    }
  }

  private static let transparent: Set<String> = [
    "list", "tuple", "set", "sorted", "sum", "filter", "reversed", "dict", "chain", "frozenset",
  ]
  private static let methods: Set<String> = [
    "split", "splitlines", "strip", "rstrip", "lstrip", "read", "readlines", "read_text", "values",
    "items", "copy", "format", "replace", "get", "from_iterable",
  ]

  private func called(_ callee: PythonNode, _ arguments: PythonNodeList) -> [Step] {
    switch tree.expression(callee) {
    case .name(let name):
      let text = tree.string(name)
      if Self.transparent.contains(text) { return arguments.map { ($0, false) } }
      if text == "open" { return arguments.prefix(1).map { ($0, true) } }
      guard let function = functions[name] else { return arguments.map { ($0, true) } }
      return local(function, arguments)
    case .attribute(let receiver, let name):
      let isReading = Self.methods.contains(tree.string(name))
      // `"…".format(x)` and `text.split()` are about the receiver; other calls about files at most.
      let steps = arguments.map { ($0, true) }
      return [(receiver, !isReading)] + steps
    default: return []
    }
  }

  /// A call of a function of the module: the files it reads, else the names it looks up, else
  /// what it returns.
  private func local(_ definition: PythonNode, _ arguments: PythonNodeList) -> [Step] {
    var files: [Step] = []
    var returns: [Step] = []
    tree.walk(from: definition) { node in
      if let text = tree.stringValue(node) {
        if Self.isList(text) {
          files.append((node, true))
        }
        return false
      }
      if case .return(let value?) = tree.statement(node) { returns.append((value, false)) }
      return true
    }
    let given = arguments.filter { argument in
      tree.stringValue(argument) != nil || tree.kind(argument) == .keywordArgument
        || tree.kind(argument) == .call || tree.kind(argument) == .binary
    }
    let names = arguments.compactMap { tree.stringValue($0) }
    if names.contains(where: Self.isList) || !files.isEmpty {
      // A file given at the call replaces the default.
      let explicit = given.map { ($0, true) }
      return names.isEmpty ? files + explicit : explicit
    }
    let looked = names.flatMap(requirement)
    if !looked.isEmpty { return looked }
    return returns + given.map { ($0, true) }
  }
}
