package import Core
package import JSON

/// A JSON configuration of a model, parsed.
package struct ConfigurationFile: Sendable {
  package let path: RelativePath
  package let value: JSONValue
  /// The document's bytes, for positions inside texts.
  package let bytes: [UInt8]

  /// The file's last path component.
  var name: String { path.name }

  /// The folder that holds it, with a slash behind, or empty.
  var folder: String { path.parent.map { "\($0)/" } ?? "" }

  /// The place of a value.
  func location(_ value: JSONValue) -> Location {
    Location(path, start: value.position)
  }

  /// Every JSON document of the repository that is small enough to be a configuration, and every
  /// shard index.
  static func all(in repository: Repository) -> [ConfigurationFile] {
    repository.sources.compactMap { source in
      guard source.isWhole, source.path.suffix == "json",
        source.bytes.count <= limit || source.path.name.hasSuffix(".index.json"),
        let value = try? JSONParser.parse(source.bytes, .lenient)
      else { return nil }
      return ConfigurationFile(path: source.path, value: value, bytes: source.bytes)
    }
  }

  /// Vocabularies are far larger than any configuration.
  private static let limit = 2 << 20
}

extension JSONValue {
  /// Every text in the value and in the lists and objects inside it, with its place.
  var allTexts: [(text: String, value: JSONValue)] {
    var found: [(String, JSONValue)] = []
    var pending = [self]
    while let value = pending.popLast() {
      switch value.kind {
      case .string(let text): found.append((text, value))
      case .array(let items): pending.append(contentsOf: items.reversed())
      case .object(let object): pending.append(contentsOf: object.members.reversed().map(\.value))
      default: break
      }
    }
    return found
  }

  /// The values of every member called `key`, at any depth.
  func values(named key: String) -> [JSONValue] {
    var found: [JSONValue] = []
    var pending = [self]
    while let value = pending.popLast() {
      switch value.kind {
      case .array(let items): pending.append(contentsOf: items.reversed())
      case .object(let object):
        for member in object.members.reversed() {
          if member.key == key { found.append(member.value) }
          pending.append(member.value)
        }
      default: break
      }
    }
    return found
  }
}
