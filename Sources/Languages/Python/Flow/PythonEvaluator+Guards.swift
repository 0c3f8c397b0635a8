/// What the conditions around a use say about a name: alternatives that they exclude fall away.
extension PythonEvaluator {
  /// A test of one expression that holds where a block runs.
  struct Guard {
    /// The source of the expression that is tested: `name` or `args.name`.
    let subject: String
    let test: Test
    /// Where the statement begins that tests it.
    let start: Int

    enum Test {
      case among([PythonValue.Atom])
      case notAmong([PythonValue.Atom])
      case startsWith([String])
      case notStartsWith([String])
      case isTrue
      case isFalse
    }
  }

  /// `value` without the alternatives that the conditions around `node` exclude.
  func guarded(
    _ value: PythonValue, _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    guard value.alternatives.contains(where: { Self.canBeExcluded($0.atom) }) else { return value }
    let offset = module.tree.range(node).lowerBound
    let place = module.place(at: offset)
    let guards = guards(of: place.block, module)
    guard !guards.isEmpty else { return value }
    let bytes = module.tree.slice(node)
    guard bytes.count <= 80 else { return value }
    let subject = String(decoding: bytes, as: UTF8.self)
    var result = value
    for one in guards
    where one.subject == subject
      && !isSet(node, in: place.scope, between: one.start, and: offset, module)
    {
      result = Self.narrowed(result, by: one.test, isPassed: frame != nil)
    }
    return result
  }

  private static func canBeExcluded(_ atom: PythonValue.Atom) -> Bool {
    switch atom {
    case .text, .none, .bool, .integer, .unknown: true
    default: false
    }
  }

  /// Whether the expression may get another value between the test and the use.
  private func isSet(
    _ node: PythonNode, in scope: Int, between start: Int, and offset: Int,
    _ module: PythonModuleModel
  ) -> Bool {
    let name: PythonName
    switch module.tree.expression(node) {
    case .name(let found): name = found
    case .attribute(_, let found):
      name = found
      if (module.attributeStores[name] ?? []).prefix(64).contains(where: {
        $0.order > start && $0.order <= offset
      }) {
        return true
      }
      return false
    default: return true
    }
    var next = module.hasBinding(name, in: scope).map { Int($0) } ?? -1
    var seen = 0
    while next >= 0, seen < 200 {
      let binding = module.bindings[next]
      if binding.isForeign || binding.order > start && binding.order <= offset { return true }
      next = Int(module.older[next])
      seen += 1
    }
    return seen == 200
  }

  /// The tests that hold in a block, outer ones first.
  private func guards(of block: Int, _ module: PythonModuleModel) -> [Guard] {
    let key = UInt64(module.index) << 32 | UInt64(block)
    if let known = blockGuards[key] { return known }
    var chain: [Int] = []
    var current = block
    var found: [Guard] = []
    // Function bodies begin anew: their callers' conditions are not looked at.
    while current >= 0, module.blocks[current].scope == module.blocks[block].scope {
      if let known = blockGuards[UInt64(module.index) << 32 | UInt64(current)] {
        found = known
        break
      }
      chain.append(current)
      current = module.blocks[current].parent
    }
    for inner in chain.reversed() {
      if found.count < 64 { found += tests(of: inner, module) }
      blockGuards[UInt64(module.index) << 32 | UInt64(inner)] = found
    }
    return found
  }

  /// What the branch of an `if` says.
  private func tests(of block: Int, _ module: PythonModuleModel) -> [Guard] {
    let block = module.blocks[block]
    guard block.kind == .branch else { return [] }
    let owner = PythonNode(index: block.owner)
    guard case .if(let clauses, _)? = module.tree.statement(owner) else { return [] }
    let start = module.tree.range(owner).lowerBound
    var found: [Guard] = []
    for (number, clause) in clauses.prefix(min(block.branch + 1, 32)).enumerated() {
      add(
        module.tree.ifClause(clause).test, holds: number == block.branch, start, module, depth: 0,
        &found)
    }
    return found
  }

