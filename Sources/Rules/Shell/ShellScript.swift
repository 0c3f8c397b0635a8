package import Core
package import Languages

/// A piece of shell of the repository with the commands in it.
package struct ShellScript: Sendable {
  package let analysis: ShellAnalysis
  /// Whether it stands among tests, examples or documentation.
  private let isSecondary: Bool

  package var path: RelativePath { analysis.fragment.path }

  /// Goes through a fragment.
  ///
  /// - Parameter libraries: what it may take in from other files.
  package init(_ fragment: ShellFragment, _ libraries: ShellLibraries = ShellLibraries()) {
    analysis = ShellAnalysis(fragment, libraries)
    isSecondary = Self.isSecondary(fragment.path)
  }

  /// The severity here: what a document tells its readers to run is inventory, tests and examples
  /// weigh one step less.
  func adjusting(_ severity: Severity) -> Severity {
    if analysis.fragment.place == .markdown { return .info }
    return isSecondary ? severity.moved(by: -1) : severity
  }

  private static let folders: Set<String> = [
    "test", "tests", "testing", "example", "examples", "doc", "docs", "documentation",
    "benchmark", "benchmarks", "sample", "samples", "demo", "demos",
  ]

  private static func isSecondary(_ path: RelativePath) -> Bool {
    path.components.dropLast().contains {
      folders.contains(String(decoding: $0, as: UTF8.self).lowercased())
    }
  }
}

extension ShellScript {
  /// All shell of `repository` that stands in files of its own, then what other languages hold.
  ///
  /// - Parameter dockerfiles: the Dockerfiles of the repository, parsed.
  package static func all(
    in repository: Repository, dockerfiles: [(path: RelativePath, file: Dockerfile)],
    others: [ShellFragment]
  ) -> [ShellScript] {
    var fragments: [ShellFragment] = []
    var next = dockerfiles[...]
    for source in repository.sources where source.isWhole {
      // Both lists are in the order of the sources.
      if let first = next.first, first.path == source.path {
        fragments += first.file.fragments
        next = next.dropFirst()
      } else {
        fragments += Self.fragments(of: source)
      }
    }
    return all(fragments + others)
  }

  /// Each fragment analysed.
  package static func all(_ fragments: [ShellFragment]) -> [ShellScript] {
    let libraries = ShellLibraries(fragments)
    return Parallel.batches(fragments.count) { ShellScript(fragments[$0], libraries) }
  }

  private static func fragments(of source: SourceFile) -> [ShellFragment] {
    if isMakefile(source) {
      return Makefile(path: source.path, bytes: source.bytes).fragments
    }
    if source.path.name.lowercased() == "justfile" || source.path.suffix == "just" {
      return Justfile(path: source.path, bytes: source.bytes).fragments
    }
    if source.claims.contains(.markdown) || documents.contains(source.path.suffix) {
      return MarkdownFence.shell(path: source.path, bytes: source.bytes)
    }
    if Snakefile.isNamed(source.path) {
      return Snakefile(path: source.path, bytes: source.bytes).fragments
    }
    guard isScript(source) else {
      guard source.claims.contains(.foreignCode), source.claims.contains(.text) else { return [] }
      let suffix = source.path.suffix
      return ForeignSource.shell(
        path: source.path, bytes: source.bytes,
        suffix: suffix.isEmpty ? source.path.name.lowercased() : suffix)
    }
    return [
      ShellFragment(
        path: source.path, place: .script, interpreter: interpreter(of: source),
        text: ShellTextBuilder(file: source.bytes))
    ]
  }

  private static let documents: Set<String> = ["md", "markdown", "mdx", "qmd", "rmd"]

  private static func isMakefile(_ source: SourceFile) -> Bool {
    let name = source.path.name.lowercased()
    return source.format?.name == "makefile" || name == "makefile" || name == "gnumakefile"
      || name.hasPrefix("makefile.") || name.hasPrefix("makefile-") && !name.contains(".")
      || source.path.suffix == "mk" || source.path.suffix == "mak"
  }

  private static func isScript(_ source: SourceFile) -> Bool {
    if source.claims.contains(.shell) { return true }
    let suffixes: Set<String> = [
      "sh", "bash", "zsh", "ksh", "command", "ps1", "psm1", "bat", "cmd",
    ]
    if suffixes.contains(source.path.suffix) { return true }
    if isHook(source.path), !source.bytes.starts(with: "#!".utf8) { return true }
    guard source.bytes.starts(with: "#!".utf8) else { return false }
    switch interpreter(of: source) {
    case .sh, .bash, .zsh: return true
    default: return false
    }
  }

  private static let hookFolders: Set<String> = [
    ".husky", "hooks", ".githooks", "githooks", ".git-hooks", "git-hooks",
  ]
  private static let hooks: Set<String> = [
    "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit",
    "prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase", "post-checkout", "post-merge",
    "pre-push", "pre-receive", "update", "post-receive", "post-update", "post-rewrite",
  ]

  /// Whether git runs the file, which then is shell when no first line says otherwise.
  private static func isHook(_ path: RelativePath) -> Bool {
    hooks.contains(path.name) && hookFolders.contains(path.parent?.name ?? "")
  }

  private static func interpreter(of source: SourceFile) -> ShellInterpreter {
    var bytes = source.bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.starts(with: "#!".utf8) {
      let line = bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") && $0 != 0x0D }
      let command = String(decoding: line.prefix(256), as: UTF8.self)
      if let interpreter = ShellInterpreter(command: command) { return interpreter }
    }
    switch source.path.suffix {
    case "ps1", "psm1": return .powershell
    case "bat", "cmd": return .cmd
    case "zsh": return .zsh
    case "bash": return .bash
    default: return .sh
    }
  }
}
