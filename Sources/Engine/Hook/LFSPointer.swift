import Core

/// What stands in git for a file that Git LFS keeps elsewhere.
struct LFSPointer: Equatable {
  /// The SHA-256 of the file's content.
  let digest: SHA256Digest
  /// Its bytes.
  let size: UInt64

  /// Reads a pointer (Git LFS, specification v1): lines `KEY VALUE`, the first one `version`; nil
  /// for anything else.
  init?(_ bytes: [UInt8]) {
    // The specification allows no longer ones.
    guard bytes.count < 1024, let text = String(validating: bytes, as: UTF8.self),
      text.hasPrefix("version https://git-lfs.github.com/spec/v1\n")
    else { return nil }
    var digest: SHA256Digest?
    var size: UInt64?
    for line in text.split(separator: "\n") {
      if line.hasPrefix("oid sha256:") { digest = SHA256Digest(hex: line.dropFirst(11)) }
      if line.hasPrefix("size ") { size = UInt64(line.dropFirst(5)) }
    }
    guard let digest, let size else { return nil }
    self.digest = digest
    self.size = size
  }
}
