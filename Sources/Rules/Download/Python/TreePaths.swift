package import Core

/// The paths of a repository, files and folders, to ask whether something is there already.
///
/// Looks them up where they stand, in path order: a tree of many files costs nothing but the asking.
package struct TreePaths: Sendable {
  private let entries: [Entry]

  package init(_ entries: [Entry]) {
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.path < $1.path }
    self.entries = isSorted ? entries : entries.sorted { $0.path < $1.path }
  }

  /// Whether `text`, as a path from the root, is a file or folder of the tree.
  func contains(_ text: String) -> Bool {
    let slash = UInt8(ascii: "/")
    var name = Array(text.utf8)[...]
    while name.starts(with: [UInt8(ascii: "."), slash]) { name = name.dropFirst(2) }
    while name.last == slash { name = name.dropLast() }
    guard !name.isEmpty else { return false }
    if let entry = first(notBefore: name), entry.path.bytes[...] == name { return true }
    // A folder is there by what is in it.
    name.append(slash)
    return first(notBefore: name)?.path.bytes.starts(with: name) == true
  }

  private func first(notBefore path: ArraySlice<UInt8>) -> Entry? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = low + (high - low) / 2
      if entries[middle].path.bytes.lexicographicallyPrecedes(path) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < entries.count ? entries[low] : nil
  }
}
