package import Core
package import Languages

extension ShellFetch {
  /// Everything that the commands of `scripts` fetch.
  ///
  /// - Parameter lists: lists of requirements that the commands name.
  package static func all(
    in scripts: [ShellScript], _ repository: Repository, _ tree: TreePaths,
    lists: [ManifestDraft.NamedList]
  ) -> [ShellFetch] {
    let surroundings = ShellSurroundings(
      tree: tree, builtImages: builtImages(in: scripts),
      requirements: requirements(in: repository, Set(lists.map(\.path))),
      fetchingSetups: fetchingSetups(in: repository),
      nodeTools: NodeTools.names(for: scripts, in: repository),
      hasGemDigests: hasGemDigests(in: repository))
    let found = Parallel.batches(scripts.count) { script in
      Self.all(in: script, scripts[script].analysis, surroundings)
    }
    // A function that is called twice with the same words says nothing new, nor does a call whose
    // text can differ elsewhere.
    var seen: Set<Repetition> = []
    let fetches = found.joined().filter { fetch in
      let script = scripts[fetch.script]
      return seen.insert(
        Repetition(
          path: script.path, position: script.analysis.commands[fetch.command].position,
          kind: fetch.kind, target: fetch.target, revision: fetch.revision)
      ).inserted
    }
    var followUp = ShellFollowUp(scripts: scripts, fetches: fetches, tree: tree)
    followUp.run()
    return followUp.fetches.filter { !$0.countsOnlyWhenUsed || $0.use != nil }
  }

  /// Of what one command can fetch by the values of its variables, what tells something: an address
  /// whose host is empty does not, nor, beside a name that is known and not fixed, one that is not
  /// known.
  private static func withoutEmptyAlternatives(_ fetches: [ShellFetch]) -> [ShellFetch] {
    guard fetches.count > 1 else { return fetches }
    var found = fetches.filter { !$0.target.holds(":///") }
    if found.isEmpty { found = fetches }
    let open = Set(
      found.filter { $0.pinning != .dynamic && !$0.pinning.isFixed }.map(\.kind))
    return found.filter {
      $0.pinning != .dynamic || $0.kind == .packages || !open.contains($0.kind)
    }
  }

  /// What tells that a fetch was there before.
  private struct Repetition: Hashable {
    let path: RelativePath
    let position: TextPosition
    let kind: Kind
    let target: String
    let revision: String?
  }

  /// Everything that the commands of one script fetch.
  private static func all(
    in script: Int, _ analysis: ShellAnalysis, _ surroundings: ShellSurroundings
  ) -> [ShellFetch] {
    func reader(_ index: Int) -> ShellFetchReader {
      ShellFetchReader(
        script: script, index: index, command: analysis.commands[index], analysis: analysis,
        surroundings: surroundings)
    }
    let own = analysis.commands.indices.flatMap { index in
      analysis.commands[index].isElsewhere
        ? [] : withoutEmptyAlternatives(reader(index).fetches())
    }
    let foreign = analysis.programs.flatMap { program -> [ShellFetch] in
      guard case .other = program.interpreter, let index = program.command,
        analysis.commands.indices.contains(index)
      else { return [] }
      return reader(index).addresses(in: program)
    }
    guard !foreign.isEmpty else { return own }
    // What such a program hands to a shell stands among the commands.
    struct Place: Hashable {
      let line: Int
      let target: String
    }
    func line(_ fetch: ShellFetch) -> Int { analysis.commands[fetch.command].position.line }
    let known = Set(own.map { Place(line: line($0), target: $0.target) })
    return own
      + foreign.filter { fetch in
        let last = analysis.commands[fetch.command].end.line
        return !(line(fetch)...max(line(fetch), min(last, line(fetch) + 64))).contains {
          known.contains(Place(line: $0, target: fetch.target))
        }
      }
  }

  /// Whether the lock of Bundler records what each gem must be.
  private static func hasGemDigests(in repository: Repository) -> Bool {
    repository.sources.contains { source in
      source.path.name == "Gemfile.lock" && source.isWhole
        && source.bytes.firstRange(of: "\nCHECKSUMS".utf8) != nil
        && source.bytes.firstRange(of: " sha256=".utf8) != nil
    }
  }

  private static let builders: Set<String> = ["docker", "podman", "buildah", "nerdctl"]

  /// Names given by `docker build -t`.
  private static func builtImages(in scripts: [ShellScript]) -> BuiltImages {
    var names = BuiltImages()
    for script in scripts {
      for command in script.analysis.commands where builders.contains(command.name) {
        let words = Array(command.arguments)
        guard words.contains(where: { ["build", "commit", "tag", "bud"].contains($0.display) })
        else { continue }
        for (index, word) in words.enumerated() {
          if word.display == "-t" || word.display == "--tag", index + 1 < words.count {
            for value in words[index + 1].values { names.insert(value.display) }
          } else if word.display.hasPrefix("--tag=") {
            names.insert(String(word.display.dropFirst(6)))
          } else if word.display == "tag" || word.display == "commit", let last = words.last {
            names.insert(last.display)
          }
        }
      }
    }
    return names
  }

  private static func fetchingSetups(in repository: Repository) -> Set<String> {
    Set(
      repository.sources.filter { source in
        source.path.name == "setup.py" && source.isWhole
          && source.bytes.firstRange(of: "setup_requires".utf8) != nil
      }.map(\.path.description))
  }

  private static func requirements(
    in repository: Repository, _ named: Set<RelativePath>
  ) -> [String: RequirementsFile] {
    var files: [String: RequirementsFile] = [:]
    for source in repository.sources where source.isWhole {
      let suffix = source.path.suffix
      let isText = suffix == "txt" || suffix == "in" || suffix == "pip"
      let isNamed = named.contains(source.path)
      guard isText || isNamed else { continue }
      let name = source.path.name.lowercased()
      let isListed =
        isNamed || name.contains("require") || name.contains("constraint") || name.contains("deps")
        || source.format?.name == "requirements"
      if isListed { files[source.path.description] = RequirementsFile(source.bytes) }
    }
    return files
  }
}
