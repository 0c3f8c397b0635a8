import Core

/// Scripts of a repository that others take in (`source lib.sh`), parsed once for all of them.
package struct ShellLibraries: Sendable {
  struct Library: Sendable {
    let node: ShellSyntaxNode
    let hereDocuments: [ShellSyntaxWord]
    let size: Int
  }

  private var libraries: [String: Library] = [:]
  /// Paths by their last component.
  private var paths: [Substring: [String]] = [:]

  /// Larger scripts are not taken in, in bytes.
  private static let limit = 256 * 1024

  /// No libraries.
  package init() {}

  /// The ones among `fragments` that another of them names behind `source` or `.`.
  package init(_ fragments: [ShellFragment]) {
    var names: Set<[UInt8]> = []
    for fragment in fragments {
      guard case .text(let bytes) = fragment.body else { continue }
      Self.collectSourced(bytes, &names)
    }
    guard !names.isEmpty else { return }
    for fragment in fragments where fragment.place == .script && fragment.interpreter.isPOSIX {
      guard case .text(let bytes) = fragment.body, bytes.count <= Self.limit,
        names.contains(Array(fragment.path.name.utf8))
      else { continue }
      var parser = ShellParser(bytes)
      let node = parser.parse()
      let path = fragment.path.description
      libraries[path] = Library(
        node: node, hereDocuments: parser.hereDocuments, size: bytes.count)
      paths[path.split(separator: "/").last ?? "", default: []].append(path)
    }
  }

  /// The last path components of what lines take in.
  private static func collectSourced(_ bytes: [UInt8], _ names: inout Set<[UInt8]>) {
    var start = 0
    while start < bytes.count, names.count < 4_096 {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var line = bytes[start..<end].trimmed
      start = end + 1
      if line.starts(with: "source ".utf8) {
        line = line.dropFirst(7)
      } else if line.starts(with: ". ".utf8) {
        line = line.dropFirst(2)
      } else {
        continue
      }
      let stop = line.firstIndex { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "&") }
      let word = line[..<(stop ?? line.endIndex)].trimmed
      let name = word.split(separator: UInt8(ascii: "/")).last ?? []
      names.insert(Array(name.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") }))
    }
  }

  /// The library that a script at `path` means.
  func library(_ value: ShellValue, from path: RelativePath, in directory: ShellValue) -> Library? {
    guard !libraries.isEmpty else { return nil }
    if let text = value.text, !text.hasPrefix("/") {
      let folder = path.parent.map { "\($0)/" } ?? ""
      let inside = directory.text.map { $0.isEmpty ? "" : "\($0)/" } ?? ""
      for start in [folder + inside, inside, folder, ""] {
        if let found = libraries[Self.normalised(start + text)] { return found }
      }
    }
    // `"$(dirname "$0")/lib.sh"`: the name alone decides, when only one bears it.
    let name =
      value.text.flatMap { $0.split(separator: "/").last.map(String.init) }
      ?? value.knownLastComponent
    guard let name, let named = paths[name[...]] else { return nil }
    let folder = path.parent.map { "\($0)/" } ?? ""
    if let own = libraries[folder + name] { return own }
    return named.count == 1 ? libraries[named[0]] : nil
  }

  private static func normalised(_ path: String) -> String {
    var components: [Substring] = []
    for component in path.split(separator: "/").prefix(64) {
      switch component {
      case ".": continue
      case "..": if !components.isEmpty { components.removeLast() }
      default: components.append(component)
      }
    }
    return components.joined(separator: "/")
  }
}
