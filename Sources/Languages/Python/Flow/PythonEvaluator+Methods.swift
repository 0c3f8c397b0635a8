extension PythonEvaluator {
  /// What a method of a known value gives; nil when the receiver is not such a value.
  func method(
    _ name: String, on receiver: PythonValue.Alternative, _ arguments: PythonArguments,
    _ node: PythonNode, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue? {
    let found: PythonValue
    switch receiver.atom {
    case .text(let text):
      found = textMethod(name, text, arguments)
    case .partialText(let parts):
      found = partialTextMethod(name, parts, receiver, arguments)
    case .bytes(let bytes): found = bytesMethod(name, bytes, arguments)
    case .dictionary(let dictionary):
      guard let value = dictionaryMethod(name, dictionary, arguments) else {
        // A dispatch table's own methods only; what is stored in it is called as it is.
        guard let stored = dictionary[name] else { return .unknown }
        return call(stored, node, arguments, module, frame)
      }
      found = value
    case .list(let items, _): found = listMethod(name, items)
    case .path(let path): found = pathMethod(name, path, receiver, arguments, module)
    case .integer, .number, .bool, .none: found = .unknown
    case .partial(let callee, let given, _) where name == "substitute" || name == "safe_substitute":
      guard let text = substituted(callee, given, arguments) else { return nil }
      found = text
    case .reference(let callee) where callee.name == "globals()":
      guard name == "get" || name == "__getitem__", let key = arguments.positional.first else {
        return nil
      }
      return item(key, of: PythonValue([receiver]), module, frame)
    case .instance(let callee, _) where callee.name == "importlib.metadata.Distribution":
      return nil
    case .instance(let callee, let made):
      guard let made else { return nil }
      return objectMethod(name, callee, made, arguments, module)
    case .result(let call, let callee, let path):
      return resultMethod(name, call, callee, path, arguments, module)
    default: return nil
    }
    return found.weakened(to: receiver.origin)
  }

  // MARK: Text

  private func textMethod(
    _ name: String, _ text: String, _ arguments: PythonArguments
  ) -> PythonValue {
    switch name {
    case "format": return format(text, arguments)
    case "format_map":
      var inner = PythonArguments()
      if case .dictionary(let dictionary)? = arguments.positional.first?.alternatives.first?.atom {
        inner.keywords = dictionary.entries.compactMap { entry in
          entry.key.text.map { KeywordValue($0, entry.value) }
        }
      }
      return format(text, inner)
    case "join":
      guard let first = arguments.positional.first else { return .unknown }
      return first.map { atom in
        guard let items = Self.items(of: atom), items.count <= 4_096 else { return nil }
        var parts: [PythonValue.TextPart] = []
        for (place, item) in items.enumerated() {
          if place > 0, !text.isEmpty { parts.append(.literal(text)) }
          if item.alternatives.count == 1,
            let more = PythonValue.parts(of: item.alternatives[0].atom, wrapping: item)
          {
            parts += more
          } else {
            parts.append(.hole(item))
          }
        }
        return PythonValue.text(of: parts)
      }
    case "encode": return PythonValue(.bytes(Array(text.utf8)))
    case "decode":
      return arguments.positional.first.map { codec in
        codec.map { atom in
          guard case .text(let codec) = atom else { return nil }
          return Self.transcode(.text(text), codec)
        }
      } ?? PythonValue(.text(text))
    case "title", "capitalize", "swapcase", "casefold", "lower", "upper":
      return Self.cased(name, text)
    case "replace":
      return PythonValue.combine(Array(arguments.positional.prefix(2))) { atoms in
        guard atoms.count == 2, case .text(let old) = atoms[0], case .text(let new) = atoms[1]
        else { return nil }
        return Self.replace(old, new, in: text).map { .text($0) }
      }
    case "strip", "lstrip", "rstrip":
      let characters = arguments.positional.first
      if let characters, characters.text == nil, !characters.isNone { return .unknown }
      let set = characters?.text.map { Set($0.unicodeScalars) }
      return PythonValue(.text(Self.strip(name, text, set)))
    case "removeprefix", "removesuffix":
      guard let part = arguments.positional.first?.text else { return .unknown }
      if name == "removeprefix" {
        return PythonValue(.text(text.hasPrefix(part) ? String(text.dropFirst(part.count)) : text))
      }
      return PythonValue(.text(text.hasSuffix(part) ? String(text.dropLast(part.count)) : text))
    case "split", "rsplit", "partition", "rpartition", "splitlines":
      return Self.split(name, text, arguments)
    case "startswith", "endswith":
      guard let part = arguments.positional.first?.text else { return .unknown }
      return PythonValue(.bool(name == "startswith" ? text.hasPrefix(part) : text.hasSuffix(part)))
    case "zfill":
      guard case .integer(let width)? = arguments.positional.first?.alternatives.first?.atom,
        width < 256
      else { return .unknown }
      let count = max(0, width - text.unicodeScalars.count)
      return PythonValue(.text(String(repeating: "0", count: count) + text))
    case "translate":
      guard case .dictionary(let table)? = arguments.positional.first?.alternatives.first?.atom
      else { return .unknown }
      return Self.translate(text, table)
    default: return .unknown
    }
  }

  private static func cased(_ name: String, _ text: String) -> PythonValue {
    switch name {
    case "lower", "casefold": return PythonValue(.text(text.lowercased()))
    case "upper": return PythonValue(.text(text.uppercased()))
    case "capitalize":
      return PythonValue(.text(text.prefix(1).uppercased() + text.dropFirst().lowercased()))
    case "swapcase":
      return PythonValue(
        .text(text.map { $0.isLowercase ? $0.uppercased() : $0.lowercased() }.joined()))
    default: return .unknown
    }
  }

  private static func translate(_ text: String, _ table: DictionaryValue) -> PythonValue {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let entry = table.entries.last { entry in
        guard case .integer(let number)? = entry.key.alternatives.first?.atom else { return false }
        return number == Int(scalar.value)
      }
      guard let entry else {
        result.append(scalar)
        continue
      }
      switch entry.value.alternatives.first?.atom {
      case .integer(let number)?:
        guard let value = UInt32(exactly: number), let scalar = Unicode.Scalar(value) else {
          return .unknown
        }
        result.append(scalar)
      case .text(let text)?: result.append(contentsOf: text.unicodeScalars)
      case PythonValue.Atom.none?: continue
      default: return .unknown
      }
    }
    return PythonValue(.text(String(result)))
  }

  /// `text.replace(old, new)`; nil when the result would be too long.
  private static func replace(_ old: String, _ new: String, in text: String) -> String? {
    let (bytes, pattern, fresh) = (Array(text.utf8), Array(old.utf8), Array(new.utf8))
    guard !pattern.isEmpty else { return nil }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == pattern[0], bytes[index...].starts(with: pattern) {
        result += fresh
        index += pattern.count
      } else {
        result.append(bytes[index])
        index += 1
      }
      if result.count > PythonValue.textLimit { return nil }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func strip(
    _ name: String, _ text: String, _ set: Set<Unicode.Scalar>?
  ) -> String {
    var view = Substring.UnicodeScalarView(text.unicodeScalars)
    func isTaken(_ scalar: Unicode.Scalar) -> Bool {
      set.map { $0.contains(scalar) } ?? TextDecoding.isBlank(scalar)
    }
    if name != "rstrip" { while let first = view.first, isTaken(first) { view.removeFirst() } }
    if name != "lstrip" { while let last = view.last, isTaken(last) { view.removeLast() } }
    return String(Substring(view))
  }

  private static func split(
    _ name: String, _ text: String, _ arguments: PythonArguments
  ) -> PythonValue {
    func list(_ parts: [String], _ kind: PythonValue.SequenceKind = .list) -> PythonValue {
      PythonValue(.list(parts.prefix(4_096).map { PythonValue(.text($0)) }, kind: kind))
    }
    if name == "splitlines" {
      return list(text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init))
    }
    guard let separator = arguments.argument("sep", at: 0), !separator.isNone else {
      return list(text.split { $0.isWhitespace }.map(String.init))
    }
    guard let separator = separator.text, !separator.isEmpty else { return .unknown }
    var limit = Int.max
    if let most = arguments.argument("maxsplit", at: 1) {
      guard case .integer(let number)? = most.alternatives.first?.atom else { return .unknown }
      if number >= 0 { limit = number }
    }
    if name.hasSuffix("partition") { limit = 1 }
    let parts = pieces(
      of: text, separator, limit: limit, isFromEnd: name.hasPrefix("r"))
    if name.hasSuffix("partition") {
      if parts.count == 2 { return list([parts[0], separator, parts[1]], .tuple) }
      return list(name == "partition" ? [text, "", ""] : ["", "", text], .tuple)
    }
    return list(parts)
  }

  private static func pieces(
    of text: String, _ separator: String, limit: Int, isFromEnd: Bool
  ) -> [String] {
    let bytes = Array(text.utf8)
    let pattern = Array(separator.utf8)
    var cuts: [Int] = []
    var index = 0
    while index + pattern.count <= bytes.count {
      if bytes[index] == pattern[0], bytes[index...].starts(with: pattern) {
        cuts.append(index)
        index += pattern.count
      } else {
        index += 1
      }
    }
    let kept = isFromEnd ? cuts.suffix(limit) : cuts.prefix(limit)
    var parts: [String] = []
    var start = 0
    for cut in kept {
      parts.append(String(decoding: bytes[start..<cut], as: UTF8.self))
      start = cut + pattern.count
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts
  }

  private func partialTextMethod(
    _ name: String, _ parts: [PythonValue.TextPart], _ receiver: PythonValue.Alternative,
    _ arguments: PythonArguments
  ) -> PythonValue {
    switch name {
    case "strip", "lstrip", "rstrip", "encode", "decode", "lower", "upper", "replace", "format":
      // What is known of the text may change, that it is text does not.
      let isHarmless = ["strip", "rstrip", "encode", "decode"].contains(name)
      return PythonValue(
        isHarmless ? receiver.atom : .partialText([.hole(PythonValue([receiver]))]))
    default: return PythonValue(.partialText([.hole(PythonValue([receiver]))]))
    }
  }

  /// `text.format(…)`.
  private func format(_ text: String, _ arguments: PythonArguments) -> PythonValue {
    var parts: [PythonValue.TextPart] = []
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    var next = 0
    func flush() {
      if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    var holes: [PythonValue] = []
    while index < bytes.count {
      let byte = bytes[index]
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == byte
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}"), isDoubled {
        literal.append(byte)
        index += 2
        continue
      }
      guard byte == UInt8(ascii: "{") else {
        literal.append(byte)
        index += 1
        continue
      }
      guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else { return .unknown }
      let field = String(decoding: bytes[index + 1..<close], as: UTF8.self)
      index = close + 1
      flush()
      let name = field.prefix { $0 != ":" && $0 != "!" }
      let isPlain = name.count == field.count
      var value: PythonValue
      if name.isEmpty {
        value = next < arguments.positional.count ? arguments.positional[next] : .unknown
        next += 1
      } else if let number = Int(name) {
        value =
          arguments.positional.indices.contains(number)
          ? arguments.positional[number] : .unknown
      } else {
        value =
          arguments.keywords.last { $0.name == name }?.value ?? formatted(String(name), arguments)
      }
      if !isPlain { value = PythonValue(.unknown(.computed)) }
      holes.append(value)
      parts.append(.hole(value))
      if parts.count > 64 { return .limit }
    }
    flush()
    // All combinations of what the fields can be.
    return PythonValue.combine(holes) { atoms in
      var filled: [PythonValue.TextPart] = []
      var place = 0
      for part in parts {
        guard case .hole(let value) = part else {
          filled.append(part)
          continue
        }
        filled += PythonValue.parts(of: atoms[place], wrapping: value) ?? [.hole(value)]
        place += 1
      }
      return PythonValue.text(of: filled)
    }
  }

  /// `{name[key]}` and `{name.attribute}` in a format.
  private func formatted(_ field: String, _ arguments: PythonArguments) -> PythonValue {
    guard let bracket = field.firstIndex(of: "["), field.last == "]" else { return .unknown }
    let name = field[..<bracket]
    let key = String(field[field.index(after: bracket)...].dropLast())
    let base =
      name.isEmpty
      ? arguments.positional.first
      : Int(name).flatMap {
        arguments.positional.indices.contains($0) ? arguments.positional[$0] : nil
      }
        ?? arguments.keywords.last { $0.name == name }?.value
    guard let base, base.alternatives.count == 1 else { return .unknown }
    switch base.alternatives[0].atom {
    case .dictionary(let dictionary): return dictionary[key] ?? .unknown
    case .list: return Int(key).map { element($0, of: base) } ?? .unknown
    default: return .unknown
    }
  }

  // MARK: Bytes, containers, paths

  private func bytesMethod(
    _ name: String, _ bytes: [UInt8], _ arguments: PythonArguments
  ) -> PythonValue {
    switch name {
    case "decode":
      let codec = arguments.argument("encoding", at: 0)?.text ?? "utf-8"
      return Self.transcode(.bytes(bytes), codec).map { PythonValue($0) } ?? .unknown
    case "hex":
      let digits = Array("0123456789abcdef".utf8)
      return PythonValue(
        .text(
          String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)))
    case "join":
      guard let items = arguments.positional.first?.alternatives.first?.atom,
        case .list(let parts, _) = items
      else { return .unknown }
      var result: [UInt8] = []
      for (place, part) in parts.enumerated() {
        guard case .bytes(let more)? = part.alternatives.first?.atom,
          result.count < PythonValue.textLimit
        else { return .unknown }
        if place > 0 { result += bytes }
        result += more
      }
      return PythonValue(.bytes(result))
    case "strip", "rstrip", "lstrip", "replace", "translate", "lower", "upper":
      let text = textMethod(name, String(decoding: bytes, as: UTF8.self), arguments)
      return text.map { atom in
        if case .text(let text) = atom { .bytes(Array(text.utf8)) } else { nil }
      }
    default: return .unknown
    }
  }

  private func dictionaryMethod(
    _ name: String, _ dictionary: DictionaryValue, _ arguments: PythonArguments
  ) -> PythonValue? {
    switch name {
    case "get", "pop", "setdefault", "__getitem__":
      guard let key = arguments.positional.first else { return .unknown }
      let isKnown = key.text.map { dictionary[$0] != nil } ?? false
      let found = lookUp(key, in: dictionary)
      if isKnown { return found }
      let preset =
        arguments.positional.count > 1 ? arguments.positional[1] : PythonValue(.none)
      let isAbsent = key.text != nil && dictionary.isComplete
      return isAbsent ? preset : PythonValue.join([found, preset])
    case "keys": return PythonValue(.list(dictionary.entries.map(\.key), kind: .list))
    case "values": return PythonValue(.list(dictionary.entries.map(\.value), kind: .list))
    case "items":
      return PythonValue(
        .list(
          dictionary.entries.map { PythonValue(.list([$0.key, $0.value], kind: .tuple)) },
          kind: .list))
    case "copy": return PythonValue(.dictionary(dictionary))
    case "update", "clear", "popitem": return PythonValue(.none)
    default: return nil
    }
  }

  private func listMethod(_ name: String, _ items: [PythonValue]) -> PythonValue {
    switch name {
    case "pop": return items.last ?? .unknown
    case "copy": return PythonValue(.list(items, kind: .list))
    default: return .unknown
    }
  }

  private func pathMethod(
    _ name: String, _ path: LocalPath, _ receiver: PythonValue.Alternative,
    _ arguments: PythonArguments, _ module: PythonModuleModel
  ) -> PythonValue {
    switch name {
    case "joinpath", "__truediv__":
      return arguments.positional.reduce(PythonValue([receiver])) { binary($0, .divide, $1) }
    case "resolve", "absolute", "expanduser", "as_posix", "__str__", "__fspath__":
      return PythonValue([receiver])
    case "with_suffix", "with_name", "relative_to", "with_stem":
      return PythonValue(
        .path(LocalPath(base: path.base, parts: path.parts.isEmpty ? [] : [.hole(.unknown)])))
    case "read_text", "read_bytes":
      return fileContent(PythonValue([receiver]), isText: name == "read_text", module)
        ?? downloaded(PythonValue([receiver]), module) ?? sourcesOf(path)
    case "open": return PythonValue([receiver])
    case "read":
      return fileContent(PythonValue([receiver]), isText: true, module)
        ?? downloaded(PythonValue([receiver]), module) ?? sourcesOf(path)
    default:
      return textMethod(name, path.text ?? "", arguments).isOpen
        ? .unknown : textMethod(name, path.text ?? "", arguments)
    }
  }

  /// What the unknown parts of a path come from.
  private func sourcesOf(_ path: LocalPath) -> PythonValue {
    var arguments = PythonArguments()
    arguments.positional = [PythonValue(.path(path))]
    let sources = arguments.sources
    return sources.isEmpty ? .unknown : PythonValue(sources)
  }
}
