import Core

extension PythonValue {
  /// How many alternatives a value keeps.
  static let width = 24
  /// How many bytes of text a value keeps.
  static let textLimit = 1 << 20

  /// The value of a bound that was reached.
  static let limit = PythonValue(.unknown(.limit))

  /// Everything that either can be; equal alternatives once.
  ///
  /// - Parameter rest: what stands for those that are more than a value keeps.
  static func join(_ values: [PythonValue], rest: Unknown = .more) -> PythonValue {
    if values.count == 1 { return values[0] }
    if values.count == 2, values[1].alternatives.count == 1, values[0].alternatives.count == 1 {
      let (first, second) = (values[0].alternatives[0], values[1].alternatives[0])
      return first == second ? values[0] : PythonValue([first, second])
    }
    var alternatives: [Alternative] = []
    for value in values {
      for alternative in value.alternatives where !alternatives.contains(alternative) {
        if alternatives.count >= width {
          let bound = Alternative(.unknown(rest))
          if !alternatives.contains(bound) { alternatives.append(bound) }
          return PythonValue(alternatives)
        }
        alternatives.append(alternative)
      }
    }
    return alternatives.isEmpty ? .unknown : PythonValue(alternatives)
  }

  /// The value with each alternative's origin at least as weak as `origin`.
  func weakened(to origin: Origin) -> PythonValue {
    // Most values come by way of many names, and are as weak as that from the first one on.
    if alternatives.allSatisfy({ $0.origin.rank >= origin.rank }) { return self }
    return PythonValue(
      alternatives.map {
        $0.come(from: Self.weaker($0.origin, origin), trace: $0.trace)
      })
  }

  /// The weaker of two origins.
  static func weaker(_ left: Origin, _ right: Origin) -> Origin {
    left.rank >= right.rank ? left : right
  }

  /// The value after one more step of its way.
  func traced(_ step: TraceStep) -> PythonValue {
    PythonValue(
      alternatives.map { alternative in
        guard alternative.trace.count < 8, alternative.trace.last != step else {
          return alternative
        }
        return alternative.come(from: alternative.origin, trace: alternative.trace + [step])
      })
  }

  /// Values that have 64 combinations at most: those with the most alternatives become one that is
  /// not known, so that what stands around them stays.
  private static func bounded(_ values: [PythonValue]) -> [PythonValue] {
    var values = values
    while values.reduce(1, { min($0 * $1.alternatives.count, 1 << 20) }) > 64,
      let widest = values.indices.max(by: {
        values[$0].alternatives.count < values[$1].alternatives.count
      })
    {
      values[widest] = limit
    }
    return values
  }

  /// What every combination of alternatives gives, within bounds.
  static func combine(
    _ values: [PythonValue], _ body: ([Atom]) -> Atom?
  ) -> PythonValue {
    var rows: [(atoms: [Atom], origin: Origin, trace: [TraceStep])] = [([], .literal, [])]
    for value in bounded(values) {
      var next: [(atoms: [Atom], origin: Origin, trace: [TraceStep])] = []
      for row in rows {
        for alternative in value.alternatives {
          if next.count >= 64 { return .limit }
          next.append(
            (
              row.atoms + [alternative.atom], weaker(row.origin, alternative.origin),
              row.trace.isEmpty ? alternative.trace : row.trace
            ))
        }
      }
      rows = next
    }
    // All are of one form: those that are kept tell what the others are like.
    return join(
      rows.map { row in
        PythonValue(body(row.atoms) ?? .unknown(.computed), row.origin, trace: row.trace)
      }, rest: .limit)
  }

  /// What `body` makes of each alternative; nil makes it unknown.
  func map(_ body: (Atom) -> Atom?) -> PythonValue {
    PythonValue.join(
      alternatives.map {
        PythonValue(body($0.atom) ?? .unknown(.computed), $0.origin, trace: $0.trace)
      })
  }

  /// The parts of text that an alternative is made of; nil for what is no text.
  static func parts(of atom: Atom, wrapping value: @autoclosure () -> PythonValue) -> [TextPart]? {
    switch atom {
    case .text(let text): [.literal(text)]
    case .partialText(let parts): parts
    case .path(let path): path.base == .text ? path.parts : [.hole(PythonValue(atom))]
    case .integer(let value): [.literal(String(value))]
    case .bool(let value): [.literal(value ? "True" : "False")]
    case .none: [.literal("None")]
    case .unknown, .result, .instance, .number, .reference, .partial: [.hole(value())]
    case .bytes, .list, .dictionary: nil
    }
  }

  /// Parts put together: plain text when nothing is missing.
  static func text(of parts: [TextPart]) -> Atom {
    var joined: [TextPart] = []
    var length = 0
    for part in parts {
      if case .literal(let text) = part {
        length += text.utf8.count
        if length > textLimit {
          return .partialText(joined.prefix(63) + [.hole(PythonValue(.unknown(.cut)))])
        }
        if case .literal(let before)? = joined.last {
          joined[joined.count - 1] = .literal(before + text)
          continue
        }
        if text.isEmpty { continue }
      }
      if joined.count >= 64 {
        return .partialText(joined.prefix(63) + [.hole(PythonValue(.unknown(.cut)))])
      }
      joined.append(part)
    }
    if joined.isEmpty { return .text("") }
    if joined.count == 1, case .literal(let text) = joined[0] { return .text(text) }
    return .partialText(joined)
  }
}

extension PythonValue.Origin {
  /// Weaker origins have greater ranks.
  var rank: Int {
    switch self {
    case .literal: 0
    case .constant: 1
    case .file: 2
    case .parameterDefault: 3
    case .environmentDefault: 4
    case .optionDefault: 5
    }
  }
}
