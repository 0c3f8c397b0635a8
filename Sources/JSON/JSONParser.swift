import Core

/// Reads whole documents into values.
package enum JSONParser {
  /// The document's value.
  ///
  /// - Throws: `JSONError` with the place of the first thing that is wrong.
  package static func parse(
    _ bytes: [UInt8], _ options: JSONOptions = .strict
  ) throws(JSONError) -> JSONValue {
    var reader = try JSONReader(bytes, options)
    var open: [Container] = []
    while true {
      let event = try reader.next()
      let kind: JSONValue.Kind
      var start = reader.start
      var position = reader.position
      switch event {
      case .beginObject, .beginArray:
        open.append(Container(start: start, position: position, isObject: event == .beginObject))
        continue
      case .endObject, .endArray:
        guard let container = open.popLast() else { throw reader.error(.trailingContent) }
        start = container.start
        position = container.position
        kind = try container.finish(options)
      case .key(let text):
        open[open.count - 1].key = text.string(in: bytes)
        open[open.count - 1].keyPosition = position
        continue
      case .string(let text): kind = .string(text.string(in: bytes))
      case .number(let range):
        kind = .number(JSONNumber(String(decoding: bytes[range], as: UTF8.self)))
      case .bool(let value): kind = .bool(value)
      case .null: kind = .null
      case .end: throw reader.error(.unexpectedEnd(expected: "a value"))
      }
      let value = JSONValue(kind, at: position, range: start..<reader.offset)
      if open.isEmpty {
        _ = try reader.next()  // throws unless the document ends here
        return value
      }
      open[open.count - 1].append(value)
    }
  }
}

/// An object or array whose end has not been read.
private struct Container {
  let start: Int
  let position: TextPosition
  let isObject: Bool
  var key = ""
  var keyPosition = TextPosition(line: 1, column: 1)
  private var members: [JSONMember] = []
  private var elements: [JSONValue] = []

  init(start: Int, position: TextPosition, isObject: Bool) {
    self.start = start
    self.position = position
    self.isObject = isObject
  }

  mutating func append(_ value: JSONValue) {
    if isObject {
      members.append(JSONMember(key: key, keyPosition: keyPosition, value: value))
    } else {
      elements.append(value)
    }
  }

  func finish(_ options: JSONOptions) throws(JSONError) -> JSONValue.Kind {
    guard isObject else { return .array(elements) }
    let object = JSONObject(members)
    if options.duplicateKeys == .reject, let first = object.duplicates.first {
      throw JSONError(.duplicateKey(members[first].key), at: members[first].keyPosition)
    }
    return .object(object)
  }
}
