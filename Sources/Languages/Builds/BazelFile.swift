import Core

/// Bazel's workspaces and modules, read as the Python that they look like.
enum BazelFile {
  static func isNamed(_ path: RelativePath) -> Bool {
    switch path.name {
    case "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel", "BUILD.bazel", "WORKSPACE.bzlmod": true
    default: path.suffix == "bzl"
    }
  }

  private static let archives: Set<String> = [
    "http_archive", "http_file", "http_jar", "archive_override", "tf_http_archive", "maybe",
    "new_http_archive", "deb_archive", "download", "download_and_extract",
  ]
  private static let repositories: Set<String> = [
    "git_repository", "new_git_repository", "git_override",
  ]

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    let tree = PythonSyntaxTree.parse(context.bytes)
    let module = PythonListModule(tree)
    for call in tree.allNodes where tree.kind(call) == .call {
      guard case .call(let callee, _)? = tree.expression(call) else { continue }
      let name: String
      switch tree.expression(callee) {
      case .name(let found)?: name = tree.string(found)
      case .attribute(_, let found)?: name = tree.string(found)
      default: continue
      }
      func texts(_ keywords: String...) -> [(text: String, node: PythonNode)] {
        keywords.flatMap { keyword in
          module.strings(from: module.arguments(named: keyword, of: call)).strings.compactMap {
            string in string.lines.first.map { ($0.text, string.node) }
          }
        }
      }
      func location(_ node: PythonNode) -> Location {
        context.location(tree.start(node), tree.end(node))
      }
      if archives.contains(name) {
        let digest = texts("sha256", "integrity").first?.text
        // The others are mirrors of the first.
        guard let address = texts("url", "urls").first,
          let found = DeclaredDownload.file(
            address.text, digest: digest, kind: name == "http_file" ? .file : .code,
            at: location(address.node), cause: name)
        else { continue }
        collector.downloads.append(found)
      } else if repositories.contains(name) {
        guard let address = texts("remote").first,
          let found = DeclaredDownload.repository(
            address.text, revision: texts("commit", "tag", "branch").first?.text,
            at: location(address.node), cause: name)
        else { continue }
        collector.downloads.append(found)
      }
    }
  }
}

/// Meson's wrap files: one subproject each.
enum MesonWrap {
  static func isNamed(_ path: RelativePath) -> Bool { path.suffix == "wrap" }

  static func read(_ context: ManifestContext, into collector: inout ManifestCollector) {
    for section in INIFile(context.bytes).sections {
      func line(_ name: String) -> INIFile.Line? { section[name]?.lines.first }
      switch section.name {
      case "wrap-file":
        for kind in ["source", "patch"] {
          guard let address = line("\(kind)_url"),
            let found = DeclaredDownload.file(
              address.text, digest: line("\(kind)_hash")?.text,
              at: context.location(address.start, address.end), cause: "\(kind)_url")
          else { continue }
          collector.downloads.append(found)
        }
      case "wrap-git", "wrap-hg", "wrap-svn":
        guard let address = line("url"),
          let found = DeclaredDownload.repository(
            address.text, revision: line("revision")?.text,
            at: context.location(address.start, address.end), cause: section.name)
        else { continue }
        collector.downloads.append(found)
      default: break
      }
    }
  }
}
