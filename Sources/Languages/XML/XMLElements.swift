import Core

/// The elements of an XML document as far as manifests need them: no entities, no namespaces.
struct XMLElement {
  let name: String
  /// The names of the elements around, outermost first.
  let ancestors: [String]
  var attributes: [String: String] = [:]
  /// The texts of the elements inside that hold nothing but text.
  var children: [String: String] = [:]
  let start: TextPosition
  var end: TextPosition

  /// An attribute, or the text of an element of that name inside.
  subscript(_ name: String) -> String? { attributes[name] ?? children[name] }
}

enum XMLElements {
  /// Elements deeper than this are left out.
  private static let depthLimit = 64
  private static let countLimit = 20_000

  /// Every element that is not merely text, in the order of their ends; nil for a document whose
  /// elements do not close, with where that shows.
  static func all(_ bytes: [UInt8]) -> (elements: [XMLElement], problem: TextPosition?) {
    let lines = LineTable(bytes)
    var found: [XMLElement] = []
    var open: [XMLElement] = []
    // The text since the last tag, for elements that hold nothing else.
    var textStart = 0
    var holdsElements: [Bool] = []
    var index = 0
    while let tag = bytes[index...].firstIndex(of: UInt8(ascii: "<")) {
      if bytes[tag...].starts(with: "<!--".utf8) {
        guard let close = bytes[tag...].firstRange(of: "-->".utf8) else {
          return (found, lines.position(of: tag))
        }
        index = close.upperBound
        continue
      }
      guard let close = end(of: tag, in: bytes) else { return (found, lines.position(of: tag)) }
      let body = bytes[(tag + 1)..<close]
      index = close + 1
      switch body.first {
      case UInt8(ascii: "?"), UInt8(ascii: "!"): continue
      case UInt8(ascii: "/"):
        guard var element = open.popLast(), let isParent = holdsElements.popLast(),
          body.dropFirst().trimmed.elementsEqual(element.name.utf8)
        else { return (found, lines.position(of: tag)) }
        element.end = lines.position(of: close + 1)
        if !isParent, element.attributes.isEmpty, !open.isEmpty {
          let text = String(decoding: bytes[textStart..<tag].trimmed.prefix(2_000), as: UTF8.self)
          open[open.count - 1].children[element.name] = text
        } else {
          found.append(element)
        }
      default:
        let isEmpty = body.last == UInt8(ascii: "/")
        let name = body.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        guard !name.isEmpty, open.count < depthLimit, found.count < countLimit else {
          return (found, lines.position(of: tag))
        }
        var element = XMLElement(
          name: String(decoding: name, as: UTF8.self), ancestors: open.map(\.name),
          start: lines.position(of: tag), end: lines.position(of: close + 1))
        element.attributes = attributes(body[name.endIndex...])
        if !holdsElements.isEmpty { holdsElements[holdsElements.count - 1] = true }
        if isEmpty {
          found.append(element)
        } else {
          open.append(element)
          holdsElements.append(false)
        }
      }
      textStart = index
    }
    return (found, open.last.map(\.start))
  }

  /// The `>` that ends the tag at `start`; one in quotes does not.
  private static func end(of start: Int, in bytes: [UInt8]) -> Int? {
    var quote: UInt8?
    for index in (start + 1)..<min(bytes.count, start + 20_000) {
      let byte = bytes[index]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      }
    }
    return nil
  }

  private static func attributes(_ text: ArraySlice<UInt8>) -> [String: String] {
    var found: [String: String] = [:]
    var rest = text
    while let equals = rest.firstIndex(of: UInt8(ascii: "=")) {
      let name = rest[..<equals].trimmed
      let value = rest[(equals + 1)...].drop { $0 <= 0x20 }
      guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = value.dropFirst().firstIndex(of: quote)
      else { break }
      found[String(decoding: name, as: UTF8.self)] = String(
        decoding: value[(value.startIndex + 1)..<end], as: UTF8.self)
      rest = rest[(end + 1)...]
    }
    return found
  }
}
