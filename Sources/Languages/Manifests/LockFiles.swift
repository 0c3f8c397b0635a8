import Core

/// The lock files of a repository, by folder and ecosystem.
struct LockFiles {
  init(_ repository: Repository) {}

  func apply(
    to dependencies: inout [Dependency], disagreements: inout [LockDisagreement]
  ) {}
}
