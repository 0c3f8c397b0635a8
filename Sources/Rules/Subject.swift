package import Core
package import Languages

/// What rules look at: the repository and everything parsed out of it, once.
package struct Subject: Sendable {
  package let repository: Repository
  /// What of the tree is there, by path.
  package let tree: TreePaths
  /// All Python of the repository.
  package let python: PythonProgram
  /// The calls in it that fetch something, judged.
  package let pythonFetches: [PythonFetch]

  /// The Dockerfiles of the repository.
  package let dockerfiles: [(path: RelativePath, file: Dockerfile)]
  /// All shell of the repository, wherever it stands; what runs after one another in order.
  package let shell: [ShellScript]
  /// What its commands fetch, judged.
  package let shellFetches: [ShellFetch]

  /// The JSON configurations of the repository.
  package let configurations: [ConfigurationFile]
  /// Configurations and notebooks that could not be read.
  package let damage: [ConfigurationDamage]
  /// The headers of its model cards.
  package let cards: [ModelCard]

  /// What the manifests of the repository declare.
  package let manifests: Manifests

  package init(_ repository: Repository) {
    self.repository = repository
    tree = TreePaths(repository.entries)
    let json = ConfigurationFile.all(in: repository)
    configurations = json.files
    cards = ModelCard.all(in: repository)
    dockerfiles = Dockerfile.all(in: repository)
    let draft = ManifestDraft(repository, dockerfiles: dockerfiles)
    let outside = ShellScript.all(
      in: repository, dockerfiles: dockerfiles, others: draft.fragments)
    python = PythonProgram(
      repository, interest: .fetchers, shell: outside.map(\.analysis))
    pythonFetches = PythonFetch.all(in: python, tree)
    shell = outside + ShellScript.all(python.shell.map(\.fragment))
    let lists = RequirementLists.named(by: shell, in: repository)
    manifests = draft.manifests(naming: lists)
    damage = json.damage + ConfigurationDamage.others(in: repository, manifests)
    shellFetches = ShellFetch.all(in: shell, repository, tree, lists: lists)
  }
}
