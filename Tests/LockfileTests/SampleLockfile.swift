import Core
import Lockfile

/// A lockfile with something in every list.
enum SampleLockfile {
  /// A digest of 32 equal bytes.
  static func digest(_ byte: UInt8) -> SHA256Digest {
    guard let digest = SHA256Digest([UInt8](repeating: byte, count: 32)) else {
      preconditionFailure("32 bytes are a digest")
    }
    return digest
  }

  static func file(
    _ path: String, _ byte: UInt8, size: UInt64 = 10, executable: Bool = false,
    role: Role = .code, format: String? = "python", checkpoints: [SHA256Digest] = []
  ) throws -> Entry {
    Entry(
      try RelativePath(path),
      .file(
        FileRecord(
          size: size, isExecutable: executable, digest: digest(byte), checkpoints: checkpoints,
          role: role, format: format.map { FileFormat($0) })))
  }

  static func link(_ path: String, to target: String) throws -> Entry {
    Entry(try RelativePath(path), .link(target: Array(target.utf8)))
  }

  static func make() throws -> Lockfile {
    try Lockfile(
      generator: "modelpin 0.1.0",
      source: Provenance(
        kind: "huggingface", repository: "org/name",
        revision: "0123456789abcdef0123456789abcdef01234567", isClaimed: true),
      exclude: ["docs/**", "*.onnx"],
      entries: [
        try file("run.sh", 3, executable: true, role: .script, format: "shell"),
        try file("LICENSE", 4, role: .license, format: nil),
        try file(
          "model.safetensors", 1, size: 3 * (64 << 20), role: .weights, format: "safetensors",
          checkpoints: [digest(0x10), digest(0x11)]),
        try file("modeling \"x\" é.py", 2),
        try link("latest", to: "model.safetensors"),
        Entry(try RelativePath("odd"), .link(target: [0xFF, 0x2F, 0x61])),
      ],
      dependencies: [
        LockedDependency(
          ecosystem: "pypi", name: "torch", requirement: "==2.3.0", pinned: .version,
          declaredAt: "requirements.txt:3"),
        LockedDependency(
          ecosystem: "pypi", name: "numpy", requirement: "", pinned: .branch,
          declaredAt: "requirements.txt:4"),
      ],
      downloads: [
        LockedDownload(
          rule: "download/huggingface-hub", target: "org/base", revision: nil, pinned: .branch,
          at: "modeling_x.py:88")
      ],
      licenses: [LockedLicense(expression: "Apache-2.0", declaredAt: "LICENSE")],
      findings: [
        LockedFinding(
          rule: "download/huggingface-hub", severity: .high, at: "modeling_x.py:88",
          fingerprint: digest(9).hex)
      ])
  }
}
