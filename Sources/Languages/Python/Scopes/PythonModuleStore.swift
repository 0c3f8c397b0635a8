import Synchronization

/// The modules of a program by index, parsed when they are asked for.
///
/// Syntax trees take several times the space of their text. The store keeps those that were used
/// last and parses the others anew: what a module is depends on its text alone, so nobody can tell.
final class PythonModuleStore: Sendable {
  let sources: [PythonModuleSource]
  private let state: Mutex<State>

  private struct State {
    var models: [PythonModuleModel?]
    /// When each model was last asked for.
    var uses: [Int]
    var clock = 0
    /// The size of all models, in bytes, roughly.
    var size = 0
    var digests: [[UInt32]?]
    /// Those of the names that are read, rather than only given to something.
    var readDigests: [[UInt32]?]
    /// What modules define once and for all at their top, by name.
    var definitions: [[String: Definition]?]
  }

  /// What a name at the top of a module stands for when nothing else gives it a value.
  struct Definition: Sendable {
    let scope: Int
    let isClass: Bool
  }

  /// How many bytes of models are kept.
  private static let limit = 64 << 20

  /// - Parameter known: a store of the same modules, but for some at the end.
  init(_ sources: [PythonModuleSource], extending known: PythonModuleStore? = nil) {
    self.sources = sources
    if let known {
      var state = known.state.withLock { $0 }
      let more = sources.count - state.models.count
      state.models += Array(repeating: nil, count: more)
      state.uses += Array(repeating: 0, count: more)
      state.digests += Array(repeating: nil, count: more)
      state.readDigests += Array(repeating: nil, count: more)
      state.definitions += Array(repeating: nil, count: more)
      self.state = Mutex(state)
      return
    }
    state = Mutex(
      State(
        models: Array(repeating: nil, count: sources.count),
        uses: Array(repeating: 0, count: sources.count),
        digests: Array(repeating: nil, count: sources.count),
        readDigests: Array(repeating: nil, count: sources.count),
        definitions: Array(repeating: nil, count: sources.count)))
  }

  var count: Int { sources.count }

  subscript(index: Int) -> PythonModuleModel {
    let known = state.withLock { state in
      state.clock += 1
      state.uses[index] = state.clock
      return state.models[index]
    }
    if let known { return known }
    let source = sources[index]
    let tree = source.parsed()
    let model = PythonModuleModel(
      index: index, source: source, tree: tree, binder: PythonBinder(tree))
    let digest = tree.nameDigests
    let readDigest = tree.readDigests
    let definitions = model.definitions
    return state.withLock { state in
      // Another thread may have been quicker.
      if let known = state.models[index] { return known }
      state.models[index] = model
      state.digests[index] = digest
      state.readDigests[index] = readDigest
      state.definitions[index] = definitions
      state.size += model.size
      if state.size > Self.limit { Self.shrink(&state, sparing: index) }
      return model
    }
  }

  /// Lets go of the models that were not used for the longest time.
  private static func shrink(_ state: inout State, sparing index: Int) {
    let order = state.models.indices.filter { $0 != index && state.models[$0] != nil }
      .sorted { state.uses[$0] < state.uses[$1] }
    for oldest in order where state.size > limit / 4 * 3 {
      state.size -= state.models[oldest]?.size ?? 0
      state.models[oldest] = nil
    }
  }

  /// Whether a module may read one of these names, given as `PythonNameTable.digest(of:)`; a module
  /// that was never parsed may read any.
  func mayRead(_ digests: [UInt32], in index: Int) -> Bool {
    guard let known = state.withLock({ $0.readDigests[index] }) else { return true }
    return digests.contains { Self.contains($0, known) }
  }

  /// Whether a module may have the name with this digest.
  func mayHave(_ digest: UInt32, in index: Int) -> Bool {
    guard let known = state.withLock({ $0.digests[index] }) else { return true }
    return Self.contains(digest, known)
  }

  /// What the module defines under a name to which it gives no other value.
  func definition(of name: String, in index: Int) -> Definition? {
    if let known = state.withLock({ $0.definitions[index] }) { return known[name] }
    return self[index].definitions[name]
  }

  /// The same, without a look at a module that was never parsed.
  func knownDefinition(of name: String, in index: Int) -> Definition? {
    state.withLock { $0.definitions[index]?[name] }
  }

  private static func contains(_ digest: UInt32, _ known: [UInt32]) -> Bool {
    var low = 0
    var high = known.count
    while low < high {
      let middle = (low + high) / 2
      if known[middle] < digest { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low] == digest
  }
}

extension PythonSyntaxTree {
  /// The digests of the file's names, in order.
  fileprivate var nameDigests: [UInt32] { names.digests.sorted() }

  /// Those of the names that some expression reads, and of those that imports rename.
  fileprivate var readDigests: [UInt32] {
    var isRead = [Bool](repeating: false, count: nameCount)
    for index in records.indices {
      let node = PythonNode(index: UInt32(truncatingIfNeeded: index))
      switch kind(node) {
      case .name, .attribute:
        if let name = PythonModuleInterest.lastName(node, self) { isRead[Int(name.index)] = true }
      case .alias:
        let alias = alias(node)
        if alias.asName != nil { isRead[Int(alias.name.index)] = true }
      default: break
      }
    }
    let digests = names.digests
    return isRead.indices.filter { isRead[$0] }.map { digests[$0] }.sorted()
  }
}

extension PythonModuleModel {
  fileprivate var definitions: [String: PythonModuleStore.Definition] {
    var found: [String: PythonModuleStore.Definition] = [:]
    for (index, binding) in bindings.enumerated() where binding.scope == 0 {
      let definition: PythonModuleStore.Definition
      switch binding.kind {
      case .function(let scope):
        // A decorator may have put something else in its place.
        guard scopes[scope].decorators?.isEmpty ?? true else { continue }
        definition = .init(scope: scope, isClass: false)
      case .classDefinition(let scope): definition = .init(scope: scope, isClass: true)
      default: continue
      }
      guard older[index] < 0, let newest = hasBinding(binding.name, in: 0), Int(newest) == index
      else { continue }
      found[tree.string(binding.name)] = definition
    }
    return found
  }

  /// How many bytes it takes without its text, roughly.
  fileprivate var size: Int {
    tree.records.count * 20 + tree.links.count * 4 + nameFlags.count * 40 + bindings.count * 96
      + blocks.count * 96 + scopes.count * 240 + calls.count * 4
  }
}
