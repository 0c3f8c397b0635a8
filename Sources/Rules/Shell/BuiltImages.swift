/// Images that a repository's own commands build, however their names are spelled.
struct BuiltImages: Sendable {
  private var whole: Set<String> = []
  /// Names of which some tag is only decided at run time.
  private var open: Set<String> = []
  private var names: Set<String> = []

  mutating func insert(_ text: String) {
    let (name, tag) = Self.parts(text)
    names.insert(name)
    if tag.contains("${") { open.insert(name) } else { whole.insert("\(name):\(tag)") }
  }

  /// Whether a reference may mean one of the images.
  func contains(_ text: String) -> Bool {
    let (name, tag) = Self.parts(text)
    guard !name.isEmpty, names.contains(name) else { return false }
    return open.contains(name) || tag.contains("${") || whole.contains("\(name):\(tag)")
  }

  /// `x`, `x:latest`, `docker.io/library/x` and `localhost/x` are one.
  private static func parts(_ text: String) -> (name: String, tag: String) {
    var name = text[...]
    for prefix in ["docker://", "docker.io/", "library/", "localhost/"]
    where name.hasPrefix(prefix) {
      name = name.dropFirst(prefix.count)
    }
    // A digest names what some registry holds.
    if name.contains("@") { return ("", "") }
    var tag = "latest"
    // A colon in `${NAME:-x}` begins no tag.
    let end = name.lastIndex(of: "}").map { name.index(after: $0) } ?? name.startIndex
    if let colon = name[end...].lastIndex(of: ":"), !name[colon...].contains("/") {
      tag = String(name[name.index(after: colon)...])
      name = name[..<colon]
    } else if name.hasSuffix("}"), let open = name.lastRange(of: ":${") {
      tag = String(name[open.lowerBound...])
      name = name[..<open.lowerBound]
    }
    return (String(name), tag)
  }
}

extension Substring {
  /// The last place of `text`.
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    var found: Range<Index>?
    var rest = self
    while let range = rest.firstRange(of: text) {
      found = range
      rest = rest[range.upperBound...]
    }
    return found
  }
}
