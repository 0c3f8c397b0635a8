import Core

/// What readers of manifests add to while they go through one repository.
struct ManifestCollector {
  var dependencies: [Dependency] = []
  var sources: [PackageSource] = []
  var fragments: [ShellFragment] = []
  var downloads: [DeclaredDownload] = []
  var problems: [ManifestProblem] = []
  /// Requirements files that other files take in, to be read whatever their name.
  var includes: [Include] = []
  /// Folders of Hugging Face Spaces that are built from Python packages.
  var spaces: Set<RelativePath?> = []

  struct Include {
    let path: RelativePath
    let isConstraint: Bool
    let group: String?
  }
}

/// One manifest while it is read.
struct ManifestContext {
  let path: RelativePath
  let bytes: [UInt8]

  init(_ source: SourceFile) {
    path = source.path
    bytes = source.bytes
  }

  /// A place in this manifest.
  func location(_ start: TextPosition, _ end: TextPosition? = nil) -> Location {
    Location(path, start: start, end: end ?? start)
  }

  /// A path as a manifest writes it, seen from the manifest's own folder; nil when it leads out of
  /// the tree or is no path.
  func resolve(_ written: String) -> RelativePath? {
    ManifestContext.resolve(written, from: path.parent)
  }

  static func resolve(_ written: String, from folder: RelativePath?) -> RelativePath? {
    guard !written.isEmpty, !written.hasPrefix("/"), !written.contains("://") else { return nil }
    var components = folder.map { $0.description.split(separator: "/").map(String.init) } ?? []
    for component in written.split(separator: "/") {
      switch component {
      case ".": continue
      case "..":
        if components.isEmpty { return nil }
        components.removeLast()
      default: components.append(String(component))
      }
    }
    return try? RelativePath(components.joined(separator: "/"))
  }
}

/// Source with runs of white space made one blank.
enum Construct {
  static func normalised(_ text: some StringProtocol) -> String {
    text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
      .joined(separator: " ")
  }
}
