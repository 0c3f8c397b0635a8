import Core

/// Works out what expressions are worth, on demand.
///
/// One evaluator serves the questions of one module, or of a fixed list of modules in order: its
/// memory of what was worked out makes the answers cheap, and they do not depend on how many run at
/// the same time.
final class PythonEvaluator {
  let program: PythonProgramModel
  /// The modules that questions led to, as long as the evaluator lives.
  let modules: PythonModuleCache
  /// Parameters of functions that the values asked for so far depend on.
  var touched: Set<Touched> = []
  /// The same, whether they come through calculations or not.
  var allTouched: Set<Touched> {
    guard touched.contains(where: \.isCarried) else { return touched }
    return Set(touched.map { Touched(function: $0.function, parameter: $0.parameter) })
  }
  private var memo: [UInt64: Memo] = [:]
  /// What was found while a name on the way was still open: good for the question at hand only.
  private var provisional: [UInt64: Memo] = [:]
  private var open: Set<UInt64> = []
  /// Names that were asked for without a frame first.
  private var unsettled: Set<UInt64> = []
  /// How often an open name was met: what was found meanwhile is not remembered.
  var cycles = 0
  /// How often the bound on following one call was met: what was found meanwhile is good for that
  /// call, and for everything outside of it.
  var cuts = 0
  private(set) var remaining: Int
  /// How many steps one question may take: what takes more is nothing that anybody wrote down.
  var questionLimit = PythonEvaluator.directQuestion
  private var questionRemaining = 0
  private var budget: Int
  /// Where the budget was spent before all was asked: from there on little was looked at.
  private(set) var exhausted: Location?
  var depth = 0
  var inlining: [PythonCallee.Definition] = []
  /// Files that a download wrote, per module, by the text of their path; see `+Files`.
  var writtenFiles: [Int: [String: [CallReference]]] = [:]
  var options: [Int: [String: PythonNode]] = [:]
  var bases: [PythonCallee.Definition: [PythonCallee]] = [:]
  var records: [PythonCallee.Definition: Bool] = [:]
  var parameterNames: [PythonCallee.Definition: [String]] = [:]
  var attributes: [AttributeKey: (value: PythonValue, touched: Set<Touched>)] = [:]
  var openAttributes: Set<AttributeKey> = []
  var constructing = 0

  /// An attribute of the objects of a class, or of those that one call makes.
  struct AttributeKey: Hashable {
    let definition: PythonCallee.Definition
    let name: String
    let made: CallReference?
  }

  /// A parameter, by its function and number.
  struct Touched: Hashable, Sendable {
    let function: PythonCallee.Definition
    let parameter: Int
    /// Whether all that can come out of it is what another call gave: it went into a calculation.
    var isCarried = false
  }

  /// What a name is worth, and what that depends on.
  struct Memo {
    let value: PythonValue
    let touched: Set<Touched>
  }

  /// What a function returns, worked out without a call.
  struct Summary {
    let value: PythonValue
    /// The parameters of other functions that it depends on.
    let others: Set<Touched>
    /// Whether it depends on parameters of its own, and on some by more than calculation.
    let isDependent: Bool
    let isDirectlyDependent: Bool
    /// Whether it is nothing that names or holds anything, and no parameter as it was given.
    let isDull: Bool
  }

  /// A call of a function of the repository with worked-out arguments.
  struct InlineKey: Hashable {
    let function: PythonCallee.Definition
    let positional: [PythonValue]
    let keywords: [KeywordValue]
    let isOpen: Bool
  }

  /// What arguments are worth without a frame.
  var steady: [UInt64: (value: PythonValue, touched: Set<Touched>)] = [:]
  var steadyTried: Set<UInt64> = []
  /// What functions returned, by their arguments.
  var returns: [InlineKey: (value: PythonValue, touched: Set<Touched>)] = [:]
  /// What functions return whatever they are called with, as far as that can be said.
  var summaries: [PythonCallee.Definition: Summary] = [:]
  var summariesTried: Set<PythonCallee.Definition> = []
  /// The functions of the repository that calls enter, nothing given before; see `PythonCallers`.
  var entered: [UInt64: [PythonCallee.Definition]] = [:]
  /// How many steps the outermost call that is being followed may still take.
  var inlineRemaining = 0
  /// Conditions that hold in blocks; see `+Guards`.
  var blockGuards: [UInt64: [Guard]] = [:]
  /// Uses of lambdas where they stand, per module, and those being looked at; see `+Lambdas`.
  var lambdas: [Int: [UInt32: LambdaUse]] = [:]
  var immediate: Set<PythonCallee.Definition> = []
  /// Attributes set on others' objects, per module, and those being looked at; see `+Replacements`.
  var replacedAttributes: [Int: [String: [Replacement]]] = [:]
  var replacing: Set<String> = []
  /// Functions that set attributes, per module.
  var storing: [Int: Set<Int>] = [:]

