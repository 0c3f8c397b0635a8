package import Core

/// Everything that the manifests of a repository declare: what is fetched, from where, and the
/// shell that they hold.
package struct Manifests: Sendable {
  package let dependencies: [Dependency]
  package let sources: [PackageSource]
  /// Shell in workflows, pipelines, hooks, scripts of package.json and the like, in running order
  /// within each sequence.
  package let fragments: [ShellFragment]
  /// What build, deployment and web files name to be fetched.
  package let downloads: [DeclaredDownload]
  package let problems: [ManifestProblem]
  /// Configurations in YAML and TOML that are no manifest of a tool known by name.
  package let documents: [ConfigurationDocument]
  /// Such configurations that could not be read, or only in part.
  package let damage: [ManifestProblem]
  package let disagreements: [LockDisagreement]

  /// Reads every manifest and lock file among the sources of `repository`.
  package init(_ repository: Repository) {
    self = ManifestDraft(repository, dockerfiles: Dockerfile.all(in: repository)).manifests()
  }

  fileprivate init(_ reader: ManifestsReader) {
    var collector = reader.collector
    reader.constrain(&collector)
    let locks = LockFiles(reader.repository)
    var disagreements: [LockDisagreement] = []
    locks.apply(to: &collector.dependencies, disagreements: &disagreements)
    dependencies = collector.dependencies
    sources = collector.sources
    fragments = collector.fragments
    downloads = collector.downloads
    problems = collector.problems
    documents = collector.documents
    damage = collector.damage
    self.disagreements = disagreements
  }

  /// Nothing at all.
  package init() {
    dependencies = []
    sources = []
    fragments = []
    downloads = []
    problems = []
    documents = []
    damage = []
    disagreements = []
  }
}

/// Manifests as far as their own names tell: which further files are lists of requirements can be
/// said only once the shell is known.
package struct ManifestDraft: Sendable {
  private let reader: ManifestsReader

  /// A list of requirements that something other than a manifest names.
  package struct NamedList: Hashable, Sendable {
    package let path: RelativePath
    /// Whether it only limits versions (`-c`).
    package let isConstraint: Bool

    package init(path: RelativePath, isConstraint: Bool) {
      self.path = path
      self.isConstraint = isConstraint
    }
  }

  /// Reads what `repository` holds under the names of manifests.
  ///
  /// - Parameter dockerfiles: the Dockerfiles of the repository, parsed.
  package init(
    _ repository: Repository, dockerfiles: [(path: RelativePath, file: Dockerfile)]
  ) {
    var reader = ManifestsReader(repository)
    reader.run()
    for (path, file) in dockerfiles {
      DockerfileManifest.read(file, path, into: &reader.collector)
    }
    self.reader = reader
  }

  /// The shell that the manifests hold.
  package var fragments: [ShellFragment] { reader.collector.fragments }

  /// Everything, with the lists that the repository's commands name.
  package func manifests(naming lists: [NamedList] = []) -> Manifests {
    var reader = reader
    reader.finish(lists)
    return Manifests(reader)
  }
}

/// Sorts sources by what they are and has each read once.
private struct ManifestsReader {
  /// Larger texts are read only where their name says what they are, in bytes.
  private static let contentLimit = 1 << 20

  let repository: Repository
  var collector = ManifestCollector()
  /// Folders that hold a Helm chart.
  private let chartFolders: Set<RelativePath?>
  private var requirements: Set<RelativePath> = []
  /// For each requirements file, the constraints files that it takes in.
  private var constraints: [RelativePath: Set<RelativePath>] = [:]
  /// The first file taken in by another that is not read yet.
  private var nextInclude = 0

  init(_ repository: Repository) {
    self.repository = repository
    chartFolders = Set(
      repository.sources.filter { $0.path.name == "Chart.yaml" }.map(\.path.parent))
  }

  mutating func run() {
    for source in repository.sources { read(source) }
    if !collector.spaces.isEmpty {
      for source in repository.sources
      where source.path.name == "packages.txt" && collector.spaces.contains(source.path.parent) {
        SpaceHeader.readPackages(ManifestContext(source), into: &collector)
      }
    }
  }

  /// Reads what others name, then what can be nothing but requirements.
  mutating func finish(_ lists: [ManifestDraft.NamedList]) {
    for list in lists {
      collector.includes.append(
        ManifestCollector.Include(
          path: list.path, isConstraint: list.isConstraint, group: nil))
    }
    readIncludes()
    let unread = repository.sources.filter { source in
      source.path.suffix == "txt" && !requirements.contains(source.path)
        && RequirementsManifest.isRequirements(source.bytes)
    }
    for source in unread { readRequirements(source, isConstraint: false, group: nil) }
    readIncludes()
  }

