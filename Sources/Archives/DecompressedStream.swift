internal import CArchive

/// The content of a compressed stream, decoded by the one decoder its mark asks for.
///
/// libarchive's raw format gives the decoder's output. It stops at the end of the compressed data
/// without looking further and leaves gzip's trailer unchecked, so both are checked here.
package final class DecompressedStream {
  private let handle: LibraryHandle?
  private let input: ArchiveInput
  private let tail: TailKeeper
  private let compression: Compression
  private var checksum = CRC32()
  private var isAtEnd = false
  /// Decoded bytes handed out so far.
  package private(set) var produced: UInt64 = 0

  package init(_ input: ArchiveInput, _ compression: Compression) throws(ArchiveError) {
    self.input = input
    self.compression = compression
    tail = TailKeeper(input)
    let handle = try unsafe LibraryHandle(feed: tail) { pointer in
      let filter = unsafe Self.enable(compression, pointer)
      guard filter == ARCHIVE_OK else { return filter }
      let empty = unsafe archive_read_support_format_empty(pointer)
      guard empty == ARCHIVE_OK else { return empty }
      return unsafe archive_read_support_format_raw(pointer)
    }
    guard handle.filterCount == 1 else {
      throw handle.filterCount == 0
        ? .damaged("not a valid \(compression.rawValue) stream")
        : .ambiguous("compressed more than once")
    }
    var entry: OpaquePointer?
    switch unsafe archive_read_next_header(handle.pointer, &entry) {
    case ARCHIVE_OK: self.handle = handle
    case ARCHIVE_EOF:
      self.handle = handle
      isAtEnd = true
    default: throw handle.failure()
    }
    if isAtEnd { try checkEnd() }
  }

  /// Packed bytes used up so far.
  package var consumed: UInt64 { handle?.consumed ?? 0 }

  /// Decodes into the front of `buffer`; 0 at the end, and only when the end is as it should be.
  package func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    guard !isAtEnd, let handle else { return 0 }
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe archive_read_data(handle.pointer, $0.baseAddress, $0.count)
    }
    guard count >= 0 else { throw handle.failure() }
    if count == 0 {
      isAtEnd = true
      try checkEnd()
      return 0
    }
    produced += UInt64(count)
    if compression == .gzip { checksum.update(buffer, count: count) }
    return count
  }

  private func checkEnd() throws(ArchiveError) {
    let used = consumed
    var rest = [UInt8](repeating: 0, count: 4096)
    let more = try tail.read(into: &rest)
    guard more == 0, used == tail.total else {
      throw .ambiguous("bytes after the end of the \(compression.rawValue) stream")
    }
    guard compression == .gzip else { return }
    // The last member's trailer covers everything only when there is just one member, which is
    // the only kind that all readers agree on.
    guard tail.last.count == 8, tail.total >= 18 else {
      throw .damaged("the gzip stream is cut short")
    }
    let last = tail.last
    func word(_ at: Int) -> UInt32 {
      UInt32(last[at]) | UInt32(last[at + 1]) << 8 | UInt32(last[at + 2]) << 16
        | UInt32(last[at + 3]) << 24
    }
    guard word(0) == checksum.value, word(4) == UInt32(truncatingIfNeeded: produced) else {
      throw .ambiguous("the gzip checksum does not match: damaged, or several members in a row")
    }
  }

  private static func enable(_ compression: Compression, _ pointer: OpaquePointer) -> Int32 {
    switch compression {
    case .gzip: unsafe archive_read_support_filter_gzip(pointer)
    case .bzip2: unsafe archive_read_support_filter_bzip2(pointer)
    case .xz: unsafe archive_read_support_filter_xz(pointer)
    case .lzma: unsafe archive_read_support_filter_lzma(pointer)
    case .zstd: unsafe archive_read_support_filter_zstd(pointer)
    case .lz4: unsafe archive_read_support_filter_lz4(pointer)
    }
  }
}

/// Hands bytes on and keeps the last eight.
private final class TailKeeper: ByteFeed {
  private let input: ArchiveInput
  private(set) var last: [UInt8] = []
  private(set) var total: UInt64 = 0

  init(_ input: ArchiveInput) {
    self.input = input
  }

  var seekableSize: UInt64? { nil }
  func seek(to offset: UInt64) {}

  func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    let count = try input.read(into: &buffer)
    total += UInt64(count)
    if count >= 8 {
      last = Array(buffer[count - 8..<count])
    } else if count > 0 {
      last = Array((last + buffer[..<count]).suffix(8))
    }
    return count
  }
}

/// Decoded bytes are what a container inside is read from.
extension DecompressedStream: ByteFeed {
  var seekableSize: UInt64? { nil }
  func seek(to offset: UInt64) {}
}
