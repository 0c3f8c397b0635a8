extension PythonValue {
  /// Nothing known.
  package static let unknown = PythonValue(.unknown(.computed))
  /// A number, a tensor or the like.
  static let calculated = PythonValue(.unknown(.calculated))

  /// The complete strings among the alternatives, in the order found; the text of a local path
  /// relative to the working directory counts.
  package var texts: [String] {
    alternatives.compactMap { alternative in
      switch alternative.atom {
      case .text(let text): text
      case .path(let path) where path.base == .text: path.text
      default: nil
      }
    }
  }

  /// The string, when it is the only alternative.
  package var text: String? {
    alternatives.count == 1 ? texts.first : nil
  }

  /// The truth value, when it is the only alternative and a literal `True` or `False`.
  package var bool: Bool? {
    guard alternatives.count == 1, case .bool(let value) = alternatives[0].atom else { return nil }
    return value
  }

  /// Whether some alternative is `True`, or could be.
  package var mayBeTrue: Bool {
    alternatives.contains { alternative in
      switch alternative.atom {
      case .bool(let value): value
      case .integer(let value): value != 0
      case .none: false
      case .unknown, .result, .partialText: true
      default: true
      }
    }
  }

  /// Whether every alternative is `None`.
  package var isNone: Bool {
    !alternatives.isEmpty && alternatives.allSatisfy { $0.atom == .none }
  }

  /// Whether some alternative is `None`.
  package var mayBeNone: Bool {
    alternatives.contains { $0.atom == .none }
  }

  /// Whether some alternative is not known, or known only in part.
  package var isOpen: Bool {
    alternatives.isEmpty
      || alternatives.contains { alternative in
        switch alternative.atom {
        case .unknown, .partialText, .result: true
        default: false
        }
      }
  }

  /// The names of the functions, classes and modules among the alternatives.
  package var references: [PythonCallee] {
    alternatives.compactMap { alternative in
      if case .reference(let callee) = alternative.atom { callee } else { nil }
    }
  }

  /// The parameters of functions of the repository that reach this value, each by function, name.
  package var parameters: [(function: String, name: String)] {
    var found: [(function: String, name: String)] = []
    visit { atom in
      if case .unknown(.parameter(let function, let name, _)) = atom {
        found.append((function, name))
      }
    }
    return found
  }

  /// The calls whose results reach this value, through attributes, further calls and containers:
  /// what to ask for "does what was downloaded there arrive here".
  package var sources: [CallReference] {
    var found: [CallReference] = []
    visit { atom in
      switch atom {
      case .result(let reference, _, _): found.append(reference)
      case .instance(_, let reference?): found.append(reference)
      default: break
      }
    }
    return found
  }

  /// Whether what a call gave reaches this value.
  var holdsResult: Bool {
    var found = false
    visit { atom in
      switch atom {
      case .result, .instance(_, .some): found = true
      default: break
      }
    }
    return found
  }

  /// Whether nothing that names or holds anything is among the alternatives.
  var isDull: Bool {
    alternatives.allSatisfy { alternative in
      switch alternative.atom {
      case .integer, .number, .bool, .none, .unknown: true
      default: false
      }
    }
  }

  /// Calls `body` with every atom, those inside lists, dictionaries and holes included.
  package func visit(_ body: (Atom) -> Void) {
    visit(depth: 0, body)
  }

  private func visit(depth: Int, _ body: (Atom) -> Void) {
    guard depth < 8 else { return }
    for alternative in alternatives {
      body(alternative.atom)
      switch alternative.atom {
      case .partialText(let parts): Self.visit(parts, depth: depth, body)
      case .path(let path): Self.visit(path.parts, depth: depth, body)
      case .list(let items, _):
        for item in items { item.visit(depth: depth + 1, body) }
      case .dictionary(let dictionary):
        for entry in dictionary.entries {
          entry.key.visit(depth: depth + 1, body)
          entry.value.visit(depth: depth + 1, body)
        }
      case .partial(let callee, let positional, let keywords):
        callee.visit(depth: depth + 1, body)
        for value in positional { value.visit(depth: depth + 1, body) }
        for keyword in keywords { keyword.value.visit(depth: depth + 1, body) }
      default: break
      }
    }
  }

  private static func visit(_ parts: [TextPart], depth: Int, _ body: (Atom) -> Void) {
    for part in parts {
      if case .hole(let value) = part { value.visit(depth: depth + 1, body) }
    }
  }
}

extension LocalPath {
  /// Whether the first known part can only begin a path on this machine.
  package var startsLocally: Bool {
    if case .literal(let first)? = parts.first { first.isExplicitlyLocal } else { false }
  }

  /// Whether a path function made it from at least one known component: `os.path.join("a", x)`.
  package var isBuilt: Bool {
    base == .text && parts.contains { if case .literal = $0 { true } else { false } }
  }
}

extension String {
  /// Whether the text can only be a path on this machine: `.`, `./x`, `../x`, `/x`, `~/x`, `C:\x`.
  package var isExplicitlyLocal: Bool {
    let bytes = utf8
    guard let first = bytes.first else { return false }
    switch first {
    case UInt8(ascii: "/"), UInt8(ascii: "\\"): return true
    case UInt8(ascii: "~"): return bytes.count == 1 || bytes.dropFirst().first == UInt8(ascii: "/")
    case UInt8(ascii: "."):
      let rest = bytes.dropFirst()
      return rest.isEmpty || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "\\")
        || self == ".." || hasPrefix("../") || hasPrefix("..\\")
    default:
      let isLetter = (first | 0x20) >= UInt8(ascii: "a") && (first | 0x20) <= UInt8(ascii: "z")
      let rest = bytes.dropFirst()
      return isLetter && rest.first == UInt8(ascii: ":")
        && (rest.dropFirst().first == UInt8(ascii: "\\")
          || (rest.dropFirst().first == UInt8(ascii: "/")
            && rest.dropFirst(2).first != UInt8(ascii: "/")))
    }
  }
}
