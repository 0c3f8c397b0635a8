package import Core

/// All Python of a repository, analysed once.
package struct PythonProgram: Sendable {
  /// A file, a notebook (its cells in order), a member of a wheel, a fence of a document.
  package struct Module: Sendable {
    package enum Kind: Hashable, Sendable {
      case file, notebook
      /// The Python fences of a Markdown document, as one module.
      case documentation
      /// Executed or imported in an unusual way, whatever its name.
      case executedData
    }

    package let path: RelativePath
    /// The dotted name under which the repository's code imports it.
    package let name: String
    package let kind: Kind

    package init(path: RelativePath, name: String, kind: Kind) {
      self.path = path
      self.name = name
      self.kind = kind
    }
  }

  /// Python that could not be understood.
  package struct Damage: Hashable, Sendable {
    package let location: Location
    /// Lower case, no full stop: what is wrong.
    package let reason: String
    /// Whether nothing is wrong with the text: it takes more work than one file may.
    package let isBound: Bool

    package init(location: Location, reason: String, isBound: Bool = false) {
      self.location = location
      self.reason = reason
      self.isBound = isBound
    }
  }

  /// Shell text found in Python: an argument of `os.system` and its kin, a notebook's `!` line.
  package struct ShellText: Sendable {
    package let fragment: ShellFragment
    package let location: Location
    package let context: ExecutionContext
    /// The call that runs it, for texts from calls.
    package let call: CallReference?

    package init(
      fragment: ShellFragment, location: Location, context: ExecutionContext, call: CallReference?
    ) {
      self.fragment = fragment
      self.location = location
      self.context = context
      self.call = call
    }
  }

  package let modules: [Module]
  /// Every call whose callee is of interest, direct ones first in source order, then derived ones.
  package let calls: [CallSite]
  package let events: [PythonEvent]
  package let shell: [ShellText]
  package let damage: [Damage]
  /// Text that does not run as it reads.
  package let deceptions: [PythonDeception]
  /// How many expressions were looked at: grows with the text, not faster.
  package let steps: Int

  private let byLastName: [Substring: [Int]]
  private let byReference: [CallReference: Int]
  private let byOrigin: [Int: [Int]]

  package init(
    modules: [Module], calls: [CallSite], events: [PythonEvent], shell: [ShellText],
    damage: [Damage], deceptions: [PythonDeception] = [], steps: Int = 0
  ) {
    self.modules = modules
    self.calls = calls
    self.events = events
    self.shell = shell
    self.damage = damage
    self.deceptions = deceptions
    self.steps = steps
    var names: [Substring: [Int]] = [:]
    var references: [CallReference: Int] = [:]
    var origins: [Int: [Int]] = [:]
    for (position, call) in calls.enumerated() {
      for name in Set(call.callees.map(\.last)) { names[name, default: []].append(position) }
      if let origin = call.wrapped {
        origins[origin, default: []].append(position)
      } else if references[call.reference] == nil {
        references[call.reference] = position
      }
    }
    byLastName = names
    byReference = references
    byOrigin = origins
  }

  /// Analyses the Python of `repository`; calls of what `interest` names become call sites.
  ///
  /// - Parameter shell: the shell that stands outside of Python, which may hold Python in turn.
  package init(
    _ repository: Repository, interest: PythonInterest = .standard, shell: [ShellAnalysis] = []
  ) {
    self = PythonAnalysis(repository.sources, interest, shell: shell).program()
  }

  /// The sites where something whose last name is `name` can be called.
  package func calls(named name: String) -> [CallSite] {
    (byLastName[name[...]] ?? []).map { calls[$0] }
  }

  /// The direct site at a call expression, if it is one of `calls`.
  package func call(at reference: CallReference) -> CallSite? {
    byReference[reference].map { calls[$0] }
  }

  /// The sites that stand for a site inside a wrapper, at the wrapper's callers.
  package func derived(from site: Int) -> [CallSite] {
    (byOrigin[site] ?? []).map { calls[$0] }
  }
}