  static let depthLimit = 40
  static let inlineLimit = 4
  static let inlineBudget = 3_000
  static let summaryBudget = 400
  /// How many steps a question about a module by itself may take.
  static let directQuestion = 2_000
  /// How many one for a caller may.
  static let callerQuestion = 400
  /// How many steps each question may take in any case.
  private static let leastSteps = 32

  /// - Parameter budget: how many expressions may be looked at; everything behind is unknown.
  init(_ program: PythonProgramModel, budget: Int) {
    self.program = program
    modules = PythonModuleCache(program.modules)
    remaining = budget
    self.budget = budget
  }

  deinit { program.note(steps: budget - remaining) }

  /// Begins with the questions of one more module. What is known stays known, within bounds.
  func begin(budget: Int, question: Int = PythonEvaluator.directQuestion) {
    questionLimit = question
    program.note(steps: self.budget - remaining)
    self.budget = budget
    remaining = budget
    exhausted = nil
    touched = []
    modules.removeAll()
    let known = memo.count + steady.count + returns.count + attributes.count
    guard known > Self.memoryLimit else { return }
    (memo, steady, returns, attributes, summaries) = ([:], [:], [:], [:], [:])
    (steadyTried, summariesTried, unsettled) = ([], [], [])
    (blockGuards, lambdas, replacedAttributes, writtenFiles) = ([:], [:], [:], [:])
    (options, bases, records, storing) = ([:], [:], [:], [:])
    parameterNames = [:]
  }

  /// How many values are kept from one module to the next.
  private static let memoryLimit = 12_000

  /// What `node` of `module` can be worth.
  func value(_ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame? = nil)
    -> PythonValue
  {
    if depth == 0, remaining < Self.leastSteps {
      // However much was spent on what stands before: no question goes unanswered for it.
      if exhausted == nil { exhausted = module.location(node) }
      budget += Self.leastSteps - remaining
      remaining = Self.leastSteps
    }
    if depth == 0 { questionRemaining = questionLimit }
    guard remaining > 0, questionRemaining > 0, depth < Self.depthLimit else {
      cycles += 1
      return .limit
    }
    remaining -= 1
    questionRemaining -= 1
    if !inlining.isEmpty {
      guard inlineRemaining > 0 else {
        cuts += 1
        return .limit
      }
      inlineRemaining -= 1
    }
    depth += 1
    defer { depth -= 1 }
    switch module.tree.kind(node) {
    case .name: return nameValue(node, module, frame)
    case .attribute: return attributeValue(node, module, frame)
    case .call: return frame == nil ? steadyCall(node, module) : callValue(node, module, frame)
    case .string, .stringChunk, .stringConcatenation, .formattedString, .number, .noneLiteral,
      .trueLiteral, .falseLiteral, .ellipsisLiteral:
      return literalValue(node, module, frame)
    case .binary, .unary, .boolean, .comparison, .conditional:
      return operationValue(node, module, frame)
    default: return otherValue(node, module, frame)
    }
  }

