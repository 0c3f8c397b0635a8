import Languages
import TestSupport
import Testing

@Suite struct PythonRobustnessTests {
  /// Real-looking files with every construct.
  private static let seeds: [String] = [
    """
    #!/usr/bin/env python
    # -*- coding: utf-8 -*-
    '''Module.'''
    from __future__ import annotations
    import os, sys as system
    from .util import (a, b as c,)
    URL = f"https://example.org/{os.getenv('X', 'y')!r:>{10}}/" 'z' rb'\\x00'

    @decorator(1, *args, key=lambda x, *y: {k: v for k, v in x if k})
    async def fetch(self, a, /, b: int = 3, *c, d, **e) -> dict[str, int]:
        async with session.get(URL) as response, other:
            return await response.json()
        try:
            x = y = [i async for i in z]; del x[1:2, ::3]
        except (IOError, OSError) as error:
            raise ValueError(f'{error=}') from error
        else:
            pass
        finally:
            print(f'''{
                a # comment
            }''')

    class Model(Base, metaclass=Meta):
        x: int = 0
        while x < 10 and not (x := x + 1) == 5:
            continue
        match point:
            case Point(x=0, y=[1, *rest]) | {"k": None, **more} if rest: ...
            case _: pass
    """,
    """
    if __name__ == '__main__':
    \tprint "Python 2", `x`
    \texec code in ns
    \ttry: a <> 0777
    \texcept E, e: raise E, 'x'
    !pip install torch
    %matplotlib inline
    x = (1,
    import os
    def f(:
        return {'a': [1, 2, (3)], **b}[0](c)(d)
    été = "\\N{BULLET}\\
    " ur'x'
    global a; nonlocal b; assert c, d; type X[T] = int
    for x, *y in z: lambda: (yield)
    """,
  ]

  @Test(arguments: seeds)
  func `tokens and what is between them are the whole text`(_ seed: String) {
    var random = TestRandom(seed: 11)
    for round in 0..<40 {
      let text = round == 0 ? Array(seed.utf8) : Self.mutated(Array(seed.utf8), &random)
      var end = 0
      for range in PythonSyntaxTree.tokenRanges(of: text) {
        #expect(range.lowerBound >= end, "tokens overlap at \(end)")
        let gap = Array(text[end..<max(end, range.lowerBound)])
        #expect(Self.isTrivia(gap), "lost text before \(range.lowerBound)")
        end = max(end, range.upperBound)
      }
      #expect(Self.isTrivia(Array(text[end...])))
    }
  }

