import Core

/// A call that was looked at: what becomes a `CallSite` once all modules are done.
struct PythonPendingCall: Sendable {
  let reference: CallReference
  let callees: [PythonCallee]
  let arguments: PythonArguments
  let receiver: PythonValue?
  /// Parameters of functions that callee or arguments depend on.
  let touched: Set<PythonEvaluator.Touched>
  /// Those of them that say what is called.
  var calleeTouched: Set<PythonEvaluator.Touched> = []
  /// Whether it is of interest by itself; otherwise only once a caller says what is called.
  let isSite: Bool
  /// The arguments for which callers of the function around it are asked; nil when they are not.
  let deciding: PythonDecidingArguments?
  /// Whether callee and arguments are those that the call expression names, nothing given before.
  var isPlain = false
  /// The calls that lead to it, innermost first, each with the function that it enters.
  var chain: [Link] = []
  /// The site that it was derived from, by its place among all pending calls.
  var origin: Int?

  /// A call, and the function that it enters.
  struct Link: Hashable, Sendable {
    let call: CallReference
    let function: PythonCallee.Definition
  }

  /// The same call as if it stood at `place`.
  func shown(at place: CallReference) -> PythonPendingCall {
    PythonPendingCall(
      reference: place, callees: callees, arguments: arguments, receiver: receiver,
      touched: touched, isSite: isSite, deciding: deciding)
  }
}

/// Finds the calls of one module that matter and works out whom they call with what.
struct PythonCallFinder {
  let program: PythonProgramModel
  let interest: PythonInterest
  let module: PythonModuleModel
  let evaluator: PythonEvaluator

  init(
    _ module: PythonModuleModel, _ program: PythonProgramModel, _ interest: PythonInterest,
    _ evaluator: PythonEvaluator
  ) {
    self.module = module
    self.program = program
    self.interest = interest
    self.evaluator = evaluator
  }

  /// Work is bounded by the length of the text.
  static func budget(_ module: PythonModuleModel) -> Int {
    100_000 + 4 * module.tree.text.count
  }

  /// The calls of interest, in source order.
  func calls() -> [PythonPendingCall] {
    let filter = PythonModuleInterest(module, interest, program)
    var found: [PythonPendingCall] = []
    let tree = module.tree
    for call in module.calls {
      guard case .call(let function, let arguments)? = tree.expression(call) else { continue }
      let reasons = filter.reasons(function, arguments)
      if !reasons.isEmpty { found += pending(call, frame: nil, reasons) }
    }
    found += decoratorCalls(filter) + reduceCalls()
    return found.sorted {
      let left = tree.range(PythonNode(index: UInt32($0.reference.node)))
      let right = tree.range(PythonNode(index: UInt32($1.reference.node)))
      return (left.lowerBound, left.upperBound) < (right.lowerBound, right.upperBound)
    }
  }

