import Testing

/// Commands behind other names, in other files and in first lines, each a small tree and what is said of
/// it.
struct CommandFormsTests {
  private static let commit = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
  private static let digest =
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

  static let cases: [RepositoryFormsTests.Case] = [
    RepositoryFormsTests.Case(
      name: "commands behind a name that is not known",
      files: [
        "run.sh": """
        #!/bin/bash
        retry 3 wget https://example.org/m.bin
        travis_retry pip install torch
        run_cmd sudo pip install torch
        run_cmd "pip install torch"
        $SUDO apt-get install -y ffmpeg
        ./tools/again.sh 5 git clone https://example.org/model.git

        """
      ],
      expected: [
        "run.sh:2 download/command-download",
        "run.sh:3 dependency/shell-packages",
        "run.sh:3 download/package-install",
        "run.sh:4 dependency/shell-packages",
        "run.sh:4 download/package-install",
        "run.sh:5 dependency/shell-packages",
        "run.sh:5 download/package-install",
        "run.sh:6 dependency/shell-packages",
        "run.sh:6 download/package-install",
        "run.sh:7 download/git-clone",
      ]),
    RepositoryFormsTests.Case(
      name: "names of programs that are only mentioned",
      files: [
        "run.sh": """
        #!/bin/bash
        echo wget https://example.org/m.bin
        log_info pip install torch
        : curl https://example.org/m.bin
        command -v wget
        which curl wget
        man wget
        require wget curl
        check_tools git clone
        die "pip install torch failed"
        run_cmd "see https://example.org"
        show wget curl

        """
      ],
      expected: []),
    RepositoryFormsTests.Case(
      name: "functions of a file that is taken in",
      files: [
        "lib/fetch.sh": """
        get() {
          curl -L "$1" -o "$2"
        }
        tools() { pip install torch==2.1.0; }

        """,
        "run.sh": """
        #!/bin/bash
        source "$(dirname "$0")/lib/fetch.sh"
        get https://example.org/i.sh i.sh
        bash i.sh
        tools

        """,
        "other.sh": """
        . lib/none.sh
        get https://example.org/i.sh i.sh

        """,
      ],
      expected: [
        "lib/fetch.sh:2 download/command-download",
        "lib/fetch.sh:4 dependency/shell-packages",
        "lib/fetch.sh:4 download/package-install",
        "run.sh:3 execution/downloaded-then-run",
      ]),
    RepositoryFormsTests.Case(
      name: "a first line that installs",
      files: [
        "tool": """
        #!/usr/bin/env -S uv run --with torch python
        print(1)

        """,
        "x.sh": """
        #!/usr/bin/env nix-shell
        #! nix-shell -i bash -p curl python3
        echo

        """,
        "plain": """
        #!/usr/bin/env python3
        print(1)

        """,
      ],
      expected: [
        "tool:1 dependency/shell-packages",
        "tool:1 download/package-install",
        "x.sh:2 dependency/shell-packages",
        "x.sh:2 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "dependencies of a single script",
      files: [
        "x.py": """
        # /// script
        # requires-python = ">=3.11"
        # dependencies = [
        #   "torch",
        #   "numpy==1.26.4",
        # ]
        # ///
        import torch

        """,
        "y.py": """
        text = \"""
        # /// script
        not a block
        \"""

        """,
      ],
      expected: [
        "x.py:4 dependency/unpinned-requirement",
        "x.py:5 dependency/unhashed-requirement",
      ]),
    RepositoryFormsTests.Case(
      name: "what jobs of a cluster run in",
      files: [
        "job.sbatch": """
        #!/bin/bash
        srun --container-image=nvcr.io#nvidia/pytorch:23.10-py3 python x.py
        srun --container-image image.sqsh --container-mounts /data:/data wget https://example.org/m.bin
        srun --container-image=org/x@sha256:\(digest) python x.py

        """
      ],
      expected: [
        "job.sbatch:2 dependency/shell-images",
        "job.sbatch:2 download/container-image",
        "job.sbatch:3 download/command-download",
      ]),
    RepositoryFormsTests.Case(
      name: "hooks of git",
      files: [
        ".husky/pre-commit": """
        npx lint-staged

        """,
        "hooks/readme": """
        npx lint-staged

        """,
        ".githooks/post-merge": """
        pip install torch

        """,
      ],
      expected: [
        ".githooks/post-merge:1 dependency/shell-packages",
        ".githooks/post-merge:1 download/package-install",
        ".husky/pre-commit:1 dependency/shell-packages",
        ".husky/pre-commit:1 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "what an image runs with its arguments",
      files: [
        "run.sh": """
        docker run --gpus all vllm/vllm-openai@sha256:\(digest) --model org/model --port 80
        docker run ghcr.io/ggml-org/llama.cpp:server@sha256:\(digest) -hf org/model
        docker run --entrypoint bash vllm/vllm-openai@sha256:\(digest) --model org/model

        """
      ],
      expected: [
        "run.sh:1 download/hub-command",
        "run.sh:2 download/hub-command",
      ]),
    RepositoryFormsTests.Case(
      name: "images that the repository builds",
      files: [
        "run.sh": """
        docker build -t app .
        docker run app:latest
        docker build -t "org/app:$TAG" .
        docker run docker.io/org/app:1.0
        docker run other/app
        docker run redis:7

        """
      ],
      expected: [
        "run.sh:5 dependency/shell-images",
        "run.sh:5 download/container-image",
        "run.sh:6 dependency/shell-images",
        "run.sh:6 download/container-image",
      ]),
    RepositoryFormsTests.Case(
      name: "commits that git is told",
      files: [
        "run.sh": """
        git fetch --depth 1 origin \(commit)
        git checkout FETCH_HEAD

        """,
        "open.sh": """
        git fetch origin main
        git checkout FETCH_HEAD

        """,
        "x.py": """
        import subprocess
        subprocess.run(["git", "clone", "https://example.org/model.git", "model"])
        subprocess.run(["git", "checkout", "\(commit)"], cwd="model")

        """,
        "y.py": """
        import subprocess
        subprocess.run(["git", "clone", "https://example.org/model.git", "model"])

        """,
      ],
      expected: [
        "open.sh:1 download/git-clone",
        "y.py:2 download/git-clone",
      ]),
    RepositoryFormsTests.Case(
      name: "digests that tools compare",
      files: [
        "run.sh": """
        aria2c --checksum=sha-256=\(digest) https://example.org/m.bin
        aria2c --checksum=md5=d41d8cd98f00b204e9800998ecf8427e https://example.org/n.bin
        aria2c --checksum=sha-256=abc https://example.org/o.bin

        """,
        "get.ps1": """
        Invoke-WebRequest -Uri https://example.org/m.zip -OutFile m.zip
        if ((Get-FileHash m.zip -Algorithm SHA256).Hash -ne "\(digest.uppercased())") { throw "bad" }
        Expand-Archive m.zip

        """,
        "weak.ps1": """
        Invoke-WebRequest -Uri https://example.org/m.zip -OutFile m.zip
        if ((Get-FileHash m.zip -Algorithm MD5).Hash -ne "d41d8cd98f00b204e9800998ecf8427e") { throw "bad" }
        Expand-Archive m.zip

        """,
        "passing.ps1": """
        Invoke-WebRequest -Uri https://example.org/m.zip -OutFile m.zip
        if ((Get-FileHash m.zip).Hash -ne "\(digest)") { Write-Host "odd" }
        Expand-Archive m.zip

        """,
      ],
      expected: [
        "passing.ps1:1 download/command-download",
        "run.sh:2 download/command-download",
        "run.sh:3 download/command-download",
        "weak.ps1:1 download/command-download",
      ]),
    RepositoryFormsTests.Case(
      name: "locks that installers believe",
      files: [
        "Gemfile.lock": """
        GEM
          remote: https://rubygems.org/
          specs:
            rake (13.0.1)

        CHECKSUMS
          rake (13.0.1) sha256=\(digest)

        """,
        "package-lock.json": """
        {"lockfileVersion": 3, "packages": {"": {}, "node_modules/typescript": {"version": "5.0.4", "bin": {"tsc": "bin/tsc"}}}}
        """,
        "run.sh": """
        bundle install --jobs 4
        npx tsc -p .
        npx eslint .
        pnpm exec eslint .
        pip install -e .
        pip install ./dist/model.whl
        uv sync

        """,
      ],
      expected: [
        "run.sh:3 dependency/shell-packages",
        "run.sh:3 download/package-install",
        "run.sh:5 download/package-install",
        "run.sh:6 download/package-install",
        "run.sh:7 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "installers that were not known",
      files: [
        "run.sh": """
        pixi global install ruff
        pip-sync
        terraform init
        b2 download-file b2://bucket/model.bin model.bin
        megadl https://mega.nz/file
        lm_eval --model hf --model_args pretrained=org/model,dtype=float
        lm_eval --model hf --model_args pretrained=org/model,revision=\(commit)
        accelerate launch train.py --model_name_or_path org/model --output_dir out/model

        """,
        "setup.ps1": """
        Install-Module Tools -Force
        Install-Module Tools -RequiredVersion 1.2.3
        Start-Process pip -ArgumentList "install","torch" -Wait

        """,
      ],
      expected: [
        "run.sh:1 dependency/shell-packages",
        "run.sh:1 download/package-install",
        "run.sh:2 download/package-install",
        "run.sh:3 download/package-install",
        "run.sh:4 download/storage-download",
        "run.sh:5 download/storage-download",
        "run.sh:6 download/hub-command",
        "setup.ps1:1 dependency/shell-packages",
        "setup.ps1:1 download/package-install",
        "setup.ps1:2 dependency/shell-packages",
        "setup.ps1:2 download/package-install",
        "setup.ps1:3 dependency/shell-packages",
        "setup.ps1:3 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "words that are handed on twice",
      files: [
        "run.sh": """
        run() { "$@" > log; }
        again() { run "$@" || run "$@"; }
        again pip install torch
        """
      ],
      expected: [
        "run.sh:3 dependency/shell-packages", "run.sh:3 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "what installers print",
      files: [
        "run.sh": """
        #!/bin/bash
        pip install torch 2>&1 | tee install.sh
        eval "$(pip install torch)"
        bash install.sh
        """
      ],
      expected: [
        "run.sh:2 dependency/shell-packages", "run.sh:2 download/package-install",
        "run.sh:3 dependency/shell-packages", "run.sh:3 download/package-install",
      ]),
    RepositoryFormsTests.Case(
      name: "commands in commands",
      files: [
        "run.sh": """
        eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval eval wget https://example.org/m.bin

        """
      ],
      expected: [
        "run.sh:1 execution/unfollowed-shell"
      ]),
    RepositoryFormsTests.Case(
      name: "many wrappers",
      files: [
        "run.sh": String(repeating: "sudo ", count: 100) + String(repeating: "env ", count: 300)
          + "wget https://example.org/m.bin"
      ],
      expected: [
        "run.sh:1 download/command-download"
      ]),
    RepositoryFormsTests.Case(
      name: "text that doubles",
      files: [
        "run.sh": """
        a="wget https://example.org/m.bin;"
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        a=$a$a
        eval "$a"

        """
      ],
      expected: [
        "run.sh:0 execution/unfollowed-shell"
      ]),
    RepositoryFormsTests.Case(
      name: "a quote that never closes",
      files: [
        "run.sh": String(repeating: "eval '", count: 2_001)
      ],
      expected: [
        "run.sh:1 execution/unfollowed-shell"
      ]),
    RepositoryFormsTests.Case(
      name: "functions in functions",
      files: [
        "run.sh": """
        f0() { f1 "$1"; }
        f1() { f2 "$1"; }
        f2() { f3 "$1"; }
        f3() { f4 "$1"; }
        f4() { f5 "$1"; }
        f5() { f6 "$1"; }
        f6() { f7 "$1"; }
        f7() { f8 "$1"; }
        f8() { f9 "$1"; }
        f9() { f10 "$1"; }
        f10() { f11 "$1"; }
        f11() { f12 "$1"; }
        f12() { f13 "$1"; }
        f13() { f14 "$1"; }
        f14() { f15 "$1"; }
        f15() { f16 "$1"; }
        f16() { f17 "$1"; }
        f17() { f18 "$1"; }
        f18() { f19 "$1"; }
        f19() { f20 "$1"; }
        f20() { f21 "$1"; }
        f21() { f22 "$1"; }
        f22() { f23 "$1"; }
        f23() { f24 "$1"; }
        f24() { f25 "$1"; }
        f25() { f26 "$1"; }
        f26() { f27 "$1"; }
        f27() { f28 "$1"; }
        f28() { f29 "$1"; }
        f29() { f30 "$1"; }
        f30() { curl "$1" | sh; }
        f0 https://example.org/i

        """
      ],
      expected: [
        "run.sh:8 execution/unfollowed-shell",
        "run.sh:31 execution/piped-to-interpreter",
      ]),
    RepositoryFormsTests.Case(
      name: "programs of an image and their arguments in a Dockerfile",
      files: [
        "Dockerfile": """
        FROM vllm/vllm-openai@sha256:\(digest)
        CMD ["--model", "org/model"]

        """,
        "server.Dockerfile": """
        FROM org/base@sha256:\(digest)
        ENTRYPOINT ["python3", "-m", "vllm.entrypoints.openai.api_server"]
        CMD ["--model", "org/model"]

        """,
        "other.Dockerfile": """
        FROM org/base@sha256:\(digest)
        CMD ["--model", "org/model"]

        """,
      ],
      expected: [
        "Dockerfile:2 download/hub-command",
        "server.Dockerfile:3 download/hub-command",
      ]),
    RepositoryFormsTests.Case(
      name: "Terraform and Nextflow",
      files: [
        "main.tf": """
        module "a" {
          source = "git::https://github.com/org/module"
        }
        module "b" {
          source = "./module"
        }
        """,
        "main.nf": """
        process a {
          conda 'bioconda::tool=1.2 other'
        }
        process b {
          conda './environment.yml'
        }

        """,
      ],
      expected: [
        "main.nf:2 dependency/unpinned-requirement",
        "main.tf:2 dependency/unpinned-git-dependency",
      ]),
    RepositoryFormsTests.Case(
      name: "what tools fetch by themselves",
      files: [
        "run.sh": """
        python -m unidic download
        argospm install translate-en_de
        whisper speech.mp3 --model large
        whisper --help
        php composer.phar require org/package
        php composer.phar validate
        llm install llm-plugin
        perl -MLWP::Simple -e 'getstore("https://example.org/m", "m")'
        wget https://example.org/m
        yolo predict model=yolo11n.pt source=image.jpg
        yolo predict model=runs/train/best.pt
        yolo export model=best.onnx

        """,
        "setup.bat": """
        start /wait msiexec /i https://example.org/a.msi
        start "" notepad.exe

        """,
      ],
      expected: [
        "run.sh:1 download/hub-command",
        "run.sh:2 download/hub-command",
        "run.sh:3 download/hub-command",
        "run.sh:5 dependency/shell-packages",
        "run.sh:5 download/package-install",
        "run.sh:7 dependency/shell-packages",
        "run.sh:7 download/package-install",
        "run.sh:8 download/command-download",
        "run.sh:9 download/command-download",
        "run.sh:10 download/hub-command",
        "setup.bat:1 download/command-download",
      ]),
  ]

  @Test(arguments: cases)
  func `what a form fetches is reported at its line, and nothing else`(
    one: RepositoryFormsTests.Case
  ) throws {
    #expect(try RepositoryFormsTests.report(one.files) == one.expected)
  }
}
