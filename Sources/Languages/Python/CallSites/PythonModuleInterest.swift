/// Which names of one module are of interest, as flags by name, and which calls deserve a look.
struct PythonModuleInterest {
  private typealias Flags = PythonInterestNames.Flags

  /// Why a call deserves a look.
  struct Reasons: OptionSet {
    let rawValue: UInt8
    /// What it calls may be of interest.
    static let callee = Self(rawValue: 1)
    /// It passes a function that is.
    static let function = Self(rawValue: 2)
    /// It passes what may be a network address.
    static let address = Self(rawValue: 4)
  }

  private let module: PythonModuleModel
  private var flags: [Flags]
  private let hasStars: Bool
  /// Whether the module speaks of code to generate with.
  private let namesGeneration: Bool
  private let addresses: PythonAddressNames

  /// Methods of sessions, clients and files that fetch, besides the names of interest.
  static let methods: Set<String> = [
    "get", "post", "put", "patch", "request", "stream", "head", "open", "urlopen", "urlretrieve",
    "fetch", "retrieve", "download", "download_file", "send", "read", "get_file", "cat", "cat_file",
    "ls", "glob", "getresponse", "ws_connect", "retrbinary", "connect", "run", "sudo", "system",
    "perform", "use_artifact", "artifact", "restore", "pull", "clone",
  ]
  /// Names that say nothing without knowing whose they are.
  static let genericNames: Set<String> = [
    "load", "loads", "generate", "resolve", "fetch", "compile", "eval", "exec", "getattr",
    "reload", "system", "read", "get", "open", "run", "call", "retrieve", "register",
  ]
  /// Functions of the language: a method of such a name is another thing.
  static let builtinNames: Set<String> = ["eval", "exec", "compile"]
  /// Libraries besides those of interest whose functions of such names count.
  static let genericOwners: Set<String> = [
    "torch", "numpy", "np", "keras", "tensorflow", "tf_keras", "keras_nlp", "keras_hub", "scipy",
    "sklearn", "skimage", "builtins", "__builtins__", "os", "posix", "importlib", "code", "codeop",
    "ast", "types", "shelve", "pandas", "safetensors", "onnxruntime", "onnx", "jax", "flax",
    "lightning", "pytorch_lightning", "monai", "nemo", "espnet2", "speechbrain", "fairseq",
    "detectron2", "mmcv", "mmengine", "xgboost", "catboost", "IPython", "get_ipython()",
    "webbrowser", "biotite", "skops", "hickle", "jsonpickle", "yaml", "zipfile", "tarfile",
    "asyncio",
  ]
  static let dynamic = [
    "__import__", "import_module", "getattr", "globals", "vars", "locals", "partial",
    "attrgetter", "methodcaller", "itemgetter", "eval", "type",
  ]

