import JSON

/// A JSON document to be written; members keep the order given.
package indirect enum JSONOutput: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case unsigned(UInt64)
  case string(String)
  case array([JSONOutput])
  case object([(String, JSONOutput?)])

  /// The document, indented by two spaces, ended by a newline.
  package var bytes: [UInt8] {
    var writer = JSONWriter(indent: 2)
    write(to: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .boolean(let value): writer.bool(value)
    case .integer(let value): writer.integer(value)
    case .unsigned(let value): writer.integer(value)
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      // A member without a value is left out.
      for case (let name, let value?) in members {
        writer.key(name)
        value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}

extension JSONOutput: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral elements: JSONOutput...) { self = .array(elements) }
}

extension JSONOutput {
  /// Text, or no member at all.
  static func optional(_ text: String?) -> JSONOutput? { text.map { .string($0) } }
  static func optional(_ number: Int?) -> JSONOutput? { number.map { .integer($0) } }
}
