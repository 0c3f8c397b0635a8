import Core

/// One package that a lock file fixes.
struct LockedPackage {
  /// The version, or the commit of a repository.
  let version: String
  let level: Dependency.Level
}

/// One lock file, read.
struct LockFile {
  let path: RelativePath
  let ecosystem: Dependency.Ecosystem
  /// The packages by name; several versions of one package may be locked at once.
  private(set) var packages: [String: [LockedPackage]] = [:]
  /// A package's name by the last part of it, as repositories are called.
  private(set) var identities: [String: String] = [:]
  /// The digest of the manifest that it was made for, with its place.
  var claim: (digest: String, start: TextPosition, end: TextPosition)?

  init(_ path: RelativePath, _ ecosystem: Dependency.Ecosystem) {
    self.path = path
    self.ecosystem = ecosystem
  }

  mutating func add(_ name: String, _ version: String, _ level: Dependency.Level) {
    packages[name, default: []].append(LockedPackage(version: version, level: level))
    identities[LockFiles.identity(name)] = name
  }
}

/// The lock files of a repository, and what they say about its manifests.
struct LockFiles {
  /// By the folder that they stand in.
  private var files: [RelativePath?: [LockFile]] = [:]
  /// The pyproject.toml of each folder.
  private var projects: [RelativePath?: SourceFile] = [:]

  init(_ repository: Repository) {
    for source in repository.sources {
      if source.path.name == "pyproject.toml" { projects[source.path.parent] = source }
      guard let file = LockFiles.read(source), !file.packages.isEmpty else { continue }
      files[source.path.parent, default: []].append(file)
    }
  }

  private static func read(_ source: SourceFile) -> LockFile? {
    let path = source.path
    let bytes = source.bytes
    switch path.name {
    case "poetry.lock", "pdm.lock", "uv.lock": return PythonLocks.packages(path, bytes)
    case "Pipfile.lock": return PythonLocks.pipfile(path, bytes)
    case "package-lock.json", "npm-shrinkwrap.json": return NodeLocks.npm(path, bytes)
    case "yarn.lock": return NodeLocks.yarn(path, bytes)
    case "pnpm-lock.yaml": return NodeLocks.pnpm(path, bytes)
    case "bun.lock": return NodeLocks.bun(path, bytes)
    case "Cargo.lock": return CompiledLocks.cargo(path, bytes)
    case "go.sum": return CompiledLocks.go(path, bytes)
    case "Package.resolved": return CompiledLocks.swift(path, bytes)
    case "Gemfile.lock", "gems.locked": return CompiledLocks.gems(path, bytes)
    case "Manifest.toml", "JuliaManifest.toml": return OtherLocks.julia(path, bytes)
    case "renv.lock": return OtherLocks.renv(path, bytes)
    case "packages.lock.json": return OtherLocks.nuget(path, bytes)
    case "composer.lock": return OtherLocks.composer(path, bytes)
    case "Podfile.lock": return OtherLocks.pods(path, bytes)
    case "pixi.lock": return CondaLocks.pixi(path, bytes)
    case "devcontainer-lock.json": return NodeLocks.devcontainer(path, bytes)
    default: break
    }
    if path.name == "pylock.toml" || path.name.hasPrefix("pylock.") && path.suffix == "toml" {
      return PythonLocks.pylock(path, bytes)
    }
    if path.name.hasSuffix("conda-lock.yml") || path.name.hasSuffix("conda-lock.yaml") {
      return CondaLocks.condaLock(path, bytes)
    }
    return nil
  }

  // MARK: Which lock file counts for which manifest

  /// Lock files that installers of a manifest read: beside it, or above it for workspaces.
  private func locks(for dependency: Dependency) -> [LockFile] {
    let manifest = dependency.location.path
    guard let names = LockFiles.lockNames(for: manifest, dependency) else { return [] }
    var folder = manifest.parent
    while true {
      let found = (files[folder] ?? []).filter { file in
        names.contains {
          file.path.name == $0 || $0.hasPrefix("*") && file.path.name.hasSuffix($0.dropFirst())
        }
      }
      if !found.isEmpty { return found }
      guard LockFiles.hasWorkspaces(manifest), let current = folder else { return [] }
      folder = current.parent
    }
  }

  private static func hasWorkspaces(_ manifest: RelativePath) -> Bool {
    ["package.json", "Cargo.toml", "pyproject.toml"].contains(manifest.name)
  }

  private static func lockNames(for manifest: RelativePath, _ dependency: Dependency) -> [String]? {
    switch manifest.name {
    case "pyproject.toml":
      // Build requirements are resolved anew for every build.
      if dependency.purpose == .build, dependency.ecosystem != .conda { return nil }
      return ["poetry.lock", "pdm.lock", "uv.lock", "pylock.toml", "pixi.lock"]
    case "pixi.toml": return ["pixi.lock"]
    case "Pipfile": return ["Pipfile.lock"]
    case "package.json":
      return [
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock",
      ]
    case "Cargo.toml": return ["Cargo.lock"]
    case "go.mod": return ["go.sum"]
    case "Package.swift": return ["Package.resolved"]
    case "Gemfile": return ["Gemfile.lock"]
    case "gems.rb": return ["gems.locked"]
    case "DESCRIPTION": return dependency.ecosystem == .cran ? ["renv.lock"] : nil
    case "composer.json": return ["composer.lock"]
    case "Project.toml": return ["Manifest.toml"]
    case "JuliaProject.toml": return ["JuliaManifest.toml"]
    case "Podfile": return ["Podfile.lock"]
    case _ where dependency.ecosystem == .nuget: return ["packages.lock.json"]
    case "devcontainer.json", ".devcontainer.json":
      return dependency.ecosystem == .devcontainer ? ["devcontainer-lock.json"] : nil
    default:
      return dependency.ecosystem == .conda || dependency.group == "pip"
        ? ["*conda-lock.yml", "*conda-lock.yaml"] : nil
    }
  }

