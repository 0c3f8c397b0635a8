package import Core
import Formats
import Languages

/// Flags chat templates that reach outside of the data they are given.
package struct ChatTemplate: Rule {
  package static let documentation = RuleDocumentation(
    id: "execution/chat-template",
    severity: .critical,
    summary: "A chat template reaches outside of its data.",
    why: """
      Templates are Jinja, and several runtimes render them without a sandbox. Attribute walks such \
      as __class__.__mro__ end at arbitrary code; include and import read other templates.
      """,
    fix: "Remove the construct: a chat template needs messages, tokens and plain filters only.",
    example: (
      "{{ cycler.__init__.__globals__.os.system('id') }}",
      "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    )
  )

  package init() {}

  package func findings(in subject: Subject) -> [Finding] {
    var findings: [Finding] = []
    for file in subject.configurations {
      for template in file.value.values(named: "chat_template").flatMap(\.allTexts) {
        findings += Self.findings(
          in: Array(template.text.utf8), at: file.location(template.value))
      }
    }
    for source in subject.repository.sources where source.bytes.starts(with: "GGUF".utf8) {
      // The template stands behind the vocabulary, still within what the crawl keeps of the file.
      for entry in GGUFHeader.metadata(inHead: source.bytes).entries
      where entry.isText && entry.key.contains("chat_template") {
        findings += Self.findings(in: Array(entry.value.utf8), at: Location(source.path))
      }
    }
    for source in subject.repository.sources
    where ["jinja", "jinja2", "j2"].contains(source.path.suffix) && source.isWhole {
      let lines = LineTable(source.bytes)
      findings += Self.findings(in: source.bytes, at: Location(source.path)) { offset in
        Location(source.path, start: lines.position(of: offset))
      }
    }
    return findings
  }

  /// What in `template` reaches outside; each kind of construct once a template.
  static func findings(
    in template: [UInt8], at location: Location, place: ((Int) -> Location)? = nil
  ) -> [Finding] {
    var seen: Set<String> = []
    return TemplateReach.all(in: JinjaLexer.tokens(of: template)).compactMap { reach in
      guard seen.insert(reach.what).inserted else { return nil }
      return Finding(
        id, documentation.severity, at: place?(reach.offset) ?? location,
        .reaches(reach.what), fix: documentation.fix, construct: reach.what)
    }
  }
}

/// A construct of a template that leads out of its data.
struct TemplateReach {
  let what: String
  let offset: Int

  static func all(in tokens: [JinjaToken]) -> [TemplateReach] {
    var found: [TemplateReach] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .name(let name):
        let before = index > 0 ? tokens[index - 1].kind : nil
        if before == .statementStart || isDash(before) && isStatement(tokens, before: index - 1),
          ["include", "import", "extends", "from"].contains(name)
        {
          found.append(TemplateReach(what: "the statement `\(name)`", offset: token.offset))
        } else if isHidden(name) {
          found.append(TemplateReach(what: "`\(name)`", offset: token.offset))
        } else if name == "attr", before == .symbol("|"), let argument = argument(tokens, index) {
          // attr() with a computed name can be anything.
          if case .string(let text) = argument, !isHidden(text) { continue }
          found.append(TemplateReach(what: "the filter `attr`", offset: token.offset))
        }
      case .string(let text):
        // `x['__class__']`, and the pieces of it that are put together.
        if hiddenTexts.contains(text) || isDunderPiece(text, tokens, index) {
          found.append(TemplateReach(what: "`\(text)`", offset: token.offset))
        }
      default: break
      }
    }
    return found
  }

  private static let names: Set<String> = [
    "func_globals", "gi_code", "gi_frame", "cr_frame", "cr_code", "ag_frame", "f_globals",
    "f_builtins", "f_locals", "tb_frame", "mro",
  ]

  /// Names that lead to the interpreter when a subscript or a filter reads them from a text;
  /// other texts in double underscores are tokens of the model's own.
  private static let hiddenTexts: Set<String> = [
    "__base__", "__bases__", "__builtins__", "__call__", "__class__", "__closure__", "__code__",
    "__dict__", "__func__", "__getattr__", "__getattribute__", "__getitem__", "__globals__",
    "__import__", "__init__", "__loader__", "__module__", "__mro__", "__name__", "__reduce__",
    "__reduce_ex__", "__self__", "__spec__", "__subclasses__", "__wrapped__",
  ]

  /// Attributes that lead from data to the interpreter.
  private static func isHidden(_ name: String) -> Bool {
    name.hasPrefix("__") && name.hasSuffix("__") && name.utf8.count > 4 || names.contains(name)
  }

  /// Underscores beside a `~`, `+`, `*` or `%`: a name put together so that no one reads it.
  private static func isDunderPiece(_ text: String, _ tokens: [JinjaToken], _ index: Int) -> Bool {
    guard text.hasPrefix("__") || text.hasSuffix("__") || text == "_" else { return false }
    let neighbours = [index - 1, index + 1].filter(tokens.indices.contains).map { tokens[$0].kind }
    guard neighbours.contains(where: { [.symbol("~"), .symbol("+"), .symbol("*")].contains($0) })
    else { return false }
    return text.utf8.contains { $0 != UInt8(ascii: "_") } || neighbours.contains(.symbol("*"))
  }

  /// The first token inside the parentheses behind the name at `index`.
  private static func argument(_ tokens: [JinjaToken], _ index: Int) -> JinjaToken.Kind? {
    guard index + 2 < tokens.count, tokens[index + 1].kind == .symbol("(") else { return nil }
    // More than one token before the closing parenthesis is an expression.
    if index + 3 < tokens.count, tokens[index + 3].kind != .symbol(")") { return .symbol("(") }
    return tokens[index + 2].kind
  }

  private static func isDash(_ kind: JinjaToken.Kind?) -> Bool {
    kind == .symbol("-") || kind == .symbol("+")
  }

  private static func isStatement(_ tokens: [JinjaToken], before index: Int) -> Bool {
    index > 0 && tokens[index - 1].kind == .statementStart
  }
}

extension String {
  fileprivate static func reaches(_ what: String) -> String {
    "the chat template reaches outside of its data with \(what)"
  }
}
