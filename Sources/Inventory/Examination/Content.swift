import Archives

/// A file's content as an examination gets at it.
enum Content {
  case whole([UInt8])
  /// Only the beginning of something longer.
  case head([UInt8])
  /// A file that is read where needed.
  case input(ArchiveInput)

  /// At most `limit` bytes from the start.
  func prefix(_ limit: Int) throws(ArchiveError) -> [UInt8] {
    switch self {
    case .whole(let bytes), .head(let bytes): bytes.count <= limit ? bytes : Array(bytes[..<limit])
    case .input(let input): try input.bytes(at: 0, count: limit)
    }
  }

  /// A fresh reader of the whole content; nil when there is only a beginning.
  func input(path: String) -> ArchiveInput? {
    switch self {
    case .whole(let bytes): return ArchiveInput(bytes, path: path)
    case .head: return nil
    case .input(let input):
      input.rewind()
      return input
    }
  }
}
