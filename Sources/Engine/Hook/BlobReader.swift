import Core
import Hashing

/// Takes the output of `git cat-file --batch` apart as it comes: for each object a line
/// `NAME TYPE SIZE`, then SIZE bytes and a newline.
struct BlobReader {
  /// What comes next.
  enum Event {
    /// An object of so many bytes begins.
    case begin(name: String, size: UInt64)
    /// Some of its bytes; none when it is empty.
    case bytes(ArraySlice<UInt8>)
    case end
  }

  private enum State {
    case header([UInt8])
    case content(left: UInt64)
    /// The newline after a content.
    case end
  }

  private var state = State.header([])
  private var count = 0

  /// Whether the output ended after `expected` objects, all of them whole.
  func isComplete(_ expected: Int) -> Bool {
    if case .header(let rest) = state { return count == expected && rest.isEmpty }
    return false
  }

  /// Takes the next piece of output.
  mutating func take(
    _ output: [UInt8], each body: (Event) throws(EngineError) -> Void
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
        let size = try begin(begun + rest[..<newline], body)
        rest = rest[rest.index(after: newline)...]
        if size == 0 { try finish(body) }
      case .content(let left):
        let piece = rest.prefix(Int(clamping: left))
        try body(.bytes(piece))
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

  private mutating func begin(
    _ header: [UInt8], _ body: (Event) throws(EngineError) -> Void
  ) throws(EngineError) -> UInt64 {
    let words = String(decoding: header, as: UTF8.self).split(separator: " ")
    guard words.count == 3, words[1] == "blob", let size = UInt64(words[2]) else {
      throw .git(
        command: "cat-file", reason: "\(words.first ?? "an object") is no file of the repository")
    }
    state = .content(left: size)
    try body(.begin(name: String(words[0]), size: size))
    return size
  }

  private mutating func finish(
    _ body: (Event) throws(EngineError) -> Void
  ) throws(EngineError) {
    state = .end
    count += 1
    try body(.end)
  }
}
