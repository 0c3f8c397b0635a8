package import Foundation

/// A folder of a test's own, removed when the last reference goes.
package final class TemporaryFolder: Sendable {
  /// Absolute, without links in it.
  package let url: URL

  /// The folder's absolute path.
  package var path: String { url.path(percentEncoded: false) }

  package init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "modelpin-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A test may have taken away the right to list a folder.
    if let paths = FileManager.default.enumerator(atPath: path) {
      for case let path as String in paths
      where (paths.fileAttributes?[.type] as? FileAttributeType) == .typeDirectory {
        try? FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: "\(self.path)/\(path)")
      }
    }
    try? FileManager.default.removeItem(at: url)
  }

  /// The absolute path of something in it.
  package func path(_ path: String) -> String { "\(self.path)/\(path)" }

  /// Writes a file, and the folders above it.
  package func write(_ bytes: [UInt8], to path: String, isExecutable: Bool = false) throws {
    try makeParent(of: path)
    try Data(bytes).write(to: URL(filePath: self.path(path)))
    try FileManager.default.setAttributes(
      [.posixPermissions: isExecutable ? 0o755 : 0o644], ofItemAtPath: self.path(path))
  }

  /// Writes a text file, and the folders above it.
  package func write(_ text: String, to path: String, isExecutable: Bool = false) throws {
    try write(Array(text.utf8), to: path, isExecutable: isExecutable)
  }

  /// Makes a symbolic link with this target text.
  package func link(_ path: String, to target: String) throws {
    try makeParent(of: path)
    try FileManager.default.createSymbolicLink(
      atPath: self.path(path), withDestinationPath: target)
  }

  /// Makes an empty folder.
  package func folder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: self.path(path), withIntermediateDirectories: true)
  }

  /// The bytes of a file.
  package func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: self.path(path))))
  }

  /// A text file's content.
  package func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Whether something, a dangling link included, stands at this path.
  package func exists(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: self.path(path))) != nil
  }

  /// Removes a file, link or folder.
  package func remove(_ path: String) throws {
    try FileManager.default.removeItem(atPath: self.path(path))
  }

  /// Renames a file, link or folder.
  package func move(_ path: String, to other: String) throws {
    try makeParent(of: other)
    try FileManager.default.moveItem(atPath: self.path(path), toPath: self.path(other))
  }

  /// Copies a folder of the project into this one.
  package func copy(project folder: String, to path: String) throws {
    try makeParent(of: path)
    try FileManager.default.copyItem(
      atPath: ProjectFolder.root.appending(path: folder).path(percentEncoded: false),
      toPath: self.path(path))
  }

  private func makeParent(of path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: self.path(path)).deletingLastPathComponent(),
      withIntermediateDirectories: true)
  }
}
