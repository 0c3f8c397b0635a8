package import Core

/// A value of a JSON document with the place it was read from.
package struct JSONValue: Sendable {
  /// What the value is.
  package enum Kind: Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
  }

  package let kind: Kind
  /// Where it begins: a string at its quote.
  package let position: TextPosition
  /// Its bytes in the document, quotes and brackets included.
  package let range: Range<Int>

  package init(_ kind: Kind, at position: TextPosition, range: Range<Int>) {
    self.kind = kind
    self.position = position
    self.range = range
  }

  /// The string; nil for any other value.
  package var string: String? {
    if case .string(let text) = kind { text } else { nil }
  }

  /// The array's elements; nil for any other value.
  package var array: [JSONValue]? {
    if case .array(let elements) = kind { elements } else { nil }
  }

  /// The object; nil for any other value.
  package var object: JSONObject? {
    if case .object(let object) = kind { object } else { nil }
  }

  /// The number; nil for any other value.
  package var number: JSONNumber? {
    if case .number(let number) = kind { number } else { nil }
  }

  /// The truth value; nil for any other value.
  package var bool: Bool? {
    if case .bool(let value) = kind { value } else { nil }
  }

  /// Whether the value is `null`.
  package var isNull: Bool {
    if case .null = kind { true } else { false }
  }

  /// A member of an object; nil when absent or when the value is no object.
  package subscript(_ key: String) -> JSONValue? { object?[key] }

  /// The text of a string value with its place, to map offsets in it back to the document.
  package func text(in document: [UInt8]) -> JSONText? {
    guard case .string = kind, range.count >= 2 else { return nil }
    let inner = range.lowerBound + 1..<range.upperBound - 1
    return JSONText(range: inner, isPlain: !document[inner].contains(UInt8(ascii: "\\")))
  }
}

/// A number, its text kept exactly: no digit is lost to a floating-point type.
package struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The value as an integer; nil with a fraction or exponent, or out of range.
  package var integer: Int? { Int(text) }

  /// The value as an unsigned integer; nil with a sign, fraction or exponent, or out of range.
  package var unsigned: UInt64? { UInt64(text) }

  /// The nearest floating-point value.
  package var double: Double? {
    switch text {
    case "NaN": .nan
    case "Infinity": .infinity
    case "-Infinity": -.infinity
    default: Double(text)
    }
  }

  package var description: String { text }
}

/// A member of an object.
package struct JSONMember: Sendable {
  package let key: String
  package let keyPosition: TextPosition
  package let value: JSONValue

  package init(key: String, keyPosition: TextPosition, value: JSONValue) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

/// An object: its members in the order of the document.
///
/// Keys are compared by their bytes: two normalisations of one name are two keys, as for every
/// other JSON reader.
package struct JSONObject: Sendable {
  package let members: [JSONMember]
  /// Indices of members whose key stood before; empty unless duplicates were kept.
  package let duplicates: [Int]
  /// Where each key stands last; nil for small objects, which are searched.
  private let index: [JSONKey: Int]?

  private static let searched = 8

  /// Indexes `members`.
  package init(_ members: [JSONMember]) {
    self.members = members
    var duplicates: [Int] = []
    if members.count <= Self.searched {
      index = nil
      for (place, member) in members.enumerated()
      where members[..<place].contains(where: { JSONKey($0.key) == JSONKey(member.key) }) {
        duplicates.append(place)
      }
    } else {
      var index: [JSONKey: Int] = [:]
      index.reserveCapacity(members.count)
      for (place, member) in members.enumerated()
      where index.updateValue(place, forKey: JSONKey(member.key)) != nil {
        duplicates.append(place)
      }
      self.index = index
    }
    self.duplicates = duplicates
  }

  /// The value of the last member with this key.
  package subscript(_ key: String) -> JSONValue? {
    let wanted = JSONKey(key)
    if let index { return index[wanted].map { members[$0].value } }
    return members.last { JSONKey($0.key) == wanted }?.value
  }
}

/// A key that is equal to another when their bytes are.
private struct JSONKey: Hashable, Sendable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: JSONKey, right: JSONKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
