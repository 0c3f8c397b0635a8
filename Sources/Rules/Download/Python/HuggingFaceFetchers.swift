/// Calls that fetch from the Hugging Face hub or one of its look-alikes.
enum HuggingFaceFetchers {
  private static let revision: Fixing = .revision([.named("revision")])
  private static let offline: [Condition] = [.isTrue(.named("local_files_only"))]

  /// huggingface_hub itself: files, snapshots, file system, git clones.
  static let hub: [Fetcher] = [
    Fetcher(
      ["huggingface_hub.**.hf_hub_download", "?.hf_hub_download"], .file,
      target: [.at(0, "repo_id")], fixing: revision, localWhen: offline),
    Fetcher(
      ["huggingface_hub.**.snapshot_download", "?.snapshot_download"], .weights,
      target: [.at(0, "repo_id")], fixing: revision, localWhen: offline),
    Fetcher(
      ["huggingface_hub.**.cached_download"], .file, target: [.at(0, "url")], form: .address,
      fixing: .address, localWhen: offline),
    Fetcher(
      ["huggingface_hub.**.from_pretrained_keras"], .weights, target: [.at(0)],
      fixing: revision, localWhen: offline),
    Fetcher(
      ["huggingface_hub.**.from_pretrained_fastai"], .weights, target: [.at(0, "repo_id")],
      fixing: .revision([.at(1, "revision")])),
    Fetcher(
      ["huggingface_hub.**.Repository"], .weights, target: [.at(1, "clone_from")],
      fixing: revision, onlyWhen: [.given(.at(1, "clone_from"))]),
    Fetcher(
      [
        "huggingface_hub.**.HfFileSystem.open", "huggingface_hub.**.HfFileSystem.get_file",
        "huggingface_hub.**.HfFileSystem.get", "huggingface_hub.**.HfFileSystem.cat",
        "huggingface_hub.**.HfFileSystem.cat_file", "huggingface_hub.**.HfFileSystem.read_text",
        "huggingface_hub.**.HfFileSystem.read_bytes", "huggingface_hub.**.HfFileSystem.download",
      ], .file, target: [.at(0, "path", "rpath")], form: .hubPath,
      fixing: .revision([.named("revision")])),
    Fetcher(
      ["huggingface_hub.**.download_bucket_files", "huggingface_hub.**.sync_bucket"], .data,
      target: [.at(0)],
      fixing: .never("buckets have no revisions: compare the SHA-256 of what arrives")),
    Fetcher(
      ["huggingface_hub.**.load_torch_model", "huggingface_hub.**.load_state_dict_from_file"],
      .weights, target: [.at(0)], fixing: revision, onlyWhen: [.isAddress(.at(0))]),
  ]

