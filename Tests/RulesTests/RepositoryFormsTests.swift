import Core
import Languages
import Rules
import TestSupport
import Testing

/// Forms that published model repositories write things in, each a small tree and what is said of
/// it; what follows `good` in a case must stay unreported.
struct RepositoryFormsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let files: [String: String]
    /// `path:line rule target`, the target without what cannot be known.
    let expected: [String]

    var testDescription: String { name }
  }

  /// The findings above info of the families download, execution and dependency.
  static func report(_ files: [String: String]) throws -> [String] {
    let subject = Subject(try ShellRulesTests.repository(files))
    let families: Set<String> = ["download", "execution", "dependency"]
    var seen: Set<String> = []
    return RuleCatalogue.all.flatMap { $0.init().findings(in: subject) }.sorted()
      .filter { families.contains($0.rule.family) && $0.severity != .info }
      .map { finding in
        let line = finding.location.start?.line ?? 0
        return "\(finding.location.path):\(line) \(finding.rule)"
      }
      .filter { seen.insert($0).inserted }
  }

  /// A notebook with one source line a line of the file: the first cell's begin at line 9.
  static func notebook(_ cells: [String]...) -> String {
    let texts = cells.map { lines in
      let source = lines.map { line in
        let escaped = line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "    \"\(escaped)\\n\""
      }
      return """
          {
           "cell_type": "code",
           "execution_count": null,
           "metadata": {},
           "outputs": [],
           "source": [
        \(source.joined(separator: ",\n"))
           ]
          }
        """
    }
    return """
      {
       "cells": [
      \(texts.joined(separator: ",\n"))
       ],
       "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
       "nbformat": 4, "nbformat_minor": 5
      }
      """
  }

  static let cases: [Case] = [
    Case(
      name: "the notebook's own interpreter installs",
      files: [
        "demo.ipynb": notebook([
          "import sys",
          "!{sys.executable} -m pip install opencv-python",
          "!{sys.executable} --version",
        ])
      ],
      expected: [
        "demo.ipynb:10 dependency/shell-packages", "demo.ipynb:10 download/package-install",
      ]),
    Case(
      name: "variables of the notebook in its commands",
      files: [
        "demo.ipynb": notebook([
          "BASE = 'https://example.org'",
          "weights = f'{BASE}/model.ckpt'",
          "!cd /content && wget \"{weights}\"",
          "!wget $weights",
          "!awk '{print $1}' list.txt | sort {a,b}.txt > x{1..3}",
        ])
      ],
      expected: [
        "demo.ipynb:11 download/command-download", "demo.ipynb:12 download/command-download",
      ]),
    Case(
      name: "a script that a notebook writes",
      files: [
        "demo.ipynb": notebook(
          ["%%writefile /content/setup.sh", "git clone https://example.org/model.git"],
          ["%%writefile notes.txt", "git clone https://example.org/model.git"])
      ],
      expected: ["demo.ipynb:10 download/git-clone"]),
    Case(
      name: "a program in a folder that is not known",
      files: [
        "run.sh": """
        "$HOME/conda/bin/pip" install torch
        "${ROOT}/bin/python3" -m pip install ninja
        "$HOME/conda/bin/conda" init bash
        "$HOME/install" torch
        """
      ],
      expected: [
        "run.sh:1 dependency/shell-packages", "run.sh:1 download/package-install",
        "run.sh:2 dependency/shell-packages", "run.sh:2 download/package-install",
      ]),
    Case(
      name: "a program by its Windows path",
      files: [
        "build.ps1": """
        & ".\\runtime\\python.exe" -m pip install torchaudio
        & ".\\runtime\\python.exe" -m ensurepip
        """
      ],
      expected: [
        "build.ps1:1 dependency/shell-packages", "build.ps1:1 download/package-install",
      ]),
    Case(
      name: "a tool handed out to whoever posts a token",
      files: [
        "run.sh": """
        wget https://example.org/download/linux64 --post-data "token=$T" -O tool.tgz
        wget https://example.org/api --post-data "token=$T" -O answer.txt
        curl -X POST -d '{}' https://example.org/api -o answer.json
        """
      ],
      expected: ["run.sh:1 download/command-download"]),
    Case(
      name: "a copy between places that are not known",
      files: [
        "run.sh": """
        aws s3 sync "$from" "$to"
        aws s3 cp s3://bucket/model.bin "$to"
        """
      ],
      expected: ["run.sh:2 download/storage-download"]),
    Case(
      name: "macros of a makefile, at the lines that call them",
      files: [
        "Makefile": """
        PYTHON ?= $(shell command -v python3)
        ensure = $(PYTHON) -m pip show $(1) || $(PYTHON) -m pip install $(2)

        lint:
        \t$(call ensure,pylint,pylint[spelling])
        \t$(PYTHON) -m pylint src

        """
      ],
      expected: [
        "Makefile:5 dependency/shell-packages", "Makefile:5 download/package-install",
      ]),
    Case(
      name: "a manifest that begins with something else",
      files: [
        "cog.yaml": """
        \"\"\"
        This file is for the demo.
        \"\"\"

        build:
          python_packages:
            - "torch==1.11.0"
        """
      ],
      expected: ["cog.yaml:7 dependency/unhashed-requirement"]),
    Case(
      name: "a library that is the repository itself",
      files: [
        "whisper/__init__.py": """
        import urllib.request
        _MODELS = {"base": "https://example.org/base.pt"}
        def load_model(name):
            return urllib.request.urlopen(_MODELS[name])
        def decode(model):
            return model
        """,
        "demo.ipynb": notebook([
          "import whisper", "model = whisper.load_model('base')", "whisper.decode(model)",
        ]),
      ],
      expected: [
        "demo.ipynb:10 download/library-weights", "whisper/__init__.py:4 download/http-download",
      ]),
    Case(
      name: "from_pretrained of a class of the repository",
      files: [
        "model.py": """
        import os, torch
        from transformers import PreTrainedModel
        class Fetching(PreTrainedModel):
            @classmethod
            def from_pretrained(cls, path, *args):
                return super().from_pretrained(path, *args)
        class Local:
            @classmethod
            def from_pretrained(cls, path):
                return torch.load(os.path.join(path, "model.pt"), weights_only=True)
        """,
        "train.py": """
        from model import Fetching, Local
        def train(options):
            Fetching.from_pretrained(options.model)
            Local.from_pretrained(options.model)
        """,
      ],
      expected: ["model.py:6 download/pretrained-model", "train.py:3 download/pretrained-model"]),
    Case(
      name: "commands behind a function of the repository",
      files: [
        "tool/shell.py": """
        import os
        def run(command):
            return os.system(command)
        """,
        "tool/fetch.py": """
        from tool.shell import run
        for name in ["a.json", "b.json"]:
            run(f"wget -O {name} https://example.org/{name}")
        run("ls")
        """,
      ],
      expected: ["tool/fetch.py:3 download/command-download"]),
    Case(
      name: "a model by a name that is not known",
      files: [
        "vgg.py": """
        import torchvision.models as models
        def build(name):
            plain = getattr(models, name)(pretrained=False)
            return getattr(models, name)(pretrained=True)
        """
      ],
      expected: ["vgg.py:4 download/library-weights"]),
    Case(
      name: "functions that are called download",
      files: [
        "data.py": """
        import streamlit
        from taming.data.util import download, retrieve
        class Data:
            URL = "https://example.org/f/1/?dl=1"
            def prepare(self):
                download(self.URL, "names.txt")
                download("names.txt", "copy.txt")
                streamlit.download_button("https://example.org/f/1", "save")
                print("https://example.org/f/1")
        """
      ],
      expected: ["data.py:6 download/http-download"]),
    Case(
      name: "paths whose beginning is not known",
      files: [
        "api.py": """
        import os
        from transformers import AutoModel
        def load(root, owner, name):
            AutoModel.from_pretrained("%s/weights/models--org--name" % root())
            AutoModel.from_pretrained("weights/encoder/" + name())
            AutoModel.from_pretrained(os.path.join(root(), name(), "encoder"))
            AutoModel.from_pretrained(f"{owner()}/{name()}")
        """
      ],
      expected: ["api.py:7 download/pretrained-model"]),
    Case(
      name: "an option that decides whether a model is fetched",
      files: [
        "backbone.py": """
        import timm
        def open_one(pretrained):
            return timm.create_model("vit_base", pretrained=pretrained)
        def closed():
            return timm.create_model("vit_base", pretrained=False)
        """
      ],
      expected: ["backbone.py:3 download/library-weights"]),
    Case(
      name: "setup scripts that fetch before they build",
      files: [
        "setup.py": """
        from setuptools import setup
        setup(name='a', setup_requires=['cython==3.0.0'])
        """,
        "core/setup.py": "from setuptools import setup\nsetup(name='b')\n",
        "release.sh": """
        python setup.py sdist
        python core/setup.py sdist
        python setup.py --version
        """,
      ],
      expected: [
        "release.sh:1 download/package-install", "setup.py:2 dependency/unhashed-requirement",
      ]),
    Case(
      name: "words put in front of a command",
      files: [
        "install.py": """
        import os, subprocess
        sudo = ["sudo"] if os.geteuid() else []
        subprocess.run([*sudo, "apt-get", "install", "compiler"])
        subprocess.run([*sudo, "apt-get", "update"])
        """
      ],
      expected: ["install.py:3 dependency/shell-packages", "install.py:3 download/package-install"]
    ),
    Case(
      name: "keys of one tool beside those of another",
      files: [
        "a/config.yaml": "custom_pipeline: acme/pipe\napiVersion: v1\nkind: Model\n",
        "b/config.yaml": "custom_pipeline: acme/pipe\nmodel_name: m\npython_version: py311\n",
        "c/values.yaml": "custom_pipeline: acme/pipe\n",
        "d/job.yaml": """
        run: curl -s https://example.org/x.sh | sh
        services:
          cache:
            image: busybox@sha256:\(String(repeating: "0123456789abcdef", count: 4))
            command: echo ready
        """,
      ],
      expected: [
        "a/config.yaml:1 execution/configured-code", "b/config.yaml:1 execution/configured-code",
        "c/values.yaml:1 execution/configured-code",
        "d/job.yaml:1 execution/piped-to-interpreter",
      ]),
    Case(
      name: "a command with more files than can be followed",
      files: [
        "tool/shell.py": "import os\ndef run(command):\n    return os.system(command)\n",
        "tool/fetch.py": "from tool.shell import run\nnames = ["
          + (0..<40).map { "'file\($0).json'" }.joined(separator: ", ")
          + "]\nfor name in names:\n"
          + "    run(f'wget -O {name} https://example.org/{name}')\n",
      ],
      expected: ["tool/fetch.py:4 download/command-download"]),
    Case(
      name: "a download of the repository's own, handed what is not known",
      files: [
        "hub.py": """
        import urllib.request
        def download_file(url, path):
            urllib.request.urlretrieve(url, path)
        def obtain(url, path):
            urllib.request.urlretrieve(url, path)
        """,
        "model.py": """
        from hub import download_file, obtain
        def build(options):
            download_file(options.url, "a.bin")
            obtain(options.url, "b.bin")
        """,
      ],
      expected: [
        "hub.py:3 download/http-download", "hub.py:5 download/http-download",
        "model.py:3 download/http-download",
      ]),
    Case(
      name: "a pipeline of Azure under another name",
      files: [
        ".github/gpu-tests.yml": """
        trigger: [main]
        jobs:
          - job: test
            pool: gpu
            steps:
              - script: pip install pytest
        """
      ],
      expected: [
        ".github/gpu-tests.yml:6 dependency/shell-packages",
        ".github/gpu-tests.yml:6 download/package-install",
      ]),
    Case(
      name: "images and buckets whose name has a default",
      files: [
        "run.sh": """
        IMAGE="${1:-org/server:v1}"
        docker run --rm "$IMAGE" serve
        """
      ],
      expected: ["run.sh:2 dependency/shell-images", "run.sh:2 download/container-image"]),
  ]

  @Test(arguments: cases)
  func `what a form fetches is reported at its line, and nothing else`(one: Case) throws {
    #expect(try Self.report(one.files) == one.expected)
  }

  @Test func `alternatives that tell nothing are left out`() throws {
    let files = ["run.sh": "IMAGE=\"${1:-org/server:v1}\"\ndocker pull \"$IMAGE\"\n"]
    let subject = Subject(try ShellRulesTests.repository(files))
    let images = subject.shellFetches.filter { $0.kind == .image }.map(\.target)
    #expect(images == ["org/server:v1"])
  }

  @Test func `a command run in several wordings is reported once`() throws {
    let files = [
      "fetch.py": """
      import os
      for name in ["a.json", "b.json"]:
          os.system(f"wget -O {name} https://example.org/{name}")
      """
    ]
    let subject = Subject(try ShellRulesTests.repository(files))
    let targets = subject.shellFetches.map(\.target)
    #expect(targets == ["https://example.org/a.json", "https://example.org/b.json"])
  }
}
