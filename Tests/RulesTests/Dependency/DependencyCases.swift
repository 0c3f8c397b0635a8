/// Every form of manifest with entries that fix what is fetched, and entries that do not.
enum DependencyCases {
  /// Where an entry is put: the path, the text with `%ENTRY%` in the place of the entry, and the
  /// line of the entry.
  static let forms: [String: (path: String, text: String, line: Int)] = [
    "requirements": (
      "requirements.txt",
      "# head\n%ENTRY%\n", 2
    ),
    "constraints": (
      "constraints.txt",
      "%ENTRY%\n", 1
    ),
    "setup.py": (
      "setup.py",
      "from setuptools import setup\nsetup(\n    name=\"x\",\n    install_requires=[\n        \"%ENTRY%\",\n    ],\n)\n",
      5
    ),
    "setup.py extras": (
      "setup.py",
      "from setuptools import setup\nextras = {}\nextras[\"dev\"] = [\n    \"%ENTRY%\",\n]\nsetup(name=\"x\", extras_require=extras)\n",
      4
    ),
    "setup.cfg": (
      "setup.cfg",
      "[options]\ninstall_requires =\n    %ENTRY%\n", 3
    ),
    "tox.ini": (
      "tox.ini",
      "[testenv]\ndeps =\n    %ENTRY%\n", 3
    ),
    "pyproject": (
      "pyproject.toml",
      "[project]\nname = \"x\"\ndependencies = [\n  \"%ENTRY%\",\n]\n", 4
    ),
    "pyproject extra": (
      "pyproject.toml",
      "[project.optional-dependencies]\ndev = [\n  \"%ENTRY%\",\n]\n", 3
    ),
    "pyproject group": (
      "pyproject.toml",
      "[dependency-groups]\ntest = [\n  \"%ENTRY%\",\n]\n", 3
    ),
    "pyproject build": (
      "pyproject.toml",
      "[build-system]\nrequires = [\"%ENTRY%\"]\n", 2
    ),
    "poetry": (
      "pyproject.toml",
      "[tool.poetry.dependencies]\npython = \"^3.10\"\n%ENTRY%\n", 3
    ),
    "pdm": (
      "pyproject.toml",
      "[tool.pdm.dev-dependencies]\ntest = [\"%ENTRY%\"]\n", 2
    ),
    "hatch": (
      "pyproject.toml",
      "[tool.hatch.envs.default]\ndependencies = [\n  \"%ENTRY%\",\n]\n", 3
    ),
    "uv source": (
      "pyproject.toml",
      "[project]\ndependencies = [\n  \"a\",\n]\n[tool.uv.sources]\na = %ENTRY%\n", 6
    ),
    "pixi": (
      "pixi.toml",
      "[dependencies]\n%ENTRY%\n", 2
    ),
    "Pipfile": (
      "Pipfile",
      "[packages]\n%ENTRY%\n", 2
    ),
    "conda": (
      "environment.yml",
      "name: x\nchannels: [conda-forge]\ndependencies:\n  - %ENTRY%\n", 4
    ),
    "conda pip": (
      "environment.yml",
      "name: x\ndependencies:\n  - pip=24.0=pyh0_0#00000000000000000000000000000000\n  - pip:\n    - %ENTRY%\n",
      5
    ),
    "recipe": (
      "recipe/meta.yaml",
      "{% set version = \"1\" %}\nrequirements:\n  run:\n    - %ENTRY%\n", 4
    ),
    "npm": (
      "package.json",
      "{\n  \"dependencies\": {\n    %ENTRY%\n  }\n}\n", 3
    ),
    "cargo": (
      "Cargo.toml",
      "[dependencies]\n%ENTRY%\n", 2
    ),
    "go": (
      "go.mod",
      "module x\n\nrequire %ENTRY%\n", 3
    ),
    "gem": (
      "Gemfile",
      "source 'https://rubygems.org'\n%ENTRY%\n", 2
    ),
    "swift": (
      "Package.swift",
      "let package = Package(name: \"x\", dependencies: [\n  %ENTRY%\n])\n", 2
    ),
    "dockerfile": (
      "Dockerfile",
      "%ENTRY%\nRUN true\n", 1
    ),
    "dockerfile copy": (
      "docker/Dockerfile.gpu",
      "FROM scratch AS base\n%ENTRY%\n", 2
    ),
    "compose": (
      "docker-compose.yml",
      "services:\n  web:\n    image: %ENTRY%\n", 3
    ),
    "kubernetes": (
      "deploy/pod.yaml",
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: %ENTRY%\n", 6
    ),
    "workflow": (
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: %ENTRY%\n", 6
    ),
    "reusable": (
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    uses: %ENTRY%\n", 4
    ),
    "container": (
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    container: %ENTRY%\n", 4
    ),
    "service": (
      ".github/workflows/ci.yml",
      "on: push\njobs:\n  a:\n    services:\n      db:\n        image: %ENTRY%\n", 6
    ),
    "action": (
      "actions/x/action.yml",
      "name: x\nruns:\n  using: composite\n  steps:\n    - uses: %ENTRY%\n", 5
    ),
    "gitlab": (
      ".gitlab-ci.yml",
      "job:\n  image: %ENTRY%\n  script: [make]\n", 2
    ),
    "gitlab include": (
      ".gitlab-ci.yml",
      "include:\n  - %ENTRY%\n", 2
    ),
    "pre-commit": (
      ".pre-commit-config.yaml",
      "repos:\n  - repo: https://example.org/hooks\n    %ENTRY%\n    hooks: [{id: a}]\n", 3
    ),
    "hook dependency": (
      ".pre-commit-config.yaml",
      "repos:\n  - repo: https://example.org/hooks\n    rev: 0123456789abcdef0123456789abcdef01234567\n    hooks:\n      - id: a\n        additional_dependencies: [%ENTRY%]\n",
      6
    ),
    "devcontainer": (
      ".devcontainer/devcontainer.json",
      "{\n  // comment\n  %ENTRY%,\n}\n", 3
    ),
    "cog": (
      "cog.yaml",
      "build:\n  python_version: \"3.10\"\n  python_packages:\n    - %ENTRY%\npredict: p.py:P\n", 4
    ),
    "circleci": (
      ".circleci/config.yml",
      "version: 2.1\norbs:\n  a: %ENTRY%\n", 3
    ),
    "circleci image": (
      ".circleci/config.yml",
      "version: 2.1\njobs:\n  a:\n    docker:\n      - image: %ENTRY%\n", 5
    ),
    "azure": (
      "azure-pipelines.yml",
      "steps:\n  - task: %ENTRY%\n", 2
    ),
    "singularity": (
      "Singularity.def",
      "Bootstrap: docker\nFrom: %ENTRY%\n", 2
    ),
    "nox": (
      "noxfile.py",
      "import nox\n@nox.session\ndef tests(session):\n    session.install(\"%ENTRY%\")\n", 4
    ),
  ]

