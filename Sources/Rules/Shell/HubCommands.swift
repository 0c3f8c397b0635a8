import Core
import Languages

extension ShellFetchReader {
  /// A tool that takes models from a hub by name.
  private struct HubTool {
    /// Options that name what is fetched; the first that is given counts.
    var names: [String]
    /// Options that fix it, all of which must hold a commit.
    var revisions: [String] = ["--revision"]
    /// The name is the first word behind this many verbs, nil when it is never positional.
    var verbs: [Set<String>] = []
    var takesPositional = true
    /// Other options with values.
    var valued: Set<String> = []
    var letters = ""
    /// Whether an option alone decides whether anything is fetched.
    var needsOption = false
  }

  private static let download: Set<String> = ["download"]

  /// By the name of the program, or of the module behind `python -m`.
  private static let tools: [String: HubTool] = {
    let serving: Set<String> = [
      "--host", "--port", "--dtype", "--tensor-parallel-size", "--max-model-len", "--quantization",
      "--gpu-memory-utilization", "--served-model-name", "--api-key", "--tokenizer", "--tp", "-tp",
      "--max-num-seqs", "--chat-template", "--load-format", "--download-dir", "--num-shard",
      "--backend", "--cache-max-entry-count", "--session-len", "--model-name", "--server-port",
      "--tool-call-parser", "--reasoning-parser", "--trust-remote-code-revision",
      "--max-total-tokens",
      "--max-input-length", "--sharded", "--quantize", "--task", "--seed", "--mem-fraction-static",
    ]
    let hub = HubTool(
      names: [], verbs: [download],
      valued: [
        "--repo-type", "--include", "--exclude", "--cache-dir", "--local-dir", "--token",
        "--max-workers", "--local-dir-use-symlinks",
      ])
    let llama = HubTool(
      names: ["-hf", "-hfr", "--hf-repo", "-mu", "--model-url", "-hfd", "-hfv"], revisions: [],
      takesPositional: false,
      valued: ["-m", "-c", "-n", "-ngl", "-p", "--port", "--host", "-t", "--hf-file", "-hff"],
      needsOption: true)
    let ollama = HubTool(names: [], revisions: [], verbs: [["pull", "run"]])
    let vllm = HubTool(
      names: ["--model"], revisions: ["--revision", "--tokenizer-revision", "--code-revision"],
      verbs: [["serve", "bench"]], valued: serving)
    let module = HubTool(
      names: ["--model", "--model-path", "--hf-path", "--model-id", "--model_name_or_path"],
      takesPositional: false, valued: serving, needsOption: true)
    let launcher = HubTool(
      names: ["--model-id"], takesPositional: false, valued: serving, letters: "p")
    return [
      "hf": hub, "huggingface-cli": hub, "huggingface_hub.commands.huggingface_cli": hub,
      "huggingface_hub.cli.hf": hub,
      "modelscope": HubTool(
        names: ["--model", "--dataset"], verbs: [download],
        valued: ["--local_dir", "--cache_dir", "--include", "--exclude", "--token"]),
      "ollama": ollama,
      "llama-cli": llama, "llama-server": llama, "llama-run": llama, "llama-mtmd-cli": llama,
      "llama-embedding": llama, "main": llama, "server": llama,
      "vllm": vllm, "vllm.entrypoints.openai.api_server": module,
      "vllm.entrypoints.api_server": module,
      "sglang.launch_server": module, "mlx_lm.generate": module, "mlx_lm.server": module,
      "mlx_lm.chat": module, "mlx_lm.convert": module, "mlx_lm": module, "mlx_vlm.generate": module,
      "mlx_lm.lora": module,
      "text-generation-launcher": launcher, "text-embeddings-router": launcher,
      "text-generation-server": HubTool(
        names: ["--model-id"], verbs: [["download-weights", "serve"]], valued: serving),
      "lmdeploy": HubTool(
        names: [],
        verbs: [
          ["serve", "chat", "lite", "convert"],
          ["api_server", "gradio", "auto_awq", "smooth_quant", "calibrate"],
        ],
        valued: serving),
      "ct2-transformers-converter": HubTool(
        names: ["--model"], takesPositional: false,
        valued: ["--output_dir", "--quantization", "--copy_files"], needsOption: true),
      "optimum-cli": HubTool(
        names: ["--model", "-m"], takesPositional: false,
        valued: ["--task", "--opset", "--device"],
        needsOption: true),
      "transformers-cli": HubTool(names: [], verbs: [download], valued: ["--cache-dir"]),
      "litgpt": HubTool(
        names: ["--repo_id"], verbs: [download], valued: ["--access_token", "--checkpoint_dir"]),
      "tune": HubTool(
        names: [], verbs: [download],
        valued: ["--output-dir", "--hf-token", "--ignore-patterns", "--source"]),
      "lms": HubTool(names: [], revisions: [], verbs: [["get"]]),
      "docker": HubTool(names: [], revisions: [], verbs: [["model"], ["pull", "run"]]),
      "podman": HubTool(names: [], revisions: [], verbs: [["model"], ["pull", "run"]]),
      "ramalama": HubTool(
        names: [], revisions: [], verbs: [["pull", "run", "serve"]],
        valued: ["--ctx-size", "--name", "--port", "--runtime", "--image"], letters: "cnp"),
      "nexa": HubTool(names: [], revisions: [], verbs: [["pull", "run", "infer"]]),
      "foundry": HubTool(
        names: [], revisions: [], verbs: [["model"], ["run", "download", "load"]]),
      "local-ai": HubTool(names: [], revisions: [], verbs: [["run"]]),
      "spacy": HubTool(names: [], revisions: [], verbs: [download]),
      "nltk.downloader": HubTool(names: [], revisions: [], valued: ["-d", "-u"]),
      "mim": HubTool(names: [], revisions: [], verbs: [download], valued: ["--config", "--dest"]),
      "piper.download_voices": HubTool(names: [], revisions: []),
      "gpt4all": HubTool(names: [], revisions: [], verbs: [download]),
      "argospm": HubTool(names: [], revisions: [], verbs: [["install"]]),
    ]
  }()

