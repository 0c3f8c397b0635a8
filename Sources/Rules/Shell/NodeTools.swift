import Core
import JSON
import Languages

/// Tools that a repository's own projects of Node.js bring along.
enum NodeTools {
  /// Packages that a package.json declares or a lock holds, and the commands that they are known to
  /// bring; empty where no command asks.
  static func names(for scripts: [ShellScript], in repository: Repository) -> Set<String> {
    let asks = scripts.contains { script in
      script.analysis.commands.contains { ["npx", "npm", "bunx", "bun"].contains($0.name) }
    }
    guard asks else { return [] }
    var names: Set<String> = []
    for source in repository.sources where source.isWhole {
      guard
        ["package.json", "package-lock.json", "npm-shrinkwrap.json"].contains(source.path.name),
        let value = try? JSONParser.parse(source.bytes, .lenient)
      else { continue }
      for key in ["dependencies", "devDependencies", "optionalDependencies"] {
        for member in value[key]?.object?.members ?? [] { names.insert(member.key) }
      }
      for member in value["packages"]?.object?.members ?? [] {
        guard let name = member.key.lastPart(behind: "node_modules/") else { continue }
        names.insert(name)
        for command in member.value["bin"]?.object?.members ?? [] { names.insert(command.key) }
      }
    }
    return names
  }
}

extension String {
  /// What follows the last `text`; nil when it is not there.
  fileprivate func lastPart(behind text: String) -> String? {
    guard contains(text) else { return nil }
    var rest = self[...]
    while let range = rest.firstRange(of: text) { rest = rest[range.upperBound...] }
    return rest.isEmpty ? nil : String(rest)
  }
}