  private mutating func read(_ source: SourceFile) {
    let path = source.path
    let context = ManifestContext(source)
    if source.claims.contains(.python) || path.suffix == "py"
      || source.bytes.starts(with: "#!".utf8)
    {
      InlineScript.read(context, into: &collector)
    }
    if ImageLiterals.isNamed(path) { ImageLiterals.read(context, into: &collector) }
    if let reader = ManifestTable.reader(of: path) {
      reader(context, &collector)
    } else {
      readByForm(source, context)
    }
  }

  private mutating func readByForm(_ source: SourceFile, _ context: ManifestContext) {
    let path = source.path
    if RequirementsManifest.isNamed(path) {
      readRequirements(
        source, isConstraint: RequirementsManifest.isConstraints(path), group: nil)
    } else if ["yml", "yaml"].contains(path.suffix) || Kustomization.isNamed(path)
      || CloudConfiguration.isNamed(source.bytes)
    {
      readYAML(source, context)
    } else if path.suffix == "toml", !isLock(path) {
      readTOML(source, context)
    }
  }

  /// Whether a text without a name of its own is small enough to be a configuration; one that is
  /// not is told.
  private mutating func isSmall(_ context: ManifestContext) -> Bool {
    if context.bytes.count <= Self.contentLimit { return true }
    collector.damage.append(
      ManifestProblem(
        location: context.location(TextPosition(line: 1, column: 1)),
        reason: "it is larger than 1 MiB, the most that is read without a name that is known"))
    return false
  }

  // MARK: TOML

  private func isLock(_ path: RelativePath) -> Bool {
    path.name.hasPrefix("pylock.")
  }

  private mutating func readTOML(_ source: SourceFile, _ context: ManifestContext) {
    guard isSmall(context) else { return }
    do {
      collector.documents.append(
        ConfigurationDocument(path: source.path, content: .toml(try TOML.parse(source.bytes))))
    } catch {
      collector.damage.append(
        ManifestProblem(location: context.location(error.position), reason: error.reason))
    }
  }

  // MARK: YAML

  private func isNamedYAML(_ path: RelativePath) -> Bool {
    GitHubWorkflow.isWorkflow(path) || GitHubWorkflow.isAction(path)
      || GitLabPipeline.isPipeline(path) || PreCommitConfiguration.isNamed(path)
      || ComposeFile.isNamed(path) || AzurePipeline.isPipeline(path)
      || PlainPipeline.isPipeline(path) || path.name == "cog.yaml" || isCircleCI(path)
      || isHelmValues(path) || Kustomization.isNamed(path) || HelmChart.isNamed(path)
      || BuildkitePipeline.isNamed(path)
  }

  private func isCircleCI(_ path: RelativePath) -> Bool {
    path.parent?.name == ".circleci"
  }

  private func isHelmValues(_ path: RelativePath) -> Bool {
    path.name.hasPrefix("values")
      && (chartFolders.contains(path.parent) || path.name == "values.yaml")
  }

  /// What a document of a manifest without a name of its own has to say somewhere.
  private static let marks: [StaticString] =
    ["dependencies:", "services:", "apiVersion:", "python_packages:", "pool:"]
    + AnsiblePlaybook.marks + CommandDocument.marks + [RuntimeEnvironment.mark]

  private mutating func readYAML(_ source: SourceFile, _ context: ManifestContext) {
    let path = source.path
    if isNamedYAML(path) || CloudConfiguration.isNamed(context.bytes) {
      for document in collector.yaml(context) { read(document, path, context) }
      return
    }
    guard isSmall(context) else { return }
    let stream = YAMLStream(source.bytes)
    var documents = stream.documents
    if let error = stream.error {
      collector.damage.append(
        ManifestProblem(location: context.location(error.position), reason: error.reason))
      documents += context.documents(after: error.position)
    }
    let mayBeManifest = Self.marks.contains { source.bytes.offset(of: $0) != nil }
    for document in documents {
      if TrussManifest.isManifest(path, document) {
        TrussManifest.read(document, context, into: &collector)
        readFurther(document, path, context, isKnown: true)
      } else if GalaxyRequirements.isRequirements(path, document) {
        GalaxyRequirements.read(document, context, into: &collector)
      } else if mayBeManifest {
        read(document, path, context)
      } else {
        collector.documents.append(ConfigurationDocument(path: path, content: .yaml(document)))
      }
    }
  }

