package import Foundation

/// Where the project's own files lie.
package enum ProjectFolder {
  /// The folder that holds Package.swift.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder `Fixtures`.
  package static let fixtures = root.appending(path: "Fixtures")

  /// The bytes of a file of the project.
  package static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: root.appending(path: path)))
  }

  /// A text file of the project.
  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Every regular file below a folder of the project, as sorted paths relative to that folder;
  /// none when there is no such folder.
  package static func files(below path: String) -> [String] {
    let folder = root.appending(path: path).path(percentEncoded: false)
    guard let listing = FileManager.default.enumerator(atPath: folder) else { return [] }
    var files: [String] = []
    for case let path as String in listing
    where listing.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
      files.append(path)
    }
    return files.sorted()
  }
}