  /// Loaders named `from_pretrained` and their kin in transformers, diffusers, PEFT and others.
  static let models: [Fetcher] = [
    Fetcher(
      ["transformers.**.pipeline"], .weights, target: [.at(1, "model")],
      fixing: .revision([.at(6, "revision"), .named("revision")]),
      localWhen: offline),
    // Without a model the library names one for the task, at a shortened commit.
    Fetcher(
      ["transformers.**.pipeline"], .weights, target: [], fixing: .library,
      onlyWhen: [.given(.at(0, "task")), .isLeftOut(.at(1, "model"))], localWhen: offline),
    Fetcher(
      [
        "transformers.**.cached_file", "transformers.**.cached_files",
        "transformers.**.get_file_from_repo",
      ], .weights, target: [.at(0, "path_or_repo_id", "path_or_repo")],
      fixing: revision, localWhen: offline),
    // What a class of one's own calls in a `from_pretrained` of its own.
    Fetcher(
      [
        "transformers.**.get_config_dict", "transformers.**.get_image_processor_dict",
        "transformers.**.get_feature_extractor_dict", "transformers.**.get_processor_dict",
        "diffusers.**.load_config",
      ], .data, target: [.at(0, "pretrained_model_name_or_path")], fixing: revision,
      localWhen: offline),
    Fetcher(
      ["transformers.**.cached_path", "allennlp.**.cached_path"], .file,
      target: [.at(0, "url_or_filename")], form: .address, fixing: .address),
    Fetcher(
      [
        "transformers.**.get_class_from_dynamic_module",
        "transformers.**.get_cached_module_file",
      ], .code, target: [.at(1, "pretrained_model_name_or_path"), .at(0)],
      fixing: .revision([.named("code_revision"), .named("revision")]), localWhen: offline),
    Fetcher(
      ["peft.**.PeftModel.from_pretrained", "peft.**.PeftMixedModel.from_pretrained"], .weights,
      target: [.at(1, "model_id")], fixing: revision, localWhen: offline),
    Fetcher(
      ["?.load_adapter"], .weights, target: [.at(0, "peft_model_id", "adapter_name_or_path")],
      fixing: revision, localWhen: offline),
    Fetcher(
      [
        "diffusers.**.from_single_file", "?.from_single_file",
      ], .weights, target: [.at(0, "pretrained_model_link_or_path")], form: .hub,
      fixing: revision, localWhen: offline),
    Fetcher(
      [
        "?.load_lora_weights", "?.load_textual_inversion", "?.load_ip_adapter",
        "?.load_lora_adapter", "?.load_attn_procs", "diffusers.**.load_lora_weights",
        "diffusers.**.load_textual_inversion", "diffusers.**.load_ip_adapter",
        "diffusers.**.load_lora_adapter", "diffusers.**.load_attn_procs",
      ], .weights,
      target: [
        .at(0, "pretrained_model_name_or_path_or_dict", "pretrained_model_name_or_path")
      ], fixing: revision, localWhen: offline),
    Fetcher(
      ["diffusers.**.download"], .weights, target: [.at(0, "pretrained_model_name")],
      fixing: revision, localWhen: offline),
    Fetcher(
      ["tokenizers.**.Tokenizer.from_pretrained"], .data, target: [.at(0, "identifier")],
      fixing: .revision([.at(1, "revision")])),
    Fetcher(
      [
        "sentence_transformers.**.SentenceTransformer", "sentence_transformers.**.CrossEncoder",
        "sentence_transformers.**.SparseEncoder",
      ], .weights, target: [.at(0, "model_name_or_path", "model_name")],
      fixing: revision, onlyWhen: [.given(.at(0, "model_name_or_path", "model_name"))],
      localWhen: offline),
    Fetcher(
      ["setfit.**.from_pretrained", "colbert.**.from_pretrained"], .weights, target: [.at(0)],
      fixing: revision, localWhen: offline),
    Fetcher(
      ["FlagEmbedding.**.from_finetuned"], .weights,
      target: [.at(0, "model_name_or_path")],
      fixing: .never("download with huggingface_hub at a commit, and pass the local folder")),
    Fetcher(
      [
        "FlagEmbedding.**.FlagModel", "FlagEmbedding.**.BGEM3FlagModel",
        "FlagEmbedding.**.FlagReranker", "FlagEmbedding.**.FlagLLMReranker",
      ], .weights,
      target: [.at(0, "model_name_or_path")],
      fixing: .never("download with huggingface_hub at a commit, and pass the local folder")),
    Fetcher(
      ["InstructorEmbedding.**.INSTRUCTOR"], .weights, target: [.at(0, "model_name_or_path")],
      fixing: revision, localWhen: offline),
    Fetcher(
      [
        "langchain.**.HuggingFaceEmbeddings", "langchain_huggingface.**.HuggingFaceEmbeddings",
        "langchain_community.**.HuggingFaceEmbeddings",
        "langchain.**.HuggingFaceInstructEmbeddings",
        "langchain_community.**.HuggingFaceInstructEmbeddings",
        "langchain.**.HuggingFaceBgeEmbeddings",
        "langchain_community.**.HuggingFaceBgeEmbeddings",
        "llama_index.**.HuggingFaceEmbedding",
      ], .weights, target: [.named("model_name"), .at(0)],
      fixing: .never("download with huggingface_hub at a commit, and pass the local folder")),
    Fetcher(
      [
        "langchain.**.HuggingFacePipeline.from_model_id",
        "langchain_huggingface.**.HuggingFacePipeline.from_model_id",
        "langchain_community.**.HuggingFacePipeline.from_model_id",
      ], .weights,
      target: [.at(0, "model_id")],
      fixing: .never("build the pipeline yourself with revision=, and pass it in")),
    Fetcher(
      ["vllm.**.LLM", "vllm.**.AsyncEngineArgs", "vllm.**.EngineArgs"], .weights,
      target: [.at(0, "model")], fixing: revision),
    Fetcher(
      ["sglang.**.Engine", "sglang.**.Runtime"], .weights, target: [.named("model_path")],
      fixing: revision),
    Fetcher(
      ["lmdeploy.**.pipeline"], .weights, target: [.at(0, "model_path")],
      fixing: .never("download with huggingface_hub at a commit, and pass the local folder")),
    Fetcher(
      ["mlx_lm.**.load", "mlx_lm.**.convert", "mlx_vlm.**.load"], .weights,
      target: [.at(0, "path_or_hf_repo", "hf_path")], fixing: revision),
    Fetcher(
      ["ctranslate2.**.TransformersConverter"], .weights,
      target: [.at(0, "model_name_or_path")], fixing: revision),
    Fetcher(
      ["faster_whisper.**.WhisperModel", "faster_whisper.**.download_model"], .weights,
      target: [.at(0, "model_size_or_path", "size_or_id")], form: .catalogueOrFile,
      fixing: revision, localWhen: offline),
    Fetcher(
      ["llama_cpp.**.from_pretrained"], .weights, target: [.at(0, "repo_id")],
      fixing: .never(
        "call hf_hub_download(repo_id, filename, revision=COMMIT) and open the file it returns"),
      localWhen: []),
    Fetcher(
      ["gliner.**.from_pretrained", "span_marker.**.from_pretrained"], .weights,
      target: [.at(0)], fixing: revision, localWhen: offline),
    Fetcher(
      ["pyannote.**.from_pretrained"], .weights,
      target: [.at(0, "checkpoint_path", "checkpoint")], form: .hubWithRevision,
      fixing: .revision([.named("revision")])),
    Fetcher(
      ["speechbrain.**.from_hparams"], .code, target: [.named("source"), .at(0)],
      fixing: revision),
    Fetcher(
      ["speechbrain.**.fetch"], .file, target: [.at(1, "source")], fixing: revision),
    // Any class: the method's name is the hub's own convention.
    Fetcher(
      ["**.from_pretrained"], .weights,
      target: [
        .at(
          0, "pretrained_model_name_or_path", "model_name_or_path", "pretrained_model_name",
          "model_name", "repo_id", "model_id", "name")
      ], form: .hubWithRevision, fixing: revision, localWhen: offline),
    Fetcher(
      ["keras_hub.**.from_preset", "keras_nlp.**.from_preset", "keras_cv.**.from_preset"],
      .weights, target: [.at(0, "preset")], form: .handle, fixing: .versionInTarget),
    Fetcher(
      ["ultralytics.**.from_pretrained"], .weights, target: [.at(0)], fixing: revision),
  ]