  private mutating func read(
    _ document: YAMLNode, _ path: RelativePath, _ context: ManifestContext
  ) {
    if GitHubWorkflow.isWorkflow(path) || GitHubWorkflow.isAction(path) {
      GitHubWorkflow.read(document, context, into: &collector)
    } else if GitLabPipeline.isPipeline(path) {
      GitLabPipeline.read(document, context, into: &collector)
    } else if PreCommitConfiguration.isNamed(path) {
      PreCommitConfiguration.read(document, context, into: &collector)
    } else if path.name == "cog.yaml" {
      CogConfiguration.read(document, context, into: &collector)
    } else if isCircleCI(path) {
      CircleCIPipeline.read(document, context, into: &collector)
    } else if AzurePipeline.isPipeline(path) {
      AzurePipeline.read(document, context, into: &collector)
    } else if PlainPipeline.isPipeline(path) {
      PlainPipeline.read(document, context, into: &collector)
    } else if CloudConfiguration.isNamed(context.bytes) {
      CloudConfiguration.read(document, context, into: &collector)
    } else if BuildkitePipeline.isNamed(path) {
      BuildkitePipeline.read(document, context, into: &collector)
    } else if HelmChart.isNamed(path), document["dependencies"] != nil {
      HelmChart.read(document, context, into: &collector)
    } else if Kustomization.isNamed(path) {
      Kustomization.read(document, context, into: &collector)
    } else if ComposeFile.isNamed(path) {
      ComposeFile.read(document, context, into: &collector)
    } else if isHelmValues(path), chartFolders.contains(path.parent) {
      HelmValues.read(document, context, into: &collector)
    } else {
      let isKnown = readByContent(document, path, context)
      readFurther(document, path, context, isKnown: isKnown)
    }
  }

  /// Reads a document whose keys alone say what it may be; answers whether they do.
  private mutating func readByContent(
    _ document: YAMLNode, _ path: RelativePath, _ context: ManifestContext
  ) -> Bool {
    if document.value(at: "build", "python_packages") != nil {
      CogConfiguration.read(document, context, into: &collector)
    } else if AzurePipeline.isPipeline(document) {
      AzurePipeline.read(document, context, into: &collector)
    } else if CondaManifest.isEnvironment(document) {
      CondaManifest.readEnvironment(document, context, into: &collector)
    } else if KubernetesManifest.isObject(document) {
      KubernetesManifest.read(document, context, into: &collector)
    } else if ComposeFile.isCompose(document) {
      ComposeFile.read(document, context, into: &collector)
    } else if isHelmValues(path) {
      HelmValues.read(document, context, into: &collector)
    } else if AnsiblePlaybook.isPlaybook(document) {
      AnsiblePlaybook.read(document, context, into: &collector)
    } else {
      return false
    }
    return true
  }

  /// Reads what stands beside the keys by which a document was known: whoever wrote these may have
  /// written others, which another tool acts on.
  private mutating func readFurther(
    _ document: YAMLNode, _ path: RelativePath, _ context: ManifestContext, isKnown: Bool
  ) {
    CommandDocument.read(document, context, isKnown: isKnown, into: &collector)
    RuntimeEnvironment.read(document, context, into: &collector)
    collector.documents.append(ConfigurationDocument(path: path, content: .yaml(document)))
  }

  // MARK: Requirements files

  private mutating func readRequirements(
    _ source: SourceFile, isConstraint: Bool, group: String?
  ) {
    guard requirements.insert(source.path).inserted else { return }
    let first = collector.includes.count
    RequirementsManifest.read(
      ManifestContext(source), isConstraint: isConstraint, group: group, into: &collector)
    for include in collector.includes[first...] where include.isConstraint {
      constraints[source.path, default: []].insert(include.path)
    }
  }

  /// Reads the files that others take in; each file once, so circles end.
  private mutating func readIncludes() {
    guard nextInclude < collector.includes.count else { return }
    let entries = Set(repository.entries.map(\.path))
    let byPath = Dictionary(
      repository.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    while nextInclude < collector.includes.count {
      let include = collector.includes[nextInclude]
      nextInclude += 1
      if let source = byPath[include.path] {
        readRequirements(source, isConstraint: include.isConstraint, group: include.group)
      } else if let location = include.location, !entries.contains(include.path) {
        collector.problems.append(
          ManifestProblem(
            location: location,
            reason:
              "takes in \(include.path), which the tree does not hold: what it asks for is unknown"
          ))
      }
    }
  }

  /// Notes where a constraints file names the exact version of what a requirements file leaves
  /// open.
  func constrain(_ collector: inout ManifestCollector) {
    guard !constraints.isEmpty else { return }
    var exact: [RelativePath: [String: Dependency]] = [:]
    for dependency in collector.dependencies
    where dependency.purpose == .constraint && dependency.ecosystem == .pypi
      && (dependency.level == .version || dependency.level == .content)
    {
      exact[dependency.location.path, default: [:]][dependency.name] = dependency
    }
    for (index, dependency) in collector.dependencies.enumerated()
    where dependency.level == .nothing || dependency.level == .range {
      for path in constraints[dependency.location.path] ?? [] {
        guard let constraint = exact[path]?[dependency.name] else { continue }
        collector.dependencies[index].constrainedBy = constraint.location
        collector.dependencies[index].level = constraint.level
      }
    }
  }
}
