import Core

/// A YAML stream read by libyaml: its documents, and why it stopped if it did.
package struct YAMLStream: Sendable {
  /// Collections within each other; deeper streams are refused.
  package static let maximumDepth = 100
  /// Larger files are refused, in bytes.
  package static let maximumSize = 32 << 20

  /// The documents that could be read to their end.
  package let documents: [YAMLNode]
  /// Why the rest could not be read.
  package let error: SyntaxError?

  /// Reads as many documents as can be read.
  package init(_ bytes: [UInt8]) {
    var builder = YAMLTreeBuilder(bytes)
    builder.run()
    let tree = builder.finished()
    documents = builder.roots.map { YAMLNode(tree: tree, index: $0) }
    error = builder.failure.map { failure in
      SyntaxError(at: tree.position(ofCharacter: failure.place), failure.reason)
    }
  }

  /// Reads a stream that must be sound as a whole.
  package static func parse(_ bytes: [UInt8]) throws(SyntaxError) -> YAMLStream {
    let stream = YAMLStream(bytes)
    if let error = stream.error { throw error }
    return stream
  }

  /// Visits every node below `root` once, parents before children, in the order of the document.
  package static func walk(from root: YAMLNode, _ visit: (YAMLNode) -> Void) {
    var seen: Set<Int> = []
    var pending = [root]
    while let node = pending.popLast() {
      guard seen.insert(node.index).inserted else { continue }
      visit(node)
      pending.append(contentsOf: node.items.reversed())
      for entry in node.entries.reversed() {
        pending.append(entry.value)
        pending.append(entry.key)
      }
    }
  }
}