  init(_ module: PythonModuleModel, _ interest: PythonInterest, _ program: PythonProgramModel) {
    self.module = module
    let tree = module.tree
    var flags = program.interestNames.flags(in: tree)
    for binding in module.bindings {
      switch binding.kind {
      case .module(let alias):
        let name = tree.string(tree.alias(alias).name)
        let top = String(name.prefix { $0 != "." })
        if interest.modules.contains(top)
          || program.names.module(name, from: module.index) != nil
          || program.names.module(top, from: module.index) != nil || Self.seams.contains(top)
        {
          flags[Int(binding.name.index)].insert(.root)
        }
      case .member(let statement, let alias):
        guard case .importFrom(let base, let level, _)? = tree.statement(statement) else {
          continue
        }
        let name = base.map(tree.string) ?? ""
        let top = String(name.prefix { $0 != "." })
        let member = tree.alias(alias).name
        if interest.modules.contains(top) || Self.seams.contains(top)
          || !flags[Int(member.index)].isDisjoint(with: [.wanted, .own])
          || flags[Int(member.index)].contains(.method)
            && program.interestNames.qualifiedModules.contains(top)
        {
          flags[Int(binding.name.index)].insert(.root)
        } else if let target = program.names.absolute(name, level: level, from: module.index),
          let index = program.names.local(target, level: level, from: module.index)
        {
          if let definition = program.modules.definition(of: tree.string(member), in: index) {
            if definition.isClass { flags[Int(binding.name.index)].insert(.owner) }
          } else {
            flags[Int(binding.name.index)].insert(.root)
          }
        } else if level > 0 {
          flags[Int(binding.name.index)].insert(.root)
        }
      default: break
      }
    }
    for scope in module.scopes where scope.kind == .classBody {
      guard let name = scope.name, let bases = scope.bases else { continue }
      let isOfInterest = bases.contains { base in
        Self.root(of: base, tree).map { flags[Int($0.index)].contains(.root) } ?? false
      }
      if isOfInterest { flags[Int(name.index)].insert(.root) }
    }
    for (name, stores) in module.attributeStores {
      let keepsFunction = stores.contains { store in
        switch tree.kind(store.value) {
        case .name, .attribute: !Self.isOfParameter(store.value, module)
        case .lambda, .conditional, .subscript: true
        case .call:
          if case .call(let function, _)? = tree.expression(store.value),
            let last = Self.lastName(function, tree)
          {
            flags[Int(last.index)].contains(.dynamic)
          } else {
            true
          }
        default: false
        }
      }
      if keepsFunction { flags[Int(name.index)].insert(.stored) }
    }
    if tree.name("setattr") != nil {
      for call in module.calls {
        guard case .call(let function, let nodes)? = tree.expression(call), nodes.count == 3,
          Self.lastName(function, tree).map({ tree.string($0) == "setattr" }) == true,
          let text = tree.stringValue(nodes[1]), let name = tree.name(text)
        else { continue }
        flags[Int(name.index)].insert(.stored)
      }
    }
    self.flags = flags
    hasStars = module.scopes.contains { !$0.starImports.isEmpty }
    namesGeneration = tree.name("custom_generate") != nil
    addresses = PythonAddressNames(module)
  }

  /// Whether it is a parameter, or an attribute of one other than `self`: whatever it is, it is
  /// asked for by the name that it is stored under.
  private static func isOfParameter(_ node: PythonNode, _ module: PythonModuleModel) -> Bool {
    var root = node
    var depth = 0
    while case .attribute(let inner, _)? = module.tree.expression(root), depth < 32 {
      root = inner
      depth += 1
    }
    guard let name = module.tree.identifier(root) else { return false }
    return module.nameFlags[Int(name.index)] == .parameter
      && (depth == 0 || module.tree.string(name) != "self")
  }

  /// Modules whose functions lead to code elsewhere.
  private static let seams: Set<String> = [
    "importlib", "builtins", "functools", "operator", "os", "sys", "shutil", "pkgutil", "code",
    "codeop", "types", "zipfile", "tarfile", "asyncio", "concurrent", "threading",
    "multiprocessing", "atexit", "IPython", "setuptools", "distutils",
  ]

  static func lastName(_ node: PythonNode, _ tree: PythonSyntaxTree) -> PythonName? {
    switch tree.expression(node) {
    case .name(let name), .attribute(_, let name): name
    default: nil
    }
  }

  /// Why a call may be one that rules ask for, judged by its form; empty when it cannot.
  func reasons(_ function: PythonNode, _ arguments: PythonNodeList) -> Reasons {
    var found: Reasons = []
    if isWanted(function, arguments), !namesAttribute(function, arguments) {
      found.insert(.callee)
    }
    if passesWanted(arguments) { found.insert(.function) }
    if mayFetch(function), passesAddress(arguments) { found.insert(.address) }
    return found
  }

