extension PythonEvaluator {
  func attributeValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    guard case .attribute(let base, let name)? = module.tree.expression(node) else {
      return .unknown
    }
    return guarded(
      attribute(module.tree.string(name), of: value(base, module, frame), module, frame), node,
      module, frame)
  }

  /// `value.name`.
  func attribute(
    _ name: String, of value: PythonValue, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    PythonValue.join(
      value.alternatives.map { alternative in
        attribute(name, of: alternative, module, frame).weakened(to: alternative.origin)
      })
  }

  private func attribute(
    _ name: String, of alternative: PythonValue.Alternative, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    switch alternative.atom {
    case .reference(let callee):
      if callee.last == "FLAGS", let option = option(name, module) { return option }
      let declared = member(name, of: callee, module)
      guard let replaced = replacement(name, of: callee, module) else { return declared }
      return PythonValue.join([replaced, declared])
    case .instance(let callee, let made):
      guard let definition = callee.definition else {
        if callee.last == "Namespace" || callee.last == "ArgumentParser" {
          return option(name, module) ?? PythonValue(.reference(callee.member(name)))
        }
        if let flag = flagValue(name, of: callee, made) { return flag }
        return PythonValue(.reference(callee.member(name)))
      }
      return instanceAttribute(name, definition, made: made, module, frame)
    case .result(let call, let callee, let path):
      if callee.contains(where: { $0.last == "parse_args" || $0.last == "parse_known_args" }),
        let option = option(name, module)
      {
        return option
      }
      return PythonValue(.result(of: call, callee: callee, path: path + [name]))
    case .path(let path): return pathAttribute(name, path)
    case .dictionary(let dictionary):
      return dictionary[name] ?? .unknown
    case .text, .integer, .bool, .none, .bytes, .number:
      // A member of an enumeration is taken for its value.
      return name == "value" ? PythonValue([alternative]) : .unknown
    case .partial(let callee, _, _): return name == "func" ? callee : .unknown
    case .unknown(.parameter), .unknown(.computed), .unknown(.unboundName):
      if let option = option(name, module) { return option }
      return PythonValue([alternative])
    case .unknown(.option("")): return PythonValue(.unknown(.option(name)))
    case .unknown: return PythonValue([alternative])
    default: return .unknown
    }
  }

  /// `reference.name`: a member of a module or class.
  func member(_ name: String, of callee: PythonCallee, _ module: PythonModuleModel)
    -> PythonValue
  {
    guard let definition = callee.definition else {
      if name == "__dict__" { return PythonValue(.reference(callee.member(name))) }
      // `import a` and `a.b` may name a module of the repository after all.
      return PythonValue(.reference(callee.member(name)))
    }
    if definition.scope == 0 {
      if let found = exported(name, definition.module) { return found }
      let full = "\(callee.name).\(name)"
      if let inner = program.names.module(full, from: definition.module) {
        return PythonValue(
          .reference(PythonCallee(full, definition: .init(module: inner, scope: 0))))
      }
      return PythonValue(.reference(PythonCallee(full)))
    }
    let owner = modules[definition.module]
    guard owner.scopes[definition.scope].kind == .classBody else { return .unknown }
    return classAttribute(name, definition, depth: 0) ?? .unknown
  }

  /// An attribute of a class of the repository, its bases included; nil when there is none.
  func classAttribute(
    _ name: String, _ definition: PythonCallee.Definition, depth: Int
  ) -> PythonValue? {
    guard depth < 8 else { return .limit }
    let module = modules[definition.module]
    if let found = ownClassAttribute(name, definition, module) { return found }
    var library: [PythonValue] = []
    for base in baseClasses(definition) {
      if let inner = base.definition {
        guard inner != definition else { continue }
        if let found = classAttribute(name, inner, depth: depth + 1) { return found }
      } else {
        library.append(
          PythonValue(
            .reference(
              PythonCallee(
                "\(base.name).\(name)",
                subclass: module.qualifiedName(ofScope: definition.scope)))))
      }
    }
    return library.isEmpty ? nil : PythonValue.join(library)
  }

  private func ownClassAttribute(
    _ name: String, _ definition: PythonCallee.Definition, _ module: PythonModuleModel
  ) -> PythonValue? {
    guard let local = module.tree.name(name) else { return nil }
    let scope = definition.scope
    guard module.hasBinding(local, in: scope) != nil else { return nil }
    let found = module.reaching(
      local, scope: scope, block: module.scopes[scope].block, offset: nil)
    guard !found.isEmpty else { return nil }
    return PythonValue.join(
      found.map { index in
        let value = bindingValue(index, module, nil)
        guard case .value(let node, _) = module.bindings[index].kind else { return value }
        return fieldDefault(node, name, definition, module) ?? value
      })
  }

  /// The default of a dataclass or model field: what a command line or file may replace.
  private func fieldDefault(
    _ node: PythonNode, _ name: String, _ definition: PythonCallee.Definition,
    _ module: PythonModuleModel
  ) -> PythonValue? {
    guard isRecord(definition) else { return nil }
    var plain = value(node, module, nil)
    if case .call(let function, let arguments)? = module.tree.expression(node),
      let called = value(function, module, nil).references.first?.last,
      called == "field" || called == "Field"
    {
      plain = PythonValue(.unknown(.option(name)))
      for (number, argument) in arguments.enumerated() {
        switch module.tree.expression(argument) {
        case .keywordArgument(let key, let inner):
          let key = module.tree.string(key)
          if key == "default" { plain = value(inner, module, nil) }
          if key == "default_factory" {
            plain = call(
              value(inner, module, nil), argument, PythonArguments(), module, nil)
          }
        default: if number == 0, called == "Field" { plain = value(argument, module, nil) }
        }
      }
    }
    return PythonValue.join([
      plain.weakened(to: .optionDefault(name)), PythonValue(.unknown(.option(name))),
    ])
  }

  /// Whether instances are filled field by field: a dataclass, a pydantic model, a named tuple.
  func isRecord(_ definition: PythonCallee.Definition) -> Bool {
    if let known = records[definition] { return known }
    // Each class once: two bases a level would otherwise double the work at each.
    var seen: Set<PythonCallee.Definition> = [definition]
    var open = [definition]
    var isFound = false
    while !isFound, let next = open.popLast() {
      let module = modules[next.module]
      isFound = ["dataclass", "define", "attrs", "chz"].contains {
        hasDecorator($0, next.scope, module)
      }
      for base in baseClasses(next) {
        if let inner = base.definition {
          if seen.count < 256, seen.insert(inner).inserted { open.append(inner) }
        } else if Self.recordClasses.contains(base.last) {
          isFound = true
        }
      }
    }
    records[definition] = isFound
    return isFound
  }

  private static let recordClasses: Set<Substring> = [
    "BaseModel", "BaseSettings", "NamedTuple", "Tap", "TypedArgs",
  ]

  /// The base classes of a class of the repository.
  func baseClasses(_ definition: PythonCallee.Definition) -> [PythonCallee] {
    if let known = bases[definition] { return known }
    bases[definition] = []
    let module = modules[definition.module]
    var found: [PythonCallee] = []
    for argument in module.scopes[definition.scope].bases ?? module.tree.body.noNodes {
      if module.tree.kind(argument) == .keywordArgument { continue }
      found += value(argument, module, nil).references
    }
    bases[definition] = found
    return found
  }

  /// `object.name`, for an object of a class of the repository.
  func instanceAttribute(
    _ name: String, _ definition: PythonCallee.Definition, made: CallReference?,
    _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let frame = frame.flatMap { setsAttributes($0) ? $0 : nil }
    let key = AttributeKey(definition: definition, name: name, made: made)
    if let known = attributes[key], !depends(known.touched, on: frame) {
      touched.formUnion(known.touched)
      return known.value
    }
    if frame != nil, attributes[key] == nil, openAttributes.isEmpty {
      let outer = touched
      _ = instanceAttribute(name, definition, made: made, module, nil)
      touched = outer
      if let known = attributes[key], !depends(known.touched, on: frame) {
        touched.formUnion(known.touched)
        return known.value
      }
    }
    guard openAttributes.insert(key).inserted else { return .limit }
    defer { openAttributes.remove(key) }
    let outer = touched
    touched = []
    let value =
      findAttribute(name, definition, made: made, frame, depth: 0)
      ?? (isRecord(definition) ? PythonValue(.unknown(.option(name))) : .unknown)
    if frame == nil, openAttributes.count == 1 { attributes[key] = (value, touched) }
    touched.formUnion(outer)
    return value
  }

  /// Whether some function that a frame is for sets attributes, so that they depend on it.
  private func setsAttributes(_ frame: PythonFrame) -> Bool {
    var current: PythonFrame? = frame
    while let frame = current {
      let module = frame.function.module
      if storing[module] == nil {
        let model = modules[module]
        var functions: Set<Int> = []
        for stores in model.attributeStores.values {
          for store in stores {
            if let function = model.function(around: store.scope) { functions.insert(function) }
          }
        }
        storing[module] = functions
      }
      if storing[module]?.contains(frame.function.scope) == true { return true }
      current = frame.outer
    }
    return false
  }

  private func findAttribute(
    _ name: String, _ definition: PythonCallee.Definition, made: CallReference?,
    _ frame: PythonFrame?, depth: Int
  ) -> PythonValue? {
    guard depth < 8 else { return nil }
    let module = modules[definition.module]
    var found: [PythonValue] = []
    if let local = module.tree.name(name) {
      for store in (module.attributeStores[local] ?? []).prefix(64)
      where isOwn(store, definition, module) {
        let inner = frame ?? (made.flatMap { constructorFrame(definition, $0) })
        found.append(value(store.value, module, inner).weakened(to: .constant))
        if found.count >= 16 { break }
      }
    }
    if let made, found.isEmpty, isRecord(definition),
      let given = constructorArgument(name, definition, made)
    {
      return given
    }
    if let declared = ownClassAttribute(name, definition, module) {
      if found.isEmpty, let computed = property(declared, frame) { return computed }
      // A class-level default counts only as long as no method always replaces it.
      if found.isEmpty || declared.isOpen == false { found.append(declared) }
    }
    if !found.isEmpty { return PythonValue.join(found) }
    var library: [PythonValue] = []
    let own = PythonCallee(
      module.qualifiedName(ofScope: definition.scope), definition: definition)
    if let replaced = replacement(name, of: own, module) { return replaced }
    for base in baseClasses(definition) {
      if let inner = base.definition {
        guard inner != definition else { continue }
        if let value = findAttribute(name, inner, made: nil, frame, depth: depth + 1) {
          return value
        }
      } else {
        library.append(
          PythonValue(
            .reference(
              PythonCallee(
                "\(base.name).\(name)",
                subclass: module.qualifiedName(ofScope: definition.scope)))))
      }
    }
    return library.isEmpty ? nil : PythonValue.join(library)
  }

  /// Whether a store is `self.name = …` in a method of the class.
  private func isOwn(
    _ store: PythonStore, _ definition: PythonCallee.Definition, _ module: PythonModuleModel
  ) -> Bool {
    guard case .attribute(let base, _)? = module.tree.expression(store.target),
      let receiver = module.tree.identifier(base),
      let function = module.function(around: store.scope)
    else { return false }
    guard module.classScope(ofMethod: function) == definition.scope else { return false }
    return module.scopes[function].parameters.first?.name == receiver
  }

  /// What a property returns; nil for anything else.
  private func property(_ value: PythonValue, _ frame: PythonFrame?) -> PythonValue? {
    guard value.alternatives.count == 1,
      case .reference(let callee) = value.alternatives[0].atom,
      let definition = callee.definition
    else { return nil }
    let module = modules[definition.module]
    guard
      hasDecorator("property", definition.scope, module)
        || hasDecorator("cached_property", definition.scope, module)
    else { return nil }
    return returned(by: definition, PythonArguments(), frame)
  }

  /// The frame of `__init__` for an object made by a call.
  private func constructorFrame(
    _ definition: PythonCallee.Definition, _ made: CallReference
  ) -> PythonFrame? {
    guard constructing < 3 else { return nil }
    constructing += 1
    defer { constructing -= 1 }
    guard let initializer = initializer(of: definition, depth: 0),
      let arguments = arguments(of: made)
    else { return nil }
    return frame(for: initializer, arguments, isMethod: true, outer: nil)
  }

  /// The `__init__` of a class of the repository or of its bases.
  func initializer(
    of definition: PythonCallee.Definition, depth: Int
  ) -> PythonCallee.Definition? {
    guard depth < 8 else { return nil }
    let module = modules[definition.module]
    if let name = module.tree.name("__init__"),
      let index = module.hasBinding(name, in: definition.scope),
      case .function(let scope) = module.bindings[Int(index)].kind
    {
      return .init(module: definition.module, scope: scope)
    }
    for base in baseClasses(definition) {
      if let inner = base.definition, inner != definition,
        let found = initializer(of: inner, depth: depth + 1)
      {
        return found
      }
    }
    return nil
  }

  /// What a record's constructor was given for a field.
  private func constructorArgument(
    _ name: String, _ definition: PythonCallee.Definition, _ made: CallReference
  ) -> PythonValue? {
    guard let arguments = arguments(of: made) else { return nil }
    if let keyword = arguments.keywords.last(where: { $0.name == name }) { return keyword.value }
    let module = modules[definition.module]
    let fields = module.bindings.filter { $0.scope == definition.scope }.sorted {
      $0.order < $1.order
    }
    guard let place = fields.firstIndex(where: { module.tree.string($0.name) == name }),
      place < arguments.positional.count
    else { return nil }
    return arguments.positional[place]
  }

  // MARK: Options

  /// The default of a command-line option, when the module declares one of this name.
  func option(_ name: String, _ module: PythonModuleModel) -> PythonValue? {
    let known = declaredOptions(module)
    guard let call = known[name] else { return nil }
    guard case .call(_, let arguments)? = module.tree.expression(call) else { return nil }
    if case .call(let function, _)? = module.tree.expression(call),
      PythonModuleInterest.lastName(function, module.tree).map({ module.tree.string($0) })
        == "add_arguments"
    {
      // A whole class of options under one name.
      guard let first = arguments.first else { return nil }
      let classes = value(first, module, nil).references.filter(\.isLocal)
      return classes.isEmpty
        ? nil : PythonValue.join(classes.map { PythonValue(.instance(of: $0, made: nil)) })
    }
    var preset = PythonValue(.none)
    var isRequired = false
    if isFlag(call, module), arguments.count > 1,
      module.tree.kind(arguments[1]) != .keywordArgument
    {
      preset = value(arguments[1], module, nil)
    }
    for argument in arguments {
      guard case .keywordArgument(let key, let inner)? = module.tree.expression(argument) else {
        continue
      }
      switch module.tree.string(key) {
      case "default": preset = value(inner, module, nil)
      case "required": isRequired = value(inner, module, nil).mayBeTrue
      case "action":
        switch value(inner, module, nil).text {
        case "store_true": preset = PythonValue(.bool(false))
        case "store_false": preset = PythonValue(.bool(true))
        default: break
        }
      default: break
      }
    }
    let open = PythonValue(.unknown(.option(name)))
    if isRequired { return open }
    return PythonValue.join([preset.weakened(to: .optionDefault(name)), open])
  }

  /// `add_argument` and `DEFINE_string` calls by the name they fill.
  private func declaredOptions(_ module: PythonModuleModel) -> [String: PythonNode] {
    if let known = options[module.index] { return known }
    var found: [String: PythonNode] = [:]
    let tree = module.tree
    if tree.name("add_argument") != nil {
      for call in module.calls {
        guard case .call(let function, let arguments)? = tree.expression(call),
          case .attribute(_, let name)? = tree.expression(function),
          tree.bytes(name).elementsEqual("add_argument".utf8)
        else { continue }
        var destination: String?
        var long: String?
        for argument in arguments {
          if case .keywordArgument(let key, let inner)? = tree.expression(argument) {
            if tree.string(key) == "dest" { destination = tree.stringValue(inner) }
          } else if let text = tree.stringValue(argument) {
            if long == nil || text.hasPrefix("--") && long?.hasPrefix("--") != true { long = text }
          }
        }
        if let name = destination ?? long.map(Self.destination) { found[name] = call }
      }
    }
    if tree.name("add_arguments") != nil {
      for call in module.calls {
        guard case .call(let function, let arguments)? = tree.expression(call),
          case .attribute(_, let name)? = tree.expression(function),
          tree.bytes(name).elementsEqual("add_arguments".utf8)
        else { continue }
        for argument in arguments.dropFirst() {
          var node = argument
          if case .keywordArgument(let key, let inner)? = tree.expression(argument) {
            guard tree.string(key) == "dest" else { continue }
            node = inner
          }
          if let name = tree.stringValue(node) { found[name] = call }
        }
      }
    }
    for call in module.calls where isFlag(call, module) {
      guard case .call(_, let arguments)? = tree.expression(call) else { continue }
      for (place, argument) in arguments.enumerated() {
        if case .keywordArgument(let key, let inner)? = tree.expression(argument) {
          if tree.string(key) == "name", let text = tree.stringValue(inner) { found[text] = call }
        } else if place == 0, let text = tree.stringValue(argument) {
          found[text] = call
        }
      }
    }
    options[module.index] = found
    return found
  }

  /// `FLAG.value` of a flag that a call declared.
  private func flagValue(
    _ name: String, of callee: PythonCallee, _ made: CallReference?
  ) -> PythonValue? {
    guard name == "value" || name == "default", callee.last.hasPrefix("DEFINE_"), let made,
      let text = arguments(of: made)?.argument("name", at: 0)?.text
    else { return nil }
    return option(text, modules[made.module])
  }

  /// Whether a call declares a flag of absl or gflags: `flags.DEFINE_string(name, default, help)`.
  private func isFlag(_ call: PythonNode, _ module: PythonModuleModel) -> Bool {
    guard case .call(let function, _)? = module.tree.expression(call),
      let name = PythonModuleInterest.lastName(function, module.tree)
    else { return false }
    return module.tree.bytes(name).starts(with: "DEFINE_".utf8)
  }

  private func pathAttribute(_ name: String, _ path: LocalPath) -> PythonValue {
    switch name {
    case "parent":
      return PythonValue(.path(LocalPath.parent(of: path)))
    case "name", "stem":
      guard let text = path.text, let last = text.split(separator: "/").last else {
        return .unknown
      }
      if name == "stem", let dot = last.lastIndex(of: "."), dot != last.startIndex {
        return PythonValue(.text(String(last[..<dot])))
      }
      return PythonValue(.text(String(last)))
    case "parents": return PythonValue(.path(path))
    default: return .unknown
    }
  }
}

extension LocalPath {
  /// `os.path.dirname(path)`.
  static func parent(of path: LocalPath) -> LocalPath {
    guard let text = path.text else {
      return LocalPath(base: path.base == .text ? .unknown : path.base, parts: [])
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if path.base == .moduleFile, parts.allSatisfy({ $0.isEmpty || $0 == ".." }) {
      // The file's own folder is where relative names start; further up is `..`.
      return LocalPath(
        base: .moduleFile, parts: [.literal(text.isEmpty ? "." : text == "." ? ".." : text + "/..")]
      )
    }
    let parent = parts.dropLast().joined(separator: "/")
    return LocalPath(base: path.base, parts: parent.isEmpty ? [] : [.literal(parent)])
  }
}

extension PythonNodeList {
  /// No nodes at all.
  var noNodes: PythonNodeList { PythonNodeList(links: [], list: 0) }
}
