/// The names of a module that may stand for a network address, judged by what is written behind
/// them: cheap enough to ask for every argument of every call.
struct PythonAddressNames {
  private var isMarked: [Bool]
  /// Names of functions of the module.
  private var isDefined: [Bool]

  /// How often what is marked is carried on to what is made of it.
  private static let rounds = 4
  /// How many nodes of one expression are looked at.
  private static let steps = 48
  /// Functions that declare an option of the command line.
  private static let declarations: Set<String> = [
    "add_argument", "add_option", "option", "Option", "argument", "Argument", "DEFINE_string",
    "DEFINE_enum", "setdefault",
  ]

  init(_ module: PythonModuleModel) {
    let tree = module.tree
    isMarked = Array(repeating: false, count: tree.nameCount)
    isDefined = isMarked
    for scope in module.scopes where scope.kind == .function {
      if let name = scope.name { isDefined[Int(name.index)] = true }
    }
    guard tree.text.containsAddress else {
      markImports(module)
      return
    }
    func writesAddress(_ node: PythonNode) -> Bool {
      tree.slice(node).prefix(4_000).containsAddress
    }
    for binding in module.bindings {
      if let node = Self.source(of: binding), writesAddress(node) {
        isMarked[Int(binding.name.index)] = true
      }
    }
    for scope in module.scopes {
      for parameter in scope.parameters {
        if let node = parameter.defaultValue, writesAddress(node) {
          isMarked[Int(parameter.name.index)] = true
        }
      }
      if let name = scope.name, scope.returns.contains(where: writesAddress) {
        isMarked[Int(name.index)] = true
      }
    }
    for (name, stores) in module.attributeStores
    where stores.contains(where: { writesAddress($0.value) }) {
      isMarked[Int(name.index)] = true
    }
    for store in module.subscriptStores where writesAddress(store.value) {
      if case .subscript(let base, _)? = tree.expression(store.target),
        let name = PythonModuleInterest.lastName(base, tree)
      {
        isMarked[Int(name.index)] = true
      }
    }
    for call in module.calls {
      guard case .call(let function, let arguments)? = tree.expression(call),
        let last = PythonModuleInterest.lastName(function, tree),
        Self.declarations.contains(tree.string(last)), writesAddress(call)
      else { continue }
      for argument in arguments {
        guard let text = tree.stringValue(argument),
          let name = tree.name(PythonEvaluator.destination(text))
        else { continue }
        isMarked[Int(name.index)] = true
      }
    }
    markImports(module)
    carryOn(module)
  }

  /// Whether an expression may be, or hold, an address.
  func mayBeAddress(_ node: PythonNode, _ tree: PythonSyntaxTree) -> Bool {
    if tree.kind(node) == .name || tree.kind(node) == .attribute {
      return isMarked(node, tree)
    }
    var found = false
    var steps = 0
    tree.walk(from: node) { inner in
      steps += 1
      guard !found, steps < Self.steps else { return false }
      if case .call(let function, _)? = tree.expression(inner), !keepsAddress(function, tree) {
        found = tree.slice(inner).prefix(400).containsAddress
        return false
      }
      switch tree.kind(inner) {
      case .string, .stringChunk, .formattedString, .stringConcatenation:
        found = tree.slice(inner).prefix(400).containsAddress
        if case .subscript? = tree.expression(node), let text = tree.stringValue(inner) {
          found = found || Self.isAddressWord(text)
        }
      case .name, .attribute: found = isMarked(inner, tree)
      default: break
      }
      return !found
    }
    return found
  }

  /// Whether what a function gives may be the address that it is given.
  private func keepsAddress(_ function: PythonNode, _ tree: PythonSyntaxTree) -> Bool {
    guard let last = PythonModuleInterest.lastName(function, tree) else { return true }
    return isMarked[Int(last.index)] || isDefined[Int(last.index)]
      || Self.keeping.contains(tree.string(last))
  }

  private static let keeping: Set<String> = [
    "join", "joinpath", "urljoin", "format", "format_map", "replace", "strip", "rstrip", "lstrip",
    "removeprefix", "removesuffix", "lower", "split", "partition", "rsplit", "str", "quote",
    "unquote", "get", "pop", "setdefault", "getenv", "items", "values", "zip", "enumerate", "list",
    "tuple", "dict", "sorted", "iter", "next", "reversed", "copy", "Path", "decode", "partial",
    "b64decode",
  ]

  private func isMarked(_ node: PythonNode, _ tree: PythonSyntaxTree) -> Bool {
    guard let name = PythonModuleInterest.lastName(node, tree) else { return false }
    return isMarked[Int(name.index)]
  }

  /// What comes from another module may be one where its name says so.
  private mutating func markImports(_ module: PythonModuleModel) {
    for binding in module.bindings {
      guard case .member = binding.kind else { continue }
      let text = module.tree.string(binding.name)
      let isConstant = !text.utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
      if isConstant || Self.isAddressWord(text) { isMarked[Int(binding.name.index)] = true }
    }
    for (name, _) in module.attributeStores where Self.isAddressWord(module.tree.string(name)) {
      isMarked[Int(name.index)] = true
    }
  }

  private static func isAddressWord(_ text: String) -> Bool {
    guard text.utf8.count < 64 else { return false }
    let lower = text.lowercased()
    return addressWords.contains { lower.utf8.contains(sequence: $0) }
  }

  private static let addressWords: [[UInt8]] = [
    "url", "uri", "link", "host", "endpoint", "server", "mirror", "address",
  ].map { Array($0.utf8) }

  /// Marks names that are given something made of marked ones.
  private mutating func carryOn(_ module: PythonModuleModel) {
    guard isMarked.contains(true) else { return }
    let sources = module.bindings.compactMap { binding in
      Self.source(of: binding).map { (name: binding.name, node: $0) }
    }
    for _ in 0..<Self.rounds {
      var hasChanged = false
      for (name, node) in sources where !isMarked[Int(name.index)] {
        if mayBeAddress(node, module.tree) {
          isMarked[Int(name.index)] = true
          hasChanged = true
        }
      }
      for (name, stores) in module.attributeStores where !isMarked[Int(name.index)] {
        if stores.contains(where: { mayBeAddress($0.value, module.tree) }) {
          isMarked[Int(name.index)] = true
          hasChanged = true
        }
      }
      if !hasChanged { break }
    }
  }

  private static func source(of binding: PythonBinding) -> PythonNode? {
    switch binding.kind {
    case .value(let node, _), .augmented(let node, _), .element(let node, _), .context(let node):
      node
    default: nil
    }
  }
}

extension Collection<UInt8> {
  /// Whether the bytes of `pattern` occur, for short texts.
  fileprivate func contains(sequence pattern: [UInt8]) -> Bool {
    var rest = self[...]
    while let first = pattern.first, let start = rest.firstIndex(of: first) {
      rest = rest[start...]
      if rest.starts(with: pattern) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
