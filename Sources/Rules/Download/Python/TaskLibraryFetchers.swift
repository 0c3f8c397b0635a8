/// Calls of libraries for one task, which fetch the weights or the data that the task needs.
enum TaskLibraryFetchers {
  private static let byHub: Fixing = .never(
    "download with huggingface_hub at a commit, and pass the local folder")

  /// Speech and sound.
  private static let speech: [Fetcher] = [
    Fetcher(
      ["funasr.AutoModel", "funasr.**.AutoModel"], .weights, target: [.named("model")],
      fixing: .revision([.named("model_revision")])),
    Fetcher(
      ["s3tokenizer.load_model", "stable_whisper.load_model", "whisper_s2t.load_model"], .weights,
      target: [.at(0, "name", "model_identifier")], form: .catalogueOrFile, fixing: .library),
    Fetcher(
      ["audioseal.**.load_generator", "audioseal.**.load_detector"], .weights,
      target: [.at(0, "model_card_or_path")], form: .catalogueOrFile, fixing: .library),
    Fetcher(
      ["laion_clap.CLAP_Module.load_ckpt", "laion_clap.CLAP_Module().load_ckpt"], .weights,
      target: [], fixing: .library, onlyWhen: [.isLeftOut(.at(0, "ckpt"))]),
    Fetcher(
      ["kokoro.KPipeline", "kokoro.**.KPipeline"], .weights, target: [.at(1, "repo_id")],
      form: .catalogue, fixing: byHub, localWhen: [.isFalse(.at(2, "model"))]),
    Fetcher(
      ["kokoro.KModel", "kokoro.**.KModel"], .weights, target: [.at(0, "repo_id")],
      form: .catalogue, fixing: byHub,
      localWhen: [.given(.at(2, "model"))]),
    Fetcher(
      ["melo.api.TTS"], .weights, target: [.at(0, "language")], form: .catalogue,
      fixing: .library, localWhen: [.given(.named("ckpt_path"))]),
    Fetcher(["voicefixer.VoiceFixer"], .weights, target: [], fixing: .library),
    Fetcher(
      ["df.enhance.init_df", "df.init_df"], .weights, target: [], fixing: .library,
      localWhen: [.given(.at(0, "model_base_dir"))]),
    Fetcher(
      ["demucs.api.Separator"], .weights, target: [.at(0, "model")], form: .catalogue,
      fixing: .library),
  ]

