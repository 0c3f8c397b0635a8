/// Which calls become call sites: the analysis does little for all others.
package struct PythonInterest: Sendable {
  /// Last names of functions, methods and classes, whatever they belong to.
  package var names: Set<String>
  /// Those of `names` that mean something only in certain libraries, with the top-level modules of
  /// these: `list` of `torch.hub`, but no other `list`.
  package var owners: [String: Set<String>] = [:]
  /// Top-level modules of which every call counts.
  package var modules: Set<String>
  /// Top-level modules whose functions of `ownNames` count even where the repository defines them: it
  /// is then the library itself, or brings a copy of it.
  package var ownModules: Set<String> = []
  /// Last names of such functions.
  package var ownNames: Set<String> = []
  /// Full names of functions and methods that count although their modules do not:
  /// `logging.config.listen`.
  package var qualified: Set<String> = []
  /// The arguments that decide what a call of it does; nil when rules do not ask. Where such an
  /// argument depends on a parameter, the callers of the function around the call are followed.
  /// Calls that run programs are followed in any case.
  package var deciding: @Sendable (PythonCallee) -> PythonDecidingArguments?

  package init(
    names: Set<String>, modules: Set<String>,
    deciding: @escaping @Sendable (PythonCallee) -> PythonDecidingArguments? = { _ in .all }
  ) {
    self.names = names
    self.modules = modules
    self.deciding = deciding
  }

  /// Whether a function of a library counts by its last name.
  func names(_ last: String, in top: String) -> Bool {
    names.contains(last) && owners[last]?.contains(top) ?? true
  }

  /// Whether a call of code of the repository counts by its name alone.
  func isOwn(_ callee: PythonCallee) -> Bool {
    let last = String(callee.last)
    // Whoever defines it, this name promises a download.
    if last == "from_pretrained" { return true }
    guard ownNames.contains(last) else { return false }
    // Sources may lie in a folder of their own: `src.library.module.function`.
    return callee.name.split(separator: ".").dropLast().prefix(3).contains {
      ownModules.contains(String($0))
    }
  }
}

/// Which arguments of a call matter; those behind stars always do.
package struct PythonDecidingArguments: Sendable {
  /// What an argument has to be so that it tells something.
  package enum Kind: Sendable {
    /// Any text, object or switch.
    case any
    /// A network address.
    case address
    /// What another call fetched, or a file that it wrote.
    case fetched
  }

  package var kind: Kind
  /// How many positions do.
  package var positions: Int
  /// Nil for all names.
  package var names: Set<String>?

  package static let all = PythonDecidingArguments(positions: .max, names: nil)
  package static let none = PythonDecidingArguments(positions: 0, names: [])

  package init(_ kind: Kind = .any, positions: Int = .max, names: Set<String>? = nil) {
    self.kind = kind
    self.positions = positions
    self.names = names
  }

  /// The arguments that matter to either.
  package func union(_ other: PythonDecidingArguments) -> PythonDecidingArguments {
    let names: Set<String>? =
      if let mine = self.names, let others = other.names { mine.union(others) } else { nil }
    return PythonDecidingArguments(
      kind == other.kind ? kind : .any, positions: max(positions, other.positions), names: names)
  }
}

extension PythonInterest {
  /// What the rules of the families download and execution ask for.
  package static let standard = PythonInterest(
    names: [
      "from_pretrained", "from_single_file", "from_pretrained_fastai", "from_preset",
      "from_config", "from_pretrained_keras", "push_from_hub", "from_archive", "from_finetuned",
      "from_hparams", "restore_from", "custom_pipeline", "download", "download_file",
      "download_fileobj", "download_and_extract", "download_and_prepare", "download_url",
      "download_from_url", "download_to_filename", "download_blob", "download_folder",
      "download_artifacts", "download_asset", "download_model", "download_url_to_file",
      "hf_hub_download", "snapshot_download", "cached_download", "cached_file", "cached_files",
      "cached_path", "get_cached_module_file", "get_class_from_dynamic_module", "get_file",
      "get_from_cache", "hf_hub_url", "list_repo_files", "load", "load_adapter", "load_audio",
      "load_custom_generate", "load_data", "load_dataset", "load_dataset_builder", "load_file",
      "load_file_from_url", "load_from_hub", "load_image", "load_inline", "load_ip_adapter",
      "load_library", "load_lora_adapter", "load_lora_weights", "load_model", "load_module",
      "load_source", "load_state_dict_from_hf", "load_state_dict_from_url",
      "load_textual_inversion", "load_url", "load_video", "loads", "create_model",
      "create_model_and_transforms", "create_model_from_pretrained", "generate", "get_encoding",
      "get_kernel", "get_model", "get_state_dict", "get_tokenizer", "get_weights", "has_file",
      "has_kernel", "install_kernel", "encoding_for_model", "pipeline", "retrieve", "resolve",
      "set_attn_implementation", "urlopen", "urlretrieve", "use_artifact", "clone_from",
      "exec", "eval", "compile", "execfile", "import_module", "__import__", "reload", "open_url",
      "run_path", "run_module", "exec_module", "spec_from_file_location", "extractall",
      "unpack_archive", "CDLL", "system", "popen", "getoutput", "getstatusoutput",
      "run_line_magic", "run_cell_magic", "getattr", "read_pickle", "get_object", "fetch",
      "package_import", "model_download", "dataset_download", "attempt_download",
      "attempt_download_asset", "safe_download", "torch_load", "InferenceClient", "GFPGANer",
    ],
    modules: [
      "huggingface_hub", "urllib", "urllib2", "urllib3", "requests", "httpx", "aiohttp", "wget",
      "gdown", "pooch", "kagglehub", "modelscope", "datasets", "evaluate", "kernels", "nltk",
      "spacy", "gensim", "flair", "stanza", "easyocr", "paddle", "paddleocr", "paddlehub",
      "paddlenlp", "ultralytics", "sentence_transformers", "timm", "open_clip", "clip", "whisper",
      "faster_whisper", "ctranslate2", "tiktoken", "ollama", "vllm", "sglang", "lmdeploy",
      "mlx_lm", "llama_cpp", "tensorflow_hub", "torchvision", "torchaudio", "torchtext", "boto3",
      "botocore", "google", "azure", "oss2", "minio", "wandb", "mlflow", "clearml", "neptune",
      "comet_ml", "dvc", "roboflow", "kaggle", "opendatasets", "openml", "git", "pygit2",
      "dulwich", "subprocess", "pip", "runpy", "marshal", "pickle", "cPickle", "dill", "joblib",
      "cloudpickle", "ssl", "socket", "ftplib", "http", "pycurl", "paramiko", "websockets",
      "fsspec", "smart_open", "s3fs", "gcsfs", "adlfs", "pty", "plumbum", "sh", "invoke",
      "fabric", "gradio", "gradio_client", "ensurepip", "zipimport", "imp", "ctypes", "site",
      "basicsr", "gfpgan", "facexlib", "encodec", "setfit", "FlagEmbedding", "fasttext",
      "diffusers", "transformers", "peft", "trl", "optimum", "accelerate",
    ])
}
