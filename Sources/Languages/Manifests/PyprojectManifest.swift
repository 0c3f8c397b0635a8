import Core

/// pyproject.toml: PEP 621, dependency groups, build requirements, and the tables of Poetry, PDM,
/// Hatch, uv, pixi and setuptools.
enum PyprojectManifest {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let document = collector.toml(context) else { return }
    var reader = PyprojectReader(context: context)
    reader.read(document)
    collector.dependencies += reader.collector.dependencies
    collector.sources += reader.collector.sources
    collector.fragments += reader.collector.fragments
    collector.includes += reader.collector.includes
    collector.problems += reader.collector.problems
  }
}

/// uv.toml: what stands under `tool.uv` elsewhere.
enum UVSettings {
  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    guard let root = collector.toml(context) else { return }
    var reader = PyprojectReader(context: context)
    reader.readUV(root)
    collector.dependencies += reader.collector.dependencies
    collector.sources += reader.collector.sources
  }
}

private struct PyprojectReader {
  let context: ManifestContext
  var collector = ManifestCollector()
  /// The project's own name, by which extras refer to each other.
  private var ownName: String?
  /// What `tool.uv.sources` says of a name.
  private var uvSources: [String: (key: String, value: TOMLValue)] = [:]
  /// The entries of it that stand among the dependencies.
  private var placed: Set<String> = []

  init(context: ManifestContext) {
    self.context = context
  }

  mutating func read(_ document: TOMLValue) {
    let tool = document["tool"]
    ownName = (document.value(at: "project", "name") ?? tool?.value(at: "poetry", "name"))?.string
      .map { PythonRequirement.normalize($0) }
    for entry in tool?.value(at: "uv", "sources")?.table?.entries ?? [] {
      uvSources[PythonRequirement.normalize(entry.key)] = (entry.key, entry.value)
    }
    list(document.value(at: "build-system", "requires"), group: "build-system", purpose: .build)
    if let project = document["project"] {
      list(project["dependencies"], group: nil)
      lists(project["optional-dependencies"], purpose: .run)
    }
    lists(document["dependency-groups"], purpose: .development)
    if let poetry = tool?["poetry"] { readPoetry(poetry) }
    if let pdm = tool?["pdm"] {
      lists(pdm["dev-dependencies"], purpose: .development)
      for source in pdm["source"]?.array ?? [] {
        index(source["url"], isFirst: source["name"]?.string == "pypi")
      }
    }
    for environment in tool?.value(at: "hatch", "envs")?.table?.entries ?? [] {
      for key in ["dependencies", "extra-dependencies"] {
        list(environment.value[key], group: environment.key, purpose: .development)
      }
      scripts(environment.value["scripts"])
    }
    if let uv = tool?["uv"] { readUV(uv) }
    if let rye = tool?["rye"] {
      list(rye["dev-dependencies"], group: "dev", purpose: .development)
      for source in rye["sources"]?.array ?? [] { index(source["url"], isFirst: false) }
    }
    list(tool?.value(at: "flit", "metadata", "requires"), group: nil)
    lists(tool?.value(at: "flit", "metadata", "requires-extra"), purpose: .run)
    if let pixi = tool?["pixi"] {
      PixiManifest.read(pixi, context, into: &collector)
    }
    readSources()
    readSetuptools(tool?.value(at: "setuptools", "dynamic"))
    scripts(tool?.value(at: "pdm", "scripts"))
    scripts(tool?.value(at: "poe", "tasks"))
    scripts(tool?.value(at: "taskipy", "tasks"))
    if let tox = tool?["tox"] { ToxSettings.read(tox, context, into: &collector) }
    for key in ["before-all", "before-build", "before-test", "test-command"] {
      script(tool?.value(at: "cibuildwheel", key), key: "cibuildwheel.\(key)")
    }
  }

  // MARK: PEP 621 and the like

