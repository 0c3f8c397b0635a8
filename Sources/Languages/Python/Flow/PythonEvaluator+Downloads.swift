import Core

/// Which files a module's downloads write: what is read from there later is what was fetched.
extension PythonEvaluator {
  /// What was downloaded to a path, when some call of the module writes there.
  func downloaded(_ path: PythonValue, _ module: PythonModuleModel) -> PythonValue? {
    let written = writtenFiles(module)
    guard !written.isEmpty else { return nil }
    var found: [PythonValue] = []
    for key in Self.keys(path) {
      for reference in written[key] ?? [] {
        found.append(PythonValue(.result(of: reference, callee: [], path: ["file"])))
      }
    }
    return found.isEmpty ? nil : PythonValue.join(found)
  }

  /// The downloads that wrote a file or folder which a call is given by its path.
  func writers(of arguments: PythonArguments, _ module: PythonModuleModel) -> [CallReference] {
    let written = writtenFiles(module)
    guard !written.isEmpty else { return [] }
    var found: [CallReference] = []
    for value in arguments.positional + arguments.keywords.map(\.value) {
      for key in Self.keys(value) {
        // A module is named without its suffix.
        for reference in (written[key] ?? []) + (written[key + ".py"] ?? [])
        where !found.contains(reference) {
          found.append(reference)
        }
      }
    }
    return found
  }

  /// What was downloaded to the file that a call of `open` opens by a name, when the same value of
  /// that name is written to: the path itself need not be known.
  func downloaded(openedBy reference: CallReference) -> PythonValue? {
    let module = modules[reference.module]
    let written = writtenFiles(module)
    guard !written.isEmpty, let key = nameKey(reference) else { return nil }
    let found = (written[key] ?? []).map {
      PythonValue(.result(of: $0, callee: [], path: ["file"]))
    }
    return found.isEmpty ? nil : PythonValue.join(found)
  }

  /// A key for the value of the name that is a call's first argument; nil where it has several.
  private func nameKey(_ reference: CallReference) -> String? {
    let module = modules[reference.module]
    let call = PythonNode(index: UInt32(truncatingIfNeeded: reference.node))
    guard case .call(_, let nodes)? = module.tree.expression(call), let first = nodes.first,
      let name = module.tree.identifier(first), module.tree.kind(first) == .name
    else { return nil }
    let offset = module.tree.range(first).lowerBound
    let place = module.place(at: offset)
    var scope = place.scope
    // A comprehension or a block of its own does not hide the function's names.
    while scope > 0, module.hasBinding(name, in: scope) == nil {
      scope = module.scopes[scope].parent
    }
    let found = module.reaching(
      name, scope: scope, block: scope == place.scope ? place.block : module.scopes[scope].block,
      offset: scope == place.scope ? offset : nil)
    return found.count == 1 ? "#\(found[0])" : nil
  }

  /// A path's text as a key, with its base where that is known.
  private static func keys(_ value: PythonValue) -> [String] {
    value.alternatives.compactMap { alternative in
      switch alternative.atom {
      case .text(let text): plain(text)
      case .path(let path): path.text.map { path.base == .text ? plain($0) : "\(path.base)|\($0)" }
      case .list(let items, _) where items.count <= 16:
        items.compactMap(\.text).last.map(plain)
      default: nil
      }
    }
  }

  private static func plain(_ text: String) -> String {
    text.hasPrefix("./") ? String(text.dropFirst(2)) : text
  }

  /// Where each download of a module puts what it fetches.
  private func writtenFiles(_ module: PythonModuleModel) -> [String: [CallReference]] {
    if let known = writtenFiles[module.index] { return known }
    writtenFiles[module.index] = [:]
    var found: [String: [CallReference]] = [:]
    func add(_ path: PythonValue?, _ calls: [CallReference]) {
      guard let path else { return }
      for key in Self.keys(path) {
        for call in calls where found[key]?.contains(call) != true {
          found[key, default: []].append(call)
        }
      }
    }
    let tree = module.tree
    for call in module.calls {
      guard case .call(let function, let nodes)? = tree.expression(call),
        let name = PythonModuleInterest.lastName(function, tree)
      else { continue }
      let text = tree.string(name)
      guard let place = Self.destinations[text] else { continue }
      let arguments = evaluate(nodes, module, nil)
      let reference = CallReference(module: module.index, node: Int(call.index))
      switch text {
      case "write", "write_bytes", "write_text":
        guard case .attribute(let base, _)? = tree.expression(function) else { continue }
        let sources = Self.references(arguments)
        guard !sources.isEmpty else { continue }
        let written = value(base, module, nil)
        add(target(written, module), sources)
        for case .result(let opened, let callee, _) in written.alternatives.map(\.atom)
        where callee.first?.last == "open" && opened.module == module.index {
          guard let key = nameKey(opened) else { continue }
          for source in sources where found[key]?.contains(source) != true {
            found[key, default: []].append(source)
          }
        }
      case "copyfileobj":
        let sources = Self.references(arguments)
        guard arguments.positional.count > 1 else { continue }
        add(target(arguments.positional[1], module), sources)
      case "hf_hub_download", "cached_download":
        guard let folder = arguments.argument("local_dir", at: 99),
          let file = arguments.argument("filename", at: 1)
        else { continue }
        add(binary(Self.path(folder), .divide, file), [reference])
        add(folder, [reference])
      case "snapshot_download", "clone_from":
        add(
          arguments.argument(
            text == "clone_from" ? "to_path" : "local_dir",
            at: text == "clone_from" ? 1 : 99), [reference])
      default:
        for name in ["filename", "out", "output", "dst", "save_path", "path", "dest", "local_path"]
        {
          if let named = arguments.keywords.last(where: { $0.name == name }) {
            add(named.value, [reference])
          }
        }
        if place < arguments.positional.count { add(arguments.positional[place], [reference]) }
      }
    }
    writtenFiles[module.index] = found
    return found
  }

  /// Where the destination stands among the arguments of what writes files.
  private static let destinations: [String: Int] = [
    "urlretrieve": 1, "download_url_to_file": 1, "download": 1, "download_file": 2,
    "download_url": 1, "safe_download": 1, "download_from_url": 1, "hf_hub_download": 1,
    "cached_download": 1, "snapshot_download": 99, "clone_from": 1, "write": 0, "write_bytes": 0,
    "write_text": 0, "copyfileobj": 1, "download_to_filename": 0, "extractall": 99,
  ]

  private static func references(_ arguments: PythonArguments) -> [CallReference] {
    arguments.sources.compactMap { alternative in
      if case .result(let call, _, _) = alternative.atom { call } else { nil }
    }
  }

  private static func path(_ value: PythonValue) -> PythonValue {
    value.map { asPath($0) }
  }

  /// The path that an opened file or a path object stands for.
  private func target(_ value: PythonValue, _ module: PythonModuleModel) -> PythonValue? {
    var found: [PythonValue] = []
    for alternative in value.alternatives {
      switch alternative.atom {
      case .path: found.append(PythonValue([alternative]))
      case .result(let reference, let callee, _) where callee.first?.last == "open":
        if let path = arguments(of: reference)?.argument("file", at: 0) { found.append(path) }
      default: continue
      }
    }
    return found.isEmpty ? nil : PythonValue.join(found)
  }
}
