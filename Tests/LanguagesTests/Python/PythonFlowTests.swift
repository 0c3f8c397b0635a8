import Core
import Languages
import Testing

@Suite struct `Python call sites` {
  @Test(arguments: [
    // How a callee is found.
    (
      "import huggingface_hub as h\nh.snapshot_download('a/b')",
      "2: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "from huggingface_hub import snapshot_download as s\ns('a/b')",
      "2: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "from huggingface_hub import *\nsnapshot_download('a/b')",
      "2: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "import huggingface_hub\nf = huggingface_hub.snapshot_download\nf('a/b')",
      "3: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "import huggingface_hub\nT = {'d': huggingface_hub.snapshot_download}\nT['d']('a/b')",
      "3: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "import functools, huggingface_hub\np = functools.partial(huggingface_hub.snapshot_download, revision='v1')\np('a/b')",
      "3: huggingface_hub.snapshot_download('a/b', revision='v1')"
    ),
    (
      "import operator, huggingface_hub\noperator.attrgetter('snapshot_download')(huggingface_hub)('a/b')",
      "2: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "import operator, requests\noperator.methodcaller('get', 'https://x.org/m.bin')(requests)",
      "2: requests.get('https://x.org/m.bin')"
    ),
    (
      "import requests\nglobals()['requests'].get('https://x.org')",
      "2: requests.get('https://x.org')"
    ),
    ("import requests\nvars(requests)['get']('https://x.org')", "2: requests.get('https://x.org')"),
    (
      "import requests\ns = requests.Session()\ns.get('https://x.org')",
      "3: requests.Session.get('https://x.org')"
    ),
    (
      "import httpx\nwith httpx.Client() as c:\n  c.get('https://x.org')",
      "3: httpx.Client.get('https://x.org')"
    ),
    (
      "import requests\nclass C:\n  def __init__(self):\n    self.s = requests.Session()\n  def f(self):\n    self.s.get('https://x.org')",
      "6: requests.Session.get('https://x.org')"
    ),
    (
      "from huggingface_hub import PyTorchModelHubMixin\nclass C(PyTorchModelHubMixin): pass\nC.from_pretrained('a/b')",
      "3: huggingface_hub.PyTorchModelHubMixin.from_pretrained('a/b')"
    ),
    ("model.from_pretrained('a/b')", "1: ?.from_pretrained('a/b')"),
    // What is passed.
    (
      "from huggingface_hub import snapshot_download\nk = dict(revision='v1')\nsnapshot_download('a/b', **k)",
      "3: huggingface_hub.snapshot_download('a/b', revision='v1')"
    ),
    (
      "from huggingface_hub import snapshot_download\na = ('a/b',)\nsnapshot_download(*a, **unknown)",
      "3: huggingface_hub.snapshot_download('a/b', **?)"
    ),
    (
      "from threading import Thread\nfrom huggingface_hub import snapshot_download\nThread(target=snapshot_download, args=('a/b',)).start()",
      "3: huggingface_hub.snapshot_download('a/b')"
    ),
    // Wrappers are followed to their callers.
    (
      "from huggingface_hub import snapshot_download\ndef f(r):\n  return snapshot_download(r)\nf('a/b')",
      "4: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "from huggingface_hub import snapshot_download\nf = lambda r: snapshot_download(r)\nf('a/b')",
      "3: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "from huggingface_hub import snapshot_download\ndef f(r, **k):\n  return snapshot_download(r, **k)\nf('a/b', revision='v1')",
      "4: huggingface_hub.snapshot_download('a/b', revision='v1')"
    ),
    (
      "from huggingface_hub import snapshot_download\nclass C:\n  def __init__(self, r):\n    self.r = r\n  def go(self):\n    snapshot_download(self.r)\nC('a/b').go()",
      "7: huggingface_hub.snapshot_download('a/b')"
    ),
    (
      "from huggingface_hub import snapshot_download\ndef g(f, r):\n  f(r)\ng(snapshot_download, 'a/b')",
      "4: huggingface_hub.snapshot_download('a/b')"
    ),
  ])
  func `are resolved`(_ source: String, _ expected: String) throws {
    let sites = try Sample.sites(source)
    #expect(sites.contains(expected), "\(sites)")
  }

