import Core
import Languages

/// Lists of requirements that commands name, whatever they are called.
enum RequirementLists {
  /// The files that `pip install -r` and its kin read in `scripts`, as far as the repository holds
  /// them.
  static func named(
    by scripts: [ShellScript], in repository: Repository
  ) -> [ManifestDraft.NamedList] {
    var written: [(name: String, isConstraint: Bool, folder: String, path: RelativePath)] = []
    for script in scripts {
      for command in script.analysis.commands {
        for (name, isConstraint) in names(in: command) {
          written.append((name, isConstraint, command.directory.display, script.path))
        }
      }
    }
    if written.isEmpty { return [] }
    let tree = Tree(repository)
    var found: [ManifestDraft.NamedList] = []
    var seen: Set<RelativePath> = []
    for (name, isConstraint, folder, script) in written {
      guard let path = tree.file(name, in: folder, from: script), seen.insert(path).inserted
      else { continue }
      found.append(ManifestDraft.NamedList(path: path, isConstraint: isConstraint))
    }
    return found
  }

  private static func names(in command: ShellCommand) -> [(String, isConstraint: Bool)] {
    // pip, python, pypy, uv, mim: all others leave by their first letter.
    let initial = command.name.utf8.first.map { $0 | 0x20 } ?? UInt8(ascii: "p")
    guard "pum".utf8.contains(initial) else { return [] }
    var (name, arguments) = (command.name, command.arguments)
    if let (module, rest) = ShellFetchReader.module(command) { (name, arguments) = (module, rest) }
    if name == "pip-sync" {
      return arguments.filter { !$0.display.hasPrefix("-") }.map { ($0.display, false) }
    }
    guard PackageCommands.isPip(name) || ["uv", "uvx", "pipx", "mim"].contains(name) else {
      return []
    }
    let options = ShellOptions(arguments, PythonPackageCommands.grammar)
    let lists = options.values("-r", "--requirement", "--requirements", "--with-requirements")
    let limits = options.values("-c", "--constraint", "--constraints")
    return lists.flatMap { field in
      field.values.prefix(ShellFetchReader.maximumValues).map { ($0.display, false) }
    }
      + limits.flatMap { field in
        field.values.prefix(ShellFetchReader.maximumValues).map { ($0.display, true) }
      }
  }

  /// The files of a repository by path and by name.
  private struct Tree {
    private let paths: Set<RelativePath>
    private let byName: [String: [RelativePath]]

    init(_ repository: Repository) {
      let sources = repository.sources.filter { $0.isWhole }
      paths = Set(sources.map(\.path))
      byName = Dictionary(grouping: sources.map(\.path), by: \.name)
    }

    /// The file that a command means that runs in `folder`, written in `script`.
    func file(_ name: String, in folder: String, from script: RelativePath) -> RelativePath? {
      guard !name.isEmpty, !name.contains("://") else { return nil }
      // Projects and scripts list requirements too, but in ways of their own.
      let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if ["toml", "py", "cfg", "yml", "yaml", "json", "lock"].contains(suffix) { return nil }
      let place = folder.isEmpty || folder.hasPrefix("/") ? name : "\(folder)/\(name)"
      let parent = script.parent.map { "\($0)/" } ?? ""
      for text in [parent + place, place, parent + name, name] {
        if let path = RequirementLists.resolve(text), paths.contains(path) { return path }
      }
      // An image has its own folders: the file's name alone decides, when only one bears it.
      let last = name.split(separator: "/").last.map(String.init) ?? ""
      guard let found = byName[last], found.count == 1 else { return nil }
      return found[0]
    }
  }

  /// A path without `.` and `..`; nil for one that leads out of the tree.
  private static func resolve(_ text: String) -> RelativePath? {
    if text.hasPrefix("/") { return nil }
    var components: [Substring] = []
    for component in text.split(separator: "/") {
      switch component {
      case ".": continue
      case "..":
        if components.isEmpty { return nil }
        components.removeLast()
      default: components.append(component)
      }
    }
    return try? RelativePath(components.joined(separator: "/"))
  }
}
