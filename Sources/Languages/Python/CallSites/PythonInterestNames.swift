/// The names that an interest speaks of, and what each of them means: looked up for every name of
/// every module, so by the digests that modules keep of their names.
///
/// Names can share a digest: then a call is looked into for nothing.
struct PythonInterestNames: Sendable {
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt16
    /// A function, method or class that rules ask for.
    static let wanted = Self(rawValue: 1)
    /// A method that is wanted when its receiver is an object of interest.
    static let method = Self(rawValue: 2)
    /// Bound by an import of a module of interest, or of one of the repository.
    static let root = Self(rawValue: 4)
    /// An attribute that some object of the module keeps a function in.
    static let stored = Self(rawValue: 8)
    /// `getattr`, `__import__` and their kin: what they give is looked at.
    static let dynamic = Self(rawValue: 16)
    /// A class of another module of the repository: its members may be of interest.
    static let owner = Self(rawValue: 32)
    /// A method that fetches nothing, whoever has it.
    static let idle = Self(rawValue: 64)
    /// A function that counts where the repository brings a copy of its library.
    static let own = Self(rawValue: 128)
  }

  private var known: [UInt32: Flags] = [:]
  /// Names that mean something in certain libraries only, with these.
  private var owners: [UInt32: Set<String>] = [:]
  /// The top-level modules of functions that count by their full names.
  let qualifiedModules: Set<String>

  init(_ interest: PythonInterest) {
    qualifiedModules = Set(interest.qualified.map { String(PythonCallee($0).top) })
    for name in interest.names {
      let digest = PythonNameTable.digest(of: name)
      owners[digest] = interest.owners[name]
      known[digest, default: []].insert(.wanted)
    }
    mark(interest.ownNames, .own)
    mark(PythonModuleInterest.methods, .method)
    mark(interest.qualified.map { String(PythonCallee($0).last) }, .method)
    mark(PythonModuleInterest.dynamic, .dynamic)
    mark(PythonModuleInterest.idle, .idle)
    mark(PythonModuleInterest.arithmetic, .idle)
  }

  private mutating func mark(_ names: some Sequence<String>, _ flag: Flags) {
    for name in names { known[PythonNameTable.digest(of: name), default: []].insert(flag) }
  }

  /// What the names of a module mean, by their numbers.
  func flags(in tree: PythonSyntaxTree) -> [Flags] {
    tree.names.digests.map { digest in
      guard var flags = known[digest] else { return [] }
      if let owners = owners[digest], !flags.contains(.own),
        !owners.contains(where: { tree.name($0) != nil })
      {
        // Without a word of its library it counts for objects of interest only; but the library
        // itself need not speak of itself.
        flags.remove(.wanted)
        flags.insert(.method)
      }
      return flags
    }
  }
}