  /// Images: faces, text, segmentation, boxes.
  private static let vision: [Fetcher] = [
    Fetcher(
      ["face_alignment.FaceAlignment", "face_alignment.**.FaceAlignment"], .weights, target: [],
      fixing: .library),
    Fetcher(
      [
        "deepface.DeepFace.build_model", "deepface.DeepFace.verify", "deepface.DeepFace.find",
        "deepface.DeepFace.analyze", "deepface.DeepFace.represent",
      ], .weights, target: [.named("model_name")], form: .catalogue, fixing: .library),
    Fetcher(
      [
        "facexlib.**.init_detection_model", "facexlib.**.init_parsing_model",
        "facexlib.**.init_alignment_model", "facexlib.**.init_recognition_model",
        "facexlib.**.init_matting_model", "facexlib.**.init_headpose_model",
        "facexlib.**.init_assessment_model",
      ], .weights, target: [.at(0, "model_name")], form: .catalogue, fixing: .library),
    Fetcher(
      ["facexlib.**.FaceRestoreHelper"], .weights, target: [.named("det_model")],
      form: .catalogue, fixing: .library),
    Fetcher(
      ["insightface.model_zoo.get_model", "insightface.**.get_model"], .weights,
      target: [.at(0, "name")], form: .catalogueOrFile, fixing: .library,
      onlyWhen: [.isTrue(.named("download"))]),
    Fetcher(
      ["doctr.models.**"], .weights, target: [], fixing: .library,
      onlyWhen: [.isTrue(.named("pretrained"))]),
    Fetcher(
      ["sam2.**.build_sam2_hf", "sam2.**.build_sam2_video_predictor_hf"], .weights,
      target: [.at(0, "model_id")], fixing: byHub),
    Fetcher(
      [
        "mmpretrain.get_model", "mmpretrain.apis.get_model", "mmcls.get_model",
        "gluoncv.model_zoo.get_model",
      ], .weights, target: [.at(0, "model", "name")], form: .catalogue, fixing: .library,
      onlyWhen: [.isTrue(.at(1, "pretrained"))]),
    Fetcher(
      ["super_gradients.training.models.get"], .weights, target: [.at(0, "model_name")],
      form: .catalogue, fixing: .library, onlyWhen: [.given(.named("pretrained_weights"))]),
    Fetcher(
      [
        "rfdetr.**.RFDETRBase", "rfdetr.**.RFDETRLarge", "rfdetr.**.RFDETRNano",
        "rfdetr.**.RFDETRSmall", "rfdetr.**.RFDETRMedium",
      ], .weights, target: [], fixing: .library, localWhen: [.given(.named("pretrain_weights"))]),
    Fetcher(
      ["kornia.feature.LoFTR"], .weights, target: [.at(0, "pretrained")], form: .catalogue,
      fixing: .library, localWhen: [.isFalse(.at(0, "pretrained"))]),
    Fetcher(
      ["japanese_clip.load"], .weights, target: [.at(0, "model_name")], fixing: byHub),
    Fetcher(["clip_interrogator.**.Interrogator"], .weights, target: [], fixing: .library),
    // With a session the weights are there already.
    Fetcher(
      ["rembg.remove"], .weights, target: [], fixing: .library,
      localWhen: [.given(.named("session"))]),
    Fetcher(["simple_lama_inpainting.**.SimpleLama"], .weights, target: [], fixing: .library),
    Fetcher(
      ["onnx.hub.load"], .weights, target: [.at(0, "model")], form: .catalogue,
      fixing: .never("download the file once, check its SHA-256, and load it from disk")),
    Fetcher(
      ["pretrainedmodels.**"], .weights, target: [.named("pretrained")], form: .catalogue,
      fixing: .library, onlyWhen: [.given(.named("pretrained"))]),
    Fetcher(
      ["fastai.**.vision_learner", "fastai.**.cnn_learner", "fastai.**.unet_learner"], .weights,
      target: [], fixing: .library, localWhen: [.isFalse(.named("pretrained"))]),
  ]

  /// Scores, which are taken with weights.
  private static let metrics: [Fetcher] = [
    Fetcher(
      ["torchmetrics.**.CLIPScore", "torchmetrics.**.BERTScore"], .weights,
      target: [.at(0, "model_name_or_path")], form: .catalogue, fixing: byHub),
    Fetcher(
      ["torchmetrics.**.clip_score", "torchmetrics.**.bert_score"], .weights,
      target: [.at(2, "model_name_or_path")], form: .catalogue, fixing: byHub),
    Fetcher(
      [
        "torchmetrics.**.FrechetInceptionDistance", "torchmetrics.**.InceptionScore",
        "torchmetrics.**.KernelInceptionDistance",
        "torchmetrics.**.LearnedPerceptualImagePatchSimilarity",
      ], .weights, target: [], fixing: .library),
    Fetcher(
      ["bert_score.**.score", "bert_score.score"], .weights,
      target: [.at(2, "model_type"), .named("lang")], form: .catalogue, fixing: byHub),
    Fetcher(
      ["bert_score.**.BERTScorer"], .weights, target: [.at(0, "model_type"), .named("lang")],
      form: .catalogue, fixing: byHub),
    Fetcher(
      [
        "cleanfid.fid.compute_fid", "cleanfid.fid.compute_kid", "cleanfid.fid.make_custom_stats",
        "cleanfid.fid.get_folder_features", "pytorch_fid.inception.InceptionV3",
        "pytorch_fid.fid_score.calculate_fid_given_paths", "torch_fidelity.calculate_metrics",
      ], .weights, target: [], fixing: .library),
    Fetcher(
      ["pyiqa.create_metric"], .weights, target: [.at(0, "metric_name")], form: .catalogue,
      fixing: .library),
    Fetcher(
      ["hpsv2.score", "hpsv2.evaluate", "hpsv2.evaluate_benchmark"], .weights, target: [],
      fixing: .library),
    Fetcher(
      ["ImageReward.load", "ImageReward.load_score"], .weights, target: [.at(0, "name")],
      form: .catalogueOrFile, fixing: .library),
  ]

