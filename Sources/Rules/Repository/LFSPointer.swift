package import Core

/// Flags Git LFS pointers that stand where weights should be.
package struct LFSPointer: Rule {
  package static let documentation = RuleDocumentation(
    id: "repository/lfs-pointer",
    severity: .high,
    summary: "A Git LFS pointer stands where the file itself should be.",
    why: """
      The file was never fetched: only three lines that name its digest and size are there. Loading \
      it fails, or makes something fetch it.
      """,
    fix: "Run `git lfs pull`, or download the file, and compare its SHA-256 with the pointer's oid."
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.sources.compactMap { source in
      guard source.claims.contains(.pointer) else { return nil }
      let fields = Self.fields(source.bytes)
      guard let oid = fields["oid"] else { return nil }
      return Finding(
        Self.id, Self.documentation.severity, at: Location(source.path),
        .pointer(oid, size: fields["size"] ?? "?"), fix: Self.documentation.fix,
        construct: "pointer \(oid)")
    }
  }

  /// The lines `key value` of a pointer.
  private static func fields(_ bytes: [UInt8]) -> [String: String] {
    var fields: [String: String] = [:]
    for line in String(decoding: bytes.prefix(1024), as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
    }
    return fields
  }
}

extension String {
  fileprivate static func pointer(_ oid: String, size: String) -> String {
    "only a Git LFS pointer to \(oid) of \(size) bytes: the file itself was never fetched"
  }
}
