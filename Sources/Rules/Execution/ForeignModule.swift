package import Core
import JSON

/// Flags module lists that name code outside of the library that reads them.
package struct ForeignModule: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/foreign-module",
    severity: .critical,
    summary: "A module list makes the loader import code that is not the library's own.",
    why: """
      sentence-transformers imports whatever dotted name modules.json gives, from the model's folder \
      as well, in some versions without trust_remote_code. diffusers does the like with \
      model_index.json.
      """,
    fix: "Use the library's own modules, or review the module that is named and pin it.",
    example: (
      "\"type\": \"custom_st.Transformer\"",
      "\"type\": \"sentence_transformers.models.Transformer\""
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    if subject.configurations.isEmpty { return [] }
    let tree = subject.tree
    return subject.configurations.flatMap { file -> [Finding] in
      switch file.name {
      case "modules.json": Self.sentenceTransformers(file)
      case "model_index.json": Self.diffusers(file, tree)
      default: []
      }
    }
  }

  private static func sentenceTransformers(_ file: ConfigurationFile) -> [Finding] {
    (file.value.array ?? []).compactMap { module in
      guard let type = module["type"], let name = type.string,
        !name.hasPrefix("sentence_transformers.")
      else { return nil }
      return Finding(
        id, documentation.severity, at: file.location(type), .imports(name),
        fix: documentation.fix, construct: "type \(name)")
    }
  }

  /// Components are `[library, class]`; a library that is a file of the folder is code of its own.
  private static func diffusers(_ file: ConfigurationFile, _ tree: TreePaths) -> [Finding] {
    (file.value.object?.members ?? []).compactMap { member in
      guard let parts = member.value.array, parts.count == 2, let module = parts[0].string else {
        return nil
      }
      let places = ["\(file.folder)\(member.key)/\(module).py", "\(file.folder)\(module).py"]
      guard places.contains(where: tree.contains) else { return nil }
      return Finding(
        id, .high, at: file.location(member.value), .importsBeside(module),
        fix: documentation.fix, construct: "\(member.key) \(module)")
    }
  }
}

extension String {
  fileprivate static func imports(_ name: String) -> String {
    "makes sentence-transformers import `\(name)`, which is not its own module"
  }

  fileprivate static func importsBeside(_ module: String) -> String {
    "makes diffusers import `\(module)`, a Python file beside the configuration"
  }
}
