import Core

/// Reads a whole tree: lists, hashes and classifies every file of `source`.
///
/// Results do not depend on the number of workers or the order in which a file system lists names.
/// - Throws: `CrawlError`; then nothing of the tree is known for certain.
package func crawl(
  _ source: TreeSource, options: CrawlOptions = CrawlOptions()
) throws(CrawlError) -> CrawlResult {
  throw .limit("the crawl is not built yet")
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
    return .directory(path)
  }
}
