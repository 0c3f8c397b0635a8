import Core

/// A recipe of conda-build or rattler-build: what it needs, where its sources come from, and what
/// builds it.
enum CondaRecipe {
  static func isNamed(_ path: RelativePath) -> Bool {
    ["meta.yaml", "meta.yml", "conda.yaml.in", "recipe.yaml"].contains(path.name)
  }

  /// A recipe holds Jinja, which is no YAML before it is filled in, so it is read by line.
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    var reader = RecipeReader(context: context, collector: collector)
    reader.run()
    collector = reader.collector
  }
}

private struct RecipeReader {
  private typealias Place = (text: String, location: Location)

  let context: ManifestContext
  var collector: ManifestCollector
  /// The key at the margin, and the key whose list stands below.
  private var section = ""
  private var list = ""
  /// What of the present source is known.
  private var addresses: [Place] = []
  private var repository: Place?
  private var digest: String?
  private var revision: String?
  private var script = ShellTextBuilder()
  private var scriptIndent: Int?

  init(context: ManifestContext, collector: ManifestCollector) {
    self.context = context
    self.collector = collector
  }

  mutating func run() {
    // Other programs call files of theirs meta.yaml too.
    guard
      context.bytes.firstRange(of: "requirements:".utf8) != nil
        || context.bytes.firstRange(of: "source:".utf8) != nil
    else { return }
    var number = 0
    for raw in context.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      line(raw, number)
    }
    finishSource()
    finishScript()
  }

  private mutating func line(_ raw: ArraySlice<UInt8>, _ number: Int) {
    let line = String(decoding: raw, as: UTF8.self)
    let indent = line.prefix { $0 == " " }.count
    var text = line.dropFirst(indent)
    while let last = text.last, last == " " || last == "\r" || last == "\r\n" {
      text = text.dropLast()
    }
    if text.isEmpty || text.hasPrefix("#") || text.hasPrefix("{%") { return }
    if indent == 0, !text.hasPrefix("-") {
      finishSource()
      finishScript()
      section = String(text.prefix { $0 != ":" })
      list = ""
      return
    }
    let start = TextPosition(line: number, column: indent + 1)
    let location = context.location(
      start, TextPosition(line: number, column: indent + 1 + text.utf8.count))
    switch section {
    case "requirements", "test", "tests": requirement(text, indent, location)
    case "source": source(text, location)
    case "build": build(text, indent, start)
    default: break
    }
  }

  // MARK: Requirements

  private mutating func requirement(_ text: Substring, _ indent: Int, _ location: Location) {
    if text.hasSuffix(":"), !text.hasPrefix("-") {
      list = String(text.dropLast())
      return
    }
    guard text.hasPrefix("- "),
      ["build", "host", "run", "requires", "run_constrained"].contains(list)
    else { return }
    var spec = text.dropFirst(2)
    // A selector in brackets behind `#` says for which platform the line counts.
    if let comment = spec.firstRange(of: " #") { spec = spec[..<comment.lowerBound] }
    if spec.hasPrefix("\""), spec.hasSuffix("\""), spec.count > 1 {
      spec = spec.dropFirst().dropLast()
    }
    guard !spec.hasPrefix("{{"), !spec.hasPrefix("${{"), !spec.hasPrefix("if:"),
      let parsed = CondaSpec(spec)
    else { return }
    let start = location.start ?? TextPosition(line: 1, column: 1)
    var dependency = CondaManifest.dependency(
      parsed, text: String(spec),
      at: context.location(
        TextPosition(line: start.line, column: start.column + 2), location.end),
      group: list)
    if spec.contains("{{") { dependency.level = .dynamic }
    dependency.purpose = list == "run" ? .run : list == "run_constrained" ? .constraint : .build
    collector.dependencies.append(dependency)
  }

  // MARK: Sources

  private mutating func source(_ written: Substring, _ location: Location) {
    var text = written
    if text.hasPrefix("- ") {
      text = text.dropFirst(2)
      // An address of a list of mirrors, or the next source.
      if text.contains("://"), list == "url", !text.hasPrefix("url:"), !text.hasPrefix("git") {
        addresses.append((Self.unquoted(text), location))
        return
      }
      finishSource()
    }
    guard let colon = text.firstIndex(of: ":") else { return }
    let key = String(text[..<colon])
    let value = Self.unquoted(text[text.index(after: colon)...].drop { $0 == " " })
    list = key
    switch key {
    case "url" where !value.isEmpty: addresses.append((value, location))
    case "git_url", "git": repository = (value, location)
    case "git_rev", "git_tag", "rev", "tag", "branch", "git_branch": revision = value
    case "sha256", "sha512": digest = value
    default: break
    }
  }

  private mutating func finishSource() {
    // Further addresses are mirrors of the first.
    if let address = addresses.first,
      let found = DeclaredDownload.file(
        address.text, digest: digest, at: address.location, cause: "source")
    {
      collector.downloads.append(found)
    }
    if let repository,
      let found = DeclaredDownload.repository(
        repository.text, revision: revision, at: repository.location, cause: "source")
    {
      collector.downloads.append(found)
    }
    addresses = []
    repository = nil
    digest = nil
    revision = nil
  }

  /// A scalar without quotes and comment.
  private static func unquoted(_ written: Substring) -> String {
    var text = written
    if let comment = text.firstRange(of: " #") { text = text[..<comment.lowerBound] }
    while text.last == " " { text = text.dropLast() }
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      text = text.dropFirst().dropLast()
    }
    return String(text)
  }

  // MARK: Commands

  private mutating func build(_ text: Substring, _ indent: Int, _ start: TextPosition) {
    if let open = scriptIndent, indent > open || indent == open && text.hasPrefix("- ") {
      let isItem = text.hasPrefix("- ")
      command(
        isItem ? text.dropFirst(2) : text,
        TextPosition(line: start.line, column: start.column + (isItem ? 2 : 0)))
      return
    }
    scriptIndent = nil
    guard text.hasPrefix("script:") else { return }
    let rest = text.dropFirst(7).drop { $0 == " " }
    scriptIndent = indent
    if rest.isEmpty || ["|", ">", "|-", ">-"].contains(rest) { return }
    command(
      rest,
      TextPosition(line: start.line, column: start.column + text.utf8.count - rest.utf8.count))
  }

  /// One command; `{{ PYTHON }}` is the interpreter, anything else filled in is not known.
  private mutating func command(_ written: Substring, _ start: TextPosition) {
    var rest = Self.unquoted(written)[...]
    if rest.hasSuffix(".sh") || rest.hasSuffix(".bat"), !rest.contains(" ") { return }
    while let open = rest.firstRange(of: "{{"), let close = rest.firstRange(of: "}}"),
      open.upperBound <= close.lowerBound
    {
      script.append(decoded: rest[..<open.lowerBound].utf8, at: start)
      let name = Construct.normalised(rest[open.upperBound..<close.lowerBound])
      if name == "PYTHON" {
        script.append(decoded: "python".utf8, at: start)
      } else {
        script.appendUnknown(name, at: start)
      }
      rest = rest[close.upperBound...]
    }
    script.append(decoded: (rest + "\n").utf8, at: start)
  }

  private mutating func finishScript() {
    scriptIndent = nil
    guard !script.bytes.isEmpty else { return }
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .configuration(key: "build.script"), interpreter: .bash,
        text: script, sequence: "build"))
    script = ShellTextBuilder()
  }
}