  /// What a call expression calls, under a frame; several entries when it hands functions over.
  func pending(
    _ call: PythonNode, frame: PythonFrame?,
    _ reasons: PythonModuleInterest.Reasons = [.callee, .function, .address],
    again known: PythonPendingCall? = nil
  ) -> [PythonPendingCall] {
    guard case .call(let function, let nodes)? = module.tree.expression(call) else { return [] }
    evaluator.touched = []
    if let known, known.isPlain, !known.callees.contains(where: \.isMethodOfUnknown) {
      // Whom it calls is known; only the arguments depend on the frame.
      let arguments = evaluator.evaluate(nodes, module, frame, known.deciding ?? .none)
      return [
        PythonPendingCall(
          reference: known.reference, callees: known.callees, arguments: arguments,
          receiver: known.receiver, touched: evaluator.allTouched, isSite: true,
          deciding: known.deciding, isPlain: true)
      ]
    }
    var receiver: PythonValue?
    let callee: PythonValue
    var lastName = "?"
    if case .attribute(let base, let name)? = module.tree.expression(function) {
      let value = evaluator.argument(base, module, frame)
      receiver = value
      lastName = module.tree.string(name)
      callee = evaluator.attribute(lastName, of: value, module, frame)
    } else {
      callee = evaluator.value(function, module, frame)
      if case .name(let name)? = module.tree.expression(function) {
        lastName = module.tree.string(name)
      }
    }
    var expanded: [(PythonCallee, PythonArguments?)] = []
    var isLatent = false
    for alternative in callee.alternatives {
      add(
        alternative, lastName, receiver, nil, &expanded, &isLatent, frame: frame, node: call)
    }
    var wanted = expanded.filter { isWanted($0.0) }
    if wanted.isEmpty, lastName == "generate", passes("custom_generate", nodes) {
      wanted = expanded.filter { !$0.0.isLocal }
    }
    // A wrapper's callers may say what an unknown callee is.
    let touchedCallee = evaluator.allTouched
    let isHandingOver = PythonModuleInterest.methodsThatTakeFunctions.contains(lastName)
    // A method of an object that callers pass is worth asking for only if some library's is.
    if isLatent, receiver != nil,
      !interest.names(lastName, in: "?") && !PythonModuleInterest.methods.contains(lastName)
        || PythonModuleInterest.builtinNames.contains(lastName)
        || lastName == "get" && module.tree.looksUpKey(nodes)
        || PythonModuleInterest.methods.contains(lastName) && isDerived(function, frame)
        || lastName == "generate" && !passes("custom_generate", nodes)
    {
      isLatent = false
    }
    if wanted.isEmpty, !(isLatent && !touchedCallee.isEmpty) {
      // What the repository's own code is given tells nothing here, unless it is a function.
      let isAddressed =
        reasons.contains(.address)
        && expanded.contains { !$0.0.isLocal && !$0.0.isMethodOfUnknown }
      guard isHandingOver || isAddressed || handsOver(nodes) else { return [] }
      let arguments = evaluator.evaluate(nodes, module, frame)
      return handedOver(call, arguments, lastName)
        + addressed(call, expanded.map(\.0), arguments, receiver)
    }
    let plain = wanted.filter { $0.1 == nil }.map(\.0)
    let arguments = evaluator.evaluate(
      nodes, module, frame, wanted.isEmpty ? .all : deciding(wanted.map(\.0)) ?? .none)
    var found: [PythonPendingCall] = []
    let reference = CallReference(module: module.index, node: Int(call.index))
    if !plain.isEmpty || wanted.isEmpty {
      found.append(
        PythonPendingCall(
          reference: reference, callees: plain.isEmpty ? expanded.map(\.0) : plain,
          arguments: arguments, receiver: receiver, touched: evaluator.allTouched,
          calleeTouched: touchedCallee, isSite: !plain.isEmpty,
          deciding: plain.isEmpty ? .all : deciding(plain), isPlain: !plain.isEmpty))
    }
    for (target, prefix) in wanted {
      guard let prefix else { continue }
      var merged = prefix.isWhole ? prefix : arguments
      if !prefix.isWhole {
        merged.positional = prefix.positional + arguments.positional
        merged.keywords = prefix.keywords + arguments.keywords
      }
      found.append(
        PythonPendingCall(
          reference: reference, callees: [target], arguments: merged, receiver: receiver,
          touched: evaluator.allTouched, calleeTouched: touchedCallee, isSite: true,
          deciding: deciding([target])))
    }
    if isHandingOver { found += handedOver(call, arguments, lastName) }
    found += targetCalls(plain, arguments, at: reference)
    return found
  }

  /// Whether the object of a method call is something inside of what callers pass:
  /// `options.cache.get(key)`.
  private func isDerived(_ function: PythonNode, _ frame: PythonFrame?) -> Bool {
    guard case .attribute(let base, _)? = module.tree.expression(function) else { return false }
    let inner: PythonNode
    switch module.tree.expression(base) {
    case .attribute(let object, _), .subscript(let object, _): inner = object
    default: return false
    }
    return evaluator.value(inner, module, frame).alternatives.contains {
      if case .unknown(.parameter) = $0.atom { true } else { false }
    }
  }

