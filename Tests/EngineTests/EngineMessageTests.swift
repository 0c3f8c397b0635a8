import Core
import Engine
import FileSystem
import Inventory
import Lockfile
import TestSupport
import Testing

@Suite struct EngineMessageTests {
  @Test func `messages name the place and the way out`() throws {
    let path = "models/encoder/modelpin.lock"
    let errors: [EngineError] = [
      .crawl(.missing(path: "models/none")),
      .crawl(.root(path: "models/locked", reason: "cannot open it: permission denied")),
      .lockfile(path: path, LockfileError(.mergeConflict, line: 12)),
      .lockfile(path: path, LockfileError(.empty, line: 0)),
      .noLockfile(path: path), .lockfileIsLink(path: path),
      .damagedCheckpoints(path: path, file: try RelativePath("model.safetensors"), indices: [3]),
      .needsOutput(tree: "-", reason: "it is a stream"),
      .needsLockfile(tree: "model.tar", reason: "it is an archive"),
      .configuration(path: "pin.toml", line: 4, reason: "`excludes` is no key"),
      .configuration(path: "pin.toml", line: 0, reason: "cannot open pin.toml"),
      .pattern("[a", reason: "the set has no end"), .argument("--reason has to say something"),
      .unknownRule("download/hugface", nearest: "download/huggingface-hub"),
      .unknownRule("zebra", nearest: nil), .fingerprint("0123456789", matches: 0),
      .fingerprint("01234567", matches: 2),
      .alreadyAccepted(fingerprint: "0123456789abcdef", line: 9), .noConfiguration,
      .file(.busy(path: path)),
    ]
    let text = errors.map { error in
      "error: \(error)\nhint: \(error.hint ?? "-")\nkind: \(error.kind)\n"
    }.joined()
    try expectGolden(text, at: "messages/engine-errors.txt")
  }
}
