package import Core

/// Something other than a call that rules look at.
package struct PythonEvent: Sendable {
  package enum Kind: Hashable, Sendable {
    /// `os.environ["X"] = …`, `os.putenv`, `os.environ.setdefault`, `%env X=…`; `loaded` lists the
    /// top-level modules that were imported before in the same module.
    case environment(name: String, value: PythonValue, loaded: [String])
    /// An attribute of a known module is assigned: `requests.get = …`; by its full name.
    case patch(target: String, value: PythonValue)
    /// `sys.path.insert(0, …)`, `sys.path.append(…)`, `sys.path += […]`, `site.addsitedir`.
    case importPath(PythonValue)
    /// What a loader of the repository's own hands to the import system as code.
    case loading(PythonValue)
    /// A module is imported, by its full name.
    case importing(String)
  }

  package let kind: Kind
  package let location: Location
  package let context: ExecutionContext
  /// The construct's source, normalised.
  package let construct: String

  package init(kind: Kind, location: Location, context: ExecutionContext, construct: String) {
    self.kind = kind
    self.location = location
    self.context = context
    self.construct = construct
  }
}