  /// Whether an argument is named like one that takes a function.
  private func handsOver(_ nodes: PythonNodeList) -> Bool {
    nodes.contains { node in
      if case .keywordArgument(let name, _)? = module.tree.expression(node) {
        PythonHandedOver.keywords.contains(module.tree.string(name))
      } else {
        false
      }
    }
  }

  /// Whether an argument of this name is given.
  private func passes(_ name: String, _ nodes: PythonNodeList) -> Bool {
    guard let wanted = module.tree.name(name) else { return false }
    return nodes.contains { node in
      if case .keywordArgument(wanted, _)? = module.tree.expression(node) { true } else { false }
    }
  }

  /// The names that a callee's value stands for; arguments given beforehand beside them.
  private func add(
    _ alternative: PythonValue.Alternative, _ lastName: String, _ receiver: PythonValue?,
    _ prefix: PythonArguments?, _ found: inout [(PythonCallee, PythonArguments?)],
    _ isLatent: inout Bool, frame: PythonFrame?, node: PythonNode, depth: Int = 0
  ) {
    guard depth < 6 else { return }
    switch alternative.atom {
    case .reference(let callee):
      found.append((callee, prefix))
      for inherited in inheritedConstructors(callee) { found.append((inherited, prefix)) }
    case .instance(let callee, _): found.append((callee.member("__call__"), prefix))
    case .result(_, let callee, let path):
      let base = callee.first?.name ?? "?"
      let steps = path.isEmpty ? "" : ".\(path.joined(separator: "."))"
      if base == "?" || callee.first?.isLocal == true {
        found.append((PythonCallee("?.\(lastName)"), prefix))
      } else {
        found.append((PythonCallee("\(base)()\(steps)"), prefix))
      }
    case .partial(let inner, let positional, let keywords):
      var merged = PythonArguments()
      merged.positional = positional + (prefix?.positional ?? [])
      merged.keywords = keywords + (prefix?.keywords ?? [])
      for one in inner.alternatives {
        if case .reference(let callee) = one.atom, callee.name == "operator.methodcaller()",
          case .call(_, let nodes)? = module.tree.expression(node)
        {
          var all = evaluator.evaluate(nodes, module, frame)
          all.positional = merged.positional + all.positional
          if let (callee, rest) = evaluator.methodCall(all, module, frame) {
            for target in callee.references { found.append((target, rest)) }
          }
          continue
        }
        add(
          one, lastName, receiver, merged, &found, &isLatent, frame: frame, node: node,
          depth: depth + 1)
      }
    case .unknown(let why):
      if case .parameter = why { isLatent = true }
      found.append((PythonCallee("?.\(lastName)"), prefix))
    default: break
    }
  }

  /// The classes of libraries whose objects a class of the repository makes in their way.
  private func inheritedConstructors(_ callee: PythonCallee) -> [PythonCallee] {
    guard let definition = callee.definition, definition.scope > 0 else { return [] }
    let owner = evaluator.modules[definition.module]
    guard owner.scopes[definition.scope].kind == .classBody,
      owner.scopes[definition.scope].bases?.isEmpty == false,
      evaluator.initializer(of: definition, depth: 0) == nil
    else { return [] }
    return evaluator.baseClasses(definition).filter { !$0.isLocal }.prefix(4).map {
      PythonCallee($0.name, subclass: callee.name)
    }
  }

