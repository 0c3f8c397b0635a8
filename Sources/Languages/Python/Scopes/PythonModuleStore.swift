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
  }

  /// How many bytes of models are kept.
  private static let limit = 96 << 20

  init(_ sources: [PythonModuleSource]) {
    self.sources = sources
    state = Mutex(
      State(
        models: Array(repeating: nil, count: sources.count),
        uses: Array(repeating: 0, count: sources.count),
        digests: Array(repeating: nil, count: sources.count)))
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
    return state.withLock { state in
      // Another thread may have been quicker.
      if let known = state.models[index] { return known }
      state.models[index] = model
      state.digests[index] = digest
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

  /// Whether a module may have one of these names, given as `PythonNameTable.digest(of:)`; a module
  /// that was never parsed may have any.
  func mayHave(_ digests: [UInt32], in index: Int) -> Bool {
    guard let known = state.withLock({ $0.digests[index] }) else { return true }
    return digests.contains { Self.contains($0, known) }
  }

  /// Whether a module may have the name with this digest.
  func mayHave(_ digest: UInt32, in index: Int) -> Bool {
    guard let known = state.withLock({ $0.digests[index] }) else { return true }
    return Self.contains(digest, known)
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
}

extension PythonModuleModel {
  /// How many bytes it takes without its text, roughly.
  fileprivate var size: Int {
    tree.records.count * 20 + tree.links.count * 4 + nameFlags.count * 40 + bindings.count * 96
      + blocks.count * 96 + scopes.count * 240 + calls.count * 4
  }
}