  private mutating func list(
    _ value: TOMLValue?, group: String?, purpose: Dependency.Purpose = .run
  ) {
    for item in value?.array ?? [] {
      guard let text = item.string else { continue }
      let location = context.location(item.start, item.end)
      guard
        var dependency = PythonDependencies.dependency(
          text, at: location, group: group, purpose: purpose)
      else { continue }
      // An extra that takes in other extras of the same project fetches nothing itself.
      if dependency.name == ownName, dependency.level == .nothing { continue }
      if purpose != .build, let (key, source) = uvSources[dependency.name] {
        let level = dependency.level
        apply(source, to: &dependency)
        // What decides stands elsewhere, once for every list that names the package.
        let decides = ["git", "url"].contains { (source.array?.first ?? source)[$0] != nil }
        if decides || dependency.level != level {
          if !placed.insert(key).inserted { continue }
          dependency.location = context.location(source.start, source.end)
        }
      }
      collector.dependencies.append(dependency)
    }
  }

  private mutating func lists(_ value: TOMLValue?, purpose: Dependency.Purpose) {
    for entry in value?.table?.entries ?? [] {
      list(entry.value, group: entry.key, purpose: purpose)
    }
  }

  // MARK: Poetry

  private mutating func readPoetry(_ poetry: TOMLValue) {
    table(poetry["dependencies"], group: nil, purpose: .run)
    table(poetry["dev-dependencies"], group: "dev", purpose: .development)
    for group in poetry["group"]?.table?.entries ?? [] {
      table(group.value["dependencies"], group: group.key, purpose: .development)
    }
    let sources = poetry["source"]?.array ?? []
    for source in sources {
      let priority = source["priority"]?.string ?? "primary"
      if priority == "explicit" { continue }
      let replaces = priority == "default" || source["default"]?.boolean == true
      index(source["url"], isFirst: replaces)
    }
  }

  /// `name = "constraint"`, `name = {version = …, git = …}`, or a list of such tables.
  private mutating func table(_ value: TOMLValue?, group: String?, purpose: Dependency.Purpose) {
    for entry in value?.table?.entries ?? [] where entry.key != "python" {
      for item in entry.value.array ?? [entry.value] {
        // A header of its own stands over an entry that is written as a table.
        let location = context.location(
          entry.value.array == nil ? entry.keyPosition : item.start, item.end)
        var dependency = Dependency(
          .pypi, PythonRequirement.normalize(entry.key), "", .nothing, at: location, group: group,
          purpose: purpose, construct: "")
        if let constraint = item.string ?? item["version"]?.string {
          PoetryManifest.apply(constraint, to: &dependency)
        }
        apply(item.table == nil ? nil : item, to: &dependency)
        dependency.construct = "\(dependency.name) \(dependency.requirement)"
        collector.dependencies.append(dependency)
      }
    }
  }

  /// A table that gives a git repository, an address or a path for a package.
  private func apply(_ source: TOMLValue?, to dependency: inout Dependency) {
    guard let source = source?.array?.first ?? source else { return }
    PoetryManifest.apply(
      git: source["git"]?.string, revision: source["rev"]?.string ?? source["ref"]?.string,
      tag: source["tag"]?.string, branch: source["branch"]?.string, url: source["url"]?.string,
      path: source["path"]?.string ?? source["file"]?.string,
      isWorkspace: source["workspace"]?.boolean == true, to: &dependency)
  }

  // MARK: uv, setuptools

  /// Sources of packages that only others ask for: members of the workspace, say.
  private mutating func readSources() {
    for (name, source) in uvSources.sorted(by: { $0.key < $1.key })
    where !placed.contains(source.key) {
      let value = source.value.array?.first ?? source.value
      guard value["git"] != nil || value["url"] != nil else { continue }
      var dependency = Dependency(
        .pypi, name, "", .nothing,
        at: context.location(source.value.start, source.value.end), group: "sources",
        construct: "")
      apply(source.value, to: &dependency)
      dependency.construct = "\(name) \(dependency.requirement)"
      collector.dependencies.append(dependency)
    }
  }

