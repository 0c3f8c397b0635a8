import Core
import Languages

/// One thing that a target argument can be, read as its form says.
struct FetchTarget: Equatable {
  /// What is fetched, for people: `org/name`, an address, a catalogue name; `…` stands for the parts
  /// that could not be resolved.
  let text: String
  /// The revision that stands inside the target, if any.
  let revision: String?
  /// How firmly the target by itself is fixed.
  let pinning: Pinning

  init(_ text: String, revision: String? = nil, _ pinning: Pinning) {
    self.text = text
    self.revision = revision
    self.pinning = pinning
  }
}

/// Reads target values.
struct FetchTargetReader {
  let form: TargetForm
  /// The files and folders of the repository, to know what is there already.
  let tree: TreePaths

  /// Every alternative of `value`; an alternative that is None fetches nothing and is left out.
  func targets(of value: PythonValue) -> [FetchTarget] {
    var found: [FetchTarget] = []
    for alternative in value.alternatives {
      for target in targets(of: alternative.atom) where !found.contains(target) {
        found.append(target)
      }
    }
    return found
  }

  private func targets(of atom: PythonValue.Atom) -> [FetchTarget] {
    switch atom {
    case .none, .bool(false), .text(""): return []
    case .text(let text): return [target(text)]
    case .partialText(let parts):
      let text = parts.description
      guard case .literal(let head)? = parts.first, Self.isDecided(head, by: form) else {
        // A hub's name has one slash at most, whatever stands where it is not known.
        if isHub, parts.literalSlashes > 1 { return [FetchTarget(text, .local)] }
        if namesFile(text) { return [FetchTarget(text, .local)] }
        return [FetchTarget(text, .dynamic)]
      }
      let found = target(text)
      // Where the host itself is open, whoever sets it decides what arrives.
      if !found.pinning.isFixed, Address(text)?.host.hasPrefix("…") == true {
        return [FetchTarget(text, .dynamic)]
      }
      return [found]
    case .path(let path):
      let text = path.description
      if form == .remotePath { return [FetchTarget(path.description, .branch)] }
      if path.base != .unknown || isHub && text.utf8.count(where: { $0 == 0x2F }) > 1
        || namesFile(text)
      {
        return [FetchTarget(text, .local)]
      }
      return [FetchTarget(text, .dynamic)]
    case .list(let items, _):
      return items.flatMap { targets(of: $0) }
    case .dictionary(let dictionary):
      return dictionary.entries.flatMap { targets(of: $0.value) }
    case .integer(let number):
      return [FetchTarget(String(number), .branch)]
    case .instance, .reference, .bytes, .number, .bool, .partial:
      return [FetchTarget("…", .dynamic)]
    case .result(_, let callee, _):
      return [FetchTarget("the result of \(callee.first?.name ?? "a call")", .dynamic)]
    case .unknown(let reason):
      return [FetchTarget(reason.description, .dynamic)]
    }
  }

  /// Whether `weights/x.pt` stands where a name of a catalogue is asked for: these are plain names,
  /// those of a hub are `owner/name`.
  private func namesFile(_ text: String) -> Bool {
    form == .catalogueOrFile && text.contains("/") && WeightName.isWeights(text)
  }

  /// Whether targets are names on a hub, which have one slash at most.
  private var isHub: Bool { form == .hub || form == .hubWithRevision }

  /// Whether the beginning of a partly known text decides what kind of target it is.
  private static func isDecided(_ head: String, by form: TargetForm) -> Bool {
    if form == .remotePath { return true }
    if head.isExplicitlyLocal || Address(head) != nil { return true }
    switch form {
    case .address: return false
    case .remotePath: return true
    case .hub, .hubWithRevision, .hubPath, .github: return head.contains("/")
    case .catalogue, .catalogueOrFile, .handle: return true
    }
  }

