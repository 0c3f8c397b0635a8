import Core
import Rules
import TestSupport
import Testing

/// What configurations name, and what is said where one cannot be read.
struct ConfigurationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    /// `path:line rule severity`.
    let expected: [String]

    var testDescription: String { name }
  }

  private static let families: Set<String> = ["download", "execution", "repository", "dependency"]

  static func report(_ files: [String: String]) throws -> [String] {
    let subject = Subject(try ShellRulesTests.repository(files))
    return RuleCatalogue.all.flatMap { $0.init().findings(in: subject) }.sorted()
      .filter { finding in
        // The trees of these tests hold no files, as they would on a disk.
        families.contains(finding.rule.family) && finding.rule != "repository/dangling-link"
          && finding.severity != .info
      }
      .map { finding in
        let line = finding.location.start?.line ?? 0
        return "\(finding.location.path):\(line) \(finding.rule) \(finding.severity)"
      }
  }

  @Test(arguments: damaged + named + addresses)
  func `what is named is reported, and nothing else`(item: Case) throws {
    let found = try Self.report(item.files)
    #expect(found == item.expected)
  }

  static let commit = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
  static let digest = String(repeating: "0123456789abcdef", count: 4)

  static let damaged: [Case] = [
    Case(
      name: "a superfluous comma hides nothing",
      files: ["config.json": "{\"auto_map\": {\"AutoModel\": \"org/code--m.M\"},\n}"],
      expected: [
        "config.json:1 execution/foreign-auto-map critical",
        "config.json:2 repository/unparsed-configuration medium",
      ]),
    Case(
      name: "documents that end too early",
      files: [
        "adapter_config.json": "{\"base_model_name_or_path\": \"org/base\"",
        "other.json": "{\"a\": [1, 2",
        "demo.ipynb": "{\"cells\": [{\"cell_type\": \"code\"",
        "data.toml": "[a\n",
        "run.yaml": "a: [1, 2\n",
      ],
      expected: [
        "adapter_config.json:1 repository/unparsed-configuration medium",
        "data.toml:1 repository/unparsed-configuration low",
        "demo.ipynb:1 repository/unparsed-configuration medium",
        "other.json:1 repository/unparsed-configuration low",
        "run.yaml:2 repository/unparsed-configuration low",
      ]),
    Case(
      name: "nesting without an end",
      files: ["config.json": String(repeating: "[", count: 100_000)],
      expected: ["config.json:1 repository/unparsed-configuration medium"]),
    Case(
      name: "a configuration that is blown up",
      files: [
        "config.json": "{\"auto_map\": {\"AutoModel\": \"org/code--m.M\"}"
          + String(repeating: " ", count: 3 << 20) + "}"
      ],
      expected: ["config.json:1 execution/foreign-auto-map critical"]),
    Case(
      name: "what other tools read",
      files: [
        "config.json": "\u{FEFF}{\"a\": NaN, \"b\": -Infinity, \"c\": \"\\ud83d\"}",
        "rows.json": "{\"a\": 1}\n{\"a\": 2}\n",
        "empty.json": "",
        "tsconfig.json": "{\n  // strict\n  \"strict\": true,\n}\n",
        "templates/deploy.yaml": "{{- if .Values.on }}\nkind: X\n{{- end }}\n",
        "many.yaml": "a: 1\n---\nb: 2\n...\n",
        "tags.yaml": "a: !!python/tuple [1, 2]\nb: !custom {c: d}\n",
        "x.toml": "# nothing\n",
      ],
      expected: []),
    Case(
      name: "manifests that do not parse",
      files: [
        "Cargo.toml": "[dependencies\n", "dvc.yaml": "stages: [\n",
        "mise.toml": "[tools]\npython = \n", ".vscode/tasks.json": "{\"tasks\": [",
      ],
      expected: [
        ".vscode/tasks.json:1 repository/unreadable-manifest medium",
        "Cargo.toml:1 repository/unreadable-manifest medium",
        "dvc.yaml:2 repository/unreadable-manifest medium",
        "mise.toml:2 repository/unreadable-manifest medium",
      ]),
    Case(
      name: "lists of requirements that are not there",
      files: [
        "requirements.txt": "-r missing.txt\n-c ../limits.txt\n-r /etc/list.txt\n-r sub/base.txt\n",
        "sub/base.txt": "a==1.0 --hash=sha256:\(digest)\n-r more.lst\n",
        "sub/more.lst": "b==1.0 --hash=sha256:\(digest)\n",
        "setup.py":
          "from setuptools import setup\nsetup(install_requires=open('deps.txt').read())\n",
        "tox.ini": "[testenv]\ndeps =\n  -r none.txt\n",
        "environment.yml": "name: x\ndependencies:\n  - pip:\n    - -r away.txt\n",
      ],
      expected: [
        "environment.yml:4 repository/unreadable-manifest medium",
        "requirements.txt:1 repository/unreadable-manifest medium",
        "requirements.txt:2 repository/unreadable-manifest medium",
        "requirements.txt:3 repository/unreadable-manifest medium",
        "setup.py:2 repository/unreadable-manifest medium",
        "tox.ini:3 repository/unreadable-manifest medium",
      ]),
    Case(
      name: "lists of requirements that are there",
      files: [
        "setup.py":
          "from setuptools import setup\ndef read(f): return open(f).read().splitlines()\n"
          + "setup(install_requires=read('reqs/main.lst'))\n",
        "reqs/main.lst": "torch\n",
        "a.txt": "-r a.txt\n-r requirements.txt\n",
        "requirements.txt": "-r a.txt\n",
      ],
      expected: ["reqs/main.lst:1 dependency/unpinned-requirement medium"]),
  ]

  static let named: [Case] = [
    Case(
      name: "parts of a model",
      files: [
        "config.json": """
        {
          "_name_or_path": "org/from",
          "mm_vision_tower": "org/tower",
          "text_model_id": "org/text",
          "tokenizer_name": "bert-base-uncased",
          "hidden_act": "org/act",
          "tokenizer_class": "org/class"
        }
        """,
        "sub/config.json": """
        {
          "mm_vision_tower": "./tower",
          "audio_tower": "parts/tower",
          "image_tower": {"model_type": "clip"},
          "text_model_id": "/models/org/text",
          "tokenizer_name": "mine",
          "speech_name_or_path": "checkpoints/last",
          "base_model_name_or_path": "org/model/extra",
          "hub_model_id": "me/mine"
        }
        """,
        "sub/parts/tower/config.json": "{}",
      ],
      expected: [
        "config.json:3 download/configured-download medium",
        "config.json:4 download/configured-download medium",
        "config.json:5 download/configured-download medium",
      ]),
    Case(
      name: "recipes for training",
      files: [
        "axolotl.yml": """
        base_model: org/base
        datasets:
          - path: org/data
            type: alpaca
          - path: data/local.jsonl
            type: alpaca
        output_dir: ./out
        hub_model_id: me/mine
        """,
        "factory.yaml": """
        model_name_or_path: org/base
        model_revision: \(commit)
        stage: sft
        dataset: alpaca_en
        trust_remote_code: true
        """,
        "nemo.yaml": """
        model:
          tokenizer:
            pretrained_model_name: org/tokenizer
          restore_from_path: null
        """,
        "tune.yaml": """
        dataset:
          _component_: tune.datasets.instruct_dataset
          source: org/data
        source: org/other
        """,
        "accelerate.toml": "[model]\npretrained_model_name_or_path = \"org/base\"\n",
      ],
      expected: [
        "axolotl.yml:1 download/configured-download low",
        "axolotl.yml:3 download/configured-download low",
        "tune.yaml:3 download/configured-download low",
      ]),
    Case(
      name: "code that a recipe trusts",
      files: [
        "train.yaml": "base_model: org/base\nadapter: lora\ntrust_remote_code: true\n",
        "own.yaml": "model_id: org/base\ntrust_remote_code: true\n",
      ],
      expected: ["train.yaml:1 download/configured-download high"]),
    Case(
      name: "recipes for merging",
      files: [
        "merge.yaml": "merge_method: ties\nmodels:\n  - model: org/a\n  - model: ./local\n",
        "serve.yaml": "models:\n  - model: provider/name\n",
      ],
      expected: ["merge.yaml:3 download/configured-download low"]),
    Case(
      name: "modules that adapters have imported",
      files: [
        "a/adapter_config.json":
          "{\"auto_mapping\": {\"base_model_class\": \"X\",\n\"parent_library\": \"own.models\"}}",
        "a/own.py": "X = 1\n",
        "b/adapter_config.json":
          "{\"auto_mapping\": {\"parent_library\": \"transformers_modules.org.code\"}}",
        "c/adapter_config.json":
          "{\"auto_mapping\": {\"parent_library\": \"transformers.models.bert.modeling_bert\"}}",
        "d/adapter_config.json": "{\"auto_mapping\": null}",
      ],
      expected: [
        "a/adapter_config.json:2 execution/configured-code high",
        "b/adapter_config.json:1 execution/configured-code medium",
      ]),
    Case(
      name: "a list to choose from",
      files: [
        "zoo.json": "{"
          + (0..<40).map { "\"m\($0)\": {\"repo_id\": \"org/m\($0)\"}" }.joined(separator: ",")
          + "}"
      ],
      expected: []),
    Case(
      name: "one value that is named a thousand times",
      files: [
        "bomb.yaml": "base_model: org/base\nadapter: lora\na0: &a0 {model_id: org/base}\n"
          + (1..<24).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
      ],
      expected: [
        "bomb.yaml:1 download/configured-download low",
        "bomb.yaml:3 download/configured-download low",
      ]),
    Case(
      name: "code that configurations name",
      files: [
        "config.json": """
        {"custom_pipelines": {
          "a": {"impl": "org/code--p.P", "pt": ["AutoModel"]},
          "b": {"impl": "own.P"}}}
        """,
        "train.yaml": "attn_implementation: org/kernel\nother: org/kernel\n",
        "good.yaml": "attn_implementation: sdpa\ncustom_pipeline: ./mine\n",
      ],
      expected: [
        "config.json:2 execution/foreign-auto-map critical",
        "train.yaml:1 execution/configured-code critical",
      ]),
  ]

  @Test func `a list of addresses is told once`() throws {
    let text = (0..<500).map { "m\($0): https://example.org/\($0).ckpt\n" }.joined()
    let subject = Subject(try ShellRulesTests.repository(["zoo.yaml": text]))
    let found = ConfiguredAddress().findings(in: subject)
    #expect(
      found.map(\.message) == [
        "names 500 addresses of weights, https://example.org/0.ckpt the first of them"
      ])
  }

  static let addresses: [Case] = [
    Case(
      name: "addresses of weights",
      files: [
        "config.json": """
        {
          "weights": "https://example.org/m.safetensors?download=1",
          "files": ["s3://bucket/m.pth", "https://example.org/page.html"],
          "pretrained_url": "https://example.org/files/17",
          "url": "https://example.org/files/17",
          "c": "https://huggingface.co/org/m/resolve/main/weights",
          "d": "https://huggingface.co/org/m/resolve/\(commit)/m.bin",
          "e": "see https://example.org/m.ckpt for more",
          "f": "http://localhost:8000/m.ckpt",
          "g": "https://huggingface.co/org/m/resolve/main/picture.png",
          "h": {"url": "https://example.org/m.ckpt", "sha256": "\(digest)"}
        }
        """,
        "zoo.yaml": """
        a: https://example.org/m.ckpt
        """,
        "zoo.toml": "[m]\nfile = \"https://example.org/m.onnx\"\n",
      ],
      expected: [
        "config.json:2 download/configured-address medium",
        "config.json:3 download/configured-address medium",
        "config.json:4 download/configured-address medium",
        "config.json:6 download/configured-address medium",
      ])
  ]
}
