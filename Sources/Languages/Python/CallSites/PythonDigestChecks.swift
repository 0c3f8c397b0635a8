import Core

/// Comparisons of digests in one module, by the call whose result is digested.
struct PythonDigestChecks {
  private var byCall: [CallReference: [DigestCheck]] = [:]
  /// Calls of `update` and its like in the module, a bounded number, in order.
  private let feeding: [PythonNode]

  private static let algorithms: Set<String> = [
    "sha256", "sha512", "sha384", "sha224", "sha1", "md5", "blake2b", "blake2s", "sha3_256",
    "sha3_512", "new", "file_digest",
  ]

  init(_ module: PythonModuleModel, _ evaluator: PythonEvaluator) {
    let tree = module.tree
    guard
      tree.name("hexdigest") != nil || tree.name("digest") != nil
        || tree.name("compare_digest") != nil
    else {
      feeding = []
      return
    }
    feeding =
      tree.name("update") == nil
      ? [] : Array(module.mutatingCalls.values.joined().sorted().prefix(256))
    for node in tree.allNodes {
      switch tree.kind(node) {
      case .comparison:
        guard case .comparison(let left, let rest)? = tree.expression(node), rest.count == 1 else {
          continue
        }
        let operation = rest[0].operator
        guard [.equal, .notEqual, .in, .notIn].contains(operation) else { continue }
        add(left, rest[0].operand, node, module, evaluator)
      case .call:
        guard case .call(let function, let arguments)? = tree.expression(node),
          let name = PythonModuleInterest.lastName(function, tree),
          tree.string(name) == "compare_digest", arguments.count == 2
        else { continue }
        add(arguments[0], arguments[1], node, module, evaluator)
      default: continue
      }
    }
  }

  /// The checks that what a call fetched has to pass.
  func checks(of reference: CallReference) -> [DigestCheck] { byCall[reference] ?? [] }

  private mutating func add(
    _ left: PythonNode, _ right: PythonNode, _ node: PythonNode, _ module: PythonModuleModel,
    _ evaluator: PythonEvaluator
  ) {
    for (digest, expected) in [(left, right), (right, left)] {
      let value = evaluator.value(digest, module, nil)
      let sources = digested(value, module, evaluator)
      guard let algorithm = sources.algorithm, !sources.calls.isEmpty else { continue }
      let check = DigestCheck(
        algorithm: algorithm, expected: evaluator.value(expected, module, nil),
        location: module.location(node), isEnforced: Self.isEnforced(node, module))
      for call in sources.calls { byCall[call, default: []].append(check) }
      return
    }
  }

  /// Which algorithm made a value, over the results of which calls.
  private func digested(
    _ value: PythonValue, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> (algorithm: String?, calls: [CallReference]) {
    var algorithm: String?
    var calls: [CallReference] = []
    for alternative in value.alternatives {
      guard case .result(let reference, let callee, let path) = alternative.atom else { continue }
      if let last = callee.first?.last, Self.algorithms.contains(String(last)),
        path.last?.hasSuffix("digest()") == true
      {
        algorithm = String(last)
        for source in evaluator.arguments(of: reference)?.sources ?? [] {
          if case .result(let inner, _, _) = source.atom { calls.append(inner) }
        }
        calls += updates(of: reference, module, evaluator)
      } else {
        calls.append(reference)
      }
    }
    return (algorithm, calls)
  }

  /// The calls whose results are fed piece by piece to the object that `digest` made.
  private func updates(
    of digest: CallReference, _ module: PythonModuleModel, _ evaluator: PythonEvaluator
  ) -> [CallReference] {
    let tree = module.tree
    guard digest.module == module.index, let update = tree.name("update") else { return [] }
    return feeding.flatMap { call -> [CallReference] in
      guard case .call(let function, let arguments)? = tree.expression(call), arguments.count == 1,
        case .attribute(let object, update)? = tree.expression(function)
      else { return [] }
      let isFed = evaluator.value(object, module, nil).alternatives.contains {
        if case .result(of: digest, _, path: []) = $0.atom { true } else { false }
      }
      guard isFed else { return [] }
      return evaluator.value(arguments[0], module, nil).alternatives.compactMap {
        if case .result(let source, _, _) = $0.atom { source } else { nil }
      }
    }
  }

  /// Whether the program does not go on after a mismatch: an assertion, a condition whose branch
  /// leaves, or one that guards what follows.
  private static func isEnforced(_ node: PythonNode, _ module: PythonModuleModel) -> Bool {
    let tree = module.tree
    let range = tree.range(node)
    var index = Int(node.index) + 1
    while index <= tree.nodeCount {
      let candidate = PythonNode(index: UInt32(index))
      let outer = tree.range(candidate)
      index += 1
      guard outer.lowerBound <= range.lowerBound, outer.upperBound >= range.upperBound else {
        continue
      }
      switch tree.kind(candidate) {
      case .assertStatement, .ifStatement, .ifClause, .whileStatement, .conditional,
        .returnStatement:
        return true
      case .unary, .boolean, .comparison: continue
      default:
        if tree.kind(candidate).isStatement { return false }
      }
    }
    return false
  }
}
