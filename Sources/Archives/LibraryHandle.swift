internal import CArchive
internal import Glibc

/// Where libarchive gets its bytes from.
protocol ByteFeed: AnyObject {
  /// Fills the front of `buffer`; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int
  /// Bytes of the whole, where it can seek.
  var seekableSize: UInt64? { get }
  func seek(to offset: UInt64)
}

extension ArchiveInput: ByteFeed {
  var seekableSize: UInt64? { size }
}

/// One `struct archive` for reading, with the buffer that its callbacks hand out.
@safe
final class LibraryHandle {
  let pointer: OpaquePointer
  private let context: FeedContext

  /// - Parameter configure: enables the one format and filter wanted; returns the library's code.
  init(
    feed: any ByteFeed, configure: (OpaquePointer) -> Int32
  ) throws(ArchiveError) {
    guard Locale.isReady else { throw .unreadable("the locale C.UTF-8 is missing") }
    guard let pointer = unsafe archive_read_new() else { throw .unreadable("out of memory") }
    unsafe self.pointer = pointer
    context = FeedContext(feed)
    guard unsafe configure(pointer) == ARCHIVE_OK else {
      throw .unreadable("libarchive lacks a format: \(lastError)")
    }
    let client = unsafe Unmanaged.passUnretained(context).toOpaque()
    unsafe archive_read_set_callback_data(pointer, client)
    unsafe archive_read_set_read_callback(pointer) { _, client, buffer in
      guard let client = unsafe client, let buffer = unsafe buffer else { return -1 }
      return unsafe Unmanaged<FeedContext>.fromOpaque(client).takeUnretainedValue().read(buffer)
    }
    if feed.seekableSize != nil {
      unsafe archive_read_set_seek_callback(pointer) { _, client, offset, whence in
        guard let client = unsafe client else { return Int64(ARCHIVE_FATAL) }
        let context = unsafe Unmanaged<FeedContext>.fromOpaque(client).takeUnretainedValue()
        return context.seek(offset, whence)
      }
    }
    let code = unsafe archive_read_open1(pointer)
    guard code == ARCHIVE_OK else { throw failure() }
  }

  deinit {
    unsafe archive_read_free(pointer)
  }

  /// What went wrong last: the feed's own error before the library's text.
  func failure() -> ArchiveError {
    if let failure = context.failure { return failure }
    return .damaged(lastError)
  }

  private var lastError: String {
    guard let text = unsafe archive_error_string(pointer) else { return "damaged" }
    return unsafe shown(Array(String(cString: text).utf8))
  }

  /// Bytes taken from the feed and used up.
  var consumed: UInt64 {
    UInt64(max(0, unsafe archive_filter_bytes(pointer, -1)))
  }

  /// How many decoders stand between the feed and the format.
  var filterCount: Int {
    Int(unsafe archive_filter_count(pointer)) - 1
  }
}

/// Owns the buffer between a feed and the library; the library borrows it between two calls.
@safe
private final class FeedContext {
  private let feed: any ByteFeed
  private var buffer = [UInt8](repeating: 0, count: 1 << 17)
  private let stable: UnsafeMutableRawPointer
  private(set) var failure: ArchiveError?

  init(_ feed: any ByteFeed) {
    self.feed = feed
    unsafe stable = UnsafeMutableRawPointer.allocate(byteCount: 1 << 17, alignment: 64)
  }

  deinit {
    unsafe stable.deallocate()
  }

  func read(_ target: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(ArchiveError) {
      let count = try feed.read(into: &buffer)
      unsafe buffer.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress {
          unsafe stable.copyMemory(from: base, byteCount: count)
        }
      }
      unsafe target.pointee = UnsafeRawPointer(stable)
      return count
    } catch {
      failure = error
      return Int(ARCHIVE_FATAL)
    }
  }

  func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
    guard let size = feed.seekableSize else { return Int64(ARCHIVE_FATAL) }
    let base: Int64
    switch whence {
    case SEEK_SET: base = 0
    case SEEK_END: base = Int64(clamping: size)
    default: return Int64(ARCHIVE_FATAL)
    }
    let (target, overflow) = base.addingReportingOverflow(offset)
    guard !overflow, target >= 0 else { return Int64(ARCHIVE_FATAL) }
    feed.seek(to: UInt64(target))
    return target
  }
}

/// libarchive turns names into the locale's multibyte text; only UTF-8 can hold all of them.
private enum Locale {
  static let isReady: Bool = unsafe setlocale(LC_CTYPE, "C.UTF-8") != nil
}
