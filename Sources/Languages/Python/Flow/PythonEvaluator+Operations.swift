extension PythonEvaluator {
  func operationValue(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    switch module.tree.expression(node) {
    case .binary: return binaryChain(node, module, frame)
    case .unary(let operation, let inner):
      let inner = value(inner, module, frame)
      return inner.map { atom in
        switch (operation, atom) {
        case (.not, .bool(let flag)): .bool(!flag)
        case (.not, .none): .bool(true)
        case (.minus, .integer(let number)): .integer(0 &- number)
        case (.plus, .integer): atom
        case (.invert, .integer(let number)): .integer(~number)
        default: nil
        }
      }
    case .boolean(let operation, let operands):
      return boolean(operation, operands, module, frame)
    case .conditional(let test, let body, let orElse):
      switch truth(of: value(test, module, frame)) {
      case true?: return value(body, module, frame)
      case false?: return value(orElse, module, frame)
      case nil:
        return PythonValue.join([value(body, module, frame), value(orElse, module, frame)])
      }
    default: return .unknown
    }
  }

  /// Whether a value certainly counts as true or false.
  func truth(of value: PythonValue) -> Bool? {
    var answer: Bool?
    for alternative in value.alternatives {
      // What a user can change is not certain.
      guard alternative.origin.rank <= 1 else { return nil }
      let one: Bool
      switch alternative.atom {
      case .bool(let flag): one = flag
      case .none: one = false
      case .integer(let number): one = number != 0
      case .text(let text): one = !text.isEmpty
      default: return nil
      }
      if let answer, answer != one { return nil }
      answer = one
    }
    return answer
  }

  /// `a or b`: what is certainly false on the left falls away.
  private func boolean(
    _ operation: PythonOperator, _ operands: PythonNodeList, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    var found: [PythonValue] = []
    for (number, operand) in operands.prefix(64).enumerated() {
      let operand = value(operand, module, frame)
      let isLast = number == operands.count - 1
      let kept = operand.alternatives.filter { alternative in
        let plain = PythonValue(alternative.atom)
        guard !isLast, let truth = truth(of: plain) else { return true }
        return truth == (operation == .or)
      }
      if !kept.isEmpty { found.append(PythonValue(kept)) }
      if let truth = truth(of: operand), truth == (operation == .or) { break }
    }
    return found.isEmpty ? .unknown : PythonValue.join(found)
  }

  /// Left-deep chains of operators are gone through without recursion.
  private func binaryChain(
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    var pending: [(PythonOperator, PythonNode)] = []
    var current = node
    while case .binary(let left, let operation, let right)? = module.tree.expression(current) {
      pending.append((operation, right))
      current = left
      if pending.count > 2_000 { return .limit }
    }
    var result = value(current, module, frame)
    for (operation, right) in pending.reversed() {
      result = binary(result, operation, value(right, module, frame))
    }
    return result
  }

  func binary(_ left: PythonValue, _ operation: PythonOperator, _ right: PythonValue)
    -> PythonValue
  {
    PythonValue.combine([left, right]) { atoms in
      Self.binary(atoms[0], operation, atoms[1])
    }
  }

  private static func binary(
    _ left: PythonValue.Atom, _ operation: PythonOperator, _ right: PythonValue.Atom
  ) -> PythonValue.Atom? {
    switch (operation, left, right) {
    case (.add, .bytes(let first), .bytes(let second)):
      return first.count + second.count <= PythonValue.textLimit ? .bytes(first + second) : nil
    case (.add, .list(let first, let kind), .list(let second, _)):
      return first.count + second.count <= 1_024 ? .list(first + second, kind: kind) : nil
    case (.add, .list(let first, let kind), .unknown), (.add, .list(let first, let kind), .result):
      return .list(first + [PythonValue(right)], kind: kind)
    case (.add, .integer(let first), .integer(let second)):
      let (sum, overflow) = first.addingReportingOverflow(second)
      return overflow ? nil : .integer(sum)
    case (.subtract, .integer(let first), .integer(let second)):
      let (difference, overflow) = first.subtractingReportingOverflow(second)
      return overflow ? nil : .integer(difference)
    case (.bitXor, .integer(let first), .integer(let second)): return .integer(first ^ second)
    case (.bitAnd, .integer(let first), .integer(let second)): return .integer(first & second)
    case (.bitOr, .integer(let first), .integer(let second)): return .integer(first | second)
    case (.modulo, .integer(let first), .integer(let second)):
      guard second > 0 else { return nil }
      let rest = first % second
      return .integer(rest < 0 ? rest + second : rest)
    case (.floorDivide, .integer(let first), .integer(let second)):
      return second > 0 && first >= 0 ? .integer(first / second) : nil
    case (.multiply, .integer(let first), .integer(let second)):
      let (product, overflow) = first.multipliedReportingOverflow(by: second)
      return overflow ? nil : .integer(product)
    case (.multiply, .text(let text), .integer(let count)),
      (.multiply, .integer(let count), .text(let text)):
      guard count > 0 else { return .text("") }
      let (length, overflow) = text.utf8.count.multipliedReportingOverflow(by: count)
      guard !overflow, length <= 4_096 else {
        // Two of them tell what the rest is.
        return PythonValue.text(
          of: [.literal(text), .literal(text), .hole(PythonValue(.unknown(.cut)))])
      }
      return .text(String(repeating: text, count: count))
    case (.divide, .path(let path), _): return joined(path, right)
    case (.divide, .text, .path(let path)), (.divide, .partialText, .path(let path)):
      guard let parts = PythonValue.parts(of: left, wrapping: PythonValue(left)) else { return nil }
      return .path(LocalPath(base: .text, parts: parts + [.literal("/")] + path.parts))
    case (.modulo, .text(let format), _): return percent(format, right)
    case (.modulo, .partialText, _): return .partialText([.hole(PythonValue(left))])
    case (.bitOr, .dictionary(let first), .dictionary(let second)):
      return .dictionary(
        DictionaryValue(
          entries: first.entries + second.entries,
          isComplete: first.isComplete && second.isComplete))
    case (.add, _, _): return sum(left, right)
    case (.divide, .unknown, .text), (.divide, .unknown, .partialText), (.divide, .result, .text),
      (.divide, .result, .partialText):
      // Nothing but a path is divided by text.
      let parts = PythonValue.parts(of: right, wrapping: PythonValue(right)) ?? []
      return .path(
        LocalPath(base: .unknown, parts: [.hole(PythonValue(left)), .literal("/")] + parts))
    default: return nil
    }
  }

  private static func sum(_ left: PythonValue.Atom, _ right: PythonValue.Atom)
    -> PythonValue.Atom?
  {
    let isText = [left, right].contains {
      switch $0 {
      case .text, .partialText: true
      default: false
      }
    }
    if case .path(let path) = left, isText {
      guard let more = PythonValue.parts(of: right, wrapping: PythonValue(right)) else {
        return nil
      }
      return .path(LocalPath(base: path.base, parts: path.parts + more))
    }
    guard isText, let first = PythonValue.parts(of: left, wrapping: PythonValue(left)),
      let second = PythonValue.parts(of: right, wrapping: PythonValue(right))
    else {
      // Unknown plus unknown may be text: what flows in is kept.
      if case .result = left { return left }
      if case .result = right { return right }
      return nil
    }
    return PythonValue.text(of: first + second)
  }

  /// `path / component`.
  static func joined(_ path: LocalPath, _ right: PythonValue.Atom) -> PythonValue.Atom? {
    if case .text(let text) = right, text.hasPrefix("/") {
      return .path(LocalPath(base: .text, parts: [.literal(text)]))
    }
    guard let parts = PythonValue.parts(of: right, wrapping: PythonValue(right)),
      path.parts.count + parts.count < 64
    else { return nil }
    let separator: [PythonValue.TextPart] = path.parts.isEmpty ? [] : [.literal("/")]
    guard case .path(let merged)? = merge(base: path.base, path.parts + separator + parts) else {
      return nil
    }
    return .path(merged)
  }

  /// A path of these parts, neighbouring literals put together.
  static func merge(base: LocalPath.Base, _ parts: [PythonValue.TextPart]) -> PythonValue.Atom? {
    switch PythonValue.text(of: parts) {
    case .text(let text): .path(LocalPath(base: base, parts: text.isEmpty ? [] : [.literal(text)]))
    case .partialText(let parts): .path(LocalPath(base: base, parts: parts))
    default: nil
    }
  }

  /// `"…%s…" % argument`.
  static func percent(_ format: String, _ argument: PythonValue.Atom) -> PythonValue.Atom? {
    var arguments: [PythonValue]
    var named: DictionaryValue?
    switch argument {
    case .list(let items, kind: .tuple): arguments = items
    case .dictionary(let dictionary):
      arguments = []
      named = dictionary
    default: arguments = [PythonValue(argument)]
    }
    var parts: [PythonValue.TextPart] = []
    var literal: [UInt8] = []
    let bytes = Array(format.utf8)
    var index = 0
    func flush() {
      if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "%") else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      index += 1
      guard index < bytes.count else { return nil }
      if bytes[index] == UInt8(ascii: "%") {
        literal.append(bytes[index])
        index += 1
        continue
      }
      var value: PythonValue
      if bytes[index] == UInt8(ascii: "(") {
        guard let close = bytes[index...].firstIndex(of: UInt8(ascii: ")")) else { return nil }
        value = named?[String(decoding: bytes[index + 1..<close], as: UTF8.self)] ?? .unknown
        index = close + 1
      } else {
        guard !arguments.isEmpty else { return nil }
        value = arguments.removeFirst()
      }
      let start = index
      while index < bytes.count,
        !(bytes[index] | 0x20 >= UInt8(ascii: "a")
          && bytes[index] | 0x20 <= UInt8(ascii: "z"))
      { index += 1 }
      guard index < bytes.count else { return nil }
      let isPlain = start == index
      let conversion = bytes[index]
      index += 1
      flush()
      if value.alternatives.count == 1,
        let more = PythonValue.parts(of: value.alternatives[0].atom, wrapping: value),
        isPlain, conversion == UInt8(ascii: "s") || conversion == UInt8(ascii: "d")
      {
        parts += more
      } else if case .integer(let number)? = value.alternatives.first?.atom,
        value.alternatives.count == 1, conversion == UInt8(ascii: "d"),
        let padded = padded(
          number, String(decoding: bytes[start..<index], as: UTF8.self))
      {
        parts.append(.literal(padded))
      } else {
        parts.append(.hole(value))
      }
      if parts.count > 64 { return .unknown(.limit) }
    }
    flush()
    return PythonValue.text(of: parts)
  }

  // MARK: Subscripts

  func subscriptValue(
    _ base: PythonNode, _ index: PythonNode, _ node: PythonNode, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    let base = value(base, module, frame)
    if case .slice(let lower, let upper, let step)? = module.tree.expression(index) {
      return sliced(base, lower, upper, step, module, frame)
    }
    let key = value(index, module, frame)
    return item(key, of: base, module, frame)
  }

  /// `base[key]`.
  func item(
    _ key: PythonValue, of base: PythonValue, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    PythonValue.join(
      base.alternatives.map { alternative in
        let found: PythonValue
        switch alternative.atom {
        case .dictionary(let dictionary): found = lookUp(key, in: dictionary)
        case .list(let items, _):
          let indices = key.alternatives.compactMap { one -> Int? in
            switch one.atom {
            case .integer(let number): number
            case .bool(let flag): flag ? 1 : 0
            default: nil
            }
          }
          if indices.count == key.alternatives.count {
            found = PythonValue.join(
              indices.map { element($0, of: PythonValue([alternative])) })
          } else {
            found = PythonValue.join(Array(items.prefix(256)) + (items.isEmpty ? [.unknown] : []))
          }
        case .text, .bytes:
          if case .integer(let number)? = key.alternatives.first?.atom {
            found = element(number, of: PythonValue([alternative]))
          } else {
            found = .unknown
          }
        case .reference(let callee): found = referenceItem(key, callee, module, frame)
        case .result(let call, let callee, let path):
          let shown = key.text.map { "[\($0)]" } ?? "[]"
          found = PythonValue(.result(of: call, callee: callee, path: path + [shown]))
        case .instance(let callee, _) where callee.isLocal: found = .unknown
        case .instance: found = PythonValue([alternative])
        case .unknown: found = PythonValue([alternative])
        default: found = .unknown
        }
        return found.weakened(to: alternative.origin)
      })
  }

  /// The values under the keys that `key` can be; all of them when it is not known.
  func lookUp(_ key: PythonValue, in dictionary: DictionaryValue) -> PythonValue {
    var found: [PythonValue] = []
    var isKnown = true
    for alternative in key.alternatives {
      switch alternative.atom {
      case .text, .integer, .bool, .none, .bytes:
        let entry = dictionary.entries.last {
          $0.key.alternatives.count == 1 && $0.key.alternatives[0].atom == alternative.atom
        }
        if let entry {
          found.append(entry.value)
        } else if !dictionary.isComplete {
          found.append(.unknown)
        }
      default: isKnown = false
      }
    }
    if !isKnown {
      found += dictionary.entries.prefix(256).map(\.value)
      if !dictionary.isComplete || dictionary.entries.isEmpty { found.append(.unknown) }
    }
    return found.isEmpty ? .unknown : PythonValue.join(found)
  }

  private func referenceItem(
    _ key: PythonValue, _ callee: PythonCallee, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    switch callee.name {
    case "os.environ", "os.environb":
      return PythonValue.join(
        key.texts.map { PythonValue(.unknown(.environment($0))) }
          + (key.isOpen ? [.unknown] : []))
    case "sys.argv": return PythonValue(.unknown(.option("sys.argv")))
    case "sys.modules":
      return PythonValue.join(key.texts.map { moduleReference($0, module) } + [])
    case "globals()":
      guard !key.texts.isEmpty else { return .unknown }
      return PythonValue.join(
        key.texts.map { exported($0, module.index) ?? .unknown })
    case "__builtins__", "builtins", "builtins.__dict__", "__builtins__.__dict__":
      guard !key.texts.isEmpty else { return .unknown }
      return PythonValue.join(key.texts.map { PythonValue(.reference(PythonCallee($0))) })
    case let name where name.hasSuffix(".__dict__") && !key.texts.isEmpty:
      let owner = PythonCallee(String(name.dropLast(9)))
      return PythonValue.join(key.texts.map { member($0, of: owner, module) })
    default:
      // `Generic[T]`, an enumeration by name.
      if let definition = callee.definition, let name = key.text,
        let member = classAttribute(name, definition, depth: 0)
      {
        return member
      }
      return PythonValue(.reference(callee))
    }
  }

  private func sliced(
    _ base: PythonValue, _ lower: PythonNode?, _ upper: PythonNode?, _ step: PythonNode?,
    _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue {
    func bound(_ node: PythonNode?) -> Int?? {
      guard let node else { return .some(nil) }
      let value = value(node, module, frame)
      guard value.alternatives.count == 1 else { return nil }
      switch value.alternatives[0].atom {
      case .integer(let number): return .some(number)
      case .none: return .some(nil)
      default: return nil
      }
    }
    guard let lower = bound(lower), let upper = bound(upper), let step = bound(step) else {
      return base.map { atom in
        switch atom {
        case .result, .unknown: atom
        case .list(let items, _): .list(items, kind: .list)
        default: nil
        }
      }
    }
    if let lower, lower > 0, !base.shareBeginnings(of: lower) {
      // Where names begin otherwise, not each of them is cut.
      return .unknown
    }
    return base.map { atom in
      switch atom {
      case .text(let text):
        TextDecoding.slice(Array(text.unicodeScalars), lower: lower, upper: upper, step: step)
          .map { scalars in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return .text(String(view))
          }
      case .bytes(let bytes):
        TextDecoding.slice(bytes, lower: lower, upper: upper, step: step).map { .bytes($0) }
      case .list(let items, let kind):
        TextDecoding.slice(items, lower: lower, upper: upper, step: step)
          .map { .list($0, kind: kind) }
      case .result, .unknown: atom
      default: nil
      }
    }
  }
}

extension PythonValue {
  /// Whether all texts among the alternatives begin with the same `count` characters.
  fileprivate func shareBeginnings(of count: Int) -> Bool {
    let beginnings = alternatives.compactMap { alternative -> Substring.UnicodeScalarView? in
      guard case .text(let text) = alternative.atom else { return nil }
      return text[...].unicodeScalars.prefix(count)
    }
    guard let first = beginnings.first else { return true }
    return beginnings.allSatisfy { $0.elementsEqual(first) }
  }
}
