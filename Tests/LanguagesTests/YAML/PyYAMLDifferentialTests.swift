import Core
import Foundation
import Languages
import Testing

/// Compares with what PyYAML sees, where cases made by `.ci/differential/yaml_documents.py` are at hand.
struct PyYAMLDifferentialTests {
  static let file = ProcessInfo.processInfo.environment["MODELPIN_PYYAML_CASES"]

  @Test(.enabled(if: file != nil)) func `nodes are those that PyYAML sees`() throws {
    let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
    var count = 0
    for line in text.split(separator: "\n") {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let document = try #require(object["text"] as? String)
      let root = try #require(YAMLStream(Array(document.utf8)).documents.first)
      count += 1
      if let merged = object["merged"] as? [String: [String: Any]] {
        for (name, entries) in merged {
          let found = try #require(root[name]).mergedEntries
          #expect(Set(found.compactMap(\.key.text)) == Set(entries.keys), "\(document)")
          for (key, value) in entries {
            #expect(root[name]?[key]?.text == "\(value)", "\(document)")
          }
        }
      } else if let expected = object["nodes"] as? [[Any]] {
        var nodes: [String] = []
        Self.list(root, into: &nodes)
        #expect(nodes == expected.map { $0.map { "\($0)" }.joined(separator: " ") }, "\(document)")
      }
    }
    #expect(count > 300)
  }

  static func list(_ node: YAMLNode, into nodes: inout [String]) {
    let place = "\(node.start.line) \(node.start.column)"
    switch node.kind {
    case .scalar: nodes.append("scalar \(meaning(node)) \(node.text ?? "") \(place)")
    case .sequence: nodes.append("sequence   \(place)")
    case .mapping: nodes.append("mapping   \(place)")
    case .unresolved: nodes.append("unresolved")
    }
    for item in node.items { list(item, into: &nodes) }
    for entry in node.entries {
      list(entry.key, into: &nodes)
      list(entry.value, into: &nodes)
    }
  }

  static func meaning(_ node: YAMLNode) -> String {
    switch node.scalar {
    case .null: "null"
    case .boolean: "bool"
    case .integer: "int"
    case .float: "float"
    case .timestamp: "timestamp"
    case .string, nil: node.text == "=" && node.style == .plain ? "value" : "str"
    }
  }
}
