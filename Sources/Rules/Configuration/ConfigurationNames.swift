import Core
import Languages

/// What a key of a configuration says of its value.
enum ConfigurationKey {
  enum Meaning {
    /// A model or a tokenizer that is loaded by its name.
    case model
    /// A data set that is loaded by its name.
    case dataset
    /// An entry of a list of data sets to choose from.
    case catalogue
    /// Where something came from; nobody loads it.
    case note
  }

  /// The meaning of a key, with that of the mapping around it; nil for keys that name nothing.
  static func meaning(of text: ConfiguredText, isMerge: Bool) -> Meaning? {
    guard text.key.utf8.count <= 64 else { return nil }
    let key = normalised(text.key)
    if notes.contains(key) { return .note }
    if outputs.contains(where: key.hasPrefix) { return nil }
    if catalogues.contains(key) { return .catalogue }
    if datasets.contains(key) || key.hasSuffix("_dataset_name") { return .dataset }
    if models.contains(key) || modelSuffixes.contains(where: key.hasSuffix) { return .model }
    switch key {
    // mergekit: `models: - model: owner/name`, `sources: - model: …`.
    case "model" where isMerge, "path" where isMerge && normalised(text.parent) == "model":
      return .model
    // axolotl: `datasets: - path: owner/name`.
    case "path":
      return ["datasets", "test_datasets", "pretraining_dataset", "dataset"].contains(
        normalised(text.parent)) ? .dataset : nil
    // torchtune: `dataset: {_component_: …, source: owner/name}`.
    case "source": return text.siblings["_component_"] == nil ? nil : .dataset
    default: return nil
    }
  }

  static func normalised(_ key: String) -> String {
    key.lowercased().replacing("-", with: "_")
  }

  /// transformers writes the place that a model was loaded from when it saves it.
  private static let notes: Set<String> = ["_name_or_path", "name_or_path"]
  /// Names that something is uploaded or written to.
  private static let outputs = ["hub_", "push_", "output", "save_", "upload"]
  private static let catalogues: Set<String> = ["hf_hub_url", "ms_hub_url", "om_hub_url"]
  private static let datasets: Set<String> = [
    "dataset_name", "dataset_id", "dataset_repo", "dataset_repo_id", "dataset_name_or_path",
    "hf_dataset", "hf_dataset_name", "dataset_hf_id",
  ]
  private static let models: Set<String> = [
    "assistant_model", "base_model", "base_model_config", "clip_model", "clip_model_name",
    "draft_model", "embedding_model", "hf_model", "hf_model_id", "hf_model_name", "hf_name",
    "hf_repo", "hf_repo_id", "init_from_pretrained_model", "model_id", "model_name_or_path",
    "model_repo", "model_repo_id", "model_weights", "pretrained_model", "pretrained_model_name",
    "processor_name", "repo_id", "reward_model", "speculative_model", "teacher_model",
    "text_encoder_id", "tokenizer_id", "tokenizer_name", "tokenizer_repo",
  ]
  private static let modelSuffixes = [
    "_hf_repo", "_model_id", "_model_name", "_name_or_path", "_repo_id", "_tokenizer_name",
    "_tower", "_tower_name",
  ]

  /// Keys beside which a revision stands.
  static func revision(of text: ConfiguredText) -> String? {
    let key = normalised(text.key)
    let names = [
      "revision", "model_revision", "revision_of_model", "commit", "commit_hash", "commit_sha",
      "\(key)_revision",
    ]
    for (name, value) in text.siblings
    where names.contains(normalised(name)) && !value.isEmpty && value != "null" {
      return value
    }
    return nil
  }

  /// Whether a digest of what is named stands beside it.
  static func hasDigest(_ text: ConfiguredText) -> Bool {
    let words = ["sha256", "sha512", "hash", "checksum", "digest", "integrity"]
    return text.siblings.contains { name, value in
      guard value.utf8.count >= 64, value.utf8.count <= 160 else { return false }
      let key = normalised(name)
      guard words.contains(where: key.contains) else { return false }
      let digits = value.split(separator: ":").last ?? ""
      return digits.utf8.count >= 64 && digits.utf8.allSatisfy(\.isHexadecimalDigit)
    }
  }

  /// Whether what is loaded brings code that is run.
  static func runsCode(_ text: ConfiguredText) -> Bool {
    text.siblings.contains { name, value in
      normalised(name).hasPrefix("trust_remote_code") && value.lowercased() == "true"
    }
  }
}

/// Whether a text is a name on a hub.
enum HubName {
  /// Folders that people keep models and data in: what begins with one is a path.
  private static let folders: Set<String> = [
    "artifacts", "asset", "assets", "cache", "checkpoint", "checkpoints", "ckpt", "ckpts", "conf",
    "config", "configs", "data", "dataset", "datasets", "download", "downloads", "exp",
    "experiments", "exports", "home", "input", "inputs", "local", "log", "logs", "lora", "loras",
    "mnt", "model", "models", "out", "output", "outputs", "path", "pretrain", "pretrained",
    "pretrained_models", "pretrained_weights", "project", "projects", "result", "results", "runs",
    "save", "saved", "saved_models", "saves", "scripts", "src", "tmp", "trained_models", "weight",
    "weights", "work_dir", "work_dirs", "your", "your-org", "your_org", "username",
    "your-username", "your_username",
  ]

  /// Names without an owner that the hub keeps from its early days begin with one of these.
  private static let families = [
    "albert-", "bert-", "camembert", "distilbert-", "distilgpt2", "distilroberta-", "gpt2",
    "openai-gpt", "roberta-", "t5-", "transfo-xl-", "xlm-", "xlnet-",
  ]
  private static let files: Set<String> = [
    "cfg", "conf", "csv", "gz", "json", "jsonl", "lock", "log", "md", "parquet", "py", "sh", "toml",
    "tsv", "txt", "xml", "yaml", "yml", "zip",
  ]

  /// `owner/name`, or a name that needs no owner, which is no file here.
  ///
  /// - Parameter folder: that of the file that names it, with a slash behind, or empty.
  static func isOne(_ text: String, _ tree: TreePaths, folder: String) -> Bool {
    guard text.utf8.count <= 200, !text.isEmpty, text.utf8.allSatisfy(isNameByte) else {
      return false
    }
    let suffix = WeightName.suffix(text)
    if files.contains(suffix) || WeightName.isWeights(text) || WeightName.isCode(text) {
      return false
    }
    if tree.contains(text) || !folder.isEmpty && tree.contains(folder + text) { return false }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.first?.isLetter ?? false || $0.first?.isNumber ?? false }) else {
      return false
    }
    switch parts.count {
    case 1: return families.contains { text.lowercased().hasPrefix($0) }
    case 2: return !folders.contains(parts[0].lowercased())
    default: return false
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
