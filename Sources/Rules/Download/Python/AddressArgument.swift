import Core
import Languages

/// Calls of libraries that are handed the address of weights or of an archive: whatever the function
/// is called, it fetches what is there (`GFPGANer(model_path="https://…/GFPGANv1.3.pth")`).
enum AddressArgument {
  /// The fetcher for such a call; nil for every other call.
  static func fetcher(for call: CallSite) -> Fetcher? {
    guard let callee = call.callees.first(where: isOfLibrary) else { return nil }
    for keyword in call.keywords where leadsToFile(keyword.value) {
      return fetcher(.weights, .named(keyword.name))
    }
    for (position, value) in call.positional.enumerated() where leadsToFile(value) {
      return fetcher(.weights, .at(position))
    }
    // A function that is called so needs no telling suffix: `download(url, path)`.
    guard isCalledDownload(callee.last) else { return nil }
    if let position = call.positional.prefix(2).firstIndex(where: isAddress) {
      return fetcher(.file, .at(position))
    }
    let keyword = call.keywords.first { isAddress($0.value) }
    return keyword.map { fetcher(.file, .named($0.name)) }
  }

  private static func fetcher(_ cargo: Cargo, _ slot: ArgumentSlot) -> Fetcher {
    Fetcher([], cargo, target: [slot], form: .address, fixing: .address)
  }

  /// Whether the name says that the function fetches: `download`, `maybe_download`, `fetch_file`,
  /// `load_from_url`.
  static func isCalledDownload(_ name: Substring) -> Bool {
    let words = name.lowercased().split(separator: "_")
    if words.contains(where: { ["button", "link", "callback"].contains($0) }) { return false }
    if words.first == "load", words.suffix(2) == ["from", "url"] { return true }
    // `get_download_url` only makes an address.
    let makes = words.first.map { ["get", "make", "build", "is"].contains($0) } ?? false
    if makes, words.contains("url") { return false }
    return words.contains { ["download", "downloads", "fetch", "wget", "retrieve"].contains($0) }
  }

  /// Whether some alternative is a network address.
  private static func isAddress(_ value: PythonValue) -> Bool {
    value.texts.contains { text in
      Address(text).map { $0.pinning != .local } ?? false
    }
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

  /// Whether the callee belongs to a library that could fetch: not to the repository, not to those
  /// that only handle text or show it, and of a known module.
  static func isOfLibrary(_ callee: PythonCallee) -> Bool {
    !callee.isLocal && !callee.isMethodOfUnknown && callee.name.contains(".")
      && !textual.contains(String(callee.top)) && !textual.contains(callee.name)
      && !readers.contains(callee.name) && !questions.contains(String(callee.last))
  }

  /// Names of functions that ask what is there, and bring none of it.
  private static let questions: Set<String> = [
    "exists", "glob", "iglob", "isdir", "isfile", "is_dir", "is_file", "listdir", "stat",
  ]

  /// Functions that open files of this machine alone, whatever they are handed.
  private static let readers: Set<String> = [
    "torch.load", "torch.jit.load", "numpy.load", "joblib.load", "pickle.load",
    "safetensors.torch.load_file", "safetensors.safe_open", "onnx.load", "zipfile.ZipFile",
    "tarfile.open", "shutil.unpack_archive", "onnxruntime.InferenceSession",
  ]

  private static let textual: Set<String> = [
    "argparse", "builtins", "click", "collections", "copy", "dataclasses", "enum", "functools",
    "gradio", "ipywidgets", "itertools", "json", "logging", "loguru", "ntpath", "operator", "os",
    "pathlib", "posixpath",
    "pprint", "pydantic", "pytest", "re", "rich", "shlex", "str", "streamlit", "string", "textwrap",
    "typer", "typing",
    "unittest", "urllib.parse", "urllib.parse.urljoin", "urllib.parse.urlparse",
    "urllib.parse.urlsplit", "urllib.parse.quote", "urllib.request.Request", "warnings", "yaml",
  ]
}
