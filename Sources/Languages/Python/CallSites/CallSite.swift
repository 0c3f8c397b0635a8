package import Core

/// A call that matters, resolved: who can be called, with what, where and when.
///
/// A *derived* site stands at the call of a wrapper of the repository: callee and arguments are
/// those of the call inside, with the wrapper's parameters replaced by what was passed.
package struct CallSite: Sendable {
  /// Its index in `PythonProgram.calls`.
  package let index: Int
  /// The call expression it comes from; several derived sites may share one.
  package let reference: CallReference
  /// From the first character of the call expression to one past its closing parenthesis.
  package let location: Location
  /// Where the callee's last name stands (`from_pretrained` in a chain over several lines).
  package let calleeStart: TextPosition
  /// Whom the expression can call; never empty.
  package let callees: [PythonCallee]
  /// Arguments by position, `*args` of known sequences expanded.
  package let positional: [PythonValue]
  /// Arguments by name, `**kwargs` of known dictionaries expanded.
  package let keywords: [KeywordValue]
  /// Whether a `*args` could not be expanded: further positional arguments are possible.
  package let hasOpenPositionals: Bool
  /// Whether a `**kwargs` could not be expanded: further named arguments are possible.
  package let hasOpenKeywords: Bool
  /// For a method: the object it is called on.
  package let receiver: PythonValue?
  /// What the call's result is used for, one level up.
  package let use: ResultUse
  /// The construct's source with white space and comments normalised, bounded in length.
  package let construct: String
  package let context: ExecutionContext
  /// The qualified name of the function that holds the call, nil at module level.
  package let function: String?
  package let guards: [GuardFact]
  /// Digest comparisons that the call's result (or the file it wrote) meets before use.
  package let checks: [DigestCheck]
  /// Downloads of the same module that wrote a file or folder which this call is given by path:
  /// `urlretrieve(u, "x.pt")` for `torch.load("x.pt")`.
  package let reads: [CallReference]
  /// The wrappers passed through, outermost call first; empty for a direct call.
  package let trace: [TraceStep]
  /// For a derived site: the index of the site inside the wrapper.
  package let wrapped: Int?
  /// Whether an offline variable was set before any import of a hub library in this module.
  package let isOffline: Bool

  /// The argument called `name`, or else at `position`; nil when neither is given.
  ///
  /// When nil, ask `hasOpenKeywords` (and `hasOpenPositionals`) before taking it for absent.
  package func argument(_ name: String, at position: Int? = nil) -> PythonValue? {
    if let keyword = keywords.last(where: { $0.name == name }) { return keyword.value }
    if let position, position < positional.count { return positional[position] }
    return nil
  }

  /// Whether some candidate callee satisfies `test`.
  package func calls(where test: (PythonCallee) -> Bool) -> Bool {
    callees.contains(where: test)
  }

  package init(
    index: Int, reference: CallReference, location: Location, calleeStart: TextPosition,
    callees: [PythonCallee], positional: [PythonValue], keywords: [KeywordValue],
    hasOpenPositionals: Bool = false, hasOpenKeywords: Bool = false, receiver: PythonValue? = nil,
    use: ResultUse = .other, construct: String, context: ExecutionContext, function: String?,
    guards: [GuardFact] = [], checks: [DigestCheck] = [], reads: [CallReference] = [],
    trace: [TraceStep] = [],
    wrapped: Int? = nil, isOffline: Bool = false
  ) {
    self.index = index
    self.reference = reference
    self.location = location
    self.calleeStart = calleeStart
    self.callees = callees
    self.positional = positional
    self.keywords = keywords
    self.hasOpenPositionals = hasOpenPositionals
    self.hasOpenKeywords = hasOpenKeywords
    self.receiver = receiver
    self.use = use
    self.construct = construct
    self.context = context
    self.function = function
    self.guards = guards
    self.checks = checks
    self.reads = reads
    self.trace = trace
    self.wrapped = wrapped
    self.isOffline = isOffline
  }
}

/// What happens to a call's result at once.
package enum ResultUse: Hashable, Sendable {
  /// Thrown away: the call is a statement.
  case discarded
  /// An attribute is read or a method called on it: `requests.get(u).json()` has `json`.
  case attribute(String)
  /// Given as an argument to a call of this name.
  case argument(of: String)
  case other
}

/// When and whether a call runs.
package struct ExecutionContext: Hashable, Sendable {
  package enum Time: Hashable, Sendable {
    /// At module level, or in a class body: importing the module runs it.
    case importTime
    /// In a function that code at module level calls, directly or through others.
    case calledAtImport
    /// Under `if __name__ == "__main__"`, or in a function that only such code reaches.
    case main
    /// In a function; who calls it is not known.
    case function
  }

  package enum Place: Hashable, Sendable {
    case code
    /// In a folder or file of tests, examples, documentation, benchmarks.
    case test, example
    /// A fence of the model card or of other documentation.
    case documentation
    case notebook
  }

  package let time: Time
  package let place: Place
  /// Whether the module runs when a model is loaded with `trust_remote_code` (named in an
  /// `auto_map`), or when a package is imported or built (`__init__.py`, `setup.py`, `hubconf.py`,
  /// `sitecustomize.py`, `handler.py`).
  package let runsOnLoad: Bool

  package init(time: Time, place: Place, runsOnLoad: Bool) {
    self.time = time
    self.place = place
    self.runsOnLoad = runsOnLoad
  }
}

/// A condition that holds where a call stands.
package enum GuardFact: Hashable, Sendable {
  /// Runs only if a path does not exist: `if not os.path.exists(path):`.
  case missingPath(PythonValue)
  /// Runs only if an environment variable is set, or has some value.
  case environment(String)
  /// Inside an `except` clause for these names.
  case exceptionHandler([String])
  /// Under `if TYPE_CHECKING`: never at run time.
  case typeChecking
}

/// A comparison of a digest of what a call fetched.
package struct DigestCheck: Hashable, Sendable {
  /// `sha256`, `md5`, …
  package let algorithm: String
  /// What it is compared with.
  package let expected: PythonValue
  package let location: Location
  /// Whether a mismatch stops the program's way to the use: raises, exits, asserts, returns.
  package let isEnforced: Bool

  package init(algorithm: String, expected: PythonValue, location: Location, isEnforced: Bool) {
    self.algorithm = algorithm
    self.expected = expected
    self.location = location
    self.isEnforced = isEnforced
  }
}
