package import Core

/// A value of a YAML document: a view into the tree of its stream.
///
/// An alias is the node that its anchor names, so a document is a graph: walk it with
/// `YAMLStream.walk`, which visits every node once, rather than by recursion.
package struct YAMLNode: Sendable {
  /// How a scalar is written.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  package enum Kind: Sendable {
    case scalar, sequence, mapping
    /// An alias to an anchor that is not finished yet, or to none at all.
    case unresolved
  }

  let tree: YAMLTree
  let index: Int

  private var slot: YAMLTree.Slot { tree.slots[index] }

  package var kind: Kind {
    switch slot.content {
    case .scalar: .scalar
    case .sequence: .sequence
    case .mapping: .mapping
    case .unresolved: .unresolved
    }
  }

  /// The first byte of the value: of its text, its quote, its block indicator, its first entry.
  package var start: TextPosition { tree.position(ofCharacter: slot.start) }

  /// One past the last byte; of block scalars and block collections the line they end before.
  package var end: TextPosition { tree.position(ofCharacter: slot.end) }

  /// A number that is the same for the same node of the same stream.
  package var identity: Int { index }

  /// The text of a scalar whatever its type (`on` stays "on"), nil for collections.
  package var text: String? {
    if case .scalar(let text, _) = slot.content { text } else { nil }
  }

  /// How a scalar is written; nil for collections.
  package var style: Style? {
    if case .scalar(_, let style) = slot.content { style } else { nil }
  }

  /// The explicit tag, resolved (`tag:yaml.org,2002:str`), if there is one.
  package var tag: String? { slot.tag }

  /// What a scalar means in YAML 1.1, as PyYAML reads it; nil for collections.
  package var scalar: YAMLScalar? {
    guard case .scalar(let text, let style) = slot.content else { return nil }
    return YAMLScalar.resolve(text, isPlain: style == .plain, tag: slot.tag)
  }

  /// The text of a scalar that means a string; nil for `1.10`, `yes`, null and collections.
  package var string: String? {
    if case .string(let text) = scalar { text } else { nil }
  }

  /// Whether this is a scalar that means null: empty, `~` or `null`.
  package var isNull: Bool {
    if case .null = scalar { true } else { false }
  }

  /// The items of a sequence; empty for anything else.
  package var items: [YAMLNode] {
    guard case .sequence(let items) = slot.content else { return [] }
    return items.map { YAMLNode(tree: tree, index: $0) }
  }

  package struct Entry: Sendable {
    package let key: YAMLNode
    package let value: YAMLNode
  }

  /// The entries of a mapping as written, merge keys among them; empty for anything else.
  package var entries: [Entry] {
    guard case .mapping(let pairs) = slot.content else { return [] }
    return pairs.map {
      Entry(key: YAMLNode(tree: tree, index: $0.key), value: YAMLNode(tree: tree, index: $0.value))
    }
  }

  /// The value of `key`: an entry of the mapping itself (the last one, as readers do) before those
  /// merged into it by `<<`.
  package subscript(_ key: String) -> YAMLNode? {
    tree.value(of: Array(key.utf8), in: index).map { YAMLNode(tree: tree, index: $0) }
  }

  /// The value at the end of a path of keys.
  package func value(at path: String...) -> YAMLNode? {
    var node: YAMLNode? = self
    for key in path { node = node?[key] }
    return node
  }

  /// The entries with those merged in by `<<`; own entries win over merged ones and earlier
  /// merges over later ones, and each key stands once.
  package var mergedEntries: [Entry] {
    tree.mergedEntries(of: index).map {
      Entry(key: YAMLNode(tree: tree, index: $0.key), value: YAMLNode(tree: tree, index: $0.value))
    }
  }

  /// A list of the items of a sequence, or the single node itself where a list may be left out.
  package var itemsOrSelf: [YAMLNode] {
    kind == .sequence ? items : [self]
  }

  /// How places in a scalar's text correspond to places in the file.
  package var textMap: YAMLTextMap? {
    guard case .scalar(let text, let style) = slot.content else { return nil }
    return tree.textMap(
      of: Array(text.utf8), style: style, from: slot.start, to: slot.end)
  }
}
