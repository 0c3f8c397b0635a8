import Core
import JSON

/// What the Hugging Face client leaves in a folder it downloaded into, under `.cache/huggingface`.
///
/// Time stamps and locks differ from machine to machine, so well-formed ones are no content;
/// anything else there is, since nobody else has business in that folder.
enum ClientMetadata: Sendable {
  /// `download/PATH.metadata`: where the file at `path` came from.
  case file(path: RelativePath, commit: String, etag: String)
  /// `trees/COMMIT.json`: every file of that commit.
  case tree(commit: String, files: [TreeFile])
  /// A lock, an ignore file, a cache tag.
  case housekeeping

  struct TreeFile: Sendable {
    let path: RelativePath
    let size: UInt64
    /// Git's name of the blob: of the content, or of the pointer when `sha256` is there.
    let blob: String
    let sha256: SHA256Digest?
  }

  static let folder = Array(".cache/huggingface/".utf8)
  /// More is no metadata; a tree of 100,000 files takes about 20 MB.
  static let sizeLimit: UInt64 = 64 << 20

  /// Whether a file at `path` may be metadata, so that its content has to be looked at.
  static func isCandidate(_ path: [UInt8]) -> Bool { path.starts(with: folder) }

  /// Reads the file at `path` of the tree; nil when it is not what the client writes.
  init?(path: [UInt8], bytes: [UInt8]) {
    guard path.starts(with: Self.folder) else { return nil }
    let inner = path[Self.folder.count...]
    if inner.elementsEqual(".gitignore".utf8) {
      guard bytes.elementsEqual("*".utf8) || bytes.elementsEqual("*\n".utf8) else { return nil }
      self = .housekeeping
    } else if inner.elementsEqual("CACHEDIR.TAG".utf8) {
      guard bytes.starts(with: "Signature: 8a477f597d28d172789f06886806bc55".utf8),
        bytes.count < 1024
      else { return nil }
      self = .housekeeping
    } else if inner.starts(with: "download/".utf8) {
      guard let record = Self.download(inner.dropFirst(9), bytes) else { return nil }
      self = record
    } else if inner.starts(with: "trees/".utf8) {
      guard let record = Self.tree(inner.dropFirst(6), bytes) else { return nil }
      self = record
    } else {
      return nil
    }
  }

  private static func download(_ name: ArraySlice<UInt8>, _ bytes: [UInt8]) -> ClientMetadata? {
    if name.hasSuffix(".lock") { return bytes.isEmpty ? .housekeeping : nil }
    guard name.hasSuffix(".metadata"),
      let path = try? RelativePath(bytes: Array(name.dropLast(9))),
      let text = String(validating: bytes, as: UTF8.self), bytes.count < 1024
    else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // Commit, etag, time; each line ended.
    guard lines.count == 4, lines[3].isEmpty, lines[0].isHex(40),
      lines[1].isHex(40) || lines[1].isHex(64), isTime(lines[2])
    else { return nil }
    return .file(path: path, commit: String(lines[0]), etag: String(lines[1]))
  }

  /// Seconds since 1970 as Python prints them.
  private static func isTime(_ text: Substring) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 40 else { return false }
    return text.utf8.allSatisfy { byte in
      byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "e")
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
    }
  }

  static func tree(_ name: ArraySlice<UInt8>, _ bytes: [UInt8]) -> ClientMetadata? {
    guard name.hasSuffix(".json") else { return nil }
    let commit = String(decoding: name.dropLast(5), as: UTF8.self)
    guard commit[...].isHex(40), let value = try? JSONParser.parse(bytes, .strict),
      let object = value.object, object.members.count == 2,
      object["format_version"]?.number?.integer == 1, let files = object["files"]?.object
    else { return nil }
    var result: [TreeFile] = []
    for member in files.members {
      guard let path = try? RelativePath(member.key), let file = member.value.object,
        let size = file["size"]?.number?.unsigned, let blob = file["blob_id"]?.string,
        blob[...].isHex(40)
      else { return nil }
      let known = ["size", "blob_id", "lfs_sha256", "lfs_size", "xet_hash"]
      guard file.members.allSatisfy({ known.contains($0.key) }) else { return nil }
      let sha256 = file["lfs_sha256"]?.string.flatMap { SHA256Digest(hex: $0) }
      guard sha256 != nil || file["lfs_sha256"] == nil || file["lfs_sha256"]?.isNull == true else {
        return nil
      }
      result.append(TreeFile(path: path, size: size, blob: blob, sha256: sha256))
    }
    return .tree(commit: commit, files: result)
  }
}

extension ArraySlice<UInt8> {
  func hasSuffix(_ text: String) -> Bool {
    count >= text.utf8.count && suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}

extension Substring {
  /// Whether it is exactly `count` lower-case hexadecimal digits.
  func isHex(_ count: Int) -> Bool {
    utf8.count == count
      && utf8.allSatisfy { byte in
        byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 6
      }
  }
}
