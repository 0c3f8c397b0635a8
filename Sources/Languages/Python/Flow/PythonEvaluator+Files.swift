import Core
import JSON

extension PythonEvaluator {
  // MARK: Objects and results with known methods

  func objectMethod(
    _ name: String, _ callee: PythonCallee, _ made: CallReference, _ arguments: PythonArguments,
    _ module: PythonModuleModel
  ) -> PythonValue? {
    switch callee.name {
    case "io.BytesIO", "io.StringIO":
      guard ["read", "getvalue", "getbuffer"].contains(name) else { return nil }
      return self.arguments(of: made)?.positional.first
    default: return nil
    }
  }

  /// Methods of what a call returned: files that were opened, and digests.
  func resultMethod(
    _ name: String, _ reference: CallReference, _ callee: [PythonCallee], _ path: [String],
    _ arguments: PythonArguments, _ module: PythonModuleModel
  ) -> PythonValue? {
    guard path.isEmpty, let opened = callee.first?.name,
      ["open", "io.open", "codecs.open", "builtins.open"].contains(opened),
      ["read", "readline", "readlines", "strip"].contains(name),
      let given = self.arguments(of: reference), let file = given.argument("file", at: 0)
    else { return nil }
    let mode = given.argument("mode", at: 1)?.text ?? "r"
    let owner = modules[reference.module]
    if let content = fileContent(file, isText: !mode.contains("b"), owner) {
      guard name == "readlines" else { return content }
      return content.map { atom in
        guard case .text(let text) = atom else { return nil }
        return .list(
          text.split(separator: "\n").map { PythonValue(.text(String($0) + "\n")) }, kind: .list)
      }
    }
    if let found = downloaded(file, owner) ?? downloaded(openedBy: reference) { return found }
    let sources = given.sources
    return sources.isEmpty ? nil : PythonValue(sources)
  }

  /// The text or bytes of a file of the repository.
  func fileContent(_ path: PythonValue, isText: Bool, _ module: PythonModuleModel) -> PythonValue? {
    guard let file = file(path, module), file.bytes.count <= PythonValue.textLimit else {
      return nil
    }
    let origin = PythonValue.Origin.file(path: file.path, key: "")
    if isText {
      return PythonValue(.text(String(decoding: file.bytes, as: UTF8.self)), origin)
    }
    return PythonValue(.bytes(file.bytes), origin)
  }

  /// The file of the repository that a path names.
  func file(_ path: PythonValue, _ module: PythonModuleModel) -> SourceFile? {
    guard path.alternatives.count == 1 else { return nil }
    switch path.alternatives[0].atom {
    case .text(let text):
      return program.files.file(text, from: module, isBesideModule: false)
    case .path(let path):
      guard let text = path.text else { return nil }
      switch path.base {
      case .text: return program.files.file(text, from: module, isBesideModule: false)
      case .moduleFile:
        return program.files.file(text, from: module, isBesideModule: true)
      case .machine("working directory"):
        return program.files.file(text, from: module, isBesideModule: false)
      default: return nil
      }
    default: return nil
    }
  }

  // MARK: Configuration files

  /// What a known reader of configuration gives for a file of the repository.
  func configuration(
    _ name: String, _ arguments: PythonArguments, _ module: PythonModuleModel
  ) -> PythonValue? {
    guard let first = arguments.positional.first else { return nil }
    switch name {
    case "json.load": return opened(first, module).flatMap(json)
    case "json.loads":
      guard let text = first.text else { return nil }
      guard let value = try? JSONParser.parse(Array(text.utf8), .lenient) else { return nil }
      return Self.value(value, in: nil, key: "", depth: 0)
    case "yaml.safe_load", "yaml.load", "yaml.full_load", "yaml.unsafe_load":
      if let text = first.text { return yaml(Array(text.utf8), nil) }
      return opened(first, module).flatMap { yaml($0.bytes, $0.path) }
    case "omegaconf.OmegaConf.load":
      return file(first, module).flatMap { yaml($0.bytes, $0.path) }
    default: return nil
    }
  }

  /// The file of the repository that a call of `open` opened, or that a path names.
  private func opened(_ value: PythonValue, _ module: PythonModuleModel) -> SourceFile? {
    guard value.alternatives.count == 1 else { return nil }
    switch value.alternatives[0].atom {
    case .result(let reference, let callee, _):
      guard let name = callee.first?.name, name.hasSuffix("open"),
        let path = arguments(of: reference)?.argument("file", at: 0)
      else { return nil }
      return file(path, modules[reference.module])
    case .path: return file(value, module)
    default: return nil
    }
  }

  private func json(_ file: SourceFile) -> PythonValue? {
    guard file.bytes.count <= 16 << 20,
      let value = try? JSONParser.parse(file.bytes, .lenient)
    else { return nil }
    return Self.value(value, in: file.path, key: "", depth: 0)
  }

  private static func value(
    _ json: JSONValue, in file: RelativePath?, key: String, depth: Int
  ) -> PythonValue {
    guard depth < 16 else { return .limit }
    let origin = file.map { PythonValue.Origin.file(path: $0, key: key) } ?? .constant
    var trace: [TraceStep] = []
    if let file {
      trace = [TraceStep(Location(file, start: json.position), "read from the key `\(key)`")]
    }
    switch json.kind {
    case .null: return PythonValue(.none, origin)
    case .bool(let flag): return PythonValue(.bool(flag), origin)
    case .number(let number):
      if let integer = number.integer { return PythonValue(.integer(integer), origin) }
      return number.double.map { PythonValue(.number($0), origin) } ?? .unknown
    case .string(let text): return PythonValue(.text(text), origin, trace: trace)
    case .array(let items):
      return PythonValue(
        .list(
          items.prefix(512).map { value($0, in: file, key: key, depth: depth + 1) }, kind: .list),
        origin)
    case .object(let object):
      return PythonValue(
        .dictionary(
          DictionaryValue(
            entries: object.members.prefix(1_024).map { member in
              .init(
                key: PythonValue(.text(member.key)),
                value: value(
                  member.value, in: file, key: key.isEmpty ? member.key : "\(key).\(member.key)",
                  depth: depth + 1))
            }, isComplete: object.members.count <= 1_024)), origin)
    }
  }

