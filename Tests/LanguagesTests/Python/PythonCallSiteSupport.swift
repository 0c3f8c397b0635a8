import Core
import Languages
import Testing

/// Programs out of texts, and call sites as short lines to compare.
enum Sample {
  /// The program of files given by path.
  static func program(_ files: KeyValuePairs<String, String>) throws -> PythonProgram {
    let sources = try files.map { path, text in
      let path = try RelativePath(path)
      return SourceFile(
        path: path, entry: path, role: .code, format: nil, isExecutable: false,
        bytes: Array(text.utf8), isWhole: true)
    }
    return PythonProgram(Repository(entries: [], sources: sources))
  }

  /// The program of one file `main.py`.
  static func program(_ text: String) throws -> PythonProgram {
    try program(["main.py": text])
  }

  /// All sites as `line: callee(arguments)`.
  static func sites(_ text: String) throws -> [String] {
    try program(text).calls.map(line)
  }

  static func line(_ call: CallSite) -> String {
    let arguments =
      call.positional.map(show) + (call.hasOpenPositionals ? ["*?"] : [])
      + call.keywords.map { "\($0.name)=\(show($0.value))" } + (call.hasOpenKeywords ? ["**?"] : [])
    let callees = call.callees.map(\.name).joined(separator: "|")
    return "\(call.location.start?.line ?? 0): \(callees)(\(arguments.joined(separator: ", ")))"
  }

  /// A value in short: alternatives joined by `|`.
  static func show(_ value: PythonValue) -> String {
    value.alternatives.map { show($0.atom) }.joined(separator: "|")
  }

  private static func show(_ atom: PythonValue.Atom) -> String {
    switch atom {
    case .text(let text): "'\(text)'"
    case .partialText(let parts): "f'\(show(parts))'"
    case .bytes(let bytes): "b'\(String(decoding: bytes, as: UTF8.self))'"
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .bool(let flag): flag ? "True" : "False"
    case .none: "None"
    case .list(let items, _): "[\(items.map(show).joined(separator: ", "))]"
    case .dictionary(let dictionary):
      "{\(dictionary.entries.map { "\(show($0.key)): \(show($0.value))" }.joined(separator: ", "))\(dictionary.isComplete ? "" : ", …")}"
    case .path(let path): "path(\(path.base) \(show(path.parts)))"
    case .reference(let callee): callee.name
    case .instance(let callee, _): "<\(callee.name)>"
    case .result(_, let callee, let path):
      "result(\(callee.first?.name ?? "?")\(path.isEmpty ? "" : " " + path.joined(separator: ".")))"
    case .partial(let callee, _, _): "partial(\(show(callee)))"
    case .unknown(let why): "?\(show(why))"
    }
  }

  private static func show(_ parts: [PythonValue.TextPart]) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .hole(let value): "{\(show(value))}"
      }
    }.joined()
  }

  private static func show(_ why: PythonValue.Unknown) -> String {
    switch why {
    case .parameter(_, let name, _): "parameter \(name)"
    case .environment(let name): "environment \(name)"
    case .option(let name): "option \(name)"
    case .input: "input"
    case .computed, .calculated: ""
    case .unboundName(let name): "unbound \(name)"
    case .limit, .more: "limit"
    case .cut: "cut"
    }
  }
}
