package import FileSystem

/// The bytes of an archive: a file, bytes in memory, or a stream that is read once.
package final class ArchiveInput {
  private enum Storage: ~Copyable {
    case memory([UInt8])
    case file(OpenFile)
    case stream(OpenFile)
  }

  private let storage: Storage
  private let path: String
  /// Bytes; nil for a stream.
  package let size: UInt64?
  /// How far a sequential reader has come.
  private(set) var position: UInt64 = 0
  /// The beginning of a stream, read to tell its format.
  private var prefix: [UInt8] = []

  package init(_ bytes: [UInt8], path: String) {
    storage = .memory(bytes)
    size = UInt64(bytes.count)
    self.path = path
  }

  /// A regular file, read at offsets.
  package init(_ file: consuming OpenFile, path: String) {
    size = file.facts.size
    storage = .file(file)
    self.path = path
  }

  /// A pipe or any descriptor that may not be able to seek.
  package init(stream: consuming OpenFile, path: String) {
    storage = .stream(stream)
    size = nil
    self.path = path
  }

  /// The first `count` bytes, fewer when there are not as many; does not move the position.
  package func head(_ count: Int) throws(ArchiveError) -> [UInt8] {
    guard size == nil else { return try bytes(at: 0, count: count) }
    while prefix.count < count {
      var buffer = [UInt8](repeating: 0, count: count - prefix.count)
      let read = try readStream(into: &buffer)
      if read == 0 { break }
      prefix += buffer[..<read]
    }
    return Array(prefix.prefix(count))
  }

  /// The bytes at `offset`, fewer at the end; only where `size` is known.
  package func bytes(at offset: UInt64, count: Int) throws(ArchiveError) -> [UInt8] {
    switch storage {
    case .memory(let bytes):
      guard offset < UInt64(bytes.count) else { return [] }
      let start = Int(offset)
      return Array(bytes[start..<min(bytes.count, start + count)])
    case .file(let file):
      do throws(FileSystemError) {
        let (end, overflow) = offset.addingReportingOverflow(UInt64(count))
        guard !overflow else { return [] }
        return try file.bytes(in: offset..<end, path)
      } catch {
        throw .unreadable("\(error)")
      }
    case .stream: throw .unreadable("\(path) cannot seek")
    }
  }

  /// Reads on from `position` into the front of `buffer`; 0 at the end.
  func read(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    let count: Int
    switch storage {
    case .memory(let bytes):
      let start = Int(clamping: position)
      guard start < bytes.count else { return 0 }
      count = min(bytes.count - start, buffer.count)
      for index in 0..<count { buffer[index] = bytes[start + index] }
    case .file(let file):
      do throws(FileSystemError) {
        count = try file.read(into: &buffer, at: position, limit: buffer.count, path)
      } catch {
        throw .unreadable("\(error)")
      }
    case .stream:
      if position < UInt64(prefix.count) {
        let start = Int(position)
        count = min(prefix.count - start, buffer.count)
        for index in 0..<count { buffer[index] = prefix[start + index] }
      } else {
        count = try readStream(into: &buffer)
      }
    }
    position += UInt64(count)
    return count
  }

  /// Moves a seekable input.
  func seek(to offset: UInt64) {
    position = offset
  }

  private func readStream(into buffer: inout [UInt8]) throws(ArchiveError) -> Int {
    switch storage {
    case .stream(let file):
      do throws(FileSystemError) {
        return try file.read(into: &buffer, path)
      } catch {
        throw .unreadable("\(error)")
      }
    case .memory: return 0
    case .file: return 0
    }
  }

  /// The whole stream in a file without a name, so that zip and 7z can be read.
  package func spooled() throws(ArchiveError) -> ArchiveInput {
    guard size == nil else { return self }
    do throws(FileSystemError) {
      let spool = try SpoolFile.create()
      var buffer = [UInt8](repeating: 0, count: 1 << 18)
      while true {
        let count: Int
        do throws(ArchiveError) {
          count = try read(into: &buffer)
        } catch {
          throw FileSystemError.system(operation: "read", path: path, code: 5)
        }
        if count == 0 { break }
        try spool.write(count == buffer.count ? buffer : Array(buffer[..<count]))
      }
      return ArchiveInput(try spool.reading(), path: path)
    } catch {
      throw .unreadable("\(error)")
    }
  }
}

extension ArchiveInput {
  /// Back to the start; only where `size` is known.
  package func rewind() {
    seek(to: 0)
  }
}
