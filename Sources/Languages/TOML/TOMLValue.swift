package import Core

/// A value of a TOML document with the place it stands at.
package struct TOMLValue: Sendable {
  package enum Content: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    case dateTime(TOMLDateTime)
    /// A static array or an array of tables.
    case array([TOMLValue])
    case table(TOMLTable)
  }

  package let content: Content
  /// The first byte of the value; of a table made by a header, the header's bracket.
  package let start: TextPosition
  /// One past the value's last byte; of a table made by a header, past the header.
  package let end: TextPosition

  package init(_ content: Content, start: TextPosition, end: TextPosition) {
    self.content = content
    self.start = start
    self.end = end
  }

  /// The text of a string, nil for anything else.
  package var string: String? {
    if case .string(let text) = content { text } else { nil }
  }

  /// The number of an integer, nil for anything else.
  package var integer: Int64? {
    if case .integer(let number) = content { number } else { nil }
  }

  /// The truth of a boolean, nil for anything else.
  package var boolean: Bool? {
    if case .boolean(let truth) = content { truth } else { nil }
  }

  /// The elements of an array, nil for anything else.
  package var array: [TOMLValue]? {
    if case .array(let elements) = content { elements } else { nil }
  }

  /// The table, nil for anything else.
  package var table: TOMLTable? {
    if case .table(let table) = content { table } else { nil }
  }

  /// The value of `key` when this is a table that has it.
  package subscript(_ key: String) -> TOMLValue? { table?[key] }

  /// The value at the end of a path of keys.
  package func value(at path: String...) -> TOMLValue? {
    var value: TOMLValue? = self
    for key in path { value = value?[key] }
    return value
  }

  /// What kind of value this is, for messages: `string`, `table`, …
  package var kind: String {
    switch content {
    case .string: "string"
    case .integer: "integer"
    case .float: "float"
    case .boolean: "boolean"
    case .dateTime: "date or time"
    case .array: "array"
    case .table: "table"
    }
  }
}

/// A table: its entries in the order of the document.
package struct TOMLTable: Sendable {
  package struct Entry: Sendable {
    package let key: String
    /// Where the key itself stands.
    package let keyPosition: TextPosition
    package let value: TOMLValue

    package init(key: String, keyPosition: TextPosition, value: TOMLValue) {
      self.key = key
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  package let entries: [Entry]
  /// Keys compare by bytes: Swift's strings would take two normalisations for one key.
  private let index: [[UInt8]: Int]

  init(entries: [Entry], index: [[UInt8]: Int]) {
    self.entries = entries
    self.index = index
  }

  /// The entry of `key`, or nil.
  package func entry(_ key: String) -> Entry? {
    index[Array(key.utf8)].map { entries[$0] }
  }

  /// The value of `key`, or nil.
  package subscript(_ key: String) -> TOMLValue? { entry(key)?.value }
}

/// A date, a time or both; the parts are valid but need not exist on a clock (leap seconds).
package struct TOMLDateTime: Hashable, Sendable {
  package struct Date: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int
  }

  package struct Time: Hashable, Sendable {
    package let hour: Int
    package let minute: Int
    package let second: Int
    /// The digits after the decimal point as written, empty if none.
    package let fraction: String
  }

  /// nil for a local time.
  package let date: Date?
  /// nil for a local date.
  package let time: Time?
  /// Minutes east of UTC; nil for a local date or time.
  package let offset: Int?
}
