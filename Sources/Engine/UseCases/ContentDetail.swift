import Core
import FileSystem
import Inventory
import Lockfile

/// Where the bytes of a changed file differ, and what stands there.
package struct ContentDetail: Hashable, Sendable {
  /// A named part of a weight file: a tensor, or the header.
  package struct Part: Hashable, Sendable {
    package let name: String
    /// Its bytes in the file.
    package let range: Range<UInt64>

    package init(name: String, range: Range<UInt64>) {
      self.name = name
      self.range = range
    }
  }

  /// The ranges outside of which every byte is as recorded; sorted and disjoint. Their ends lie at
  /// checkpoints, so that a range is wider than the difference in it.
  package let ranges: [Range<UInt64>]
  /// The parts of a safetensors or GGUF file that touch the ranges, in file order.
  package let parts: [Part]

  package init(ranges: [Range<UInt64>], parts: [Part]) {
    self.ranges = ranges
    self.parts = parts
  }

  /// The details of every file whose bytes differ and that the crawl could compare by ranges.
  static func of(
    _ differences: [EntryDifference], crawled: CrawlResult, source: TreeSource
  ) -> [RelativePath: ContentDetail] {
    var details: [RelativePath: ContentDetail] = [:]
    for difference in differences {
      guard case .content(_, let found) = difference.kind else { continue }
      var ranges: [Range<UInt64>] = []
      if case .differs(let narrowed) = crawled.ranges[difference.path] { ranges = narrowed }
      if ranges.isEmpty { ranges = [0..<found.size] }
      let parts = header(of: difference.path, in: source)?.parts(touching: ranges) ?? []
      details[difference.path] = ContentDetail(ranges: ranges, parts: parts)
    }
    return details
  }

  /// The header of the file as it is now; nil when it has none that can be read.
  private static func header(of path: RelativePath, in source: TreeSource) -> WeightHeader? {
    let location: SystemPath?
    switch source {
    case .directory(let root): location = SystemPath(root)?.appending(path)
    case .file(let file): location = SystemPath(file)
    case .archive, .stream: location = nil
    }
    guard let location, let file = try? OpenFile.open(location), file.facts.kind == .file else {
      return nil
    }
    return (try? WeightHeader.read(file, path: path.description)) ?? nil
  }
}
