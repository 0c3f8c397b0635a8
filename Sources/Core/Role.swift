/// What a file is for, as one label.
package enum Role: String, CaseIterable, Sendable {
  case weights, code, script, notebook, configuration, tokenizer, data
  case dependencyManifest = "dependency-manifest"
  case documentation, license, archive, other
}

/// The format a file's content shows: `safetensors`, `gguf`, `pytorch-zip`, `python`, `json`, …
///
/// The names are those of the lockfile's `format` member; `Formats/FileKind.swift` declares them.
package struct FileFormat: Hashable, Sendable, CustomStringConvertible {
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  package var description: String { name }
}