  /// Reads a text that is a target.
  func target(_ text: String) -> FetchTarget {
    let trimmed = text.trimmingSpaces
    if trimmed.isEmpty { return FetchTarget("", .dynamic) }
    if form == .remotePath { return FetchTarget(trimmed, .branch) }
    if trimmed.isExplicitlyLocal { return FetchTarget(trimmed, .local) }
    if let address = Address(trimmed) {
      return FetchTarget(address.text, revision: address.revision, address.pinning)
    }
    switch form {
    case .address:
      return FetchTarget(trimmed, .local)
    case .hub, .hubWithRevision:
      return hub(trimmed, allowsRevision: form == .hubWithRevision)
    case .hubPath:
      let address = Address("hf://\(trimmed)")
      return FetchTarget(
        trimmed, revision: address?.revision, address?.pinning ?? .branch)
    case .github:
      let parts = trimmed.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return FetchTarget(trimmed, .branch) }
      return FetchTarget(parts[0], revision: parts[1], Revision(parts[1]).pinning)
    case .catalogue, .remotePath:
      return FetchTarget(trimmed, .branch)
    case .catalogueOrFile:
      if tree.contains(trimmed) || trimmed.contains("\\") || Self.namesFolder(trimmed) {
        return FetchTarget(trimmed, .local)
      }
      if namesFile(trimmed) { return FetchTarget(trimmed, .local) }
      return FetchTarget(trimmed, .branch)
    case .handle:
      return handle(trimmed)
    }
  }

  private func hub(_ text: String, allowsRevision: Bool) -> FetchTarget {
    var name = text
    for scheme in ["hf-hub:", "hf_hub:", "local-dir:"] where name.hasPrefix(scheme) {
      name.removeFirst(scheme.count)
      if scheme == "local-dir:" { return FetchTarget(name, .local) }
    }
    if tree.contains(name) { return FetchTarget(name, .local) }
    // A hub's name has at most one slash and never ends in one.
    let slashes = name.utf8.count { $0 == UInt8(ascii: "/") }
    if name.hasSuffix("/") || name.contains("\\") { return FetchTarget(name, .local) }
    // Hubs have names without an owner from their first days alone; nobody can take a new one.
    if slashes == 0, Self.namesFolder(name) || Self.namesFile(name) {
      return FetchTarget(name, .local)
    }
    if slashes > 1, !allowsRevision || !name.contains("@") {
      return FetchTarget(name, .local)
    }
    if allowsRevision, let at = name.lastIndex(of: "@") {
      let revision = String(name[name.index(after: at)...].prefix { $0 != "/" })
      return FetchTarget(String(name[..<at]), revision: revision, Revision(revision).pinning)
    }
    return FetchTarget(name, .branch)
  }

  /// Whether a name of one word speaks of a folder that is filled on the way: `model_cache`,
  /// `checkpoints`.
  private static func namesFolder(_ name: String) -> Bool {
    name.lowercased().split { $0 == "_" || $0 == "-" || $0 == "." }.contains {
      folderWords.contains(String($0))
    }
  }

  /// Whether a name of one word is that of a file beside the code: `pytorch_model.bin`.
  private static func namesFile(_ name: String) -> Bool {
    let suffix = name.split(separator: ".").dropFirst().last ?? ""
    return WeightName.isWeights(name) || ["yaml", "yml", "json", "toml"].contains(suffix)
  }

  private static let folderWords: Set<String> = [
    "cache", "caches", "ckpt", "ckpts", "checkpoint", "checkpoints", "dir", "folder", "model",
    "models",
    "output", "outputs", "results", "runs", "saved", "tmp", "weights",
  ]

  /// A registry's handle: the last component or the part after `:` or `@` is its version.
  private func handle(_ text: String) -> FetchTarget {
    if tree.contains(text) { return FetchTarget(text, .local) }
    if let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].first != "/" {
      let version = String(text[text.index(after: colon)...])
      let isNumbered = version.first == "v" && version.dropFirst().allSatisfy(\.isNumber)
      return FetchTarget(
        text, revision: version, isNumbered && version.count > 1 ? .version : .tag)
    }
    let last = text.split(separator: "/").last.map(String.init) ?? text
    if text.contains("/"), last.allSatisfy(\.isNumber) {
      return FetchTarget(text, revision: last, .version)
    }
    if text.hasPrefix("runs:/") { return FetchTarget(text, .version) }
    if text.hasPrefix("models:/") { return FetchTarget(text, revision: last, .tag) }
    return FetchTarget(text, .branch)
  }
}

extension [PythonValue.TextPart] {
  /// How many slashes are written.
  fileprivate var literalSlashes: Int {
    reduce(0) { count, part in
      if case .literal(let text) = part {
        count + text.utf8.count { $0 == UInt8(ascii: "/") }
      } else {
        count
      }
    }
  }

  /// The known text, with `…` for each hole.
  var description: String {
    map { part in if case .literal(let text) = part { text } else { "…" } }.joined()
  }
}

extension LocalPath {
  /// The path as far as it is known.
  var description: String {
    let text = parts.description
    switch base {
    case .text: return text
    case .moduleFile: return "<this file>/\(text)"
    case .machine(let name): return "<\(name)>/\(text)"
    case .unknown: return "…/\(text)"
    }
  }
}

extension PythonValue.Unknown {
  /// What the value is, for people.
  var description: String {
    switch self {
    case .parameter(_, let name, _): "the parameter `\(name)`"
    case .environment(let name): "the environment variable \(name)"
    case .option(let name): "the option \(name)"
    case .input: "an input"
    case .computed, .calculated, .limit, .more, .cut: "a computed value"
    case .unboundName(let name): "`\(name)`"
    }
  }
}

extension String {
  /// Without spaces and line ends on either side.
  var trimmingSpaces: String {
    var bytes = utf8[...]
    while let first = bytes.first, first == 0x20 || (0x09...0x0D).contains(first) {
      bytes.removeFirst()
    }
    while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) {
      bytes.removeLast()
    }
    return String(bytes) ?? self
  }
}