  /// Data sets and metrics.
  static let datasets: [Fetcher] = [
    Fetcher(
      ["datasets.**.load_dataset", "datasets.**.load_dataset_builder"], .data,
      target: [.named("data_files")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.named("data_files"))]),
    Fetcher(
      [
        "datasets.**.load_dataset", "datasets.**.load_dataset_builder",
        "datasets.**.dataset_module_factory", "datasets.**.get_dataset_config_names",
        "datasets.**.get_dataset_split_names", "datasets.**.get_dataset_infos",
        "datasets.**.get_dataset_config_info",
      ], .data, target: [.at(0, "path")], fixing: revision, localWhen: [.readsLocalFiles]),
    Fetcher(
      ["datasets.**.load_metric", "nlp.load_metric"], .code, target: [.at(0, "path")],
      fixing: revision),
    Fetcher(["nlp.load_dataset"], .code, target: [.at(0, "path")], fixing: revision),
    Fetcher(
      ["evaluate.**.load", "evaluate.EvaluationSuite.load"], .code, target: [.at(0, "path")],
      fixing: revision),
    Fetcher(
      [
        "datasets.**.DownloadManager.download",
        "datasets.**.DownloadManager.download_and_extract",
        "?.download_and_extract",
      ], .data, target: [.at(0, "url_or_urls")], form: .address, fixing: .address),
    Fetcher(
      ["tensorflow_datasets.**.load", "tensorflow_datasets.**.data_source"], .data,
      target: [.at(0, "name")], form: .catalogue, fixing: .library,
      localWhen: [.isFalse(.named("download"))]),
    Fetcher(["tensorflow_datasets.**.download_and_prepare"], .data, target: [], fixing: .library),
  ]

  /// Code by design: compiled kernels, generation loops.
  static let kernels: [Fetcher] = [
    Fetcher(
      ["**.generate"], .code, target: [.named("custom_generate")], fixing: revision,
      onlyWhen: [.given(.named("custom_generate"))]),
    Fetcher(
      ["**.load_custom_generate"], .code, target: [.at(0, "pretrained_model_name_or_path")],
      fixing: revision),
    Fetcher(
      ["**.set_attn_implementation"], .code, target: [.at(0, "attn_implementation")],
      form: .hubWithRevision, fixing: .inTarget,
      onlyWhen: [.namesHub(.at(0, "attn_implementation"))]
    ),
    Fetcher(
      ["kernels.**.get_kernel", "kernels.**.install_kernel", "kernels.**.has_kernel"], .code,
      target: [.at(0, "repo_id")], fixing: .revision([.at(1, "revision")])),
    Fetcher(
      [
        "kernels.**.LayerRepository", "kernels.**.FuncRepository",
      ], .code, target: [.at(0, "repo_id")], fixing: revision),
  ]
}
