package import Core

/// A workflow of Snakemake: Python with rules in it, whose commands are shell.
package struct Snakefile: Sendable {
  /// The texts behind `shell:`, in order.
  package let fragments: [ShellFragment]
  /// The file as plain Python: rules as blocks, their other entries left out.
  let python: ShellTextBuilder

  /// Whether a file is one by its name.
  package static func isNamed(_ path: RelativePath) -> Bool {
    path.name == "Snakefile" || path.suffix == "smk"
  }

  /// Reads the workflow at `path`.
  package init(path: RelativePath, bytes: [UInt8]) {
    var reader = SnakefileReader(path: path, bytes: bytes)
    reader.run()
    fragments = reader.fragments
    python = reader.python
  }
}

/// Goes through the lines of a Snakefile.
private struct SnakefileReader {
  let path: RelativePath
  let bytes: [UInt8]
  var fragments: [ShellFragment] = []
  var python = ShellTextBuilder()
  private var index = 0
  private var number = 0

  init(path: RelativePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  private static let headers: Set<String> = ["rule", "checkpoint", "module", "use", "subworkflow"]
  private static let entries: Set<String> = [
    "input", "output", "params", "log", "threads", "resources", "message", "priority", "version",
    "benchmark", "conda", "container", "singularity", "containerized", "wildcard_constraints",
    "shadow", "group", "cache", "envmodules", "script", "notebook", "wrapper", "handover",
    "default_target", "localrule", "retries", "name", "template_engine", "cwl", "snakefile",
    "config", "skip_validation", "replace_prefix", "prefix", "meta_wrapper", "shell", "run",
  ]

  /// Entries outside of rules.
  private static let directives: Set<String> = [
    "configfile", "include", "workdir", "wildcard_constraints", "localrules", "ruleorder",
    "container", "containerized", "singularity", "report", "envvars", "pepfile", "pepschema",
    "scattergather", "resource_scopes", "conda", "storage", "onstart", "onsuccess", "onerror",
  ]

  /// A line without its line break, and its number counted from 1.
  private mutating func nextLine() -> (range: Range<Int>, number: Int)? {
    guard index < bytes.count else { return nil }
    let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
    let range = index..<end
    index = end + 1
    number += 1
    return (range, number)
  }

  private func indent(_ range: Range<Int>) -> Int {
    bytes[range].prefix { $0.isBlank }.count
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    let text = bytes[range].trimmed
    return text.isEmpty || text.first == UInt8(ascii: "#")
  }

  mutating func run() {
    // The indentation of the rule around, and that of an entry that is left out or copied.
    var rule: Int?
    var skipped: Int?
    var shell: (indent: Int, text: ShellTextBuilder)?
    while let (range, line) = nextLine() {
      let depth = indent(range)
      let isEmpty = isBlank(range)
      if let open = shell {
        if isEmpty || depth > open.indent {
          shell?.text.append(bytes[range], at: TextPosition(line: line, column: 1))
          shell?.text.append(decoded: [0x0A], at: TextPosition(line: line, column: 1))
          blank()
          continue
        }
        finish(open.text)
        shell = nil
      }
      if let open = skipped {
        if isEmpty || depth > open {
          blank()
          continue
        }
        skipped = nil
      }
      if let open = rule, !isEmpty, depth <= open { rule = nil }
      let word = bytes[range].dropFirst(depth).prefix { $0.isNameByte }
      let name = String(decoding: word.prefix(24), as: UTF8.self)
      let behind = bytes[word.endIndex..<range.upperBound]
      let start = TextPosition(line: line, column: depth + 1)
      if rule == nil, Self.headers.contains(name), behind.trimmed.last == UInt8(ascii: ":"),
        behind.first?.isBlank ?? false || behind.first == UInt8(ascii: ":")
      {
        rule = depth
        blank(depth, "pass")
        continue
      }
      if let outer = rule, let colon = behind.first, colon == UInt8(ascii: ":"),
        Self.entries.contains(name)
      {
        if name == "run" {
          // At the margin of the rule, which is no block any more.
          blank(outer, "if True:")
          continue
        }
        if name == "shell" {
          var text = ShellTextBuilder()
          text.append(
            bytes[(behind.startIndex + 1)..<range.upperBound],
            at: TextPosition(line: line, column: depth + name.utf8.count + 2))
          text.append(decoded: [0x0A], at: start)
          shell = (depth, text)
        } else {
          skipped = depth
        }
        blank()
        continue
      }
      if rule == nil, behind.first == UInt8(ascii: ":"), Self.directives.contains(name) {
        if name.hasPrefix("on") {
          blank(depth, "if True:")
        } else {
          skipped = depth
          blank(depth, "pass")
        }
        continue
      }
      python.append(bytes[range], at: TextPosition(line: line, column: 1))
      python.append(decoded: [0x0A], at: TextPosition(line: line, column: 1))
    }
    if let shell { finish(shell.text) }
  }

  private mutating func blank(_ depth: Int = 0, _ word: String = "") {
    let place = TextPosition(line: number, column: 1)
    python.append(decoded: [UInt8](repeating: 0x20, count: depth), at: place)
    python.append(decoded: word.utf8, at: place)
    python.append(decoded: [0x0A], at: place)
  }

  /// The string literals of an entry, one after another, as one text: `{name}` is what Snakemake
  /// fills in.
  private mutating func finish(_ source: ShellTextBuilder) {
    let text = source.bytes
    var result = ShellTextBuilder()
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte == UInt8(ascii: "#") {
        at = text[at...].firstIndex(of: 0x0A) ?? text.count
        continue
      }
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") else {
        at += 1
        continue
      }
      let isTriple = text[at...].starts(with: [byte, byte, byte])
      let quotes = [UInt8](repeating: byte, count: isTriple ? 3 : 1)
      at += quotes.count
      var start = at
      func copy(to end: Int, _ result: inout ShellTextBuilder) {
        if start < end { result.append(text[start..<end], mappedBy: source.positions) }
      }
      while at < text.count, !text[at...].starts(with: quotes) {
        if text[at] == UInt8(ascii: "\\"), at + 1 < text.count {
          copy(to: at, &result)
          let next = text[at + 1]
          let place = source.positions.position(at)
          switch next {
          case UInt8(ascii: "n"): result.append(decoded: [0x0A], at: place)
          case UInt8(ascii: "t"): result.append(decoded: [0x09], at: place)
          case 0x0A: break
          default: result.append(decoded: [next], at: place)
          }
          at += 2
          start = at
        } else if text[at] == UInt8(ascii: "{"), at + 1 < text.count {
          copy(to: at, &result)
          let place = source.positions.position(at)
          if text[at + 1] == UInt8(ascii: "{") {
            result.append(decoded: [UInt8(ascii: "{")], at: place)
            at += 2
          } else {
            let end = text[at...].prefix(200).firstIndex(of: UInt8(ascii: "}")) ?? at
            result.appendUnknown(
              String(decoding: text[(at + 1)..<max(end, at + 1)], as: UTF8.self), at: place)
            at = end + 1
          }
          start = at
        } else if text[at...].starts(with: "}}".utf8) {
          copy(to: at + 1, &result)
          at += 2
          start = at
        } else {
          at += 1
        }
      }
      copy(to: min(at, text.count), &result)
      at += quotes.count
    }
    guard !result.bytes.isEmpty else { return }
    fragments.append(
      ShellFragment(
        path: path, place: .foreign(language: "snakemake"), interpreter: .bash, text: result))
  }
}