  private func yaml(_ bytes: [UInt8], _ path: RelativePath?) -> PythonValue? {
    guard bytes.count <= 4 << 20, let root = YAMLStream(bytes).documents.first else { return nil }
    // Aliases make a document a graph: what it unfolds to is bounded.
    var budget = 20_000
    return Self.value(root, in: path, key: "", depth: 0, &budget)
  }

  private static func value(
    _ yaml: YAMLNode, in file: RelativePath?, key: String, depth: Int, _ budget: inout Int
  ) -> PythonValue {
    budget -= 1
    guard depth < 16, budget > 0 else { return .limit }
    let origin = file.map { PythonValue.Origin.file(path: $0, key: key) } ?? .constant
    let entries = yaml.mergedEntries
    if !entries.isEmpty {
      return PythonValue(
        .dictionary(
          DictionaryValue(
            entries: entries.prefix(1_024).map { entry in
              let name = entry.key.string ?? ""
              return .init(
                key: PythonValue(.text(name)),
                value: value(
                  entry.value, in: file, key: key.isEmpty ? name : "\(key).\(name)",
                  depth: depth + 1, &budget))
            }, isComplete: true)), origin)
    }
    if !yaml.items.isEmpty {
      return PythonValue(
        .list(
          yaml.items.prefix(512).map {
            value($0, in: file, key: key, depth: depth + 1, &budget)
          },
          kind: .list), origin)
    }
    if yaml.isNull { return PythonValue(.none, origin) }
    guard let text = yaml.string ?? yaml.text else { return .unknown }
    switch yaml.style == .plain ? text : "" {
    case "true", "True", "yes", "on": return PythonValue(.bool(true), origin)
    case "false", "False", "no", "off": return PythonValue(.bool(false), origin)
    default: break
    }
    if yaml.style == .plain, let number = Int(text) { return PythonValue(.integer(number), origin) }
    let trace = file.map {
      [TraceStep(Location($0, start: yaml.start), "read from the key `\(key)`")]
    }
    return PythonValue(.text(text), origin, trace: trace ?? [])
  }

  // MARK: Containers that change

  /// A container after what is done to it by name: `d["k"] = v`, `l.append(x)`, `d.update(…)`.
  func mutated(
    _ value: PythonValue, _ binding: PythonBinding, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    guard value.alternatives.count == 1 else { return value }
    switch value.alternatives[0].atom {
    case .dictionary(let dictionary):
      var entries = dictionary.entries
      var isComplete = dictionary.isComplete
      for store in module.subscriptStores.prefix(2_000)
      where store.scope == binding.scope && store.order > binding.order {
        guard case .subscript(let base, let index)? = module.tree.expression(store.target),
          module.tree.identifier(base) == binding.name, entries.count < 512
        else { continue }
        let key = self.value(index, module, frame)
        if key.text == nil { isComplete = false }
        entries.append(.init(key: key, value: self.value(store.value, module, frame)))
      }
      for call in mutatingCalls(of: binding, module) {
        guard case .call(let function, let nodes)? = module.tree.expression(call),
          case .attribute(_, let name)? = module.tree.expression(function),
          module.tree.string(name) == "update"
        else { continue }
        let arguments = evaluate(nodes, module, frame)
        if case .dictionary(let more)? = arguments.positional.first?.alternatives.first?.atom {
          entries += more.entries
          isComplete = isComplete && more.isComplete
        } else if !arguments.positional.isEmpty {
          isComplete = false
        }
        entries += arguments.keywords.map {
          .init(key: PythonValue(.text($0.name)), value: $0.value)
        }
      }
      if entries.count == dictionary.entries.count, isComplete == dictionary.isComplete {
        return value
      }
      return PythonValue(
        .dictionary(DictionaryValue(entries: entries, isComplete: isComplete)),
        value.alternatives[0].origin)
    case .list(var items, let kind):
      let calls = mutatingCalls(of: binding, module)
      guard !calls.isEmpty else { return value }
      for call in calls where items.count < 512 {
        guard case .call(let function, let nodes)? = module.tree.expression(call),
          case .attribute(_, let name)? = module.tree.expression(function)
        else { continue }
        let arguments = evaluate(nodes, module, frame)
        switch module.tree.string(name) {
        case "append": items += arguments.positional.prefix(1)
        case "insert": items += arguments.positional.dropFirst().prefix(1)
        case "extend":
          if case .list(let more, _)? = arguments.positional.first?.alternatives.first?.atom {
            items += more
          } else {
            items.append(arguments.positional.first ?? .unknown)
          }
        default: break
        }
      }
      return PythonValue(.list(items, kind: kind), value.alternatives[0].origin)
    default: return value
    }
  }

  /// Calls of `append` and its like on a name, in the scope that binds it, in order.
  private func mutatingCalls(
    of binding: PythonBinding, _ module: PythonModuleModel
  ) -> [PythonNode] {
    let known = module.mutatingCalls
    let calls = known[UInt64(binding.scope) << 32 | UInt64(binding.name.index)] ?? []
    return calls.filter { module.tree.range($0).lowerBound > binding.order }.prefix(64).map { $0 }
  }
}
