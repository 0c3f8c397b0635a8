package import Core

/// The formats that the lockfile names, each once.
extension FileFormat {
  // Weights.
  package static var safetensors: FileFormat { FileFormat("safetensors") }
  package static var gguf: FileFormat { FileFormat("gguf") }
  /// The predecessors of GGUF: ggml, ggmf, ggjt, ggla.
  package static var ggml: FileFormat { FileFormat("ggml") }
  /// `torch.save` since 1.6: a zip with `data.pkl`.
  package static var pytorchZip: FileFormat { FileFormat("pytorch-zip") }
  /// `torch.save` before 1.6: a row of pickles that starts with a magic number.
  package static var pytorchLegacy: FileFormat { FileFormat("pytorch-legacy") }
  /// The first format of `torch.save`: a tar.
  package static var pytorchTar: FileFormat { FileFormat("pytorch-tar") }
  package static var torchScript: FileFormat { FileFormat("torchscript") }
  package static var torchPackage: FileFormat { FileFormat("torch-package") }
  /// `torch.export`'s zip.
  package static var pytorchExport: FileFormat { FileFormat("pt2") }
  package static var executorch: FileFormat { FileFormat("executorch") }
  package static var pickle: FileFormat { FileFormat("pickle") }
  package static var joblib: FileFormat { FileFormat("joblib") }
  package static var numpy: FileFormat { FileFormat("npy") }
  package static var numpyZip: FileFormat { FileFormat("npz") }
  package static var onnx: FileFormat { FileFormat("onnx") }
  /// Tensors that an ONNX file keeps outside itself.
  package static var onnxData: FileFormat { FileFormat("onnx-data") }
  package static var hdf5: FileFormat { FileFormat("hdf5") }
  /// A `.keras` zip.
  package static var keras: FileFormat { FileFormat("keras") }
  package static var savedModel: FileFormat { FileFormat("saved-model") }
  package static var tensorflowGraph: FileFormat { FileFormat("tensorflow-graph") }
  package static var tensorflowCheckpoint: FileFormat { FileFormat("tensorflow-checkpoint") }
  package static var tflite: FileFormat { FileFormat("tflite") }
  package static var messagePack: FileFormat { FileFormat("msgpack") }
  package static var coreML: FileFormat { FileFormat("coreml") }
  package static var openVINO: FileFormat { FileFormat("openvino") }
  package static var tensorRT: FileFormat { FileFormat("tensorrt") }
  package static var nemo: FileFormat { FileFormat("nemo") }
  package static var skops: FileFormat { FileFormat("skops") }
  package static var catBoost: FileFormat { FileFormat("catboost") }
  package static var lightGBM: FileFormat { FileFormat("lightgbm") }
  package static var xgboost: FileFormat { FileFormat("xgboost") }
  package static var pmml: FileFormat { FileFormat("pmml") }
  package static var paddle: FileFormat { FileFormat("paddle") }
  package static var caffe: FileFormat { FileFormat("caffe") }
  package static var mxnet: FileFormat { FileFormat("mxnet") }
  package static var mnn: FileFormat { FileFormat("mnn") }
  package static var rknn: FileFormat { FileFormat("rknn") }
  package static var torch7: FileFormat { FileFormat("torch7") }
  package static var fastText: FileFormat { FileFormat("fasttext") }
  package static var rData: FileFormat { FileFormat("rdata") }

  // Tokenizers.
  package static var sentencePiece: FileFormat { FileFormat("sentencepiece") }

