extension PythonEvaluator {
  /// What a known function of Python's library gives; nil for all others.
  func library(
    _ target: PythonCallee, _ arguments: PythonArguments, _ node: PythonNode,
    _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue? {
    let name = target.name
    let first = arguments.positional.first
    if let known = unpacked(name, arguments) { return known }
    switch target.top {
    case "os", "pathlib", "posixpath", "ntpath", "tempfile", "shutil", "Path", "glob":
      return path(name, arguments, module)
    case "base64", "binascii", "codecs", "bytes", "bytearray", "chr", "ord", "str", "int",
      "reversed", "list", "tuple", "set", "frozenset", "dict", "zip", "enumerate", "range", "map",
      "sorted", "iter", "next", "format", "bool", "repr", "filter", "unichr", "unicode", "max",
      "min", "sum", "len", "hex":
      return builtin(name, arguments, node, module, frame)
    case "json", "yaml", "omegaconf", "tomllib", "toml", "tomli", "ruamel", "hydra":
      return configuration(name, arguments, module)
    default: break
    }
    switch name {
    case "distutils.spawn.find_executable": return first
    case "functools.partial":
      guard let first else { return .unknown }
      return PythonValue(
        .partial(
          callee: first, positional: Array(arguments.positional.dropFirst()),
          keywords: arguments.keywords))
    case "operator.attrgetter", "operator.itemgetter", "operator.methodcaller":
      return PythonValue(
        .partial(
          callee: PythonValue(.reference(PythonCallee("\(name)()"))),
          positional: arguments.positional, keywords: arguments.keywords))
    case "operator.attrgetter()":
      guard arguments.positional.count == 2 else { return .unknown }
      return path(of: arguments.positional[1], arguments.positional[0], module, frame)
    case "operator.itemgetter()":
      guard arguments.positional.count == 2 else { return .unknown }
      return item(arguments.positional[0], of: arguments.positional[1], module, frame)
    case "operator.methodcaller()":
      guard let (callee, rest) = methodCall(arguments, module, frame) else { return .unknown }
      return call(callee, node, rest, module, frame)
    case "operator.add", "operator.concat":
      guard arguments.positional.count == 2 else { return .unknown }
      return binary(arguments.positional[0], .add, arguments.positional[1])
    case "functools.reduce":
      return reduced(arguments, node, module, frame)
    case "operator.getitem":
      guard arguments.positional.count == 2 else { return .unknown }
      return item(arguments.positional[1], of: arguments.positional[0], module, frame)
    case "getattr", "inspect.getattr_static":
      guard let first, arguments.positional.count >= 2 else { return .unknown }
      let found = path(of: first, arguments.positional[1], module, frame)
      return arguments.positional.count > 2 && found.isOpen
        ? PythonValue.join([found, arguments.positional[2]]) : found
    case "importlib.import_module", "__import__", "importlib.__import__", "pydoc.locate",
      "importlib.util.find_spec", "pkgutil.resolve_name":
      guard let first else { return .unknown }
      return imported(first, isTop: name.hasSuffix("__import__"), arguments, module)
    case "globals", "locals": return PythonValue(.reference(PythonCallee("globals()")))
    case "vars":
      guard let first else { return PythonValue(.reference(PythonCallee("globals()"))) }
      return attribute("__dict__", of: first, module, frame)
    case "input", "raw_input", "sys.stdin.read", "sys.stdin.readline":
      return PythonValue(.unknown(.input("typed by the user")))
    case "copy.copy", "copy.deepcopy", "contextlib.closing", "contextlib.nullcontext",
      "contextlib.ExitStack.enter_context", "staticmethod", "classmethod", "functools.wraps",
      "functools.lru_cache", "functools.cache", "io.TextIOWrapper", "io.BufferedReader",
      "asyncio.run", "memoryview":
      return first
    case "typing.cast":
      return arguments.positional.count > 1 ? arguments.positional[1] : .unknown
    case "types.SimpleNamespace", "argparse.Namespace", "collections.OrderedDict",
      "easydict.EasyDict", "addict.Dict", "collections.defaultdict", "types.MappingProxyType",
      "box.Box", "munch.Munch":
      return builtin("dict", arguments, node, module, frame)
    case "super":
      return superclass(node, module)
    case "type" where arguments.positional.count == 1:
      return first.map { value in
        PythonValue.join(
          value.alternatives.map { alternative in
            if case .instance(let callee, _) = alternative.atom {
              return PythonValue(.reference(callee))
            }
            return .unknown
          })
      }
    case "urllib.parse.urljoin", "urlparse.urljoin", "requests.compat.urljoin":
      guard arguments.positional.count >= 2 else { return .unknown }
      return PythonValue.combine(Array(arguments.positional.prefix(2))) { atoms in
        guard case .text(let base) = atoms[0], case .text(let more) = atoms[1] else { return nil }
        if more.contains("://") { return .text(more) }
        let folder = base.hasSuffix("/") ? base : Self.addressFolder(base)
        return .text(more.hasPrefix("/") ? Self.addressHost(base) + more : folder + more)
      }
    case "urllib.parse.unquote", "urllib.parse.unquote_plus", "urllib.unquote":
      return first?.map { atom in
        if case .text(let text) = atom { .text(TextDecoding.unquote(text)) } else { nil }
      }
    case "string.Template":
      return first.map {
        PythonValue(
          .partial(
            callee: PythonValue(.reference(PythonCallee("string.Template()"))),
            positional: [$0], keywords: []))
      }
    case "string.Template()": return nil
    case "open", "io.open", "codecs.open", "gzip.open", "builtins.open": return nil
    default:
      if name.hasPrefix("builtins.") || name.hasPrefix("__builtins__.") {
        let plain = name.drop { $0 != "." }.dropFirst()
        return library(PythonCallee(String(plain)), arguments, node, module, frame)
      }
      return nil
    }
  }

  /// `https://host/a/b` up to its last slash.
  private static func addressFolder(_ address: String) -> String {
    guard let slash = address.lastIndex(of: "/") else { return "" }
    return String(address[...slash])
  }

  private static func addressHost(_ address: String) -> String {
    var slashes = 0
    for index in address.indices where address[index] == "/" {
      slashes += 1
      if slashes == 3 { return String(address[..<index]) }
    }
    return address
  }

  /// `value.a.b`, for a text that names the way.
  func path(
    of value: PythonValue, _ names: PythonValue, _ module: PythonModuleModel,
    _ frame: PythonFrame?
  ) -> PythonValue {
    if names.isOpen {
      // Whatever the name, it is something of that library: `getattr(torchvision.models, name)`.
      let owners = value.references.filter { !$0.isLocal && !$0.name.contains("(") }
      guard !owners.isEmpty, owners.count == value.alternatives.count else { return .unknown }
      return PythonValue.join(owners.map { PythonValue(.reference($0.member("?"))) })
    }
    return PythonValue.join(
      names.texts.map { text in
        var result = value
        for part in text.split(separator: ".").prefix(8) {
          result = attribute(String(part), of: result, module, frame)
        }
        return result
      })
  }

  /// The callee and arguments of `operator.methodcaller(name, …)(object)`.
  func methodCall(
    _ arguments: PythonArguments, _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> (PythonValue, PythonArguments)? {
    guard arguments.positional.count >= 2, let name = arguments.positional.first?.text,
      let object = arguments.positional.last
    else { return nil }
    var rest = arguments
    rest.positional = Array(arguments.positional.dropFirst().dropLast())
    rest.isWhole = true
    return (attribute(name, of: object, module, frame), rest)
  }

  private func imported(
    _ names: PythonValue, isTop: Bool, _ arguments: PythonArguments, _ module: PythonModuleModel
  ) -> PythonValue {
    PythonValue.join(
      names.alternatives.map { alternative in
        guard case .text(var text) = alternative.atom else {
          if case .unknown = alternative.atom { return PythonValue([alternative]) }
          return .unknown
        }
        let level = text.prefix { $0 == "." }.count
        if level > 0 {
          text = String(text.dropFirst(level))
          guard let full = program.names.absolute(text, level: level, from: module.index) else {
            return .unknown
          }
          text = full
        }
        let hasList =
          arguments.keywords.contains { $0.name == "fromlist" }
          || arguments.positional.count > 3
        if isTop, !hasList, let dot = text.firstIndex(of: ".") { text = String(text[..<dot]) }
        return moduleReference(text, module)
      })
  }

  /// `super()`: the object seen as one of its bases.
  private func superclass(_ node: PythonNode, _ module: PythonModuleModel) -> PythonValue {
    guard let function = module.function(around: module.place(of: node).scope),
      let owner = module.classScope(ofMethod: function)
    else { return .unknown }
    let found = baseClasses(.init(module: module.index, scope: owner)).map { base in
      PythonValue(.instance(of: base, made: nil))
    }
    return found.isEmpty ? .unknown : PythonValue.join(found)
  }

  // MARK: Builtins and codecs

  private func builtin(
    _ name: String, _ arguments: PythonArguments, _ node: PythonNode,
    _ module: PythonModuleModel, _ frame: PythonFrame?
  ) -> PythonValue? {
    let first = arguments.positional.first
    switch name {
    case "base64.b64decode", "base64.standard_b64decode", "base64.decodebytes",
      "base64.decodestring", "binascii.a2b_base64":
      return decoded(first) { TextDecoding.base64($0, isURLSafe: false) }
    case "base64.urlsafe_b64decode":
      return decoded(first) { TextDecoding.base64($0, isURLSafe: true) }
    case "base64.b32decode": return decoded(first) { TextDecoding.base32($0) }
    case "base64.b16decode", "bytes.fromhex", "bytearray.fromhex", "binascii.unhexlify",
      "binascii.a2b_hex":
      return decoded(first) { TextDecoding.hex($0) }
    case "codecs.decode", "codecs.encode":
      guard arguments.positional.count > 1, let codec = arguments.positional[1].text else {
        return first
      }
      return first?.map { Self.transcode($0, codec) }
    case "bytes", "bytearray":
      return first.map { value in
        value.map { atom in
          switch atom {
          case .list(let items, _): Self.bytes(of: items).map { .bytes($0) }
          case .text(let text): .bytes(Array(text.utf8))
          case .bytes, .result: atom
          default: nil
          }
        }
      }
    case "chr", "unichr":
      return first?.map { atom in
        guard case .integer(let number) = atom, let value = UInt32(exactly: number),
          let scalar = Unicode.Scalar(value)
        else { return nil }
        return .text(String(Character(scalar)))
      }
    case "ord":
      return first?.map { atom in
        switch atom {
        case .text(let text):
          text.unicodeScalars.count == 1
            ? text.unicodeScalars.first.map { .integer(Int($0.value)) } : nil
        case .bytes(let bytes): bytes.count == 1 ? .integer(Int(bytes[0])) : nil
        default: nil
        }
      }
    case "str", "unicode", "format":
      guard let first else { return PythonValue(.text("")) }
      return first.map { atom in
        switch atom {
        case .bytes(let bytes) where arguments.positional.count > 1 || !arguments.keywords.isEmpty:
          .text(String(decoding: bytes, as: UTF8.self))
        case .integer(let number): .text(String(number))
        case .bool(let flag): .text(flag ? "True" : "False")
        case .none: .text("None")
        case .bytes, .list, .dictionary: nil
        default: atom
        }
      }
    case "int", "bool":
      return first?.map { atom in
        switch atom {
        case .text(let text): name == "int" ? Int(text).map { .integer($0) } : .bool(!text.isEmpty)
        case .integer(let number): name == "int" ? atom : .bool(number != 0)
        case .bool(let flag): name == "bool" ? atom : .integer(flag ? 1 : 0)
        case .unknown: atom
        default: nil
        }
      }
    case "len":
      return first?.map { atom in
        Self.items(of: atom).map { .integer($0.count) }
      }
    case "reversed", "list", "tuple", "set", "frozenset", "iter", "sorted":
      guard let first else {
        return name == "reversed" ? .unknown : PythonValue(.list([], kind: Self.kind(name)))
      }
      return first.map { atom in
        if case .result = atom { return atom }
        guard let items = Self.items(of: atom) else { return nil }
        return .list(name == "reversed" ? items.reversed() : items, kind: Self.kind(name))
      }
    case "next":
      return first.map { element(0, of: $0) }
    case "dict", "dict.fromkeys":
      return dictionary(arguments)
    case "enumerate":
      return first?.map { atom in
        guard let items = Self.items(of: atom) else { return nil }
        return .list(
          items.enumerated().map { place, item in
            PythonValue(.list([PythonValue(.integer(place)), item], kind: .tuple))
          }, kind: .list)
      }
    case "zip":
      let columns = arguments.positional.compactMap { value -> [PythonValue]? in
        value.alternatives.count == 1 ? Self.items(of: value.alternatives[0].atom) : nil
      }
      guard columns.count == arguments.positional.count, let count = columns.map(\.count).min()
      else { return .unknown }
      return PythonValue(
        .list(
          (0..<min(count, 512)).map { row in
            PythonValue(.list(columns.map { $0[row] }, kind: .tuple))
          }, kind: .list))
    case "range", "xrange": return range(arguments)
    case "map":
      guard arguments.positional.count == 2 else { return .unknown }
      return arguments.positional[1].map { atom in
        guard let items = Self.items(of: atom), items.count <= 4_096 else { return nil }
        return .list(
          items.map { item in
            var inner = PythonArguments()
            inner.positional = [item]
            return call(arguments.positional[0], node, inner, module, frame)
          }, kind: .list)
      }
    case "filter", "max", "min", "sum": return nil
    default: return nil
    }
  }

  private static func kind(_ name: String) -> PythonValue.SequenceKind {
    switch name {
    case "tuple": .tuple
    case "set", "frozenset": .set
    default: .list
    }
  }

  private func range(_ arguments: PythonArguments) -> PythonValue {
    let numbers = arguments.positional.compactMap { value -> Int? in
      if value.alternatives.count == 1, case .integer(let number) = value.alternatives[0].atom {
        return number
      }
      return nil
    }
    guard numbers.count == arguments.positional.count, !numbers.isEmpty, numbers.count <= 3 else {
      return .unknown
    }
    let start = numbers.count == 1 ? 0 : numbers[0]
    let end = numbers.count == 1 ? numbers[0] : numbers[1]
    let step = numbers.count == 3 ? numbers[2] : 1
    guard step != 0 else { return .unknown }
    var items: [PythonValue] = []
    var current = start
    while step > 0 ? current < end : current > end {
      if items.count >= 4_096 { return .limit }
      items.append(PythonValue(.integer(current)))
      let (next, overflow) = current.addingReportingOverflow(step)
      if overflow { break }
      current = next
    }
    return PythonValue(.list(items, kind: .list))
  }

  private func dictionary(_ arguments: PythonArguments) -> PythonValue {
    var entries: [DictionaryValue.Entry] = []
    var isComplete = !arguments.hasOpenKeywords && !arguments.hasOpenPositionals
    if let first = arguments.positional.first {
      switch first.alternatives.count == 1 ? first.alternatives[0].atom : .unknown(.computed) {
      case .dictionary(let dictionary):
        entries = dictionary.entries
        isComplete = isComplete && dictionary.isComplete
      case .list(let items, _):
        for item in items {
          if case .list(let pair, _)? = item.alternatives.first?.atom, pair.count == 2 {
            entries.append(.init(key: pair[0], value: pair[1]))
          } else {
            isComplete = false
          }
        }
      default: isComplete = false
      }
    }
    entries += arguments.keywords.map { .init(key: PythonValue(.text($0.name)), value: $0.value) }
    return PythonValue(.dictionary(DictionaryValue(entries: entries, isComplete: isComplete)))
  }

  private func decoded(
    _ value: PythonValue?, _ body: (any Collection<UInt8>) -> [UInt8]?
  ) -> PythonValue {
    guard let value else { return .unknown }
    return value.map { atom in
      switch atom {
      case .text(let text): body(text.utf8).map { .bytes($0) }
      case .bytes(let bytes): body(bytes).map { .bytes($0) }
      case .result, .unknown: atom
      default: nil
      }
    }
  }

  /// The bytes that a list of small integers stands for.
  static func bytes(of items: [PythonValue]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for item in items {
      guard item.alternatives.count == 1, case .integer(let number) = item.alternatives[0].atom,
        let byte = UInt8(exactly: number)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// `codecs.decode(value, codec)`.
  static func transcode(_ atom: PythonValue.Atom, _ codec: String) -> PythonValue.Atom? {
    let codec = codec.lowercased().filter { $0 != "-" && $0 != "_" }
    switch (codec, atom) {
    case ("rot13", .text(let text)), ("rot", .text(let text)):
      return .text(TextDecoding.rot13(text))
    case ("hex", .text(let text)), ("hexcodec", .text(let text)):
      return TextDecoding.hex(text.utf8).map { .bytes($0) }
    case ("hex", .bytes(let bytes)), ("hexcodec", .bytes(let bytes)):
      return TextDecoding.hex(bytes).map { .bytes($0) }
    case ("base64", .bytes(let bytes)), ("base64codec", .bytes(let bytes)):
      return TextDecoding.base64(bytes, isURLSafe: false).map { .bytes($0) }
    case (_, .text(let text)) where ["utf8", "ascii", "latin1"].contains(codec):
      return .bytes(Array(text.utf8))
    case (_, .bytes(let bytes)) where ["utf8", "ascii"].contains(codec):
      return .text(String(decoding: bytes, as: UTF8.self))
    case ("latin1", .bytes(let bytes)), ("iso88591", .bytes(let bytes)):
      return .text(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })))
    case (_, .result): return atom
    default: return nil
    }
  }
}
