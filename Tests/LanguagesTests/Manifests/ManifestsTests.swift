import Core
import Languages
import TestSupport
import Testing

struct ManifestsTests {
  static let digest = String(repeating: "0123456789abcdef", count: 4)
  static let commit = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
  static let integrity = "sha512-" + String(repeating: "A", count: 86) + "=="

  static func repository(_ files: [String: [UInt8]]) throws -> Repository {
    let sources = try files.map { name, bytes in
      let path = try RelativePath(name)
      return SourceFile(
        path: path, entry: path, role: .other, format: nil, isExecutable: false, bytes: bytes,
        isWhole: true)
    }
    return Repository(entries: [], sources: sources.sorted { $0.path < $1.path })
  }

  static func manifests(_ files: [String: String]) throws -> Manifests {
    Manifests(try repository(files.mapValues { Array($0.utf8) }))
  }

  // MARK: Lock files

  /// A manifest, its lock file, and how firmly each dependency is fixed by both.
  static let locks: [(files: [String: String], levels: [String: Pinning])] = [
    (
      [
        "pyproject.toml":
          "[tool.poetry.dependencies]\na = \"^1\"\nb = \"^1\"\nc = {git = \"https://h/o/c.git\", branch = \"main\"}\n",
        "poetry.lock":
          "[[package]]\nname = \"a\"\nversion = \"1.2\"\nfiles = [{hash = \"sha256:\(digest)\"}]\n"
          + "[[package]]\nname = \"b\"\nversion = \"1.3\"\nfiles = []\n"
          + "[[package]]\nname = \"c\"\nversion = \"1\"\n[package.source]\ntype = \"git\"\nresolved_reference = \"\(commit)\"\n",
      ], ["a": .content, "b": .version, "https://h/o/c.git": .commit]
    ),
    (
      [
        "pyproject.toml": "[project]\ndependencies = [\"a\"]\n",
        "pdm.lock":
          "[[package]]\nname = \"a\"\nversion = \"1.2\"\nfiles = [{file = \"x\", hash = \"sha256:\(digest)\"}]\n",
      ], ["a": .content]
    ),
    (
      [
        "pyproject.toml": "[project]\ndependencies = [\"a\"]\n",
        "pylock.toml":
          "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\nwheels = [{hashes = {sha256 = \"\(digest)\"}}]\n",
      ], ["a": .content]
    ),
    (
      [
        "Pipfile": "[packages]\na = \"*\"\nb = \"*\"\n",
        "Pipfile.lock":
          "{\"_meta\": {}, \"default\": {\"a\": {\"hashes\": [\"sha256:\(digest)\"], \"version\": \"==1.0\"}, \"b\": {\"version\": \"==2.0\"}}}",
      ], ["a": .content, "b": .version]
    ),
    (
      [
        "environment.yml": "name: x\ndependencies:\n  - a\n  - pip:\n    - b\n",
        "conda-lock.yml":
          "package:\n- name: a\n  version: '1'\n  manager: conda\n  hash: {sha256: \(digest)}\n- name: b\n  version: '2'\n  manager: pip\n  hash: {sha256: \(digest)}\n",
      ], ["a": .content, "b": .content]
    ),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"^1.0.0\", \"@s/b\": \"1.0.0\"}}",
        "yarn.lock":
          "# yarn lockfile v1\n\na@^1.0.0:\n  version \"1.1.0\"\n  resolved \"https://r/a.tgz#00\"\n  integrity \(integrity)\n\n\"@s/b@1.0.0\":\n  version \"1.0.0\"\n",
      ], ["a": .content, "@s/b": .version]
    ),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"^1.0.0\"}}",
        "yarn.lock":
          "__metadata:\n  version: 8\n\n\"a@npm:^1.0.0\":\n  version: 1.1.0\n  resolution: \"a@npm:1.1.0\"\n  checksum: 10c0/\(digest)\n",
      ], ["a": .content]
    ),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"^1.0.0\"}}",
        "pnpm-lock.yaml": "packages:\n  a@1.1.0:\n    resolution: {integrity: \(integrity)}\n",
      ], ["a": .content]
    ),
    (
      [
        "package.json": "{\"dependencies\": {\"a\": \"^1.0.0\"}}",
        "bun.lock": "{\"packages\": {\"a\": [\"a@1.1.0\", \"\", {}, \"\(integrity)\"],},}",
      ], ["a": .content]
    ),
    (
      [
        "crates/x/Cargo.toml": "[dependencies]\na = \"1\"\n",
        "Cargo.lock":
          "[[package]]\nname = \"a\"\nversion = \"1.1.0\"\nsource = \"registry+x\"\nchecksum = \"\(digest)\"\n",
      ], ["a": .content]
    ),
    (
      [
        "Package.swift":
          "Package(dependencies: [.package(url: \"https://h/o/a-b.git\", from: \"1.0.0\")])",
        "Package.resolved":
          "{\"version\": 2, \"pins\": [{\"identity\": \"a-b\", \"location\": \"https://h/o/a-b.git\", \"state\": {\"revision\": \"\(commit)\", \"version\": \"1.1.0\"}}]}",
      ], ["https://h/o/a-b.git": .commit]
    ),
    (
      [
        "Gemfile": "gem 'a'\ngem 'b'\n",
        "Gemfile.lock":
          "GEM\n  remote: https://rubygems.org/\n  specs:\n    a (1.0)\n      c (>= 1)\n    b (2.0)\n\nCHECKSUMS\n  a (1.0) sha256=\(digest)\n",
      ], ["a": .content, "b": .version]
    ),
    (
      [
        "requirements.in": "a\n", "requirements.txt": "a==1.0 --hash=sha256:\(digest)\n",
      ], ["a": .content]
    ),
    (
      [
        "requirements.txt": "-c constraints.txt\na\n", "constraints.txt": "a==1.0\n",
      ], ["a": .version]
    ),
  ]

  @Test(arguments: locks.indices) func `a lock file lowers what is open`(index: Int) throws {
    let (files, levels) = Self.locks[index]
    let manifests = try Self.manifests(files)
    #expect(manifests.disagreements.isEmpty)
    for dependency in manifests.dependencies {
      #expect(
        dependency.effectiveLevel.pinning == levels[dependency.name],
        "\(files.keys.sorted()): \(dependency.name)")
    }
    #expect(Set(manifests.dependencies.map(\.name)) == Set(levels.keys))
  }

  @Test func `a lock file that does not agree is told`() throws {
    let manifests = try Self.manifests([
      "package.json": "{\"dependencies\": {\"a\": \"^2.0.0\", \"b\": \"1.0.0\"}}",
      "package-lock.json":
        "{\"packages\": {\"node_modules/a\": {\"version\": \"1.0.0\", \"integrity\": \"\(Self.integrity)\"}}}",
    ])
    #expect(manifests.disagreements.map(\.dependency?.name) == ["a", "b"])
    #expect(manifests.dependencies.map(\.effectiveLevel.pinning) == [.branch, .version])
  }

  // MARK: Requirements files and scripts

  @Test func `files are followed from each other in circles and once`() throws {
    let manifests = try Self.manifests([
      "reqs/base.txt": "-r ../reqs/extra.list\na\n", "reqs/extra.list": "-r base.txt\nb\n",
      "setup.py":
        "from setuptools import setup\ndef read(f='deps.lst.txt'):\n    return open(f).read().splitlines()\nsetup(install_requires=read('misc/deps.txt'))\n",
      "misc/deps.txt": "c\n", "notes.txt": "some words\nabout nothing\n",
      "pinned.txt": "d==1.0\ne==2.0\n",
    ])
    #expect(manifests.dependencies.map(\.name).sorted() == ["a", "b", "c", "d", "e"])
  }

  static let scripts: [(String, [String])] = [
    ("setup(install_requires=['a', 'b>=1'])", ["a@2", "b@2"]),
    (
      "deps = ['a']\ndeps.append('b')\nif True:\n    deps += ['c']\nsetup(install_requires=deps)",
      ["a@2", "b@3", "c@5"]
    ),
    (
      "kw = dict(install_requires=['a'])\nkw['extras_require'] = {'x': ['b']}\nsetup(**kw)",
      ["a@2", "b@3"]
    ),
    (
      "_deps = ['a>=1', 'b', 'z']\ndeps = {k: k for k in _deps}\nsetup(install_requires=[deps['a'], deps['b']])",
      ["a@2", "b@2"]
    ),
    ("def get():\n    return ['a']\nsetup(install_requires=get() + ['b'])", ["a@3", "b@4"]),
    ("setup(install_requires='''\n  a\n  b\n''')", ["a@3", "b@4"]),
    ("setup(name='me', extras_require={'all': ['me[x]', 'a']})", ["a@2"]),
    ("v = '1'\nsetup(install_requires=[f'a=={v}', 'b==%s' % v])", ["a@3", "b@3"]),
    (
      "reqs = ['a']\nsetup(install_requires=[r for r in reqs if r], tests_require=['t'])",
      ["a@2", "t@3"]
    ),
    ("setup(install_requires=[*BASE, 'a'])\n", ["a@2"]), ("print('b')\nsetup(name='x')", []),
  ]

  @Test(arguments: scripts.indices) func `setup scripts are read`(index: Int) throws {
    let (text, expected) = Self.scripts[index]
    let manifests = try Self.manifests(["setup.py": "from setuptools import setup\n" + text])
    let found = manifests.dependencies.map { "\($0.name)@\($0.location.start?.line ?? 0)" }
    #expect(found.sorted() == expected, "\(text)")
  }

  // MARK: Shell in manifests

  @Test func `shell in workflows keeps its place, its order and its variables`() throws {
    let manifests = try Self.manifests([
      ".github/workflows/a.yml": """
      defaults: {run: {shell: sh}}
      jobs:
        a:
          strategy: {matrix: {version: ['1.0', '2.0']}}
          env: {LEVEL: high}
          steps:
            - run: pip install torch==${{ matrix.version }}
            - run: |
                echo one
                pip install numpy
            - shell: pwsh
              run: Get-Item
      """
    ])
    #expect(manifests.fragments.count == 3)
    let first = manifests.fragments[0]
    #expect(first.interpreter == .sh)
    #expect(first.sequence == "a")
    #expect(first.variables["matrix.version"] == [ShellValue("1.0"), ShellValue("2.0")])
    #expect(first.variables["LEVEL"] == [ShellValue("high")])
    let second = manifests.fragments[1]
    guard case .text(let bytes) = second.body else { throw MissingText() }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text == "echo one\npip install numpy\n")
    #expect(second.positions.position(9) == TextPosition(line: 10, column: 11))
    #expect(second.positions.position(13) == TextPosition(line: 10, column: 15))
    #expect(manifests.fragments[2].interpreter == .powershell)
  }

  struct MissingText: Error {}

  @Test func `shell is found in every kind of configuration`() throws {
    let manifests = try Self.manifests([
      ".gitlab-ci.yml": "a:\n  script:\n    - one\n    - [two]\n",
      "package.json": "{\"scripts\": {\"build\": \"three\"}}",
      "cog.yaml": "build:\n  run:\n    - four\n    - command: five\n",
      ".pre-commit-config.yaml":
        "repos:\n- repo: local\n  hooks:\n  - {id: a, language: system, entry: six}\n",
      "docker-compose.yml": "services:\n  a:\n    image: x\n    command: [seven, eight]\n",
      "tox.ini": "[testenv]\ncommands =\n  nine\n  - ten\n",
      "pyproject.toml": "[tool.poe.tasks]\na = \"eleven\"\n",
      "Taskfile.yml": "tasks:\n  a:\n    cmds:\n      - twelve\n",
      ".devcontainer.json": "{\"postCreateCommand\": \"thirteen\"}",
    ])
    let text = manifests.fragments.map { fragment in
      switch fragment.body {
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .arguments(let words): words.compactMap { $0.values.first?.text }.joined(separator: " ")
      }
    }.joined(separator: "|")
    for word in [
      "one", "two", "three", "four", "five", "six", "seven eight", "nine\nten", "eleven", "twelve",
      "thirteen",
    ] {
      #expect(text.contains(word), "\(word) in \(text)")
    }
  }

  // MARK: Hostile input

  @Test func `mutated manifests and lock files never crash a reader`() throws {
    var random = TestRandom(seed: 0x6D_61_6E)
    var found = 0
    for (files, _) in Self.locks + Self.others.map({ ([$0.0: $0.1], [:]) }) {
      for _ in 0..<25 {
        var mutated: [String: [UInt8]] = [:]
        for (name, text) in files {
          var bytes = Array(text.utf8)
          for _ in 0...Int.random(in: 0..<5, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2:
              bytes.insert(
                Array("[]{}()=\"'#@:,$\n".utf8).randomElement(using: &random) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
          }
          mutated[name] = bytes
        }
        found += Manifests(try Self.repository(mutated)).dependencies.count
      }
    }
    #expect(found > 100)
  }

  static let others: [(String, String)] = [
    ("setup.cfg", "[options]\ninstall_requires =\n  a>=1\n  b; python_version<'3'\n"),
    ("go.mod", "module x\nrequire (\n\texample.org/a v1.0.0 // indirect\n)\nreplace a => ../a\n"),
    ("Dockerfile", "ARG V=1\nFROM a:${V} AS b\nCOPY --from=c:1 /x /y\nRUN --mount=from=d true\n"),
    (
      "recipe/meta.yaml",
      "{% set v = \"1\" %}\nrequirements:\n  run:\n    - a >=1  # [linux]\n    - b {{ v }}\n"
    ),
    (
      ".devcontainer/devcontainer.json",
      "{ // c\n \"image\": \"a:1\", /* x */ \"features\": {\"g.io/a/b:1\": {}},\n}"
    ),
    ("README.md", "---\nsdk: gradio\nsdk_version: 4.0\n---\n# x\n"),
    ("Gemfile", "gem 'a', '~> 1', git: \"https://x\", ref: 'y' # c\n"),
    (
      "Package.swift",
      ".package(url: \"https://a\", .upToNextMajor(from: \"1.0.0\"))\n.binaryTarget(url: \"x\", checksum: \"y\")"
    ),
    (
      ".gitmodules",
      "[submodule \"a\"]\n\tpath = a\n\turl = https://example.org/a\n\tbranch = main\n"
    ),
    ("noxfile.py", "def t(session):\n  session.install('a', '-r', 'b.txt', *X)\n"),
    ("Singularity.def", "Bootstrap: docker\nFrom: ubuntu:22.04\n%post\n  x\n"),
    (
      "azure-pipelines.yml",
      "resources:\n  containers:\n  - image: a:1\nsteps:\n- task: T@1\n- script: x\n"
    ),
    (
      ".circleci/config.yml",
      "orbs: {a: b/c@1}\njobs:\n  x:\n    docker: [{image: a}]\n    steps: [run: x]\n"
    ),
    ("chart/values.yaml", "image: {repository: a/b, tag: '1', digest: ''}\n"),
    ("chart/Chart.yaml", "name: x\n"),
  ]

  @Test func `large hostile manifests take linear time`() throws {
    let many = 5_000
    let files = [
      "requirements.txt": String(repeating: "a\\\n", count: many),
      "a/requirements.txt": String(repeating: "-r b.txt\n", count: many),
      "a/b.txt": String(repeating: "-r requirements.txt\n", count: many),
      "Package.swift": String(repeating: ".package(", count: many),
      "setup.py": "a = []\n" + String(repeating: "a += a\n", count: many)
        + "setup(install_requires=a)",
      ".github/workflows/a.yml": "jobs: {a: {steps: ["
        + String(repeating: "{uses: a@b},", count: many) + "]}}",
      "b/.devcontainer.json": String(repeating: "/*", count: many),
      "Gemfile": "gem " + String(repeating: "'", count: many),
      "tox.ini": "[testenv]\ndeps=\n" + String(repeating: " a\n", count: many),
    ]
    let manifests = try Self.manifests(files)
    #expect(manifests.dependencies.count > many)
  }
}
