import Core
import Hashing

/// Takes the output of `git cat-file --batch` apart as it comes: for each object a line
/// `NAME TYPE SIZE`, then SIZE bytes and a newline.
struct BlobReader: ~Copyable {
  private enum State {
    case header([UInt8])
    case content(left: UInt64)
    /// The newline after a content.
    case end
  }

  /// How much of a content is kept.
  private let limit: Int
  private var state = State.header([])
  private var name = ""
  private var size: UInt64 = 0
  private var hasher = SHA256Stream()
  private var bytes: [UInt8] = []
  private var count = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Whether the output ended after `expected` objects, all of them whole.
  func isComplete(_ expected: Int) -> Bool {
    if case .header(let rest) = state { return count == expected && rest.isEmpty }
    return false
  }

  /// Takes the next piece of output.
  mutating func take(
    _ output: [UInt8],
    each body: (String, GitRepository.Blob) throws(EngineError) -> Void
  ) throws(EngineError) {
    var rest = output[...]
    while !rest.isEmpty {
      switch state {
      case .header(let begun):
        guard let newline = rest.firstIndex(of: UInt8(ascii: "\n")) else {
          guard begun.count + rest.count <= 4096 else {
            throw .git(command: "cat-file", reason: "an endless header")
          }
          state = .header(begun + rest)
          return
        }
        try begin(begun + rest[..<newline])
        rest = rest[rest.index(after: newline)...]
        if size == 0 { try finish(body) }
      case .content(let left):
        let piece = rest.prefix(Int(clamping: left))
        hasher.update(piece.span)
        bytes += piece.prefix(max(0, limit - bytes.count))
        rest = rest.dropFirst(piece.count)
        state = .content(left: left - UInt64(piece.count))
        if left == UInt64(piece.count) { try finish(body) }
      case .end:
        guard rest.first == UInt8(ascii: "\n") else {
          throw .git(command: "cat-file", reason: "an object of another size than announced")
        }
        rest = rest.dropFirst()
        state = .header([])
      }
    }
  }

  private mutating func begin(_ header: [UInt8]) throws(EngineError) {
    let words = String(decoding: header, as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[1] == "blob", let size = UInt64(words[2]) else {
      throw .git(
        command: "cat-file", reason: "\(words.first ?? "an object") is no file of the repository")
    }
    name = String(words[0])
    self.size = size
    hasher = SHA256Stream()
    bytes = []
    state = .content(left: size)
  }

  private mutating func finish(
    _ body: (String, GitRepository.Blob) throws(EngineError) -> Void
  ) throws(EngineError) {
    var ended = SHA256Stream()
    swap(&ended, &hasher)
    let digest: SHA256Digest
    do {
      digest = try ended.finish()
    } catch {
      throw .argument(error.description)
    }
    state = .end
    count += 1
    try body(name, GitRepository.Blob(size: size, digest: digest, bytes: bytes))
  }
}
