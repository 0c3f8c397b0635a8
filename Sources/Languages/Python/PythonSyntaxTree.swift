/// One node of a syntax tree, by its index in the tree's arena.
///
/// Every node's children have smaller indices than the node itself, so one pass over
/// `tree.allNodes` sees children before parents without recursion.
package struct PythonNode: Hashable, Comparable, Sendable {
  package let index: UInt32

  package init(index: UInt32) { self.index = index }

  package static func < (left: PythonNode, right: PythonNode) -> Bool { left.index < right.index }
}

/// An identifier of one tree (NFKC-normalised, as Python compares them): equal exactly when the
/// names are equal. Numbers are dense from 0, in order of first appearance.
package struct PythonName: Hashable, Sendable {
  package let index: UInt32

  package init(index: UInt32) { self.index = index }
}

/// The fixed part of a node; `PythonNodeKind` says what `a` and `b` mean.
struct PythonNodeRecord: Sendable {
  var kind: PythonNodeKind
  /// An operator, flags or another small value.
  var detail: UInt8
  /// The conversion character of an interpolation.
  var conversion: UInt8 = 0
  var start: UInt32
  var end: UInt32
  var a: UInt32 = 0
  var b: UInt32 = 0
}

/// Why part of a file could not be read as Python 3.
package struct PythonDamage: Hashable, Sendable {
  /// Where the trouble was noticed, in bytes of the tree's text.
  package let offset: Int
  /// What is wrong, lower case, without a position.
  package let reason: String
  /// Whether it is a construct of Python 2, which was understood all the same.
  package let isLegacySyntax: Bool

  package init(offset: Int, reason: String, isLegacySyntax: Bool = false) {
    self.offset = offset
    self.reason = reason
    self.isLegacySyntax = isLegacySyntax
  }
}

/// The parsed form of one Python file: an arena of nodes over its text.
///
/// Immutable and cheap to pass around. Offsets are bytes of `text`, which is the file itself when
/// it is UTF-8 (a byte-order mark included) and its UTF-8 form when it declares another encoding.
package final class PythonSyntaxTree: Sendable {
  /// The text in UTF-8 that every offset refers to.
  package let text: [UInt8]
  /// The statements of the module.
  package let body: PythonNodeList
  /// Damaged places in source order, at most one per statement; empty for a sound file.
  package let damages: [PythonDamage]
  /// The encoding of the file that the text came from.
  package let encoding: PythonEncoding
  /// How many steps lexer and parser took: grows linearly with the text.
  package let steps: Int

  let records: [PythonNodeRecord]
  let links: [UInt32]
  let names: PythonNameTable
  let lineStarts: [UInt32]

  init(
    text: [UInt8], body: UInt32, records: [PythonNodeRecord], links: [UInt32],
    names: PythonNameTable, lineStarts: [UInt32], damages: [PythonDamage], encoding: PythonEncoding,
    steps: Int
  ) {
    self.encoding = encoding
    self.text = text
    self.body = PythonNodeList(links: links, list: body)
    self.records = records
    self.links = links
    self.names = names
    self.lineStarts = lineStarts
    self.damages = damages
    self.steps = steps
  }

  /// The first damaged place, which stands for all of them in a report.
  package var damage: PythonDamage? { damages.first }

  /// Every node, children before parents.
  package var allNodes: some RandomAccessCollection<PythonNode> {
    (1..<UInt32(max(records.count, 1))).lazy.map { PythonNode(index: $0) }
  }

  /// How many nodes the tree has.
  package var nodeCount: Int { records.count - 1 }

  /// What the node is.
  package func kind(_ node: PythonNode) -> PythonNodeKind { records[Int(node.index)].kind }

  /// The bytes of `text` that the node covers, parentheses around an expression excluded (a
  /// parenthesised tuple and a generator expression include theirs).
  package func range(_ node: PythonNode) -> Range<Int> {
    let record = records[Int(node.index)]
    return Int(record.start)..<max(Int(record.start), Int(record.end))
  }

  /// The node's source bytes.
  package func slice(_ node: PythonNode) -> ArraySlice<UInt8> { text[range(node)] }

  /// The node's source text.
  package func source(_ node: PythonNode) -> String {
    String(decoding: text[range(node)], as: UTF8.self)
  }
}

/// The nodes of a suite, an argument list, …; a view into the tree.
package struct PythonNodeList: RandomAccessCollection, Sendable {
  private let links: [UInt32]
  private let first: Int
  package let count: Int

  /// The list at `offset` of the links: a count, then that many nodes. Offset 0 is the empty list.
  init(links: [UInt32], list offset: UInt32) {
    self.links = links
    first = Int(offset) + 1
    count = offset == 0 ? 0 : Int(links[Int(offset)])
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(position: Int) -> PythonNode {
    precondition(position >= 0 && position < count)
    return PythonNode(index: links[first + position])
  }
}
