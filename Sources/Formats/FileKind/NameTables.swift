import Core

/// The names and suffixes that mean something in a model repository.
enum NameTables {
  static let yaml = NameKey("yaml")
  static let yml = NameKey("yml")
  static let toml = NameKey("toml")
  static let txt = NameKey("txt")
  static let pip = NameKey("pip")
  static let in_ = NameKey("in")
  static let am = NameKey("am")
  static let md = NameKey("md")
  static let rst = NameKey("rst")

  static let requirements = named(.dependencyManifest, .requirements, [.manifest, .text])
  static let readme = named(.documentation, .markdown, [.markdown, .text])
  static let license = named(.license, .text, [.text])
  static let workflow = named(.script, .yaml, [.yaml, .manifest])
  static let yamlManifest = named(.dependencyManifest, .yaml, [.yaml, .manifest])
  static let tomlManifest = named(.dependencyManifest, .toml, [.toml, .manifest])
  static let jsonManifest = named(.dependencyManifest, .json, [.json, .manifest])
  static let textManifest = named(.dependencyManifest, .text, [.text, .manifest])
  static let iniManifest = named(.dependencyManifest, .ini, [.text, .manifest])
  static let dockerfile = named(.script, .dockerfile, [.manifest, .text])
  static let makefile = named(.script, .makefile, [.manifest, .text])
  static let library = NamedKind(kind: FileKind(.other, .elf, [.native]), needsMagic: true)

  private static func named(
    _ role: Role, _ format: FileFormat?, _ claims: FileClaims
  ) -> NamedKind {
    NamedKind(kind: FileKind(role, format, claims))
  }

  /// Whole names, lower case.
  static let names: [NameKey: NamedKind] = {
    var table: [NameKey: NamedKind] = [:]
    func add(_ kind: NamedKind, _ names: String...) {
      for name in names { table[NameKey(name)] = kind }
    }
    add(
      named(.tokenizer, .json, [.json]), "tokenizer.json", "tokenizer_config.json", "vocab.json",
      "special_tokens_map.json", "added_tokens.json", "chat_template.json", "merges.json")
    add(named(.tokenizer, .text, [.text]), "merges.txt", "vocab.txt", "bpe.codes", "vocab.bpe")
    add(named(.tokenizer, .jinja, [.template, .text]), "chat_template.jinja")
    add(
      NamedKind(kind: FileKind(.tokenizer, .sentencePiece), isBinary: true), "spiece.model",
      "tokenizer.model", "sentencepiece.bpe.model", "source.spm", "target.spm", "sp.model",
      "spm.model", "sentencepiece.model")
    add(
      NamedKind(kind: FileKind(.weights, .savedModel, [.weights]), isBinary: true),
      "saved_model.pb")
    add(
      named(.script, .makefile, [.manifest, .text]), "makefile", "gnumakefile", "makefile.am",
      "makefile.in")
    add(named(.script, .justfile, [.manifest, .text]), "justfile", ".justfile")
    add(dockerfile, "dockerfile", "containerfile", "earthfile")
    add(
      textManifest, "cmakelists.txt", "workspace", "workspace.bazel", "workspace.bzlmod",
      "module.bazel", "build.bazel", "snakefile", "crontab")
    add(named(.script, .source, [.foreignCode, .text]), "meson.build", "meson_options.txt")
    add(
      tomlManifest, "pyproject.toml", "pipfile", "poetry.lock", "uv.lock", "pdm.lock",
      "pylock.toml", "pixi.toml", "cargo.toml", "cargo.lock", "hatch.toml", "uv.toml", "pdm.toml",
      "tox.toml", "project.toml", "manifest.toml", "mise.toml", ".mise.toml")
    add(
      jsonManifest, "package.json", "package-lock.json", "npm-shrinkwrap.json", "pipfile.lock",
      "package.resolved", "devcontainer.json", ".devcontainer.json", "bun.lock",
      "devcontainer-lock.json", "composer.json", "composer.lock", "packages.lock.json",
      "vcpkg.json",
      "deno.json", "deno.jsonc", "deno.lock", "import_map.json", "importmap.json")
    add(
      yamlManifest, "pixi.lock", "conda-lock.yml", "meta.yaml", "pnpm-lock.yaml", "yarn.lock",
      "pnpm-workspace.yaml", "action.yml", "action.yaml", ".pre-commit-config.yaml",
      ".pre-commit-hooks.yaml", "cog.yaml", "environment.yml", "environment.yaml", "recipe.yaml",
      "conda-lock.yaml", "mlproject", "conda.yaml", "python_env.yaml", "dvc.yaml", "bentofile.yaml",
      "bentofile.yml", "spack.yaml", ".condarc", "condarc", ".yarnrc.yml", "podfile.lock",
      "taskfile.yml", "taskfile.yaml", "taskfile.dist.yml", "taskfile.dist.yaml")
    add(
      textManifest, "go.mod", "go.sum", "go.work", "gemfile", "gemfile.lock", "packages.txt",
      "pre-requirements.txt", "runtime.txt", "apt.txt", ".gitmodules", "renv.lock", "gems.rb",
      "gems.locked", "description",
      "podfile", "conanfile.txt", ".tool-versions")
    add(
      iniManifest, "setup.cfg", "tox.ini", ".gitmodules", "pip.conf", "pip.ini", ".npmrc",
      ".yarnrc",
      "gradle-wrapper.properties", "maven-wrapper.properties")
    add(
      named(.dependencyManifest, .xml, [.xml, .text, .manifest]), "pom.xml", "packages.config",
      "directory.packages.props", "directory.build.props")
    add(
      named(.code, .swift, [.foreignCode, .manifest, .text]), "package.swift")
    add(
      named(.code, .python, [.python, .manifest]), "setup.py", "noxfile.py", "conanfile.py")
    add(
      named(.script, .yaml, [.yaml, .manifest]), ".gitlab-ci.yml", ".gitlab-ci.yaml",
      ".travis.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".drone.yml",
      "cloudbuild.yaml", "appveyor.yml")
    add(
      named(.script, .source, [.foreignCode, .text]), "jenkinsfile", "vagrantfile", "rakefile")
    add(
      named(.script, .shell, [.shell]), ".bashrc", ".bash_profile", ".profile", ".zshrc",
      ".envrc", "postbuild", "start", "configure")
    add(
      named(.configuration, .ini, [.text]), ".gitattributes", ".gitignore", ".lfsconfig",
      ".editorconfig", ".dockerignore", ".flake8", ".pylintrc", ".coveragerc", ".gitconfig")
    add(
      named(.configuration, .text, [.text]), ".env", "procfile", "checkpoint", "modelfile",
      "pkg-info", "metadata", "record", "entry_points.txt", "top_level.txt")
    add(
      named(.documentation, .text, [.text]), "authors", "changelog", "contributing", "citation",
      "citation.cff", "install", "usage", "history", "news", "todo", "security")
    return table
  }()

