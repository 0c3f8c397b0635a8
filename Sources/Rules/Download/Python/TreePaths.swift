package import Core

/// The paths of a repository, files and folders, to ask whether something is there already.
package struct TreePaths: Sendable {
  private var paths: Set<String> = []

  package init(_ entries: [Entry]) {
    for entry in entries {
      paths.insert(entry.path.description)
      var folder = entry.path.parent
      while let path = folder, paths.insert(path.description).inserted {
        folder = path.parent
      }
    }
  }

  /// Whether `text`, as a path from the root, is a file or folder of the tree.
  func contains(_ text: String) -> Bool {
    var name = text[...]
    while name.hasPrefix("./") { name = name.dropFirst(2) }
    while name.hasSuffix("/") { name = name.dropLast() }
    return paths.contains(String(name))
  }
}
