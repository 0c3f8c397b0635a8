package import Core

/// What an expression can be worth: the join of all branches that reach it.
///
/// `alternatives` is a bounded set; where more is possible than it lists, one of them is
/// `.unknown`, so that "could not be resolved" is never mistaken for "is not there".
package struct PythonValue: Hashable, Sendable {
  package let alternatives: [Alternative]

  /// One thing that the expression can be, and how it came to be.
  package struct Alternative: Hashable, Sendable {
    package let atom: Atom
    package let origin: Origin
    /// Where the value crossed a name, a function or a file, nearest use last.
    package let trace: [TraceStep]
    /// How many values it is made of, counted as a tree.
    let weight: Int

    package init(_ atom: Atom, _ origin: Origin = .literal, trace: [TraceStep] = []) {
      self.atom = atom
      self.origin = origin
      self.trace = trace
      weight = atom.weight
    }

    /// The same, come to be otherwise.
    func come(from origin: Origin, trace: [TraceStep]) -> Alternative {
      Alternative(self, origin, trace)
    }

    private init(_ other: Alternative, _ origin: Origin, _ trace: [TraceStep]) {
      atom = other.atom
      weight = other.weight
      self.origin = origin
      self.trace = trace
    }

    // How a value came to be is no part of what it is worth.
    package static func == (left: Alternative, right: Alternative) -> Bool {
      left.weight == right.weight && left.origin == right.origin && left.atom == right.atom
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(atom)
    }
  }

  /// Where a value comes from; the weakest link of all that it was built from.
  package enum Origin: Hashable, Sendable {
    /// Written at the place of use, or computed from such.
    case literal
    /// Read from a name that the repository's code assigns.
    case constant
    /// The default of a function's parameter: a caller can pass something else.
    case parameterDefault(String)
    /// The default of an option of a command line (argparse, click, typer, fire) or of a field
    /// that one fills (dataclass, HfArgumentParser, pydantic): a user can pass something else.
    case optionDefault(String)
    /// The default of an environment variable of this name.
    case environmentDefault(String)
    /// Read from a JSON or YAML file of the repository under this key.
    case file(path: RelativePath, key: String)
  }

  package indirect enum Atom: Hashable, Sendable {
    case text(String)
    /// A string known in parts; at least one part is a hole.
    case partialText([TextPart])
    case bytes([UInt8])
    case integer(Int)
    case number(Double)
    case bool(Bool)
    case none
    case list([PythonValue], kind: SequenceKind)
    case dictionary(DictionaryValue)
    /// A path on this machine: built with `Path`, `os.path.join`, `__file__`, …; never an address.
    case path(LocalPath)
    /// A module, class or function, by its name.
    case reference(PythonCallee)
    /// An object made by calling a class, or by a factory whose class is known.
    case instance(of: PythonCallee, made: CallReference?)
    /// What a call returned, or something taken out of it by attributes, indices and further calls
    /// (`requests.get(u).content` is the result of `requests.get` with the path `content`).
    case result(of: CallReference, callee: [PythonCallee], path: [String])
    /// `functools.partial(callee, …)`: a callee with arguments already given.
    case partial(callee: PythonValue, positional: [PythonValue], keywords: [KeywordValue])
    /// Could be anything.
    case unknown(Unknown)
  }

  package enum TextPart: Hashable, Sendable {
    case literal(String)
    /// Something that could not be resolved; its value says why.
    case hole(PythonValue)
  }

  package enum SequenceKind: Hashable, Sendable {
    case list, tuple, set
  }

  /// Why a value is not known.
  package enum Unknown: Hashable, Sendable {
    /// A parameter of a function of the repository, `function` by its qualified name.
    case parameter(function: String, name: String, index: Int)
    /// An environment variable.
    case environment(String)
    /// An option of the command line, or a field that one fills.
    case option(String)
    /// Typed by a user, read from a socket, a file outside of the repository, …
    case input(String)
    /// The result of code that is not analysed.
    case computed
    /// A number, a tensor or the like: nothing that is made of it names or holds anything.
    case calculated
    /// A name that nothing in sight binds.
    case unboundName(String)
    /// A bound was reached: too many combinations, too deep, a cycle.
    case limit
    /// More alternatives than are kept.
    case more
    /// Text that is longer than is kept.
    case cut
  }

  /// How many values this one is made of, counted as a tree.
  let weight: Int

  /// How many values one may be made of. Lists can hold a list twice, and that one another twice:
  /// what is shared is small, but whoever looks through it takes every way.
  private static let weightLimit = 1 << 14

  package init(_ alternatives: [Alternative]) {
    let weight = alternatives.reduce(0) { $0 + $1.weight }
    if weight <= Self.weightLimit {
      self.alternatives = alternatives
      self.weight = weight
    } else {
      self.alternatives = [Alternative(.unknown(.limit))]
      self.weight = 1
    }
  }

  package init(_ atom: Atom, _ origin: Origin = .literal, trace: [TraceStep] = []) {
    self.init([Alternative(atom, origin, trace: trace)])
  }
}