  @Test(arguments: [
    "d = {}\nd.get('https://x.org')",
    "model.load('weights.bin')",
    "self.eval()",
    "def f(kwargs):\n  return kwargs.get('revision')",
    "import json\njson.dumps({'a': 1})",
    "# from huggingface_hub import snapshot_download\n# snapshot_download('a/b')",
    "'''snapshot_download('a/b')'''",
  ])
  func `of no interest are none`(_ source: String) throws {
    #expect(try Sample.sites(source).isEmpty)
  }

  @Test func `a wrapper of another module is followed with its trace`() throws {
    let program = try Sample.program([
      "pkg/__init__.py": "",
      "pkg/hub.py":
        "from huggingface_hub import hf_hub_download\n\ndef fetch(repo, name='m.bin'):\n    return hf_hub_download(repo, name)\n",
      "pkg/names.py": "BASE = 'org/base'\n",
      "run.py": "from pkg.hub import fetch\nfrom pkg import names\n\nfetch(names.BASE)\n",
    ])
    let calls = program.calls(named: "hf_hub_download")
    try #require(calls.count == 2)
    #expect(Sample.line(calls[1]) == "4: huggingface_hub.hf_hub_download('org/base', 'm.bin')")
    #expect(calls[1].location.path.description == "run.py")
    #expect(calls[1].wrapped == calls[0].index)
    #expect(calls[1].trace.map(\.location.description) == ["run.py:4:1", "pkg/hub.py:4:12"])
    #expect(program.derived(from: calls[0].index).map(\.index) == [calls[1].index])
  }

  @Test func `a value is read from a configuration of the repository`() throws {
    let program = try Sample.program([
      "config.json": "{\"base\": {\"id\": \"org/base\"}}",
      "run.py":
        "import json\nfrom huggingface_hub import snapshot_download\nwith open('config.json') as f:\n    c = json.load(f)\nsnapshot_download(c['base']['id'])\n",
    ])
    let call = try #require(program.calls(named: "snapshot_download").first)
    #expect(call.positional.first?.texts == ["org/base"])
    guard case .file(_, let key)? = call.positional.first?.alternatives.first?.origin else {
      Issue.record("not from the file")
      return
    }
    #expect(key == "base.id")
  }