  /// Whether it is `getattr(object, "name")`: its own call does nothing, whatever is done with it.
  private func namesAttribute(_ function: PythonNode, _ arguments: PythonNodeList) -> Bool {
    guard let name = module.tree.identifier(function), arguments.count >= 2,
      module.tree.kind(arguments[1]) == .string
    else { return false }
    return module.tree.bytes(name).elementsEqual("getattr".utf8)
  }

  /// Whether it is `os.path`.
  private static func isPathFunction(_ owner: PythonNode, _ tree: PythonSyntaxTree) -> Bool {
    tree.slice(owner).elementsEqual("os.path".utf8)
  }

  /// Whether a function that is none of interest may fetch what it is given: no builtin does, and
  /// nothing that shows text or changes a list.
  private func mayFetch(_ function: PythonNode) -> Bool {
    let tree = module.tree
    guard let name = tree.identifier(function) else {
      guard case .attribute(let base, let last)? = tree.expression(function) else { return true }
      return !flags[Int(last.index)].contains(.idle) && !Self.isPathFunction(base, tree)
    }
    return !module.nameFlags[Int(name.index)].isEmpty
      || hasStars && !PythonBuiltins.names.contains(tree.string(name))
  }

  /// Methods that fetch nothing, whoever has them.
  static let idle: Set<String> = [
    "info", "debug", "warning", "warn", "warning_once", "error", "exception", "critical", "log",
    "append", "extend", "insert", "remove", "add", "discard", "update", "setdefault", "items",
    "keys", "values", "join", "format", "startswith", "endswith", "split", "rsplit", "strip",
    "rstrip", "lstrip", "replace", "lower", "upper", "encode", "decode", "count", "index",
    "add_argument", "add_option", "set_defaults", "group", "sub", "match", "search", "findall",
  ]

  /// Methods of arrays, tensors and text that give more of their kind.
  static let arithmetic: Set<String> = [
    "view", "reshape", "repeat", "squeeze", "unsqueeze", "permute", "transpose", "expand",
    "contiguous", "flatten", "masked_fill", "masked_scatter", "type_as", "astype", "tolist", "item",
    "numel", "size", "dim", "mean", "sum", "std", "max", "min", "argmax", "argmin", "sin", "cos",
    "exp", "sqrt", "pow", "abs", "clamp", "round", "float", "half", "double", "int", "long", "bool",
    "to", "cpu", "cuda", "numpy", "detach", "requires_grad_", "backward", "zero_", "fill_", "copy_",
    "capitalize", "title", "isdigit", "isalpha", "isspace", "sort", "reverse", "clear",
  ]

  /// Whether an expression that is called may stand for something that rules ask for.
  func isWanted(_ function: PythonNode, _ arguments: PythonNodeList? = nil) -> Bool {
    let tree = module.tree
    switch tree.expression(function) {
    case .name(let name):
      let flag = flags[Int(name.index)]
      if flag.contains(.wanted) || flag.contains(.root) || flag.contains(.dynamic) { return true }
      let bound = module.nameFlags[Int(name.index)]
      return bound.contains(.assigned) || bound.contains(.parameter)
        || hasStars && bound.isEmpty && !PythonBuiltins.names.contains(tree.string(name))
    case .attribute(let base, let name):
      let flag = flags[Int(name.index)]
      if flag.contains(.wanted), arguments.map({ isIdleGeneration(name, $0) }) != true {
        return true
      }
      var root = base
      var depth = 0
      while case .attribute(let inner, _)? = tree.expression(root), depth < 32 {
        root = inner
        depth += 1
      }
      if flag.contains(.idle), flag.isDisjoint(with: [.method, .stored]),
        tree.kind(root) != .name
      {
        return false
      }
      if case .call(let maker, _)? = tree.expression(root), isRooted(maker) { return true }
      switch tree.expression(root) {
      case .name(let rootName):
        let rootFlag = flags[Int(rootName.index)]
        if rootFlag.contains(.root) || rootFlag.contains(.owner) {
          return depth == 0 || !Self.isPathFunction(base, tree)
        }
        let bound = module.nameFlags[Int(rootName.index)]
        if flag.contains(.stored), depth == 0 { return true }
        if bound.contains(.definition), module.nameFlags[Int(name.index)].contains(.assigned) {
          return true
        }
        guard flag.contains(.method), hasStars || !bound.isEmpty else { return false }
        // `options.get("name")` of a parameter asks a dictionary.
        return depth > 0 || bound != .parameter || arguments.map(tree.looksUpKey) != true
      case .call(let inner, _):
        if flag.contains(.method) { return true }
        return Self.lastName(inner, tree).map {
          flags[Int($0.index)].contains(.dynamic) || flags[Int($0.index)].contains(.root)
        } ?? true
      case .subscript, .conditional, .named, .await, .boolean: return true
      default: return false
      }
    case .call, .subscript, .lambda, .conditional, .named, .boolean: return true
    default: return false
    }
  }

