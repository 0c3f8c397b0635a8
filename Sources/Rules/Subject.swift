package import Core

/// What rules look at: the repository and everything parsed out of it, once.
package struct Subject: Sendable {
  package let repository: Repository

  package init(_ repository: Repository) {
    self.repository = repository
  }
}
