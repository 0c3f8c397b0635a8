package import Core

/// A Dockerfile or Containerfile: its instructions, stages, images, added files and shell.
package struct Dockerfile: Sendable {
  package let instructions: [DockerInstruction]
  package let stages: [DockerStage]
  /// Every image that the build takes from somewhere, in order; earlier stages and `scratch` are
  /// among them, marked.
  package let images: [DockerImageUse]
  /// Every remote source of an `ADD`.
  package let additions: [DockerAddition]
  /// What `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` run.
  package let fragments: [ShellFragment]
  /// The rest of the sentence after the file's name for each thing that could not be read.
  package let problems: [String]
}

extension Dockerfile {
  /// The Dockerfiles of a repository, each parsed once, in path order.
  package static func all(in repository: Repository) -> [(path: RelativePath, file: Dockerfile)] {
    repository.sources.filter { $0.isWhole && isOne($0) }.map {
      ($0.path, Dockerfile(path: $0.path, bytes: $0.bytes))
    }
  }

  /// Whether a file's name or content says that it is a Dockerfile.
  package static func isOne(_ source: SourceFile) -> Bool {
    source.format?.name == "dockerfile" || isNamed(source.path)
      || mayBeNamed(source.path) && hasStage(source.bytes)
  }

  /// Names that hold the word without being fixed: `DockerfileGPU`, `gpu.Dockerfile.tmpl`.
  private static func mayBeNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    guard name.contains("dockerfile") || name.contains("containerfile") else { return false }
    return ![
      "md", "rst", "py", "sh", "json", "yml", "yaml", "toml", "html", "js", "ts", "go", "ipynb",
    ].contains(path.suffix)
  }

  /// Whether a line of the beginning opens a stage.
  private static func hasStage(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(1 << 14).split(separator: UInt8(ascii: "\n")).contains {
      $0.starts(with: "FROM ".utf8)
    }
  }

  private static func isNamed(_ path: RelativePath) -> Bool {
    let name = path.name.lowercased()
    guard name.contains("dockerfile") || name.contains("containerfile") else { return false }
    for word in ["dockerfile", "containerfile"] {
      if name == word || name.hasSuffix(".\(word)") || name.hasSuffix("-\(word)")
        || name.hasSuffix("_\(word)")
      {
        return true
      }
      // `Dockerfile.md` is a text about one.
      if name.hasPrefix("\(word)."), path.suffix != "md" { return true }
      if name.hasPrefix("\(word)-") || name.hasPrefix("\(word)_") { return true }
    }
    return false
  }
}

/// One instruction, continuation lines joined.
package struct DockerInstruction: Sendable {
  /// In capitals: `FROM`, `RUN`, …; the inner one of an `ONBUILD`.
  package let keyword: String
  package let isOnBuild: Bool
  /// Text after the keyword with comments and continuations removed.
  package let text: [UInt8]
  package let positions: ShellPositionMap
  /// Bodies of here-documents that follow, in order.
  package let hereDocuments: [DockerHereDocument]
  package let start: TextPosition
  /// One past its last character.
  package let end: TextPosition
}

/// A here-document of a `RUN`, `COPY` or `ADD`.
package struct DockerHereDocument: Sendable {
  package let name: String
  /// Whether the name was quoted, so that nothing in the body is expanded.
  package let isQuoted: Bool
  package let stripsTabs: Bool
  package let body: ShellTextBuilder
}

/// One stage of a build.
package struct DockerStage: Sendable {
  package let index: Int
  /// The name after `AS`, lower case.
  package let name: String?
  package let image: DockerImageUse
}

/// An image that a build uses.
package struct DockerImageUse: Sendable {
  package enum Kind: Hashable, Sendable {
    case from, copyFrom, mountFrom
    /// `# syntax=`: the image that reads the Dockerfile.
    case syntax
  }

  package let kind: Kind
  /// The values that the reference may have once build arguments are filled in by their defaults.
  package let values: [ShellValue]
  /// As it is written.
  package let written: String
  /// Whether it names an earlier stage, or is `scratch`.
  package let isLocal: Bool
  package let start: TextPosition
  package let end: TextPosition
}

/// A remote source of an `ADD` instruction.
package struct DockerAddition: Sendable {
  package let values: [ShellValue]
  /// The value of `--checksum`.
  package let checksum: ShellValue?
  package let destination: ShellValue?
  package let stage: Int
  package let start: TextPosition
  package let end: TextPosition
}