  /// Models, data sets and the like that a hub's own tools or a server take by name.
  func hub() -> [ShellFetch] {
    var name = command.name
    var arguments = command.arguments
    if let (module, rest) = Self.module(command) { (name, arguments) = (module, rest) }
    if let own = ownData(name, arguments) { return [own] }
    guard let tool = Self.tools[name] else { return [] }
    let options = ShellOptions(
      arguments,
      ShellOptions.Grammar(
        long: tool.valued.union(tool.names).union(tool.revisions), letters: Set(tool.letters),
        combines: false))
    var words = options.rest[...]
    for verbs in tool.verbs {
      guard let verb = words.popFirst()?.display, verbs.contains(verb) else { return [] }
    }
    var targets = tool.names.lazy.map { options.values($0) }.first { !$0.isEmpty } ?? []
    if targets.isEmpty, tool.takesPositional {
      // Packages of data have no file names behind them; hubs do.
      let isList = name == "nltk.downloader"
      targets = isList ? Array(words) : words.first.map { [$0] } ?? []
    }
    if targets.isEmpty { return [] }
    let revisions = tool.revisions.compactMap { options.value($0) }
    let files = words.dropFirst().compactMap(\.text)
    return targets.prefix(16).flatMap { target in
      target.values.prefix(ShellFetchReader.maximumValues).compactMap {
        model($0, target, name, tool, revisions, files: Array(files))
      }
    }
  }

  /// `yolo predict model=yolo11n.pt`: a name that is no file here is taken from the newest release.
  private func asset(_ arguments: ArraySlice<ShellField>) -> ShellFetch? {
    for word in arguments where word.display.hasPrefix("model=") {
      let model = word.tail(word.display.dropFirst(6))
      guard let name = model.text, name.hasSuffix(".pt"), !name.contains("/"), !isLocal(model)
      else { return nil }
      return fetch(
        .hub, name, .branch, cargo: .weights, flaw: "as the newest release holds it",
        fix: "download the file at a release, check its SHA-256, and pass its path")
    }
    return nil
  }

  /// Modules and tools that fetch what their own version names, by the verb that makes them do so.
  private static let ownData: [String: (verb: String, what: String)] = [
    "unidic": ("download", "the dictionary of UniDic"),
    "textblob.download_corpora": ("", "the corpora of TextBlob"),
    "laserembeddings": ("download-models", "the models of LASER"),
    "argospm": ("update", "the index of Argos Translate"),
    "ipadic": ("download", "the dictionary of IPAdic"),
  ]

