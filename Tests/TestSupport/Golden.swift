import Foundation
package import Testing

/// Compares `bytes` with the golden file at `path` below Fixtures.
///
/// With `MODELPIN_RECORD=1` in the environment the file is written instead, and the test fails
/// once, so that nobody records without noticing.
package func expectGolden(
  _ bytes: [UInt8], at path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(
    bytes, inProject: "Fixtures/\(path)", sourceLocation: sourceLocation)
}

/// Compares `text` with the golden file at `path` below Fixtures.
package func expectGolden(
  _ text: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(Array(text.utf8), at: path, sourceLocation: sourceLocation)
}

/// Compares `bytes` with the generated file at `path` below the project's root.
package func expectGolden(
  _ bytes: [UInt8], inProject path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = ProjectFolder.root.appending(path: path)
  let recorded = (try? Data(contentsOf: file)).map { [UInt8]($0) }
  if recorded == bytes { return }
  if ProcessInfo.processInfo.environment["MODELPIN_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    Issue.record("recorded \(path); run again", sourceLocation: sourceLocation)
    return
  }
  guard let recorded else {
    Issue.record(
      "no file \(path); MODELPIN_RECORD=1 writes it", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: recorded, as: UTF8.self)
    .split(separator: "\n", omittingEmptySubsequences: false)
  let found = String(decoding: bytes, as: UTF8.self)
    .split(separator: "\n", omittingEmptySubsequences: false)
  var line = 0
  while line < expected.count, line < found.count, expected[line] == found[line] { line += 1 }
  Issue.record(
    """
    \(path) differs from line \(line + 1) on
    expected: \(line < expected.count ? String(expected[line]) : "the end")
    found:    \(line < found.count ? String(found[line]) : "the end")
    MODELPIN_RECORD=1 rewrites it
    """, sourceLocation: sourceLocation)
}
