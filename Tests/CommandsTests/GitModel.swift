import Core
import Foundation
import Hashing
import Lockfile
import TestSupport

/// A git repository in a temporary folder, with models and their lockfiles.
final class GitModel: Sendable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try git("init", "-q", "-b", "main")
    try git("config", "user.name", "Test")
    try git("config", "user.email", "test@example.org")
    try git("config", "commit.gpgsign", "false")
    try git("config", "core.autocrlf", "false")
  }

  /// Variables that keep a machine's own configuration, or a hook that runs the tests, out.
  static let environment = [
    "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": "/nonexistent",
  ]

  @discardableResult
  func git(_ arguments: String..., in path: String = "") throws -> String {
    let run = try Subprocess.run(
      ["git"] + arguments, in: folder.path(path), environment: Self.environment)
    guard run.status == 0 else { throw GitFailure(text: run.errors) }
    return run.output
  }

  struct GitFailure: Error {
    let text: String
  }

  /// Writes the lockfile of a folder from what is in it now.
  func lock(_ path: String = "", exclude: [String] = []) throws {
    let root = folder.path(path)
    var entries: [Entry] = []
    let listing = FileManager.default.enumerator(atPath: root)
    while let name = listing?.nextObject() as? String {
      if name == ".git" {
        listing?.skipDescendants()
        continue
      }
      if name == Lockfile.name || exclude.contains(name) { continue }
      let type = listing?.fileAttributes?[.type] as? FileAttributeType
      let relative = try RelativePath(name)
      if type == .typeSymbolicLink {
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(root)/\(name)")
        entries.append(Entry(relative, .link(target: Array(target.utf8))))
      } else if type == .typeRegular {
        let bytes = try folder.bytes(path.isEmpty ? name : "\(path)/\(name)")
        let mode = listing?.fileAttributes?[.posixPermissions] as? Int ?? 0
        entries.append(
          Entry(
            relative,
            .file(
              FileRecord(
                size: UInt64(bytes.count), isExecutable: mode & 0o100 != 0,
                digest: try SHA256Stream.digest(of: bytes.span), role: .other, format: nil))))
      }
    }
    let lockfile = try Lockfile(
      generator: "modelpin 0.0.0", source: nil, exclude: exclude, entries: entries)
    try folder.write(
      LockfileWriter.write(lockfile),
      to: path.isEmpty ? Lockfile.name : "\(path)/\(Lockfile.name)")
  }

  /// Runs `modelpin hook` somewhere in the repository.
  func hook(
    _ arguments: String..., in path: String = "", environment: [String: String] = [:]
  ) throws -> Subprocess.Outcome {
    try BuiltProgram.run(
      ["hook"] + arguments, in: folder.path(path),
      environment: Self.environment.merging(environment) { $1 })
  }
}
