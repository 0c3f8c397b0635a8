package import Core

/// Follows symbolic links inside a tree by its entries alone, as a file system would.
package struct LinkTree {
  private var links: [[UInt8]: [UInt8]] = [:]
  private var files: Set<[UInt8]> = []
  private var folders: Set<[UInt8]> = [[]]

  package init(_ entries: [Entry]) {
    for entry in entries {
      switch entry.content {
      case .file: files.insert(entry.path.bytes)
      case .link(let target): links[entry.path.bytes] = target
      }
      var folder = entry.path.parent
      while let path = folder, folders.insert(path.bytes).inserted {
        folder = path.parent
      }
    }
  }

  /// Whether following the link at `path` ends at a file or folder of the tree.
  package func reachesEntry(_ path: RelativePath) -> Bool {
    // Like the kernel: at most 40 links on the way, so cycles end.
    var remainingLinks = 40
    var pending = Array(path.bytes.split(separator: Self.slash).reversed())
    var current: [[UInt8]] = []
    while let component = pending.popLast() {
      if component.elementsEqual([Self.dot]) { continue }
      if component.elementsEqual([Self.dot, Self.dot]) {
        guard !current.isEmpty else { return false }
        current.removeLast()
        continue
      }
      current.append(Array(component))
      let joined = Array(current.joined(separator: [Self.slash]))
      if let target = links[joined] {
        remainingLinks -= 1
        guard remainingLinks > 0, !target.isEmpty, target.first != Self.slash else { return false }
        current.removeLast()
        pending.append(contentsOf: target.split(separator: Self.slash).reversed())
        guard pending.count <= 4096 else { return false }
      } else if !folders.contains(joined) {
        return files.contains(joined) && pending.isEmpty
      }
    }
    return true
  }

  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")
}
