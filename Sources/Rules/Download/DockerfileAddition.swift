package import Core
import Languages

/// Flags `ADD` of an address or repository without a checksum.
package struct DockerfileAddition: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/dockerfile-addition",
    severity: .high,
    summary: "A Dockerfile adds a file or repository from elsewhere without a checksum.",
    why: "Each build takes whatever the address serves at that moment into the image.",
    fix: "Pass --checksum=sha256:<64 hex digits>, or name the full commit of a repository.",
    example: (
      "ADD https://example.org/model.bin /model.bin",
      "ADD --checksum=sha256:<64 hex digits> https://example.org/model.bin /model.bin"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.dockerfiles.flatMap { path, file in
      file.additions.flatMap { addition in
        addition.values.prefix(8).map { finding($0, addition, path) }
      }
    }
  }

  private func finding(
    _ value: ShellValue, _ addition: DockerAddition, _ path: RelativePath
  ) -> Finding {
    let target = value.display
    var revision: String?
    var pinning: Pinning = value.isKnown ? .branch : .dynamic
    let isRepository =
      target.hasPrefix("git@") || target.contains(".git") || target.hasPrefix("git://")
      || target.hasPrefix("ssh://")
    if isRepository {
      if let hash = target.firstIndex(of: "#") {
        let text = target[target.index(after: hash)...].prefix { $0 != ":" }
        revision = String(text)
        pinning = Revision(String(text)).pinning
      }
    } else if let address = Address(target) {
      pinning = value.isKnown ? address.pinning : max(address.pinning, .dynamic)
      revision = address.revision
    }
    if let checksum = addition.checksum {
      let digits = checksum.text?.split(separator: ":").last ?? ""
      let isDigest =
        (digits.utf8.count == 64 || digits.utf8.count == 40)
        && digits.utf8.allSatisfy(\.isHexadecimalDigit)
      pinning = isDigest ? (digits.utf8.count == 64 ? .content : .commit) : max(pinning, .dynamic)
      if isDigest, revision == nil { revision = checksum.text }
    }
    let message: String =
      switch pinning {
      case .content: "adds \(target), fixed by its checksum"
      case .commit: "adds \(target), fixed by its commit"
      case .dynamic: "adds \(target), which is decided at build time, without a checksum"
      default: "adds \(target) without a checksum"
      }
    let isData = ShellFetchReader.cargo(of: [target]) == .data && !isRepository
    let severity: Severity = pinning.isFixed ? .info : isData ? .medium : .high
    return Finding(
      Self.id, severity, at: Location(path, start: addition.start, end: addition.end), message,
      pinning: pinning, reference: .download(target: target, revision: revision),
      fix: Self.documentation.fix, construct: "ADD \(target)")
  }
}
