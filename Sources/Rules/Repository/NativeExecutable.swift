package import Core

/// Flags executables and native libraries among the files.
package struct NativeExecutable: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/native-executable",
    severity: .high,
    summary: "The tree holds an executable or a native library.",
    why: """
      Machine code cannot be reviewed by reading it, and loading a library runs its constructors. \
      Some files are an executable and an archive or weights at the same time.
      """,
    fix: "Build it from source that you have reviewed, or remove it."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.sources.compactMap { source in
      guard source.claims.contains(.native) else { return nil }
      let kind = source.format?.name ?? "native code"
      return Finding(
        Self.id, Self.documentation.severity, at: Location(source.path), .isNative(kind),
        fix: Self.documentation.fix, construct: kind)
    }
  }
}

extension String {
  fileprivate static func isNative(_ kind: String) -> String {
    "holds machine code (\(kind)) that no reader here examines"
  }
}