  /// Whether it is `model.generate(…)` that names no code of its own to generate with.
  private func isIdleGeneration(_ name: PythonName, _ arguments: PythonNodeList) -> Bool {
    let tree = module.tree
    guard tree.bytes(name).elementsEqual("generate".utf8) else { return false }
    return !namesGeneration
      || !arguments.contains { argument in
        guard case .keywordArgument(let key, _)? = tree.expression(argument) else {
          return tree.kind(argument) == .doubleStarred
        }
        return tree.bytes(key).elementsEqual("custom_generate".utf8)
      }
  }

  /// Whether a name `a.b.c` begins with a module of interest.
  private func isRooted(_ node: PythonNode) -> Bool {
    Self.root(of: node, module.tree).map { flags[Int($0.index)].contains(.root) } ?? false
  }

  /// The name `a` of `a.b.c`.
  private static func root(of node: PythonNode, _ tree: PythonSyntaxTree) -> PythonName? {
    var root = node
    var depth = 0
    while case .attribute(let inner, _)? = tree.expression(root), depth < 32 {
      root = inner
      depth += 1
    }
    return tree.identifier(root)
  }

  /// Whether a function of interest is handed over: `submit(hf_hub_download, …)`.
  private func passesWanted(_ arguments: PythonNodeList) -> Bool {
    for argument in arguments.prefix(16) {
      var node = argument
      if case .keywordArgument(_, let inner)? = module.tree.expression(node) { node = inner }
      let kind = module.tree.kind(node)
      guard kind == .name || kind == .attribute,
        let last = Self.lastName(node, module.tree)
      else { continue }
      if flags[Int(last.index)].contains(.wanted) { return true }
    }
    return false
  }

  private func passesAddress(_ arguments: PythonNodeList) -> Bool {
    arguments.prefix(16).contains { argument in
      var node = argument
      if case .keywordArgument(_, let inner)? = module.tree.expression(node) { node = inner }
      return addresses.mayBeAddress(node, module.tree)
    }
  }
}

extension PythonSyntaxTree {
  /// Whether the first argument is a plain word: the key of a dictionary, and no address or path.
  func looksUpKey(_ arguments: PythonNodeList) -> Bool {
    guard let first = arguments.first, kind(first) == .string else { return false }
    let source = slice(first)
    return source.count < 66
      && source.allSatisfy {
        $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "\\")
      }
  }
}

extension Collection<UInt8> {
  /// Whether `://` occurs in it.
  var containsAddress: Bool {
    var matched = 0
    for byte in self {
      switch matched {
      case 0: matched = byte == UInt8(ascii: ":") ? 1 : 0
      case 1: matched = byte == UInt8(ascii: "/") ? 2 : byte == UInt8(ascii: ":") ? 1 : 0
      default:
        if byte == UInt8(ascii: "/") { return true }
        matched = byte == UInt8(ascii: ":") ? 1 : 0
      }
    }
    return false
  }
}
