import Core
import Languages

extension ShellFetchReader {
  /// Options of programs that name a model or a data set of a hub, dashes as underscores.
  private static let handing: [String: ShellFetch.Cargo] = [
    "model_name_or_path": .weights, "pretrained_model_name_or_path": .weights,
    "model_name": .weights, "model_id": .weights, "base_model": .weights, "hf_repo": .weights,
    "hf_model": .weights, "hf_repo_id": .weights, "repo_id": .weights, "pretrained": .weights,
    "pretrained_model": .weights, "model": .weights, "model_path": .weights,
    "tokenizer_name": .data, "tokenizer": .data, "tokenizer_name_or_path": .data,
    "dataset_name": .data, "dataset": .data, "dataset_id": .data,
    "controlnet_model_name_or_path": .weights, "pretrained_vae_model_name_or_path": .weights,
    "teacher_model_name_or_path": .weights, "reward_model_name_or_path": .weights,
    "vision_tower": .weights,
  ]

  private static let launchers: Set<String> = [
    "accelerate", "torchrun", "deepspeed", "lm_eval", "lm-eval", "colossalai", "horovodrun",
  ]

  /// Names of a hub that a program is started with: what the program does with them is judged by
  /// its own text, so this is inventory. An evaluation harness is its own judge.
  func handedOver() -> [ShellFetch] {
    let isPython = Self.isPython(command)
    guard isPython || Self.launchers.contains(command.name) || command.name.hasSuffix(".py") else {
      return []
    }
    let words = Array(command.arguments)
    if let found = evaluated(words) { return [found] }
    guard
      let program = ([command.name] + words.map(\.display)).first(where: { $0.hasSuffix(".py") })
    else { return [] }
    var found: [ShellFetch] = []
    var revision: ShellField?
    for (index, word) in words.enumerated() where word.display.hasPrefix("--") {
      var text = word.display.dropFirst(2)
      var value = index + 1 < words.count ? words[index + 1] : nil
      if let equals = text.firstIndex(of: "=") {
        value = word.tail(text[text.index(after: equals)...])
        text = text[..<equals]
      }
      let name = String(text).replacing("-", with: "_")
      if name == "revision" || name == "model_revision" { revision = value }
      guard let cargo = Self.handing[name], let value, let target = value.text,
        isHubName(target), found.count < 8
      else { continue }
      let last = program.split(separator: "/").last.map(String.init) ?? program
      var handed = fetch(
        .hub, target, .branch, cargo: cargo, flaw: "to \(last), which is judged by its own text",
        fix: "pass a revision, where the program has an option for it", verb: "hands")
      handed.isInventory = true
      found.append(handed)
    }
    guard let revision, Self.revision(revision) == .commit else { return found }
    return found.map { fetch in
      var fetch = fetch
      fetch.pinning = .commit
      fetch.revision = revision.display
      return fetch
    }
  }

  /// `owner/name`, which is no path of the tree and does not look like one of a machine.
  private func isHubName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts.contains(where: \.isEmpty), text.utf8.count < 200,
      text.utf8.allSatisfy({ $0.isHubByte }), !surroundings.tree.contains(text),
      !surroundings.tree.contains(String(parts[0]))
    else { return false }
    let folders: Set<Substring> = [
      ".", "..", "data", "datasets", "models", "model", "checkpoints", "checkpoint", "ckpt",
      "ckpts", "output", "outputs", "results", "runs", "exp", "experiments", "logs", "weights",
      "pretrained", "pretrained_models", "saved_models", "configs", "tmp", "cache",
    ]
    return !folders.contains(parts[0]) && WeightName.suffix(text).isEmpty
      || !folders.contains(parts[0]) && !WeightName.isWeights(text) && !WeightName.isCode(text)
        && !["json", "yaml", "yml", "txt", "csv", "jsonl"].contains(WeightName.suffix(text))
  }

  /// `lm_eval --model hf --model_args pretrained=owner/name,revision=…`.
  private func evaluated(_ words: [ShellField]) -> ShellFetch? {
    let isHarness =
      ["lm_eval", "lm-eval"].contains(command.name)
      || words.contains { ["lm_eval", "lm-eval"].contains($0.display) }
    guard isHarness else { return nil }
    let options = ShellOptions(
      words, ShellOptions.Grammar(long: ["--model_args", "-a"], combines: false))
    guard let arguments = options.value("--model_args", "-a") else { return nil }
    var target: String?
    var revision: String?
    for part in arguments.display.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else { continue }
      if pair[0] == "pretrained" { target = pair[1] }
      if pair[0] == "revision" { revision = pair[1] }
    }
    guard let target, arguments.text == nil || isHubName(target) else { return nil }
    let pinning: Pinning =
      arguments.text == nil ? .dynamic : revision.map { Revision($0).pinning } ?? .branch
    let runsCode = arguments.display.contains("trust_remote_code=True")
    return fetch(
      .hub, target, revision: revision, pinning, cargo: runsCode ? .code : .weights,
      flaw: revision.map { "at `\($0)`, which can move" } ?? "without a revision",
      fix: "add `revision=<40 hex digits>` to --model_args")
  }
}

extension UInt8 {
  fileprivate var isHubByte: Bool {
    isHexadecimalDigit || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
      || "._-/".utf8.contains(self)
  }
}
