/// Calls that fetch through a library of their own: model catalogues, hubs, data sets, downloads.
enum LibraryFetchers {
  /// torch.hub and what is built on it.
  static let torch: [Fetcher] = [
    Fetcher(
      ["torch.hub.load", "torch.hub.list", "torch.hub.help", "torch.hub.**.load"], .code,
      target: [.at(0, "repo_or_dir", "github")], form: .github, fixing: .inTarget,
      localWhen: [.equals(.named("source"), "local")]),
    Fetcher(
      [
        "torch.hub.load_state_dict_from_url", "torch.**.model_zoo.load_url",
        "torchvision.**.load_state_dict_from_url", "torchvision.**.model_urls.load_url",
        "?.load_state_dict_from_url",
      ], .weights, target: [.at(0, "url")], form: .address, fixing: .address),
    Fetcher(
      ["torch.hub.download_url_to_file", "?.download_url_to_file"], .file,
      target: [.at(0, "url")], form: .address,
      fixing: .digest([.at(2, "hash_prefix")], digits: 64)),
    Fetcher(
      [
        "torchvision.datasets.**.download_url",
        "torchvision.datasets.**.download_and_extract_archive", "?.download_and_extract_archive",
      ], .data, target: [.at(0, "url")], form: .address,
      fixing: .never("torchvision compares MD5 at most: check the SHA-256 after the download")),
    Fetcher(
      ["torchvision.datasets.**.download_file_from_google_drive"], .file,
      target: [.at(0, "file_id")], form: .catalogue,
      fixing: .never("torchvision compares MD5 at most: check the SHA-256 after the download")),
    Fetcher(
      ["torchvision.datasets.**", "torchaudio.datasets.**", "torchtext.datasets.**"], .data,
      target: [], fixing: .library, onlyWhen: [.isTrue(.named("download"))]),
    Fetcher(
      ["torchvision.models.**"], .weights, target: [.named("weights", "pretrained"), .at(0)],
      form: .catalogue, fixing: .library,
      onlyWhen: [.given(.named("weights", "pretrained", "weights_backbone"))]),
    Fetcher(
      ["torchvision.**.Weights.get_state_dict"], .weights, target: [], fixing: .library),
    Fetcher(
      ["torchaudio.utils.download_asset"], .data, target: [.at(0, "key")], form: .catalogue,
      fixing: .digest([.at(1, "hash")], digits: 64)),
    Fetcher(["torchaudio.pipelines.**.get_model"], .weights, target: [], fixing: .library),
    Fetcher(
      ["torchaudio.models.decoder.download_pretrained_files"], .data,
      target: [.at(0, "model")], form: .catalogue, fixing: .library),
    Fetcher(
      ["torchtext.utils.download_from_url"], .data, target: [.at(0, "url")], form: .address,
      fixing: .digest([.named("hash_value")], digits: 64)),
    Fetcher(
      ["torchtext.vocab.GloVe", "torchtext.vocab.FastText", "torchtext.vocab.CharNGram"],
      .data, target: [], fixing: .library),
    Fetcher(
      [
        "timm.create_model", "timm.models.create_model", "timm.**.create_model",
      ], .weights, target: [.at(0, "model_name")], form: .hubWithRevision, fixing: .inTarget,
      onlyWhen: [.isLeftToCallers(.at(1, "pretrained"))]),
    Fetcher(
      ["timm.**.load_state_dict_from_hf", "timm.**.load_model_config_from_hf"], .weights,
      target: [.at(0, "model_id")], form: .hubWithRevision, fixing: .inTarget),
    Fetcher(
      ["timm.**.download_cached_file"], .weights, target: [.at(0, "url")], form: .address,
      fixing: .address),
    Fetcher(
      ["timm.**.load_pretrained", "timm.**.load_custom_pretrained"], .weights,
      target: [.at(1, "pretrained_cfg", "default_cfg")], form: .catalogue, fixing: .library),
    Fetcher(
      [
        "open_clip.**.create_model", "open_clip.**.create_model_and_transforms",
        "open_clip.**.create_model_from_pretrained",
      ], .weights, target: [.at(0, "model_name")], form: .hubWithRevision,
      fixing: .inTarget, onlyWhen: [.startsWith(.at(0, "model_name"), "hf-hub:")]),
    // Without a tag of weights the model stays as it was initialised.
    Fetcher(
      ["open_clip.**.create_model", "open_clip.**.create_model_and_transforms"], .weights,
      target: [.at(1, "pretrained")], form: .catalogueOrFile, fixing: .library,
      onlyWhen: [.given(.at(1, "pretrained"))]),
    Fetcher(
      ["open_clip.**.create_model_from_pretrained"], .weights,
      target: [.at(1, "pretrained"), .at(0, "model_name")], form: .catalogueOrFile,
      fixing: .library),
    Fetcher(
      ["open_clip.**.get_tokenizer"], .data, target: [.at(0, "model_name")],
      form: .hubWithRevision, fixing: .library,
      onlyWhen: [.isAddress(.at(0, "model_name"))]),
    Fetcher(
      ["open_clip.**.download_pretrained_from_hf"], .weights, target: [.at(0, "model_id")],
      fixing: .revision([.named("revision")])),
    Fetcher(
      ["open_clip.**.download_pretrained_from_url"], .weights, target: [.at(0, "url")],
      form: .address, fixing: .address),
    Fetcher(
      ["clip.load", "clip.clip.load", "cn_clip.**.load_from_name"], .weights,
      target: [.at(0, "name")], form: .catalogueOrFile, fixing: .library),
    Fetcher(
      ["whisper.load_model", "whisperx.load_model", "whisper_timestamped.load_model"], .weights,
      target: [.at(0, "name", "whisper_arch")], form: .catalogueOrFile, fixing: .library),
    Fetcher(
      [
        "encodec.**.encodec_model_24khz", "encodec.**.encodec_model_48khz",
      ], .weights, target: [], fixing: .library, localWhen: [.isFalse(.named("pretrained"))]),
    Fetcher(
      ["demucs.**.get_model", "demucs.**.get_model_from_args"], .weights,
      target: [.at(0, "name")], form: .catalogue, fixing: .library),
    Fetcher(
      ["audiocraft.**.get_pretrained"], .weights, target: [.at(0, "name")], form: .hub,
      fixing: .never("download with huggingface_hub at a commit, and pass the local folder")),
    Fetcher(["bark.**.preload_models"], .weights, target: [], fixing: .library),
    Fetcher(["wavmark.load_model"], .weights, target: [], fixing: .library),
    Fetcher(
      ["dac.utils.download", "dac.utils.**.download"], .weights, target: [.at(0, "model_type")],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["TTS.api.TTS"], .weights, target: [.at(0, "model_name")], form: .catalogue,
      fixing: .library, onlyWhen: [.given(.at(0, "model_name"))]),
    Fetcher(
      ["esm.**.pretrained.**", "fair_esm.**.pretrained.**", "esm.pretrained.**"], .weights,
      target: [], fixing: .library),
    Fetcher(
      ["fairseq.**.load_model_ensemble_and_task_from_hf_hub"], .weights,
      target: [.at(0, "model_id")], fixing: .never("download at a commit, and load the folder")),
    Fetcher(
      ["efficientnet_pytorch.**.from_pretrained"], .weights, target: [.at(0)],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["segmentation_models_pytorch.**"], .weights, target: [.named("encoder_weights")],
      form: .catalogue, fixing: .library, onlyWhen: [.given(.named("encoder_weights"))]),
    Fetcher(
      ["lpips.LPIPS"], .weights, target: [.named("net"), .at(0)], form: .catalogue,
      fixing: .library, localWhen: [.isTrue(.named("pnet_rand"))]),
    Fetcher(
      ["facenet_pytorch.**.InceptionResnetV1"], .weights, target: [.at(0, "pretrained")],
      form: .catalogue, fixing: .library, onlyWhen: [.given(.at(0, "pretrained"))]),
    Fetcher(
      ["insightface.**.FaceAnalysis"], .weights, target: [.at(0, "name")], form: .catalogue,
      fixing: .library),
    Fetcher(
      ["detectron2.model_zoo.get", "detectron2.**.get_checkpoint_url"], .weights,
      target: [.at(0, "config_path")], form: .catalogue, fixing: .library,
      onlyWhen: [.isTrue(.at(1, "trained"))]),
    Fetcher(
      [
        "mmdet.**.init_detector", "mmseg.**.init_model", "mmpose.**.init_model",
        "mmengine.**.load_checkpoint", "mmcv.**.load_checkpoint",
      ], .weights,
      target: [.at(1, "checkpoint", "filename")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(1, "checkpoint", "filename"))]),
    Fetcher(
      [
        "basicsr.**.load_file_from_url", "facexlib.**.load_file_from_url",
        "gfpgan.**.load_file_from_url", "realesrgan.**.load_file_from_url",
        "?.load_file_from_url",
      ], .weights, target: [.at(0, "url")], form: .address,
      fixing: .address),
    Fetcher(
      ["basicsr.**.download_file_from_google_drive"], .file, target: [.at(0, "file_id")],
      form: .catalogue, fixing: .never("check the SHA-256 of the file after the download")),
    Fetcher(
      [
        "ultralytics.**.YOLO", "ultralytics.**.RTDETR", "ultralytics.**.SAM",
        "ultralytics.**.FastSAM", "ultralytics.**.NAS", "ultralytics.**.YOLOWorld",
        "ultralytics.**.YOLOE",
      ], .weights, target: [.at(0, "model")], form: .catalogueOrFile,
      fixing: .never("download the file at a release, check its SHA-256, and pass its path")),
    Fetcher(
      ["ultralytics.**.attempt_download_asset", "ultralytics.**.attempt_download"], .weights,
      target: [.at(0, "file")], form: .catalogue,
      fixing: .never("download the file at a release, check its SHA-256, and pass its path")),
    Fetcher(
      ["ultralytics.**.safe_download"], .weights, target: [.at(0, "url")], form: .address,
      fixing: .address),
    Fetcher(
      ["easyocr.Reader", "easyocr.**.Reader"], .weights, target: [.at(0, "lang_list")],
      form: .catalogue, fixing: .library, localWhen: [.isFalse(.named("download_enabled"))]),
    Fetcher(
      ["paddleocr.PaddleOCR", "paddleocr.PPStructure"], .weights, target: [], fixing: .library),
    Fetcher(
      ["paddle.hub.load", "paddle.hub.list", "paddle.hub.help"], .code,
      target: [.at(0, "repo_dir")], form: .github, fixing: .inTarget,
      localWhen: [.equals(.named("source"), "local")]),
    Fetcher(
      ["paddle.**.get_weights_path_from_url", "paddle.**.get_path_from_url"], .weights,
      target: [.at(0, "url")], form: .address,
      fixing: .never("Paddle compares MD5 at most: check the SHA-256 after the download")),
    Fetcher(
      ["paddlehub.Module"], .code, target: [.at(0, "name")], form: .catalogue,
      fixing: .version([.named("version")]), onlyWhen: [.given(.at(0, "name"))]),
  ]

  /// Keras and TensorFlow.
  static let keras: [Fetcher] = [
    Fetcher(
      ["keras.**.get_file", "tensorflow.keras.**.get_file", "tensorflow.**.get_file"], .file,
      target: [.at(1, "origin")], form: .address,
      fixing: .digest([.named("file_hash")], digits: 64)),
    Fetcher(
      ["keras.**.load_model", "tensorflow.**.load_model"], .weights,
      target: [.at(0, "filepath")], form: .address, fixing: .inTarget,
      onlyWhen: [.isAddress(.at(0, "filepath"))]),
    Fetcher(
      [
        "keras.datasets.**.load_data", "tensorflow.keras.datasets.**.load_data",
        "tensorflow.**.datasets.**.load_data",
      ], .data, target: [], fixing: .library),
    Fetcher(
      [
        "tensorflow_hub.**.load", "tensorflow_hub.**.resolve", "tensorflow_hub.**.KerasLayer",
        "tensorflow_hub.**.load_module_spec", "tensorflow_hub.**.Module",
      ], .weights,
      target: [.at(0, "handle", "spec")], form: .handle,
      fixing: .never("download the model, check its SHA-256, and load the local folder")),
  ]

  /// keras.applications: the weights argument defaults to a download.
  static let kerasApplications = [
    "DenseNet121", "DenseNet169", "DenseNet201", "EfficientNetB0", "EfficientNetB1",
    "EfficientNetB2", "EfficientNetB3", "EfficientNetB4", "EfficientNetB5", "EfficientNetB6",
    "EfficientNetB7", "EfficientNetV2B0", "EfficientNetV2B1", "EfficientNetV2B2",
    "EfficientNetV2B3", "EfficientNetV2L", "EfficientNetV2M", "EfficientNetV2S",
    "InceptionResNetV2", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Large",
    "MobileNetV3Small", "NASNetLarge", "NASNetMobile", "ResNet101", "ResNet101V2", "ResNet152",
    "ResNet152V2", "ResNet50", "ResNet50V2", "VGG16", "VGG19", "Xception", "ConvNeXtBase",
    "ConvNeXtLarge", "ConvNeXtSmall", "ConvNeXtTiny", "ConvNeXtXLarge",
  ].map { name in
    Fetcher(
      [CalleePattern("keras.**.\(name)"), CalleePattern("tensorflow.**.applications.**.\(name)")],
      .weights, target: [.named("weights")], form: .catalogueOrFile, fixing: .library,
      localWhen: [.isFalse(.named("weights"))])
  }

  /// Other hubs and registries of models and data.
  static let hubs: [Fetcher] = [
    Fetcher(
      ["modelscope.**.snapshot_download", "modelscope.**.dataset_snapshot_download"], .weights,
      target: [.at(0, "model_id", "dataset_id", "repo_id")],
      fixing: .revision([.at(1, "revision")]),
      localWhen: [.isTrue(.named("local_files_only"))]),
    Fetcher(
      ["modelscope.**.model_file_download", "modelscope.**.dataset_file_download"], .file,
      target: [.at(0, "model_id", "dataset_id")], fixing: .revision([.at(2, "revision")]),
      localWhen: [.isTrue(.named("local_files_only"))]),
    Fetcher(
      ["modelscope.**.pipeline"], .code, target: [.at(1, "model")],
      fixing: .revision([.named("model_revision")])),
    Fetcher(
      ["modelscope.**.MsDataset.load"], .data, target: [.at(0, "dataset_name")],
      fixing: .revision([.named("version")])),
    Fetcher(
      [
        "kagglehub.**.model_download", "kagglehub.**.dataset_download",
        "kagglehub.**.competition_download", "kagglehub.**.notebook_output_download",
        "kagglehub.**.dataset_load", "kagglehub.**.load_dataset",
      ], .weights,
      target: [.named("handle"), .at(0), .at(1)], form: .handle, fixing: .versionInTarget),
    Fetcher(
      ["kagglehub.**.package_import", "kagglehub.**.utility_script_install"], .code,
      target: [.at(0, "handle")], form: .handle, fixing: .versionInTarget),
    Fetcher(
      [
        "kaggle.api.dataset_download_files", "kaggle.api.dataset_download_file",
        "kaggle.api.competition_download_files", "kaggle.api.competition_download_file",
        "kaggle.api.model_instance_version_download", "kaggle.api.kernels_output",
        "?.dataset_download_files", "?.competition_download_files",
      ], .data, target: [.at(0)], form: .handle, fixing: .versionInTarget),
    Fetcher(
      ["opendatasets.download"], .data, target: [.at(0, "dataset_id_or_url")], form: .address,
      fixing: .address),
    Fetcher(
      ["openml.**.get_dataset"], .data, target: [.at(0)], form: .catalogue,
      fixing: .version([.named("version")])),
    Fetcher(
      ["roboflow.**.download"], .data, target: [.at(0)], form: .catalogue,
      fixing: .never("check the SHA-256 of what arrives")),
    Fetcher(
      [
        "wandb.restore", "wandb.**.use_artifact", "wandb.**.artifact", "?.use_artifact",
      ], .weights, target: [.at(0, "artifact_or_name", "name")], form: .handle,
      fixing: .versionInTarget),
    Fetcher(
      ["mlflow.**.load_model"], .weights, target: [.at(0, "model_uri")], form: .handle,
      fixing: .versionInTarget),
    Fetcher(
      ["mlflow.**.download_artifacts"], .weights,
      target: [.at(0, "artifact_uri", "run_id")], form: .handle, fixing: .versionInTarget),
    Fetcher(
      [
        "clearml.**.InputModel", "clearml.**.Dataset.get",
        "clearml.**.StorageManager.get_local_copy",
        "clearml.**.get_local_copy",
      ],
      .weights, target: [.at(0), .named("name", "dataset_id", "dataset_name", "remote_url")],
      form: .handle, fixing: .never("check the SHA-256 of what arrives")),
    Fetcher(
      ["dvc.api.open", "dvc.api.read", "dvc.api.get_url"], .data,
      target: [.at(1, "repo")], form: .address, fixing: .revision([.at(2, "rev")]),
      onlyWhen: [.given(.at(1, "repo"))]),
    Fetcher(
      ["nltk.download", "nltk.downloader.download", "nltk.**.Downloader.download"], .data,
      target: [.at(0, "info_or_id")], form: .catalogue,
      fixing: .never("ship the data with the model and add its folder to nltk.data.path")),
    Fetcher(
      ["spacy.cli.download", "spacy.**.download.download"], .code, target: [.at(0, "model")],
      form: .catalogue,
      fixing: .never("install the model's wheel from a requirements file with --hash")),
    Fetcher(
      ["gensim.downloader.load"], .code, target: [.at(0, "name")], form: .catalogue,
      fixing: .never("download the file once, check its SHA-256, and load it from disk")),
    Fetcher(
      ["flair.**.load"], .weights, target: [.at(0)], form: .hubWithRevision, fixing: .inTarget,
      onlyWhen: [.given(.at(0))]),
    Fetcher(
      ["flair.**.cached_path", "flair.**.get_from_cache"], .file, target: [.at(0)],
      form: .address, fixing: .address),
    Fetcher(
      [
        "flair.**.TransformerWordEmbeddings", "flair.**.TransformerDocumentEmbeddings",
        "flair.**.WordEmbeddings", "flair.**.FlairEmbeddings",
      ], .weights, target: [.at(0)],
      form: .catalogueOrFile, fixing: .library),
    Fetcher(
      ["stanza.download", "stanza.**.download"], .weights, target: [.at(0, "lang")],
      form: .catalogue,
      fixing: .never("keep the models beside the code, and pass download_method=None")),
    Fetcher(
      ["stanza.Pipeline"], .weights, target: [.at(0, "lang")], form: .catalogue,
      fixing: .never("keep the models beside the code, and pass download_method=None"),
      localWhen: [.isFalse(.named("download_method"))]),
    Fetcher(
      ["fasttext.util.download_model"], .weights, target: [.at(0, "lang_id")], form: .catalogue,
      fixing: .never("download the file once, check its SHA-256, and load it from disk")),
    Fetcher(
      [
        "allennlp.**.from_archive", "allennlp.**.Predictor.from_path",
        "allennlp.**.load_archive", "allennlp_models.pretrained.load_predictor",
      ], .weights,
      target: [.at(0, "archive_file", "archive_path", "model_id")], form: .address,
      fixing: .address, onlyWhen: [.isAddress(.at(0, "archive_file", "archive_path"))]),
    Fetcher(
      [
        "benepar.download", "textblob.download_corpora.**", "argostranslate.**.install_from_path",
        "laserembeddings.**.download_models", "wn.download", "pattern.**.download",
      ], .data,
      target: [.at(0)], form: .catalogue, fixing: .library),
    Fetcher(
      ["tiktoken.**.load_tiktoken_bpe", "tiktoken.**.data_gym_to_mergeable_bpe_ranks"], .data,
      target: [.at(0, "tiktoken_bpe_file")], form: .address,
      fixing: .digest([.at(1, "expected_hash")], digits: 64),
      onlyWhen: [.isAddress(.at(0, "tiktoken_bpe_file"))]),
    Fetcher(
      [
        "biotite.database.rcsb.**.fetch", "biotite.database.entrez.**.fetch",
        "biotite.database.entrez.**.fetch_single_file", "biotite.database.uniprot.**.fetch",
        "biotite.database.afdb.**.fetch",
      ], .data, target: [.at(0, "pdb_ids", "uids", "ids")], form: .catalogue,
      fixing: .never("keep the file beside the code, or compare its SHA-256 after the download")),
    Fetcher(
      ["Bio.PDB.**.retrieve_pdb_file", "Bio.PDB.**.download_pdb_files", "Bio.Entrez.efetch"],
      .data, target: [.at(0, "pdb_code", "pdb_codes", "db")], form: .catalogue,
      fixing: .never("keep the file beside the code, or compare its SHA-256 after the download")),
    Fetcher(
      ["langchain.hub.pull", "langchainhub.**.pull"], .data,
      target: [.at(0, "owner_repo_commit")], form: .handle,
      fixing: .never("name the prompt's commit, `owner/name:COMMIT`, or keep its text in the code")),
    Fetcher(
      [
        "condacolab.install", "condacolab.install_from_url", "condacolab.install_miniforge",
        "condacolab.install_mambaforge", "condacolab.install_miniconda",
        "condacolab.install_anaconda",
      ], .code, target: [.at(0, "installer_url")], form: .catalogue,
      fixing: .never("download the installer, check its SHA-256, and run it from disk")),
    Fetcher(
      ["tiktoken.get_encoding", "tiktoken.encoding_for_model"], .data, target: [.at(0)],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["ollama.**.pull"], .weights, target: [.at(0, "model")], form: .catalogue,
      fixing: .never("create the model from a local file: `FROM ./model.gguf`")),
    Fetcher(
      ["gpt4all.GPT4All"], .weights, target: [.at(0, "model_name")], form: .catalogueOrFile,
      fixing: .library, localWhen: [.isFalse(.named("allow_download"))]),
    Fetcher(
      ["rembg.new_session"], .weights, target: [.at(0, "model_name")], form: .catalogue,
      fixing: .library),
    Fetcher(
      [
        "fastembed.**.TextEmbedding", "fastembed.**.ImageEmbedding",
        "fastembed.**.SparseTextEmbedding", "fastembed.**.LateInteractionTextEmbedding",
        "fastembed.**.LateInteractionMultimodalEmbedding", "fastembed.**.TextCrossEncoder",
      ], .weights, target: [.at(0, "model_name")], form: .catalogue, fixing: .library,
      localWhen: [.isTrue(.named("local_files_only")), .given(.named("specific_model_path"))]),
    Fetcher(
      [
        "chromadb.**.SentenceTransformerEmbeddingFunction",
        "chromadb.**.InstructorEmbeddingFunction", "chromadb.**.Text2VecEmbeddingFunction",
      ], .weights, target: [.at(0, "model_name")], form: .hub,
      fixing: .never("make the embedder yourself from a local folder, and pass a function of yours")
    ),
    Fetcher(
      ["chromadb.**.OpenCLIPEmbeddingFunction"], .weights, target: [.at(0, "model_name")],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["sklearn.datasets.fetch_openml"], .data, target: [.at(0, "name", "data_id")],
      form: .catalogue, fixing: .version([.at(1, "version")])),
    Fetcher(
      [
        "sklearn.datasets.fetch_20newsgroups", "sklearn.datasets.fetch_20newsgroups_vectorized",
        "sklearn.datasets.fetch_california_housing", "sklearn.datasets.fetch_covtype",
        "sklearn.datasets.fetch_kddcup99", "sklearn.datasets.fetch_lfw_pairs",
        "sklearn.datasets.fetch_lfw_people", "sklearn.datasets.fetch_olivetti_faces",
        "sklearn.datasets.fetch_rcv1", "sklearn.datasets.fetch_species_distributions",
        "seaborn.load_dataset", "librosa.ex", "librosa.example", "librosa.util.example",
        "statsmodels.**.get_rdataset", "vega_datasets.data.**",
        "skimage.data.download_all",
      ], .data, target: [.at(0)], form: .catalogue, fixing: .library),
    Fetcher(
      [
        "torch_geometric.datasets.**", "dgl.data.**", "ogb.**.DglNodePropPredDataset",
        "ogb.**.PygNodePropPredDataset", "ogb.**.NodePropPredDataset",
        "ogb.**.PygGraphPropPredDataset", "ogb.**.GraphPropPredDataset",
        "ogb.**.PygLinkPropPredDataset", "ogb.**.LinkPropPredDataset",
      ], .data,
      target: [.named("name"), .at(1), .at(0)], form: .catalogue, fixing: .library),
  ]
}
