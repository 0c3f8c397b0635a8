package import Core
import Hashing

/// The pin: one digest that names a tree's whole content.
///
/// It is the SHA-256 of these lines, each ended by one newline: `exclude PATTERN` for every recorded
/// pattern in byte order; then, in path byte order, for every entry `file SHA256 PATH`,
/// `exec SHA256 PATH` for a file with its executable bit set, or `link SHA256 PATH` with the digest
/// of the target text. Paths hold no newline, so that no two trees give the same lines.
package enum Pin {
  /// The pin of entries in path byte order and patterns in byte order.
  ///
  /// - Throws: `LockfileError` only when libcrypto refuses to work.
  package static func compute(
    exclude: [String], entries: [Entry]
  ) throws(LockfileError) -> SHA256Digest {
    do {
      return try hash(exclude, entries)
    } catch {
      throw LockfileError(.hashing(error.description), line: 0)
    }
  }

  private static func hash(
    _ exclude: [String], _ entries: [Entry]
  ) throws(HashingError) -> SHA256Digest {
    let chunk = 1 << 16
    var stream = SHA256Stream()
    var lines: [UInt8] = []
    lines.reserveCapacity(chunk + 8192)
    for pattern in exclude {
      lines.append(contentsOf: "exclude ".utf8)
      lines.append(contentsOf: pattern.utf8)
      lines.append(UInt8(ascii: "\n"))
    }
    for entry in entries {
      switch entry.content {
      case .file(let record):
        lines.append(contentsOf: (record.isExecutable ? "exec " : "file ").utf8)
        record.digest.appendHex(to: &lines)
      case .link(let target):
        lines.append(contentsOf: "link ".utf8)
        try SHA256Stream.digest(of: target.span).appendHex(to: &lines)
      }
      lines.append(UInt8(ascii: " "))
      lines.append(contentsOf: entry.path.bytes)
      lines.append(UInt8(ascii: "\n"))
      if lines.count >= chunk {
        stream.update(lines.span)
        lines.removeAll(keepingCapacity: true)
      }
    }
    stream.update(lines.span)
    return try stream.finish()
  }
}