  // Code and scripts.
  package static var python: FileFormat { FileFormat("python") }
  package static var notebook: FileFormat { FileFormat("ipynb") }
  package static var shell: FileFormat { FileFormat("shell") }
  package static var powerShell: FileFormat { FileFormat("powershell") }
  package static var batch: FileFormat { FileFormat("batch") }
  package static var perl: FileFormat { FileFormat("perl") }
  package static var ruby: FileFormat { FileFormat("ruby") }
  package static var r: FileFormat { FileFormat("r") }
  package static var javaScript: FileFormat { FileFormat("javascript") }
  package static var typeScript: FileFormat { FileFormat("typescript") }
  package static var lua: FileFormat { FileFormat("lua") }
  package static var julia: FileFormat { FileFormat("julia") }
  package static var c: FileFormat { FileFormat("c") }
  package static var cxx: FileFormat { FileFormat("cpp") }
  package static var cuda: FileFormat { FileFormat("cuda") }
  package static var cython: FileFormat { FileFormat("cython") }
  package static var rust: FileFormat { FileFormat("rust") }
  package static var go: FileFormat { FileFormat("go") }
  package static var java: FileFormat { FileFormat("java") }
  package static var swift: FileFormat { FileFormat("swift") }
  /// Source in some other language, or a script for some other interpreter.
  package static var source: FileFormat { FileFormat("source") }
  package static var dockerfile: FileFormat { FileFormat("dockerfile") }
  package static var makefile: FileFormat { FileFormat("makefile") }
  package static var justfile: FileFormat { FileFormat("justfile") }

  // Texts.
  package static var json: FileFormat { FileFormat("json") }
  package static var jsonLines: FileFormat { FileFormat("jsonl") }
  package static var yaml: FileFormat { FileFormat("yaml") }
  package static var toml: FileFormat { FileFormat("toml") }
  package static var ini: FileFormat { FileFormat("ini") }
  package static var xml: FileFormat { FileFormat("xml") }
  package static var jinja: FileFormat { FileFormat("jinja") }
  package static var markdown: FileFormat { FileFormat("markdown") }
  package static var html: FileFormat { FileFormat("html") }
  package static var text: FileFormat { FileFormat("text") }
  /// pip requirement lines.
  package static var requirements: FileFormat { FileFormat("requirements") }
  /// Lines that `site` reads at interpreter start.
  package static var pathLines: FileFormat { FileFormat("python-path") }
  package static var lfsPointer: FileFormat { FileFormat("git-lfs-pointer") }

  // Data.
  package static var csv: FileFormat { FileFormat("csv") }
  package static var parquet: FileFormat { FileFormat("parquet") }
  package static var arrow: FileFormat { FileFormat("arrow") }
  package static var avro: FileFormat { FileFormat("avro") }
  package static var sqlite: FileFormat { FileFormat("sqlite") }
  package static var pdf: FileFormat { FileFormat("pdf") }
  package static var office: FileFormat { FileFormat("office") }
  package static var image: FileFormat { FileFormat("image") }
  package static var audio: FileFormat { FileFormat("audio") }
  package static var video: FileFormat { FileFormat("video") }
  package static var font: FileFormat { FileFormat("font") }

  // Archives.
  package static var zip: FileFormat { FileFormat("zip") }
  package static var wheel: FileFormat { FileFormat("wheel") }
  package static var torchServe: FileFormat { FileFormat("mar") }
  package static var tar: FileFormat { FileFormat("tar") }
  package static var sevenZip: FileFormat { FileFormat("7z") }
  package static var gzip: FileFormat { FileFormat("gzip") }
  package static var bzip2: FileFormat { FileFormat("bzip2") }
  package static var xz: FileFormat { FileFormat("xz") }
  package static var lzma: FileFormat { FileFormat("lzma") }
  package static var zstd: FileFormat { FileFormat("zstd") }
  package static var lz4: FileFormat { FileFormat("lz4") }
  package static var rar: FileFormat { FileFormat("rar") }
  /// An archive or compression that has no reader here.
  package static var foreignArchive: FileFormat { FileFormat("foreign-archive") }

  // Machine and byte code.
  package static var elf: FileFormat { FileFormat("elf") }
  package static var pe: FileFormat { FileFormat("pe") }
  package static var machO: FileFormat { FileFormat("mach-o") }
  package static var llamafile: FileFormat { FileFormat("llamafile") }
  package static var webAssembly: FileFormat { FileFormat("wasm") }
  package static var javaClass: FileFormat { FileFormat("java-class") }
  package static var jar: FileFormat { FileFormat("jar") }
  package static var pythonByteCode: FileFormat { FileFormat("pyc") }
  package static var objectArchive: FileFormat { FileFormat("ar") }
}
