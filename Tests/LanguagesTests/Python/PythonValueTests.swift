import Languages
import Testing

@Suite struct `Python values` {
  /// What `f(…)` is given, for source that ends in a call of `hf_hub_download` on `X`.
  private func argument(_ source: String) throws -> String {
    let text =
      "from huggingface_hub import hf_hub_download\nimport os\n\(source)\nhf_hub_download(X)\n"
    let calls = try Sample.program(text).calls(named: "hf_hub_download")
    return try Sample.show(#require(calls.last?.positional.first))
  }

  @Test(arguments: [
    ("X = 'a/b'", "'a/b'"),
    ("X = 'a' + '/' + 'b'", "'a/b'"),
    ("X = 'a' '/b'", "'a/b'"),
    ("o = 'a'\nX = f'{o}/b'", "'a/b'"),
    ("X = '%s/%s' % ('a', 'b')", "'a/b'"),
    ("X = '%(x)s/b' % {'x': 'a'}", "'a/b'"),
    ("X = '{}/{}'.format('a', 'b')", "'a/b'"),
    ("X = '{o}/{m}'.format(o='a', m='b')", "'a/b'"),
    ("X = '/'.join(['a', 'b'])", "'a/b'"),
    ("X = 'b/a'[::-1]", "'a/b'"),
    ("X = 'xa/bx'[1:-1]", "'a/b'"),
    ("X = 'c/b'.replace('c', 'a')", "'a/b'"),
    ("X = '  a/b '.strip()", "'a/b'"),
    ("X = 'A/B'.lower()", "'a/b'"),
    ("import base64\nX = base64.b64decode('YS9i').decode()", "'a/b'"),
    ("import base64\nX = str(base64.b64decode(b'YS9i'), 'utf8')", "'a/b'"),
    ("X = bytes.fromhex('612f62').decode()", "'a/b'"),
    ("X = chr(97) + chr(47) + chr(98)", "'a/b'"),
    ("X = ''.join(map(chr, [97, 47, 98]))", "'a/b'"),
    ("X = ''.join(chr(c) for c in [97, 47, 98])", "'a/b'"),
    ("X = ''.join(chr(c ^ 1) for c in [96, 46, 99])", "'a/b'"),
    ("import codecs\nX = codecs.decode('n/o', 'rot13')", "'a/b'"),
    ("X = ''.join(reversed('b/a'))", "'a/b'"),
    ("X = bytes([97, 47, 98]).decode()", "'a/b'"),
    ("X = {'m': 'a/b'}['m']", "'a/b'"),
    ("T = {'m': 'a/b', 'n': 'c/d'}\nX = T[key]", "'a/b'|'c/d'"),
    ("T = {}\nT['m'] = 'a/b'\nX = T['m']", "'a/b'"),
    ("X = ['a/b', 'c/d'][0]", "'a/b'"),
    ("X, Y = 'a/b', 'c/d'", "'a/b'"),
    ("(X, Y), Z = ('a/b', 1), 2", "'a/b'"),
    ("X = 'a/b' if cond else 'c/d'", "'a/b'|'c/d'"),
    ("X = None or 'a/b'", "'a/b'"),
    ("if c:\n  X = 'a/b'\nelse:\n  X = 'c/d'", "'c/d'|'a/b'"),
    ("X = 'old/x'\nX = 'a/b'", "'a/b'"),
    ("X = 'c/d'\nif c:\n  X = 'a/b'", "'a/b'|'c/d'"),
    ("X = 'c/d'\nif c:\n  X = 'a/b'\nelse:\n  raise ValueError", "'a/b'"),
    ("X = 'a'\nX += '/b'", "'a/b'"),
    ("try:\n  X = 'a/b'\nexcept Exception:\n  X = 'c/d'", "'c/d'|'a/b'"),
    ("for X in ['a/b', 'c/d']: pass", "'a/b'|'c/d'"),
    ("def f():\n  global X\n  X = 'a/b'\nf()", "'a/b'"),
    ("def f(o='a'):\n  return o + '/b'\nX = f()", "'a/b'"),
    ("def f(o):\n  return '%s/b' % o\nX = f('a')", "'a/b'"),
    ("f = lambda o: o + '/b'\nX = f('a')", "'a/b'"),
    ("class C:\n  M = 'a/b'\nX = C.M", "'a/b'"),
    ("class C:\n  def __init__(self, m):\n    self.m = m\nX = C('a/b').m", "'a/b'"),
    ("class C:\n  @property\n  def m(self):\n    return 'a/b'\nX = C().m", "'a/b'"),
    ("from enum import Enum\nclass C(Enum):\n  M = 'a/b'\nX = C.M.value", "'a/b'"),
    (
      "from dataclasses import dataclass\n@dataclass\nclass C:\n  m: str = 'a/b'\nX = C().m",
      "'a/b'|?option m"
    ),
    ("X = os.environ.get('M', 'a/b')", "'a/b'|?environment M"),
    ("X = os.getenv('M') or 'a/b'", "?environment M|'a/b'"),
    ("X = os.environ['M']", "?environment M"),
    (
      "import argparse\np = argparse.ArgumentParser()\np.add_argument('--m', default='a/b')\na = p.parse_args()\nX = a.m",
      "'a/b'|?option m"
    ),
    ("X = os.path.join('a', 'b')", "path(text a/b)"),
    ("from pathlib import Path\nX = Path('a') / 'b'", "path(text a/b)"),
    ("X = os.path.join(os.path.dirname(__file__), 'b')", "path(moduleFile ./b)"),
    ("import functools\nX = functools.partial(str.format, 'a')", "partial(str.format)"),
    ("import functools, operator\nX = operator.add('a/', 'b')", "'a/b'"),
    ("X = input()", "?input"),
    ("X = 'a' * 10**9", "?"),
    ("X = f'{name}/b'", "f'{?unbound name}/b'"),
    ("if (X := 'a/b'): pass", "'a/b'"),
    ("l = []\nl.append('a/b')\nX = l[0]", "'a/b'"),
    ("X = dict(m='a/b')['m']", "'a/b'"),
    ("X = {**{'m': 'a/b'}}['m']", "'a/b'"),
    ("X = 'a/b@c'.split('@')[0]", "'a/b'"),
    ("import json\nX = json.loads('{\"m\": \"a/b\"}')['m']", "'a/b'"),
    ("from urllib.parse import unquote\nX = unquote('a%2Fb')", "'a/b'"),
  ])
  func `a constant is found behind its spelling`(_ source: String, _ expected: String) throws {
    let found = try argument(source)
    #expect(found == expected)
  }
}
