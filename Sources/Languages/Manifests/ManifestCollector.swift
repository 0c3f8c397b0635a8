import Core
import JSON

/// What readers of manifests add to while they go through one repository.
struct ManifestCollector {
  var dependencies: [Dependency] = []
  var sources: [PackageSource] = []
  var fragments: [ShellFragment] = []
  var downloads: [DeclaredDownload] = []
  var problems: [ManifestProblem] = []
  var documents: [ConfigurationDocument] = []
  var damage: [ManifestProblem] = []
  /// Requirements files that other files take in, to be read whatever their name.
  var includes: [Include] = []
  /// Folders of Hugging Face Spaces that are built from Python packages.
  var spaces: Set<RelativePath?> = []

  struct Include {
    let path: RelativePath
    let isConstraint: Bool
    let group: String?
    /// Where the manifest names it; nil where it is not known to be the manifest's own word.
    var location: Location?
  }

  /// What a file of the repository asks for that another takes in by its path.
  ///
  /// - Parameter location: the place that is named when the tree does not hold the file.
  mutating func include(
    _ written: String, isConstraint: Bool = false, group: String?, at location: Location?,
    from context: ManifestContext
  ) {
    if let path = context.resolve(written) {
      includes.append(
        Include(path: path, isConstraint: isConstraint, group: group, location: location))
    } else if let location {
      problems.append(
        ManifestProblem(
          location: location,
          reason:
            "takes in `\(written)`, which lies outside of the tree: what it asks for is unknown"
        ))
    }
  }
}

/// The documents of manifests. What cannot be read becomes a problem and gives nothing.
extension ManifestCollector {
  mutating func unreadable(_ context: ManifestContext, _ position: TextPosition, _ reason: String) {
    problems.append(
      ManifestProblem(location: context.location(position), reason: "cannot be read: \(reason)"))
  }

  mutating func toml(_ context: ManifestContext) -> TOMLValue? {
    do {
      return try TOML.parse(context.bytes)
    } catch {
      unreadable(context, error.position, error.reason)
      return nil
    }
  }

  /// - Parameter allowsComments: whether the file's own tool takes comments and superfluous commas.
  mutating func json(_ context: ManifestContext, allowsComments: Bool = false) -> JSONValue? {
    do {
      return try JSONParser.parse(
        allowsComments ? JSONComments.blanked(context.bytes) : context.bytes, .lenient)
    } catch {
      unreadable(context, error.position, error.reason.description)
      return nil
    }
  }

  /// The documents of a stream; those behind a damaged one as far as they can be told apart.
  mutating func yaml(_ context: ManifestContext) -> [YAMLNode] {
    let stream = YAMLStream(context.bytes)
    guard let error = stream.error else { return stream.documents }
    unreadable(context, error.position, error.reason)
    return stream.documents + context.documents(after: error.position)
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

  /// A part of a manifest that is a text of another form; what stands before it is blank lines.
  init(path: RelativePath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
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

  /// YAML that cannot be read from its start, from the first key at its margin behind the error on;
  /// what stands before becomes blanks, so that places hold.
  func documents(after error: TextPosition) -> [YAMLNode] {
    var line = 1
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let text = bytes[start..<end]
      let key = text.prefix { $0.isNameByte || $0 == UInt8(ascii: "-") }
      let mark = text[key.endIndex...]
      if line > error.line, !key.isEmpty, mark.first == UInt8(ascii: ":"),
        mark.dropFirst().first.map(\.isBlank) ?? true
      {
        let blanks = bytes[..<start].map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
        return YAMLStream(blanks + bytes[start...]).documents
      }
      line += 1
      start = end + 1
    }
    return []
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
