import Archives
import Core
import FileSystem
import Formats
import Hashing

/// Reads a whole tree: lists, hashes and classifies every file of `source`.
///
/// Results do not depend on the number of workers or the order in which a file system lists names.
/// - Throws: `CrawlError`; then nothing of the tree is known for certain.
package func crawl(
  _ source: TreeSource, options: CrawlOptions = CrawlOptions()
) throws(CrawlError) -> CrawlResult {
  switch source {
  case .directory(let path):
    return try FolderCrawl(TreeSource.systemPath(path), options).run()
  case .file(let path):
    return try FileCrawl(TreeSource.systemPath(path), options).run()
  case .archive(let path):
    return try crawlArchive(at: path, options)
  case .stream(let descriptor):
    let file: OpenFile
    do throws(FileSystemError) {
      file = try OpenFile.adopting(descriptor: descriptor, "standard input")
    } catch {
      throw .root(path: "standard input", reason: error.reason)
    }
    let input = ArchiveInput(stream: file, path: "standard input")
    var crawl = try ArchiveCrawl(input, name: "standard input", options)
    return try crawl.run()
  }
}

/// An archive on disk: must be the same file, unchanged, after it was read.
private func crawlArchive(
  at text: String, _ options: CrawlOptions
) throws(CrawlError) -> CrawlResult {
  let path = try TreeSource.systemPath(text)
  let before: FileFacts
  let input: ArchiveInput
  do throws(FileSystemError) {
    let file = try OpenFile.open(path)
    before = file.facts
    guard before.kind != .folder else {
      throw .unexpectedKind(path: text, expected: .file, found: .folder)
    }
    // A FIFO (`<(tar c model)`) is a stream.
    input =
      before.kind == .file
      ? ArchiveInput(file, path: text) : ArchiveInput(stream: file, path: text)
  } catch {
    throw CrawlError.root(path.description, error)
  }
  var crawl = try ArchiveCrawl(input, name: path.description, options)
  let result = try crawl.run()
  guard before.kind == .file else { return result }
  do throws(FileSystemError) {
    let after = try OpenFile.facts(at: path)
    if let change = before.change(to: after) {
      throw .changedWhileRead(path: text, what: change)
    }
  } catch {
    throw .problems([CrawlProblem(path: path.bytes, reason: error.reason)])
  }
  return result
}

extension TreeSource {
  /// What `path` is: a folder, a file, or an archive to be read as a tree; `-` is standard input.
  ///
  /// A tar, zip or 7z is a tree unless it is a weight format that happens to be one (PyTorch, npz,
  /// Keras, NeMo); `reading` decides otherwise.
  package static func detect(
    _ path: String, reading: FileReading? = nil
  ) throws(CrawlError) -> TreeSource {
    if path == "-" { return .stream(descriptor: 0) }
    let system = try systemPath(path)
    do throws(FileSystemError) {
      let facts = try OpenFile.facts(at: system)
      switch facts.kind {
      case .folder: return .directory(path)
      // Whoever names a FIFO means an archive that comes through it.
      case .fifo, .characterDevice: return .archive(path)
      case .file: break
      case .link, .socket, .blockDevice, .unknown:
        throw .special(path: path, kind: facts.kind)
      }
      switch reading {
      case .file: return .file(path)
      case .archive: return .archive(path)
      case nil: break
      }
      let file = try OpenFile.open(system)
      let size = file.facts.size
      let input = ArchiveInput(file, path: path)
      return isTree(input, size: size, name: system.name) ? .archive(path) : .file(path)
    } catch {
      throw CrawlError.root(system.description, error)
    }
  }

  private static func isTree(_ input: ArchiveInput, size: UInt64, name: [UInt8]) -> Bool {
    guard let head = try? input.head(FileKind.headSize) else { return false }
    var kind = FileKind.identify(path: name, head: head.span, size: size)
    if head.starts(with: [0x50, 0x4B]), kind.claims.contains(.zip) {
      if let directory = try? ZipDirectory(input) {
        kind = kind.refined(zipMembers: directory.members.map(\.name), path: name)
      }
      return kind.role != .weights && kind.format != .llamafile
    }
    if kind.format == .sevenZip || kind.format == .tar { return true }
    if Compression(head: head) != nil, let compression = Compression(head: head),
      let stream = try? DecompressedStream(input, compression), let first = try? stream.first(512)
    {
      let inner = FileKind.identify(path: name, head: first.span, size: .max)
      return inner.format == .tar
    }
    return false
  }

  static func systemPath(_ text: String) throws(CrawlError) -> SystemPath {
    guard let path = SystemPath(text) else {
      throw .root(path: text, reason: "the path is empty or holds a NUL")
    }
    return path
  }
}
