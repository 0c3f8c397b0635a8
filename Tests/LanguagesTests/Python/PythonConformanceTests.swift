import Core
import Foundation
import Languages
import Testing

/// Compares with CPython: Tests/Scripts/python-calls gives the files and reads the answer.
@Suite struct PythonConformanceTests {
  private static let environment = ProcessInfo.processInfo.environment

  /// Writes, for each file listed in the file MODELPIN_PYTHON_FILES, a line with its path and its
  /// damage, then the places of its calls and of what they call, to MODELPIN_PYTHON_CALLS.
  @Test(.enabled(if: environment["MODELPIN_PYTHON_FILES"] != nil))
  func `calls of listed files are written`() throws {
    let list = try #require(Self.environment["MODELPIN_PYTHON_FILES"])
    let output = try #require(Self.environment["MODELPIN_PYTHON_CALLS"])
    var report = ""
    for path in try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n") {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: String(path))))
      report += Self.calls(path, PythonSyntaxTree.parse(file: bytes))
    }
    try report.write(toFile: output, atomically: false, encoding: .utf8)
  }

  private static func calls(_ path: Substring, _ tree: PythonSyntaxTree) -> String {
    var report = "F \(path)\t"
    if let damage = tree.damage { report += "\(tree.position(at: damage.offset)) \(damage.reason)" }
    report += "\n"
    for statement in tree.body {
      tree.walk(from: statement) { node in
        guard tree.kind(node) != .formattedString else { return false }
        if case .call(let callee, _) = tree.expression(node) {
          let places = [tree.start(node), tree.end(node), tree.start(callee), tree.end(callee)]
          report += "C" + places.map { " \($0.line) \($0.column - 1)" }.joined() + "\n"
        }
        return true
      }
    }
    return report
  }
}