  private func add(
    _ node: PythonNode, holds: Bool, _ start: Int, _ module: PythonModuleModel, depth: Int,
    _ found: inout [Guard]
  ) {
    guard depth < 8, found.count < 32 else { return }
    let tree = module.tree
    func note(_ subject: PythonNode, _ test: Guard.Test) {
      guard tree.kind(subject) == .name || tree.kind(subject) == .attribute else { return }
      found.append(
        Guard(
          subject: String(decoding: tree.slice(subject), as: UTF8.self), test: test, start: start)
      )
    }
    switch tree.expression(node) {
    case .name, .attribute: note(node, holds ? .isTrue : .isFalse)
    case .unary(.not, let inner):
      add(inner, holds: !holds, start, module, depth: depth + 1, &found)
    case .boolean(let operation, let operands):
      // All parts of an `and` that holds hold; none of an `or` that does not.
      guard (operation == .and) == holds else { return }
      for operand in operands.prefix(16) {
        add(operand, holds: holds, start, module, depth: depth + 1, &found)
      }
    case .comparison(let left, let rest):
      guard rest.count == 1 else { return }
      let operand = rest[0].operand
      switch rest[0].operator {
      case .equal, .is: note(left, literals([operand], holds, module) ?? .notAmong([]))
      case .notEqual, .isNot: note(left, literals([operand], !holds, module) ?? .notAmong([]))
      case .in, .notIn:
        let items: PythonNodeList
        switch tree.expression(operand) {
        case .tuple(let list), .list(let list), .set(let list): items = list
        default: return
        }
        let isIn = (rest[0].operator == .in) == holds
        note(left, literals(Array(items.prefix(64)), isIn, module) ?? .notAmong([]))
      default: return
      }
    case .call(let function, let arguments):
      guard case .attribute(let base, let name)? = tree.expression(function),
        tree.bytes(name).elementsEqual("startswith".utf8), let first = arguments.first
      else { return }
      var texts = [tree.stringValue(first)]
      if case .tuple(let items)? = tree.expression(first) { texts = items.map(tree.stringValue) }
      let known = texts.compactMap(\.self)
      guard known.count == texts.count, !known.isEmpty else { return }
      note(base, holds ? .startsWith(known) : .notStartsWith(known))
    default: return
    }
  }

  private func literals(
    _ nodes: [PythonNode], _ holds: Bool, _ module: PythonModuleModel
  ) -> Guard.Test? {
    var atoms: [PythonValue.Atom] = []
    for node in nodes {
      switch module.tree.kind(node) {
      case .noneLiteral: atoms.append(.none)
      case .trueLiteral: atoms.append(.bool(true))
      case .falseLiteral: atoms.append(.bool(false))
      case .string, .stringConcatenation:
        guard let text = module.tree.stringValue(node) else { return nil }
        atoms.append(.text(text))
      default: return nil
      }
    }
    return holds ? .among(atoms) : .notAmong(atoms)
  }

  private static func narrowed(
    _ value: PythonValue, by test: Guard.Test, isPassed: Bool
  ) -> PythonValue {
    let kept = value.alternatives.filter { allows(test, $0.atom) }
    // With what this caller passes, nothing gets here.
    if kept.isEmpty, isPassed { return .limit }
    switch test {
    case .among(let atoms):
      // What is not known is one of them.
      let known = kept.filter { if case .unknown = $0.atom { false } else { true } }
      if known.isEmpty { return PythonValue(atoms.map { PythonValue.Alternative($0) }) }
      if known.count == kept.count { return PythonValue(kept) }
      let more = atoms.filter { atom in !known.contains { $0.atom == atom } }
      return PythonValue(known + more.map { PythonValue.Alternative($0) })
    case .startsWith(let prefixes) where kept.isEmpty:
      return PythonValue(
        prefixes.map { .init(.partialText([.literal($0), .hole(.unknown)])) })
    default:
      return kept.isEmpty ? .unknown : PythonValue(kept)
    }
  }

  /// Whether an alternative can be where the test holds.
  private static func allows(_ test: Guard.Test, _ atom: PythonValue.Atom) -> Bool {
    guard canBeExcluded(atom) else { return true }
    if case .unknown = atom { return true }
    switch test {
    case .among(let atoms): return atoms.contains(atom)
    case .notAmong(let atoms): return !atoms.contains(atom)
    case .startsWith(let prefixes):
      guard case .text(let text) = atom else { return false }
      return prefixes.contains { text.hasPrefix($0) }
    case .notStartsWith(let prefixes):
      guard case .text(let text) = atom else { return true }
      return !prefixes.contains { text.hasPrefix($0) }
    case .isTrue: return !isFalse(atom)
    case .isFalse: return isFalse(atom)
    }
  }

  private static func isFalse(_ atom: PythonValue.Atom) -> Bool {
    switch atom {
    case .none, .bool(false), .integer(0): true
    case .text(let text): text.isEmpty
    default: false
    }
  }
}
