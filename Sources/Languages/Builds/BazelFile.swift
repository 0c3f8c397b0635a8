import Core

/// Bazel's workspaces and modules, read as the Python that they look like.
enum BazelFile {
  static func isNamed(_ path: RelativePath) -> Bool {
    switch path.name {
    case "WORKSPACE", "WORKSPACE.bazel", "MODULE.bazel", "BUILD", "BUILD.bazel", "WORKSPACE.bzlmod":
      true
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
      } else if name == "bazel_dep", let module = texts("name").first {
        let version = texts("version").first?.text ?? ""
        if version.isEmpty { continue }
        collector.dependencies.append(
          Dependency(
            .bazel, module.text, version, .version, at: location(call),
            construct: "\(module.text) \(version)"))
      } else if name == "genrule" {
        let roots = ["cmd", "cmd_bash"].flatMap { module.arguments(named: $0, of: call) }
        for string in module.strings(from: roots).strings {
          command(string, context, into: &collector)
        }
      }
    }
  }

  /// The command of a rule: `$(location x)` is Bazel's, `$$` the shell's own mark.
  private static func command(
    _ string: PythonListModule.Text, _ context: ManifestContext,
    into collector: inout ManifestCollector
  ) {
    var builder = ShellTextBuilder()
    for line in string.lines {
      var rest = line.text[...]
      while let dollar = rest.firstIndex(of: "$") {
        builder.append(decoded: rest[..<dollar].utf8, at: line.start)
        rest = rest[rest.index(after: dollar)...]
        if rest.hasPrefix("$") {
          builder.append(decoded: "$".utf8, at: line.start)
          rest = rest.dropFirst()
        } else if rest.hasPrefix("("), let close = rest.prefix(500).firstIndex(of: ")") {
          builder.appendUnknown(
            String(rest[rest.index(after: rest.startIndex)..<close]), at: line.start)
          rest = rest[rest.index(after: close)...]
        } else {
          builder.appendUnknown("output", at: line.start)
          rest = rest.dropFirst()
        }
      }
      builder.append(decoded: (rest + "\n").utf8, at: line.start)
    }
    collector.fragments.append(
      ShellFragment(
        path: context.path, place: .foreign(language: "bazel"), interpreter: .bash, text: builder))
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
