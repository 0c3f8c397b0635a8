import Core
import Synchronization

/// All modules, ready to be asked.
final class PythonProgramModel: Sendable {
  let modules: PythonModuleStore
  let names: PythonModuleIndex
  let files: PythonRepositoryFiles
  /// How many expressions evaluators looked at so far.
  private let work = Mutex(0)
  /// Last names of functions and methods of libraries whose results matter to somebody.
  let followed: Set<String>
  let interestNames: PythonInterestNames
  private let knownStarTargets = Mutex<[Int: [Int]]>([:])

  /// - Parameter known: a model of the same modules, but for some at the end.
  init(
    _ sources: [PythonModuleSource], files: PythonRepositoryFiles, _ interest: PythonInterest,
    extending known: PythonProgramModel? = nil
  ) {
    followed = interest.names.union(PythonModuleInterest.methods).union(interest.ownNames)
      .union(interest.qualified.map { String(PythonCallee($0).last) })
    interestNames = known?.interestNames ?? PythonInterestNames(interest)
    modules = PythonModuleStore(sources, extending: known?.modules)
    self.files = files
    names = PythonModuleIndex(sources)
  }

  /// Notes that an evaluator looked at so many expressions.
  func note(steps: Int) { work.withLock { $0 += steps } }

  /// How many expressions the evaluators that are done looked at.
  var steps: Int { work.withLock { $0 } }

  /// The modules of the repository all of whose names a module takes over, in order.
  func starTargets(of index: Int) -> [Int] {
    if let known = knownStarTargets.withLock({ $0[index] }) { return known }
    let module = modules[index]
    let found = module.scopes[0].starImports.compactMap { statement -> Int? in
      guard case .importFrom(let base, let level, _)? = module.tree.statement(statement),
        let target = names.absolute(base.map(module.tree.string) ?? "", level: level, from: index)
      else { return nil }
      let next = names.local(target, level: level, from: index)
      return next == index ? nil : next
    }
    knownStarTargets.withLock { $0[index] = found }
    return found
  }
}

/// The repository's files as code sees them: by path.
struct PythonRepositoryFiles: Sendable {
  private let sources: [SourceFile]
  private let byPath: [String: Int]

  init(_ sources: [SourceFile]) {
    self.sources = sources
    var byPath: [String: Int] = [:]
    for (index, source) in sources.enumerated() { byPath[source.path.description] = index }
    self.byPath = byPath
  }

  /// The file that code in `module` means by `text`: below the root, or beside the module.
  func file(_ text: String, from module: PythonModuleModel, isBesideModule: Bool) -> SourceFile? {
    let folder = module.source.path.parent?.description ?? ""
    let root = Self.normalise(text)
    let beside = Self.normalise(folder.isEmpty ? text : "\(folder)/\(text)")
    let candidates = isBesideModule ? [beside] : [root, beside]
    for case let candidate? in candidates {
      if let index = byPath[candidate], sources[index].isWhole { return sources[index] }
    }
    return nil
  }

  /// Whether the tree has a file or folder of this path.
  func contains(_ text: String) -> Bool {
    guard let path = Self.normalise(text) else { return false }
    return byPath[path] != nil
  }

  /// `a/./b/../c` as `a/c`; nil when it leaves the root or is absolute.
  static func normalise(_ text: String) -> String? {
    guard !text.hasPrefix("/"), text.utf8.count < 4_096 else { return nil }
    var parts: [Substring] = []
    for part in text.split(separator: "/") {
      if part == "." { continue }
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