  /// Blanks, comments, line ends, line continuations, a byte-order mark.
  private static func isTrivia(_ bytes: [UInt8]) -> Bool {
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D, 0x0C, 0x00: break
      case UInt8(ascii: "\\"):
        guard index + 1 < bytes.count, [0x0A, 0x0D].contains(bytes[index + 1]) else { return false }
      case UInt8(ascii: "#"):
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        continue
      default: return false
      }
      index += 1
    }
    return true
  }

  private static let splinters: [String] = [
    "(", ")", "[", "]", "{", "}", "'", "\"", "'''", "\"\"\"", "f'", "f\"{", ":", "\n", "\r", "\t",
    " ", "\\\n", "\\", "#", "if ", "else:", "def f(", "match x:\n", "case ", "lambda ", "with (",
    "as ", "import ", "from ", "\u{C}", "\0", "é", "!", "%", "?", "=", ":=", "*", "**", "->",
    "async ", "await ", "yield ", "in ", "not ", "print ", "exec ", "`", "@", ";", ",", "0x", "1e",
    "\u{FEFF}", "try:\n", "except ", "class A:\n",
  ]

  private static func mutated(_ seed: [UInt8], _ random: inout TestRandom) -> [UInt8] {
    var text = seed
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...text.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        let splinter = splinters.randomElement(using: &random) ?? ""
        text.insert(contentsOf: splinter.utf8, at: place)
      case 1:
        let end = min(text.count, place + Int.random(in: 1...20, using: &random))
        text.removeSubrange(place..<end)
      case 2:
        if place < text.count { text[place] = UInt8.random(in: 0...255, using: &random) }
      default:
        let end = min(text.count, place + Int.random(in: 0...60, using: &random))
        text.insert(contentsOf: Array(text[place..<end]), at: place)
      }
    }
    return text
  }

  @Test(arguments: seeds)
  func `no mutation crashes, hangs or takes more than linear work`(_ seed: String) {
    var random = TestRandom(seed: 2)
    for _ in 0..<80 {
      let text = Self.mutated(Array(seed.utf8), &random)
      let tree = PythonSyntaxTree.parse(file: text)
      var isSound = true
      for node in tree.allNodes {
        if tree.range(node).upperBound > tree.text.count { isSound = false }
        tree.forEachChild(of: node) { if $0 >= node { isSound = false } }
        _ = tree.literalBytes(node)
        _ = tree.integerValue(node)
      }
      #expect(isSound, "a node lies outside of the text or below its child")
      // An even number of copies, since one may end within a string.
      let twice = PythonSyntaxTree.parse(text + [0x0A] + text + [0x0A])
      let fourTimes = PythonSyntaxTree.parse(
        text + [0x0A] + text + [0x0A] + text + [0x0A] + text + [0x0A])
      #expect(Double(fourTimes.steps) <= 2.3 * Double(twice.steps))
    }
  }

  /// What is repeated, with what stands before and after it.
  private static let repeated: [(String, String, String)] = [
    ("", "(", ""), ("x = ", "[", ""), ("", "{", ""), ("", "f(", ""), ("a", ".b", ""),
    ("f", "()", ""), ("f", "[0]", ""), ("", "1+", "1"), ("", "not ", "a"), ("", "-", "1"),
    ("", "lambda:", "1"), ("", "lambda x=", ""), ("", "a if b else ", "c"), ("", "a if ", ""),
    ("", "x=", "1"), ("if a: b\n", "elif a: b\n", ""), ("", "f'{", ""), ("", "f\"{f'{", ""),
    ("", "f'{x:{", ""), ("f'", "{x}", "'"), ("", "@a\n", "def f(): pass"), ("", "'a' ", ""),
    ("", "2**", "2"), ("", "await ", "x"), ("", "match (\n", ""), ("match (1 1", ",1", ")"),
    ("", "with (\n", ""), ("", "with (a, b) as c, (d): pass\n", ""), ("", "`", ""), ("", "*", ""),
    ("", "a,", ""), ("match x:\n case ", "(", ""), ("match x:\n case ", "a|", ""), ("", "(x:=", ""),
    ("", "a<", "b"), ("", "a and b or ", "c"), ("", "x = (\n", ""), ("", "a b\n", ""),
    ("", " foo(bar\n", ""), ("", "def f(\n", ""), ("", "'''", ""), ("", "\"\"\"\\\n", ""),
    ("", "x = '''a\\'''\n", ""), ("", "'", ""), ("", "\\\n", ""), ("", "\\", ""), ("", "\0", ""),
    ("", "a;", ""), ("", "if a:", ""), ("", "else:\n  x\n", ""), ("", "try:\n x\n", ""),
    ("try:\n x\n", "except E, e:\n y\n", ""), ("", "if x:\n  a\n b\n", ""), ("", "!ls\n", ""),
    ("", "x = !ls\n", ""), ("", "?", ""), ("", "print x\n", ""), ("global ", "a,", ""),
    ("import ", "a.", "b"), ("from ", ".", " import x"), ("", "é", ""), ("", "1_", ""),
    ("[x ", "for x in y ", "]"), ("", "[x for x in ", ""), ("{", "a:b,", "}"), ("a[", ":,", "]"),
    ("def f(", "a=1,", "): pass"), ("def f(", "(", "): pass"), ("class A[", "T: int,", "]: pass"),
    ("", "try:\n a b\nexcept X Y:\n c\n", ""), ("", "a\r", ""), ("", "#\n", ""),
  ]

  @Test(arguments: repeated)
  func `long and deep texts take linear work and little stack`(
    _ before: String, _ part: String, _ after: String
  ) {
    func steps(_ count: Int) -> Int {
      let source = before + String(repeating: part, count: count) + after
      let tree = PythonSyntaxTree.parse(Array(source.utf8))
      for statement in tree.body { tree.walk(from: statement) { _ in true } }
      return tree.steps
    }
    #expect(Double(steps(2000)) <= 2.3 * Double(steps(1000)))
  }

  @Test(arguments: [
    ("a", ".b", ""), ("", "1+", "1"), ("", "not ", "a"), ("if a: b\n", "elif a: b\n", ""),
    ("", "a if b else ", "c"), ("", "lambda:", "1"), ("f", "()", ""),
  ])
  func `chains of many links are sound`(_ before: String, _ part: String, _ after: String) {
    // CPython's compiler takes about 3,000.
    let count = 20_000
    let source = before + String(repeating: part, count: count) + after
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    #expect(tree.damages.isEmpty)
    #expect(tree.body.count == 1)
    #expect(tree.nodeCount > count)
  }

  @Test(arguments: [
    ("a", ".b", ""), ("", "a if b else ", "c"), ("", "lambda:", "1"), ("f", "()", ""),
  ])
  func `a chain that no compiler takes is damage`(
    _ before: String, _ part: String, _ after: String
  ) {
    let source = "x = 1\n" + before + String(repeating: part, count: 100_000) + after + "\ny = 2\n"
    let tree = PythonSyntaxTree.parse(Array(source.utf8))
    #expect(tree.damages.map(\.reason) == ["expression nested too deeply"])
    #expect(tree.name("y") != nil)
  }

  @Test func `blocks and brackets within the limits of CPython are sound`() {
    var source = (0..<99).map { String(repeating: " ", count: $0) + "if x:\n" }.joined()
    source += String(repeating: " ", count: 99) + String(repeating: "(", count: 200)
    source += "f()" + String(repeating: ")", count: 200)
    let damage = PythonSyntaxTree.parse(Array(source.utf8)).damage
    #expect(damage?.reason == "brackets nested too deeply")
    let shallower = source.replacing("((f())", with: "(f()")
    #expect(PythonSyntaxTree.parse(Array(shallower.utf8)).damages.isEmpty)
  }
}
