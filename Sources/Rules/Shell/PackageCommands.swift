import Core
import Languages

/// Reads commands that install packages.
struct PackageCommands {
  let reader: ShellFetchReader

  private var command: ShellCommand { reader.command }

  func fetches() -> [ShellFetch] {
    var name = command.name
    var arguments = command.arguments
    if let (module, rest) = ShellFetchReader.module(command) { (name, arguments) = (module, rest) }
    if ShellFetchReader.isPython(command), name == command.name { return setupScript() }
    // `php composer.phar require …`.
    if name == "php", let script = arguments.first?.display, script.hasSuffix("composer.phar") {
      (name, arguments) = ("composer", arguments.dropFirst())
    }
    let stem = name.hasSuffix(".exe") ? String(name.dropLast(4)) : name
    switch stem {
    case _ where Self.isPip(stem): return PythonPackageCommands(reader: reader).pip(arguments)
    case "uv", "uvx", "pipx", "poetry", "pdm", "pipenv", "rye", "easy_install", "hatch", "build",
      "pip-sync", "pixi", "pre-commit", "pre_commit", "mim", "llm", "datasette", "sqlite-utils":
      return PythonPackageCommands(reader: reader).other(stem, arguments)
    case "conda", "mamba", "micromamba":
      return CondaCommands(reader: reader).fetches(arguments)
    case "npm", "npx", "yarn", "pnpm", "pnpx", "bun", "bunx", "deno", "corepack":
      return NodeCommands(reader: reader).fetches(stem, arguments)
    default: return SystemPackageCommands(reader: reader).fetches(stem, arguments)
    }
  }

  /// `pip`, `pip3`, `pip3.11`, `pip._internal`.
  static func isPip(_ name: String) -> Bool {
    if name == "pip._internal" { return true }
    guard name.hasPrefix("pip") else { return false }
    return name.dropFirst(3).allSatisfy { $0.isNumber || $0 == "." }
  }

  /// `python setup.py install` and `develop` resolve dependencies on their own; every other command
  /// first fetches what `setup_requires` lists.
  private func setupScript() -> [ShellFetch] {
    let words = command.arguments.filter { !$0.display.hasPrefix("-") }.map(\.display)
    guard let script = words.first, script.hasSuffix("setup.py") else { return [] }
    let verbs = words.dropFirst()
    guard verbs.contains("install") || verbs.contains("develop") else {
      let builds = verbs.contains { verb in
        verb == "sdist" || verb.hasPrefix("build") || verb.hasPrefix("bdist")
      }
      let path = reader.analysis.fragment.path
      guard builds, reader.surroundings.fetchesBeforeSetup(script, from: path) else { return [] }
      return [
        reader.installDeclared(
          "what setup_requires of \(script) lists", .branch, flaw: "as it resolves at that moment",
          fix: "list build requirements in pyproject.toml, and build with --no-isolation")
      ]
    }
    return [
      reader.fetch(
        .packages, "the dependencies of \(script)", .branch, cargo: .code,
        flaw: "without fixing their versions",
        fix: "install with `pip install --require-hashes -r` and build without network",
        verb: "installs")
    ]
  }
}

extension ShellFetchReader {
  /// The fetch of a command that installs `packages`, as fixed as the loosest of them.
  func install(_ packages: [ShellPackage], fix: String) -> ShellFetch {
    let names = packages.map { $0.name + ($0.requirement.isEmpty ? "" : " \($0.requirement)") }
    var shown = names.prefix(6).joined(separator: ", ")
    if names.count > 6 { shown += " and \(names.count - 6) more" }
    let pinning = packages.map(\.pinning).max() ?? .branch
    let flaw: String =
      switch pinning {
      case .version: "by version, without a hash"
      case .dynamic: "in a version that is decided at run time"
      default: "without fixing the version"
      }
    var found = fetch(
      .packages, shown, pinning, cargo: .code, flaw: flaw, fix: fix, verb: "installs")
    found.packages = packages
    return found
  }

  /// A fetch that installs what a file or the tree itself declares.
  func installDeclared(_ what: String, _ pinning: Pinning, flaw: String, fix: String) -> ShellFetch
  {
    fetch(.packages, what, pinning, cargo: .code, flaw: flaw, fix: fix, verb: "installs")
  }

  /// Packages `name SEPARATOR version`, as most package managers write them.
  func packages(
    _ fields: some Sequence<ShellField>, _ ecosystem: String, separator: Character
  ) -> [ShellPackage] {
    fields.filter { !$0.display.isEmpty }.map { field in
      let text = field.display
      // A scope's `@` stands at the front and is no separator.
      guard let cut = text.dropFirst().lastIndex(of: separator) else {
        return ShellPackage(
          ecosystem: ecosystem, name: text, requirement: "",
          pinning: field.text == nil ? .dynamic : .branch, end: field.end)
      }
      let version = String(text[text.index(after: cut)...])
      return ShellPackage(
        ecosystem: ecosystem, name: String(text[..<cut]), requirement: version,
        pinning: Self.versionPinning(version, ecosystem), end: field.end)
    }
  }

  /// How firmly a version given to a package manager holds.
  static func versionPinning(_ version: String, _ ecosystem: String = "") -> Pinning {
    let bare = version.drop { $0 == "=" || $0 == "v" }
    if version.contains("${") { return .dynamic }
    if Revision(version).pinning == .commit { return .commit }
    guard let first = bare.first, first.isNumber else { return .branch }
    if bare.contains("*") || bare.contains("x") && bare.hasSuffix("x") || bare.contains(" ")
      || bare.contains(",") || bare.contains("|")
    {
      return .branch
    }
    // `name@3` is any release of 3 to npm.
    if ecosystem == "npm",
      bare.prefix(while: { $0 != "-" && $0 != "+" }).filter({ $0 == "." }).count < 2
    {
      return .branch
    }
    return .version
  }
}