  mutating func readUV(_ uv: TOMLValue) {
    list(uv["dev-dependencies"], group: "dev", purpose: .development)
    list(uv["override-dependencies"], group: "override", purpose: .constraint)
    list(uv["constraint-dependencies"], group: "constraint", purpose: .constraint)
    list(uv["build-constraint-dependencies"], group: "build-constraint", purpose: .constraint)
    for key in ["pip"] {
      for url in uv.value(at: key, "extra-index-url")?.array ?? [] { index(url, isFirst: false) }
    }
    for url in uv["extra-index-url"]?.array ?? [] { index(url, isFirst: false) }
    for index in uv["index"]?.array ?? [] where index["explicit"]?.boolean != true {
      self.index(index["url"], isFirst: index["default"]?.boolean == true)
    }
    for url in uv["find-links"]?.array ?? [] { add(.findLinks, url) }
    for host in uv["allow-insecure-host"]?.array ?? [] { add(.trustedHost, host) }
  }

  private mutating func readSetuptools(_ dynamic: TOMLValue?) {
    func files(_ value: TOMLValue?) -> [TOMLValue] {
      let file = value?["file"]
      return file?.array ?? file.map { [$0] } ?? []
    }
    for file in files(dynamic?["dependencies"]) { include(file, group: nil) }
    for extra in dynamic?["optional-dependencies"]?.table?.entries ?? [] {
      for file in files(extra.value) { include(file, group: extra.key) }
    }
  }

  private mutating func include(_ file: TOMLValue, group: String?) {
    guard let path = file.string else { return }
    collector.include(
      path, group: group, at: context.location(file.start, file.end), from: context)
  }

  private mutating func index(_ url: TOMLValue?, isFirst: Bool) {
    guard let url else { return }
    add(isFirst ? .index : .extraIndex, url)
  }

  private mutating func add(_ kind: PackageSource.Kind, _ value: TOMLValue) {
    guard let address = value.string else { return }
    collector.sources.append(
      PackageSource(
        kind: kind, ecosystem: .pypi, address: address,
        location: context.location(value.start, value.end), construct: address))
  }

  // MARK: Scripts

  private mutating func scripts(_ value: TOMLValue?) {
    for entry in value?.table?.entries ?? [] {
      script(entry.value, key: entry.key)
      script(entry.value["cmd"] ?? entry.value["shell"], key: entry.key)
    }
  }

  private mutating func script(_ value: TOMLValue?, key: String) {
    for item in value?.array ?? value.map({ [$0] }) ?? [] {
      guard let text = item.string else { continue }
      var builder = ShellTextBuilder()
      builder.append(decoded: text.utf8, at: item.start)
      collector.fragments.append(
        ShellFragment(path: context.path, place: .configuration(key: key), text: builder))
    }
  }
}

/// What Poetry, uv, PDM, pixi and Pipenv write about one package.
enum PoetryManifest {
  static func apply(_ constraint: String, to dependency: inout Dependency) {
    dependency.requirement = constraint
    guard let parsed = PoetryConstraint(constraint) else {
      dependency.level = .dynamic
      return
    }
    if parsed.exactVersion != nil {
      dependency.level = .version
    } else {
      dependency.level = parsed.isAny ? .nothing : .range
    }
  }

  static func apply(
    git: String?, revision: String?, tag: String?, branch: String?, url: String?, path: String?,
    isWorkspace: Bool = false, to dependency: inout Dependency
  ) {
    if let git {
      dependency.ecosystem = .git
      dependency.name = git
      let written = revision ?? tag ?? branch
      dependency.requirement = written ?? ""
      if let revision {
        dependency.level = Dependency.Level(Pinning(git: revision))
      } else {
        dependency.level = tag == nil ? .branch : .tag
      }
      dependency.isPlaintext = git.hasPrefix("http://") || git.hasPrefix("git://")
    } else if let url, let reference = DirectReference.parse(url) {
      dependency.requirement = "@ " + url
      dependency.level = Dependency.Level(reference.pinning)
      dependency.isPlaintext = reference.isPlaintext
    } else if let path {
      dependency.requirement = path
      dependency.level = .local
    } else if isWorkspace {
      dependency.requirement = "workspace"
      dependency.level = .local
    }
  }
}
