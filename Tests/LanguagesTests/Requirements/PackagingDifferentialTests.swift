import Foundation
import Languages
import Testing

/// Compares with what Python's `packaging` says, where cases made by
/// `.ci/differential/requirements.py` are at hand.
struct PackagingDifferentialTests {
  static let file = ProcessInfo.processInfo.environment["MODELPIN_PACKAGING_CASES"]

  @Test(.enabled(if: file != nil)) func `requirements and versions mean what packaging says`()
    throws
  {
    let text = try String(contentsOfFile: try #require(Self.file), encoding: .utf8)
    var counts: [String: Int] = [:]
    var differences: [String] = []
    for line in text.split(separator: "\n") {
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let kind = try #require(object["kind"] as? String)
      counts[kind, default: 0] += 1
      if let difference = Self.difference(kind, object) {
        differences.append("\(difference): \(line)")
      }
    }
    #expect(counts["requirement", default: 0] >= 5000)
    #expect(
      differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))"
    )
  }

  static func difference(_ kind: String, _ object: [String: Any]) -> String? {
    func text(_ key: String) -> String { object[key] as? String ?? "" }
    switch kind {
    case "requirement":
      guard let parsed = PythonRequirement.parse(text("text")) else {
        return object["ok"] as? Bool == true ? "refused" : nil
      }
      guard object["ok"] as? Bool == true else { return "accepted" }
      if parsed.normalizedName != text("name") { return "name \(parsed.normalizedName)" }
      let extras = Array(Set(parsed.extras)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      if extras != object["extras"] as? [String] ?? [] { return "extras \(parsed.extras)" }
      if parsed.address ?? "" != text("url") { return "address \(parsed.address ?? "nil")" }
      if (parsed.marker != nil) != (object["marker"] as? Bool ?? false) { return "marker" }
      let clauses = Set(parsed.specifier.clauses.map(\.description))
      if clauses != Set(object["clauses"] as? [String] ?? []) { return "clauses \(clauses)" }
      return nil
    case "version":
      let version = PythonVersion(text("text"))
      return version.map(\.description) ?? "" == text("normal")
        ? nil : "version \(version.map(\.description) ?? "nil")"
    case "order":
      guard let left = PythonVersion(text("left")), let right = PythonVersion(text("right")) else {
        return "no version"
      }
      let order = left < right ? -1 : left == right ? 0 : 1
      return order == object["order"] as? Int ? nil : "order \(order)"
    case "admits":
      guard let set = PythonSpecifierSet(text("specifier")),
        let version = PythonVersion(text("version"))
      else { return "not read" }
      return set.admits(version) == object["admits"] as? Bool ? nil : "admits"
    default: return "unknown kind"
    }
  }
}