/// A local path: what is known of its text, and what it starts from.
package struct LocalPath: Hashable, Sendable {
  package enum Base: Hashable, Sendable {
    /// The text itself tells: relative to the working directory, or absolute.
    case text
    /// The folder of the module's own file (`os.path.dirname(__file__)`), or the file itself.
    case moduleFile
    /// The home directory, a temporary folder, the working directory, …
    case machine(String)
    /// Starts with something that could not be resolved.
    case unknown
  }

  package let base: Base
  /// The parts below the base, joined by `/` already where they were components.
  package let parts: [PythonValue.TextPart]

  package init(base: Base, parts: [PythonValue.TextPart]) {
    self.base = base
    self.parts = parts
  }

  /// The text below the base when all of it is known.
  package var text: String? {
    var text = ""
    for part in parts {
      guard case .literal(let piece) = part else { return nil }
      text += piece
    }
    return text
  }
}

/// A dictionary's entries with known keys, in order.
package struct DictionaryValue: Hashable, Sendable {
  // Tables can be long, and those of the same length are seldom different ones.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(entries.count)
    hasher.combine(entries.first)
  }

  package struct Entry: Hashable, Sendable {
    package let key: PythonValue
    package let value: PythonValue

    package init(key: PythonValue, value: PythonValue) {
      self.key = key
      self.value = value
    }
  }

  package let entries: [Entry]
  /// Whether nothing else can be in it.
  package let isComplete: Bool

  package init(entries: [Entry], isComplete: Bool) {
    self.entries = entries
    self.isComplete = isComplete
  }

  /// The value under a text key, nil when no entry has it.
  package subscript(_ key: String) -> PythonValue? {
    entries.last { $0.key.texts == [key] }?.value
  }
}

/// An argument given by name.
package struct KeywordValue: Hashable, Sendable {
  package let name: String
  package let value: PythonValue

  package init(_ name: String, _ value: PythonValue) {
    self.name = name
    self.value = value
  }
}

/// A call expression in the program, whether it became a `CallSite` or not.
package struct CallReference: Hashable, Sendable {
  /// The index of the module in `PythonProgram.modules`.
  package let module: Int
  /// The index of the call expression in the module's syntax.
  package let node: Int

  package init(module: Int, node: Int) {
    self.module = module
    self.node = node
  }
}

extension PythonValue.Atom {
  /// How many values it is made of, itself included.
  fileprivate var weight: Int {
    switch self {
    case .list(let items, _): items.reduce(1) { $0 + $1.weight }
    case .dictionary(let dictionary):
      dictionary.entries.reduce(1) { $0 + $1.key.weight + $1.value.weight }
    case .partialText(let parts): Self.weight(of: parts)
    case .path(let path): Self.weight(of: path.parts)
    case .partial(let callee, let positional, let keywords):
      positional.reduce(1 + callee.weight) { $0 + $1.weight }
        + keywords.reduce(0) { $0 + $1.value.weight }
    default: 1
    }
  }

  private static func weight(of parts: [PythonValue.TextPart]) -> Int {
    parts.reduce(1) { sum, part in
      if case .hole(let value) = part { sum + value.weight } else { sum }
    }
  }
}
