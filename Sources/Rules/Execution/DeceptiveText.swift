package import Core
import Languages

/// Flags Python files in an encoding that makes other code of them than a reader sees.
package struct DeceptiveEncoding: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/deceptive-encoding",
    severity: .critical,
    summary: "A Python file declares an encoding that turns other text into code.",
    why: """
      Python decodes a file by the encoding that its first two lines declare, before it parses it. \
      UTF-7 and the escape codecs make line ends and code of what reads as a comment, and a codec \
      that a package registers can make anything of anything.
      """,
    fix: "Save the file as UTF-8, and remove the declaration.",
    example: ("# coding: utf_7\n# +AAo-import os", "# coding: utf-8\nimport os")
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.python.deceptions.compactMap { deception in
      let severity: Severity
      let message: String
      let codec: String
      switch deception.kind {
      case .transformingCodec(let name, let changes):
        codec = name
        severity = changes == false ? .high : .critical
        message =
          switch changes {
          case true: "is decoded by \(name), which makes other text of it than stands here"
          case false: "is decoded by \(name), which can make code of comments and strings"
          default: "is decoded by \(name), whose text was not followed"
          }
      case .foreignCodec(let name):
        codec = name
        severity = .high
        message =
          "is decoded by \(name), which is no codec of Python's: whoever registers it decides what "
          + "runs"
      case .refusedCodec(let name):
        codec = name
        severity = .medium
        message = "declares \(name), in which Python 3 reads no source"
      case .reordered, .disguisedName, .mixedScripts: return nil
      }
      return Finding(
        Self.id, severity, at: deception.location, message, fix: Self.documentation.fix,
        construct: "coding \(codec)")
    }
  }
}

/// Flags characters that make Python run otherwise than it reads.
package struct DeceptiveCharacters: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/deceptive-characters",
    severity: .high,
    summary: "Characters in Python code make it run otherwise than it reads.",
    why: """
      Control characters of bidirectional text show code in another order than it runs. Python reads \
      names in full-width or mathematical letters as the plain ones, so a search for `exec` misses \
      them, and letters of other scripts make a name pass for another one.
      """,
    fix: "Write the name in plain letters, and control characters as escapes.",
    example: ("ｅｘｅｃ(text)", "exec(text)")
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.python.deceptions.compactMap { deception in
      let severity: Severity
      let message: String
      let construct: String
      switch deception.kind {
      case .reordered(let name):
        severity = .high
        message = "\(name) shows what follows in another order than it runs"
        construct = name
      case .disguisedName(let written, let read):
        severity = .high
        message = "`\(written)` is read as `\(read)`"
        construct = written
      case .mixedScripts(let written):
        severity = .medium
        message = "`\(written)` mixes letters of another script that look like Latin ones"
        construct = written
      case .transformingCodec, .foreignCodec, .refusedCodec: return nil
      }
      return Finding(
        Self.id, severity, at: deception.location, message, fix: Self.documentation.fix,
        construct: construct)
    }
  }
}
