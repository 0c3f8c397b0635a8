import Foundation
import Languages
import Testing

/// The public test suite of TOML 1.0, where it is at hand: values of valid documents compared, all
/// invalid ones refused.
struct TOMLSuiteTests {
  /// The suite's folder: named by the environment, or beside the package.
  static let folder: String? = {
    if let named = ProcessInfo.processInfo.environment["MODELPIN_TOML_TEST"], !named.isEmpty {
      return named
    }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appendingPathComponent("shared/suites/toml-test")
    return FileManager.default.fileExists(atPath: beside.path) ? beside.path : nil
  }()

  static func documents(_ kind: String) -> [String] {
    guard let folder, let walk = FileManager.default.enumerator(atPath: "\(folder)/\(kind)") else {
      return []
    }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".toml") }.sorted()
      .map { "\(folder)/\(kind)/\($0)" }
  }

  @Test(.enabled(if: folder != nil)) func `valid documents give the expected values`() throws {
    let documents = Self.documents("valid")
    #expect(documents.count > 200)
    for path in documents {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      let expected = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: path.dropLast(4) + "json")))
      do {
        let value = try TOML.parse(bytes)
        if let difference = Self.difference(value, expected, at: "") {
          Issue.record("\(path): \(difference)")
        }
      } catch {
        Issue.record("\(path): \(error)")
      }
    }
  }

  @Test(.enabled(if: folder != nil)) func `invalid documents are refused`() throws {
    let documents = Self.documents("invalid")
    #expect(documents.count > 450)
    for path in documents {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      if (try? TOML.parse(bytes)) != nil { Issue.record("accepted \(path)") }
    }
  }

  /// Where a value differs from the suite's tagged JSON, or nil.
  static func difference(_ value: TOMLValue, _ expected: Any, at path: String) -> String? {
    if case .array(let elements) = value.content {
      guard let list = expected as? [Any], list.count == elements.count else {
        return "\(path): array of \(elements.count)"
      }
      for (index, pair) in zip(elements, list).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return found }
      }
      return nil
    }
    guard let object = expected as? [String: Any] else { return "\(path): no table" }
    if case .table(let table) = value.content {
      guard table.entries.count == object.count else {
        return "\(path): \(table.entries.count) keys instead of \(object.count)"
      }
      for entry in table.entries {
        guard let member = object[entry.key] else { return "\(path).\(entry.key): unexpected" }
        if let found = difference(entry.value, member, at: "\(path).\(entry.key)") { return found }
      }
      return nil
    }
    guard let type = object["type"] as? String, let text = object["value"] as? String else {
      return "\(path): expected a table"
    }
    return agrees(value.content, type: type, text: text)
      ? nil : "\(path): \(value.content) instead of \(type) \(text)"
  }

  static func agrees(_ content: TOMLValue.Content, type: String, text: String) -> Bool {
    switch content {
    case .string(let value): return type == "string" && Array(value.utf8) == Array(text.utf8)
    case .integer(let value): return type == "integer" && String(value) == text
    case .boolean(let value): return type == "bool" && String(value) == text
    case .float(let value):
      guard type == "float" else { return false }
      if text.hasSuffix("nan") { return value.isNaN }
      return Double(text) == value
    case .dateTime(let moment):
      return spelled(moment) == (type, normalised(text))
    case .array, .table: return false
    }
  }

  static func spelled(_ moment: TOMLDateTime) -> (String, String) {
    func padded(_ number: Int, _ width: Int = 2) -> String {
      String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }
    var parts: [String] = []
    if let date = moment.date {
      parts.append("\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))")
    }
    if let time = moment.time {
      parts.append("\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))")
      if !time.fraction.isEmpty { parts[parts.count - 1] += "." + time.fraction }
    }
    var text = parts.joined(separator: "T")
    var type = ["date-local", "datetime-local"][parts.count - 1]
    if moment.date == nil { type = "time-local" }
    if let offset = moment.offset {
      type = "datetime"
      let minutes = abs(offset)
      text +=
        offset == 0
        ? "Z" : "\(offset < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
    return (type, normalised(text))
  }

  /// Without zeros at the end of a fraction, which say nothing.
  static func normalised(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return text }
    let fraction = text[text.index(after: dot)...].prefix { $0.isNumber }
    let rest = text[text.index(dot, offsetBy: fraction.count + 1)...]
    var digits = String(fraction)
    while digits.hasSuffix("0") { digits.removeLast() }
    return text[..<dot] + (digits.isEmpty ? "" : "." + digits) + rest
  }
}
