internal import FileSystem

/// Bytes kept in a file without a name until an archive among them can be read.
package final class ArchiveSpool {
  private var file: SpoolFile?

  package init() throws(ArchiveError) {
    do throws(FileSystemError) {
      file = try SpoolFile.create()
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// Appends the first `count` bytes of `bytes`.
  package func add(_ bytes: [UInt8], _ count: Int) throws(ArchiveError) {
    do throws(FileSystemError) {
      try file?.write(count == bytes.count ? bytes : Array(bytes[..<count]))
    } catch {
      throw .unreadable("\(error)")
    }
  }

  /// Hands the content over; nothing can be added afterwards.
  package func input(_ path: String) throws(ArchiveError) -> ArchiveInput {
    guard let file = file.take() else { throw .unreadable("the temporary file is gone") }
    do throws(FileSystemError) {
      return ArchiveInput(try file.reading(), path: path)
    } catch {
      throw .unreadable("\(error)")
    }
  }
}
