/// Text that code unpacks before it uses it.
extension PythonEvaluator {
  /// What a function that unpacks gives for a known value; nil for other functions and values.
  func unpacked(_ name: String, _ arguments: PythonArguments) -> PythonValue? {
    guard let first = arguments.positional.first else { return nil }
    let body: ([UInt8]) -> PythonValue.Atom?
    switch name {
    case "zlib.decompress":
      let isRaw: Bool
      if case .integer(let width)? = arguments.argument("wbits", at: 1)?.alternatives.first?.atom {
        isRaw = width < 0
      } else {
        isRaw = false
      }
      body = { bytes in
        (Inflate.bytes(bytes, isRaw ? .none : .zlib) ?? Inflate.bytes(bytes, .gzip)).map {
          .bytes($0)
        }
      }
    case "gzip.decompress": body = { Inflate.bytes($0, .gzip).map { .bytes($0) } }
    case "base64.b85decode": body = { TextDecoding.base85($0).map { .bytes($0) } }
    case "base64.a85decode": body = { TextDecoding.ascii85($0).map { .bytes($0) } }
    case "shlex.split":
      body = { bytes in
        TextDecoding.words(String(decoding: bytes, as: UTF8.self)).map { words in
          .list(words.prefix(512).map { PythonValue(.text($0)) }, kind: .list)
        }
      }
    default: return nil
    }
    let isKnown = first.alternatives.allSatisfy { alternative in
      switch alternative.atom {
      case .text, .bytes: true
      default: false
      }
    }
    guard isKnown else { return nil }
    return first.map { atom in
      switch atom {
      case .text(let text): body(Array(text.utf8))
      case .bytes(let bytes): body(bytes)
      default: nil
      }
    }
  }

  /// `string.Template(text).substitute(…)`.
  func substituted(
    _ callee: PythonValue, _ given: [PythonValue], _ arguments: PythonArguments
  ) -> PythonValue? {
    guard callee.references.first?.name == "string.Template()", let template = given.first else {
      return nil
    }
    var keywords = arguments.keywords
    if case .dictionary(let dictionary)? = arguments.positional.first?.alternatives.first?.atom {
      keywords += dictionary.entries.compactMap { entry in
        entry.key.text.map { KeywordValue($0, entry.value) }
      }
    }
    return template.map { atom in
      guard case .text(let text) = atom else { return nil }
      return Self.filled(text, keywords)
    }
  }

  /// A template's text with the values in their places.
  private static func filled(_ template: String, _ keywords: [KeywordValue]) -> PythonValue.Atom {
    var parts: [PythonValue.TextPart] = []
    var rest = template[...]
    while let mark = rest.firstIndex(of: "$"), parts.count < 128 {
      parts.append(.literal(String(rest[..<mark])))
      rest = rest[rest.index(after: mark)...]
      if rest.first == "$" {
        parts.append(.literal("$"))
        rest = rest.dropFirst()
        continue
      }
      let isBraced = rest.first == "{"
      if isBraced { rest = rest.dropFirst() }
      let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
      rest = rest[name.endIndex...]
      if isBraced, rest.first == "}" { rest = rest.dropFirst() }
      let value = keywords.last { $0.name == name }?.value ?? .unknown
      if let text = value.text {
        parts.append(.literal(text))
      } else {
        parts.append(.hole(value))
      }
    }
    parts.append(.literal(String(rest)))
    return PythonValue.text(of: parts)
  }
}