  /// `python -m unidic download`, `whisper file --model large`.
  private func ownData(_ name: String, _ arguments: ArraySlice<ShellField>) -> ShellFetch? {
    var what: String?
    if let found = Self.ownData[name], found.verb.isEmpty || arguments.first?.text == found.verb {
      what = found.what
    }
    if name == "whisper" {
      let options = ShellOptions(
        arguments, ShellOptions.Grammar(long: ["--model", "--model_dir"], combines: false))
      guard let model = options.value("--model"), !isLocal(model), !options.rest.isEmpty else {
        return nil
      }
      what = "the model \(model.display)"
    }
    if name == "yolo" { return asset(arguments) }
    return what.map {
      fetch(
        .hub, $0, .library, cargo: .data, flaw: "as the version of \(name) names it",
        fix: "name an exact version of \(name) with its hash")
    }
  }

  private func model(
    _ value: ShellValue, _ field: ShellField, _ name: String, _ tool: HubTool,
    _ revisions: [ShellField], files: [String]
  ) -> ShellFetch? {
    if isLocal(ShellField(values: [value], start: field.start, end: field.end)) { return nil }
    let isCatalogue = [
      "ollama", "lms", "spacy", "nltk.downloader", "mim", "docker", "podman", "ramalama", "nexa",
      "foundry", "local-ai",
    ].contains(name)
    // A path of this machine that happens not to be in the tree: two components at most are a name.
    if !isCatalogue, value.isKnown, value.display.split(separator: "/").count > 2,
      !value.display.contains("://")
    {
      return nil
    }
    var pinning: Pinning = .branch
    if tool.revisions.isEmpty {
      if value.display.contains("@sha256:") { pinning = .content }
      if name == "spacy", value.display.split(separator: "-").count > 1 { pinning = .version }
      if name == "ollama" || name == "docker" || name == "podman", pinning == .branch,
        value.display.contains(":"),
        !value.display.hasSuffix(":latest")
      {
        pinning = .tag
      }
    } else if !revisions.isEmpty {
      pinning = revisions.map { Self.revision($0) }.max() ?? .branch
      // A server that takes tokenizer or code from their own branches is not fixed by one option.
      if tool.revisions.count > 1, pinning.isFixed,
        !command.arguments.contains(where: { $0.display == "--tokenizer-revision" }),
        command.arguments.contains(where: { $0.display == "--tokenizer" })
      {
        pinning = .branch
      }
    }
    if !value.isKnown, !pinning.isFixed { pinning = .dynamic }
    let runsCode = command.arguments.contains { $0.display.hasPrefix("--trust-remote-code") }
    let revision = revisions.first?.display
    let flaw =
      tool.revisions.isEmpty
      ? "by a name that can move"
      : revision.map { "at `\($0)`, which can move" } ?? "without a revision"
    let isText = !files.isEmpty && files.allSatisfy { !WeightName.isWeights($0) }
    return fetch(
      .hub, value.display, revision: revision, pinning,
      cargo: runsCode ? .code : isText || name == "nltk.downloader" ? .data : .weights,
      flaw: pinning == .dynamic ? "whose name is decided at run time" : flaw,
      fix: tool.revisions.isEmpty
        ? "keep the file in the repository, or compare its SHA-256 digest after the download"
        : "pass \(tool.revisions.joined(separator: " and ")) with the full 40-digit commit",
      verb: "downloads")
  }

  /// The module of `python -m module` and the arguments behind it.
  static func module(
    _ command: ShellCommand
  ) -> (name: String, arguments: ArraySlice<ShellField>)? {
    guard isPython(command) else { return nil }
    var rest = command.arguments
    while let word = rest.first?.display, word.hasPrefix("-") {
      rest = rest.dropFirst()
      if word == "-m" || word.hasSuffix("m") && !word.hasPrefix("--") && word.count < 6 {
        guard let name = rest.first?.text else { return nil }
        return (name, rest.dropFirst())
      }
      if word == "-c" { return nil }
      if word == "-W" || word == "-X" { rest = rest.dropFirst() }
    }
    return nil
  }

  /// Whether the command runs Python; a name that is not known counts when `-m` follows.
  static func isPython(_ command: ShellCommand) -> Bool {
    // Most commands leave by their first letter.
    if let first = command.name.utf8.first, first | 0x20 != UInt8(ascii: "p") { return false }
    let name = command.name.lowercased()
    if name.isEmpty {
      let shown = command.argv.first?.display.lowercased() ?? ""
      return command.arguments.first?.display == "-m"
        || shown.hasSuffix("python") || shown.hasSuffix("python3") || shown.contains("executable")
    }
    let stem = name.hasSuffix(".exe") ? String(name.dropLast(4)) : name
    for prefix in ["python", "pypy", "py"] where stem.hasPrefix(prefix) {
      let version = stem.dropFirst(prefix.count)
      if version.allSatisfy({ $0.isNumber || $0 == "." }) { return true }
    }
    return false
  }
}
