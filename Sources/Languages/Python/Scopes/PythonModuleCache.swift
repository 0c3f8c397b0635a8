/// The modules that one evaluator asked for: found without a lock, and kept while it lives.
final class PythonModuleCache {
  private let store: PythonModuleStore
  private var known: [Int: PythonModuleModel] = [:]

  init(_ store: PythonModuleStore) {
    self.store = store
  }

  /// Lets go of all.
  func removeAll() { known.removeAll(keepingCapacity: true) }

  subscript(index: Int) -> PythonModuleModel {
    if let model = known[index] { return model }
    let model = store[index]
    known[index] = model
    return model
  }
}
