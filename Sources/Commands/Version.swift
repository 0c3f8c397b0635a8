/// The program's version.
package enum Version {
  /// As `--version` prints it after the name, and as lockfiles record it.
  package static let number = "0.1.0"
  /// The lockfile's `generator`.
  package static let generator = "modelpin \(number)"
}