  /// Entries with the rule that reports them.
  static let unpinned: [(form: String, entry: String, rule: String)] = [
    ("requirements", "torch", "unpinned-requirement"),
    ("requirements", "torch>=2.0", "unpinned-requirement"),
    ("requirements", "torch==2.*", "unpinned-requirement"),
    ("requirements", "torch~=2.1.0", "unpinned-requirement"),
    ("requirements", "torch==2.3.0", "unhashed-requirement"),
    ("requirements", "torch===2.3.0", "unhashed-requirement"),
    ("requirements", "torch==1.0,==1.0.0", "unhashed-requirement"),
    ("requirements", "torch(==2.1.0)", "unhashed-requirement"),
    ("requirements", "Torch[cuda] >=2 ; python_version > \"3.8\"", "unpinned-requirement"),
    ("requirements", "torch==2.3.0 --hash=sha256:abc", "unhashed-requirement"),
    (
      "requirements", "torch==2.3.0 --hash=md5:00000000000000000000000000000000",
      "unhashed-requirement"
    ),
    ("requirements", "git+https://github.com/o/r.git@main#egg=r", "unpinned-git-dependency"),
    ("requirements", "-e git+https://github.com/o/r.git@v1.0#egg=r", "unpinned-git-dependency"),
    ("requirements", "r @ git+https://github.com/o/r", "unpinned-git-dependency"),
    ("requirements", "https://example.org/x.tar.gz", "unpinned-requirement"),
    ("requirements", "https://example.org/x-1.0-py3-none-any.whl", "unhashed-requirement"),
    (
      "requirements", "x @ https://github.com/o/r/archive/refs/heads/main.zip",
      "unpinned-requirement"
    ),
    ("requirements", "torch==${TORCH}", "unpinned-requirement"),
    (
      "requirements",
      "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567-evil",
      "unpinned-git-dependency"
    ),
    ("constraints", "numpy<2", "unpinned-requirement"),
    ("setup.py", "torch", "unpinned-requirement"),
    ("setup.py", "torch==2.3.0", "unhashed-requirement"),
    ("setup.py extras", "pytest", "unpinned-requirement"),
    ("setup.cfg", "numpy>=1.20", "unpinned-requirement"),
    ("setup.cfg", "numpy==1.20", "unhashed-requirement"),
    ("tox.ini", "pytest", "unpinned-requirement"),
    ("tox.ini", "py310: pytest<8", "unpinned-requirement"),
    ("pyproject", "torch", "unpinned-requirement"),
    ("pyproject", "torch >= 2", "unpinned-requirement"),
    ("pyproject", "torch==2.3.0", "unhashed-requirement"),
    ("pyproject extra", "black", "unpinned-requirement"),
    ("pyproject group", "pytest>=8", "unpinned-requirement"),
    ("pyproject build", "setuptools>=61", "unpinned-build-requirement"),
    ("pyproject build", "setuptools==75.0.0", "unhashed-requirement"),
    ("poetry", "torch = \"^2.0\"", "unpinned-requirement"),
    ("poetry", "torch = \"2.3.0\"", "unhashed-requirement"),
    ("poetry", "torch = \"*\"", "unpinned-requirement"),
    ("poetry", "torch = { version = \"~2.1\", extras = [\"a\"] }", "unpinned-requirement"),
    (
      "poetry", "torch = { git = \"https://github.com/o/r.git\", branch = \"main\" }",
      "unpinned-git-dependency"
    ),
    (
      "poetry", "torch = { git = \"https://github.com/o/r.git\", tag = \"v1\" }",
      "unpinned-git-dependency"
    ),
    ("pdm", "pytest>=7", "unpinned-requirement"),
    ("hatch", "coverage[toml]", "unpinned-requirement"),
    (
      "uv source", "{ git = \"https://github.com/o/a\", branch = \"main\" }",
      "unpinned-git-dependency"
    ),
    ("uv source", "{ git = \"https://github.com/o/a\" }", "unpinned-git-dependency"),
    ("pixi", "python = \">=3.10\"", "unpinned-requirement"),
    ("pixi", "numpy = \"==1.26.4\"", "unhashed-requirement"),
    ("Pipfile", "requests = \"*\"", "unpinned-requirement"),
    ("Pipfile", "requests = \"==2.0\"", "unhashed-requirement"),
    (
      "Pipfile", "requests = {git = \"https://github.com/psf/requests\", ref = \"main\"}",
      "unpinned-git-dependency"
    ),
    ("conda", "numpy", "unpinned-requirement"),
    ("conda", "numpy=1.26", "unpinned-requirement"),
    ("conda", "numpy=1.26.4", "unpinned-requirement"),
    ("conda", "numpy==1.26.4", "unhashed-requirement"),
    ("conda", "conda-forge::numpy=1.26.4=py310_0", "unhashed-requirement"),
    ("conda pip", "torch", "unpinned-requirement"),
    ("conda pip", "torch==2.0", "unhashed-requirement"),
    ("recipe", "numpy >=1.20", "unpinned-requirement"),
    ("npm", "\"a\": \"^1.2.3\"", "unpinned-requirement"),
    ("npm", "\"a\": \"1.2.3\"", "unhashed-requirement"),
    ("npm", "\"a\": \"latest\"", "unpinned-requirement"),
    ("npm", "\"a\": \"github:o/r#main\"", "unpinned-git-dependency"),
    ("npm", "\"a\": \"https://example.org/a.tgz\"", "unpinned-requirement"),
    ("npm", "\"a\": \"o/r\"", "unpinned-git-dependency"),
    ("cargo", "serde = \"1.0\"", "unpinned-requirement"),
    ("cargo", "serde = \"=1.0.1\"", "unhashed-requirement"),
    ("cargo", "serde = { git = \"https://github.com/serde-rs/serde\" }", "unpinned-git-dependency"),
    ("go", "example.org/m v1.2.3", "unhashed-requirement"),
    ("gem", "gem 'rails', '~> 7.0'", "unpinned-requirement"),
    ("gem", "gem 'rails'", "unpinned-requirement"),
    ("gem", "gem 'rails', github: 'rails/rails', branch: 'main'", "unpinned-git-dependency"),
    ("swift", ".package(url: \"https://example.org/a\", from: \"1.0.0\"),", "unpinned-requirement"),
    (
      "swift", ".package(url: \"https://example.org/a\", branch: \"main\"),", "unpinned-requirement"
    ),
    (
      "swift", ".package(url: \"https://example.org/a\", exact: \"1.0.0\"),", "unhashed-requirement"
    ),
    ("dockerfile", "FROM python:3.12", "unpinned-image"),
    ("dockerfile", "FROM nvidia/cuda", "unpinned-image"),
    ("dockerfile", "FROM --platform=linux/amd64 ubuntu:latest AS b", "unpinned-image"),
    ("dockerfile", "FROM python@sha256:abc", "unpinned-image"),
    ("dockerfile", "# syntax=docker/dockerfile:1", "unpinned-image"),
    ("dockerfile copy", "COPY --from=ghcr.io/astral-sh/uv:0.4 /uv /bin/", "unpinned-image"),
    ("dockerfile copy", "RUN --mount=type=bind,from=alpine:3,target=/a true", "unpinned-image"),
    ("compose", "postgres:16", "unpinned-image"),
    ("compose", "${REGISTRY}/app:${TAG}", "unpinned-image"),
    ("compose", "redis", "unpinned-image"),
    ("kubernetes", "nginx:1.25", "unpinned-image"),
    ("workflow", "actions/checkout@v4", "unpinned-action"),
    ("workflow", "o/r/sub@main", "unpinned-action"),
    ("workflow", "o/r@0123456", "unpinned-action"),
    ("workflow", "o/r@0123456789abcdef0123456789abcdef01234567-evil", "unpinned-action"),
    ("workflow", "docker://alpine:3.20", "unpinned-image"),
    ("workflow", "o/r", "unpinned-action"),
    ("reusable", "o/r/.github/workflows/x.yml@v1", "unpinned-action"),
    ("container", "python:3.12", "unpinned-image"),
    ("service", "postgres:16", "unpinned-image"),
    ("action", "actions/setup-python@v5", "unpinned-action"),
    ("gitlab", "python:3.12", "unpinned-image"),
    ("gitlab include", "{ project: g/p, ref: main, file: /a.yml }", "unpinned-action"),
    ("gitlab include", "{ remote: \"https://example.org/a.yml\" }", "unpinned-action"),
    ("pre-commit", "rev: v4.5.0", "unpinned-pre-commit-hook"),
    ("pre-commit", "rev: main", "unpinned-pre-commit-hook"),
    ("hook dependency", "types-requests", "unpinned-requirement"),
    ("hook dependency", "prettier@3.0.0", "unhashed-requirement"),
    ("devcontainer", "\"image\": \"mcr.microsoft.com/devcontainers/python:3\"", "unpinned-image"),
    (
      "devcontainer", "\"features\": {\"ghcr.io/devcontainers/features/node:1\": {}}",
      "unpinned-image"
    ),
    ("cog", "torch==2.0.1", "unhashed-requirement"),
    ("cog", "\"numpy\"", "unpinned-requirement"),
    ("circleci", "circleci/python@2", "unpinned-action"),
    ("circleci", "circleci/python@2.1.1", "unpinned-action"),
    ("circleci image", "cimg/python:3.12", "unpinned-image"),
    ("azure", "UsePythonVersion@0", "unpinned-action"),
    ("singularity", "ubuntu:22.04", "unpinned-image"),
    ("nox", "pytest", "unpinned-requirement"),
  ]

