extension PythonEvaluator {
  func callValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    guard case .call(let function, let nodes)? = module.tree.expression(node) else {
      return .unknown
    }
    let outer = touched
    touched = []
    defer { touched.formUnion(outer) }
    let arguments = evaluate(nodes, module, frame)
    let result: PythonValue
    var isCalculation = true
    if case .attribute(let base, let name)? = module.tree.expression(function) {
      let receiver = value(base, module, frame)
      let name = module.tree.string(name)
      result = PythonValue.join(
        receiver.alternatives.map { alternative in
          if let pure = method(name, on: alternative, arguments, node, module, frame) {
            isCalculation = false
            return pure
          }
          let callee = attribute(name, of: PythonValue([alternative]), module, frame)
          if !onlyCalculates(callee) { isCalculation = false }
          return call(callee, node, arguments, module, frame, receiver: alternative)
        })
    } else {
      let callee = value(function, module, frame)
      isCalculation = onlyCalculates(callee)
      result = call(callee, node, arguments, module, frame)
    }
    // Whatever goes into a calculation, no more comes out than a number, or what some call gave.
    if isCalculation, !touched.isEmpty {
      touched = Set(
        touched.map { Touched(function: $0.function, parameter: $0.parameter, isCarried: true) })
    }
    return result
  }

  /// The arguments of a call, stars expanded where they are known.
  ///
  /// Arguments that decide nothing are worth what they are without a frame, and leave no trace in
  /// `touched`.
  func evaluate(
    _ nodes: PythonNodeList, _ module: PythonModuleModel, _ frame: PythonFrame?,
    _ deciding: PythonDecidingArguments = .all
  ) -> PythonArguments {
    var arguments = PythonArguments()
    func idle(_ node: PythonNode) -> PythonValue {
      let outer = touched
      defer { touched = outer }
      return argument(node, module, nil)
    }
    for node in nodes.prefix(256) {
      switch module.tree.expression(node) {
      case .keywordArgument(let name, let inner):
        let name = module.tree.string(name)
        let matters = deciding.names?.contains(name) ?? true
        arguments.keywords.append(
          KeywordValue(name, matters ? argument(inner, module, frame) : idle(inner)))
      case .starred, .doubleStarred: add(node, to: &arguments, module, frame)
      default:
        if arguments.hasOpenPositionals { break }
        let matters = arguments.positional.count < deciding.positions
        arguments.positional.append(matters ? argument(node, module, frame) : idle(node))
      }
    }
    return arguments
  }

  /// Adds what `*list` or `**dictionary` stands for.
  func add(
    _ node: PythonNode, to arguments: inout PythonArguments, _ module: PythonModuleModel,
    _ frame: PythonFrame? = nil
  ) {
    switch module.tree.expression(node) {
    case .starred(let inner):
      let inner = argument(inner, module, frame)
      if inner.alternatives.count == 1, !arguments.hasOpenPositionals,
        case .list(let items, _) = inner.alternatives[0].atom
      {
        arguments.positional += items
      } else {
        arguments.hasOpenPositionals = true
      }
    case .doubleStarred(let inner): expand(argument(inner, module, frame), into: &arguments)
    default: break
    }
  }

  /// What an argument or a receiver is worth: for all frames at once where it depends on none.
  func argument(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    guard frame != nil else { return value(node, module, nil) }
    let key = UInt64(module.index) << 32 | UInt64(node.index)
    if steady[key] == nil, steadyTried.insert(key).inserted {
      let outer = touched
      let before = (cycles, cuts)
      touched = []
      let found = value(node, module, nil)
      if isLasting(since: before) { steady[key] = (found, touched) }
      touched = outer
    }
    if let known = steady[key], !depends(known.touched, on: frame) {
      touched.formUnion(known.touched)
      return known.value
    }
    return value(node, module, frame)
  }

  /// What a call gives without a frame, found out once.
  func steadyCall(_ node: PythonNode, _ module: PythonModuleModel) -> PythonValue {
    let key = UInt64(module.index) << 32 | UInt64(node.index)
    if let known = steady[key] {
      touched.formUnion(known.touched)
      return known.value
    }
    let outer = touched
    let before = (cycles, cuts)
    touched = []
    let found = callValue(node, module, nil)
    if isLasting(since: before) { steady[key] = (found, touched) }
    touched.formUnion(outer)
    return found
  }

  /// `**dictionary`: every alternative's entries, those not in all of them together with nothing.
  private func expand(_ value: PythonValue, into arguments: inout PythonArguments) {
    var merged: [(name: String, values: [PythonValue])] = []
    var dictionaries = 0
    for alternative in value.alternatives {
      guard case .dictionary(let dictionary) = alternative.atom else {
        arguments.hasOpenKeywords = true
        continue
      }
      dictionaries += 1
      if !dictionary.isComplete { arguments.hasOpenKeywords = true }
      for entry in dictionary.entries {
        guard let key = entry.key.text else {
          arguments.hasOpenKeywords = true
          continue
        }
        let inner = entry.value.weakened(to: alternative.origin)
        if let place = merged.firstIndex(where: { $0.name == key }) {
          if dictionaries > 1 {
            merged[place].values.append(inner)
          } else {
            merged[place].values = [inner]
          }
        } else {
          merged.append((key, [inner]))
        }
      }
    }
    for (name, values) in merged {
      arguments.keywords.append(KeywordValue(name, PythonValue.join(values)))
    }
  }

  /// The arguments of a call found earlier.
  func arguments(of reference: CallReference) -> PythonArguments? {
    guard program.modules.sources.indices.contains(reference.module) else { return nil }
    let module = modules[reference.module]
    let node = PythonNode(index: UInt32(truncatingIfNeeded: reference.node))
    guard case .call(_, let nodes)? = module.tree.expression(node) else { return nil }
    return evaluate(nodes, module, nil)
  }

  /// What calling `callee` gives.
  func call(
    _ callee: PythonValue, _ node: PythonNode, _ arguments: PythonArguments,
    _ module: PythonModuleModel, _ frame: PythonFrame?,
    receiver: PythonValue.Alternative? = nil
  ) -> PythonValue {
    let reference = CallReference(module: module.index, node: Int(node.index))
    var found: [PythonValue] = []
    var isOpaque = false
    for alternative in callee.alternatives {
      switch alternative.atom {
      case .reference(let target):
        if let definition = target.definition {
          let value = callLocal(target, definition, reference, arguments, frame, receiver)
          found.append(value)
          if value.isOpen, !arguments.sources.isEmpty { isOpaque = true }
        } else if let records = parsedRecords(target, arguments, receiver) {
          found.append(records)
        } else if let known = library(target, arguments, node, module, frame) {
          found.append(known)
        } else {
          isOpaque = true
          found.append(calculates(target) ? .calculated : made(by: target, reference))
        }
      case .instance(let target, _):
        isOpaque = true
        let target = target.member("__call__")
        found.append(
          calculates(target)
            ? .calculated : PythonValue(.result(of: reference, callee: [target], path: [])))
      case .partial(let inner, let positional, let keywords):
        var merged = arguments
        merged.positional = positional + arguments.positional
        merged.keywords = keywords + arguments.keywords
        found.append(call(inner, node, merged, module, frame))
      case .result(let of, let callee, let path):
        isOpaque = true
        var path = path
        if let last = path.popLast() { path.append(last + "()") } else { path = ["()"] }
        found.append(PythonValue(.result(of: of, callee: callee, path: path)))
      case .unknown where !isFollowed(node, module):
        isOpaque = true
        found.append(.calculated)
      default:
        isOpaque = true
        found.append(PythonValue(.result(of: reference, callee: [], path: [])))
      }
    }
    // What goes into code that is not followed may come out of it.
    if isOpaque {
      found += arguments.sources.map { PythonValue([$0]) }
      if let receiver, case .result = receiver.atom { found.append(PythonValue([receiver])) }
    }
    return PythonValue.join(found)
  }

  /// Whether what is called are such functions alone.
  private func onlyCalculates(_ callee: PythonValue) -> Bool {
    callee.alternatives.allSatisfy { alternative in
      switch alternative.atom {
      case .reference(let target): !target.isLocal && calculates(target)
      case .instance(let target, _): calculates(target.member("__call__"))
      default: false
      }
    }
  }

  /// Whether a function or method of a library only works with numbers.
  private func calculates(_ callee: PythonCallee) -> Bool {
    callee.calculates && callee.last.first?.isUppercase != true
      && !program.followed.contains(String(callee.last))
  }

  /// Whether what a call gives may matter, judged by the name that is called.
  private func isFollowed(_ call: PythonNode, _ module: PythonModuleModel) -> Bool {
    guard case .call(let function, _)? = module.tree.expression(call),
      case .attribute(_, let name)? = module.tree.expression(function)
    else { return true }
    return program.followed.contains(module.tree.string(name))
  }

  /// What a library's class or function gives: an object for names in capitals, else a result.
  private func made(by target: PythonCallee, _ reference: CallReference) -> PythonValue {
    let name = target.last.drop { $0 == "_" }
    let isClass = name.first?.isUppercase == true && target.subclass == nil
    if isClass { return PythonValue(.instance(of: target, made: reference)) }
    // The alternative constructors of a class give its objects.
    return PythonValue(.result(of: reference, callee: [target], path: []))
  }

  private func callLocal(
    _ target: PythonCallee, _ definition: PythonCallee.Definition, _ reference: CallReference,
    _ arguments: PythonArguments, _ frame: PythonFrame?, _ receiver: PythonValue.Alternative?
  ) -> PythonValue {
    let module = modules[definition.module]
    switch module.scopes[definition.scope].kind {
    case .classBody:
      if isEnumeration(definition), let first = arguments.positional.first { return first }
      return PythonValue(.instance(of: target, made: reference))
    case .function, .lambda: return returned(by: definition, arguments, frame)
    default: return .unknown
    }
  }

  private func isEnumeration(_ definition: PythonCallee.Definition) -> Bool {
    baseClasses(definition).contains { ["Enum", "StrEnum", "IntEnum"].contains($0.last) }
  }

  /// What a function of the repository returns for these arguments.
  func returned(
    by definition: PythonCallee.Definition, _ arguments: PythonArguments, _ outer: PythonFrame?
  ) -> PythonValue {
    guard inlining.count < Self.inlineLimit, !inlining.contains(definition) else { return .limit }
    let module = modules[definition.module]
    let scope = module.scopes[definition.scope]
    guard !scope.returns.isEmpty else {
      return scope.isGenerator ? .unknown : PythonValue(.none)
    }
    // Only functions inside functions see what their surroundings were called with.
    let outer = module.function(around: scope.parent) == nil ? nil : outer
    let key = InlineKey(
      function: definition, positional: arguments.positional, keywords: arguments.keywords,
      isOpen: arguments.hasOpenPositionals || arguments.hasOpenKeywords)
    if outer == nil {
      if let known = summarised(definition, scope, arguments, module) { return known }
      if let known = returns[key] {
        touched.formUnion(known.touched)
        return known.value
      }
    }
    if inlining.isEmpty { inlineRemaining = Self.inlineBudget }
    inlining.append(definition)
    let before = touched
    let countsBefore = (cycles, cuts)
    touched = []
    let isMethod =
      module.classScope(ofMethod: definition.scope) != nil
      && !hasDecorator("staticmethod", definition.scope, module)
    let frame = frame(for: definition, arguments, isMethod: isMethod, outer: outer)
    let found = PythonValue.join(scope.returns.prefix(16).map { value($0, module, frame) })
    inlining.removeLast()
    // What a bound cut short deep inside is remembered too: asking again would cost as much.
    if outer == nil, inlining.isEmpty || countsBefore == (cycles, cuts) {
      returns[key] = (found, touched)
    }
    touched.formUnion(before)
    return found
  }

  /// What a function returns, where these arguments make no difference.
  private func summarised(
    _ definition: PythonCallee.Definition, _ scope: PythonScope, _ arguments: PythonArguments,
    _ module: PythonModuleModel
  ) -> PythonValue? {
    if summariesTried.insert(definition).inserted {
      let (outer, followed, left, before) = (touched, inlining, inlineRemaining, (cycles, cuts))
      touched = []
      inlining = [definition]
      inlineRemaining = Self.summaryBudget
      let found = PythonValue.join(scope.returns.prefix(16).map { value($0, module, nil) })
      if (cycles, cuts) == before {
        let own = touched.filter { $0.function == definition }
        summaries[definition] = Summary(
          value: found, others: touched.subtracting(own), isDependent: !own.isEmpty,
          isDirectlyDependent: own.contains { !$0.isCarried },
          isDull: found.isDull && found.parameters.isEmpty)
      }
      (touched, inlining, inlineRemaining) = (outer, followed, left)
    }
    guard let known = summaries[definition] else { return nil }
    if known.isDependent {
      let values = arguments.positional + arguments.keywords.map(\.value)
      guard
        !known.isDirectlyDependent && !values.contains(where: \.holdsResult)
          || known.isDull && values.allSatisfy(\.isDull)
      else { return nil }
    }
    touched.formUnion(known.others)
    return known.value
  }

  /// A default that holds for certain, since this call does not pass the parameter.
  private func givenDefault(
    _ node: PythonNode, _ name: String, _ module: PythonModuleModel
  ) -> PythonValue {
    PythonValue(
      defaultValue(node, name, module).alternatives.map { alternative in
        guard alternative.origin == .parameterDefault(name) else { return alternative }
        return alternative.come(from: .constant, trace: alternative.trace)
      })
  }

  /// Parameters filled with arguments; a method's first parameter is left to its class.
  func frame(
    for definition: PythonCallee.Definition, _ arguments: PythonArguments, isMethod: Bool,
    outer: PythonFrame?
  ) -> PythonFrame {
    let module = modules[definition.module]
    let parameters = module.scopes[definition.scope].parameters
    let names = parameterNames[definition] ?? parameters.map { module.tree.string($0.name) }
    parameterNames[definition] = names
    var bound: [PythonName: PythonValue] = [:]
    bound.reserveCapacity(parameters.count)
    var used: Set<String> = []
    var place = 0
    for (parameter, name) in zip(parameters, names).dropFirst(isMethod ? 1 : 0) {
      switch parameter.kind {
      case .variadic:
        let rest = Array(arguments.positional.dropFirst(place))
        place = arguments.positional.count
        bound[parameter.name] =
          arguments.hasOpenPositionals ? .unknown : PythonValue(.list(rest, kind: .tuple))
        continue
      case .keywords:
        let rest = arguments.keywords.filter { !used.contains($0.name) }
        bound[parameter.name] = PythonValue(
          .dictionary(
            DictionaryValue(
              entries: rest.map { .init(key: PythonValue(.text($0.name)), value: $0.value) },
              isComplete: !arguments.hasOpenKeywords)))
        continue
      default: break
      }
      if let keyword = arguments.keywords.last(where: { $0.name == name }) {
        used.insert(name)
        bound[parameter.name] = keyword.value
      } else if parameter.kind != .keywordOnly, place < arguments.positional.count {
        bound[parameter.name] = arguments.positional[place]
        place += 1
      } else {
        var value =
          parameter.defaultValue.map { givenDefault($0, name, module) } ?? .unknown
        let isOpen =
          arguments.hasOpenKeywords
          || arguments.hasOpenPositionals && parameter.kind != .keywordOnly
        if isOpen { value = PythonValue.join([value, .unknown]) }
        bound[parameter.name] = value
      }
    }
    return PythonFrame(function: definition, arguments: bound, outer: outer)
  }
}
