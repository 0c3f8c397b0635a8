package import Core
import Languages

/// Lists Python files that loaders run because of their names.
package struct LoaderEntryPoint: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/loader-entry-point",
    severity: .info,
    summary: "A file runs by its name alone when somebody loads the repository.",
    why: """
      torch.hub.load runs hubconf.py, transformers' custom_generate runs custom_generate/generate.py, \
      diffusers' custom_pipeline runs pipeline.py, inference endpoints run handler.py, ModelScope runs \
      ms_wrapper.py. Nobody has to import them; what they do is judged like any other code, and what \
      hubconf.py asks for has to be installed by whoever loads it.
      """,
    fix: "Review the file, and pin the repository by commit where it is loaded.",
    example: (
      "dependencies = [\"torch\", \"timm\"]",
      "dependencies = [\"torch\"]"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    subject.repository.sources.flatMap { source -> [Finding] in
      guard source.isWhole, let loader = Self.loader(source) else { return [] }
      let entry = Finding(
        Self.id, Self.documentation.severity, at: Location(source.path), .runs(loader),
        fix: Self.documentation.fix, construct: loader)
      return [entry] + (source.path.name == "hubconf.py" ? Self.dependencies(source) : [])
    }
  }

  /// What runs the file, when something does.
  private static func loader(_ source: SourceFile) -> String? {
    func holds(_ text: StaticString) -> Bool {
      source.bytes.firstRange(of: text.description.utf8) != nil
    }
    switch source.path.name {
    case "hubconf.py": return "torch.hub.load"
    case "ms_wrapper.py": return "ModelScope with allow_remote"
    case "generate.py":
      return source.path.parent?.name == "custom_generate"
        ? "transformers with custom_generate" : nil
    case "handler.py": return holds("EndpointHandler") ? "an inference endpoint" : nil
    case "pipeline.py":
      return holds("DiffusionPipeline") ? "diffusers with custom_pipeline" : nil
    default: return nil
    }
  }

  /// The list `dependencies` of hubconf.py: modules that torch.hub wants to be importable.
  private static func dependencies(_ source: SourceFile) -> [Finding] {
    let tree = PythonSyntaxTree.parse(file: source.bytes)
    guard let name = tree.name("dependencies") else { return [] }
    var found: [Finding] = []
    for node in tree.body {
      guard case .assignment(let targets, let value) = tree.statement(node),
        targets.contains(where: { tree.kind($0) == .name && tree.identifier($0) == name })
      else { continue }
      let items: PythonNodeList
      switch tree.expression(value) {
      case .list(let list), .tuple(let list): items = list
      default: continue
      }
      for item in items {
        guard let module = tree.stringValue(item), !module.isEmpty, module.utf8.count <= 200 else {
          continue
        }
        found.append(
          Finding(
            id, documentation.severity,
            at: Location(source.path, start: tree.start(item), end: tree.end(item)),
            .wants(module),
            pinning: .branch,
            reference: .dependency(ecosystem: "pypi", name: module, requirement: ""),
            fix: documentation.fix, construct: "dependencies \(module)"))
      }
    }
    return found
  }
}

extension String {
  fileprivate static func runs(_ loader: String) -> String { "is run by \(loader)" }

  fileprivate static func wants(_ module: String) -> String {
    "wants `\(module)` to be installed when torch.hub loads it"
  }
}
