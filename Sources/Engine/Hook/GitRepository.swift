import Core
import FileSystem
import Hashing

/// A git repository, seen through git's own plumbing commands.
///
/// Everything comes from the index and the object database; the working tree is never read. Names
/// are bytes below the repository's root.
struct GitRepository {
  /// Which kind of object an index entry is.
  enum Mode: Equatable {
    case file(isExecutable: Bool)
    case link
    /// A commit of another repository.
    case submodule

    init?(_ octal: some StringProtocol) {
      switch octal {
      case "100644", "100664": self = .file(isExecutable: false)
      case "100755": self = .file(isExecutable: true)
      case "120000": self = .link
      case "160000": self = .submodule
      default: return nil
      }
    }
  }

  /// An entry of the index.
  struct IndexEntry {
    let path: [UInt8]
    let mode: Mode
    /// The object's name in hexadecimal.
    let object: String
  }

  /// A difference between the last commit and the index.
  struct Change {
    let path: [UInt8]
    /// The object in the last commit; nil for an addition.
    let oldObject: String?
    /// Whether nothing is left at this path.
    let isDeletion: Bool
  }

  /// The folder in which the command runs, below the root, with a final slash; empty at the root.
  let prefix: [UInt8]
  /// The root's absolute path.
  let root: SystemPath

  /// The repository that the working directory belongs to.
  init() throws(EngineError) {
    let lines = try Self.text("rev-parse", "--show-toplevel")
    guard let root = SystemPath(bytes: lines) else {
      throw .git(command: "rev-parse", reason: "this is no working tree")
    }
    self.root = root
    prefix = try Self.text("rev-parse", "--show-prefix")
  }

  /// Everything in the index, in path byte order.
  func index() throws(EngineError) -> [IndexEntry] {
    var entries: [IndexEntry] = []
    let output = try Self.git("ls-files", "--stage", "-z", "--full-name", "--", ":/")
    for record in output.split(separator: 0) {
      // mode SP object SP stage TAB path
      guard let tab = record.firstIndex(of: UInt8(ascii: "\t")) else {
        throw .git(command: "ls-files", reason: "an entry without a path")
      }
      let path = Array(record[record.index(after: tab)...])
      let fields = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
      guard fields.count == 3 else {
        throw .git(command: "ls-files", reason: "an entry of an unknown form")
      }
      guard fields[2] == "0" else {
        throw .staged("\(escapedText(path)) has a merge conflict that is not resolved")
      }
      guard let mode = Mode(fields[0]) else {
        throw .git(command: "ls-files", reason: "\(escapedText(path)) has the mode \(fields[0])")
      }
      entries.append(IndexEntry(path: path, mode: mode, object: String(fields[1])))
    }
    return entries
  }