  /// Suffixes, lower case, without the dot.
  static let suffixes: [NameKey: NamedKind] = {
    var table: [NameKey: NamedKind] = [:]
    func add(_ kind: NamedKind, _ names: String...) {
      for name in names { table[NameKey(name)] = kind }
    }
    func marked(_ role: Role, _ format: FileFormat, _ claims: FileClaims = []) -> NamedKind {
      NamedKind(kind: FileKind(role, format, claims), needsMagic: true)
    }
    func binary(_ role: Role, _ format: FileFormat?, _ claims: FileClaims = []) -> NamedKind {
      NamedKind(kind: FileKind(role, format, claims), isBinary: true)
    }
    func vague(_ role: Role, _ format: FileFormat?, _ claims: FileClaims) -> NamedKind {
      NamedKind(kind: FileKind(role, format, claims), isVague: true)
    }
    // Weights.
    add(marked(.weights, .safetensors, [.weights]), "safetensors", "sft")
    add(marked(.weights, .gguf, [.weights]), "gguf")
    add(marked(.weights, .ggml, [.weights]), "ggml")
    add(marked(.weights, .numpy, [.weights]), "npy")
    add(marked(.weights, .numpyZip, [.weights, .zip]), "npz")
    add(marked(.weights, .tflite, [.weights]), "tflite", "lite")
    add(marked(.weights, .hdf5, [.weights]), "h5", "hdf5", "hdf", "he5")
    add(marked(.weights, .keras, [.weights, .zip]), "keras")
    add(marked(.weights, .nemo, [.weights, .tar]), "nemo")
    add(marked(.weights, .skops, [.weights, .zip]), "skops")
    add(marked(.weights, .pytorchExport, [.weights, .zip]), "pt2")
    add(marked(.weights, .rknn), "rknn")
    add(marked(.weights, .executorch), "pte")
    add(marked(.weights, .catBoost), "cbm")
    add(
      binary(.weights, nil, [.pickle, .weights]), "bin", "pt", "ckpt", "ptl", "th", "torch", "ot",
      "distcp", "model_state", "sav", "clf")
    add(
      NamedKind(
        kind: FileKind(.weights, .pytorchZip, [.pickle, .weights, .pathLines]), needsMagic: true),
      "pth")
    add(
      binary(.weights, .pickle, [.pickle, .weights]), "pkl", "pickle", "dill", "pckl", "pk", "p",
      "cloudpickle")
    add(binary(.weights, .joblib, [.pickle, .weights]), "joblib", "jl_model")
    add(binary(.weights, .onnx, [.weights]), "onnx", "ort")
    add(binary(.weights, .onnxData), "onnx_data", "onnx-data")
    add(binary(.weights, .tensorflowGraph, [.weights]), "pb", "graphdef")
    add(binary(.weights, .messagePack, [.weights]), "msgpack", "flax")
    add(binary(.weights, .coreML, [.weights]), "mlmodel", "espresso")
    add(binary(.weights, .tensorRT, [.weights]), "plan", "engine", "trt")
    add(binary(.weights, .paddle, [.pickle]), "pdparams", "pdopt")
    add(binary(.weights, .paddle), "pdmodel", "pdiparams", "nb")
    add(binary(.weights, .caffe), "caffemodel")
    add(binary(.weights, .mxnet), "params")
    add(binary(.weights, .mnn), "mnn")
    add(binary(.weights, .torch7), "t7")
    add(binary(.weights, .fastText), "ftz")
    add(binary(.weights, .xgboost), "ubj", "xgb")
    add(binary(.weights, .rData, [.foreignCode]), "rds", "rdata", "rda")
    add(binary(.weights, nil), "weights", "cntk", "dnn", "om", "hef", "dlc", "axmodel", "kmodel")
    add(binary(.tokenizer, .sentencePiece), "spm")
    add(binary(.weights, nil, [.weights]), "model")
    add(named(.weights, .pmml, [.xml]), "pmml")

    // Code and scripts.
    add(named(.code, .python, [.python]), "py", "pyi", "pyw", "pyt", "py3", "wsgi", "bzl")
    add(named(.notebook, .notebook, [.notebook, .json]), "ipynb")
    add(named(.code, .cython, [.foreignCode, .text]), "pyx", "pxd", "pxi")
    add(
      named(.script, .shell, [.shell]), "sh", "bash", "ksh", "zsh", "dash", "command", "slurm",
      "sbatch", "pbs", "lsf", "qsub", "sge", "bats")
    add(named(.script, .source, [.foreignCode, .text]), "xsh", "nf", "nu", "csh", "tcsh")
    add(named(.script, .text, [.manifest, .text]), "smk", "cron", "crontab", "wrap", "timer")
    add(named(.script, .powerShell, [.foreignCode, .text]), "ps1", "psm1", "psd1")
    add(named(.script, .batch, [.foreignCode, .text]), "bat", "cmd")
    add(named(.script, .perl, [.foreignCode, .text]), "pl", "pm")
    add(named(.script, .r, [.foreignCode, .text]), "r", "rprofile")
    add(named(.script, .javaScript, [.foreignCode, .text]), "js", "mjs", "cjs", "jsx")
    add(named(.code, .typeScript, [.foreignCode, .text]), "ts", "tsx", "mts", "cts")
    add(named(.code, .ruby, [.foreignCode, .text]), "rb", "gemspec")
    add(named(.code, .lua, [.foreignCode, .text]), "lua")
    add(named(.code, .julia, [.foreignCode, .text]), "jl")
    add(named(.code, .c, [.foreignCode, .text]), "c", "h")
    add(
      named(.code, .cxx, [.foreignCode, .text]), "cc", "cpp", "cxx", "hpp", "hh", "hxx", "inl",
      "c++")
    add(named(.code, .cuda, [.foreignCode, .text]), "cu", "cuh", "ptx")
    add(named(.code, .rust, [.foreignCode, .text]), "rs")
    add(named(.code, .go, [.foreignCode, .text]), "go")
    add(named(.code, .java, [.foreignCode, .text]), "java", "kt", "kts", "scala", "groovy")
    add(named(.code, .swift, [.foreignCode, .text]), "swift")
    add(
      named(.code, .source, [.foreignCode, .text]), "m", "mm", "cs", "fs", "php", "hs", "ml",
      "ex", "exs", "erl", "clj", "dart", "f90", "asm", "s", "cl", "metal", "glsl", "hlsl",
      "wgsl", "sql", "nim", "zig", "v", "tcl", "awk", "vbs", "vba", "applescript", "fish", "gd",
      "hip", "mojo", "triton", "cmake", "gradle", "nix", "tf")
    add(named(.script, .makefile, [.manifest, .text]), "mk", "mak")
    add(named(.script, .justfile, [.manifest, .text]), "just")
    add(named(.script, .dockerfile, [.manifest, .text]), "dockerfile", "containerfile")

    // Configuration and texts.
    add(named(.configuration, .json, [.json]), "json", "json5", "jsonc", "webmanifest", "arb")
    add(named(.configuration, .yaml, [.yaml]), "yaml", "yml")
    add(named(.configuration, .toml, [.toml]), "toml")
    add(
      named(.configuration, .ini, [.text]), "ini", "cfg", "conf", "properties", "env", "desktop",
      "service", "editorconfig")
    add(named(.configuration, .xml, [.xml, .text]), "xml", "plist", "xsd", "xsl", "csproj")
    add(
      named(.configuration, .jinja, [.template, .text]), "jinja", "jinja2", "j2", "tmpl", "tpl",
      "mustache", "hbs")
    add(
      named(.configuration, .text, [.text]), "gin", "proto", "prototxt", "pbtxt", "param", "hcl",
      "gitignore", "mod", "sum", "lock", "template", "cff")
    add(
      named(.documentation, .markdown, [.markdown, .text]), "md", "markdown", "mdx", "qmd", "rmd")
    add(named(.documentation, .text, [.text]), "rst", "adoc", "tex", "bib", "org")
    add(vague(.documentation, .text, [.text]), "txt", "text", "log", "nfo", "1")
    add(named(.documentation, .html, [.text, .xml]), "html", "htm", "xhtml")
    add(named(.documentation, .text, [.text]), "css", "scss", "less")

    // Data.
    add(named(.data, .csv, []), "csv", "tsv", "psv")
    add(named(.data, .jsonLines, []), "jsonl", "ndjson", "jsonlines")
    add(marked(.data, .parquet), "parquet")
    add(marked(.data, .arrow), "arrow", "feather", "ipc")
    add(marked(.data, .avro), "avro")
    add(marked(.data, .sqlite), "sqlite", "sqlite3", "db", "db3")
    add(marked(.documentation, .pdf), "pdf")
    add(
      marked(.documentation, .office), "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls",
      "ppt", "epub")
    add(
      marked(.data, .image), "png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "ico",
      "avif", "heic", "exr", "hdr", "psd")
    add(named(.data, .image, [.xml]), "svg")
    add(marked(.data, .audio), "wav", "mp3", "flac", "ogg", "m4a", "opus", "aac", "aiff")
    add(marked(.data, .video), "mp4", "webm", "avi", "mov", "mkv", "m4v")
    add(marked(.data, .font), "ttf", "otf", "woff", "woff2", "eot")
    add(
      binary(.data, nil), "tfrecord", "lmdb", "mdb", "orc", "ppm", "pgm", "pbm", "npraw", "nc",
      "mat", "faiss", "ann", "hnsw", "npys")
    add(
      vague(.data, nil, [.text]), "dat", "data", "vec", "ply", "obj", "stl", "srt", "vtt", "lst",
      "tags")
    add(vague(.data, nil, [.text]), "index", "idx", "labels", "names", "vocab", "bpe", "phn")

    // Archives.
    add(marked(.archive, .zip, [.zip]), "zip", "conda", "egg", "nupkg", "aar", "ipa", "crx", "xpi")
    add(marked(.archive, .wheel, [.zip]), "whl")
    add(marked(.archive, .torchServe, [.zip]), "mar")
    add(marked(.archive, .tar, [.tar]), "tar", "gem")
    add(marked(.archive, .gzip, [.tar, .compressed]), "tgz", "crate")
    add(marked(.archive, .bzip2, [.tar, .compressed]), "tbz", "tbz2")
    add(marked(.archive, .xz, [.tar, .compressed]), "txz")
    add(marked(.archive, .zstd, [.tar, .compressed]), "tzst")
    add(marked(.archive, .gzip, [.compressed]), "gz")
    add(marked(.archive, .bzip2, [.compressed]), "bz2")
    add(marked(.archive, .xz, [.compressed]), "xz")
    add(marked(.archive, .lzma, [.compressed]), "lzma")
    add(marked(.archive, .zstd, [.compressed]), "zst", "zstd")
    add(marked(.archive, .lz4, [.compressed]), "lz4")
    add(marked(.archive, .sevenZip, [.sevenZip]), "7z")
    add(marked(.archive, .rar, [.unreadableArchive]), "rar")
    add(
      marked(.archive, .foreignArchive, [.unreadableArchive]), "cab", "iso", "dmg", "cpio", "rpm",
      "deb", "lz", "lzo", "z", "br", "arj", "lzh", "xar", "pkg", "msi", "squashfs", "img")

    // Machine and byte code.
    add(marked(.other, .elf, [.native]), "so", "elf", "o", "ko", "cubin", "hsaco", "axf")
    add(marked(.other, .pe, [.native]), "dll", "exe", "pyd", "sys", "scr", "com", "ocx")
    add(marked(.other, .machO, [.native]), "dylib", "bundle")
    add(marked(.other, .objectArchive, [.native]), "a", "lib")
    add(marked(.other, .llamafile, [.native, .zip]), "llamafile")
    add(marked(.other, .webAssembly, [.byteCode]), "wasm")
    add(marked(.other, .javaClass, [.byteCode]), "class", "dex")
    add(marked(.other, .jar, [.byteCode, .zip]), "jar", "war", "ear", "apk")
    add(marked(.other, .pythonByteCode, [.byteCode]), "pyc", "pyo")
    return table
  }()
}
