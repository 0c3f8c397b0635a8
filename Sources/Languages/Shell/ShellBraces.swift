/// Brace expansion: `{a,b}` and `{1..5}` in unquoted text.
enum ShellBraces {
  /// More words than this are not made: the word stays as it is.
  private static let maximumWords = 256

  private enum Item {
    case byte(UInt8, Int)
    case part(ShellSyntaxPart)

    func isByte(_ wanted: UInt8) -> Bool {
      if case .byte(let byte, _) = self { byte == wanted } else { false }
    }
  }

  /// The parts of each word that `parts` becomes; one in the usual case.
  static func expand(_ parts: [ShellSyntaxPart]) -> [[ShellSyntaxPart]] {
    let hasBrace = parts.contains {
      if case .literal(let bytes, _) = $0 { bytes.contains(UInt8(ascii: "{")) } else { false }
    }
    guard hasBrace else { return [parts] }
    var items: [Item] = []
    for part in parts {
      if case .literal(let bytes, let start) = part {
        items += bytes.enumerated().map { .byte($0.element, start + $0.offset) }
      } else {
        items.append(.part(part))
      }
    }
    guard items.count <= 4096 else { return [parts] }
    var work = 0
    guard let words = expand(items[...], depth: 0, work: &work) else { return [parts] }
    return words.map(joined)
  }

  private static func joined(_ items: [Item]) -> [ShellSyntaxPart] {
    var parts: [ShellSyntaxPart] = []
    var run: [UInt8] = []
    var start = 0
    for item in items {
      switch item {
      case .byte(let byte, let offset):
        if run.isEmpty { start = offset }
        run.append(byte)
      case .part(let part):
        if !run.isEmpty { parts.append(.literal(run, start: start)) }
        run = []
        parts.append(part)
      }
    }
    if !run.isEmpty { parts.append(.literal(run, start: start)) }
    return parts
  }

  /// Nil when there would be too many words.
  private static func expand(
    _ items: ArraySlice<Item>, depth: Int, work: inout Int
  ) -> [[Item]]? {
    work += items.count
    guard depth < 16, work < 100_000 else { return nil }
    var search = items.startIndex
    while let open = items[search...].firstIndex(where: { $0.isByte(UInt8(ascii: "{")) }) {
      guard work < 100_000 else { return nil }
      guard let (close, commas) = match(items, from: open + 1, work: &work) else {
        search = open + 1
        continue
      }
      var choices: [[Item]] = []
      if commas.isEmpty {
        guard let range = sequence(items[(open + 1)..<close]) else {
          search = open + 1
          continue
        }
        choices = range
      } else {
        var start = open + 1
        for end in commas + [close] {
          guard let inner = expand(items[start..<end], depth: depth + 1, work: &work) else {
            return nil
          }
          choices += inner
          start = end + 1
          guard choices.count <= maximumWords else { return nil }
        }
      }
      guard let rest = expand(items[(close + 1)...], depth: depth + 1, work: &work),
        choices.count * rest.count <= maximumWords
      else { return nil }
      let before = items[..<open]
      work += choices.count * rest.count * (before.count + 8)
      return choices.flatMap { choice in rest.map { before + choice + $0 } }
    }
    return [Array(items)]
  }

  /// The closing brace and the commas between, at the same level.
  private static func match(
    _ items: ArraySlice<Item>, from start: Int, work: inout Int
  ) -> (Int, [Int])? {
    var depth = 0
    var commas: [Int] = []
    for index in start..<items.endIndex {
      work += 1
      if items[index].isByte(UInt8(ascii: "{")) { depth += 1 }
      if items[index].isByte(UInt8(ascii: ",")), depth == 0 { commas.append(index) }
      if items[index].isByte(UInt8(ascii: "}")) {
        if depth == 0 { return (index, commas) }
        depth -= 1
      }
    }
    return nil
  }

  /// `1..5`, `01..10`, `a..e`, with an optional step.
  private static func sequence(_ items: ArraySlice<Item>) -> [[Item]]? {
    var text: [UInt8] = []
    var offset = 0
    for item in items {
      guard case .byte(let byte, let place) = item else { return nil }
      if text.isEmpty { offset = place }
      text.append(byte)
    }
    let fields = String(decoding: text, as: UTF8.self).split(
      separator: "..", omittingEmptySubsequences: false
    ).map(String.init)
    guard fields.count == 2 || fields.count == 3 else { return nil }
    var step = 1
    if fields.count == 3 {
      guard let given = Int(fields[2]), given != .min else { return nil }
      step = max(1, abs(given))
    }
    func item(_ text: String) -> [Item] { text.utf8.map { .byte($0, offset) } }
    if let from = Int(fields[0]), let to = Int(fields[1]) {
      let (distance, overflow) = to.subtractingReportingOverflow(from)
      guard !overflow, distance.magnitude / UInt(step) < UInt(maximumWords) else { return nil }
      func padded(_ text: String) -> Bool {
        let digits = text.drop { $0 == "-" }
        return digits.count > 1 && digits.hasPrefix("0")
      }
      let width =
        padded(fields[0]) || padded(fields[1]) ? max(fields[0].count, fields[1].count) : 0
      return stride(from: from, through: to, by: distance < 0 ? -step : step).map { number in
        var digits = String(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let zeros = width - digits.count - sign.count
        if zeros > 0 { digits = String(repeating: "0", count: zeros) + digits }
        return item(sign + digits)
      }
    }
    let (from, to) = (Array(fields[0].utf8), Array(fields[1].utf8))
    guard from.count == 1, to.count == 1, from[0].isNameStart, to[0].isNameStart else {
      return nil
    }
    let low = Int(from[0])
    let high = Int(to[0])
    return stride(from: low, through: high, by: high < low ? -step : step).map { code in
      [.byte(UInt8(truncatingIfNeeded: code), offset)]
    }
  }
}
