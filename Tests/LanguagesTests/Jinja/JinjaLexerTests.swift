import Languages
import TestSupport
import Testing

struct JinjaLexerTests {
  private static func names(_ text: String) -> [String] {
    JinjaLexer.tokens(of: Array(text.utf8)).compactMap { token in
      switch token.kind {
      case .name(let name): name
      case .string(let text): "'\(text)'"
      case .number(let text): text
      case .symbol(let symbol): String(symbol)
      default: nil
      }
    }
  }

  @Test func `tokens are those of Jinja`() {
    #expect(Self.names("a {{ b['c'] }} {# d #} {% if e %}") == ["b", "[", "'c'", "]", "if", "e"])
    #expect(Self.names("{% raw %}{{ a }}{% endraw %}{{ b }}") == ["raw", "b"])
    #expect(Self.names(#"{{ "\x5f_a\u005f\137\n\q" }}"#) == ["'__a__\nq'"])
    #expect(Self.names("{{ {'a': {}} }}") == ["{", "'a'", ":", "{", "}", "}"])
    #expect(Self.names("{{ 'a") == ["'a'"])
    #expect(
      Self.names("{%- for x in y -%}{{- 1.5 }}") == [
        "-", "for", "x", "in", "y", "-", "-", "1", ".", "5",
      ])
  }

  @Test func `places are offsets of the template`() {
    let tokens = JinjaLexer.tokens(of: Array("ab{{ c }}".utf8))
    #expect(tokens.map(\.offset) == [2, 5, 7])
  }

  @Test func `damaged templates never crash the lexer`() {
    let sample = Array(
      "{% macro a(b) %}{{ b|attr('__x') ~ '\\x41\\u0041\\101' }}{% endmacro %}{# c #}{% raw %}{{ d }}{%- endraw %}{{ {'e': [1, 2.5]} }}"
        .utf8)
    var random = TestRandom(seed: 63)
    for _ in 0..<1_000 {
      _ = JinjaLexer.tokens(of: Mutation.of(sample, using: &random)).count
    }
  }

  @Test(arguments: ["{{", "{%", "{#", "{% raw %}", "{{'\\", "{{ {", "}}", "{% raw %}{%-", "{{\"a"])
  func `endless templates give no more tokens than they have bytes`(piece: String) {
    let text = Array(String(repeating: piece, count: 30_000).utf8)
    #expect(JinjaLexer.tokens(of: text).count <= text.count + 1)
  }
}
