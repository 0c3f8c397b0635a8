/// The digest of a pyproject.toml that Poetry writes into its lock file.
///
/// Poetry hashes the parts that decide what is locked, written as JSON with sorted keys. Which parts
/// has changed between its versions, so a lock file agrees when any of them gives its digest.
enum PoetryContentHash {
  /// Whether one of Poetry's versions gives `digest` to `project`; nil where that cannot be told.
  ///
  /// - Parameter digest: 64 hexadecimal digits.
  static func agrees(_ digest: String, with project: TOMLValue) -> Bool? {
    guard digest.utf8.count == 64 else { return nil }
    var isWhole = true
    for content in contents(of: project) {
      var text: [UInt8] = []
      guard content.write(into: &text) else {
        isWhole = false
        continue
      }
      if MessageDigest.sha256(text) == digest.lowercased() { return true }
    }
    return isWhole ? false : nil
  }

  private static let oldKeys = ["dependencies", "source", "extras", "dev-dependencies"]

  /// What each generation of Poetry hashes, newest first.
  private static func contents(of project: TOMLValue) -> [JSONContent] {
    let poetry = project.value(at: "tool", "poetry")
    var standard: [(String, JSONContent)] = []
    for key in ["requires-python", "dependencies", "optional-dependencies"] {
      if let value = project.value(at: "project", key) { standard.append((key, .value(value))) }
    }
    let groups = project["dependency-groups"].flatMap { value in
      value.table.map { !$0.entries.isEmpty } == true ? value : nil
    }
    func own(keepingOld: Bool, withGroup: Bool) -> [(String, JSONContent)] {
      var members: [(String, JSONContent)] = []
      for key in oldKeys + (withGroup ? ["group"] : []) {
        if let value = poetry?[key] {
          members.append((key, .value(value)))
        } else if keepingOld, key != "group" {
          members.append((key, .null))
        }
      }
      return members
    }
    func whole(_ groups: TOMLValue?) -> JSONContent {
      var members: [(String, JSONContent)] = []
      if !standard.isEmpty { members.append(("project", .object(standard))) }
      if let groups { members.append(("dependency-groups", .value(groups))) }
      if members.isEmpty { return .object(own(keepingOld: true, withGroup: true)) }
      let rest = JSONContent.object(own(keepingOld: false, withGroup: true))
      members.append(("tool", .object([("poetry", rest)])))
      return .object(members)
    }
    return [
      whole(groups), whole(nil), .object(own(keepingOld: true, withGroup: true)),
      .object(own(keepingOld: true, withGroup: false)),
    ]
  }
}

/// A value to be written as Python's `json.dumps(…, sort_keys=True)` does.
private enum JSONContent {
  case null
  case value(TOMLValue)
  case object([(String, JSONContent)])

  /// Appends the text; false for what JSON has no form for.
  func write(into text: inout [UInt8]) -> Bool {
    switch self {
    case .null: text += "null".utf8
    case .object(let members): return Self.write(members, into: &text)
    case .value(let value):
      switch value.content {
      case .string(let string): Self.write(string, into: &text)
      case .integer(let number): text += String(number).utf8
      case .float(let number):
        guard number.isFinite else { return false }
        text += number.description.utf8
      case .boolean(let truth): text += (truth ? "true" : "false").utf8
      case .dateTime: return false
      case .array(let items):
        text.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
          if index > 0 { text += ", ".utf8 }
          guard JSONContent.value(item).write(into: &text) else { return false }
        }
        text.append(UInt8(ascii: "]"))
      case .table(let table):
        return Self.write(table.entries.map { ($0.key, .value($0.value)) }, into: &text)
      }
    }
    return true
  }

  private static func write(
    _ members: [(String, JSONContent)], into text: inout [UInt8]
  ) -> Bool {
    // Python orders texts by code points, not by their UTF-16 units or by what looks the same.
    let sorted = members.sorted {
      $0.0.unicodeScalars.lexicographicallyPrecedes($1.0.unicodeScalars)
    }
    text.append(UInt8(ascii: "{"))
    for (index, member) in sorted.enumerated() {
      if index > 0 { text += ", ".utf8 }
      write(member.0, into: &text)
      text += ": ".utf8
      guard member.1.write(into: &text) else { return false }
    }
    text.append(UInt8(ascii: "}"))
    return true
  }

  private static func write(_ string: String, into text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for unit in string.utf16 {
      switch unit {
      case 0x22: text += "\\\"".utf8
      case 0x5C: text += "\\\\".utf8
      case 0x0A: text += "\\n".utf8
      case 0x0D: text += "\\r".utf8
      case 0x09: text += "\\t".utf8
      case 0x08: text += "\\b".utf8
      case 0x0C: text += "\\f".utf8
      case 0x20...0x7E: text.append(UInt8(truncatingIfNeeded: unit))
      default:
        let digits = String(unit, radix: 16)
        text += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