  /// Text.
  private static let language: [Fetcher] = [
    Fetcher(
      ["**.from_quantized"], .weights,
      target: [.at(0, "model_name_or_path", "quant_path", "model_id_or_path", "repo_id")],
      fixing: .revision([.named("revision")]), localWhen: [.isTrue(.named("local_files_only"))]),
    Fetcher(
      ["keybert.**.KeyBERT", "keybert.KeyBERT"], .weights, target: [.at(0, "model")],
      form: .catalogue, fixing: byHub),
    Fetcher(
      ["litgpt.LLM.load", "litgpt.api.LLM.load"], .weights, target: [.at(0, "model")],
      fixing: byHub, localWhen: [.equals(.named("init"), "random")]),
    Fetcher(
      [
        "outlines.models.transformers", "outlines.models.vllm", "outlines.models.mlxlm",
        "outlines.models.llamacpp", "outlines.models.exl2",
      ], .weights, target: [.at(0, "model_name", "repo_id")], fixing: byHub,
      onlyWhen: [.namesHub(.at(0, "model_name", "repo_id"))]),
    Fetcher(
      ["tensorrt_llm.LLM", "tensorrt_llm.**.LLM"], .weights, target: [.at(0, "model")],
      fixing: .revision([.named("revision")])),
    Fetcher(
      ["paddlenlp.Taskflow", "paddlenlp.**.Taskflow"], .weights, target: [.at(0, "task")],
      form: .catalogue, fixing: .library),
  ]

  /// Data sets and what fetches them, agents and robots.
  private static let data: [Fetcher] = [
    Fetcher(
      ["minari.download_dataset"], .data, target: [.at(0, "dataset_id")], form: .catalogue,
      fixing: .library),
    Fetcher(
      ["minari.load_dataset"], .data, target: [.at(0, "dataset_id")], form: .catalogue,
      fixing: .library, onlyWhen: [.isTrue(.at(1, "download"))]),
    Fetcher(
      ["huggingface_sb3.load_from_hub", "huggingface_sb3.**.load_from_hub"], .weights,
      target: [.at(0, "repo_id")], fixing: byHub),
    Fetcher(
      ["lerobot.**.LeRobotDataset", "lerobot.**.LeRobotDatasetMetadata"], .data,
      target: [.at(0, "repo_id")], fixing: .revision([.named("revision")])),
    Fetcher(
      [
        "objaverse.load_objects", "objaverse.load_annotations", "objaverse.xl.download_objects",
        "objaverse.xl.get_annotations",
      ], .data, target: [], fixing: .library),
    Fetcher(
      ["r3m.load_r3m", "vip.load_vip", "voltron.load"], .weights,
      target: [.at(0, "modelid", "model_id")], form: .catalogue, fixing: .library),
    Fetcher(
      ["fastai.**.untar_data"], .data, target: [.at(0, "url")], form: .catalogue,
      fixing: .library),
    Fetcher(
      [
        "fiftyone.zoo.load_zoo_dataset", "fiftyone.zoo.download_zoo_dataset",
        "fiftyone.zoo.load_zoo_model", "fiftyone.zoo.download_zoo_model",
      ], .data, target: [.at(0, "name")], form: .catalogue, fixing: .library),
    Fetcher(
      ["ir_datasets.load"], .data, target: [.at(0, "name")], form: .catalogue, fixing: .library),
    Fetcher(
      ["wilds.get_dataset", "medmnist.**", "torchgeo.datasets.**"], .data, target: [],
      fixing: .library, onlyWhen: [.isTrue(.named("download"))]),
  ]

  /// What takes an address, be it of a bucket.
  static let readers: [Fetcher] = [
    Fetcher(
      [
        "tensorflow_datasets.builder_from_directory",
        "tensorflow_datasets.**.builder_from_directory",
      ], .data, target: [.at(0, "builder_dir")], form: .address, fixing: .address,
      onlyWhen: [.isAddress(.at(0, "builder_dir"))]),
    Fetcher(
      ["cached_path.cached_path", "cached_path.**.cached_path"], .file,
      target: [.at(0, "url_or_filename")], form: .address, fixing: .address),
    Fetcher(
      ["composer.utils.get_file", "composer.utils.**.get_file"], .file, target: [.at(0, "path")],
      form: .address, fixing: .address),
    Fetcher(
      ["streaming.**.StreamingDataset"], .data, target: [.at(0, "remote")], form: .address,
      fixing: .address, onlyWhen: [.isAddress(.at(0, "remote"))]),
  ]

  static let all = speech + vision + metrics + language + data
}
