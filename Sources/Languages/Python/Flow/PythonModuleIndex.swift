import Core

/// Which module of the repository an import statement names.
struct PythonModuleIndex: Sendable {
  private var byName: [String: [Int]] = [:]
  private var folders: [String]
  private var roots: [String]

  init(_ modules: [PythonModuleSource]) {
    var packages: Set<String> = []
    for module in modules where module.isPackage {
      packages.insert(Self.root(of: module) + module.name)
    }
    folders = []
    roots = []
    for (index, module) in modules.enumerated() {
      let root = Self.root(of: module)
      let name = module.name
      roots.append(root)
      folders.append(
        module.isPackage
          ? name : name.split(separator: ".").dropLast().joined(separator: "."))
      guard !name.isEmpty else { continue }
      var parts = name.split(separator: ".")[...]
      byName[root + name, default: []].append(index)
      if !root.isEmpty { byName[name, default: []].append(index) }
      // `src/flux/util.py` is `flux.util` to those who put `src` on the path.
      var dropped = ""
      while parts.count > 1, let first = parts.first {
        dropped += dropped.isEmpty ? String(first) : ".\(first)"
        if packages.contains(root + dropped) { break }
        parts = parts.dropFirst()
        byName[parts.joined(separator: "."), default: []].append(index)
      }
    }
  }

  /// The archive that a module is a member of; empty for files of the tree.
  private static func root(of module: PythonModuleSource) -> String {
    let path = module.path.description
    guard let mark = path.range(ofLast: "!/") else { return "" }
    return path[..<mark] + "!"
  }

  /// The module called `name` as seen from module `importer`: beside it, in its archive, anywhere.
  func module(_ name: String, from importer: Int) -> Int? {
    let root = roots[importer]
    let folder = folders[importer]
    if !root.isEmpty, let found = byName[root + name]?.first { return found }
    if !folder.isEmpty,
      let found = byName["\(root)\(folder).\(name)"]?.first(where: { $0 != importer })
    {
      return found
    }
    return byName[name]?.first { $0 != importer || !name.contains(".") }
  }

  /// The absolute name of `from ..name import` in module `importer`.
  func absolute(_ name: String, level: Int, from importer: Int) -> String? {
    guard level > 0 else { return name }
    var folder = folders[importer][...]
    for _ in 1..<max(level, 1) {
      guard !folder.isEmpty else { return nil }
      folder = folder.utf8.lastIndex(of: UInt8(ascii: ".")).map { folder[..<$0] } ?? ""
    }
    return folder.isEmpty ? name : name.isEmpty ? String(folder) : "\(folder).\(name)"
  }

  /// The module of the repository that an import of an absolute name means, `level` being the
  /// number of dots that it was written with.
  func local(_ name: String, level: Int, from importer: Int) -> Int? {
    level > 0 ? exact(name, from: importer) : module(name, from: importer)
  }

  /// The module with exactly this absolute name, in the importer's archive or tree.
  private func exact(_ name: String, from importer: Int) -> Int? {
    (byName[roots[importer] + name] ?? byName[name])?.first
  }
}

extension String {
  /// Where `text` occurs last.
  fileprivate func range(ofLast text: String) -> String.Index? {
    let pattern = Array(text.utf8)
    let bytes = utf8
    guard bytes.count >= pattern.count else { return nil }
    var index = bytes.index(bytes.endIndex, offsetBy: -pattern.count)
    while true {
      if bytes[index...].starts(with: pattern) { return index }
      if index == bytes.startIndex { return nil }
      index = bytes.index(before: index)
    }
  }
}