  @Test func `code in data is analysed where it is executed`() throws {
    let program = try Sample.program([
      "run.py": "exec(open('w.txt').read())\n",
      "w.txt": "import urllib.request\nurllib.request.urlopen('https://x.org/m.bin')\n",
    ])
    #expect(
      program.calls(named: "urlopen").map(\.location.description) == ["w.txt:2:1"])
  }

  @Test func `code in a string is analysed where it is executed`() throws {
    let sites = try Sample.sites(
      "import base64\nexec(base64.b64decode('aW1wb3J0IHdnZXQKd2dldC5kb3dubG9hZCgnaHR0cHM6Ly94LycpCg=='))\n"
    )
    #expect(sites.contains("2: wget.download('https://x/')"), "\(sites)")
  }

  @Test func `what is downloaded reaches what executes it`() throws {
    let program = try Sample.program(
      "import requests\nr = requests.get('https://x.org/a.py')\nexec(r.content.decode())\n")
    let download = try #require(program.calls(named: "get").first)
    let execution = try #require(program.calls(named: "exec").first)
    #expect(execution.positional.first?.sources.contains(download.reference) == true)
  }

  @Test func `a file that a download wrote is known where it is loaded`() throws {
    let program = try Sample.program(
      "import torch\nfrom urllib.request import urlretrieve\nurlretrieve('https://x.org/m.pt', 'm.pt')\ntorch.load('m.pt')\n"
    )
    let download = try #require(program.calls(named: "urlretrieve").first)
    let load = try #require(program.calls(named: "load").first)
    #expect(load.reads == [download.reference])
  }

  @Test func `digests compared before use are seen`() throws {
    let program = try Sample.program(
      """
      import hashlib, urllib.request
      data = urllib.request.urlopen('https://x.org/m.bin').read()
      if hashlib.sha256(data).hexdigest() != 'ab' * 32:
          raise ValueError
      """)
    let call = try #require(program.calls(named: "urlopen").first)
    #expect(call.checks.first?.algorithm == "sha256")
    #expect(call.checks.first?.isEnforced == true)
    #expect(call.checks.first?.expected.text == String(repeating: "ab", count: 32))
  }

  @Test(arguments: [
    ("f()", ExecutionContext.Time.importTime),
    ("if __name__ == '__main__':\n    f()", .main),
    ("def g():\n    f()", .function),
    ("def g():\n    f()\ng()", .calledAtImport),
    ("def g():\n    f()\nif __name__ == '__main__':\n    g()", .main),
    ("class C:\n    f()", .importTime),
  ])
  func `the time of execution is known`(_ code: String, _ time: ExecutionContext.Time) throws {
    let source = "from huggingface_hub import snapshot_download as f\n" + code
    #expect(try Sample.program(source).calls.first?.context.time == time)
  }

  @Test func `offline counts only before the libraries are imported`() throws {
    let before = try Sample.program(
      "import os\nos.environ['HF_HUB_OFFLINE'] = '1'\nfrom transformers import AutoModel\nAutoModel.from_pretrained('a/b')\n"
    )
    #expect(before.calls(named: "from_pretrained").first?.isOffline == true)
    let after = try Sample.program(
      "import os\nfrom transformers import AutoModel\nos.environ['HF_HUB_OFFLINE'] = '1'\nAutoModel.from_pretrained('a/b')\n"
    )
    #expect(after.calls(named: "from_pretrained").first?.isOffline == false)
  }

  @Test func `a notebook's cells are one module with the file's lines`() throws {
    let program = try Sample.program([
      "n.ipynb": """
      {"cells": [
       {"cell_type": "code", "source": [
        "import requests\\n",
        "!pip install wget"
       ]},
       {"cell_type": "markdown", "source": "requests.get('no')"},
       {"cell_type": "code", "source": ["%%bash\\n", "curl -O https://x.org/a"]},
       {"cell_type": "code",
        "source": "x = 1\\nrequests.get(\\"https://x.org\\")"}
      ], "metadata": {}, "nbformat": 4}
      """
    ])
    #expect(program.calls.map(Sample.line) == ["9: requests.get('https://x.org')"])
    #expect(program.shell.map { $0.location.start?.line ?? 0 } == [4, 7])
    #expect(program.damage.isEmpty)
  }

  @Test func `shell commands are handed over`() throws {
    let program = try Sample.program(
      "import os, subprocess, pip\nu = 'https://x.org/a'\nos.system('wget ' + u)\nsubprocess.run(['curl', '-O', u])\npip.main(['install', 'x'])\n"
    )
    let texts = program.shell.map { text -> String in
      switch text.fragment.body {
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .arguments(let words):
        words.map { $0.values.first?.display ?? "" }.joined(separator: " ")
      }
    }
    #expect(texts == ["wget https://x.org/a", "curl -O https://x.org/a", "pip install x"])
  }

  @Test func `classes with two bases at each of many levels are looked at once`() throws {
    var text = "class A0: pass\nclass B0: pass\n"
    for level in 1...60 {
      text += "class A\(level)(A\(level - 1), B\(level - 1)): pass\n"
      text += "class B\(level)(A\(level - 1), B\(level - 1)): pass\n"
    }
    let calls = try Sample.sites(text + "A60().from_pretrained('x')")
    #expect(calls.count <= 1)
  }

  @Test func `deep and circular sources end`() throws {
    for source in [
      "x = " + String(repeating: "-", count: 5_000) + "1\nexec(x)",
      "x = " + String(repeating: "'a' + ", count: 5_000) + "'b'\nexec(x)",
      "x = y\ny = x\nexec(x)",
      "def f(a):\n  return g(a)\ndef g(a):\n  return f(a)\nexec(f('x'))",
      "def f(a):\n  return f(a + 'x')\nexec(f('x'))",
      "class A(A): pass\nclass B(C): pass\nclass C(B): pass\nexec(C.x)",
      "x = 'a'\nfor i in range(10**12):\n  x = x + x\nexec(x)",
      "x = [" + String(repeating: "[", count: 150) + String(repeating: "]", count: 150)
        + "]\nexec(x)",
      "exec(" + String(repeating: "(lambda: ", count: 90) + "1"
        + String(repeating: ")()", count: 90)
        + ")",
    ] {
      _ = try Sample.program(source)
    }
  }
}
