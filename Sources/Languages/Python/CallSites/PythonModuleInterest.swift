/// Which names of one module are of interest, as flags by name, and which calls deserve a look.
struct PythonModuleInterest {
  private struct Flags: OptionSet {
    let rawValue: UInt8
    /// A function, method or class that rules ask for.
    static let wanted = Self(rawValue: 1)
    /// A method that is wanted when its receiver is an object of interest.
    static let method = Self(rawValue: 2)
    /// Bound by an import of a module of interest, or of the repository.
    static let root = Self(rawValue: 4)
    /// An attribute that some object of the module keeps a function in.
    static let stored = Self(rawValue: 8)
    /// `getattr`, `__import__` and their kin: what they give is looked at.
    static let dynamic = Self(rawValue: 16)
  }

  private let module: PythonModuleModel
  private var flags: [Flags]
  private let hasStars: Bool
  private let hasAddresses: Bool

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
  private static let dynamic = [
    "__import__", "import_module", "getattr", "globals", "vars", "locals", "partial",
    "attrgetter", "methodcaller", "itemgetter", "eval", "type",
  ]

  init(_ module: PythonModuleModel, _ interest: PythonInterest, _ program: PythonProgramModel) {
    self.module = module
    let tree = module.tree
    var flags = [Flags](repeating: [], count: tree.nameCount)
    func mark(_ names: some Sequence<String>, _ flag: Flags) {
      for name in names { if let found = tree.name(name) { flags[Int(found.index)].insert(flag) } }
    }
    mark(interest.names, .wanted)
    mark(Self.methods, .method)
    mark(Self.dynamic, .dynamic)
    mark(interest.qualified.map { String(PythonCallee($0).last) }, .method)
    let qualifiedModules = Set(interest.qualified.map { String(PythonCallee($0).top) })
    for binding in module.bindings {
      switch binding.kind {
      case .module(let alias):
        let name = tree.string(tree.alias(alias).name)
        let top = String(name.prefix { $0 != "." })
        if interest.modules.contains(top)
          || program.names.module(name, from: module.index) != nil
          || program.names.module(top, from: module.index) != nil || Self.seams.contains(top)
          || qualifiedModules.contains(top)
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
        if level > 0 || interest.modules.contains(top) || Self.seams.contains(top)
          || qualifiedModules.contains(top)
          || flags[Int(member.index)].contains(.wanted)
          || program.names.module(name, from: module.index) != nil
        {
          flags[Int(binding.name.index)].insert(.root)
        }
      default: break
      }
    }
    for (name, stores) in module.attributeStores {
      let keepsFunction = stores.contains { store in
        switch tree.kind(store.value) {
        case .name, .attribute, .lambda, .conditional, .subscript: true
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
    hasAddresses = tree.text.containsAddress
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

  /// Whether a call may be one that rules ask for, judged by its form.
  func deservesLook(_ function: PythonNode, _ arguments: PythonNodeList) -> Bool {
    isWanted(function) || passesWanted(arguments) || hasAddresses && passesAddress(arguments)
  }

  /// Whether an expression that is called may stand for something that rules ask for.
  func isWanted(_ function: PythonNode) -> Bool {
    let tree = module.tree
    switch tree.expression(function) {
    case .name(let name):
      let flag = flags[Int(name.index)]
      if flag.contains(.wanted) || flag.contains(.root) || flag.contains(.dynamic) { return true }
      let bound = module.nameFlags[Int(name.index)]
      return bound.contains(.assigned) || bound.contains(.parameter) || hasStars && bound.isEmpty
    case .attribute(let base, let name):
      let flag = flags[Int(name.index)]
      if flag.contains(.wanted) { return true }
      var root = base
      var depth = 0
      while case .attribute(let inner, _)? = tree.expression(root), depth < 32 {
        root = inner
        depth += 1
      }
      if case .call(let maker, _)? = tree.expression(root), isRooted(maker) { return true }
      switch tree.expression(root) {
      case .name(let rootName):
        let rootFlag = flags[Int(rootName.index)]
        if rootFlag.contains(.root) { return true }
        let bound = module.nameFlags[Int(rootName.index)]
        if flag.contains(.stored), depth == 0 { return true }
        if bound.contains(.definition), module.nameFlags[Int(name.index)].contains(.assigned) {
          return true
        }
        return flag.contains(.method) && (hasStars || !bound.isEmpty)
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

  /// Whether a name `a.b.c` begins with a module of interest.
  private func isRooted(_ node: PythonNode) -> Bool {
    var root = node
    var depth = 0
    while case .attribute(let inner, _)? = module.tree.expression(root), depth < 32 {
      root = inner
      depth += 1
    }
    return module.tree.identifier(root).map { flags[Int($0.index)].contains(.root) } ?? false
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
    let tree = module.tree
    for argument in arguments.prefix(16) {
      var node = argument
      if case .keywordArgument(_, let inner)? = tree.expression(node) { node = inner }
      switch tree.kind(node) {
      case .string, .formattedString, .stringConcatenation, .binary:
        if tree.slice(node).prefix(400).containsAddress { return true }
      case .name, .attribute, .subscript:
        if let name = Self.lastName(node, tree),
          !module.nameFlags[Int(name.index)].contains(.assigned),
          !flags[Int(name.index)].contains(.root)
        {
          continue
        }
        return true
      default: continue
      }
    }
    return false
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
