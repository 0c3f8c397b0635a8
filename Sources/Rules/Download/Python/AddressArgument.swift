import Core
import Languages

/// Calls of libraries that are handed the address of weights or of an archive: whatever the function
/// is called, it fetches what is there (`GFPGANer(model_path="https://…/GFPGANv1.3.pth")`).
enum AddressArgument {
  /// The fetcher for such a call; nil for every other call.
  static func fetcher(for call: CallSite) -> Fetcher? {
    guard call.callees.contains(where: isOfLibrary) else { return nil }
    for keyword in call.keywords where leadsToFile(keyword.value) {
      return fetcher(.named(keyword.name))
    }
    for (position, value) in call.positional.enumerated() where leadsToFile(value) {
      return fetcher(.at(position))
    }
    return nil
  }

  private static func fetcher(_ slot: ArgumentSlot) -> Fetcher {
    Fetcher([], .weights, target: [slot], form: .address, fixing: .address)
  }

  /// Whether some alternative is the network address of weights or of an archive.
  private static func leadsToFile(_ value: PythonValue) -> Bool {
    value.texts.contains { text in
      guard let address = Address(text), address.pinning != .local,
        let file = address.path.last
      else { return false }
      return WeightName.isWeights(file) || WeightName.isArchive(file)
    }
  }

  /// Whether the callee belongs to a library that could fetch: not to the repository, not to the
  /// parts of the standard library that only handle text, and of a known module.
  private static func isOfLibrary(_ callee: PythonCallee) -> Bool {
    !callee.isLocal && !callee.isMethodOfUnknown && callee.name.contains(".")
      && !textual.contains(String(callee.top)) && !textual.contains(callee.name)
  }

  private static let textual: Set<String> = [
    "argparse", "builtins", "click", "collections", "copy", "dataclasses", "enum", "functools",
    "itertools", "json", "logging", "loguru", "ntpath", "operator", "os", "pathlib", "posixpath",
    "pprint", "pydantic", "pytest", "re", "shlex", "str", "string", "textwrap", "typer", "typing",
    "unittest", "urllib.parse", "urllib.parse.urljoin", "urllib.parse.urlparse",
    "urllib.parse.urlsplit", "urllib.parse.quote", "urllib.request.Request", "warnings", "yaml",
  ]
}
