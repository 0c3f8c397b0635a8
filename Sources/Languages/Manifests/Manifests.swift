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
    self.disagreements = disagreements
  }

  /// Nothing at all.
  package init() {
    dependencies = []
    sources = []
    fragments = []
    downloads = []
    problems = []
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
    switch path.name {
    case "pyproject.toml": PyprojectManifest.read(context, into: &collector)
    case "Pipfile": PipfileManifest.read(context, into: &collector)
    case "pixi.toml": PixiManifest.read(context, into: &collector)
    case "setup.cfg", "tox.ini": SetupConfiguration.read(context, into: &collector)
    case "Cargo.toml": CargoManifest.read(context, into: &collector)
    case "go.mod": GoModule.read(context, into: &collector)
    case "Gemfile", "gems.rb": Gemfile.read(context, into: &collector)
    case "Package.swift": SwiftPackage.read(context, into: &collector)
    case ".gitmodules": GitModules.read(context, into: &collector)
    case "noxfile.py": NoxScript.read(context, into: &collector)
    case "README.md": SpaceHeader.read(context, into: &collector)
    case _ where CommandFiles.isNamed(path): CommandFiles.read(context, into: &collector)
    case "package.json":
      // What lies under node_modules is installed already: nobody installs from its manifests.
      if !path.description.contains("node_modules/") {
        NodeManifest.read(context, into: &collector)
      }
    default: readByForm(source, context)
    }
  }

  private mutating func readByForm(_ source: SourceFile, _ context: ManifestContext) {
    let path = source.path
    if DevcontainerConfiguration.isNamed(path) {
      DevcontainerConfiguration.read(context, into: &collector)
    } else if RequirementsManifest.isNamed(path) {
      readRequirements(
        source, isConstraint: RequirementsManifest.isConstraints(path), group: nil)
    } else if SetupScript.isNamed(path) {
      SetupScript.read(context, into: &collector)
    } else if SingularityDefinition.isNamed(path) {
      SingularityDefinition.read(context, into: &collector)
    } else if ["meta.yaml", "meta.yml", "conda.yaml.in"].contains(path.name),
      source.bytes.firstRange(of: "requirements:".utf8) != nil
    {
      CondaManifest.readRecipe(context, into: &collector)
    } else if CMakeFile.isNamed(path) {
      CMakeFile.read(context, into: &collector)
    } else if BazelFile.isNamed(path) {
      BazelFile.read(context, into: &collector)
    } else if MesonWrap.isNamed(path) {
      MesonWrap.read(context, into: &collector)
    } else if WebPage.isNamed(path) {
      WebPage.read(context, into: &collector)
      WebImports.read(context, into: &collector)
    } else if WebImports.isNamed(path) {
      WebImports.read(context, into: &collector)
    } else if ToolConfiguration.isNamed(path) {
      ToolConfiguration.read(context, into: &collector)
    } else if UnitFile.isNamed(path) {
      UnitFile.read(context, into: &collector)
    } else if GitCommands.isNamed(path) {
      GitCommands.read(context, into: &collector)
    } else if CommandDocument.isNamed(path) {
      CommandDocument.readTOML(context, into: &collector)
    } else if ["yml", "yaml"].contains(path.suffix) {
      readYAML(source, context)
    }
  }

  // MARK: YAML

  private func isNamedYAML(_ path: RelativePath) -> Bool {
    GitHubWorkflow.isWorkflow(path) || GitHubWorkflow.isAction(path)
      || GitLabPipeline.isPipeline(path) || PreCommitConfiguration.isNamed(path)
      || ComposeFile.isNamed(path) || AzurePipeline.isPipeline(path)
      || PlainPipeline.isPipeline(path) || path.name == "cog.yaml" || isCircleCI(path)
      || isHelmValues(path)
  }

  private func isCircleCI(_ path: RelativePath) -> Bool {
    path.parent?.name == ".circleci"
  }

  private func isHelmValues(_ path: RelativePath) -> Bool {
    path.name.hasPrefix("values") && chartFolders.contains(path.parent)
  }

  /// What a document of a manifest without a name of its own has to say somewhere.
  private static let marks: [StaticString] =
    ["dependencies:", "services:", "apiVersion:", "python_packages:", "pool:"]
    + AnsiblePlaybook.marks + CommandDocument.marks

  private mutating func readYAML(_ source: SourceFile, _ context: ManifestContext) {
    let path = source.path
    let isNamed = isNamedYAML(path)
    if !isNamed {
      guard source.bytes.count <= Self.contentLimit,
        Self.marks.contains(where: { source.bytes.offset(of: $0) != nil })
      else { return }
    }
    let stream = YAMLStream(source.bytes)
    if let error = stream.error, isNamed {
      collector.problems.append(
        ManifestProblem(
          location: context.location(error.position), reason: "cannot be read: \(error.reason)"))
      if let rest = Self.rest(of: source.bytes, after: error.position) {
        for document in YAMLStream(rest).documents { read(document, path, context) }
      }
    }
    for document in stream.documents { read(document, path, context) }
  }

  /// A document that cannot be read from its start, from the first key at its margin behind the
  /// error on; what stands before becomes blanks, so that places hold. Nil without such a key.
  private static func rest(of bytes: [UInt8], after error: TextPosition) -> [UInt8]? {
    var line = 1
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let text = bytes[start..<end]
      let key = text.prefix { $0.isNameByte || $0 == UInt8(ascii: "-") }
      let mark = text[key.endIndex...]
      if line > error.line, !key.isEmpty, mark.first == UInt8(ascii: ":"),
        mark.dropFirst().first.map(\.isBlank) ?? true
      {
        return bytes[..<start].map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
          + bytes[start...]
      }
      line += 1
      start = end + 1
    }
    return nil
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
    } else if path.name == "cog.yaml" || document.value(at: "build", "python_packages") != nil {
      CogConfiguration.read(document, context, into: &collector)
    } else if isCircleCI(path) {
      CircleCIPipeline.read(document, context, into: &collector)
    } else if AzurePipeline.isPipeline(path) || AzurePipeline.isPipeline(document) {
      AzurePipeline.read(document, context, into: &collector)
    } else if PlainPipeline.isPipeline(path) {
      PlainPipeline.read(document, context, into: &collector)
    } else if CondaManifest.isEnvironment(document) {
      CondaManifest.readEnvironment(document, context, into: &collector)
    } else if KubernetesManifest.isObject(document) {
      KubernetesManifest.read(document, context, into: &collector)
    } else if ComposeFile.isNamed(path) || ComposeFile.isCompose(document) {
      ComposeFile.read(document, context, into: &collector)
    } else if isHelmValues(path) {
      HelmValues.read(document, context, into: &collector)
    } else if AnsiblePlaybook.isPlaybook(document) {
      AnsiblePlaybook.read(document, context, into: &collector)
    } else {
      CommandDocument.read(document, context, into: &collector)
    }
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
    let byPath = Dictionary(
      repository.sources.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var index = 0
    while index < collector.includes.count {
      let include = collector.includes[index]
      index += 1
      if let source = byPath[include.path] {
        readRequirements(source, isConstraint: include.isConstraint, group: include.group)
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
