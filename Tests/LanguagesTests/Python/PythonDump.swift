import Languages

/// Writes trees as text, for tables of tests.
enum PythonDump {
  static func module(_ source: String, magics: Bool = false) -> String {
    let tree = PythonSyntaxTree.parse(
      Array(source.utf8), options: PythonParserOptions(allowsMagics: magics))
    return tree.body.map { node(tree, $0) }.joined(separator: " ")
  }

  /// `(kind details children…)`; an expression statement is its expression.
  static func node(_ tree: PythonSyntaxTree, _ node: PythonNode) -> String {
    var children: [String] = []
    tree.forEachChild(of: node) { children.append(self.node(tree, $0)) }
    let kind = tree.kind(node)
    switch kind {
    case .expressionStatement: return children[0]
    case .name, .identifier: return tree.identifier(node).map(tree.string) ?? "?"
    case .number: return tree.source(node)
    case .string, .stringChunk:
      if let bytes = tree.bytesValue(node) { return "b'\(String(decoding: bytes, as: UTF8.self))'" }
      return "'\(tree.stringValue(node) ?? "?")'"
    case .noneLiteral: return "None"
    case .trueLiteral: return "True"
    case .falseLiteral: return "False"
    case .ellipsisLiteral: return "..."
    case .magicLine, .passStatement, .breakStatement, .continueStatement:
      return "<\(tree.source(node))>"
    default: break
    }
    let words = ["\(kind)"] + details(tree, node) + children
    return "(" + words.joined(separator: " ") + ")"
  }

  private static func details(_ tree: PythonSyntaxTree, _ node: PythonNode) -> [String] {
    func text(_ name: PythonName?) -> [String] { name.map { [tree.string($0)] } ?? [] }
    switch tree.expression(node) {
    case .attribute(_, let name): return ["." + tree.string(name)]
    case .keywordArgument(let name, _): return [tree.string(name) + "="]
    case .unary(let operation, _), .binary(_, let operation, _), .boolean(let operation, _):
      return ["\(operation)"]
    case .comparison(_, let list): return list.map { "\($0.operator)" }
    case .interpolation(let field):
      let conversion = field.conversion.map { ["!\(Character(Unicode.Scalar($0)))"] } ?? []
      return conversion + (field.isSelfDocumenting ? ["="] : [])
    default: break
    }
    switch tree.pattern(node) {
    case .capture(let name): return [name.map(tree.string) ?? "_"]
    case .star(let name): return [name.map(tree.string) ?? "_"]
    case .alias(_, let name), .keyword(let name, _): return [tree.string(name)]
    case .mapping(_, let rest): return text(rest).map { "**" + $0 }
    default: break
    }
    switch tree.statement(node) {
    case .function(let function):
      return (function.isAsync ? ["async"] : []) + [tree.string(function.name)]
    case .class(let definition): return [tree.string(definition.name)]
    case .importFrom(let module, let level, _): return ["\(level)"] + text(module)
    case .for(let loop): return loop.isAsync ? ["async"] : []
    case .with(_, _, let isAsync): return isAsync ? ["async"] : []
    case .try(let statement): return statement.isGroup ? ["*"] : []
    case .typeAlias(let name, _, _): return [tree.string(name)]
    case .augmentedAssignment(_, let operation, _): return ["\(operation)"]
    default: break
    }
    switch tree.kind(node) {
    case .alias:
      let alias = tree.alias(node)
      return [tree.string(alias.name)] + text(alias.asName).map { "as " + $0 }
    case .exceptHandler: return text(tree.exceptHandler(node).name)
    case .parameter:
      let parameter = tree.parameter(node)
      return ["\(parameter.kind)", tree.string(parameter.name)]
    case .typeParameter:
      let parameter = tree.typeParameter(node)
      return [String(repeating: "*", count: parameter.stars) + tree.string(parameter.name)]
    default: return []
    }
  }
}