  /// What a commit made now would change.
  func staged() throws(EngineError) -> [Change] {
    let base: String
    let head = try Self.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])
    if head.status == 0 {
      base = "HEAD"
    } else {
      // No commit yet: everything is new. The name of the empty tree depends on the hash in use.
      base = String(
        decoding: try Self.text("hash-object", "-t", "tree", "--stdin"), as: UTF8.self)
    }
    let output = try Self.git(
      "diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames",
      "--ignore-submodules=none", base, "--")
    var changes: [Change] = []
    var fields = output.split(separator: 0)[...]
    while let meta = fields.popFirst() {
      // :oldmode SP newmode SP oldobject SP newobject SP status NUL path NUL
      let words = String(decoding: meta, as: UTF8.self).split(separator: " ")
      guard words.count == 5, let path = fields.popFirst() else {
        throw .git(command: "diff-index", reason: "a record of an unknown form")
      }
      if words[4].hasPrefix("U") {
        throw .staged("\(escapedText(path)) has a merge conflict that is not resolved")
      }
      let isAddition = words[2].allSatisfy { $0 == "0" }
      changes.append(
        Change(
          path: Array(path), oldObject: isAddition ? nil : String(words[2]),
          isDeletion: words[1] == "000000"))
    }
    return changes
  }

  // MARK: Objects

  /// A file's content in the object database.
  struct Blob {
    let size: UInt64
    let digest: SHA256Digest
    /// The content, or its beginning where it is longer than the limit.
    let bytes: [UInt8]

    var isWhole: Bool { UInt64(bytes.count) == size }
  }

  /// Sizes of objects in bytes, by name.
  func sizes(of objects: some Sequence<String>) throws(EngineError) -> [String: UInt64] {
    let names = Set(objects).sorted()
    if names.isEmpty { return [:] }
    let result = try Self.run(
      ["cat-file", "--batch-check=%(objectname) %(objectsize)"],
      input: Array((names.joined(separator: "\n") + "\n").utf8))
    var sizes: [String: UInt64] = [:]
    for line in result.output.split(separator: UInt8(ascii: "\n")) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard words.count == 2, let size = UInt64(words[1]) else {
        throw .git(
          command: "cat-file", reason: "\(words.first ?? "an object") is not in the repository")
      }
      sizes[String(words[0])] = size
    }
    return sizes
  }

  /// Reads objects one after the other and hands each to `body`, which gets at most the first
  /// `limit` bytes, but the digest of all.
  func blobs(
    _ objects: some Sequence<String>, limit: Int = 1 << 20,
    each body: (String, Blob) throws(EngineError) -> Void
  ) throws(EngineError) {
    var current = ""
    var size: UInt64 = 0
    var bytes: [UInt8] = []
    var hasher = SHA256Stream()
    try stream(Set(objects).sorted()) { event throws(EngineError) in
      switch event {
      case .begin(let name, let announced):
        current = name
        size = announced
        bytes = []
        hasher = SHA256Stream()
      case .bytes(let piece):
        hasher.update(piece.span)
        bytes += piece.prefix(max(0, limit - bytes.count))
      case .end:
        var ended = SHA256Stream()
        swap(&ended, &hasher)
        let digest: SHA256Digest
        do throws(HashingError) {
          digest = try ended.finish()
        } catch {
          throw .argument(error.description)
        }
        try body(current, Blob(size: size, digest: digest, bytes: bytes))
      }
    }
  }

  /// Reads objects one after the other, in the order given, a piece at a time.
  func stream(
    _ objects: [String], each body: (BlobReader.Event) throws(EngineError) -> Void
  ) throws(EngineError) {
    if objects.isEmpty { return }
    var reader = BlobReader()
    var failure: EngineError?
    let result: ChildResult
    do {
      result = try ChildProcess.run(
        Self.command(["cat-file", "--batch"]),
        input: Array((objects.joined(separator: "\n") + "\n").utf8)
      ) { output throws(FileSystemError) in
        let bytes = output
        output = []
        // After a failure the rest is only drained.
        if failure != nil { return }
        do throws(EngineError) {
          try reader.take(bytes, each: body)
        } catch {
          failure = error
        }
      }
    } catch {
      throw .file(error)
    }
    if let failure { throw failure }
    guard result.status == 0, reader.isComplete(objects.count) else {
      throw .git(command: "cat-file", reason: Self.reason(result))
    }
  }

  // MARK: Running git

  /// Without replacement objects, file system monitors and other things a configuration adds.
  private static func command(_ arguments: [String]) -> [String] {
    ["git", "--no-replace-objects", "--no-optional-locks", "-c", "core.fsmonitor=false"]
      + arguments
  }

  private static func run(
    _ arguments: [String], input: [UInt8] = []
  ) throws(EngineError) -> ChildResult {
    do {
      return try ChildProcess.run(command(arguments), input: input, limit: 1 << 30)
    } catch {
      throw .file(error)
    }
  }

  private static func git(_ arguments: String...) throws(EngineError) -> [UInt8] {
    let result = try run(arguments)
    guard result.status == 0 else {
      throw .git(command: arguments.first ?? "", reason: reason(result))
    }
    return result.output
  }

  /// The output without its last newline.
  private static func text(_ arguments: String...) throws(EngineError) -> [UInt8] {
    let result = try run(arguments)
    guard result.status == 0 else {
      throw .git(command: arguments.first ?? "", reason: reason(result))
    }
    return result.output.last == UInt8(ascii: "\n") ? result.output.dropLast() : result.output
  }

  private static func reason(_ result: ChildResult) -> String {
    let first = result.errors.split(separator: UInt8(ascii: "\n")).first ?? []
    let text = escapedText(first)
    return text.isEmpty ? "ended with status \(result.status)" : text
  }
}
