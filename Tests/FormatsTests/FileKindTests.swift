import Core
import Formats
import TestSupport
import Testing

/// A file and what it must be taken for: `role format`.
struct KindCase: CustomTestStringConvertible, Sendable {
  let path: String
  let bytes: [UInt8]
  let expected: String
  /// Claims that must be among those found.
  let claims: FileClaims

  init(_ path: String, _ bytes: [UInt8], _ expected: String, _ claims: FileClaims = []) {
    self.path = path
    self.bytes = bytes
    self.expected = expected
    self.claims = claims
  }

  init(_ path: String, _ text: String, _ expected: String, _ claims: FileClaims = []) {
    self.init(path, Array(text.utf8), expected, claims)
  }

  var testDescription: String { "\(path) \(expected)" }
}

private func identify(_ path: String, _ bytes: [UInt8]) -> FileKind {
  FileKind.identify(path: Array(path.utf8), head: bytes.span, size: UInt64(bytes.count))
}

@Suite struct FileKindTests {
  private static let header = Array(#"{"__metadata__":{}}"#.utf8)
  private static let safetensors =
    [UInt8(header.count), 0, 0, 0, 0, 0, 0, 0] + header
  private static let legacy: [UInt8] = [
    0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]
  private static func tar(_ name: String) -> [UInt8] {
    var tar = TarBuilder()
    tar.add(name, [1, 2])
    tar.end()
    return tar.bytes
  }

  private static let weights: [KindCase] = [
    KindCase("a", safetensors, "weights safetensors", .weights),
    KindCase("a.bin", safetensors, "weights safetensors"),
    KindCase("a.safetensors", [0, 1, 2, 0xFF], "weights -", .weights),
    KindCase("a", Array("GGUF".utf8) + [3, 0, 0, 0], "weights gguf"),
    KindCase("a", Array("tjgg".utf8) + [3, 0, 0, 0], "weights ggml"),
    KindCase("a.pt", legacy, "weights pytorch-legacy", .pickle),
    KindCase("a", [0x80, 4, 0x95, 0, 0], "weights pickle", .pickle),
    KindCase("a.dat", "cos\nsystem\n(S'id'\ntR.", "weights pickle", .pickle),
    KindCase("a", "(dp0\nS'a'\np1\n.", "weights pickle", .pickle),
    KindCase("pytorch_model.bin", [1, 0, 0xFF, 0xFE], "weights -", .pickle),
    KindCase("m.joblib", [0x80, 3, 0x63, 0x6E], "weights pickle", .pickle),
    KindCase("m.joblib", [0x1F, 0x8B, 8, 0], "archive gzip", [.pickle, .compressed]),
    KindCase("x.npy", [0x93] + Array("NUMPY".utf8) + [1, 0], "weights npy"),
    KindCase("x", ZipBuilder([.init("arr_0.npy", [1])]).bytes, "weights npz", .zip),
    KindCase("x", ZipBuilder([.init("m/data.pkl", [1])]).bytes, "weights pytorch-zip", .zip),
    KindCase(
      "x.pt",
      ZipBuilder([.init("m/data.pkl", [1]), .init("m/constants.pkl", [1])]).bytes,
      "weights torchscript"),
    KindCase(
      "x.keras", ZipBuilder([.init("metadata.json"), .init("config.json")]).bytes, "weights keras"),
    KindCase("m.onnx", [8, 7, 0x12, 7] + Array("pytorch".utf8), "weights onnx"),
    KindCase("m", [8, 7, 0x12, 7] + Array("pytorch".utf8), "weights onnx"),
    KindCase("m.onnx_data", [0, 0, 0, 1], "weights onnx-data"),
    KindCase("m.h5", [0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A], "weights hdf5"),
    KindCase("saved_model.pb", [8, 1, 0x12, 5, 0, 1], "weights saved-model"),
    KindCase("m.tflite", [0x1C, 0, 0, 0] + Array("TFL3".utf8), "weights tflite"),
    KindCase("flax_model.msgpack", [0x81, 0xA1, 0], "weights msgpack"),
    KindCase("m.mlmodel", [8, 4, 0x12, 0, 0], "weights coreml"),
    KindCase(
      "m.xml", "<?xml version=\"1.0\"?>\n<net name=\"m\" version=\"11\">", "weights openvino"),
    KindCase("m.plan", Array("ptrt".utf8) + [0, 0, 0, 1], "weights tensorrt"),
    KindCase("m.nemo", tar("./model_config.yaml"), "weights nemo", .tar),
    KindCase("m.pth", tar("sys_info"), "weights pytorch-tar"),
    KindCase("variables.data-00000-of-00001", [0, 1, 2], "weights tensorflow-checkpoint"),
    KindCase("m.txt", "tree\nversion=v4\n", "weights lightgbm"),
  ]

  private static let texts: [KindCase] = [
    KindCase("a.py", "import os\n", "code python", .python),
    KindCase("a", "#!/usr/bin/env -S python3 -u\n", "code python", .python),
    KindCase("run.txt", "#!/bin/bash\n", "script shell", .shell),
    KindCase("a.dat", "#!/usr/bin/perl\n", "script perl", .foreignCode),
    KindCase("a.sh", "echo\n", "script shell", .shell),
    KindCase("a.ps1", "x\n", "script powershell", .foreignCode),
    KindCase("a.pth", "import os; os.system('id')\n", "code python-path", .pathLines),
    KindCase("n.ipynb", "{\"cells\": []}", "notebook ipynb", .notebook),
    KindCase("n.txt", "{\n \"cells\": []}", "notebook ipynb", .notebook),
    KindCase("tokenizer.json", "{}", "tokenizer json", .json),
    KindCase(
      "spiece.model", [0x0A, 0x0E, 0x0A, 5, 60, 117, 110, 107, 62, 0x15, 0, 0, 0, 0],
      "tokenizer sentencepiece"),
    KindCase("vocab.txt", "[PAD]\n", "tokenizer text"),
    KindCase("chat_template.jinja", "{% if %}", "tokenizer jinja", .template),
    KindCase("config.json", "{}", "configuration json"),
    KindCase("a.yaml", "a: 1\n", "configuration yaml", .yaml),
    KindCase("Dockerfile", "FROM x\n", "script dockerfile", .manifest),
    KindCase("docker/Dockerfile.gpu", "FROM x\n", "script dockerfile", .manifest),
    KindCase("gpu.dockerfile", "FROM x\n", "script dockerfile"),
    KindCase("Makefile", "all:\n", "script makefile", .manifest),
    KindCase(".github/workflows/ci.yml", "on: push\n", "script yaml", [.yaml, .manifest]),
    KindCase("x/.github/workflows/ci.yaml", "on: push\n", "script yaml", .manifest),
    KindCase("requirements-dev.txt", "x\n", "dependency-manifest requirements", .manifest),
    KindCase("requirements/base.txt", "x\n", "dependency-manifest requirements"),
    KindCase("dev-requirements.in", "x\n", "dependency-manifest requirements"),
    KindCase("pyproject.toml", "x=1\n", "dependency-manifest toml", .toml),
    KindCase("environment.gpu.yml", "x: 1\n", "dependency-manifest yaml"),
    KindCase("setup.py", "x\n", "code python", [.python, .manifest]),
    KindCase("LICENSE", "MIT\n", "license text"), KindCase("LICENSE.md", "MIT\n", "license text"),
    KindCase("README.md", "# x\n", "documentation markdown", .markdown),
    KindCase(
      "w.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:\nsize 1\n",
      "weights git-lfs-pointer", .pointer),
    KindCase("x.csv", "a,b\n", "data csv"), KindCase("x.jsonl", "{}\n", "data jsonl"),
    KindCase("notes", "just words\n", "other text", .text),
    KindCase("model.safetensors", "Access denied\n", "weights text", .text),
    KindCase("a.bin", "#!/bin/sh\nid\n", "script shell", [.shell, .pickle]),
  ]

  private static let rest: [KindCase] = [
    KindCase("a.py", [0x7F] + Array("ELF".utf8) + [2, 1], "other elf", [.native, .python]),
    KindCase("x.so.1.2", [1, 2, 0], "other -", .native),
    KindCase("x", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52], "other java-class"),
    KindCase("x", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 2], "other mach-o"),
    KindCase("x", [0xCF, 0xFA, 0xED, 0xFE, 7], "other mach-o"),
    KindCase("x", [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], "other wasm"),
    KindCase(
      "x.pyc", [0xA7, 0x0D, 0x0D, 0x0A, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0xE3], "other pyc"),
    KindCase("x", Array("MZqFpD='\n".utf8), "other llamafile"),
    KindCase("x.zip", ZipBuilder([.init("a")]).bytes, "archive zip", .zip),
    KindCase("x.whl", ZipBuilder([.init("a.py")]).bytes, "archive wheel", .zip),
    KindCase("x.jar", ZipBuilder([.init("META-INF/MANIFEST.MF")]).bytes, "other jar", .zip),
    KindCase("x.mar", ZipBuilder([.init("MAR-INF/MANIFEST.json")]).bytes, "archive mar", .zip),
    KindCase("x.tar", tar("a"), "archive tar", .tar),
    KindCase("x.zip", [1, 2, 3, 0], "archive -", .zip),
    KindCase("x.rar", Array("Rar!\u{1A}\u{7}\0".utf8), "archive rar", .unreadableArchive),
    KindCase("x.png", [0x89, 0x50, 0x4E, 0x47], "data image"),
    KindCase("x", Array("PAR1".utf8), "data parquet"),
    KindCase("x", [0, 1, 2, 3], "other -"), KindCase("x", [], "other -"),
    KindCase("x.py", [], "code python", .python),
  ]

  @Test(arguments: weights + texts + rest)
  func `files are known by content first, by name second`(_ file: KindCase) {
    let kind = identify(file.path, file.bytes)
    #expect("\(kind.role.rawValue) \(kind.format?.name ?? "-")" == file.expected)
    #expect(kind.claims.isSuperset(of: file.claims), "\(kind.claims)")
  }

  @Test func `names are compared whatever their case`() {
    #expect(identify("MODEL.PY", [1, 0]).claims.contains(.python))
    #expect(identify("readme.MD", Array("x".utf8)).role == .documentation)
  }

  @Test func `all members of a zip decide`() {
    let zip = FileKind(.archive, .zip, [.zip])
    let refined = zip.refined(
      zipMembers: ["a", "b/data.pkl"].map { Array($0.utf8) }, path: Array("x.zip".utf8))
    #expect(refined.format == .pytorchZip)
  }

  @Test func `no bytes crash it`() {
    var random = TestRandom(seed: 7)
    let seeds = (Self.weights + Self.texts + Self.rest)
    for round in 0..<20_000 {
      let seed = seeds[round % seeds.count]
      var bytes = seed.bytes
      if bytes.isEmpty { bytes = [0] }
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      _ = identify(seed.path, bytes)
    }
  }
}
