package import Core

/// Flags `.pth` files whose lines Python runs when it starts.
package struct StartupCode: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/startup-code",
    severity: .high,
    summary: "A file runs code whenever Python starts.",
    why: """
      Lines of a `.pth` file that begin with import run at the start of every Python process that \
      has its folder among its site packages; sitecustomize and usercustomize are imported likewise.
      """,
    fix: "Remove the file, or move what it does into code that is called on purpose."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.sources.compactMap { source in
      if ["sitecustomize.py", "usercustomize.py"].contains(source.path.name) {
        return Self.finding(Location(source.path), .customization, "startup module")
      }
      guard source.path.suffix == "pth", source.claims.contains(.pathLines) else { return nil }
      var line = 0
      for text in source.bytes.split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      {
        line += 1
        guard text.starts(with: "import ".utf8) || text.starts(with: "import\t".utf8) else {
          continue
        }
        let start = TextPosition(line: line, column: 1)
        return Self.finding(
          Location(source.path, start: start), .importLine,
          String(decoding: text.prefix(200), as: UTF8.self))
      }
      return nil
    }
  }

  private static func finding(
    _ location: Location, _ message: String, _ construct: String
  ) -> Finding {
    Finding(
      id, documentation.severity, at: location, message, fix: documentation.fix,
      construct: construct)
  }
}

extension String {
  fileprivate static let customization =
    "a module that Python imports by itself when it starts"
  fileprivate static let importLine = "a line that Python runs when it starts"
}