  /// Entries that nothing is to be said about.
  static let pinned: [(form: String, entry: String)] = [
    (
      "requirements",
      "torch==2.3.0 --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    (
      "requirements",
      "torch==2.3.0 \\\n    --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef \\\n    --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("requirements", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    (
      "requirements",
      "git+ssh://git@github.com/o/r.git@0123456789abcdef0123456789abcdef01234567#egg=r"
    ),
    ("requirements", "-e ."),
    ("requirements", "./wheels/x-1.0-py3-none-any.whl"),
    (
      "requirements",
      "https://example.org/x.whl#sha256=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    (
      "requirements",
      "x @ https://github.com/o/r/archive/0123456789abcdef0123456789abcdef01234567.zip"
    ),
    ("requirements", "# torch"),
    (
      "requirements",
      "torch==2.3.0 --hash=sha512:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("requirements", "-e ./pkg"),
    ("requirements", "--pre"),
    (
      "constraints",
      "torch==2.3.0 --hash=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("setup.py", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    ("setup.py extras", "x[dev]"),
    ("setup.cfg", "# numpy"),
    ("setup.cfg", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    ("tox.ini", "-r{toxinidir}/dev.txt"),
    ("tox.ini", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    ("pyproject", "x[extra]"),
    ("pyproject", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    (
      "pyproject extra",
      "r @ https://example.org/x.whl#sha256=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("pyproject build", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    (
      "poetry",
      "a = { git = \"https://github.com/o/r\", rev = \"0123456789abcdef0123456789abcdef01234567\" }"
    ),
    ("poetry", "a = { path = \"../a\", develop = true }"),
    ("hatch", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    (
      "uv source",
      "{ git = \"https://github.com/o/a\", rev = \"0123456789abcdef0123456789abcdef01234567\" }"
    ),
    ("uv source", "{ workspace = true }"),
    ("uv source", "{ path = \"a\" }"),
    ("pixi", "# a"),
    ("Pipfile", "a = {path = \".\"}"),
    (
      "Pipfile",
      "a = {git = \"https://github.com/o/a\", ref = \"0123456789abcdef0123456789abcdef01234567\"}"
    ),
    ("conda", "numpy=1.26.4=py310_0#00000000000000000000000000000000"),
    (
      "conda",
      "conda-forge::numpy[version=1.26.4,sha256=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef]"
    ),
    ("conda pip", "r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567"),
    ("npm", "\"a\": \"file:../a\""),
    ("npm", "\"a\": \"workspace:*\""),
    ("npm", "\"a\": \"github:o/r#0123456789abcdef0123456789abcdef01234567\""),
    ("npm", "\"a\": \"git+https://github.com/o/r.git#0123456789abcdef0123456789abcdef01234567\""),
    ("cargo", "a = { path = \"../a\" }"),
    (
      "cargo",
      "a = { git = \"https://github.com/o/a\", rev = \"0123456789abcdef0123456789abcdef01234567\" }"
    ),
    ("cargo", "a = { workspace = true }"),
    ("gem", "gem 'a', path: '../a'"),
    (
      "gem",
      "gem 'a', git: 'https://example.org/a', ref: '0123456789abcdef0123456789abcdef01234567'"
    ),
    ("swift", ".package(path: \"../a\"),"),
    (
      "swift",
      ".package(url: \"https://example.org/a\", revision: \"0123456789abcdef0123456789abcdef01234567\"),"
    ),
    (
      "swift",
      ".binaryTarget(name: \"b\", url: \"https://example.org/b.zip\", checksum: \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"),"
    ),
    ("swift", "// .package(url: \"https://example.org/a\", from: \"1.0.0\"),"),
    (
      "dockerfile",
      "FROM python:3.12@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("dockerfile", "FROM scratch"),
    (
      "dockerfile",
      "ARG BASE=python:3.12@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nFROM $BASE"
    ),
    (
      "dockerfile",
      "# syntax=docker/dockerfile:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("dockerfile copy", "COPY --from=base /a /b"),
    ("dockerfile copy", "COPY --from=0 /a /b"),
    (
      "dockerfile copy",
      "COPY --from=alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef /a /b"
    ),
    (
      "compose",
      "postgres:16@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    (
      "compose",
      "x/y@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n  built:\n    build: .\n    image: mine:latest"
    ),
    ("kubernetes", "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("workflow", "actions/checkout@0123456789abcdef0123456789abcdef01234567 # v4"),
    ("workflow", "./.github/actions/x"),
    (
      "workflow",
      "docker://alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("reusable", "./.github/workflows/x.yml"),
    ("reusable", "o/r/.github/workflows/x.yml@0123456789abcdef0123456789abcdef01234567"),
    (
      "container",
      "python:3.12@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("service", "postgres@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    ("action", "./sub"),
    ("action", "o/r@0123456789abcdef0123456789abcdef01234567"),
    ("gitlab", "python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    (
      "gitlab include",
      "{ project: g/p, ref: 0123456789abcdef0123456789abcdef01234567, file: /a.yml }"
    ),
    ("gitlab include", "{ local: /a.yml }"),
    ("pre-commit", "rev: 0123456789abcdef0123456789abcdef01234567  # frozen: v4"),
    (
      "hook dependency",
      "\"r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567\""
    ),
    (
      "devcontainer",
      "\"image\": \"x/y@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\""
    ),
    ("devcontainer", "\"build\": {\"dockerfile\": \"Dockerfile\"}"),
    ("devcontainer", "\"features\": {\"./local\": {}}"),
    ("cog", "\"r @ git+https://github.com/o/r@0123456789abcdef0123456789abcdef01234567\""),
    (
      "circleci image",
      "cimg/python@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    (
      "singularity",
      "ubuntu@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    ("nox", "."),
    ("nox", "-e"),
  ]
}
