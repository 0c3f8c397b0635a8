package import Core
package import JSON

/// A value of a configuration, whatever language the file is written in.
package protocol ConfigurationNode {
  /// The entries of a mapping; empty for anything else.
  var configurationMembers: [(key: String, value: Self)] { get }
  /// The items of a list; empty for anything else.
  var configurationItems: [Self] { get }
  /// A scalar that means a text.
  var configurationText: String? { get }
  /// A scalar as written; nil for collections, and for numbers where nobody asks for them.
  var configurationScalar: String? { get }
  var configurationStart: TextPosition { get }
  var configurationEnd: TextPosition { get }
  /// A number that is the same for the same value of a document; nil where no value stands twice.
  var configurationIdentity: Int? { get }
}

extension JSONValue: ConfigurationNode {
  package var configurationMembers: [(key: String, value: JSONValue)] {
    object?.members.map { ($0.key, $0.value) } ?? []
  }
  package var configurationItems: [JSONValue] { array ?? [] }
  package var configurationText: String? { string }
  package var configurationScalar: String? { string ?? bool.map { $0 ? "true" : "false" } }
  package var configurationStart: TextPosition { position }
  package var configurationEnd: TextPosition { position }
  package var configurationIdentity: Int? { nil }
}

extension YAMLNode: ConfigurationNode {
  package var configurationMembers: [(key: String, value: YAMLNode)] {
    entries.compactMap { entry in entry.key.text.map { ($0, entry.value) } }
  }
  package var configurationItems: [YAMLNode] { items }
  package var configurationText: String? { string }
  package var configurationScalar: String? { text }
  package var configurationStart: TextPosition { start }
  package var configurationEnd: TextPosition { end }
  package var configurationIdentity: Int? { identity }
}

extension TOMLValue: ConfigurationNode {
  package var configurationMembers: [(key: String, value: TOMLValue)] {
    table?.entries.map { ($0.key, $0.value) } ?? []
  }
  package var configurationItems: [TOMLValue] { array ?? [] }
  package var configurationText: String? { string }
  package var configurationScalar: String? { string ?? boolean.map { $0 ? "true" : "false" } }
  package var configurationStart: TextPosition { start }
  package var configurationEnd: TextPosition { end }
  package var configurationIdentity: Int? { nil }
}

/// A configuration in YAML or TOML that no tool known by name reads.
package struct ConfigurationDocument: Sendable {
  package enum Content: Sendable {
    case yaml(YAMLNode)
    case toml(TOMLValue)
  }

  package let path: RelativePath
  package let content: Content
}

/// A text with the key that it stands under, and what stands beside it.
package struct ConfiguredText {
  /// The key, or that of the list that holds the text.
  package let key: String
  /// The key of the mapping around.
  package let parent: String
  package let text: String
  package let start: TextPosition
  package let end: TextPosition
  /// The scalars of the same mapping.
  package var siblings: [String: String] { beside.scalars }

  fileprivate let beside: ConfigurationSiblings
}

/// The scalars of one mapping, collected when somebody asks, once for all its texts.
private final class ConfigurationSiblings {
  private let collect: () -> [String: String]
  private(set) lazy var scalars = collect()

  init(_ collect: @escaping () -> [String: String]) {
    self.collect = collect
  }
}

extension ConfigurationNode {
  /// Calls `visit` for every text in the value that stands under a key, in the order of the document,
  /// each collection once however often it is referred to.
  package func visitTexts(_ visit: (ConfiguredText) -> Void) {
    var seen: Set<Int> = []
    let nothing = ConfigurationSiblings { [:] }
    var pending: [(node: Self, key: String, parent: String, beside: ConfigurationSiblings)] = [
      (self, "", "", nothing)
    ]
    while let (node, key, parent, beside) = pending.popLast() {
      if let text = node.configurationText {
        if !key.isEmpty {
          visit(
            ConfiguredText(
              key: key, parent: parent, text: text, start: node.configurationStart,
              end: node.configurationEnd, beside: beside))
        }
        continue
      }
      if let identity = node.configurationIdentity, !seen.insert(identity).inserted { continue }
      for item in node.configurationItems.reversed() {
        pending.append((item, key, parent, beside))
      }
      let members = node.configurationMembers
      if members.isEmpty { continue }
      let siblings = ConfigurationSiblings { Self.scalars(members) }
      for member in members.reversed() {
        pending.append((member.value, member.key, key, siblings))
      }
    }
  }

  /// The scalars among the entries of a mapping; a long one is a table of data, beside whose entries
  /// nothing stands that belongs to them.
  private static func scalars(_ members: [(key: String, value: Self)]) -> [String: String] {
    guard members.count <= 256 else { return [:] }
    return Dictionary(
      members.compactMap { member in member.value.configurationScalar.map { (member.key, $0) } },
      uniquingKeysWith: { _, last in last })
  }
}
