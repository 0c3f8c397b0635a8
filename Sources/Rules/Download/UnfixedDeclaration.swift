package import Core
import Languages

/// Flags what build, deployment and web files name to be fetched without a digest or a commit.
package struct UnfixedDeclaration: Rule {
  package static let documentation = RuleDocumentation(
    id: "download/unfixed-declaration",
    severity: .high,
    summary: "A build, deployment or web file names something to be fetched without fixing it.",
    why: """
      CMake, Bazel, Meson, Gradle, conda-build, Snakemake, Ansible, Ray, DVC and the like fetch what \
      their files name when they run, and a browser fetches the scripts of a page. Without a digest \
      or a commit the server decides what arrives.
      """,
    fix: "Name the full commit, or the SHA-256 digest where the declaration takes one.",
    example: (
      "FetchContent_Declare(json URL https://example.org/json.tar.xz)",
      """
      FetchContent_Declare(json
        URL https://example.org/json.tar.xz
        URL_HASH SHA256=<64 hex digits>)
      """
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.manifests.downloads.map { Self.finding($0) }
  }

  private static func finding(_ download: DeclaredDownload) -> Finding {
    let address = Address(download.target)
    var pinning = download.level.pinning
    var revision = download.revision.isEmpty ? nil : download.revision
    if pinning == .branch, let address {
      // An address can hold a commit or a tag itself.
      pinning = address.pinning
      revision = revision ?? address.revision
    }
    return Finding(
      id, severity(download, pinning), at: download.location, message(download, pinning),
      pinning: pinning, reference: .download(target: download.target, revision: revision),
      fix: documentation.fix, construct: "\(download.cause) \(download.target) \(download.revision)"
    )
  }

  private static func message(_ download: DeclaredDownload, _ pinning: Pinning) -> String {
    let shown =
      download.target.count <= 160 ? download.target : "\(download.target.prefix(157))…"
    let start = "\(download.cause) fetches \(shown)"
    switch pinning {
    case .local: return "\(start), which is local"
    case .content: return "\(start), fixed by its digest"
    case .commit: return "\(start), fixed by commit"
    case .dynamic: return "\(start), which is decided when it runs"
    default:
      if download.kind == .repository {
        return download.revision.isEmpty
          ? "\(start) without a commit" : "\(start) at `\(download.revision)`, which can move"
      }
      return pinning == .version
        ? "\(start) by version, without a digest" : "\(start) without a digest"
    }
  }

  private static func severity(_ download: DeclaredDownload, _ pinning: Pinning) -> Severity {
    if pinning.isFixed { return .info }
    let isVersion = pinning == .version || pinning == .library
    switch download.kind {
    case .style: return .low
    case .script: return isVersion ? .low : .medium
    case .file:
      let isData = ShellFetchReader.cargo(of: [download.target]) == .data
      return isData || isVersion ? .medium : .high
    case .code, .repository: return isVersion ? .medium : .high
    }
  }
}