  // MARK: What follows for the dependencies

  func apply(
    to dependencies: inout [Dependency], disagreements: inout [LockDisagreement]
  ) {
    applyCompiled(to: &dependencies)
    guard !files.isEmpty else { return }
    for index in dependencies.indices {
      let dependency = dependencies[index]
      guard dependency.level != .local, dependency.level != .content,
        !(dependency.purpose == .constraint)
      else { continue }
      let locks = locks(for: dependency)
      guard let first = locks.first else { continue }
      let locked = locks.lazy.compactMap { file in
        LockFiles.find(dependency, in: file).map { (file, $0) }
      }.first
      guard let (file, packages) = locked else {
        disagreements.append(
          LockDisagreement(.missing, dependency, lockfile: first.path))
        continue
      }
      let fitting = packages.filter { LockFiles.satisfies($0.version, dependency) != false }
      guard let package = fitting.first else {
        disagreements.append(
          LockDisagreement(
            .unsatisfied(version: packages.first?.version ?? ""), dependency, lockfile: file.path))
        continue
      }
      // The weakest of several entries is what can be installed.
      let weakest = fitting.max { $0.level.pinning < $1.level.pinning } ?? package
      dependencies[index].lock = Dependency.Lock(
        path: file.path, version: weakest.version, level: weakest.level)
    }
    compareDigests(&disagreements)
  }

  /// Reports lock files whose digest of their manifest is wrong, where nothing says it better.
  private func compareDigests(_ disagreements: inout [LockDisagreement]) {
    let reported = Set(disagreements.map(\.lockfile))
    let claiming = files.values.joined().filter { $0.claim != nil }
    for file in claiming.sorted(by: { $0.path < $1.path }) {
      guard let claim = file.claim, !reported.contains(file.path),
        let manifest = projects[file.path.parent],
        let root = try? TOML.parse(manifest.bytes),
        PoetryContentHash.agrees(claim.digest, with: root) == false
      else { continue }
      disagreements.append(
        LockDisagreement(
          stale: manifest.path,
          Location(file.path, start: claim.start, end: claim.end)))
    }
  }

  private static func find(_ dependency: Dependency, in file: LockFile) -> [LockedPackage]? {
    if let exact = file.packages[dependency.name] { return exact }
    switch dependency.ecosystem {
    case .git:
      // Lock files keep the package's name, manifests name the repository.
      return file.identities[LockFiles.identity(dependency.name)].flatMap { file.packages[$0] }
    case .swift:
      return file.packages[LockFiles.identity(dependency.name)]
    case .pypi: return file.packages[PythonRequirement.normalize(dependency.name)]
    case .nuget: return file.packages[dependency.name.lowercased()]
    default: return nil
    }
  }

  /// The last part of an address, as package managers name packages by it.
  static func identity(_ address: String) -> String {
    var name = address.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? address
    if name.hasSuffix(".git") { name.removeLast(4) }
    return PythonRequirement.normalize(name)
  }

  /// Whether a locked version is one that the manifest allows; nil where that cannot be told.
  private static func satisfies(_ version: String, _ dependency: Dependency) -> Bool? {
    let wanted = dependency.requirement
    guard dependency.level == .range || dependency.level == .version else { return nil }
    switch dependency.ecosystem {
    case .pypi:
      guard let version = PythonVersion(version) else { return nil }
      if let set = PythonSpecifierSet(wanted) { return set.admits(version) }
      return PoetryConstraint(wanted)?.admits(version)
    case .npm:
      return SemanticVersion(version).flatMap { SemanticRange.npm(wanted)?.admits($0) }
    case .cargo:
      return SemanticVersion(version).flatMap { SemanticRange.cargo(wanted)?.admits($0) }
    case .go: return version == wanted
    default: return nil
    }
  }

  /// `requirements.in` and the `requirements.txt` that pip-compile makes of it.
  private func applyCompiled(to dependencies: inout [Dependency]) {
    var byFile: [RelativePath: [String: Dependency]] = [:]
    for dependency in dependencies where dependency.location.path.suffix == "txt" {
      byFile[dependency.location.path, default: [:]][dependency.name] = dependency
    }
    for index in dependencies.indices {
      let path = dependencies[index].location.path
      guard path.suffix == "in", dependencies[index].level != .local,
        let compiled = try? RelativePath(String(path.description.dropLast(3)) + ".txt"),
        let locked = byFile[compiled]?[dependencies[index].name]
      else { continue }
      dependencies[index].lock = Dependency.Lock(
        path: compiled, version: locked.requirement, level: locked.level)
    }
  }
}