  func isWanted(_ callee: PythonCallee) -> Bool {
    if callee.isLocal { return interest.isOwn(callee) }
    if interest.qualified.contains(callee.name) || PythonShellCollector.runs(callee) { return true }
    let last = String(callee.last)
    let isGeneric = PythonModuleInterest.genericNames.contains(last)
    let top = String(callee.top)
    if callee.isMethodOfUnknown { return interest.names(last, in: top) && !isGeneric }
    let isKnown = interest.modules.contains(top)
    if callee.name.utf8.contains(UInt8(ascii: "(")) {
      guard isKnown || !isGeneric else { return false }
      return interest.names(last, in: top) || PythonModuleInterest.methods.contains(last)
    }
    if isKnown { return true }
    guard interest.names(last, in: top) else { return false }
    return !isGeneric || callee.name == last || PythonModuleInterest.genericOwners.contains(top)
  }

  /// The arguments that matter to some of these callees; nil when none matters.
  private func deciding(_ callees: [PythonCallee]) -> PythonDecidingArguments? {
    var found: PythonDecidingArguments?
    for callee in callees {
      if PythonShellCollector.runs(callee) { return .all }
      guard let one = interest.deciding(callee) else { continue }
      found = found.map(one.union) ?? one
    }
    return found
  }

  /// Functions of interest among the arguments: `pool.submit(hf_hub_download, "a/b")`.
  private func handedOver(
    _ call: PythonNode, _ arguments: PythonArguments, _ lastName: String
  ) -> [PythonPendingCall] {
    PythonHandedOver.all(in: arguments, of: lastName, evaluator).filter { isHandedOver($0.callee) }
      .map { handed in
        PythonPendingCall(
          reference: CallReference(module: module.index, node: Int(call.index)),
          callees: [handed.callee], arguments: handed.arguments, receiver: nil,
          touched: evaluator.allTouched, isSite: true, deciding: deciding([handed.callee]))
      }
  }

  private func isHandedOver(_ callee: PythonCallee) -> Bool {
    guard !callee.isLocal, !callee.isMethodOfUnknown else { return false }
    let top = String(callee.top)
    return interest.names(String(callee.last), in: top)
      || interest.modules.contains(top) && callee.name.contains(".")
  }

  /// A call of unknown purpose that is given an address: others' code may fetch it.
  private func addressed(
    _ call: PythonNode, _ callees: [PythonCallee], _ arguments: PythonArguments,
    _ receiver: PythonValue?
  ) -> [PythonPendingCall] {
    let targets = callees.filter { !$0.isLocal && !$0.isMethodOfUnknown }
    guard !targets.isEmpty else { return [] }
    let hasAddress = (arguments.positional + arguments.keywords.map(\.value)).contains(
      where: \.hasAddress)
    guard hasAddress else { return [] }
    return [
      PythonPendingCall(
        reference: CallReference(module: module.index, node: Int(call.index)), callees: targets,
        arguments: arguments, receiver: receiver, touched: evaluator.allTouched, isSite: true,
        deciding: .all)
    ]
  }
}

extension PythonModuleInterest {
  /// Functions and methods that run the function they are given.
  static let methodsThatTakeFunctions: Set<String> = [
    "submit", "apply_async", "apply", "map", "imap", "imap_unordered", "starmap", "map_async",
    "filter", "to_thread", "run_in_executor", "call_soon", "call_later", "register", "Thread",
    "Process",
    "Timer", "start_new_thread", "thread_map", "process_map", "delayed", "run_sync", "reduce",
    "invoke", "run_coroutine_threadsafe", "call",
  ]
}

extension PythonValue {
  /// Whether it can be a network address.
  var hasAddress: Bool {
    alternatives.contains { alternative in
      switch alternative.atom {
      case .text(let text): text.isAddress
      case .partialText(let parts):
        if case .literal(let first)? = parts.first { first.isAddress } else { false }
      default: false
      }
    }
  }
}

extension String {
  /// Whether it begins with a scheme that fetches.
  fileprivate var isAddress: Bool {
    let start = prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://") || start.hasPrefix("hf://")
      || start.hasPrefix("ftp://") || start.hasPrefix("s3://") || start.hasPrefix("gs://")
  }
}
