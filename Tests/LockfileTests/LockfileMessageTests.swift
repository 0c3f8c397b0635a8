import Core
import JSON
import Lockfile
import TestSupport
import Testing

@Suite struct LockfileMessageTests {
  @Test func `messages name the line, the reason and the way out`() throws {
    let reasons: [LockfileError.Reason] = [
      .syntax(.unexpectedEnd(expected: "a value")),
      .syntax(.unexpected(UInt8(ascii: "}"), expected: "a value")),
      .empty, .mergeConflict, .version("2"), .unknownKey("mode", in: "an entry of `files`"),
      .duplicateKey("path", in: "an entry of `files`"), .missingKey("pin", in: "the lockfile"),
      .expected("a whole number", for: "size"), .unsafePath("../a", .dotComponent),
      .unsorted("b"), .duplicate("b"),
      .pinMismatch(recorded: SampleLockfile.digest(1), computed: SampleLockfile.digest(2)),
      .checkpoints("model.safetensors"), .tooLong(limit: 4 << 20),
      .hashing("libcrypto refused to compute SHA-256"),
    ]
    let text = reasons.map { reason in
      let error = LockfileError(reason, line: 7)
      return "error: \(error)\nhint: \(error.hint ?? "-")\n"
    }.joined()
    try expectGolden(text, at: "messages/lockfile-errors.txt")
  }
}
