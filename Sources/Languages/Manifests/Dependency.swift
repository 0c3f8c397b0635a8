package import Core

/// Something that a manifest asks an installer, a builder or a workflow runner to fetch.
package struct Dependency: Sendable {
  /// Where it comes from; the lockfile's `ecosystem`.
  package enum Ecosystem: String, Sendable {
    case pypi, conda, npm, cargo, go, rubygems, swift, docker, git
    case githubActions = "github-actions"
    case gitlab
    case preCommit = "pre-commit"
    case devcontainer
    case circleCI = "circleci"
    case azurePipelines = "azure-pipelines"
    /// Packages of the operating system.
    case system
    case huggingFaceSpace = "huggingface-space"
    /// Charts of Kubernetes.
    case helm
    case cocoapods, composer, conan, cran, julia, maven, nuget, spack, vcpkg
    case ansibleGalaxy = "ansible-galaxy"
    /// Modules of Bazel's registry.
    case bazel
    /// Programs that a version manager installs.
    case tool

    /// How messages call it.
    package var title: String {
      switch self {
      case .pypi: "PyPI"
      case .conda: "conda"
      case .npm: "npm"
      case .cargo: "Cargo"
      case .go: "Go"
      case .rubygems: "RubyGems"
      case .swift: "Swift"
      case .docker: "container"
      case .git: "git"
      case .githubActions: "GitHub"
      case .gitlab: "GitLab"
      case .preCommit: "pre-commit"
      case .devcontainer: "devcontainer"
      case .circleCI: "CircleCI"
      case .azurePipelines: "Azure Pipelines"
      case .system: "system"
      case .huggingFaceSpace: "Hugging Face Space"
      case .helm: "Helm"
      case .cocoapods: "CocoaPods"
      case .composer: "Composer"
      case .conan: "Conan"
      case .cran: "CRAN"
      case .julia: "Julia"
      case .maven: "Maven"
      case .nuget: "NuGet"
      case .spack: "Spack"
      case .vcpkg: "vcpkg"
      case .ansibleGalaxy: "Ansible Galaxy"
      case .bazel: "Bazel"
      case .tool: "version manager"
      }
    }
  }

  /// How firmly the manifest itself fixes it.
  package enum Level: Sendable {
    /// No version, default branch, no tag.
    case nothing
    /// Several versions fit.
    case range
    /// One version of a registry that does not let versions change.
    case version
    /// A name that its owner can move.
    case tag
    case branch
    /// A full commit.
    case commit
    /// A digest of the content.
    case content
    /// No network at all.
    case local
    /// Depends on what is not known here.
    case dynamic

    package var pinning: Pinning {
      switch self {
      case .nothing, .range, .branch: .branch
      case .version: .version
      case .tag: .tag
      case .commit: .commit
      case .content: .content
      case .local: .local
      case .dynamic: .dynamic
      }
    }

    init(_ pinning: Pinning) {
      switch pinning {
      case .local: self = .local
      case .content: self = .content
      case .commit: self = .commit
      case .library, .version: self = .version
      case .tag: self = .tag
      case .branch: self = .branch
      case .dynamic: self = .dynamic
      }
    }
  }

  /// What it is used for.
  package enum Purpose: Sendable {
    case run
    /// Runs code while the package is built or installed.
    case build
    case development
    /// Only limits the versions of what others ask for.
    case constraint
  }

  package var ecosystem: Ecosystem
  /// The name that the ecosystem knows it by.
  package var name: String
  /// What is asked for, as declared; empty for nothing.
  package var requirement: String
  package var level: Level
  package var location: Location
  /// The extra, group, job or environment that it belongs to.
  package var group: String?
  package var purpose: Purpose = .run
  /// The entry's source with white space normalised.
  package var construct: String
  /// Whether it is fetched over a connection that can be read and changed on the way.
  package var isPlaintext = false
  /// Whether a named package is taken from a git repository instead of a registry.
  package var hasRepository = false
  /// What a lock file beside the manifest says of it.
  package var lock: Lock?
  /// A version that another entry binds it to: a constraints file.
  package var constrainedBy: Location?
  /// The condition under which it counts, as written.
  package var condition: String?

  package init(
    _ ecosystem: Ecosystem, _ name: String, _ requirement: String, _ level: Level,
    at location: Location, group: String? = nil, purpose: Purpose = .run, construct: String
  ) {
    self.ecosystem = ecosystem
    self.name = name
    self.requirement = requirement
    self.level = level
    self.location = location
    self.group = group
    self.purpose = purpose
    self.construct = construct
  }

  /// What a lock file fixes.
  package struct Lock: Sendable {
    package let path: RelativePath
    /// The locked version or commit.
    package let version: String
    package let level: Level
  }

  /// Whether it comes out of a git repository.
  package var isFromRepository: Bool { ecosystem == .git || hasRepository }

  /// The level that remains open once lock file and constraints are counted.
  package var effectiveLevel: Level {
    guard let lock, level != .local else { return level }
    return lock.level.pinning < level.pinning ? lock.level : level
  }
}

/// A place that packages are fetched from besides or instead of the ecosystem's usual one, or a
/// check that is switched off.
package struct PackageSource: Sendable {
  package enum Kind: Sendable {
    /// Replaces the usual index.
    case index
    /// Is asked as well as another: the highest version of both wins.
    case extraIndex
    /// A page or folder of files that is searched as well.
    case findLinks
    /// A host whose certificate is not checked.
    case trustedHost
    /// Certificates are checked for no host.
    case verificationOff
  }

  package let kind: Kind
  package let ecosystem: Dependency.Ecosystem
  /// The address or host, as written.
  package let address: String
  package let location: Location
  package let construct: String
}

/// A manifest that could not be read, or only in part.
package struct ManifestProblem: Sendable {
  package let location: Location
  /// The rest of a sentence after the path.
  package let reason: String
}

/// A manifest and a lock file that do not tell the same.
package struct LockDisagreement: Sendable {
  package enum Kind: Sendable {
    /// The lock file lacks what the manifest asks for.
    case missing
    /// The locked version does not satisfy the manifest.
    case unsatisfied(version: String)
    /// The lock file was made for other content of the manifest, as the digest in it says.
    case stale(manifest: RelativePath)
  }

  package let kind: Kind
  /// What the manifest asks for; nil where the whole of it is meant.
  package let dependency: Dependency?
  package let lockfile: RelativePath
  /// The place to look at: the entry of the manifest, or the digest in the lock file.
  package let location: Location

  init(_ kind: Kind, _ dependency: Dependency, lockfile: RelativePath) {
    self.kind = kind
    self.dependency = dependency
    self.lockfile = lockfile
    location = dependency.location
  }

  /// A digest at `location` that `manifest` does not have.
  init(stale manifest: RelativePath, _ location: Location) {
    kind = .stale(manifest: manifest)
    dependency = nil
    lockfile = location.path
    self.location = location
  }
}
