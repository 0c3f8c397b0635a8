import Core
import Languages
import Testing

@Suite struct PythonParserTests {
  @Test(arguments: [
    // Operators.
    ("a + b * c", "(binary add a (binary multiply b c))"),
    ("a - b - c", "(binary subtract (binary subtract a b) c)"),
    ("-a ** -b ** c", "(unary minus (binary power a (unary minus (binary power b c))))"),
    ("not a == b", "(unary not (comparison equal a b))"),
    ("a or b and not c or d", "(boolean or a (boolean and b (unary not c)) d)"),
    ("a < b <= c is not d not in e", "(comparison less lessOrEqual isNot notIn a b c d e)"),
    ("(a, b) @ c >> d", "(binary shiftRight (binary matrixMultiply (tuple a b) c) d)"),
    ("a if b else c if d else e", "(conditional a b (conditional c d e))"),
    (
      "lambda x, *y, z=1, **k: x",
      "(lambda (parameter regular x) (parameter variadic y) (parameter keywordOnly z 1) (parameter keywords k) x)"
    ),
    ("(x := f(y))", "(namedExpression x (call f y))"),
    ("await f(x).y", "(await (attribute .y (call f x)))"),
    ("await = await + 1", "(assignment await (binary add await 1))"),
    // Primaries.
    ("os.system('ls')", "(call (attribute .system os) 'ls')"),
    ("f(a, *b, c=d, **e)", "(call f a (starred b) (keywordArgument c= d) (doubleStarred e))"),
    ("f(x for x in y)", "(call f (generatorExpression x (comprehensionClause x y)))"),
    ("a[1:2, ::3, *b]", "(subscript a (tuple (slice 1 2) (slice 3) (starred b)))"),
    (
      "[x async for x, y in z if x if y]",
      "(listComprehension x (comprehensionClause (tuple x y) z x y))"
    ),
    ("{a: b, **c}", "(dictionary (pair a b) (doubleStarred c))"),
    (
      "{k: v for k, v in d}",
      "(dictionaryComprehension (pair k v) (comprehensionClause (tuple k v) d))"
    ),
    ("{1, *a}", "(set 1 (starred a))"),
    ("()", "(tuple)"),
    ("a = b = yield", "(assignment a b (yield))"),
    ("x = yield from g", "(assignment x (yieldFrom g))"),
    ("0xFF + 1_000 + 1.5e-3j", "(binary add (binary add 0xFF 1_000) 1.5e-3j)"),
    // Statements.
    ("x: int = 1", "(annotatedAssignment x int 1)"),
    ("x **= 2", "(augmentedAssignment power x 2)"),
    ("a, *b = c", "(assignment (tuple a (starred b)) c)"),
    ("import a.b as c, d", "(importStatement (alias a.b as c) (alias d))"),
    ("from .. import x as y", "(importFromStatement 2 (alias x as y))"),
    ("from ...a . b import (c, d,)", "(importFromStatement 3 a.b (alias c) (alias d))"),
    ("from m import *", "(importFromStatement 0 m (alias *))"),
    ("global a, b; pass", "(globalStatement a b) <pass>"),
    ("del a, (b), c[0]", "(deleteStatement a b (subscript c 0))"),
    ("raise A from b", "(raiseStatement A b)"),
    ("assert a, 'm'", "(assertStatement a 'm')"),
    ("if a: b\nelif c: d\nelse: e", "(ifStatement (ifClause a b) (ifClause c d) e)"),
    ("while a:\n  b\nelse:\n  c\n", "(whileStatement a b c)"),
    ("async for a, b in c: d", "(forStatement async (tuple a b) c d)"),
    ("for x in *a, b: c", "(forStatement x (tuple (starred a) b) c)"),
    (
      "try: a\nexcept* (B, C) as e: d\nelse: f\nfinally: g",
      "(tryStatement * a (exceptHandler e (tuple B C) d) f g)"
    ),
    ("try: a\nexcept A, B: c", "(tryStatement a (exceptHandler (tuple A B) c))"),
    ("with a as b, c: d", "(withStatement (withItem a b) (withItem c) d)"),
    ("with (a as b, c,): d", "(withStatement (withItem a b) (withItem c) d)"),
    ("with (a, b) as c: d", "(withStatement (withItem (tuple a b) c) d)"),
    ("with (yield a): b", "(withStatement (withItem (yield a)) b)"),
    (
      "@d(1)\nasync def f[T: int](a, /, b=1, *, c: int) -> r: pass",
      "(functionDefinition async f (call d 1) (typeParameter T int) (parameter positionalOnly a) (parameter regular b 1) (parameter keywordOnly c int) r <pass>)"
    ),
    (
      "class A[*T, **P](B, metaclass=C): pass",
      "(classDefinition A (typeParameter *T) (typeParameter **P) B (keywordArgument metaclass= C) <pass>)"
    ),
    ("type X[T] = list[T]", "(typeAlias X (typeParameter T) (subscript list T))"),
    ("type = 1; type (x)", "(assignment type 1) (call type x)"),
    // `match` is a name elsewhere.
    (
      "match(x)\nmatch = 1\nmatch[a] = b",
      "(call match x) (assignment match 1) (assignment (subscript match a) b)"
    ),
    (
      "match x, y:\n  case 1 | -2, 'a': b",
      "(matchStatement (tuple x y) (matchCase (sequencePattern (alternativesPattern (valuePattern 1) (valuePattern (unary minus 2))) (valuePattern 'a')) b))"
    ),
    (
      "match (x):\n  case {'k': v, **r} if v: a\n  case [_, *rest] as s: b",
      "(matchStatement x (matchCase (mappingPattern **r (pair 'k' (capturePattern v))) v a) (matchCase (aliasPattern s (sequencePattern (capturePattern _) (starPattern rest))) b))"
    ),
    (
      "match -x:\n  case A.B(c, d=1): e",
      "(matchStatement (unary minus x) (matchCase (classPattern (attribute .B A) (capturePattern c) (keywordPattern d (valuePattern 1))) e))"
    ),
    // Strings.
    ("'a' \"b\\n\" r'\\n'", "(stringConcatenation 'a' 'b\n' '\\n')"),
    (
      "f'a{b!r:>{w}}c{{d}}{e=}'",
      "(formattedString 'a' (interpolation !r b '>' (interpolation w)) 'c{d}' (interpolation = e))"
    ),
    (
      "f'{x[\"y\"]}' 'z'",
      "(stringConcatenation (formattedString (interpolation (subscript x 'y'))) 'z')"
    ),
    ("f\"{f\"{a}\"}\"", "(formattedString (interpolation (formattedString (interpolation a))))"),
    ("t'{a}'", "(formattedString (interpolation a))"),
    ("f'{a:=5}{lambda_}'", "(formattedString (interpolation a '=5') (interpolation lambda_))"),
    ("f'{(lambda: 1)}'", "(formattedString (interpolation (lambda 1)))"),
    ("f'{a != b}'", "(formattedString (interpolation (comparison notEqual a b)))"),
    ("rf'\\d{x}'", "(formattedString '\\d' (interpolation x))"),
    ("f'\\N{DIGIT ONE}{x}'", "(formattedString '1' (interpolation x))"),
    ("f'''a\n{\n b # comment\n}'''", "(formattedString 'a\n' (interpolation b))"),
    // Layout.
    ("if a:\n\tb\n        c\n", "(ifStatement (ifClause a b c))"),
    ("\u{FEFF}a\r\nb\rc\n", "a b c"),
    ("x = \\\n  1\n\u{0C}\n  \n# c\ny", "(assignment x 1) y"),
    ("f(\n  a, # one\n  b\n)", "(call f a b)"),
    ("ｅｖａｌ(x)", "(call eval x)"),
    ("été = 1", "(assignment été 1)"),
  ])
  func `the tree says what the source means`(_ source: String, _ expected: String) {
    #expect(PythonDump.module(source) == expected)
    #expect(PythonSyntaxTree.parse(Array(source.utf8)).damages.isEmpty || source.contains("\t"))
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `calls have exact places`(_ lineEnd: String) {
    let lines = ["x = 1", "if x:", "\ty = (f)(", "\t\tg(1).h(),", "\té('é')(2))"]
    let tree = PythonSyntaxTree.parse(Array(lines.joined(separator: lineEnd).utf8))
    var places: [String] = []
    for node in tree.allNodes where tree.kind(node) == .call {
      let (start, end) = (tree.start(node), tree.end(node))
      places.append("\(start.line):\(start.column)-\(end.line):\(end.column)")
    }
    #expect(places.sorted() == ["3:6-5:14", "4:3-4:11", "4:3-4:7", "5:2-5:10", "5:2-5:13"])
    #expect(tree.lineCount == 5)
  }

  @Test func `children have smaller numbers than parents, and lie within them`() {
    let source = "@d\nclass A(B, c=1):\n  def f(self, *a):\n    return [x for x in a if x] or {}\n"
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    for node in tree.allNodes {
      tree.forEachChild(of: node) { child in
        #expect(child < node)
        if tree.kind(node) != .classDefinition {
          #expect(tree.range(node).contains(tree.range(child).lowerBound))
        }
      }
    }
    #expect(tree.name("self") != nil)
    #expect(tree.name("eval") == nil)
    #expect(tree.name("exec") == nil)
  }
}