  private func otherValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    switch module.tree.expression(node) {
    case .subscript(let base, let index):
      return subscriptValue(base, index, node, module, frame)
    case .named(_, let inner), .await(let inner), .starred(let inner):
      return value(inner, module, frame)
    case .lambda:
      guard let scope = module.scopeOfNode[node.index] else { return .unknown }
      return PythonValue(
        .reference(
          PythonCallee(
            module.qualifiedName(ofScope: scope),
            definition: .init(module: module.index, scope: scope))))
    case .tuple(let items): return sequence(items, .tuple, module, frame)
    case .list(let items): return sequence(items, .list, module, frame)
    case .set(let items): return sequence(items, .set, module, frame)
    case .dictionary(let items): return dictionary(items, module, frame)
    case .listComprehension(let element, _), .generator(let element, _):
      return comprehension(element, node, .list, module, frame)
    case .setComprehension(let element, _):
      return comprehension(element, node, .set, module, frame)
    case .dictionaryComprehension(let key, let value, _):
      return dictionaryComprehension(key, value, node, module, frame)
    default: return .unknown
    }
  }

  // MARK: Names

  private func nameValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    guard let name = module.tree.identifier(node) else { return .unknown }
    let offset = module.tree.range(node).lowerBound
    return guarded(
      lookUp(name, at: offset, module.place(at: offset), module, frame), node, module, frame)
  }

  /// What `name` is worth where it is used.
  func lookUp(
    _ name: PythonName, at offset: Int, _ place: PythonPlace, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    var scope = place.scope
    var isDirect = true
    while scope >= 0 {
      let kind = module.scopes[scope].kind
      if kind == .classBody, !isDirect {
        scope = module.scopes[scope].parent
        continue
      }
      if !module.scopes[scope].globals.contains(name),
        module.hasBinding(name, in: scope) != nil
      {
        let block = isDirect ? place.block : module.scopes[scope].block
        var found = module.reaching(
          name, scope: scope, block: block, offset: isDirect ? offset : nil)
        if found.isEmpty {
          found = module.reaching(
            name, scope: scope, block: module.scopes[scope].block, offset: nil)
        }
        if found.count == 1 { return bindingValue(found[0], module, frame) }
        if !found.isEmpty {
          return PythonValue.join(found.map { bindingValue($0, module, frame) })
        }
      }
      if kind != .comprehension { isDirect = false }
      scope = module.scopes[scope].parent
    }
    return freeName(name, module)
  }

  /// A name that the module does not bind: from a star import, or a builtin.
  private func freeName(_ name: PythonName, _ module: PythonModuleModel) -> PythonValue {
    let text = module.tree.string(name)
    switch text {
    case "__file__": return PythonValue(.path(LocalPath(base: .moduleFile, parts: [])))
    case "__name__":
      return PythonValue([.init(.text(module.source.name)), .init(.text("__main__"))])
    default: break
    }
    var found: [PythonValue] = []
    for statement in module.starImports {
      guard case .importFrom(let base, let level, _)? = module.tree.statement(statement) else {
        continue
      }
      let baseName = base.map(module.tree.string) ?? ""
      guard
        let target = program.names.absolute(baseName, level: level, from: module.index)
      else { continue }
      if let local = program.names.local(target, level: level, from: module.index) {
        if let value = exported(text, local) { return value }
      } else if level == 0, !PythonBuiltins.names.contains(text) {
        found.append(PythonValue(.reference(PythonCallee("\(target).\(text)"))))
      }
    }
    if !found.isEmpty { return PythonValue.join(found) }
    if PythonBuiltins.names.contains(text) {
      return PythonValue(.reference(PythonCallee(text)))
    }
    return PythonValue(.unknown(.unboundName(text)))
  }

  /// What a binding gives its name.
  func bindingValue(
    _ index: Int, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let key = UInt64(module.index) << 32 | UInt64(index)
    if let frame, let known = frame.memo[key] {
      touched.formUnion(known.touched)
      return known.value
    }
    if let known = memo[key], !depends(known.touched, on: frame) {
      touched.formUnion(known.touched)
      return known.value
    }
    if frame != nil, memo[key] == nil, !open.contains(key), unsettled.insert(key).inserted {
      // Most names are worth the same whoever calls: found out once, for all frames.
      let outer = touched
      _ = bindingValue(index, module, nil)
      touched = outer
      if let known = memo[key], !depends(known.touched, on: frame) {
        touched.formUnion(known.touched)
        return known.value
      }
    }
    if frame == nil, let known = provisional[key] {
      cycles += 1
      touched.formUnion(known.touched)
      return known.value
    }
    guard open.insert(key).inserted else {
      cycles += 1
      return .limit
    }
    let outer = touched
    let cyclesBefore = (cycles, cuts)
    touched = []
    let value = unmemoised(module.bindings[index], index, module, frame)
    open.remove(key)
    if let frame {
      frame.memo[key] = Memo(value: value, touched: touched)
    } else if isLasting(since: cyclesBefore) {
      memo[key] = Memo(value: value, touched: touched)
    } else {
      provisional[key] = Memo(value: value, touched: touched)
    }
    if open.isEmpty, !provisional.isEmpty { provisional.removeAll(keepingCapacity: true) }
    touched.formUnion(outer)
    return value
  }

  /// Whether what was found since the counts of cycles and cuts were these holds for good: no bound
  /// of a question that is still open shaped it.
  func isLasting(since counts: (cycles: Int, cuts: Int)) -> Bool {
    open.isEmpty && inlining.isEmpty
      || cycles == counts.cycles && (inlining.isEmpty || cuts == counts.cuts)
  }

  /// Whether a value that depends on these parameters can be another one under the frame.
  func depends(_ touched: Set<Touched>, on frame: PythonFrame?) -> Bool {
    var current = frame
    while let frame = current {
      if frame.isRound { return true }
      for one in touched where one.function == frame.function {
        if !one.isCarried || frame.holdsResults { return true }
      }
      current = frame.outer
    }
    return false
  }

  private func unmemoised(
    _ binding: PythonBinding, _ index: Int, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    switch binding.kind {
    case .value(let node, let path):
      var result = value(node, module, frame)
      if path.isEmpty {
        result = mutated(result, binding, module, frame)
      } else {
        for step in path { result = element(step, of: result) }
      }
      return result.weakened(to: .constant)
    case .augmented(let node, let operation):
      let offset = max(0, module.tree.range(node).lowerBound - 1)
      let before = lookUp(
        binding.name, at: offset, PythonPlace(scope: binding.scope, block: binding.block), module,
        frame)
      return binary(before, operation, value(node, module, frame)).weakened(to: .constant)
    case .element(let node, let path):
      var result = elements(of: value(node, module, frame))
      for step in path { result = element(step, of: result) }
      return result.weakened(to: .constant)
    case .context(let node): return value(node, module, frame)
    case .module(let alias): return importedModule(alias, module)
    case .member(let statement, let alias): return importedMember(statement, alias, module)
    case .function(let scope), .classDefinition(let scope):
      return PythonValue(
        .reference(
          PythonCallee(
            module.qualifiedName(ofScope: scope),
            definition: .init(module: module.index, scope: scope))))
    case .parameter(let number):
      return parameterValue(number, binding.scope, module, frame)
    case .opaque: return .unknown
    }
  }

  // MARK: Imports

  private func importedModule(_ alias: PythonNode, _ module: PythonModuleModel) -> PythonValue {
    let parts = module.tree.alias(alias)
    var name = module.tree.string(parts.name)
    if parts.asName == nil, let dot = name.firstIndex(of: ".") { name = String(name[..<dot]) }
    return moduleReference(name, module)
  }

  /// A module by its absolute name: the repository's, or a library's.
  func moduleReference(_ name: String, _ module: PythonModuleModel) -> PythonValue {
    if let local = program.names.module(name, from: module.index) {
      return PythonValue(
        .reference(PythonCallee(name, definition: .init(module: local, scope: 0))))
    }
    return PythonValue(.reference(PythonCallee(name)))
  }

  private func importedMember(
    _ statement: PythonNode, _ alias: PythonNode, _ module: PythonModuleModel
  ) -> PythonValue {
    guard case .importFrom(let base, let level, _)? = module.tree.statement(statement) else {
      return .unknown
    }
    let member = module.tree.string(module.tree.alias(alias).name)
    guard
      let target = program.names.absolute(
        base.map(module.tree.string) ?? "", level: level, from: module.index)
    else { return .unknown }
    if let local = program.names.local(target, level: level, from: module.index),
      local != module.index,
      let value = exported(member, local)
    {
      return crossed(value, to: alias, module)
    }
    let full = target.isEmpty ? member : "\(target).\(member)"
    if let local = program.names.local(full, level: level, from: module.index) {
      return PythonValue(
        .reference(PythonCallee(full, definition: .init(module: local, scope: 0))))
    }
    return PythonValue(.reference(PythonCallee(full)))
  }

  /// What a module of the repository offers under a name; nil when it does not bind it.
  func exported(_ name: String, _ index: Int) -> PythonValue? {
    var seen: Set<Int> = []
    return exported(name, PythonNameTable.digest(of: name), index, depth: 0, &seen)
  }

  private func exported(
    _ name: String, _ digest: UInt32, _ index: Int, depth: Int, _ seen: inout Set<Int>
  ) -> PythonValue? {
    guard depth < 6, seen.insert(index).inserted else { return nil }
    if let definition = program.modules.knownDefinition(of: name, in: index) {
      // What a module defines once is no matter of where it is asked.
      let home = program.modules.sources[index].name
      return PythonValue(
        .reference(
          PythonCallee(
            home.isEmpty ? name : "\(home).\(name)",
            definition: .init(module: index, scope: definition.scope))))
    }
    if program.modules.mayHave(digest, in: index) {
      let module = modules[index]
      if let local = module.tree.name(name), module.hasBinding(local, in: 0) != nil {
        let found = module.reaching(local, scope: 0, block: 0, offset: nil)
        if !found.isEmpty { return PythonValue.join(found.map { bindingValue($0, module, nil) }) }
      }
    }
    for next in program.starTargets(of: index) {
      if let value = exported(name, digest, next, depth: depth + 1, &seen) { return value }
    }
    return nil
  }

  /// Notes that a value came from another module.
  private func crossed(
    _ value: PythonValue, to alias: PythonNode, _ module: PythonModuleModel
  ) -> PythonValue {
    let isPlain = value.alternatives.allSatisfy {
      if case .reference = $0.atom { true } else { false }
    }
    if isPlain { return value }
    return value.traced(TraceStep(module.location(alias), "imported here"))
  }

  // MARK: Parameters

  private func parameterValue(
    _ number: Int, _ scope: Int, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let definition = PythonCallee.Definition(module: module.index, scope: scope)
    let parameter = module.scopes[scope].parameters[number]
    if let given = PythonFrame.argument(parameter.name, of: definition, in: frame) { return given }
    if module.scopes[scope].kind == .lambda,
      let given = immediateArgument(number, scope, module, frame)
    {
      return given
    }
    if number == 0, let owner = module.classScope(ofMethod: scope) {
      let callee = PythonCallee(
        module.qualifiedName(ofScope: owner),
        definition: .init(module: module.index, scope: owner))
      if hasDecorator("classmethod", scope, module) { return PythonValue(.reference(callee)) }
      if !hasDecorator("staticmethod", scope, module) {
        return PythonValue(.instance(of: callee, made: nil))
      }
    }
    let name = module.tree.string(parameter.name)
    let function = module.qualifiedName(ofScope: scope)
    if let option = decoratedOption(name, scope, module) {
      return PythonValue.join([option, PythonValue(.unknown(.option(name)))])
    }
    touched.insert(Touched(function: definition, parameter: number))
    let open = PythonValue(.unknown(.parameter(function: function, name: name, index: number)))
    guard let node = parameter.defaultValue else {
      return annotatedRecord(parameter, module).map { PythonValue.join([$0, open]) } ?? open
    }
    return PythonValue.join([defaultValue(node, name, module), open])
  }

  /// A default in a signature; `typer.Option("x")` and its kin stand for what they hold.
  func defaultValue(
    _ node: PythonNode, _ name: String, _ module: PythonModuleModel
  ) -> PythonValue {
    let result = value(node, module, nil)
    if case .call(let function, let arguments)? = module.tree.expression(node) {
      let called = value(function, module, nil).references.first?.last ?? ""
      if ["Option", "Argument", "Field", "Form", "Query", "Body", "Depends"].contains(called) {
        let first = arguments.first.flatMap { argument -> PythonNode? in
          if case .keywordArgument(let key, let inner)? = module.tree.expression(argument) {
            return module.tree.string(key) == "default" ? inner : nil
          }
          return argument
        }
        return (first.map { value($0, module, nil) } ?? .unknown).weakened(to: .optionDefault(name))
      }
    }
    return result.weakened(to: .parameterDefault(name))
  }

  func hasDecorator(_ name: String, _ scope: Int, _ module: PythonModuleModel) -> Bool {
    guard let decorators = module.scopes[scope].decorators else { return false }
    return decorators.contains { decorator in
      var node = decorator
      if case .call(let function, _)? = module.tree.expression(node) { node = function }
      switch module.tree.expression(node) {
      case .name(let found), .attribute(_, let found): return module.tree.string(found) == name
      default: return false
      }
    }
  }

  /// The default of a `click.option` that fills the parameter.
  private func decoratedOption(
    _ name: String, _ scope: Int, _ module: PythonModuleModel
  ) -> PythonValue? {
    guard let decorators = module.scopes[scope].decorators else { return nil }
    for decorator in decorators {
      guard case .call(let function, let arguments)? = module.tree.expression(decorator),
        case .attribute(_, let kind)? = module.tree.expression(function),
        ["option", "argument"].contains(module.tree.string(kind))
      else { continue }
      var matches = false
      var preset: PythonNode?
      for argument in arguments {
        if case .keywordArgument(let key, let inner)? = module.tree.expression(argument) {
          if module.tree.string(key) == "default" { preset = inner }
        } else if let text = module.tree.stringValue(argument) {
          if Self.destination(text) == name { matches = true }
        }
      }
      if matches {
        return (preset.map { value($0, module, nil) } ?? PythonValue(.none))
          .weakened(to: .optionDefault(name))
      }
    }
    return nil
  }

  /// `--model-name` as Python spells it: `model_name`.
  static func destination(_ option: String) -> String {
    String(
      String.UnicodeScalarView(
        option.unicodeScalars.drop { $0 == "-" }.map { $0 == "-" ? "_" : $0 }))
  }
}
