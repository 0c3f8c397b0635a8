extension PythonEvaluator {
  func literalValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let tree = module.tree
    switch tree.expression(node) {
    case .string(let flags):
      if flags.contains(.bytes) {
        return tree.bytesValue(node).map { PythonValue(.bytes($0)) } ?? .unknown
      }
      return text(tree.stringValue(node))
    case .stringChunk: return text(tree.stringValue(node))
    case .concatenation(let parts):
      if let plain = tree.stringValue(node) { return text(plain) }
      if let bytes = tree.bytesValue(node) { return PythonValue(.bytes(bytes)) }
      return concatenate(parts.prefix(256).map { value($0, module, frame) })
    case .formatted(let parts, _):
      return concatenate(
        parts.prefix(256).map { part in
          guard case .interpolation(let inner)? = tree.expression(part) else {
            return value(part, module, frame)
          }
          return interpolated(inner, module, frame)
        })
    case .number:
      if let integer = tree.integerValue(node) { return PythonValue(.integer(integer)) }
      return Double(tree.source(node)).map { PythonValue(.number($0)) } ?? .unknown
    case .some(.none): return PythonValue(.none)
    case .true: return PythonValue(.bool(true))
    case .false: return PythonValue(.bool(false))
    default: return .unknown
    }
  }

  private func text(_ text: String?) -> PythonValue {
    guard let text, text.utf8.count <= PythonValue.textLimit else { return .limit }
    return PythonValue(.text(text))
  }

  private func interpolated(
    _ part: PythonInterpolation, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let inner = value(part.value, module, frame)
    let isPlain = part.conversion == nil || part.conversion == UInt8(ascii: "s")
    if part.isSelfDocumenting || !isPlain {
      return PythonValue(.partialText([.hole(inner)]))
    }
    if part.format.isEmpty { return inner }
    // With a format specification only text without padding is certain.
    return inner.map { atom in
      if case .text(let text) = atom, part.format.count == 1,
        case .stringChunk? = module.tree.expression(part.format[0]),
        module.tree.stringValue(part.format[0]) == "s"
      {
        return .text(text)
      }
      if case .integer(let number) = atom, part.format.count == 1,
        let specification = module.tree.stringValue(part.format[0])
      {
        return Self.padded(number, specification).map { .text($0) }
      }
      return nil
    }
  }

  /// An integer under a specification such as `02d` or `d`; nil for others.
  static func padded(_ number: Int, _ specification: String) -> String? {
    guard let last = specification.last, last == "d" || last.isNumber else { return nil }
    let digits = last == "d" ? specification.dropLast() : specification[...]
    if digits.isEmpty { return String(number) }
    guard digits.allSatisfy(\.isNumber), let width = Int(digits), width < 64 else { return nil }
    let text = String(number)
    let fill = digits.first == "0" ? "0" : " "
    return String(repeating: fill, count: max(0, width - text.utf8.count)) + text
  }

  /// Texts put together, all combinations.
  func concatenate(_ values: [PythonValue]) -> PythonValue {
    PythonValue.combine(values) { atoms in
      var parts: [PythonValue.TextPart] = []
      for atom in atoms {
        guard let more = PythonValue.parts(of: atom, wrapping: PythonValue(atom)) else {
          return nil
        }
        parts += more
      }
      return PythonValue.text(of: parts)
    }
  }

  // MARK: Containers

  /// The items of a display; stars of known sequences are expanded.
  func sequence(
    _ items: PythonNodeList, _ kind: PythonValue.SequenceKind, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    var values: [PythonValue] = []
    for item in items {
      if values.count >= 512 { break }
      if case .starred(let inner)? = module.tree.expression(item) {
        let inner = value(inner, module, frame)
        // Of several lists the longest: `[*sudo, "apt-get"]` with `sudo` empty or not.
        let lists = inner.alternatives.compactMap { alternative -> [PythonValue]? in
          if case .list(let more, _) = alternative.atom { more } else { nil }
        }
        if lists.count == inner.alternatives.count,
          let longest = lists.max(by: { $0.count < $1.count })
        {
          values += longest
        } else {
          values.append(PythonValue(.unknown(.computed)))
        }
      } else {
        values.append(value(item, module, frame))
      }
    }
    return PythonValue(.list(values, kind: kind))
  }

  func dictionary(
    _ items: PythonNodeList, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    var entries: [DictionaryValue.Entry] = []
    var isComplete = true
    for item in items {
      if entries.count >= 512 {
        isComplete = false
        break
      }
      switch module.tree.expression(item) {
      case .pair(let key, let inner):
        entries.append(
          .init(key: value(key, module, frame), value: value(inner, module, frame)))
      case .doubleStarred(let inner):
        let inner = value(inner, module, frame)
        if case .dictionary(let more)? = inner.alternatives.first?.atom,
          inner.alternatives.count == 1
        {
          entries += more.entries
          isComplete = isComplete && more.isComplete
        } else {
          isComplete = false
        }
      default: isComplete = false
      }
    }
    return PythonValue(.dictionary(DictionaryValue(entries: entries, isComplete: isComplete)))
  }

  /// A comprehension over one known sequence is worked out item by item; others join.
  func comprehension(
    _ element: PythonNode, _ node: PythonNode, _ kind: PythonValue.SequenceKind,
    _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    let rows = comprehensionFrames(node, module, frame)
    guard let rows else {
      return PythonValue(.list([value(element, module, frame)], kind: kind))
    }
    return PythonValue(.list(rows.map { value(element, module, $0) }, kind: kind))
  }

  func dictionaryComprehension(
    _ key: PythonNode, _ inner: PythonNode, _ node: PythonNode, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    guard let rows = comprehensionFrames(node, module, frame) else {
      let entry = DictionaryValue.Entry(
        key: value(key, module, frame), value: value(inner, module, frame))
      return PythonValue(.dictionary(DictionaryValue(entries: [entry], isComplete: false)))
    }
    return PythonValue(
      .dictionary(
        DictionaryValue(
          entries: rows.map {
            .init(key: value(key, module, $0), value: value(inner, module, $0))
          }, isComplete: true)))
  }

  /// One frame for each item, when the comprehension has one unconditional clause over a known
  /// sequence and a plain target; the frame's arguments shadow the target's binding.
  private func comprehensionFrames(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> [PythonFrame]? {
    let clauses: PythonNodeList
    switch module.tree.expression(node) {
    case .listComprehension(_, let list), .setComprehension(_, let list),
      .generator(_, let list), .dictionaryComprehension(_, _, let list):
      clauses = list
    default: return nil
    }
    guard clauses.count == 1, let scope = module.scopeOfNode[node.index] else { return nil }
    let clause = module.tree.comprehensionClause(clauses[0])
    guard clause.conditions.isEmpty else { return nil }
    let iterable = value(clause.iterable, module, frame)
    guard iterable.alternatives.count == 1 else { return nil }
    guard let items = Self.items(of: iterable.alternatives[0].atom), items.count <= 2_048 else {
      return nil
    }
    var targets: [PythonName] = []
    switch module.tree.expression(clause.target) {
    case .name(let name): targets = [name]
    case .tuple(let names):
      for name in names {
        guard let name = module.tree.identifier(name) else { return nil }
        targets.append(name)
      }
    default: return nil
    }
    let isSingle = module.tree.kind(clause.target) == .name
    return items.map { item in
      var bound = frame?.memo ?? [:]
      for (number, target) in targets.enumerated() {
        guard let binding = module.hasBinding(target, in: scope) else { continue }
        let value = (isSingle ? item : element(number, of: item)).weakened(to: .constant)
        bound[UInt64(module.index) << 32 | UInt64(binding)] = Memo(value: value, touched: [])
      }
      let inner = PythonFrame(
        function: .init(module: module.index, scope: scope), arguments: [:], outer: frame,
        isRound: true)
      inner.memo = bound
      return inner
    }
  }

  /// What iterating over a value gives, in order; nil when that is not known.
  static func items(of atom: PythonValue.Atom) -> [PythonValue]? {
    switch atom {
    case .list(let items, _): items
    case .dictionary(let dictionary) where dictionary.isComplete: dictionary.entries.map(\.key)
    case .text(let text) where text.utf8.count <= 65_536:
      text.unicodeScalars.map { PythonValue(.text(String($0))) }
    case .bytes(let bytes) where bytes.count <= 65_536:
      bytes.map { PythonValue(.integer(Int($0))) }
    default: nil
    }
  }

  /// What a loop over the value binds: all its items joined.
  func elements(of value: PythonValue) -> PythonValue {
    PythonValue.join(
      value.alternatives.map { alternative in
        if let items = Self.items(of: alternative.atom) {
          let joined = items.isEmpty ? .unknown : PythonValue.join(Array(items.prefix(256)))
          return joined.weakened(to: alternative.origin)
        }
        switch alternative.atom {
        case .result(let call, let callee, let path):
          return PythonValue(.result(of: call, callee: callee, path: path + ["[]"]))
        case .dictionary(let dictionary):
          return PythonValue.join(dictionary.entries.map(\.key) + [.unknown])
        case .unknown: return PythonValue([alternative])
        default: return .unknown
        }
      })
  }

  /// The item at a known place.
  func element(_ index: Int, of value: PythonValue) -> PythonValue {
    PythonValue.join(
      value.alternatives.map { alternative in
        if let items = Self.items(of: alternative.atom) {
          let place = index < 0 ? items.count + index : index
          guard items.indices.contains(place) else { return .unknown }
          return items[place].weakened(to: alternative.origin)
        }
        switch alternative.atom {
        case .result(let call, let callee, let path):
          return PythonValue(.result(of: call, callee: callee, path: path + ["[\(index)]"]))
        case .unknown: return PythonValue([alternative])
        default: return .unknown
        }
      })
  }
}
